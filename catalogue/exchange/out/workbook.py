"""Found records as an Excel workbook: a sheet of records, a sheet for each kind of list that they have, and one that says what it is.

XlsxWriter makes the workbook with the headings of all sheets; their rows (`catalogue.exchange.out.sheet_rows`) are put in while it is zipped,
for that takes a tenth of the time. Every text is a text cell: nothing is run as a formula and no catalogue number becomes a date.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple
from zipfile import ZipFile

from xlsxwriter import Workbook

from catalogue.exchange.out import cells
from catalogue.exchange.out.about import About, about
from catalogue.exchange.out.cells import Value
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.json_records import lists_of
from catalogue.exchange.out.making import made
from catalogue.exchange.out.markup import writable
from catalogue.exchange.out.sheet_rows import cells_together, cut_short, numbered, rows
from catalogue.exchange.out.terms import BEYOND_RANKS, COLUMNS, beyond_ranks, ranked, term
from catalogue.exchange.out.zipped import Pressed, entry, pressing
from catalogue.messages import CatalogueError, message
from catalogue.parts import PARTS

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its headings."""
_FIRST_ROW = 2
"""The number of the row below the headings."""
HEADINGS = (*COLUMNS, *BEYOND_RANKS)
"""The headings of the sheet of records."""
_PLACES = {heading: place for place, heading in enumerate(HEADINGS)}
_TERMS = {
    term(name): tuple(term(one) for one in kind.__dataclass_fields__ if one != "occurrence_id")
    for name, kind in PARTS.items()
}
"""The headings of each list, behind the key of the record."""
_FIRST = ("docProps/custom.xml", "_rels/.rels", "xl/styles.xml")
"""Files of the zip before the records: by the first ones libmagic knows a workbook. Those that name the sheets come behind them."""
_LARGE = 400_000
"""Records whose sheet may well have more than the 2 GB that a plain zip holds."""
_CUT, _TOLD = "Cut short", "Texts that are longer than a cell of Excel holds: {}. Bonebed JSON holds them whole."
_IN_MEMORY = 8_000_000
"""Bytes of a list that are kept in memory before the disk is used."""


def write(found: Found, to: Path) -> None:
    """Write the workbook; the parts of a list stand under the key of their record.

    Raises
    ------
    CatalogueError
        When there are more records than a sheet holds.
    """
    if len(found) > MOST_ROWS:
        said = message(
            "A sheet of Excel holds {most} records; these are {count}. Take a CSV, which holds any number, or narrow the search.",
            most=f"{MOST_ROWS:,}",
            count=f"{len(found):,}",
        )
        raise CatalogueError(said)
    try:
        _write(found, to, is_large=len(found) > _LARGE)
    except RuntimeError:  # of zipfile: the records filled more than 2 GB all the same
        _write(found, to, is_large=True)


def _write(found: Found, to: Path, *, is_large: bool) -> None:
    told, records = about(found, newest=""), _Sheet("Records", HEADINGS, len(found))
    with ZipFile(to, "w") as book, ExitStack() as stack:
        lists = _Lists(stack)
        frame = _frame([records], told)
        for name in _FIRST:
            book.writestr(entry(name), frame[name])
        head, tail = _parted(frame, 1, records)
        with pressing(book, _path(1), force_zip64=is_large) as sheet:
            sheet.write(head)
            cut, newest = _put_records(found, sheet, lists)
            sheet.write(tail)
        frame = _frame([records, *lists.sheets], replace(told, dated=newest[:10]), cut)
        for number, one in enumerate(lists.sheets, 2):
            _put_list(book, frame, number, one)
        for name in [one for one in frame if one not in book.namelist()]:
            book.writestr(entry(name), frame[name])


def _put_records(found: Found, sheet: Pressed, lists: "_Lists") -> tuple[int, str]:
    """Put records below their headings and their lists where they wait; returns how many texts were cut short, and the newest change."""
    cut, newest = 0, ""
    for piece in made(found, _piece, lists=True):
        sheet.write(piece.records)
        lists.add(piece.lists)
        cut, newest = cut + piece.cut, max(newest, piece.newest)
    return cut, newest


@dataclass
class _Sheet:
    """A table: its headings, and how many rows stand below them; those of a list in a file until their turn comes."""

    title: str
    headings: Sequence[str]
    length: int = 0
    rows: IO[bytes] = field(default_factory=BytesIO)


