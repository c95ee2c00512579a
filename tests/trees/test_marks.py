"""`trees.marks`: tips, splits and folded clades, taken apart again as XML."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.drawing import draw_tree

Element = ElementTree.Element
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def draw(dinosaurs: DatedTree) -> Callable[..., Element]:
    def drawn(**settings: object) -> Element:
        return ElementTree.fromstring(draw_tree(dinosaurs, timescale=timescale(), **settings))  # type: ignore[arg-type]

    return drawn


def groups(svg: Element, kind: str = "") -> dict[str, Element]:
    return {
        group.attrib["data-name"]: group
        for group in svg.iter(f"{SVG}g")
        if "data-name" in group.attrib and kind in [*group.attrib["class"].split(), ""]
    }


def part(element: Element, kind: str) -> Element | None:
    return next((child for child in element.iter() if child.get("class") == kind), None)


def words(element: Element) -> str:
    label = part(element, "label")
    return "" if label is None else " ".join(label.itertext())


def test_every_tip_and_clade_is_a_button_with_words(draw: Callable[..., Element]) -> None:
    svg = draw()
    assert set(groups(svg, "tip")) == {
        "Eoraptor",
        "Lufengosaurus",
        "Yunnanosaurus",
        "Sinosaurus",
        "Confuciusornis",
        "Gallus",
    }
    assert set(groups(svg, "clade")) == {"Saurischia", "Eusaurischia", "Massopoda", "Theropoda", "Avialae"}
    for name, group in groups(svg).items():
        assert (group.get("role"), group.get("tabindex")) == ("button", "0")
        title = group.find(f"{SVG}title")
        assert title is not None
        assert title.text == group.get("aria-label")
        assert str(title.text).startswith(name)
        assert any("hit" in str(child.get("class")) for child in group)


def test_ranges_lie_exactly_on_one_linear_axis(dinosaurs: DatedTree, draw: Callable[..., Element]) -> None:
    tips = groups(draw(), "tip")
    points = []
    for name, known in dinosaurs.ranges.items():
        bar = part(tips[name], "range")
        assert bar is not None
        left, width = float(bar.attrib["x"]), float(bar.attrib["width"])
        points += [(known.first_appearance, left), (known.last_appearance, left + width)]
    (first_age, first_x), (last_age, last_x) = max(points), min(points)
    scale = (last_x - first_x) / (first_age - last_age)
    for age, x in points:
        assert x == pytest.approx(first_x + (first_age - age) * scale, abs=0.02)


def test_ghost_lineages_run_from_the_parent_to_the_first_appearance(draw: Callable[..., Element]) -> None:
    tips = groups(draw(), "tip")
    ghost, bar = part(tips["Gallus"], "ghost"), part(tips["Gallus"], "range")
    assert ghost is not None
    assert bar is not None
    end = re.search(r"H([\d.]+)$", ghost.attrib["d"])
    assert end is not None
    assert float(end[1]) == pytest.approx(float(bar.attrib["x"]), abs=0.01)


def test_living_and_extinct_differ_by_mark(draw: Callable[..., Element]) -> None:
    for name, tip in groups(draw(), "tip").items():
        living = name == "Gallus"
        assert (part(tip, "living-mark") is not None) == living
        assert ("†" in words(tip)) != living
        assert ("living" in tip.attrib["class"]) == living


def test_the_selected_tip_and_its_way_to_the_root(draw: Callable[..., Element]) -> None:
    svg = draw(selected="Lufengosaurus")
    assert {name for name, group in groups(svg).items() if "on-path" in group.attrib["class"]} == {
        "Lufengosaurus",
        "Massopoda",
        "Eusaurischia",
        "Saurischia",
    }
    assert [name for name, group in groups(svg).items() if "selected" in group.attrib["class"]] == ["Lufengosaurus"]
    assert part(svg, "lineage") is not None
    assert part(svg, "chosen-area") is None
    assert part(draw(selected="Theropoda"), "chosen-area") is not None


def test_a_name_that_is_not_there_is_not_selected(draw: Callable[..., Element]) -> None:
    assert part(draw(selected="Diplodocus"), "lineage") is None


def test_a_folded_clade_shows_how_many_it_holds_and_stands_for_those_within(draw: Callable[..., Element]) -> None:
    svg = draw(collapsed=frozenset({"Theropoda"}), selected="Gallus")
    folded = groups(svg)["Theropoda"]
    assert folded.attrib["class"] == "clade collapsed on-path selected"
    assert folded.get("aria-expanded") == "false"
    assert words(folded) == "Theropoda (3)"
    assert "Gallus" not in groups(svg)


def test_links(draw: Callable[..., Element]) -> None:
    svg = draw(link_of=lambda name: None if name == "Gallus" else f'/tree?taxon={name}&x="1"')
    link = groups(svg)["Eoraptor"].find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == '/tree?taxon=Eoraptor&x="1"'
    assert groups(svg)["Eoraptor"].get("role") is None
    assert groups(svg)["Gallus"].get("role") == "button"
