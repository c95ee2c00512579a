"""Tables of facts are read as they are, and a row of another width is named."""

from pathlib import Path

import pytest

from catalogue import facts
from catalogue.facts import cite, cite_briefly, read_facts, several


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(facts, "FACTS", tmp_path)
    return tmp_path


def test_a_row_becomes_a_dictionary(folder: Path) -> None:
    (folder / "animals.tsv").write_text("name\tage\nLufengosaurus\t\n", encoding="utf-8")
    assert read_facts("animals.tsv") == [{"name": "Lufengosaurus", "age": ""}]


def test_a_row_of_another_width_is_named(folder: Path) -> None:
    (folder / "animals.tsv").write_text("name\tage\nA\t1\nLufengosaurus\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"animals.tsv, line 3: 1 cells where the header has 2"):
        read_facts("animals.tsv")


def test_several_texts_in_one_cell() -> None:
    assert several("Young, C. C. | Sun, A. L.") == ("Young, C. C.", "Sun, A. L.")
    assert several("") == ()


def test_an_unknown_reference_is_given_back() -> None:
    assert cite("Nobody 1900") == "Nobody 1900"


def test_a_reference_is_cited_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "authors": "A | B | C | D",
        "year": "1941",
        "title": "A prosauropod.",
        "container": "Palaeontologia Sinica",
        "volume": "121",
        "pages": "1-59",
    }
    monkeypatch.setattr(facts, "references", lambda: {"young1941": row})
    assert cite("young1941") == "A, B, C et al. (1941). A prosauropod. Palaeontologia Sinica 121: 1-59."


def test_a_reference_is_named_as_in_running_text() -> None:
    assert [cite_briefly(key) for key in ("schopf1975", "peters2016", "zizka2019", "Nobody 1900")] == [
        "Schopf 1975",
        "Peters & McClennen 2016",
        "Zizka et al. 2019",
        "Nobody 1900",
    ]
