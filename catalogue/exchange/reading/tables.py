"""A table as it was read: headings, and rows that are read again each time they are asked for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias, overload

from catalogue.exchange.reading.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from catalogue.messages import CatalogueError, Message, message

Record: TypeAlias = tuple[int, Sequence[str]]
"""The number of a row, as a spreadsheet counts from 1, and its cells."""
Extensions: TypeAlias = Mapping[str, tuple[Mapping[str, str], ...]]


class UnreadableFile(CatalogueError):
    """A file that cannot be read as a table of a known format."""


class Row(NamedTuple):
    """One row of a table.

    Parameters
    ----------
    number : int
        Its place in the file as a spreadsheet counts rows, from 1.
    headings : tuple of str
        Those of the table.
    written : tuple of str
        The cells in the order of the headings; a missing cell is blank.
    surplus : tuple of str
        The cells behind the last heading, up to the last one that is not blank.
    extensions : mapping of str to tuple of mapping
        What further tables of a Darwin Core Archive say of this row: the last word of the row type (``Identification``,
        ``Multimedia``, ``MeasurementOrFact``, ``ResourceRelationship``, ``ChronometricAge``, …) to rows, each term to cell. So
        do sheets of lists in a workbook; those of Bonebed's own lists go by their names (``pieces``).
    """

    number: int
    headings: tuple[str, ...]
    written: tuple[str, ...]
    surplus: tuple[str, ...] = ()
    extensions: Extensions = {}  # noqa: RUF012  never changed, and nearly all rows have none

    @property
    def cells(self) -> dict[str, str]:
        """Column to cell, as it stands; the first of columns of the same name. Made anew at each call."""
        cells = dict(zip(self.headings, self.written, strict=True))
        if len(cells) < len(self.headings) or "" in cells:
            cells = dict(zip(reversed(self.headings), reversed(self.written), strict=True))
            cells = {heading: cells[heading] for heading in dict.fromkeys(self.headings) if heading}
        return cells


class Rows(Sequence[Row]):
    """Rows that are read from the file whenever somebody goes through them, so that they need no memory.

    Parameters
    ----------
    start : callable
        Begins to read from the first row.
    count : int
        How many rows there are.
    """

    def __init__(self, start: Callable[[], Iterator[Row]], count: int) -> None:
        self._start = start
        self._count = count
        self._going: Iterator[Row] = iter(())
        self._next = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return self._start()

    @overload
    def __getitem__(self, wanted: int) -> Row: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Row]: ...
    def __getitem__(self, wanted: int | slice) -> Row | list[Row]:
        """Some rows. Slices that follow one another, such as batches, go through the file once."""
        if isinstance(wanted, slice):
            start, stop, step = wanted.indices(self._count)
            return self._between(start, stop)[::step] if step > 0 else list(self)[wanted]
        place = range(self._count)[wanted]
        return self._between(place, place + 1)[0]

    def _between(self, start: int, stop: int) -> list[Row]:
        if start != self._next:
            self._going, self._next = islice(self._start(), start, None), start
        rows = list(islice(self._going, max(0, stop - start)))
        self._next += len(rows)
        return rows


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Parameters
    ----------
    encoding : str
        ``UTF-8``, ``UTF-16``, ``Windows-1252``, ``GB18030`` or the one that was asked for; blank where the kind of file knows no other.
    encoding_is_guess : bool
        True when nothing in the file says so.
    delimiter : str
        What parts the cells; blank where the file is no text.
    headings : tuple of str
        As they stand in the file.
    rows : Rows
        Rows that are not blank.
    kind : str
        The kind of file: ``CSV``, ``XLSX``, ``ODS``, ``JSON``, ``GeoJSON``, ``KML``, ``GeoPackage``, ``Darwin Core Archive``.
    row_type : str
        The row type of the core of a Darwin Core Archive, as a web address; blank elsewhere.
    sheet : str
        The sheet or layer that was read.
    sheets, hidden_sheets : tuple of str
        All sheets or layers that can be read, and those of them that the spreadsheet hides.
    lists : tuple of str
        Sheets that hold lists of the rows, and are handed on with them.
    source : mapping of str to str
        What the file says of itself: ``title``, ``license``, ``citation``.
    notes : tuple of Message
        What a person should know of the file although it can be read: two columns of one name that differ, rows that belong to nothing.
    blank : frozenset of str
        Headings of columns in which no row says anything.
    """

    encoding: str
    encoding_is_guess: bool
    delimiter: str
    headings: tuple[str, ...]
    rows: Rows
    kind: str = "CSV"
    row_type: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    source: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    blank: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings without blank ones and repetitions."""
        return tuple(dict.fromkeys(heading for heading in self.headings if heading))


@dataclass(frozen=True)
class Grid:
    """Headings and rows as `rows_below` finds them in a file."""

    headings: tuple[str, ...]
    rows: Rows
    notes: tuple[Message, ...] = ()
    ends_short: bool = False
    """Whether the last row, and no other, has fewer cells than there are headings."""
    blank: frozenset[str] = frozenset()
    """Headings of columns in which no row says anything."""


def rows_below(
    start: Callable[[], Iterator[Record]], extensions: Callable[[Sequence[str]], Extensions] | None = None
) -> Grid:
    """Headings and rows of records that can be gone through again and again; the first one holds the headings.

    Parameters
    ----------
    start : callable
        Begins to read; goes through the same records each time.
    extensions : callable, optional
        What further tables say of a row.

    Raises
    ------
    UnreadableFile
        When there are no headings, or the table is too wide, too long, or has a cell that is too long.
    """
    records = start()
    first = next(records, (0, ()))[1]
    headings = tuple(heading.strip() for heading in without_trailing_blanks(first))
    if not headings:
        raise UnreadableFile(message("The file has no line of headings."))
    refuse_wide(len(headings))
    looked = _Looked(headings)
    for number, record in records:
        if not _is_blank(record):
            looked.at(number, record)
    if looked.numbers_of_r:
        headings = ("", *headings)

    def read() -> Iterator[Row]:
        again = start()
        next(again, None)
        for number, record in again:
            if not _is_blank(record):
                yield _row(number, headings, record, extensions(record) if extensions else {})

    return Grid(headings, Rows(read, looked.count), looked.notes(), looked.ends_short, looked.blank)


class _Looked:
    """What the first way through the records of a table finds out."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        self._headings = headings
        places: dict[str, int] = {}
        self._twice = [
            (first, place)
            for place, heading in enumerate(headings)
            if (first := places.setdefault(heading, place)) != place and heading
        ]
        self._unheaded = [place for place, heading in enumerate(headings) if not heading]
        self._differ: Counter[str] = Counter()
        self._filled: Counter[int] = Counter()
        self._numbered = 0
        self._short = 0
        self._last_is_short = False
        self._blank = [place for place, heading in enumerate(headings) if heading]
        self._cells_of_blank = _cells_at(self._blank)
        self.count = 0

    def at(self, number: int, record: Sequence[str]) -> None:
        """Look at a record."""
        self.count += 1
        _refuse_long(number, self.count, record)
        self._last_is_short = len(record) < len(self._headings)
        self._short += self._last_is_short
        if self._blank and (self._last_is_short or any(self._cells_of_blank(record))):
            self._find_filled(record)
        self._numbered += len(record) == len(self._headings) + 1 and record[0] == str(self.count)
        for first, second in self._twice:
            if second < len(record) and record[second].strip() not in {"", record[first].strip()}:
                self._differ[self._headings[first]] += 1
        for place in self._unheaded:
            if place < len(record) and record[place].strip() and (place or record[0] != str(self.count)):
                self._filled[place] += 1

    def _find_filled(self, record: Sequence[str]) -> None:
        """Take those columns out of the blank ones in which a record says something."""
        width = len(record)
        blank = [place for place in self._blank if place >= width or not record[place].strip()]
        if len(blank) < len(self._blank):
            self._blank, self._cells_of_blank = blank, _cells_at(blank)

    @property
    def blank(self) -> frozenset[str]:
        """Headings of columns in which no record says anything."""
        if self.numbers_of_r or not self.count:
            return frozenset()
        filled = {one for place, one in enumerate(self._headings) if place not in set(self._blank)}
        return frozenset(self._headings[place] for place in self._blank) - filled

    @property
    def numbers_of_r(self) -> bool:
        """Whether R wrote row numbers without a heading: every row has one cell more, and begins with its number."""
        return self.count > 1 and self._numbered == self.count

    @property
    def ends_short(self) -> bool:
        """Whether the last row, and no other, has fewer cells than there are headings."""
        return self._last_is_short and self._short == 1 < self.count

    def notes(self) -> tuple[Message, ...]:
        """What a person should know."""
        return (
            *(
                message(
                    "The heading “{heading}” stands there more than once, and the columns differ in {count} rows. The first is taken.",
                    heading=heading,
                    count=count,
                )
                for heading, count in self._differ.items()
            ),
            *(
                message(
                    "Column {column} has no heading: what it says is not taken, in so many rows: {count}. Write a heading above it.",
                    column=_letters(place),
                    count=count,
                )
                for place, count in sorted(self._filled.items())
            ),
        )


