"""A workbook that Bonebed wrote comes back with its lists, also when a spreadsheet saved it again and people changed something in it."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out.found import find
from catalogue.exchange.out.writing import content
from catalogue.exchange.outcomes import Preview
from catalogue.exchange.pipeline import Choices, commit, preview
from catalogue.exchange.reading import UnreadableFile
from catalogue.media import keeping as media
from catalogue.media.store import path_of
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from tests.catalogue.exchange.out.conftest import HOLOTYPE, OTHERS
from tests.catalogue.exchange.reading.conftest import document, ods_row, saved, zip_of
from tests.catalogue.exchange.test_bonebed_json import state, wipe
from tests.catalogue.photographs_and_scans import telephone_jpeg

Change = Callable[[Workbook], None]


@pytest.fixture
def world(connection: Connection) -> Connection:
    """A holotype with every list, a record with a withheld site, and one without a place."""
    for draft in (HOLOTYPE, *OTHERS):
        specimens.add(connection, THIS_COMPUTER, draft)
    return connection


def exported(connection: Connection, who: Person = THIS_COMPUTER) -> bytes:
    return content(find(connection, Query(), who), "xlsx")


def changed(file: bytes, change: Change = lambda book: None) -> bytes:
    """A workbook as another program saves it again, its texts now in a list of their own."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    change(book)
    return saved(book)


def tried(connection: Connection, file: bytes, **choices: Any) -> Preview:
    return preview(connection, "records.xlsx", file, choices=Choices(**choices))


def rows_of(sheet: Any) -> list[list[Any]]:
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def fill(sheet: Any, rows: Iterable[Iterable[Any]]) -> None:
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.data_type = "s"  # a text, whatever it begins with


def turn_about(book: Workbook) -> None:
    """All columns of all sheets the other way round, the sheets too, under Chinese names."""
    for number, sheet in enumerate(book.worksheets):
        if sheet.title != "About":
            fill(sheet, [row[::-1] for row in rows_of(sheet)])
            sheet.title = f"表{number}"
    book._sheets.reverse()


def as_document(file: bytes) -> bytes:
    """The same as an OpenDocument spreadsheet; numbers as LibreOffice writes them."""
    escaped = {
        ord("&"): "&amp;",
        ord("<"): "&lt;",
        ord(">"): "&gt;",
        ord("\t"): "<text:tab/>",
        ord("\n"): "</text:p><text:p>",
    }
    sheets = "".join(
        f'<table:table table:name="{sheet.title}">'
        + "".join(ods_row(*(str(cell).translate(escaped) for cell in row)) for row in rows_of(sheet))
        + "</table:table>"
        for sheet in openpyxl.load_workbook(io.BytesIO(file)).worksheets
    )
    return document(zip_of, sheets)


@pytest.mark.parametrize(
    "again", [changed, lambda file: changed(file, turn_about), as_document], ids=["saved", "turned", "ods"]
)
def test_it_comes_back_from_another_program(world: Connection, again: Callable[[bytes], bytes]) -> None:
    before, file = state(world), again(exported(world))
    assert tried(world, file).unchanged == 3
    wipe(world)
    report = commit(world, THIS_COMPUTER, "records.xlsx", file)
    assert (report.format, report.accepted, report.file_notes, report.notes) == ("Bonebed workbook", 3, (), ())
    assert state(world) == before


def with_column(book: Workbook) -> None:
    book["Records"].cell(1, book["Records"].max_column + 1, "Shelf mark")


def without_column(book: Workbook) -> None:
    book["Records"].delete_cols(rows_of(book["Records"])[0].index("siteWithheld") + 1)


@pytest.mark.parametrize("change", [with_column, without_column])
def test_a_table_of_records_with_other_columns_is_darwin_core_and_keeps_its_lists(
    world: Connection, change: Change
) -> None:
    file = changed(exported(world), change)
    again = tried(world, file)
    assert (again.format, again.unchanged) == ("Darwin Core", 3)
    lists = {name: part for name, part in state(world)["w:holotype"].items() if isinstance(part, list) and part}
    wipe(world)
    assert commit(world, THIS_COMPUTER, "a.xlsx", file).accepted == 3
    after = state(world)["w:holotype"]
    assert len(lists) == 8 and {name: after[name] for name in lists} == lists


def test_a_changed_row_of_a_list_changes_that_list_alone(world: Connection) -> None:
    def longer(book: Workbook) -> None:
        sheet = book["statements"]
        sheet.cell(2, rows_of(sheet)[0].index("measurementValue") + 1, 565)

    report = tried(world, changed(exported(world), longer))
    assert (report.changed, report.unchanged) == (1, 2)
    (change,) = report.rows.having("changed")[0].changes
    assert change.field == "statements"
    assert [one["measurement_value"] for one in change.after] == ["565"]  # type: ignore[attr-defined]


