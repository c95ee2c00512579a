"""An Excel workbook: texts stay texts, headings stay in sight, lists have sheets of their own."""

import json
import zipfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out import workbook
from catalogue.exchange.out.terms import COLUMNS
from catalogue.exchange.out.writing import write
from catalogue.messages import CatalogueError
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching.query import Query
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
    assert tuple(cell.value for cell in book["Records"][1]) == (*COLUMNS, "earliestInterval", "latestInterval")
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


def test_an_interval_without_a_rank_of_darwin_core_is_written_out(world: Connection, finds: Finds, to: Path) -> None:
    draft = {"verbatim_identification": "Theropoda indet.", "basis_of_record": "MaterialCitation"}
    intervals = {"occurrence_id": "w:old", "earliest_interval": "Mississippian", "latest_interval": "Permian"}
    specimens.add(world, THIS_COMPUTER, draft | intervals)
    ages = {row["occurrenceID"]: row for row in rows(opened(finds, to)["Records"])}
    assert (ages["w:old"]["earliestInterval"], ages["w:old"]["latestInterval"]) == ("Mississippian", None)
    assert (ages["w:holotype"]["earliestInterval"], ages["w:holotype"]["latestInterval"]) == (None, None)


def test_texts_of_a_part_in_other_languages_stand_there_as_json(world: Connection, finds: Finds, to: Path) -> None:
    said = {"measurement_type": "length", "measurement_value": "5", "translations": {"zh": {"measurement_type": "长"}}}
    specimens.amend(world, THIS_COMPUTER, "w:unplaced", {"statements": [said]}, version=1)
    (row,) = (row for row in rows(opened(finds, to)["statements"]) if row["occurrenceID"] == "w:unplaced")
    assert json.loads(row["translations"]) == {"zh": {"measurementType": "长"}}


def test_a_list_goes_on_on_a_further_sheet_when_one_is_full(
    finds: Finds, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = finds(query=Query("holotype"))
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    workbook.write(found, to.with_suffix(".xlsx"))
    book = openpyxl.load_workbook(to.with_suffix(".xlsx"))
    names = [name for name in book.sheetnames if name.startswith("identifications")]
    assert len(names) == 2
    assert [row["verbatimIdentification"] for name in names for row in rows(book[name])] == [
        "cf. Gyposaurus",
        "Dinosauria indet.",
    ]


def test_more_records_than_a_sheet_holds_are_refused(finds: Finds, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(CatalogueError, match=r"holds 2 records; these are 3\. Take a CSV"):
        write(finds(), "xlsx", to)
    assert not to.exists()


def test_a_text_that_is_cut_is_told(world: Connection, finds: Finds, to: Path) -> None:
    texts = {f"x{number}": {"locality": "禄" * 9_000} for number in range(4)}
    specimens.amend(world, THIS_COMPUTER, "w:unplaced", {"translations": texts}, version=1)
    book = opened(finds, to)
    assert dict(book["About"].iter_rows(values_only=True))["Cut short"].startswith(
        "Texts that are longer than a cell of Excel holds: 1."
    )
    assert max(len(row["translations"] or "") for row in rows(book["Records"])) == 32_767


def test_a_sheet_may_be_larger_than_a_plain_zip_holds(finds: Finds, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 12_000)  # of two gigabytes, which a million records fill
    assert len(rows(opened(finds, to)["Records"])) == 3


def test_other_programs_know_it_by_its_first_files(finds: Finds, to: Path) -> None:
    workbook.write(finds(), to)
    with ZipFile(to) as file:
        assert file.namelist()[:3] == ["docProps/custom.xml", "_rels/.rels", "xl/styles.xml"]
