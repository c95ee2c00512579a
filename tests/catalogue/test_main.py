"""The command line: numbers for people and programs, and plain words where a file cannot be read."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue import specimens
from catalogue.__main__ import UNREADABLE, main
from catalogue.database import engine, reading
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings

ROOT = Path(__file__).resolve().parents[2]
GOOD = "occurrence_no,accepted_name,stage,lat,lng\n1,Lufengosaurus huenei,Hettangian,25,102\n2,?,Hettangian,25,102\n"


@pytest.fixture(autouse=True)
def _empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "finds.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_an_import_is_summed_up_for_people(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "2 rows read" in said
    assert "1 new" in said
    assert "1 accepted_name: “?” says that the name is in doubt" in said
    assert main(["count"]) == 0
    assert capsys.readouterr().out == "1\n"
    engine().dispose()


def test_an_import_is_summed_up_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(file), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["accepted"], told["rejected"]) == (2, 1, 1)
    engine().dispose()


def test_a_dry_run_keeps_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(file), "--dry-run"])
    assert "nothing was kept" in capsys.readouterr().out
    with reading() as connection:
        assert specimens.count(connection) == 0
    engine().dispose()


def test_rejected_rows_are_written_to_a_file(file: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    main(["import", str(file), "--dry-run", "--rejects", str(rejects)])
    assert rejects.read_text(encoding="utf-8-sig").startswith("occurrence_no,accepted_name,stage,lat,lng,reason")
    engine().dispose()


def test_rows_with_doubts_are_told_by_their_numbers_and_written_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, doubts = tmp_path / "gbif.csv", tmp_path / "doubts.csv"
    row = "{},MaterialCitation,Lufengosaurus,Sinemurian,Dawa,{}\n"
    dates = ["1938-04-03", *["03/04/1938"] * 12, "1938-13-45"]
    headings = "occurrenceID,basisOfRecord,scientificName,earliestAgeOrLowestStage,locality,eventDate\n"
    file.write_text(headings + "".join(row.format(key, date) for key, date in enumerate(dates)), encoding="utf-8")
    main(["import", str(file), "--dry-run", "--doubts", str(doubts)])
    said = capsys.readouterr().out
    assert "      12 × eventDate: “03/04/1938” may mean two days" in said
    assert "\n           rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more\n" in said
    assert "\n           row 15\n" in said
    assert len(doubts.read_text(encoding="utf-8-sig").splitlines()) == 14
    main(["import", str(file), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["notes"].keys() == told["note_rows"].keys()
    assert [*told["note_rows"].values()] == [[*range(3, 15)], [15]]
    engine().dispose()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04\x00"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert main(["import", str(path), "--json"]) == UNREADABLE == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    engine().dispose()


def test_what_cannot_be_done_is_told_before_anything_is_kept(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["import", str(tmp_path / "none.csv")]) == 2
    assert "cannot be opened" in capsys.readouterr().err
    assert main(["import", str(file), "--rejects", str(tmp_path / "none" / "rejects.csv")]) == 2
    assert "rejects.csv cannot be written" in capsys.readouterr().err
    assert main(["import", str(file), "--doubts", str(tmp_path / "none" / "doubts.csv")]) == 2
    assert "doubts.csv cannot be written" in capsys.readouterr().err
    assert main(["import", str(file), "--rejects", str(file)]) == 2
    assert "cannot be written over the file that they come from" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == GOOD
    assert main(["import", str(file), "--age", "Nowherian"]) == 2
    assert "“Nowherian” is not an interval that we know" in capsys.readouterr().err
    with reading() as connection:
        assert specimens.count(connection) == 0
    engine().dispose()
    monkeypatch.setenv("BONEBED_MAX_UPLOAD_MB", "many")
    settings.cache_clear()
    assert main(["count"]) == 2
    assert capsys.readouterr().err.startswith("BONEBED_MAX_UPLOAD_MB: ")


def test_a_table_may_be_larger_than_what_may_be_uploaded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    file.write_text(GOOD + " \n" * 600_000, encoding="utf-8")
    assert main(["import", str(file), "--dry-run"]) == 0
    engine().dispose()


def test_one_age_for_all_rows_that_state_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gbif = tmp_path / "gbif.csv"
    gbif.write_text(
        "gbifID\toccurrenceID\tscientificName\tbasisOfRecord\tcatalogNumber\tinstitutionCode\tlocality\n"
        "1\ta1\tTyrannosaurus rex Osborn, 1905\tFOSSIL_SPECIMEN\t980\tMOR\tHell Creek\n",
        encoding="utf-8",
    )
    for more, outcome in (
        ((), "rejected"),
        (("--age", "Late Cretaceous"), "accepted"),
        (("--age", "晚白垩世"), "unchanged"),
    ):
        assert main(["import", str(gbif), "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out)[outcome] == 1
    engine().dispose()


def test_it_runs_as_a_module(tmp_path: Path, file: Path) -> None:
    command = [sys.executable, "-m", "catalogue", "import", str(file), "--json"]
    command[-2] = os.fsdecode(os.fsencode(tmp_path) + b"/finds\xff.csv")
    file.rename(command[-2])  # neither the name of the file nor the terminal is in UTF-8
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout)["accepted"] == 1
    assert "“?” says that the name is in doubt" in str(json.loads(run.stdout)["reasons"])
    assert run.stderr == ""


OWN_LIST = "Fundort;Zeitalter;Was es ist\nTrossingen;Norium;Plateosaurus\nLöwenstein;Norium;Plateosaurus\n"


def test_a_person_says_how_a_list_is_read_and_what_its_columns_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, columns = tmp_path / "liste.csv", tmp_path / "map.json"
    listed.write_text(OWN_LIST, encoding="cp1252")
    columns.write_text(
        json.dumps({"columns": {"Was es ist": "verbatim_identification", "Zeitalter": "age", "Fundort": "locality"}})
    )
    given = [
        "import",
        str(listed),
        "--encoding",
        "Windows-1252",
        "--delimiter",
        "semicolon",
        "--map",
        str(columns),
        "--json",
    ]
    assert main(given) == 0
    assert json.loads(capsys.readouterr().out)["accepted"] == 2
    with reading() as connection:
        assert {one.locality for one in specimens.find(connection, who=THIS_COMPUTER).specimens} == {
            "Trossingen",
            "Löwenstein",
        }


def test_a_map_that_is_not_there_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), "--map", "Our register"]) == UNREADABLE
    assert "neither a file nor a saved map “Our register”" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["import", "finds.csv"], ["export", "--format", "csv", "--out", "a.csv"], ["count"]]
)
def test_a_full_disk_is_told_in_one_line_whatever_is_asked(
    command: list[str], file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.chdir(file.parent)
    monkeypatch.setattr("catalogue.database._prepare_sqlite", full)
    assert main(command) == 3
    assert (
        capsys.readouterr()
        .err.rstrip("\n")
        .endswith("There is no room left on the disk. Nothing was changed. Make room and try again.")
    )


def test_who_stops_a_command_gets_one_line(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("catalogue.exchange.commands.bring_in", stopped)
    assert main(["import", str(file)]) == 130
    assert capsys.readouterr().err.splitlines() == ["Stopped. What was not finished was not kept."]