def test_a_removed_row_is_removed_where_others_of_its_record_are_left(world: Connection) -> None:
    file = changed(exported(world), lambda book: book["identifications"].delete_rows(3))
    report = commit(world, THIS_COMPUTER, "a.xlsx", file)
    assert report.changed == 1
    assert [one["verbatim_identification"] for one in state(world)["w:holotype"]["identifications"]] == [
        "cf. Gyposaurus"
    ]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.remove(book["identifications"]),
        lambda book: book["identifications"].delete_rows(2, 9),
        lambda book: setattr(book["identifications"], "sheet_state", "hidden"),
    ],
    ids=["no sheet", "headings alone", "hidden"],
)
def test_a_list_of_which_the_workbook_says_nothing_is_left_alone(world: Connection, change: Change) -> None:
    before = state(world)
    report = commit(world, THIS_COMPUTER, "a.xlsx", changed(exported(world), change))
    assert (report.unchanged, state(world)) == (3, before)


def test_rows_that_belong_to_no_record_are_told(world: Connection) -> None:
    def astray(book: Workbook) -> None:
        for key in ("w:nobody", "w:nobody", None):
            book["pieces"].append([key, "tibia"])

    report = tried(world, changed(exported(world), astray))
    assert report.unchanged == 3
    assert [str(note) for note in report.file_notes] == [
        "Rows of the sheet “pieces” that belong to no record of the sheet “Records”, and are left out: 3."
    ]


def test_a_part_that_cannot_be_kept_rejects_its_record_with_the_reason(world: Connection) -> None:
    def wrong(book: Workbook) -> None:
        book["absoluteAges"].append(["w:holotype", "old"])

    report = tried(world, changed(exported(world), wrong))
    assert (report.unchanged, report.rejected) == (2, 1)
    assert str(report.reasons()[0][0]) == "absoluteAges, ageMa: “old” is not a number."


def test_what_a_person_changed_in_the_age_counts(world: Connection) -> None:
    def younger(book: Workbook) -> None:
        sheet = book["Records"]
        headings = rows_of(sheet)[0]
        row = next(row for row in range(2, 5) if sheet.cell(row, 1).value == "w:holotype")
        sheet.cell(row, headings.index("latestAgeOrHighestStage") + 1, "Pliensbachian")

    report = tried(world, changed(exported(world), younger))
    (change,) = report.rows.having("changed")[0].changes
    assert (change.field, change.before, change.after) == ("latest_interval", "Sinemurian", "Pliensbachian")


def test_a_text_that_was_cut_leaves_the_record_as_it_is(world: Connection) -> None:
    texts = {f"x{number}": {"locality": "禄" * 9_000} for number in range(4)}
    specimens.amend(world, THIS_COMPUTER, "w:unplaced", {"translations": texts}, version=1)
    before = state(world)
    report = commit(world, THIS_COMPUTER, "a.xlsx", exported(world))
    assert (report.unchanged, state(world)) == (3, before)
    assert "translations" in str(report.notes[0][0]) and "left out" in str(report.notes[0][0])


def test_a_workbook_for_visitors_overwrites_nothing(world: Connection) -> None:
    before = state(world)
    report = commit(world, THIS_COMPUTER, "a.xlsx", exported(world, VISITOR))
    assert (report.unchanged, report.changed) == (3, 0)
    assert state(world) == before
    assert "The record keeps the exact one" in str(report.notes[0][0])


def test_a_workbook_for_visitors_makes_records_without_what_is_for_the_staff(world: Connection) -> None:
    file = exported(world, VISITOR)
    before = state(world)
    wipe(world)
    report = commit(world, THIS_COMPUTER, "a.xlsx", file)
    assert (report.accepted, report.rejected) == (3, 0)
    after = state(world)
    assert after["w:holotype"] == {**before["w:holotype"], "storage": [], "condition_reports": []}
    assert (after["w:withheld"]["locality"], after["w:withheld"]["decimal_latitude"]) == ("unknown", 25.15)


def unlike(book: Workbook) -> None:
    """Texts with the ends of lines that LibreOffice writes."""
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.value, cell.data_type = cell.value.replace("\r\n", "\n"), "s"


@pytest.mark.parametrize("lists", [{}, {"absolute_ages": [{"age_ma": 0.1 + 0.2, "remarks": "one\r\ntwo"}]}])
def test_digits_and_ends_of_lines_that_spreadsheets_do_not_keep_change_nothing(
    connection: Connection, lists: dict[str, Any]
) -> None:
    odd = {
        "locality": "Dawa\r\nvillage",
        "decimal_latitude": 25 + 6 / 60 + 12 / 3600,
        "decimal_longitude": 102 + 4 / 60,
    }
    specimens.add(connection, THIS_COMPUTER, {**OTHERS[1], **odd, **lists})
    before, file = state(connection), changed(exported(connection), unlike)
    report = commit(connection, THIS_COMPUTER, "a.xlsx", file)
    assert (report.unchanged, state(connection)) == (1, before)
    larger = changed(file, lambda book: setattr(book["Records"].cell(2, 3), "value", "LFGT"))
    report = commit(connection, THIS_COMPUTER, "a.xlsx", larger)
    assert [change.field for change in report.rows.having("changed")[0].changes] == ["institution_code"]


