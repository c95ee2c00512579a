"""Rows of a sheet say in Excel's XML what XlsxWriter would, and read back what was written."""

import math
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from catalogue.exchange.out.cells import Value
from catalogue.exchange.out.markup import writable
from catalogue.exchange.out.sheet_rows import MOST_SIGNS, cells_together, cut_short, numbered, rows

TEXTS = st.text(st.sampled_from("aé禄😀 \t\n\r\v\x85\u3000&<>\"'_x000D=+\x00\ud800\ufffe"), min_size=1, max_size=9)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
COLUMNS = st.integers(1, 5).flatmap(
    lambda length: st.lists(st.lists(TEXTS | st.none(), min_size=length, max_size=length), min_size=1, max_size=4)
)


def peer(columns: Sequence[Sequence[Value]]) -> bytes:
    """The workbook of XlsxWriter, made cell by cell."""
    made = BytesIO()
    with Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(zip(*columns, strict=True)):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, writable(value))
                elif value is not None:
                    sheet.write_number(number, place, value)
    return made.getvalue()


def ours(columns: Sequence[Sequence[Value]]) -> bytes:
    """The same workbook with our rows."""
    made = BytesIO()
    with ZipFile(BytesIO(peer([[None]]))) as empty, ZipFile(made, "w") as book:
        for name in empty.namelist():
            said = empty.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = b"<sheetData>" + numbered(rows(enumerate(columns)), 1) + b"</sheetData>"
                said = said.replace(b"<sheetData/>", data)
                assert data in said
            book.writestr(name, said)
    return made.getvalue()


def in_full(cell: str | None) -> str:
    """A text of which openpyxl leaves Excel's way of writing some characters."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell or "")


def read(book: bytes) -> list[tuple[Any, ...]]:
    return [row for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True) if any(row)]  # type: ignore[union-attr]


@given(COLUMNS)
@example([["_x0041_x0042_"]])
def test_texts_come_back(columns: list[list[str | None]]) -> None:
    columns = [["first"] * len(columns[0]), *columns, ["last"] * len(columns[0])]
    written = [tuple(writable(cell or "") for cell in row) for row in zip(*columns, strict=True)]
    assert [tuple(map(in_full, row)) for row in read(ours(columns))] == written


def test_texts_are_written_as_those_of_xlsxwriter() -> None:
    columns = [["same"] * 5, ["=1+1", "a", "=1+1", None, "<b>"], [" led", "trailed ", "one\ntwo", "a\r\nb", "_x000D_"]]
    assert read(ours(columns)) == read(peer(columns))


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_numbers_come_back_exactly(numbers: list[float]) -> None:
    book = openpyxl.load_workbook(BytesIO(ours([numbers]))).active
    assert [
        math.copysign(cell.value, number) for (cell,), number in zip(book.iter_rows(), numbers, strict=True)
    ] == numbers  # type: ignore[union-attr]


def test_a_number_is_written_alike_whatever_was_written_before() -> None:
    assert [rows([(0, [number])])[0].count("66.0") for number in (66, 66.0, 66)] == [0, 1, 0]


def test_cells_together_are_those_of_columns() -> None:
    (plain,) = rows(enumerate([["a"], ["b"], [None], ["d"]]))
    (together,) = rows(enumerate([["a"]]), [cells_together(1, ["b", None, "d"])])
    assert together == plain


def test_a_text_is_cut_where_a_cell_of_excel_ends_and_counted() -> None:
    columns = [["a" * MOST_SIGNS, "b" * (MOST_SIGNS + 1), "😀" * 20_000, "禄" * 20_000], ["c", "d", "e", "f" * 40_000]]
    made = rows(enumerate(columns))
    assert cut_short(made, columns) == 3
    texts = [cell for row in read(ours(columns)) for cell in row]
    assert [len(text.encode("utf-16-le")) // 2 for text in texts] == [32_767, 1, 32_767, 1, 32_766, 1, 20_000, 32_767]
