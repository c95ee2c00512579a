"""Columns that say again what another column of the same table says, and of which nothing need be taken.

References
----------
GBIF. Occurrence download formats; https://techdocs.gbif.org/en/data-use/download-formats
"""

from collections.abc import Callable, Sequence

from catalogue.exchange.mapping.headings import LEFT_OUT
from catalogue.exchange.reading import Table
from catalogue.messages import Message, message

_OF_GBIF = frozenset({"species", "genericName", "acceptedScientificName"})
"""What GBIF reads out of ``scientificName``, which its downloads have as well."""
_NAME_AT_GBIF = frozenset({"gbifID", "scientificName"})


def repeated(table: Table) -> Callable[[str, Sequence[str]], tuple[str, Message] | None]:
    """What tells of a column of a table, given its heading and its cells, that and why nothing is taken of it; None of all others."""
    columns = frozenset(table.columns)
    is_of_gbif = columns >= _NAME_AT_GBIF
    has_key_apart = bool(table.row_type) and columns >= {"id", "occurrenceID"}

    def look(column: str, _: Sequence[str]) -> tuple[str, Message] | None:
        if is_of_gbif and column in _OF_GBIF:
            return LEFT_OUT, message("GBIF’s own reading of the scientific name")
        if has_key_apart and column == "id":
            return LEFT_OUT, message("ties the tables of the archive together")
        return None

    return look
