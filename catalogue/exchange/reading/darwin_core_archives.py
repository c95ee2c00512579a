"""Darwin Core Archives: a zip with a core table, further tables about its rows, and a description of both.

`meta.xml` says which file holds what. Nothing is unpacked to the disk, the core is read as it goes by, and the rows of further tables
are found by the key of their core row. python-dwca-reader was looked at and left aside: it unpacks to the disk without a limit and reads
XML without the guard of defusedxml.

References
----------
Darwin Core Text Guide, TDWG; https://dwc.tdwg.org/text/
GBIF. How-to guide: Darwin Core Archives; https://ipt.gbif.org/manual/en/ipt/latest/dwca-guide
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from catalogue.exchange.reading import lines
from catalogue.exchange.reading.archive_description import Description, TableOf, described
from catalogue.exchange.reading.eml import source_of
from catalogue.exchange.reading.extension_columns import KEYS, TAKEN
from catalogue.exchange.reading.further_tables import FurtherTable, noted
from catalogue.exchange.reading.limits import LARGEST_PART
from catalogue.exchange.reading.sources import Opened
from catalogue.exchange.reading.tables import Extensions, Record, Table, UnreadableFile, rows_below
from catalogue.exchange.reading.zips import Archive, part
from catalogue.messages import Message, message

_META = "meta.xml"
_PICTURES = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "webp", "glb", "stl"})


def description_in(archive: Archive) -> str | None:
    """The `meta.xml` of an archive, in whatever folder; None where there is none."""
    found = [
        name for name in archive.namelist() if name.rpartition("/")[2] == _META and not name.startswith("__MACOSX")
    ]
    return min(found, key=lambda name: name.count("/"), default=None)


def read_archive(archive: Archive, meta: str) -> Table:
    """Read the core of an archive, its rows with what further tables say of them.

    Parameters
    ----------
    archive : Archive
        From `catalogue.exchange.reading.zips.opened`.
    meta : str
        The place of its `meta.xml`, from `description_in`.

    Raises
    ------
    UnreadableFile
        When it is damaged, or describes what is not there.
    """
    archive_described = described(archive, meta)
    core = archive_described.core
    left: list[Message] = []
    kept: list[FurtherTable] = []
    for table in archive_described.extensions:
        if table.kind in TAKEN:
            kept.append(_kept(archive, table, left))
        else:
            left.append(_not_read(table, core))
    are_noted = False

    def said(record: Sequence[str]) -> Extensions:
        key = record[core.key]
        rows: dict[str, tuple[dict[str, str], ...]] = {}
        for table in kept:
            if of_table := table.rows_of(key):
                rows[table.kind] = (*rows.get(table.kind, ()), *of_table)
        return rows

    def start() -> Iterator[Record]:
        records = _with_headings(archive, core)
        return records if are_noted or not kept else noted(records, [(table, core.key) for table in kept])

    grid = rows_below(start, said if kept else None)
    are_noted = True
    notes = (*grid.notes, *_orphans(kept), *left, *_pictures(archive))
    encoding, delimiter = core.layout.encoding, core.layout.delimiter
    return Table(
        encoding,
        False,
        delimiter,
        grid.headings,
        grid.rows,
        kind="Darwin Core Archive",
        row_type=core.row_type,
        source=_source(archive, archive_described),
        notes=notes,
        blank=grid.blank,
    )


def _with_headings(archive: Archive, table: TableOf) -> Iterator[Record]:
    """The headings of a table, and its rows in the order of the headings; where a cell is blank, its default."""
    yield 1, table.headings
    number = 1
    for name in table.files:
        going = lines.records(_opens(archive, name), table.layout)
        for _, record in islice(going, table.headings_to_skip, None):
            number += 1
            yield number, table.in_order(record)


def _opens(archive: Archive, name: str) -> Opened:
    return lambda: part(archive, name)


def _kept(archive: Archive, table: TableOf, left: list[Message]) -> FurtherTable:
    """A further table in memory; what it says in columns of which nothing is taken is told in `left`."""
    if sum(archive.getinfo(name).file_size for name in table.files) > LARGEST_PART:
        raise UnreadableFile(
            message(
                "“{name}” in the zipped file is larger than {most} MB.",
                name=table.files[0][-60:],
                most=LARGEST_PART // 2**20,
            )
        )
    name = _name_of(table)
    rows = islice(_with_headings(archive, table), 1, None)
    taken = TAKEN[table.kind]
    headings = [one if one in taken else "" for one in table.headings]
    others = [place for place, one in enumerate(table.headings) if one not in taken | KEYS and place != table.key]
    filled: set[int] = set()
    kept = FurtherTable(table.kind, name, headings, table.key, _watched(rows, others, filled))
    if filled:
        left.append(
            message(
                "Columns of {name} from which nothing is taken: {columns}.",
                name=name,
                columns=", ".join(table.headings[place] for place in sorted(filled))[:300],
            )
        )
    return kept


def _watched(rows: Iterable[Record], places: Iterable[int], filled: set[int]) -> Iterator[Record]:
    """The same rows; where they say anything at one of some places, that one is noted."""
    blank = set(places)
    for row in rows:
        met = {place for place in blank if row[1][place].strip()}
        blank -= met
        filled |= met
        yield row


def _not_read(table: TableOf, core: TableOf) -> Message:
    """That nothing is taken of a further table, and why."""
    name = _name_of(table)
    if table.kind == core.kind:
        return message("{name} is not read: it repeats the records as their publishers wrote them.", name=name)
    return message("{name} is not read: Bonebed has no list for “{kind}”.", name=name, kind=table.kind[:60])


def _pictures(archive: Archive) -> Iterator[Message]:
    """That pictures in the archive itself are not taken here, and where they are."""
    endings = [name.casefold().rpartition(".")[2] for name in archive.namelist() if not name.startswith("__MACOSX")]
    if count := sum(ending in _PICTURES for ending in endings):
        yield message(
            "Pictures that lie in the archive are not taken here: {count}. Give the same file on the page “Photographs by number”; those named after a catalogue number find their specimens.",
            count=count,
        )


def _name_of(table: TableOf) -> str:
    return table.files[0].rpartition("/")[2]


def _orphans(tables: Iterable[FurtherTable]) -> Iterator[Message]:
    for table in tables:
        if lost := table.left_out(0):
            yield message(
                "Rows of {name} that belong to no row of the core, and are left out: {count}.",
                count=lost,
                name=table.name,
            )


def _source(archive: Archive, archive_described: Description) -> dict[str, str]:
    name = archive_described.metadata
    return source_of(part(archive, name)) if name in archive.namelist() else {}
