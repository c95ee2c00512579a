"""A preview promises what the import keeps; each row is accounted for; a second import changes nothing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from catalogue import imports, specimens
from catalogue.database import reading, writing
from catalogue.exchange.outcomes import Outcomes
from catalogue.exchange.pipeline import Cancelled, commit, preview
from catalogue.exchange.reading import UnreadableFile
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from tests.catalogue.exchange.rejected import rejects_csv

Make = Any
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "occurrences" / "tetrapods_triassic_jurassic.csv"


def summary(outcomes: Outcomes) -> tuple[int, int, int, int, int]:
    return outcomes.read, outcomes.accepted, outcomes.changed, outcomes.unchanged, outcomes.rejected


@pytest.fixture
def mixed(make_file: Make) -> bytes:
    """Six rows: a new one, the same again, one that contradicts it, two that cannot be, and a second new one."""
    return bytes(
        make_file(
            {},
            {},
            {"formation": "Fengjiahe"},
            {"occurrence_no": "2", "lat": "95"},
            {"occurrence_no": "3", "identified_name": "?", "accepted_name": ""},
            {"occurrence_no": "4", "identified_name": "Sinosaurus triassicus"},
        )
    )


def test_each_row_has_one_outcome(connection: Connection, mixed: bytes) -> None:
    report = commit(connection, THIS_COMPUTER, "a.csv", mixed)
    assert [row.outcome for row in report.rows] == [
        "accepted",
        "unchanged",
        "rejected",
        "rejected",
        "rejected",
        "accepted",
    ]
    assert [row.number for row in report.rows] == [2, 3, 4, 5, 6, 7]
    assert summary(report) == (6, 2, 0, 1, 3)
    assert report.rows[1].repeats == 2
    assert report.repeated == 1
    assert specimens.count(connection) == 2


def test_reasons_are_plain_words_with_column_and_row(connection: Connection, mixed: bytes) -> None:
    rows = preview(connection, "a.csv", mixed).rejects
    assert str(rows[0].reason) == (
        "Rows 2 and 4 have the same occurrence_no, but differ in formation. Row 2 was taken; which one is right?"
    )
    assert (
        str(rows[1].reason)
        == "lat: Latitude runs from −90 (south) to 90 (north). 95 is outside. Are latitude and longitude swapped?"
    )
    assert str(rows[2].reason).startswith("identified_name: “?” says that the name is in doubt")


def test_a_preview_writes_nothing_and_promises_what_the_import_keeps(database: Engine, mixed: bytes) -> None:
    with reading(database) as connection:
        promised = preview(connection, "a.csv", mixed)
        assert specimens.count(connection) == 0
        assert imports.all_imports(connection) == []
    with writing(database) as connection:
        kept = commit(connection, THIS_COMPUTER, "a.csv", mixed)
    assert promised.rows == kept.rows
    assert promised.as_json() == kept.as_json()


def test_a_second_import_changes_nothing_and_gives_the_same_reasons(connection: Connection, mixed: bytes) -> None:
    first = commit(connection, THIS_COMPUTER, "a.csv", mixed)
    records = specimens.find(connection, size=None).specimens
    second = commit(connection, THIS_COMPUTER, "a.csv", mixed)
    assert summary(second) == (6, 0, 0, 3, 3)
    assert [row.reason for row in second.rejects] == [row.reason for row in first.rejects]
    assert second.import_id is None
    assert specimens.find(connection, size=None).specimens == records


def test_the_book_of_imports_has_an_entry_for_what_brought_something(
    connection: Connection, mixed: bytes, make_file: Make
) -> None:
    report = commit(connection, THIS_COMPUTER, "a.csv", mixed)
    commit(connection, THIS_COMPUTER, "a.csv", mixed)
    assert commit(connection, THIS_COMPUTER, "b.csv", make_file({"occurrence_no": ""})).import_id is None
    entries = imports.all_imports(connection)
    assert [(entry.id, entry.file_name, entry.read, entry.rejected) for entry in entries] == [
        (report.import_id, "a.csv", 6, 3)
    ]
    assert {s.import_id for s in specimens.find(connection).specimens} == {report.import_id}


def test_a_changed_row_changes_its_record(connection: Connection, make_file: Make) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", make_file({}))
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", make_file({"formation": "Fengjiahe"}))) == (1, 0, 1, 0, 0)
    record = specimens.get(connection, "pbdb:occ:138845")
    assert (record.formation, record.version) == ("Fengjiahe", 2)


def test_what_is_not_mapped_makes_no_difference(connection: Connection, make_file: Make) -> None:
    report = commit(connection, THIS_COMPUTER, "a.csv", make_file({"class": "Reptilia"}, {"class": "Osteichthyes"}))
    assert summary(report) == (2, 1, 0, 1, 0)
    assert "class" in report.columns_left
    assert "formation" not in report.columns_left


REIDENTIFIED: tuple[dict[str, str], ...] = (
    {"reid_no": "0"},
    {"reid_no": "77", "identified_name": "Yunnanosaurus huangi", "accepted_name": "Yunnanosaurus huangi"},
    {"reid_no": "78", "identified_name": "Massospondylidae indet.", "accepted_name": "Massospondylidae"},
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_other_identifications_become_a_history_of_names_with_the_newest_as_the_current_one(
    connection: Connection, make_file: Make, order: tuple[int, ...]
) -> None:
    content = make_file(*(REIDENTIFIED[place] for place in order))
    report = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert summary(report) == (3, 1, 2, 0, 0)
    key = "pbdb:occ:138845"
    assert specimens.get(connection, key).verbatim_identification == "Massospondylidae indet."
    assert [one.verbatim_identification for one in specimens.listed(connection, key, "identifications")] == [
        "Yunnanosaurus huangi",
        "Lufengosaurus cf. huenei",
    ]
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", content)) == (3, 0, 0, 3, 0)


def test_a_later_identification_changes_the_record_and_keeps_the_name_before(
    connection: Connection, make_file: Make
) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", make_file({}))
    report = commit(connection, THIS_COMPUTER, "b.csv", make_file(*REIDENTIFIED[:2]))
    assert summary(report) == (2, 0, 2, 0, 0)
    names = specimens.listed(connection, "pbdb:occ:138845", "identifications")
    assert [one.verbatim_identification for one in names] == ["Lufengosaurus cf. huenei"]


def test_a_superseded_identification_is_not_the_current_one(connection: Connection, make_file: Make) -> None:
    old = (make_file({"reid_no": "77"}), make_file({"reid_no": "99", "identified_name": "Sinosaurus triassicus"}))
    header, first = old[0].splitlines()
    second = old[1].splitlines()[1]
    content = b"\r\n".join([header + b",flags", first + b",", second + b",R", b""])
    commit(connection, THIS_COMPUTER, "a.csv", content)
    assert specimens.get(connection, "pbdb:occ:138845").verbatim_identification == "Lufengosaurus cf. huenei"


def test_a_faulty_identification_does_not_take_the_others_with_it(connection: Connection, make_file: Make) -> None:
    faulty = REIDENTIFIED[1] | {"lat": "95"}
    report = commit(connection, THIS_COMPUTER, "a.csv", make_file(REIDENTIFIED[0], faulty, {"reid_no": "0"}))
    assert [row.outcome for row in report.rows] == ["accepted", "rejected", "unchanged"]


def test_a_row_that_cannot_be_leaves_its_number_to_a_later_one(connection: Connection, make_file: Make) -> None:
    content = make_file({"lat": "95"}, {})
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", content)) == (2, 1, 0, 0, 1)
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", content)) == (2, 0, 0, 1, 1)


def test_a_row_with_a_comma_too_many_is_rejected(connection: Connection) -> None:
    content = b"occurrence_no,accepted_name,stage,cc\n1,Lufengosaurus huenei,Hettangian,CN,x\n"
    report = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert "1 more cells than there are headings" in str(report.rejects[0].reason)


def test_all_problems_of_a_row_are_told(connection: Connection, make_file: Make) -> None:
    row = preview(connection, "a.csv", make_file({"lat": "95", "lng": "190"})).rejects[0]
    assert "lat:" in str(row.reason)
    assert "lng:" in str(row.reason)
    assert "lng:" not in str(row.summary)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "=1+1", "Śląsk; “quoted”", "禄丰, 沙湾", "{braces}", "'; DROP TABLE specimens"],
)
def test_text_is_kept_word_for_word(connection: Connection, make_file: Make, text: str) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", make_file({"collection_name": text}))
    assert specimens.get(connection, "pbdb:occ:138845").locality == text


def test_braces_in_a_bad_cell_do_no_harm(connection: Connection, make_file: Make) -> None:
    row = preview(
        connection, "a.csv", make_file({"lat": "{rule}", "identified_name": "{x}", "accepted_name": "{y}"})
    ).rejects[0]
    assert "“{rule}” is not a number" in str(row.reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_same_table_gives_the_same_records(
    connection: Connection, make_file: Make, encoding: str, delimiter: str
) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", make_file({}))
    report = commit(connection, THIS_COMPUTER, "a.csv", make_file({}, encoding=encoding, delimiter=delimiter))
    assert summary(report) == (1, 0, 0, 1, 0)
    assert report.delimiter == delimiter


def test_progress_counts_up_to_the_end(connection: Connection, make_file: Make) -> None:
    content = make_file(*({"occurrence_no": str(number)} for number in range(1, 1202)))
    told: list[tuple[int, int]] = []
    commit(connection, THIS_COMPUTER, "a.csv", content, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(500, 2402), (1000, 2402), (1201, 2402), (1701, 2402), (2201, 2402), (2402, 2402)]


def test_progress_ends_at_the_end_whatever_there_is_to_keep(connection: Connection, mixed: bytes) -> None:
    for _ in range(2):
        told: list[tuple[int, int]] = []
        commit(
            connection,
            THIS_COMPUTER,
            "a.csv",
            mixed,
            progress=lambda done, whole, told=told: told.append((done, whole)),
        )  # type: ignore[misc]
        assert told[-1] == (12, 12)


@pytest.mark.parametrize("stop_after", [0, 500, 1300])
def test_a_cancelled_import_keeps_nothing(connection: Connection, make_file: Make, stop_after: int) -> None:
    content = make_file(*({"occurrence_no": str(number)} for number in range(1, 1101)))
    with pytest.raises(Cancelled, match="Nothing was kept"):
        commit(connection, THIS_COMPUTER, "a.csv", content, progress=lambda done, _: done <= stop_after)
    assert specimens.count(connection) == specimens.count(connection, Query(text="Lufeng")) == 0
    assert imports.all_imports(connection) == []


def test_a_failure_in_the_middle_keeps_nothing(connection: Connection, make_file: Make) -> None:
    content = make_file(*({"occurrence_no": str(number)} for number in range(1, 1101)))

    def fail(done: int, _: int) -> None:
        if done > 1500:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        commit(connection, THIS_COMPUTER, "a.csv", content, progress=fail)
    assert specimens.count(connection) == 0


def test_a_table_without_rows_brings_nothing(connection: Connection, make_file: Make) -> None:
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", make_file())) == (0, 0, 0, 0, 0)


def test_an_unreadable_file_is_told_before_anything_is_written(connection: Connection) -> None:
    with pytest.raises(UnreadableFile):
        commit(connection, THIS_COMPUTER, "a.csv", b"")
    assert imports.all_imports(connection) == []


def test_the_numbers_as_json(connection: Connection, mixed: bytes) -> None:
    told = json.loads(json.dumps(commit(connection, THIS_COMPUTER, "a.csv", mixed).as_json()))
    assert set(told) == {
        "format",
        "read",
        "accepted",
        "changed",
        "unchanged",
        "rejected",
        "reasons",
        "notes",
        "note_rows",
        "file_notes",
        "columns_left",
    }
    assert told["format"] == "Paleobiology Database occurrences"
    assert sum(told["reasons"].values()) == told["rejected"] == 3


def test_rejected_rows_come_back_with_their_reason(connection: Connection, mixed: bytes) -> None:
    outcomes = preview(connection, "a.csv", mixed)
    rows = list(csv.DictReader(io.StringIO(rejects_csv(outcomes), newline="")))
    assert [*rows[0]] == [*outcomes.columns, "reason"]
    assert [row["occurrence_no"] for row in rows] == ["138845", "2", "3"]
    assert [row["reason"] for row in rows] == [str(row.reason) for row in outcomes.rejects]


def test_rejected_rows_run_nothing_in_a_spreadsheet(connection: Connection, make_file: Make) -> None:
    cells = {
        "collection_name": "=HYPERLINK(1)",
        "county": "@x",
        "state": "-x",
        "formation": "+1-800",
        "lat": "-95.5",
        "lng": "-10",
    }
    row = next(csv.DictReader(io.StringIO(rejects_csv(preview(connection, "a.csv", make_file(cells))), newline="")))
    assert (row["collection_name"], row["county"], row["state"], row["formation"]) == (
        "'=HYPERLINK(1)",
        "'@x",
        "'-x",
        "'+1-800",
    )
    assert (row["lat"], row["lng"]) == ("-95.5", "-10")


def test_reasons_read_in_the_language_of_the_reader(connection: Connection, make_file: Make) -> None:
    outcomes = preview(connection, "a.csv", make_file({"occurrence_no": ""}))
    assert rejects_csv(outcomes, lambda template: "没有编号").rstrip().endswith("没有编号")


@pytest.mark.skipif(
    not SHARED.is_file(), reason="the file of other people lies beside the project only where it is developed"
)
def test_a_real_file_of_tetrapods(connection: Connection) -> None:
    content = SHARED.read_bytes()
    first = commit(connection, THIS_COMPUTER, SHARED.name, content)
    assert first.read == 1995
    assert first.accepted + first.rejected + first.repeated == 1995
    assert len({row.occurrence_id for row in first.rows if row.outcome == "accepted"}) == specimens.count(connection)
    assert {row.name for row in first.rejects} == {
        "FMNH CUP 2089",
        "FMNH CUP 2338",
        "Poreba Herrerasauridae indet",
        "Arizona Scelidosaur",
    }
    second = commit(connection, THIS_COMPUTER, SHARED.name, content)
    assert (second.accepted, second.changed) == (0, 0)
    assert second.as_json()["reasons"] == first.as_json()["reasons"]
    assert specimens.count(connection, Query(taxon="Lufengosaurus")) > 20
