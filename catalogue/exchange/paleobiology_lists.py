"""Lists of the Paleobiology Database for which a catalogue of finds has no room: named, counted, and what to do with them.

Collections are places without finds, taxa are names without finds, and strata are rocks without finds. Their ages are no ages of finds
of ours: those of formations are revised, and differ from region to region.
"""

from collections.abc import Callable

from catalogue.exchange.reading import Row, Table
from catalogue.messages import Message, message
from catalogue.taxonomy import taxonomy


def other_list(table: Table) -> Message | None:
    """Why a list of the Paleobiology Database is not taken, with what was read in it; None when it is no such list."""
    columns = set(table.columns)
    for signs, say in _LISTS:
        if signs <= columns:
            return say(table)
    return None


def _distinct(table: Table, column: str) -> int:
    return len({cell for cell in _column(table, column) if cell})


def _column(table: Table, column: str) -> list[str]:
    return [_cell(row, column) for row in table.rows]


def _cell(row: Row, column: str) -> str:
    return row.cells.get(column, "").strip()


def _measurements(table: Table) -> Message:
    return message(
        "This is a list of measurements of the Paleobiology Database: {count} measurements of {specimens} specimens, without what those are. Download the list of specimens there, which can be imported; measurements are entered with the specimen.",
        count=len(table.rows),
        specimens=_distinct(table, "specimen_no"),
    )


def _collections(table: Table) -> Message:
    return message(
        "This is a list of collections of the Paleobiology Database: {count} places, without what was found there. Download the occurrences of these collections there, with coordinates, location and stratigraphy; those can be imported.",
        count=len(table.rows),
    )


def _taxa(table: Table) -> Message:
    known = taxonomy()
    names = {name for name in _column(table, "taxon_name") if name}
    return message(
        "This is a list of taxa of the Paleobiology Database: {count} rows with {names} names, of which Bonebed’s own table of taxa has {known}. Names without finds are not imported. Download the occurrences of these taxa there; those can be imported.",
        count=len(table.rows),
        names=len(names),
        known=sum(bool(known.lineage(name)) for name in names),
    )


def _strata(table: Table) -> Message:
    return message(
        "This is a list of strata of the Paleobiology Database: {count} rows with {formations} formations, without what was found in them. Bonebed suggests the age of a formation from the specimens in the catalogue. Download the occurrences of these formations there; those can be imported.",
        count=len(table.rows),
        formations=_distinct(table, "formation"),
    )


def _references(table: Table) -> Message:
    return message(
        "This is a list of references of the Paleobiology Database: {count} publications, without what they say. Download the occurrences of these publications there; those can be imported.",
        count=len(table.rows),
    )


def _opinions(table: Table) -> Message:
    return message(
        "This is a list of opinions of the Paleobiology Database: {count} statements on names. Download the occurrences of these taxa there; those can be imported.",
        count=len(table.rows),
    )


def _intervals(table: Table) -> Message:
    return message(
        "This is a list of intervals of the Paleobiology Database: {count} of them. Bonebed has its own chart of intervals.",
        count=len(table.rows),
    )


_Saying = Callable[[Table], Message]
_LISTS: tuple[tuple[set[str], _Saying], ...] = (
    ({"measurement_no", "specimen_no"}, _measurements),
    ({"collection_no", "collection_name", "n_occs"}, _collections),
    ({"opinion_no", "taxon_name"}, _opinions),
    ({"taxon_no", "taxon_name"}, _taxa),
    ({"orig_no", "taxon_name"}, _taxa),
    ({"record_type", "lithology", "n_colls"}, _strata),
    ({"reference_no", "pubtitle"}, _references),
    ({"interval_no", "interval_name"}, _intervals),
)
"""The columns by which a list is known."""
