"""Importing on the screen: the preview adds up, the import keeps its word, and the same file again changes nothing."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import openpyxl
import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from catalogue import database, imports, specimens
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.exchange.out.found import find
from catalogue.exchange.out.writing import content
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.settings import settings
from catalogue.under_way import Begun
from screens import import_file
from screens.parts import trees

OpenPage = Callable[..., Any]
COLUMNS = (
    "occurrence_no",
    "accepted_name",
    "early_interval",
    "max_ma",
    "min_ma",
    "lat",
    "lng",
    "cc",
    "formation",
    "collection_name",
)
ROWS = (
    ("9001", "Lufengosaurus huenei", "Hettangian", "201.4", "199.5", "25.2", "102.1", "CN", "Lufeng", "Dawa"),
    ("9002", "Sinosaurus triassicus", "Sinemurian", "199.5", "192.9", "25.3", "102.2", "CN", "Lufeng", "Heilongtan"),
    ("9003", "Coelophysis bauri", "Norian", "227.3", "205.7", "36.3", "-106.5", "US", "Chinle", "<b>Ghost Ranch</b>"),
    ("9003", "Coelophysis bauri", "Norian", "227.3", "205.7", "36.3", "-106.5", "US", "Chinle", "<b>Ghost Ranch</b>"),
    ("9004", "?", "Norian", "227.3", "205.7", "36.3", "-106.5", "US", "Chinle", "Ghost Ranch"),
    ("9005", "Eoraptor lunensis", "Carnian", "237", "227.3", "95", "-68", "AR", "Ischigualasto", ""),
)


def csv_of(*rows: tuple[str, ...], delimiter: str = ",") -> bytes:
    """A file as the Paleobiology Database gives it."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([COLUMNS, *rows])
    return file.getvalue().encode()


def tiles(screen: Any) -> list[int]:
    """Read, new, changed, unchanged, rejected, as the page shows them."""
    bodies = [element.proto.body for element in screen.elements() if element.type == "html"]
    shown = [body for body in bodies if 'class="tile"' in body]
    return [int(number.replace(",", "")) for number in re.findall(r"([\d,]+)</b>", shown[-1])] if shown else []


def count() -> int:
    """How many records there are now."""
    with database.reading() as connection:
        return specimens.count(connection)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_preview_adds_up_and_changes_nothing(open_page: OpenPage, records: list[Specimen], lang: str) -> None:
    screen = open_page("import", lang=lang).upload("pbdb.csv", csv_of(*ROWS))
    read, new, changed, unchanged, rejected = tiles(screen)
    assert (read, new, changed, unchanged, rejected) == (6, 3, 0, 1, 2)
    assert read == new + changed + unchanged + rejected
    assert count() == len(records)


def test_reasons_are_given_for_what_is_rejected(open_page: OpenPage) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS))
    table = screen.app.table[-1].value
    assert list(table.iloc[:, 0]) == [6, 7]
    assert "95" in table.iloc[1, 2]
    assert "?" in table.iloc[0, 2]
    assert screen.app.get("download_button")


@pytest.mark.parametrize(
    ("lang", "rows", "said"),
    [("en", "Rows 2, 3", "lie outside the stated country"), ("zh", "行号：2、3", "坐标位于所填国家或地区之外")],
)
def test_doubts_name_their_rows_which_come_as_a_file(
    open_page: OpenPage, lang: str, rows: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    given = st.download_button

    def download_button(label: str, data: object, **more: object) -> bool:
        if callable(data):
            made.append(data())
        return given(label, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", download_button)
    outside = [(*row[:5], "48.5", "9.1", *row[7:]) for row in ROWS[:2]]
    screen = open_page("import", lang=lang).upload("pbdb.csv", csv_of(*outside, ROWS[2]))
    told = next(line.value for line in screen.app.markdown if said in line.value)
    assert told.startswith("- 2 × ")
    assert f"[{rows}]" in told
    table = screen.app.table[-1].value
    assert [said in cell for cell in table.iloc[:, 2]] == [True, True, False]
    written = list(csv.DictReader(io.StringIO(made[-1].decode("utf-8-sig"), newline="")))
    assert [(row["occurrence_no"], said in row["reason"]) for row in written] == [("9001", True), ("9002", True)]


def test_the_import_keeps_what_the_preview_promised(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS)).press("import")
    assert tiles(screen) == [6, 3, 0, 1, 2]
    assert count() == len(records) + 3
    assert {link.proto.page for link in screen.app.get("page_link")} >= {"map", "specimens"}
    rows = {row[0]: row for row in open_page("map", interval="Hettangian", kind="published").finds_on_map()}
    assert rows["pbdb:occ:9001"][1:3] == [25.2, 102.1]


def test_the_same_file_again_changes_nothing(open_page: OpenPage, records: list[Specimen]) -> None:
    open_page("import").upload("pbdb.csv", csv_of(*ROWS)).press("import")
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS))
    assert tiles(screen) == [6, 0, 0, 4, 2]
    assert screen.app.success
    assert [button for button in screen.app.button if button.key == "import"] == []
    assert count() == len(records) + 3