def _frame(sheets: Sequence[_Sheet], told: About, cut: int = 0) -> dict[str, bytes]:
    """The files of a workbook with no rows: those that stand in its zip, by their names."""
    made_ = BytesIO()
    with Workbook(made_, {"in_memory": True, "strings_to_urls": False, "use_zip64": True}) as book:
        day = datetime.fromisoformat(told.dated).replace(tzinfo=UTC) if told.dated else datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": told.title, "comments": told.citation, "created": day.replace(tzinfo=None)})
        book.set_custom_property("Made with", "Bonebed")
        bold = book.add_format({"bold": True})
        for one in sheets:
            sheet = book.add_worksheet(one.title)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, one.headings, bold)
            sheet.set_column(0, len(one.headings) - 1, 16)
            sheet.autofilter(0, 0, one.length, len(one.headings) - 1)
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 16, bold)
        sheet.set_column(1, 1, 90)
        for number, line in enumerate([*told.lines(), *([(_CUT, _TOLD.format(cut))] if cut else [])]):
            for column, text in enumerate(line):
                sheet.write_string(number, column, writable(text))
    with ZipFile(made_) as files:
        return {name: files.read(name) for name in files.namelist()}


def _path(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _parted(frame: Mapping[str, bytes], number: int, sheet: _Sheet) -> tuple[bytes, bytes]:
    """The file of a sheet up to where its rows belong, told how many there are, and from there on."""
    head, end, tail = frame[_path(number)].partition(b"</sheetData>")
    start, before, size = head.partition(b'<dimension ref="A1:')
    columns, one, rest = size.partition(b'1"')
    assert end and before and one
    return b"".join((start, before, columns, f'{sheet.length + 1}"'.encode(), rest)), end + tail


def _put_list(book: ZipFile, frame: Mapping[str, bytes], number: int, sheet: _Sheet) -> None:
    head, tail = _parted(frame, number, sheet)
    told = entry(_path(number))
    told.file_size = len(head) + sheet.rows.tell() + len(tail)
    sheet.rows.seek(0)
    with book.open(told, "w") as file:
        file.write(head)
        copyfileobj(sheet.rows, file)
        file.write(tail)


class _Piece(NamedTuple):
    """Rows of some records, those of their lists, which have no numbers yet, how many texts are longer than a cell holds, the newest change."""

    records: bytes
    lists: dict[str, list[str]]
    cut: int
    newest: str


def _piece(portion: Portion) -> _Piece:
    told = cells.stated_values(portion)
    columns = ((_PLACES[heading], column) for heading, column in told.items())
    records = rows(columns, map(_of_age, portion.columns["earliest_interval"], portion.columns["latest_interval"]))
    cut, lists = cut_short(records, told.values()), {}
    for name, parts in _listed(portion).items():
        by_columns = list(zip(*parts, strict=True))
        lists[name] = rows(enumerate(by_columns))
        cut += cut_short(lists[name], by_columns)
    return _Piece(numbered(records, portion.before + _FIRST_ROW), lists, cut, max(portion.columns["modified"]))


@cache
def _of_age(earliest: str, latest: str) -> str:
    """The last columns of the sheet of records, which many records have alike."""
    names = (*ranked(earliest, latest), beyond_ranks(earliest), beyond_ranks(latest))
    return cells_together(len(HEADINGS) - len(names), names)


def _listed(portion: Portion) -> dict[str, list[list[Value]]]:
    """The parts of each list, with the keys of their records before them."""
    listed: dict[str, list[list[Value]]] = {}
    for key in portion.columns["occurrence_id"] if portion.parts else ():
        for name, parts in lists_of(portion, key).items():
            told = ([key, *(_of_part(part.get(one)) for one in _TERMS[name])] for part in parts)
            listed.setdefault(name, []).extend(told)
    return listed


def _of_part(value: object) -> Value:
    """A field of a part; texts in other languages as JSON, as those of a record."""
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, int | float) else str(value or "") or None


class _Lists:
    """A sheet for each list, made when the first record has it, and a further one when that is full."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._going: dict[str, _Sheet] = {}
        self.sheets: list[_Sheet] = []

    def add(self, listed: Mapping[str, list[str]]) -> None:
        """Put rows of lists below those that are there."""
        for name, made_ in listed.items():
            for some, sheet in self._room(name, made_):
                sheet.rows.write(numbered(some, sheet.length + _FIRST_ROW))
                sheet.length += len(some)

    def _room(self, name: str, made_: list[str]) -> Iterator[tuple[list[str], _Sheet]]:
        while made_:
            sheet = self._going.get(name)
            if sheet is None or sheet.length >= MOST_ROWS:
                sheet = self._going[name] = self._further(name, is_first=sheet is None)
            room = MOST_ROWS - sheet.length
            yield made_[:room], sheet
            made_ = made_[room:]

    def _further(self, name: str, *, is_first: bool) -> _Sheet:
        title = name if is_first else f"{name} {len(self.sheets)}"
        file = self._stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        sheet = _Sheet(title, ("occurrenceID", *_TERMS[name]), rows=file)
        self.sheets.append(sheet)
        return sheet
