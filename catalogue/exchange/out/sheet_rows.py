"""Rows of a sheet of an Excel workbook as its XML, made column by column: what many rows share is written once.

A row is made before it is known how many stand above it; `ROW` stands where its number belongs, until `numbered`. Texts are texts,
never formulas, and numbers are written in the digits that give them back exactly. A text stands in its cell as the result of a formula
would, without one, as SheetJS writes them: shorter than a text of its own, as which stand those that are more than plain signs in one
line, for LibreOffice takes only these whole.

References
----------
ECMA International 2016. Office Open XML file formats, part 1. ECMA-376, 5th edition: 18.3.1.4 (cells), 22.9.2.19 (escaped characters).
"""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import repeat

from xlsxwriter.utility import xl_col_to_name

from catalogue.exchange.out.cells import Value
from catalogue.exchange.out.markup import escape, writable

ROW = "\x00"
MOST_SIGNS = 32_767
"""What a cell of Excel holds of a text, in units of UTF-16."""
_SHORT = MOST_SIGNS // 2
"""Characters that surely fit."""
_MARKED = bytes(range(32)) + b"&<>\x7f"
"""ASCII that needs another way of writing, or a second look."""
_OF_NUMBERS = {float, int}
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def rows(columns: Iterable[tuple[int, Sequence[Value]]], behind: Iterable[str] | None = None) -> list[str]:
    """Rows by their columns.

    Parameters
    ----------
    columns : iterable of tuple
        The places of columns in the sheet, from 0 on and in their order, each with its cells; None for a blank one.
    behind : iterable of str, optional
        For each row what `cells_together` made of the cells behind those.
    """
    written = [_cells(xl_col_to_name(place), column) for place, column in columns]
    written += [behind] if behind is not None else []
    return [f'<row r="{ROW}">{"".join(cells)}</row>' for cells in zip(*written, strict=True)]


def cells_together(first: int, values: Iterable[Value]) -> str:
    """Cells that stand beside each other, from a place on, for rows that have them alike."""
    return "".join(_cell(xl_col_to_name(place), value) for place, value in enumerate(values, first) if value)


def numbered(made: Iterable[str], first: int) -> bytes:
    """Rows as they stand in the file, the first of them under a number that Excel gives it, from 1 on."""
    return "".join([row.replace(ROW, str(number)) for number, row in enumerate(made, first)]).encode()


def cut_short(made: Sequence[str], columns: Iterable[Sequence[Value]]) -> int:
    """How many texts of rows are longer than a cell holds."""
    long = [place for place, row in enumerate(made) if len(row) > _SHORT]
    return sum(_is_too_long(column[place]) for column in columns for place in long) if long else 0


def _cells(letters: str, column: Sequence[Value]) -> Iterable[str]:
    if column.count(column[0]) == len(column):
        return repeat("" if column[0] is None else _cell(letters, column[0]), len(column))
    distinct = set(column) - {None}
    if 2 * len(distinct) < len(column):
        known = {value: _cell(letters, value) for value in distinct} | {None: ""}
        return map(known.__getitem__, column)
    if set(map(type, distinct)) <= _OF_NUMBERS:
        start, end = _around_number(letters)
        return ["" if value is None else f"{start}{value!r}{end}" for value in column]
    if _are_plain(distinct):
        start, end = _around_text(letters)
        return ["" if value is None else f"{start}{value}{end}" for value in column]
    return ["" if value is None else _cell(letters, value) for value in column]


@lru_cache(maxsize=16_384, typed=True)
def _cell(letters: str, value: str | float) -> str:
    if not isinstance(value, str):
        start, end = _around_number(letters)
        return f"{start}{value!r}{end}"
    text = _cut(writable(value))
    in_full = _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")
    if in_full != text or text != text.strip() or not text.isprintable():
        return f'<c r="{letters}{ROW}" t="inlineStr"><is><t xml:space="preserve">{escape(in_full)}</t></is></c>'
    start, end = _around_text(letters)
    return f"{start}{escape(text)}{end}"


def _around_number(letters: str) -> tuple[str, str]:
    return f'<c r="{letters}{ROW}"><v>', "</v></c>"


def _around_text(letters: str) -> tuple[str, str]:
    return f'<c r="{letters}{ROW}" t="str"><v>', "</v></c>"


def _are_plain(values: Set[Value]) -> bool:
    """Whether all are texts that stand in XML as they are; one look at them together is far quicker than one at each."""
    texts = [value for value in values if isinstance(value, str)]
    together = "".join(texts)
    if together.isascii():
        is_plain = len(together.encode().translate(None, _MARKED)) == len(together)
    else:
        is_plain = together.isprintable() and not any(map(together.__contains__, "&<>"))
    is_short = len(together) <= _SHORT or all(len(text) <= _SHORT for text in texts)
    looks_escaped = "_" in together and "_x" in together
    is_plain = is_plain and is_short and not looks_escaped and len(texts) == len(values)
    return is_plain and list(map(str.strip, texts)) == texts


def _cut(text: str) -> str:
    if not _is_too_long(text):
        return text
    return text.encode("utf-16-le")[: 2 * MOST_SIGNS].decode("utf-16-le", "ignore")


def _is_too_long(value: Value) -> bool:
    is_long = isinstance(value, str) and len(value) > _SHORT
    return is_long and len(writable(value).encode("utf-16-le")) > 2 * MOST_SIGNS  # type: ignore[arg-type]
