"""Tables whose columns are mapped: Darwin Core, as GBIF, other museums and Bonebed itself write it, and any other table of a collection."""

import re
from dataclasses import replace
from functools import partial

from catalogue.exchange.bonebed_json import taken_back
from catalogue.exchange.formats import Cells, Format, RefusedRow
from catalogue.exchange.mapping.columns import ColumnMap, Proposal, map_of, proposals_of, propose, terms_in
from catalogue.exchange.mapping.drafting import Drafter, contradiction
from catalogue.exchange.mapping.extensions import lists_of
from catalogue.exchange.mapping.headings import ABOVE_GENUS, NAMES, OF_THE_NAME, by_term, is_term
from catalogue.exchange.mapping.timing import AGE_TARGETS
from catalogue.exchange.reading import Table, UnreadableFile
from catalogue.messages import Message, message

_FEWEST_TERMS = 3
_FEWEST_NUMBERS = 3
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_NAMES = ("verbatimIdentification", "verbatimScientificName", "scientificName", "genus")
_MADE_OF = {
    "verbatim_identification": ("verbatim_identification", *OF_THE_NAME, "identification_qualifier", *ABOVE_GENUS),
    "higher_classification": ("higher_classification", *ABOVE_GENUS),
    "earliest_interval": AGE_TARGETS,
    "latest_interval": AGE_TARGETS,
    "verbatim_age": ("verbatim_age", *AGE_TARGETS),
    "decimal_latitude": ("decimal_latitude", "coordinates", "verbatim_latitude"),
    "decimal_longitude": ("decimal_longitude", "coordinates", "verbatim_longitude"),
    "event_date": ("event_date", "year", "month", "day"),
    "minimum_elevation_in_meters": ("minimum_elevation_in_meters", "elevation"),
    "maximum_elevation_in_meters": ("maximum_elevation_in_meters", "elevation"),
    "occurrence_id": ("occurrence_id", "gbif_id", "institution_code", "catalog_number"),
    "occurrence_remarks": ("occurrence_remarks", "remarks"),
}
"""Fields that are made of several columns, for the reasons."""


class NotMapped(UnreadableFile):
    """A table of which too little is recognised; a person can say what its columns mean.

    Parameters
    ----------
    table : Table
    proposals : list of Proposal
        What is recognised so far.
    """

    def __init__(self, said: Message, table: Table, proposals: list[Proposal]) -> None:
        super().__init__(said)
        self.table = table
        self.proposals = proposals


def _unbound(_: Cells) -> dict[str, object]:
    raise NotImplementedError("What the columns of a table mean is found out for each table: see `of_table`.")


def _unbound_contradiction(*_: object) -> RefusedRow:
    raise NotImplementedError("What the columns of a table mean is found out for each table: see `of_table`.")


DARWIN_CORE = Format("Darwin Core", (_NAMES,), {}, _unbound, _unbound_contradiction)
FREE_COLUMNS = Format("table with free columns", ((),), {}, _unbound, _unbound_contradiction)


def of_table(table: Table, given: ColumnMap | None = None) -> tuple[Format, ColumnMap, list[Proposal]]:
    """The format of a table whose columns are mapped, the map, and the reason for each column.

    Parameters
    ----------
    given : ColumnMap or None
        What a person says the columns mean; our own proposal when left out.

    Raises
    ------
    NotMapped
        When no column says what the specimens are.
    """
    if given is None:
        _refuse_no_headings(table.columns)
    proposals = propose(table) if given is None else proposals_of(table, given)
    columns = map_of(proposals, given.fixed if given else None, name=given.name if given else "")
    if not columns.has_name():
        raise NotMapped(_no_name(table), table, proposals)
    kind = DARWIN_CORE if is_darwin_core(table) else FREE_COLUMNS
    return _bound(kind, columns), columns, proposals


def _refuse_no_headings(columns: tuple[str, ...]) -> None:
    """A table that begins with a find has no headings; its first find would be lost, and all others misread."""
    numbers = [column for column in columns if _NUMBER.match(column)]
    if len(numbers) >= _FEWEST_NUMBERS and 4 * len(numbers) >= len(columns):
        raise UnreadableFile(
            message(
                "The first row looks like a row of the table, not like headings: {found}. Put a row of headings above it, or download the table with them.",
                found=listed(tuple(numbers), 5),
            )
        )


def is_darwin_core(table: Table) -> bool:
    """Whether a table speaks Darwin Core: its core is an archive's, or at least half of its headings and three are terms."""
    known = terms_in(table.columns)
    return bool(table.row_type) or (
        known >= _FEWEST_TERMS
        and 2 * known >= len(table.columns)
        and any(is_term(column) and by_term(column) in NAMES for column in table.columns)
    )


def _bound(kind: Format, given: ColumnMap) -> Format:
    columns = _columns_by_field(given)
    bound = replace(
        kind,
        columns=columns,
        draft=Drafter(given, keys_are_unique=kind is DARWIN_CORE),
        contradiction=partial(contradiction, columns=columns),
        key_columns=tuple(column for column, target in given.targets.items() if target in ("occurrence_id", "gbif_id")),
        lists=lists_of,
    )
    return taken_back(bound)


def _columns_by_field(given: ColumnMap) -> dict[str, tuple[str, ...]]:
    by_target: dict[str, tuple[str, ...]] = {}
    for column, target in given.targets.items():
        if target:
            by_target[target] = (*by_target.get(target, ()), column)
    made = {
        field: tuple(column for target in of for column in by_target.get(target, ())) for field, of in _MADE_OF.items()
    }
    return by_target | {field: columns for field, columns in made.items() if columns}


def _no_name(table: Table) -> Message:
    """Why a table cannot be taken, with what may be the cause: another sheet, or letters that were read wrongly."""
    found, others = listed(table.columns), [name for name in table.sheets if name != table.sheet]
    if others:
        return message(
            "No column on the sheet “{sheet}” says what the specimens are: a scientific name is needed. Columns found: {found}. Other sheets: {others}.",
            sheet=table.sheet,
            found=found,
            others=listed(tuple(others)),
        )
    if table.encoding_is_guess:
        return message(
            "No column says what the specimens are: a scientific name is needed. Columns found: {found}. The text was read as {encoding}, which is a guess; if these headings look wrong, name another encoding.",
            found=found,
            encoding=table.encoding,
        )
    return message(
        "No column says what the specimens are: a scientific name is needed. Columns found: {found}.", found=found
    )


def listed(columns: tuple[str, ...], most: int = 12) -> str:
    """The first of some columns, for people."""
    shown = ", ".join(column[:40] for column in columns[:most])
    return f"{shown}, … ({len(columns)})" if len(columns) > most else shown
