"""``python -m catalogue pictures``: a folder put with its specimens from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import database, specimens
from catalogue.__main__ import main
from catalogue.media import keeping
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from tests.catalogue.photographs_and_scans import HTML, telephone_jpeg
from tests.conftest import LUFENGOSAURUS

ASKED = ["--licence", "CC-BY-4.0", "--credit", "Museum"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of four files, and a catalogue of one specimen."""
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, LUFENGOSAURUS | {"occurrence_id": "w:1"})
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, content in (
        ("IVPP V15 left.jpg", telephone_jpeg()),
        ("IVPP V15.html", HTML),
        ("IMG 15.jpg", telephone_jpeg()),
        ("skull.jpg", telephone_jpeg()),
    ):
        (folder / name).write_bytes(content)
    yield folder
    database.engine().dispose()
    database._engine_of.cache_clear()


def kept() -> int:
    with database.reading() as connection:
        return len(keeping.of_specimen(connection, "w:1"))


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pictures", str(folder), *ASKED, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    numbers = {name: told[name] for name in ("files", "added", "already_there", "refused", "no_specimen")}
    assert numbers == {"files": 4, "added": 1, "already_there": 0, "refused": 1, "no_specimen": 2}
    near = {one["name"]: one["nearest"] for one in told["pictures"]}
    assert near["IMG 15.jpg"] == ["IVPP V15 · Lufengosaurus huenei"]
    assert near["skull.jpg"] == []
    assert kept() == 0


def test_the_pictures_are_added_and_a_second_run_finds_them_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pictures", str(folder), *ASKED]) == 0
    told = capsys.readouterr().out
    assert "1 added" in told and "a web page" in told and "IMG 15.jpg: which specimen? Near: IVPP V15" in told
    assert kept() == 1
    assert main(["pictures", str(folder), *ASKED, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already_there"] == 1
    assert kept() == 1


def test_a_folder_that_is_not_there_ends_with_one_plain_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pictures", str(folder / "nowhere"), *ASKED]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and "There is no folder" in said.err
