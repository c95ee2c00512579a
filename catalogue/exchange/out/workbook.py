"""Found records as an Excel workbook: a sheet of records, a sheet for each kind of list that they have, and one that says what it is.

Every text is a text cell: nothing is run as a formula and no catalogue number becomes a date.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from catalogue.exchange.bonebed_json import lists_of
from catalogue.exchange.out import cells
from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.markup import writable
from catalogue.exchange.out.terms import BEYOND_RANKS, COLUMNS, beyond_ranks, term
from catalogue.messages import CatalogueError, message
from catalogue.parts import PARTS

MOST_ROWS = 1_048_575
"""Records that a sheet holds below its headings."""
_CUT, _TOLD = "Cut short", "Texts that are longer than a cell of Excel holds: {}. Bonebed JSON holds them whole."
HEADINGS = (*COLUMNS, *BEYOND_RANKS)
"""The headings of the sheet of records."""
_SHORT = 16_000
"""Characters that surely fit into a cell."""
_TOO_LONG = -2
"""What XlsxWriter says of a text that it cut after the 32,767 characters that a cell of Excel holds."""


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
    told = about(found)
    with Workbook(str(to), {"constant_memory": True, "strings_to_urls": False, "use_zip64": True}) as book:
        day = datetime.fromisoformat(told.dated).replace(tzinfo=UTC) if told.dated else datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": told.title, "comments": told.citation, "created": day.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        records = _Sheet(book.add_worksheet("Records"), HEADINGS, bold)
        lists = _Lists(book, bold)
        for portion in found.portions(lists=True):
            ends = (map(beyond_ranks, portion.columns[name]) for name in ("earliest_interval", "latest_interval"))
            records.add_all([*cells.values(portion), *map(cells.said, map(list, ends))])
            lists.add(portion)
        records.close()
        cut = records.cut + lists.cut
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 16, bold)
        sheet.set_column(1, 1, 90)
        for number, line in enumerate([*told.lines(), *([(_CUT, _TOLD.format(cut))] if cut else [])]):
            for column, text in enumerate(line):
                sheet.write_string(number, column, writable(text))


class _Sheet:
    """A table with its headings frozen; `cut` counts the texts that are too long for a cell."""

    def __init__(self, sheet: Worksheet, headings: Sequence[str], bold: Any) -> None:
        self._sheet, self._width, self._row = sheet, len(headings), 0
        self.cut = 0
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
                text = writable(str(value))
                self.cut += self._sheet.write_string(self._row, column, text) == _TOO_LONG

    def add_all(self, columns: Sequence[Sequence[str | float | None]]) -> None:
        """Write many rows, given by columns: as XlsxWriter would write them, in a fifth of the time.

        A row with a text that wants more than its signs escaped is left to XlsxWriter.
        """
        first = self._row + 2  # rows of a sheet are counted from 1
        written = zip(
            *(_written(xl_col_to_name(place), column, first) for place, column in enumerate(columns)), strict=True
        )
        odd = {place for column in columns for place in _odd(column)}
        plain: list[str] = []
        for place, row in enumerate(written):
            if place in odd:
                self._put(plain)
                self.add(column[place] for column in columns)
                plain.clear()
            else:
                plain.append(f'<row r="{first + place}">{"".join(row)}</row>')
        self._put(plain)

    def _put(self, rows: Sequence[str]) -> None:
        """Put finished rows into the file that XlsxWriter keeps of them; there is no public way, and its version is pinned."""
        self._row += len(rows)
        self._sheet._write_single_row(self._row)
        self._sheet._check_dimensions(self._row, 0)
        self._sheet.row_data_fh.write("".join(rows))

    @property
    def is_full(self) -> bool:
        """Whether no row fits in any more."""
        return self._row >= MOST_ROWS

    def close(self) -> None:
        """Put the filter over the headings."""
        self._sheet.autofilter(0, 0, self._row, self._width - 1)


def _written(letters: str, column: Sequence[str | float | None], first: int) -> list[str]:
    """The cells of a column in the XML of a sheet, from its row `first` on; what many rows share is written once."""
    known = {value: _content(value) for value in set(column) if value is not None}
    start = f'<c r="{letters}'
    return ["" if value is None else f"{start}{row}{known[value]}" for row, value in enumerate(column, first)]


def _content(value: str | float) -> str:
    if isinstance(value, str):
        return f'" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'"><v>{value:.16G}</v></c>'


def _odd(column: Sequence[str | float | None]) -> Iterator[int]:
    """The places of texts with which XlsxWriter does more than to escape them."""
    odd = {value for value in set(column) if isinstance(value, str) and not _is_plain(value)}
    return (place for place, value in enumerate(column) if value in odd) if odd else iter(())


def _is_plain(text: str) -> bool:
    return text.isprintable() and text.strip() == text and "_x" not in text and len(text) < _SHORT


class _Lists:
    """A sheet for each list, made when the first record has it, and a further one when that is full."""

    def __init__(self, book: Workbook, bold: Any) -> None:
        self._book, self._bold = book, bold
        self._sheets: dict[str, tuple[_Sheet, tuple[str, ...]]] = {}
        self._made: list[_Sheet] = []

    @property
    def cut(self) -> int:
        return sum(sheet.cut for sheet in self._made)

    def add(self, portion: Portion) -> None:
        for key in portion.columns["occurrence_id"]:
            for name, parts in lists_of(portion, key).items():
                for part in parts:
                    sheet, terms = self._sheet(name)
                    sheet.add([key, *(_of_part(part.get(one)) for one in terms)])

    def _sheet(self, name: str) -> tuple[_Sheet, tuple[str, ...]]:
        if name not in self._sheets or self._sheets[name][0].is_full:
            kind = next(kind for one, kind in PARTS.items() if term(one) == name)
            terms = tuple(term(field) for field in kind.__dataclass_fields__ if field != "occurrence_id")
            title = f"{name} {len(self._made)}" if name in self._sheets else name
            made = _Sheet(self._book.add_worksheet(title), ("occurrenceID", *terms), self._bold)
            self._sheets[name] = made, terms
            self._made.append(made)
        return self._sheets[name]


def _of_part(value: object) -> object:
    """A field of a part; texts in other languages as JSON, as those of a record."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value
