"""An Excel workbook: texts stay texts, headings stay in sight, lists have sheets of their own."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl

from catalogue.exchange.out import workbook
from catalogue.exchange.out.terms import COLUMNS
from catalogue.rights import VISITOR
from tests.catalogue.exchange.out.conftest import Finds


def opened(finds: Finds, to: Path, **asked: Any) -> Any:
    workbook.write(finds(**asked), to.with_suffix(".xlsx"))
    return openpyxl.load_workbook(to.with_suffix(".xlsx"))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_a_sheet_for_the_records_and_one_for_each_list(finds: Finds, to: Path) -> None:
    book = opened(finds, to)
    assert book.sheetnames[0] == "Records" and book.sheetnames[-1] == "About"
    assert set(book.sheetnames[1:-1]) == {
        *("identifications", "statements", "pieces", "citations", "otherNumbers", "absoluteAges", "storage"),
        *("conditionReports", "relations"),
    }
    assert tuple(cell.value for cell in book["Records"][1]) == COLUMNS
    assert book["Records"].freeze_panes == "A2"
    assert book["Records"].auto_filter.ref.startswith("A1:")


def test_texts_are_texts_and_numbers_numbers(finds: Finds, to: Path) -> None:
    book = opened(finds, to)
    row = next(row for row in rows(book["Records"]) if row["occurrenceID"] == "w:holotype")
    assert (row["maxMa"], row["decimalLatitude"]) == (201.4, 25.1)
    assert row["eventDate"] == "1938-11"
    assert row["occurrenceRemarks"].startswith("=HYPERLINK")
    kinds = {cell.data_type for line in book["Records"].iter_rows(min_row=2) for cell in line if cell.value is not None}
    assert kinds == {"n", "s"} or kinds == {"n", "inlineStr"}
    with ZipFile(to.with_suffix(".xlsx")) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist() if "worksheets" in name)


def test_parts_stand_under_the_key_of_their_record(finds: Finds, to: Path) -> None:
    book = opened(finds, to)
    (piece,) = rows(book["pieces"])
    assert (piece["occurrenceID"], piece["element"], piece["remarks"]) == ("w:holotype", "femur", "+1")
    (age,) = rows(book["absoluteAges"])
    assert age["ageMa"] == 195.2


def test_it_says_what_it_is(finds: Finds, to: Path, described: None) -> None:
    book = opened(finds, to)
    told = dict(book["About"].iter_rows(values_only=True))
    assert told["Title"] == "Dinosaurs of <Lufeng> & beyond"
    assert told["Cite as"].startswith("Lufeng Museum. Dinosaurs")
    assert told["Licence"] == "Creative Commons Attribution 4.0"
    assert book.properties.title == "Dinosaurs of <Lufeng> & beyond"


def test_visitors_get_no_exact_site(finds: Finds, to: Path) -> None:
    book = opened(finds, to, who=VISITOR)
    assert "gully" not in str([row for sheet in book for row in sheet.iter_rows(values_only=True)])
    assert "storage" not in book.sheetnames
