"""``python -m catalogue export``: the same question as on the page, one plain line where something is wrong."""

import csv
import json
import re
from pathlib import Path

import pytest

from catalogue import specimens
from catalogue.__main__ import main
from catalogue.database import engine, writing
from catalogue.exchange.out.kinds import KINDS
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from tests.catalogue.exchange.out.conftest import HOLOTYPE, OTHERS


@pytest.fixture(autouse=True)
def _catalogue_of_three(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    with writing() as connection:
        for draft in (HOLOTYPE, *OTHERS):
            specimens.add(connection, THIS_COMPUTER, draft)
    request.addfinalizer(engine().dispose)


def exported(to: Path, *arguments: str) -> list[str]:
    assert main(["export", "--format", "csv", "--out", str(to), *arguments]) == 0
    with to.open(encoding="utf-8", newline="") as file:
        return sorted(row["occurrenceID"] for row in csv.DictReader(file))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((), ["w:holotype", "w:unplaced", "w:withheld"]),
        (("lufengosaurus", "holo"), ["w:holotype"]),
        (("--taxon", "Theropoda"), ["w:unplaced", "w:withheld"]),
        (("--interval", "Hettangian", "--fit", "within"), []),
        (("--interval", "Hettangian"), ["w:holotype", "w:unplaced", "w:withheld"]),
        (("--country", "CN", "--type", "holotype"), ["w:holotype"]),
        (("--kind", "published"), ["w:unplaced"]),
        (("--oldest", "160", "--youngest", "150"), ["w:unplaced"]),
    ],
)
def test_the_question_is_that_of_the_page(to: Path, asked: tuple[str, ...], found: list[str]) -> None:
    assert exported(to, *asked) == found


def test_visitors_words_and_places(to: Path) -> None:
    exported(to)
    assert "Secret gully" in to.read_text(encoding="utf-8")
    exported(to, "--as-visitor")
    assert "Secret gully" not in to.read_text(encoding="utf-8")


def test_what_is_left_out_and_withheld_is_told(to: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", "--format", "kml", "--out", str(to)])
    said = capsys.readouterr().out
    assert "2 records" in said and "1 record without coordinates left out" in said
    assert "1 withheld site is exact" in said
    main(["export", "--format", "dwca", "--out", str(to)])
    assert "1 withheld site is coarser" in capsys.readouterr().out


def test_a_name_that_ends_in_zip_gets_the_citation_beside_it(tmp_path: Path) -> None:
    to = tmp_path / "a.zip"
    main(["export", "--format", "csv", "--out", str(to)])
    assert to.read_bytes().startswith(b"PK")


def test_the_name_of_the_file_tells_its_format(tmp_path: Path) -> None:
    main(["export", "--out", str(tmp_path / "a.GeoJSON")])
    assert (tmp_path / "a.GeoJSON").read_text(encoding="utf-8").startswith('{"type": "FeatureCollection"')


def test_the_check_of_gbif(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "dwca", "--check"]) == 0
    said = capsys.readouterr().out
    assert "GBIF check of 3 records" in said
    assert "refused  The data set has no licence." in said
    assert "w:unplaced" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["--out", "a.zip"],
        ["--out", "a.docx"],
        ["--format", "docx", "--out", "a.docx"],
        ["--format", "csv"],
        ["--format", "csv", "--out", "/no/such/folder/a.csv"],
        ["--format", "csv", "--out", "a.csv", "--interval", "Foozian"],
        ["--format", "csv", "--out", "a.csv", "--oldest", "old"],
        ["--format", "csv", "--out", "a.csv", "--order", "colour"],
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_can_be_asked_for(to: Path, kind: str) -> None:
    assert main(["export", "--format", kind, "--out", str(to)]) == 0
    assert to.stat().st_size > 0


def test_what_goes_out_comes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "all.json"
    main(["export", "--format", "json", "--out", str(to)])
    capsys.readouterr()
    assert main(["import", str(to), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["read"], told["unchanged"]) == ("Bonebed JSON", 3, 3)


PAGE = (Path(__file__).resolve().parents[4] / "docs" / "export.md").read_text(encoding="utf-8")


def test_each_format_is_described_and_each_described_one_exists() -> None:
    rows = PAGE.partition("| format |")[2].partition("\n\n")[0].splitlines()[2:]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])] == list(KINDS)


def test_each_option_that_is_described_exists(capsys: pytest.CaptureFixture[str]) -> None:
    described = set(re.findall(r" (--[a-z-]+)", PAGE))
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert {"--format", "--out", "--as-visitor", "--check", "--taxon"} <= described
    assert described <= set(re.findall(r"--[a-z-]+", capsys.readouterr().out))


def test_places_are_compared_with_their_country(capsys: pytest.CaptureFixture[str]) -> None:
    with writing() as connection:
        specimens.add(connection, THIS_COMPUTER, HOLOTYPE | {"occurrence_id": "w:abroad", "catalog_number": "X 1", "country_code": "BR"})  # fmt: skip
    assert main(["export", "--format", "dwca", "--check"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"1 record: The coordinates lie in another country[^\n]*\n\s+w:abroad$", told, re.MULTILINE), told