def _cells_at(places: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """What takes the cells at some places out of a record at once."""
    if not places:
        return lambda _: ()
    return itemgetter(*places, places[0])


def _letters(place: int) -> str:
    """A column, counted from 0, as spreadsheets call it."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def refuse_wide(count: int) -> None:
    """Raise `UnreadableFile` when a table has more columns than we read."""
    if count > MOST_COLUMNS:
        raise UnreadableFile(
            message(
                "The table has {count} columns; at most {most} are read. Leave out those that are not needed.",
                count=count,
                most=MOST_COLUMNS,
            )
        )


def _refuse_long(number: int, count: int, record: Sequence[str]) -> None:
    if count > MOST_ROWS:
        raise UnreadableFile(
            message("The table has more than {most} rows. Divide it into several files.", most=MOST_ROWS)
        )
    if len(record) > MOST_COLUMNS:
        record = without_trailing_blanks(record)
        if len(record) > 2 * MOST_COLUMNS:
            raise UnreadableFile(
                message(
                    "Row {number} has {count} cells, which no table has. Is the file damaged?",
                    number=number,
                    count=len(record),
                )
            )
    if sum(map(len, record)) > LONGEST_CELL and max(map(len, record)) > LONGEST_CELL:
        raise UnreadableFile(
            message("A cell in row {number} is longer than {most} characters.", number=number, most=LONGEST_CELL)
        )


def _is_blank(record: Sequence[str]) -> bool:
    if record and record[0] and not record[0].isspace():  # as most rows begin
        return False
    return not any(cell and not cell.isspace() for cell in record)


def without_trailing_blanks(cells: Sequence[str]) -> Sequence[str]:
    """The cells up to the last one that says something."""
    count = len(cells)
    while count and not cells[count - 1].strip():
        count -= 1
    return cells[:count]


def _row(number: int, headings: tuple[str, ...], record: Sequence[str], extensions: Extensions) -> Row:
    width = len(headings)
    if len(record) == width:
        return Row(number, headings, tuple(record), (), extensions)
    written = (*record[:width], *[""] * (width - len(record)))
    return Row(number, headings, written, tuple(without_trailing_blanks(record[width:])), extensions)
