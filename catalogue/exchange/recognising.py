"""Which format a file has, told by its headings. The formats that can be imported are listed here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.exchange import (
    lists_without_finds,
    paleobiology_database,
    paleobiology_measurements,
    paleobiology_published,
    paleobiology_specimens,
)
from catalogue.exchange.bonebed_json import BONEBED_JSON
from catalogue.exchange.bonebed_workbook import BONEBED_WORKBOOK, is_as_written
from catalogue.exchange.formats import Format
from catalogue.exchange.mapped_tables import DARWIN_CORE, FREE_COLUMNS, of_table
from catalogue.exchange.mapping.columns import ColumnMap, Proposal
from catalogue.exchange.reading import Table, UnreadableFile
from catalogue.exchange.reading.archive_description import last_word
from catalogue.messages import message
from catalogue.published.entries import Kind

FORMATS: tuple[Format, ...] = (
    paleobiology_measurements.MEASUREMENTS,
    paleobiology_specimens.SPECIMENS,
    paleobiology_database.OCCURRENCES,
    paleobiology_published.COLLECTIONS,
    paleobiology_published.TAXA,
    paleobiology_published.STRATA,
    BONEBED_WORKBOOK,
    BONEBED_JSON,
    DARWIN_CORE,
    FREE_COLUMNS,
)
"""Those whose columns are fixed first, then those whose columns are mapped."""
KINDS_OF_FORMATS: Mapping[str, Kind] = {
    paleobiology_published.STRATA.name: "rock_unit",
    paleobiology_published.COLLECTIONS.name: "locality",
    paleobiology_published.TAXA.name: "name",
}
"""Formats whose rows become entries of `catalogue.published`, and of which kind."""
NO_RECORDS = frozenset({*KINDS_OF_FORMATS, paleobiology_measurements.MEASUREMENTS.name})
"""Formats whose rows become no records."""
_FIXED = tuple(known for known in FORMATS if known not in (DARWIN_CORE, FREE_COLUMNS))


@dataclass(frozen=True)
class Recognised:
    """A format, and, where the columns are mapped, what each means and why."""

    format: Format
    columns: ColumnMap | None = None
    proposals: list[Proposal] = field(default_factory=list)


def recognise(table: Table, given: ColumnMap | None = None) -> Recognised:
    """The format of a table.

    Parameters
    ----------
    given : ColumnMap or None
        What a person says the columns mean; then it is a table whose columns are mapped, whatever else it looks like.

    Raises
    ------
    UnreadableFile
        When it is another list of the Paleobiology Database or of GBIF.
    NotMapped
        When no column says what the specimens are: the columns that are there are named.
    """
    _refuse_other_cores(table)
    if given is None:
        other = lists_without_finds.other_list(table)
        if other is not None:
            raise UnreadableFile(other)
        for known in _FIXED:
            if _is(known, table):
                return Recognised(known)
    return Recognised(*of_table(table, given))


def _is(known: Format, table: Table) -> bool:
    """Whether a table is of a format with fixed columns; a workbook that bears some of those of Bonebed JSON is none."""
    if known is BONEBED_WORKBOOK:
        return is_as_written(table)
    return not known.missing(table.columns) and not (known is BONEBED_JSON and table.sheet)


def _refuse_other_cores(table: Table) -> None:
    """Archives are read whose core is about specimens or finds, one a row; checklists and sampling events are not."""
    core = last_word(table.row_type) if table.row_type else ""
    if core == "Taxon":
        raise UnreadableFile(
            message(
                "This Darwin Core Archive is a checklist of names (its core is Taxon), {count} of them, without specimens. Choose an archive with occurrences.",
                count=len(table.rows),
            )
        )
    if core == "Event":
        raise UnreadableFile(
            message(
                "The core of this Darwin Core Archive are events ({count}), with the finds in a further table. Have it exported with occurrences as its core, as GBIF’s downloads have them.",
                count=len(table.rows),
            )
        )