def test_a_corrected_file_changes_only_what_is_corrected(open_page: OpenPage) -> None:
    open_page("import").upload("pbdb.csv", csv_of(*ROWS[:3])).press("import")
    corrected = (*ROWS[0][:-1], "Dawa, pit 2")
    screen = open_page("import").upload("pbdb2.csv", csv_of(corrected, *ROWS[1:3]))
    assert tiles(screen) == [3, 0, 1, 2, 0]
    assert tiles(screen.press("import")) == [3, 0, 1, 2, 0]


def test_what_it_did_to_the_tree_is_told(open_page: OpenPage) -> None:
    older = ("9010", "Lufengosaurus huenei", "Rhaetian", "205.7", "201.4", "25.2", "102.1", "CN", "", "")
    screen = open_page("import").upload("pbdb.csv", csv_of(older)).press("import")
    assert any("Lufengosaurus" in line.value and "earlier" in line.value for line in screen.app.markdown)
    undo = next(str(one.key) for one in screen.app.button if str(one.key).startswith("undo_import_"))
    screen.press(undo).press("undo_import")
    assert any("Lufengosaurus" in line.value and "later" in line.value for line in screen.app.markdown)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_recognised(open_page: OpenPage, delimiter: str) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS, delimiter=delimiter))
    assert tiles(screen) == [6, 3, 0, 1, 2]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        bytes(range(256)) * 40,
        b"PK\x03\x04" + bytes(400),
        b"%PDF-1.7\n\x00\x01",
        b"hello\n",
        b"a,b,c\n1,2,3\n",
        b"\n\n\n",
    ],
    ids=["empty", "mark only", "binary", "zip", "pdf", "one word", "other table", "blank lines"],
)
def test_a_file_that_cannot_be_read_is_answered(
    open_page: OpenPage, records: list[Specimen], content: bytes, lang: str
) -> None:
    screen = open_page("import", lang=lang).upload("odd.csv", content)
    assert len(screen.app.error) == 1
    assert tiles(screen) == []
    assert count() == len(records)


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "<img src=x onerror=alert(1)>.csv", "名字.csv", "*a*_b_.csv"])
def test_a_strange_file_name_does_no_harm(open_page: OpenPage, name: str) -> None:
    screen = open_page("import").upload(name, csv_of(*ROWS)).press("import")
    assert tiles(screen) == [6, 3, 0, 1, 2]
    assert "<img" not in screen.html()


def test_an_import_that_was_cancelled_too_late_is_told_as_done(open_page: OpenPage) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS)).press("import")
    state = screen.app.session_state
    running = import_file._Running(state["import_file"], trees.dated_now(), state["import_report"])
    del state["import_report"]
    state["import_running"], state["cancel_import"] = running, True
    screen.run()
    assert tiles(screen) == [6, 3, 0, 1, 2]
    assert "cancelled" not in screen.text()
    assert "import_running" not in state


