"""The rows of one sheet of an Excel workbook, each cell as a person sees it, and what else stands in the sheet.

openpyxl knows the workbook; its sheets are read here, in one way through: merged cells and formulas without a stored result come with
it, and cells go by without being kept.

References
----------
ECMA-376, Office Open XML file formats, part 1, sections 18.3 (worksheets) and 22.9.2.19 (escaped characters).
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import IO, TypeAlias
from xml.etree.ElementTree import Element

from openpyxl.utils.datetime import from_excel

from catalogue.exchange.reading.heading_rows import Merged
from catalogue.exchange.reading.limits import MOST_BLANK_ROWS, MOST_ROWS_OF_A_SHEET
from catalogue.exchange.reading.markup import events, local
from catalogue.exchange.reading.numbers import plain_number
from catalogue.exchange.reading.tables import Record, UnreadableFile, refuse_wide, without_trailing_blanks
from catalogue.messages import message

_WIDEST = 2**14
"""Columns of a sheet."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML has no way of writing, ``_x000D_``, and what would be taken for one, ``_x005F_``."""

Failed: TypeAlias = list[tuple[int, str]]
"""Cells that show an error, ``#DIV/0!``: in which row, and which."""


@dataclass
class Sheet:
    """One sheet, read once.

    Parameters
    ----------
    shared : sequence of str
        The texts of the workbook, to which cells refer.
    dates, spans : collection of int
        The styles that show a number as a date, and as a span of time.
    epoch : datetime
        The day from which dates are counted.
    merged : list of Merged
        Filled while rows are read, with what else is looked for.
    without_result : list of str
        Cells with formulas that no spreadsheet has worked out.
    failed : Failed
        Cells with formulas that have no result but an error.
    """

    name: str
    shared: Sequence[str]
    dates: Collection[int]
    spans: Collection[int]
    epoch: dt.datetime
    merged: list[Merged] = field(default_factory=list)
    without_result: list[str] = field(default_factory=list)
    failed: Failed = field(default_factory=list)

    def records(self, stream: IO[bytes]) -> Iterator[Record]:
        """The rows with something in them.

        Raises
        ------
        UnreadableFile
            When the sheet is damaged or too wide, or, at its end, when formulas have no result.
        """
        before, last = 0, 0
        rows: Element | None = None
        for event, element in events(stream, starts=True):
            kind = local(element.tag)
            if event == "start":
                rows = element if kind == "sheetData" else rows
            elif kind == "row":
                before = _whole(element.get("r")) or before + 1
                if before > MOST_ROWS_OF_A_SHEET:
                    raise UnreadableFile(message("The sheet has more rows than a sheet can have. Is the file damaged?"))
                cells = without_trailing_blanks(self._cells(element, before))
                element.clear()
                if rows is not None:
                    rows.clear()
                if before - last > MOST_BLANK_ROWS:
                    break
                if cells:
                    last = before
                    refuse_wide(len(cells))
                    yield before, cells
            elif kind == "mergeCell":
                self.merged += _merged(element.get("ref", ""))
        self._refuse_formulas()

    def _cells(self, row: Element, number: int) -> list[str]:
        cells: list[str] = []
        for element in row:
            place = _column_of(element.get("r", "")) if element.get("r") else len(cells)
            text = self._text(element, number)
            if place == len(cells):
                cells.append(text)
            elif text:
                if place > _WIDEST:
                    refuse_wide(place + 1)
                cells += [""] * (place + 1 - len(cells))
                cells[place] = text
        return cells

    def _text(self, cell: Element, number: int) -> str:
        kind, written, inline, formula = cell.get("t", "n"), None, "", False
        for element in cell:
            name = local(element.tag)
            if name == "v":
                written = element.text
            elif name == "is":
                inline = words(element)
            elif name == "f":
                formula = True
        if formula and not written and not inline and kind != "str":
            self.without_result.append(cell.get("r") or f"{number}")
        if kind == "inlineStr":
            return inline
        if not written:
            return ""
        if kind == "s":
            return self.shared[int(written)]
        if kind == "e":
            self.failed.append((number, written))
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        return self._number(written, cell.get("s")) if kind == "n" else _in_full(written)

    def _number(self, written: str, style: str | None) -> str:
        value = float(written)
        if style and int(style) in self.dates:
            return _date(value, self.epoch, int(style) in self.spans)
        return plain_number(value)

    def _refuse_formulas(self) -> None:
        if self.without_result:
            raise UnreadableFile(
                message(
                    "Formulas without a result on the sheet “{sheet}”: {count}, the first in {cell}. Open the workbook in a spreadsheet, save it, and choose that file.",
                    sheet=self.name,
                    count=len(self.without_result),
                    cell=self.without_result[0],
                )
            )


def words(element: Element) -> str:
    """The text of a cell or of a shared text, its runs put together; how it is pronounced (``rPh``) is left out."""
    texts: list[str] = []
    for part in element:
        kind = local(part.tag)
        if kind == "t":
            texts.append(_in_full(part.text or ""))
        elif kind == "r":
            texts.append(words(part))
    return "".join(texts)


def _in_full(text: str) -> str:
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    """The character that stands escaped in a text; what cannot stand in a text stays as it is written."""
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r\ufffe\uffff" else found[0]


def shared_texts(stream: IO[bytes]) -> list[str]:
    """The texts of a workbook to which cells refer by their number."""
    texts: list[str] = []
    for _, element in events(stream):
        if local(element.tag) == "si":
            texts.append(words(element))
            element.clear()
    return texts


@cache
def _date(value: float, epoch: dt.datetime, span: bool) -> str:
    """A date by ISO 8601; the number itself where it is no date."""
    try:
        found = from_excel(value, epoch, timedelta=span)
    except (ValueError, OverflowError):
        return plain_number(value)
    if isinstance(found, dt.datetime):
        return found.date().isoformat() if found.time() == dt.time() else found.isoformat(timespec="seconds")
    return found.isoformat() if isinstance(found, dt.date | dt.time) else str(found)


def _merged(reference: str) -> Sequence[Merged]:
    ends = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", reference)
    if not ends:
        return ()
    return (Merged(int(ends[2]), int(ends[4]), _column(ends[1]), _column(ends[3])),)


def _column_of(reference: str) -> int:
    return _column(reference.rstrip("0123456789"))


@cache
def _column(letters: str) -> int:
    """The place of a column, from 0: ``A`` is 0."""
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isupper():
        raise UnreadableFile(
            message("“{reference}” is not the name of a column. Is the file damaged?", reference=letters[:20])
        )
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _whole(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else 0
