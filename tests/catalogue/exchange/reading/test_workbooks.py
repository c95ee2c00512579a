"""Excel workbooks become tables of texts as a person sees them."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from catalogue.exchange.reading import UnreadableFile, read_table
from tests.catalogue.exchange.reading.conftest import FIRST, HEADINGS, Zipped, saved, workbook

DAY = dt.datetime.fromisoformat("1938-07-01")


def test_a_sheet_becomes_a_table() -> None:
    table = read_table(workbook(HEADINGS, FIRST, [], ["V16", "Sinosaurus", None]))
    assert table.headings == tuple(HEADINGS)
    assert [(row.number, row.written) for row in table.rows] == [
        (2, ("V15", "Lufengosaurus huenei", "25.1")),
        (4, ("V16", "Sinosaurus", "")),
    ]
    assert (table.kind, table.sheet, table.sheets, table.encoding, table.delimiter) == (
        "XLSX",
        "Sheet",
        ("Sheet",),
        "",
        "",
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (12.0, "12"), (25.100000000000001, "25.1"), (0.00001, "0.00001"), (1e20, "1e+20"), (-3, "-3"), (True, "TRUE"),
        (DAY, "1938-07-01"), (DAY.replace(hour=14, minute=30), "1938-07-01T14:30:00"),
        (dt.date(2001, 2, 3), "2001-02-03"), (dt.time(9, 5), "09:05:00"), ("=cmd", None), ("禄丰", "禄丰"), ("#N/A", "#N/A"),
    ],
)  # fmt: skip
def test_cells_as_a_person_reads_them(value: object, cell: str | None) -> None:
    content = workbook(["id", "cell"], ["1", value])
    if cell is None:  # a formula that no spreadsheet has worked out
        with pytest.raises(UnreadableFile, match="Formulas without a result on the sheet “Sheet”: 1, the first in B2"):
            read_table(content)
    else:
        assert read_table(content).rows[0].cells["cell"] == cell


def test_dates_that_count_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["eventDate", "by"])
    book.active.append([DAY, "Bien"])
    assert read_table(saved(book)).rows[0].cells["eventDate"] == "1938-07-01"


def of_three_sheets() -> bytes:
    book = Workbook()
    book.active.title = "Empty"
    secret = book.create_sheet("Drafts")
    secret.append(["secret", "x"])
    secret.sheet_state = "hidden"
    book.move_sheet("Drafts", -1)
    book.create_sheet("Finds").append(HEADINGS)
    return saved(book)


def test_the_first_sheet_with_something_in_it_that_is_not_hidden() -> None:
    table = read_table(of_three_sheets())
    assert (table.sheet, table.sheets, table.hidden_sheets) == ("Finds", ("Drafts", "Empty", "Finds"), ("Drafts",))


def test_a_sheet_of_notes_before_the_table_is_stepped_over() -> None:
    book = Workbook()
    book.active.append(["Our register, as of May"])
    book.create_sheet("Finds").append(HEADINGS)
    assert read_table(saved(book)).sheet == "Finds"


def test_a_sheet_that_is_asked_for() -> None:
    assert read_table(of_three_sheets(), sheet="Drafts").headings == ("secret", "x")
    with pytest.raises(UnreadableFile, match=r"no sheet “Fnids”\. There are: Drafts, Empty, Finds"):
        read_table(of_three_sheets(), sheet="Fnids")
    with pytest.raises(UnreadableFile, match="no line of headings"):
        read_table(of_three_sheets(), sheet="Empty")


def test_a_workbook_without_a_word() -> None:
    with pytest.raises(UnreadableFile, match="nothing is written on any of its sheets"):
        read_table(workbook())


def test_titles_above_the_headings_are_stepped_over() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Museum of Lufeng"], [], ["as of", "2026-01-01"], [*HEADINGS, "locality"], [*FIRST, "Shawan"]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    table = read_table(saved(book))
    assert table.headings == (*HEADINGS, "locality")
    assert [row.number for row in table.rows] == [5]


def test_headings_in_two_rows_below_merged_cells() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Cat. no.", "Place", None, "Name"],
        [None, "Latitude", "Longitude", None],
        ["V15", 25.1, 102.1, "Aus"],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    table = read_table(saved(book))
    assert table.headings == ("Cat. no.", "Latitude", "Longitude", "Name")
    assert [row.number for row in table.rows] == [3]


def test_a_row_below_headings_that_are_not_merged_is_a_row() -> None:
    table = read_table(workbook(["Cat. no.", "", "Name"], ["V15", "x", ""]))
    assert (table.headings, len(table.rows)) == (("Cat. no.", "", "Name"), 1)


def edited(content: bytes, name: str, pattern: str, by: str) -> bytes:
    """A workbook with one of its files changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, re.sub(pattern, by, text.decode()) if entry == name else text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_with_its_result_is_the_result() -> None:
    content = edited(workbook(["id", "cell"], [1, "=1+1"]), SHEET, "<v ?/>|<v></v>", "<v>2</v>")
    assert read_table(content).rows[0].cells["cell"] == "2"


def test_formulas_that_failed_are_told_also_on_sheets_of_lists() -> None:
    book = Workbook()
    book.active.append(["catalogNumber", "scientificName", "fieldNumber"])
    book.active.append(["V 1", "Lufengosaurus", "#DIV/0!"])
    book.active.append(["V 2", "Lufengosaurus", "a text: #REF!"])
    lengths = book.create_sheet("Lengths")
    lengths.append(["catalogNumber", "measurementType", "measurementValue"])
    lengths.append(["V 1", "femur length", "#NUM!"])
    book.create_sheet("Notes").append(["a", "#N/A"])
    assert [str(note) for note in read_table(saved(book)).notes][:2] == [
        "The sheet “Sheet” is read. Not read: Notes.",
        "Formulas that failed on the sheet “Sheet”: 1, the first in row 2 (#DIV/0!). Mend them before you import.",
    ]
    assert "“Lengths”: 1, the first in row 2 (#NUM!)" in str(read_table(saved(book)).notes[2])


def test_a_lone_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    content = workbook(HEADINGS, FIRST)
    far = edited(content, SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert len(read_table(far).rows) == 1


@pytest.mark.parametrize(
    ("name", "pattern", "by"),
    [
        (SHEET, "<sheetData>", "<sheetData><row r='x'>"),
        ("xl/workbook.xml", "<sheets>.*</sheets>", ""),
        (SHEET, r"^", '<!DOCTYPE a [<!ENTITY b "c">]>'),
    ],
)
def test_a_damaged_workbook_is_told(name: str, pattern: str, by: str) -> None:
    with pytest.raises(UnreadableFile):
        read_table(edited(workbook(HEADINGS, FIRST), name, pattern, by))


def test_ten_thousand_columns() -> None:
    with pytest.raises(UnreadableFile, match="10000 columns; at most 2000"):
        read_table(workbook([f"c{number}" for number in range(10_000)]))


def test_a_word_document_is_no_table(zipped: Zipped) -> None:
    with pytest.raises(UnreadableFile, match="no workbook that we can read"):
        read_table(zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}))
