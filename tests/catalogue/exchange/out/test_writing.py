"""The door out: a file is there whole or not at all."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from catalogue.exchange.out import writing
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.writing import CannotWrite, content, write
from catalogue.rights import VISITOR
from tests.catalogue.exchange.out.conftest import Finds


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_and_counted(finds: Finds, to: Path, kind: str) -> None:
    written = write(finds(), kind, to)
    left_out = 1 if kind == "kml" else 0
    assert (written.records, written.without_place, written.bytes) == (3 - left_out, left_out, to.stat().st_size)
    assert written.bytes > 0
    assert [
        path.name for path in to.parent.iterdir() if path.name != "bonebed" and path != to and "sqlite" not in path.name
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_records_make_the_same_file(finds: Finds, to: Path, kind: str) -> None:
    assert content(finds(VISITOR), kind) == content(finds(VISITOR), kind)


def test_a_failure_leaves_the_old_file(finds: Finds, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_: Any, path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    to.write_text("old")
    monkeypatch.setattr(writing, "KINDS", {"csv": replace(KINDS["csv"], write=half)})
    with pytest.raises(CannotWrite, match="No space left"):
        write(finds(), "csv", to)
    assert to.read_text() == "old"
    assert not list(to.parent.glob(".bonebed-*"))


def test_a_new_file_takes_the_place_of_the_old_one(finds: Finds, to: Path) -> None:
    to.write_text("old")
    write(finds(), "csv", to)
    assert to.read_text(encoding="utf-8").startswith("occurrenceID,")


def test_a_folder_that_is_not_there_is_told(finds: Finds, tmp_path: Path) -> None:
    for place in (tmp_path / "none" / "a.csv", tmp_path):
        with pytest.raises(CannotWrite, match="cannot be written"):
            write(finds(), "csv", place)


def test_citation_and_licence_lie_beside_it(finds: Finds, to: Path, described: None) -> None:
    write(finds(), "csv", to, with_citation=True)
    with ZipFile(to) as bundle:
        assert bundle.namelist() == ["bonebed.csv", "CITATION.txt"]
        assert bundle.read("bonebed.csv") == content(finds(), "csv")
        said = bundle.read("CITATION.txt").decode()
    assert "Cite as: Lufeng Museum. Dinosaurs of <Lufeng> & beyond. 3 records." in said
    assert "Licence: Creative Commons Attribution 4.0" in said


def test_without_a_licence_the_file_says_so(finds: Finds) -> None:
    told = content(finds(), "json").decode()
    assert "No licence is stated" in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_without_records_makes_a_file_too(finds: Finds, to: Path, kind: str) -> None:
    from catalogue.searching.query import Query

    assert write(finds(query=Query(text="nowhere")), kind, to).records == 0
    assert to.exists()