def test_lists_without_their_records_make_none(world: Connection) -> None:
    def only_names(book: Workbook) -> None:
        for name in set(book.sheetnames) - {"identifications"}:
            book.remove(book[name])

    with pytest.raises(UnreadableFile, match="“identifications” is a list of records, and the sheet with the records"):
        tried(world, changed(exported(world), only_names))


def own_workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """A workbook of a curator's own."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        fill(book.create_sheet(name), rows)
    return saved(book)


REGISTER = [
    ["Catalog number", "Scientific name", "Age", "Locality"],
    ["V 1", "Lufengosaurus huenei", "Hettangian", "Dawa"],
    ["V 2", "Sinosaurus triassicus", "Hettangian", "Dawa"],
]
LENGTHS = [
    ["Catalog number", "measurementType", "measurementValue", "measurementUnit", "seen by"],
    ["V 1", "femur length", 560, "mm", "Bien"],
    ["V 1", "tibia length", 340.5, "mm", ""],
    ["V 9", "femur length", 10, "mm", ""],
    ["V 2", "", 10, "mm", ""],
]
NAMES = [
    ["catalogNumber", "scientificName", "identifiedBy", "dateIdentified"],
    ["V 1", "Gyposaurus sinensis", "Young", "5 Nov 1940"],
]


@pytest.mark.parametrize("order", [1, -1])
def test_a_curators_own_sheets_of_measurements_and_names_are_taken(connection: Connection, order: int) -> None:
    first = [("Register", REGISTER), ("Längen", LENGTHS)][::order]
    file = own_workbook(*first, ("鉴定", NAMES))
    report = commit(connection, THIS_COMPUTER, "a.xlsx", file)
    assert (report.accepted, report.table and report.table.sheet) == (2, "Register")
    held = {record["catalog_number"]: record for record in state(connection).values()}
    assert [(one["measurement_type"], one["measurement_value"]) for one in held["V 1"]["statements"]] == [  # type: ignore[attr-defined]
        ("femur length", "560"),
        ("tibia length", "340.5"),
    ]
    (name,) = held["V 1"]["identifications"]  # type: ignore[misc]
    assert (name["verbatim_identification"], name["date_identified"]) == ("Gyposaurus sinensis", "1940-11-05")
    assert {str(note) for note in report.file_notes} == {
        "Columns of the sheet “Längen” from which nothing is taken: seen by.",
        "Rows of the sheet “Längen” that belong to no record of the sheet “Register”, and are left out: 1.",
    }
    assert [str(note) for note, _ in report.notes] == [
        "A measurement that does not say what is measured, or its value, is left out."
    ]
    assert tried(connection, file).unchanged == 2


def test_a_number_that_two_records_have_gives_its_rows_to_neither(connection: Connection) -> None:
    twice = [*REGISTER, ["V 1", "Yunnanosaurus huangi", "Hettangian", "Huangjiatian"]]
    report = tried(connection, own_workbook(("Register", twice), ("Lengths", LENGTHS)))
    assert report.table is not None
    assert next(iter(report.table.rows)).extensions == {}
    told = "whose number several records of the sheet “Register” have, and are left out: 2."
    assert any(told in str(note) for note in report.file_notes)


def test_other_sheets_of_a_general_workbook_are_named_and_not_read(connection: Connection) -> None:
    casts = [["Catalog number", "Scientific name", "Age"], ["C 1", "Sinosaurus", "Hettangian"]]
    file = own_workbook(("Notes", [["Our register"]]), ("Register", REGISTER), ("Casts", casts), ("Empty", []))
    report = tried(connection, file)
    assert report.table is not None
    assert (report.accepted, report.table.sheet, report.table.lists) == (2, "Register", ())
    assert [str(note) for note in report.file_notes] == ["The sheet “Register” is read. Not read: Casts."]
    assert tried(connection, file, sheet="Casts").accepted == 1


def test_photographs_come_back_where_their_files_are_and_are_told_where_not(world: Connection) -> None:
    one = media.receive(THIS_COMPUTER, telephone_jpeg(), license="CC0-1.0", credit="Wang", caption="=skull")
    focus = replace(one, focus_x=0.25, focus_y=0.5, translations={"zh": {"caption": "头骨"}})
    media.add(world, THIS_COMPUTER, "w:unplaced", [focus], version=1)
    before, file = state(world), exported(world)
    wipe(world)
    assert commit(world, THIS_COMPUTER, "a.xlsx", file).accepted == 3
    assert state(world) == before
    path = path_of(one.sha256)
    assert path is not None
    path.unlink()
    report = tried(world, file)
    assert (report.unchanged, report.changed) == (3, 0)
    assert "1 photographs or scans are named whose files are not here" in str(report.notes[0][0])
