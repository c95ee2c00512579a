"""`trees.drawing`: the picture, taken apart again as XML."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.drawing import draw_tree
from trees.library import built_in_tree
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange, published_ranges
from trees.reading import read_newick
from trees.style import STYLE
from trees.words import WORDS

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


def test_other_languages(draw: Callable[..., Element]) -> None:
    svg = draw(language="zh", names={"living": "现生", "legend_living": "现生", "ma": "百万年"})
    written = {"".join(text.itertext()) for text in svg.iter(f"{SVG}text")}
    assert {"侏罗纪", "白垩纪", "现生", "百万年"} <= written
    assert "现生" in str(groups(svg)["Gallus"].get("aria-label"))
    assert "早侏罗世" in str(groups(svg)["Lufengosaurus"].get("aria-label"))


def test_every_word_of_the_picture_can_be_replaced(draw: Callable[..., Element]) -> None:
    svg = ElementTree.tostring(
        draw(names=dict.fromkeys(WORDS, "Ω"), language="zh", counts={"Gallus": 2}, collapsed={"Massopoda"}),
        encoding="unicode",
    )
    plain = re.sub(r"<[^>]*>", " ", svg.replace(STYLE.replace(">", "&gt;"), ""))
    assert not re.search(r"\b(fossil|living|extinct|specimen|million|clade)", plain)


@pytest.mark.parametrize("width", [320, 640, 1100, 1800])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_stay_inside_and_names_of_intervals_apart(width: int, language: str) -> None:
    scale = timescale()
    dated = date_tree(built_in_tree().tree, published_ranges(scale))
    svg = ElementTree.fromstring(draw_tree(dated, timescale=scale, width=width, language=language))
    full_width = float(svg.attrib["viewBox"].split()[2])
    for tip in groups(svg, "tip").values():
        hit = part(tip, "hit")
        assert hit is not None
        assert float(hit.attrib["x"]) >= 0
        assert float(hit.attrib["x"]) + float(hit.attrib["width"]) <= full_width
    header = part(svg, "header")
    assert header is not None
    boxes = {
        (float(box.attrib["x"]) + float(box.attrib["width"]) / 2, float(box.attrib["y"])): float(box.attrib["width"])
        for box in header.iter(f"{SVG}rect")
    }
    for name in header.iter(f"{SVG}text"):
        x, y, size = (float(name.attrib[key]) for key in ("x", "y", "font-size"))
        room = min(wide for (middle, top), wide in boxes.items() if abs(middle - x) < 0.02 and top < y < top + 24)
        letters = sum(1.0 if letter > "⺀" else 0.5 for letter in str(name.text))
        assert letters * size < room


def test_a_picture_too_narrow_for_its_labels_grows(dinosaurs: DatedTree) -> None:
    svg = ElementTree.fromstring(
        draw_tree(dinosaurs, timescale=timescale(), width=300, labels={"Gallus": "a bird of very many words " * 4})
    )
    assert float(svg.attrib["width"]) > 500


def test_rules_of_the_style_sheet_touch_nothing_else() -> None:
    bare = re.sub(r"@media[^{]*\{(.*)\}", r"\1", STYLE.replace("\n", ""))
    for selectors in re.findall(r"([^{}]+)\{", bare):
        assert all(selector.strip().startswith(".bonebed-tree") for selector in selectors.split(","))


def hostile_tree(names: list[str]) -> tuple[Tree, dict[str, TaxonRange]]:
    tree = Tree()
    for name in names:
        tree.add_child(name=name)
    return tree, {name: TaxonRange(name, 100.0 + number, 90.0) for number, name in enumerate(names)}


def test_names_that_look_like_markup_come_out_as_text() -> None:
    names = ["<script>alert(1)</script>", "\"quoted\" & 'so'", "]]>"]
    tree, ranges = hostile_tree(names)
    drawn = draw_tree(date_tree(tree, ranges), timescale=timescale(), labels={names[0]: "<b>x</b>"})
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert set(groups(ElementTree.fromstring(drawn), "tip")) == set(names)


@given(st.lists(st.text(min_size=1, max_size=15), min_size=2, max_size=4, unique=True), st.text(max_size=10))
def test_any_names_give_well_formed_xml(names: list[str], label: str) -> None:
    tree, ranges = hostile_tree(names)
    drawn = draw_tree(
        date_tree(tree, ranges), timescale=timescale(), labels=dict.fromkeys(names, label), selected=names[0]
    )
    assert len(list(ElementTree.fromstring(drawn).iter(f"{SVG}title"))) >= 2


def test_nothing_is_fetched_and_nothing_runs(dinosaurs: DatedTree) -> None:
    drawn = draw_tree(dinosaurs, timescale=timescale(), selected="Gallus")
    assert set(re.findall(r"https?://[^\"' ]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in drawn
    assert not re.search(r"\son\w+=|<script|\sid=", drawn)


def test_the_same_tree_gives_the_same_picture(dinosaurs: DatedTree) -> None:
    assert draw_tree(dinosaurs, timescale=timescale()) == draw_tree(dinosaurs, timescale=timescale())


def test_deep_trees_and_trees_of_one_moment_are_drawn() -> None:
    tree = read_newick("(" * 1500 + "A" + "".join(f",t{number})" for number in range(1500)) + ";")
    ranges = {name: TaxonRange(name, 10.0, 9.0) for name in tip_names(tree)}
    assert draw_tree(date_tree(tree, ranges, "mbl", 0.01), timescale=timescale()).count('data-name="t') == 1500
    now = {name: TaxonRange(name, 0.0, 0.0) for name in "AB"}
    assert "nan" not in draw_tree(date_tree(read_newick("(A,B);"), now, "basic"), timescale=timescale())
