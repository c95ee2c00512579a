"""The pictures that a lesson may name."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalogue.facts import FACTS
from classroom.pictures import picture_of


def test_outlines_and_drawings_are_found_by_name() -> None:
    assert picture_of("Sauropoda") == (FACTS / "silhouettes" / "Sauropoda.svg").read_text(encoding="utf-8")
    assert picture_of("Zircon") == (FACTS / "drawings" / "Zircon.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "Nothing", "../README", "/etc/passwd", "..", "Zircon.svg", "a\0b"])
def test_nothing_else_is(name: str) -> None:
    assert picture_of(name) is None


@pytest.mark.parametrize("path", sorted((FACTS / "drawings").glob("*.svg")), ids=lambda path: path.stem)
def test_a_drawing_takes_the_colours_of_the_page_and_holds_no_script(path: Path) -> None:
    written = picture_of(path.stem)
    assert written is not None
    drawn = ElementTree.fromstring(written)
    assert drawn.get("viewBox") == "0 0 200 110"
    assert {one.tag.rpartition("}")[2] for one in drawn.iter()} <= {"svg", "g", "path", "circle", "text"}
    painted = {one.get(name) for one in drawn.iter() for name in ("fill", "stroke")} - {None}
    assert painted <= {"none", "currentColor", "var(--paper,#fff)"}
    assert f"| {path.name} |" in (FACTS / "drawings" / "README.md").read_text(encoding="utf-8")