def test_an_import_can_be_stopped_at_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit stops a run that another one waits for where the session is looked into; so it does before two seconds are over."""
    session: Any = Mock(**{"get.side_effect": StopException})
    monkeypatch.setattr(st, "session_state", session)
    with pytest.raises(StopException):
        import_file._advance(Mock(), "Importing …")(500, 12_000)


def test_the_report_goes_when_another_file_comes(open_page: OpenPage) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS[:2])).press("import")
    assert tiles(screen.upload("other.csv", csv_of(ROWS[2]))) == [1, 1, 0, 0, 0]
    assert [button.key for button in screen.app.button if button.key == "import"] == ["import"]


REGISTER = "Cat. No.;Name;Fundort;Zeitalter;Regal\nT 1;Plateosaurus;Trossingen;Lufengian;R 7\nT 2;cf. Plateosaurus;Trossingen;Norium;\n"


def value_for_all_rows(screen: Any, field: str) -> Any:
    """The widget that asks for a value of all rows."""
    widgets = [*screen.app.selectbox, *screen.app.text_input]
    return next(one for one in widgets if str(one.key).startswith(f"fixed_{field}_"))


def test_a_list_of_a_museum_is_mapped_with_reasons(open_page: OpenPage) -> None:
    screen = open_page("import").upload("register.csv", REGISTER.encode())
    assert tiles(screen) == [2, 1, 0, 0, 1]
    columns = screen.app.dataframe[1].value
    assert list(columns.iloc[:, 0]) == ["Cat. No.", "Name", "Fundort", "Zeitalter", "Regal"]
    assert list(columns.iloc[:, 1])[2:] == ["Locality", "Geological age, in any form", "Leave out"]
    assert "Lufengian" in screen.text()


def test_an_age_for_all_rows_takes_those_without_one(open_page: OpenPage) -> None:
    screen = open_page("import").upload("register.csv", REGISTER.encode())
    value_for_all_rows(screen, "earliest_interval").set_value("Late Triassic")
    assert tiles(screen.run()) == [2, 2, 0, 0, 0]
    assert tiles(screen.press("import")) == [2, 2, 0, 0, 0]
    with database.reading() as connection:
        kept = specimens.get(connection, "urn:catalog::T 1", who=THIS_COMPUTER)
    assert (kept.earliest_interval, kept.verbatim_age) == ("Late Triassic", "Lufengian")


def test_meanings_are_saved_and_used_again(open_page: OpenPage) -> None:
    screen = open_page("import").upload("register.csv", REGISTER.encode())
    value_for_all_rows(screen, "institution_code").set_value("SMNS")
    screen.run()
    next(one for one in screen.app.text_input if str(one.key).startswith("map_name_")).set_value("Register")
    screen.run().press("save_map")
    again = open_page("import").upload("again.csv", REGISTER.encode())
    assert value_for_all_rows(again, "institution_code").value == "SMNS"
    assert "Register" in again.app.dataframe[1].value.iloc[0, 2]


def test_meanings_and_the_age_for_all_lie_open_where_no_row_can_be_taken(open_page: OpenPage) -> None:
    rows = b"gbifID\toccurrenceID\tscientificName\tbasisOfRecord\n1\ta\tTriceratops\tMATERIAL_CITATION\n"
    screen = open_page("import").upload("0021234.csv", rows)
    assert tiles(screen) == [1, 0, 0, 0, 1]
    meanings = next(one for one in screen.app.expander if one.label.startswith("What the columns mean"))
    assert meanings.proto.expanded


def test_saved_meanings_are_renamed_and_forgotten(open_page: OpenPage) -> None:
    with database.writing() as connection:
        saved.save(connection, THIS_COMPUTER, "Register", ("a", "b"), ColumnMap({"a": "genus", "b": "age"}))
    screen = open_page("import").upload("x.csv", b"A,b\nLufengosaurus,Hettangian\n")
    assert tiles(screen) == [1, 1, 0, 0, 0]
    screen.fill(rename_meanings_Register="Old register").press("rename_map")
    with database.reading() as connection:
        assert saved.names(connection) == ["Old register"]
    assert "Old register" in screen.app.dataframe[1].value.iloc[0, 2]
    screen.press("forget_map")
    with database.reading() as connection:
        assert saved.names(connection) == []
    assert tiles(screen) == [1, 1, 0, 0, 0]


def test_a_table_without_a_name_can_be_mapped_by_a_person(open_page: OpenPage) -> None:
    screen = open_page("import").upload("x.csv", b"a,b\nLufengosaurus,Hettangian\n")
    assert "No column says what the specimens are" in screen.app.error[0].value
    assert list(screen.app.dataframe[1].value.iloc[:, 0]) == ["a", "b"]


def test_another_encoding_is_chosen(open_page: OpenPage) -> None:
    screen = open_page("import").upload("x.csv", "Name,Fundort,Age\nPlateosaurus,Löwenstein,Norian\n".encode("cp1252"))
    letters = next(one for one in screen.app.selectbox if str(one.key).startswith("encoding_"))
    assert letters.value == "Windows-1252"
    letters.set_value("Mac Roman")
    assert "Löwenstein" not in str(screen.run().app.dataframe[0].value)


def test_another_encoding_is_chosen_for_a_file_that_could_not_be_read(open_page: OpenPage) -> None:
    rows = b"Name,Fundort,Age\nPlateosaurus,L\xc3\xb6wenstein,Norian\nPlateosaurus,L\xf6wenstein,Norian\n"
    screen = open_page("import").upload("x.csv", rows)
    assert "choose an encoding for the whole file" in screen.app.error[0].value
    letters = next(one for one in screen.app.selectbox if str(one.key).startswith("encoding_"))
    letters.set_value("UTF-8")
    assert "cannot be read as UTF-8" in screen.run().app.error[0].value
    next(one for one in screen.app.selectbox if str(one.key).startswith("encoding_")).set_value("Windows-1252")
    assert tiles(screen.run()) == [2, 2, 0, 0, 0]


def test_columns_of_which_nothing_is_taken_are_named_before_and_after(open_page: OpenPage) -> None:
    rows = csv_of(*ROWS).replace(b"collection_name", b"collection_name,lithology1").replace(b"Dawa", b"Dawa,marl")
    screen = open_page("import").upload("pbdb.csv", rows)
    assert "Of 1 column of the file nothing is taken" in [one.label for one in screen.app.expander]
    assert "lithology1" in screen.text()
    screen.press("import")
    assert "Of 1 column of the file nothing is taken" in [one.label for one in screen.app.expander]


def test_a_pasted_table_comes_in(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("import").fill(pasted="Cat. No.\tName\tAge\nT 1\tPlateosaurus\tNorian\n")
    assert tiles(screen) == [1, 1, 0, 0, 0]
    screen.press("import")
    assert count() == len(records) + 1


def test_an_import_is_undone_on_the_screen(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("import").upload("pbdb.csv", csv_of(*ROWS)).press("import")
    assert "pbdb.csv" in screen.text()
    undo = next(str(one.key) for one in screen.app.button if str(one.key).startswith("undo_import_"))
    screen.press(undo)
    assert "3 records go back" in screen.text()
    screen.press("undo_import")
    assert count() == len(records)
    assert any("Undone: 3 records" in one.value for one in screen.app.success)
    assert "This was undone." in open_page("import").text()


def test_the_book_of_imports_goes_on_beyond_the_first_ones(open_page: OpenPage, records: list[Specimen]) -> None:
    with database.writing() as connection:
        for number in range(25):
            imports.begin(connection, f"file {number}.csv", "ab12", "table with free columns")
    screen = open_page("import")
    assert "file 24.csv" in screen.text() and "file 3.csv" not in screen.text()
    screen.press("more_imports")
    assert "file 0.csv" in screen.text()
    assert "ab12" in str(next(one.help for one in screen.app.caption if one.help))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "An import of register\\_1.csv by this computer, begun 2026-05-04 08:15 UTC, did not end."),
        ("zh", "开始导入 register\\_1.csv，但没有完成"),
    ],
)
def test_an_import_that_did_not_end_is_told(open_page: OpenPage, lang: str, told: str) -> None:
    notes = settings().data_dir / "imports_under_way"
    notes.mkdir(parents=True)
    begun = Begun("register_1.csv", "0" * 64, THIS_COMPUTER.login, "2026-05-04T08:15:00+00:00")
    (notes / "one.json").write_text(
        json.dumps(asdict(replace(begun, begun=_this_month(begun.begun)))), encoding="utf-8"
    )
    screen = open_page("import", lang=lang)
    shown = [re.sub(r"\d{4}-\d\d-\d\d", "2026-05-04", warning.value) for warning in screen.app.warning]
    assert [one for one in shown if told in one]
    screen.press("seen_unfinished_0")
    assert not list(notes.iterdir())


def _this_month(written: str) -> str:
    """A moment of today, for a note is told for thirty days."""
    return datetime.now(UTC).date().isoformat() + written[10:]


def with_a_measured_record() -> bytes:
    """A record with a measurement, typed in by somebody, as it is exported for Excel with its like."""
    draft = {"occurrence_id": "t:1", "catalog_number": "T 1", "verbatim_identification": "Lufengosaurus huenei"}
    said = [{"measurement_type": "femur length", "measurement_value": "560", "measurement_unit": "mm"}]
    more = {"earliest_interval": "Hettangian", "locality": "Dawa", "statements": said}
    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, draft | more)
        return content(find(connection, Query(text="lufengosaurus"), THIS_COMPUTER), "xlsx")


def mended(workbook: bytes, length: object) -> bytes:
    """The same with another length, and a row that belongs to nobody."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["statements"]
    value = [cell.value for cell in sheet[1]].index("measurementValue")
    next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "t:1")[value].value = length
    sheet.append(["nobody", "tail length", 3])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("lang", "lists", "changes", "astray", "without"),
    [
        (
            "en",
            "lists from: ",
            "femur length, 560, mm → femur length, 565, mm",
            "belong to no record of the sheet",
            "holds no lists",
        ),
        ("zh", "清单来自：", "femur length, 560, mm → femur length, 565, mm", "不属于工作表", "不含清单"),
    ],
)
def test_the_lists_of_a_workbook_and_what_changes_in_them_are_shown(
    open_page: OpenPage, lang: str, lists: str, changes: str, astray: str, without: str
) -> None:
    workbook = with_a_measured_record()
    screen = open_page("import", lang=lang).upload("a.xlsx", workbook)
    read, new, changed, unchanged, rejected = tiles(screen)
    assert (new, changed, rejected) == (0, 0, 0) and read == unchanged > 0
    assert any(lists in caption.value and "statements" in caption.value for caption in screen.app.caption)
    screen = open_page("import", lang=lang).upload("a.xlsx", mended(workbook, 565))
    assert tiles(screen)[2] == 1
    assert changes in screen.app.table[-1].value.iloc[0, 2]
    assert any(astray in warning.value for warning in screen.app.warning)
    screen = open_page("import", lang=lang).upload("a.xlsx", mended(workbook, None))
    assert tiles(screen)[4] == 1
    assert any(without in caption.value for caption in screen.app.caption)
