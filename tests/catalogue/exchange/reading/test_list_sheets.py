"""Sheets of lists are known by their headings, and their rows are handed on with those of the records."""

import pytest
from openpyxl import Workbook

from catalogue.exchange.bonebed_json import LISTS
from catalogue.exchange.mapping import extensions
from catalogue.exchange.out.terms import COLUMNS
from catalogue.exchange.reading import Table, UnreadableFile, limits, read_table
from catalogue.exchange.reading import further_tables as further_tables_module
from catalogue.exchange.reading.list_sheets import is_list_alone, list_of
from tests.catalogue.exchange.reading.conftest import Zipped, document, ods_row, saved

RECORDS = [["occurrenceID", "scientificName", "locality"], ["a", "Lufengosaurus", "Dawa"], ["b", "Sinosaurus", "Dawa"]]
PIECES = [["element", "occurrenceID", "side"], ["femur", "b ", "left"], ["tibia", "a", ""], ["rib", "b", "right"]]
WHOLE = "occurrenceID element side pieceCount preparations preparedBy datePrepared catalogNumber remarks"


def of_sheets(**sheets: list[list[object]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def lists_of(table: Table) -> list[object]:
    return [row.extensions for row in table.rows]


OF_B = ({"element": "femur", "side": "left"}, {"element": "rib", "side": "right"})


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("order", [1, -1])
def test_rows_come_with_their_records_in_their_order(zipped: Zipped, kind: str, order: int) -> None:
    sheets = dict([("R", RECORDS), ("P", PIECES)][::order])
    if kind == "xlsx":
        content = saved(of_sheets(**sheets))
    else:
        tables = (
            f'<table:table table:name="{name}">{"".join(ods_row(*row) for row in rows)}</table:table>'
            for name, rows in sheets.items()
        )
        content = document(zipped, "".join(tables))
    table = read_table(content)
    assert (table.sheet, table.lists, table.notes) == ("R", ("P",), ())
    assert lists_of(table) == [{"pieces": ({"element": "tibia"},)}, {"pieces": OF_B}]
    assert lists_of(table) == [{"pieces": ({"element": "tibia"},)}, {"pieces": OF_B}], "again, as often as wanted"


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (WHOLE, "pieces"),
        (f"{WHOLE} shelf", "pieces"),
        ("occurrenceID element", "pieces"),
        ("dwc:occurrenceID Element", "pieces"),
        ("occurrenceID element shelf", None),
        ("element side", None),
        ("occurrenceID verbatimIdentification", None),
        ("occurrenceID scientificName identifiedBy", "Identification"),
        ("occurrenceID scientificName identifiedBy locality", None),
        ("catalogNumber measurementType measurementValue", "MeasurementOrFact"),
        ("标本号 measurementType measurementValue", "MeasurementOrFact"),
        ("No. measurementType measurementValue", None),
        ("measurementType measurementValue", None),
        ("occurrenceID relationshipOfResource relatedResource", "ResourceRelationship"),
        ("occurrenceID relationshipOfResource relatedOccurrenceID", "relations"),
        ("occurrenceID earliestChronometricAge", "ChronometricAge"),
        ("occurrenceID license credit", None),
        ("occurrenceID scientificName", None),
        (" ".join(COLUMNS), None),
    ],
)
def test_a_list_is_known_by_its_headings(headings: str, kind: str | None) -> None:
    found = list_of(headings.split())
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("headings", "alone"),
    [
        ("catalogNumber measurementType measurementValue", True),
        ("catalogNumber scientificName measurementType measurementValue", False),
        ("occurrenceID scientificName identifiedBy", False),
        (WHOLE, True),
    ],
)
def test_a_sheet_with_names_may_be_one_of_records(headings: str, alone: bool) -> None:
    assert is_list_alone(headings.split()) is alone


def test_every_kind_that_is_handed_on_is_understood() -> None:
    from catalogue.exchange.reading import list_sheets

    kinds = {one.kind for one in (*list_sheets._OURS, *list_sheets._EXTENSIONS)}
    assert kinds <= LISTS.keys() | extensions._READERS.keys()
    assert LISTS.keys() <= kinds


def test_two_sheets_of_one_list_go_together() -> None:
    table = read_table(saved(of_sheets(R=RECORDS, P=PIECES, Q=[PIECES[0], ["skull", "b", ""]])))
    assert table.lists == ("P", "Q")
    assert lists_of(table)[1] == {"pieces": (*OF_B, {"element": "skull"})}


def test_a_record_without_a_key_has_none_of_the_rows_without_one() -> None:
    records = [*RECORDS, ["", "Yunnanosaurus", "Dawa"]]
    table = read_table(saved(of_sheets(R=records, P=[*PIECES, ["skull", "", "left"]])))
    assert lists_of(table)[2] == {}
    assert "belong to no record of the sheet “R”, and are left out: 1." in str(table.notes[0])


def test_titles_above_a_list_are_stepped_over() -> None:
    table = read_table(saved(of_sheets(R=RECORDS, P=[["Pieces of 2026"], [], *PIECES])))
    assert lists_of(table)[1] == {"pieces": OF_B}


def test_a_list_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(further_tables_module, "LARGEST_PART", 20)
    with pytest.raises(UnreadableFile, match="“P” in the file is larger than"):
        read_table(saved(of_sheets(R=RECORDS, P=PIECES)))


def test_what_is_wrong_with_a_sheet_of_no_list_refuses_nothing() -> None:
    wide = [f"c{number}" for number in range(limits.MOST_COLUMNS + 1)]
    table = read_table(saved(of_sheets(R=RECORDS, W=[wide], F=[["x", "y"], ["=1+1", 2]])))
    assert len(table.rows) == 2
    assert str(table.notes[0]) == "The sheet “R” is read. Not read: W, F."


def test_formulas_without_a_result_in_a_list_are_told() -> None:
    with pytest.raises(UnreadableFile, match="Formulas without a result on the sheet “P”: 1, the first in A2"):
        read_table(saved(of_sheets(R=RECORDS, P=[PIECES[0], ["=1+1", "a", "left"]])))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x0001_", "_x0001_"),
        ("_xD800_", "_xD800_"),
        ("_x41_", "_x41_"),
    ],
)
def test_escaped_characters_are_read_as_what_they_are(written: str, text: str) -> None:
    table = read_table(saved(of_sheets(R=[["id", "text"], ["1", written]])))
    assert table.rows[0].cells["text"] == text
