"""Found records as an Excel workbook: a sheet of records, a sheet for each kind of list that they have, and one that says what it is.

Every text is a text cell: nothing is run as a formula and no catalogue number becomes a date.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.exchange.bonebed_json import lists_of
from catalogue.exchange.out import cells
from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.markup import writable
from catalogue.exchange.out.terms import COLUMNS, term
from catalogue.parts import PARTS

MOST_ROWS = 1_048_575
"""Records that a sheet holds below its headings."""
_LONGEST = 32_767
"""Characters that a cell of Excel holds."""


def write(found: Found, to: Path) -> None:
    """Write the workbook; the parts of a list stand under the key of their record."""
    told = about(found)
    with Workbook(str(to), {"constant_memory": True, "strings_to_urls": False}) as book:
        day = datetime.fromisoformat(told.dated).replace(tzinfo=UTC) if told.dated else datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": told.title, "comments": told.citation, "created": day.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        records = _Sheet(book.add_worksheet("Records"), COLUMNS, bold)
        lists = _Lists(book, bold)
        for portion in found.portions(lists=True):
            for row in cells.rows(portion):
                records.add([_value(name, text) for name, text in zip(COLUMNS, row, strict=True)])
            lists.add(portion)
        records.close()
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 16, bold)
        sheet.set_column(1, 1, 90)
        for number, line in enumerate(told.lines()):
            for column, text in enumerate(line):
                sheet.write_string(number, column, _text(text))


class _Sheet:
    """A table with its headings frozen."""

    def __init__(self, sheet: Worksheet, headings: Sequence[str], bold: Any) -> None:
        self._sheet, self._width, self._row = sheet, len(headings), 0
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        sheet.set_column(0, self._width - 1, 16)

    def add(self, values: Iterable[object]) -> None:
        """Write the next row; blanks are left out."""
        self._row += 1
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                self._sheet.write_number(self._row, column, value)
            elif value:
                self._sheet.write_string(self._row, column, _text(str(value)))

    def close(self) -> None:
        """Put the filter over the headings."""
        self._sheet.autofilter(0, 0, self._row, self._width - 1)


class _Lists:
    """A sheet for each list, made when the first record has it."""

    def __init__(self, book: Workbook, bold: Any) -> None:
        self._book, self._bold = book, bold
        self._sheets: dict[str, tuple[_Sheet, tuple[str, ...]]] = {}

    def add(self, portion: Portion) -> None:
        for key in portion.columns["occurrence_id"]:
            for name, parts in lists_of(portion, key).items():
                sheet, terms = self._sheet(name)
                for part in parts:
                    sheet.add([key, *(part.get(one) for one in terms)])

    def _sheet(self, name: str) -> tuple[_Sheet, tuple[str, ...]]:
        if name not in self._sheets:
            kind = next(kind for one, kind in PARTS.items() if term(one) == name)
            terms = tuple(term(field) for field in kind.__dataclass_fields__ if field != "occurrence_id")
            made = _Sheet(self._book.add_worksheet(name[:31]), ("occurrenceID", *terms), self._bold)
            self._sheets[name] = made, terms
        return self._sheets[name]


def _value(name: str, text: str) -> object:
    return float(text) if text and name in cells.NUMBERS else text


def _text(text: str) -> str:
    kept = writable(text)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"
