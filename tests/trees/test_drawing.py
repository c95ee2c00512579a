"""`trees.drawing`: the picture, taken apart again as XML."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.drawing import draw, draw_tree
from trees.keys import keyed
from trees.layout import lay_out
from trees.library import built_in_tree
from trees.look import Look
from trees.marks import fan_height
from trees.model import Tree, tip_names
from trees.paints import paint_values
from trees.ranges import TaxonRange, published_ranges
from trees.reading import read_newick
from trees.sheet import Form
from trees.style import STYLE
from trees.uncertainty import Spread
from trees.words import WORDS

Element = ElementTree.Element
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def svg_of(dinosaurs: DatedTree) -> Callable[..., Element]:
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


def test_other_languages(svg_of: Callable[..., Element]) -> None:
    svg = svg_of(language="zh", names={"living": "现生", "legend_living": "现生", "ma": "百万年"})
    written = {"".join(text.itertext()) for text in svg.iter(f"{SVG}text")}
    assert {"侏罗纪", "白垩纪", "现生", "百万年"} <= written
    assert "现生" in str(groups(svg)["Gallus"].get("aria-label"))
    assert "早侏罗世" in str(groups(svg)["Lufengosaurus"].get("aria-label"))


def test_every_word_of_the_picture_can_be_replaced(svg_of: Callable[..., Element]) -> None:
    svg = ElementTree.tostring(
        svg_of(names=dict.fromkeys(WORDS, "Ω"), language="zh", counts={"Gallus": 2}, collapsed={"Massopoda"}),
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


@pytest.mark.parametrize("form", ["rectangular", "slanted"])
def test_marks_lie_on_the_axis_in_every_form(dinosaurs: DatedTree, form: Form) -> None:
    drawing = draw(dinosaurs, Look(form=form, to_explore=True), timescale=timescale())
    root, axis = ElementTree.fromstring(drawing.svg), drawing.sheet.axis
    for joint in root.iter(f"{SVG}g"):
        if "joint" in joint.get("class", ""):
            age = dinosaurs.node_ages[joint.attrib["data-fold"]]
            assert float(next(iter(joint)).attrib["cx"]) == pytest.approx(axis.x(age), abs=0.006)
    for name, tip in groups(root, "tip").items():
        bar = part(tip, "range")
        assert bar is not None
        assert float(bar.attrib["x"]) == pytest.approx(axis.x(dinosaurs.ranges[name].first_appearance), abs=2.6)


def test_slanted_branches_run_straight_to_their_fork(dinosaurs: DatedTree) -> None:
    drawing = draw(dinosaurs, Look(form="slanted"), timescale=timescale())
    places = {place.name: place for place in drawing.sheet.layout.places}
    (x, y), (parent_x, parent_y) = (drawing.spot(places[name]) for name in ("Massopoda", "Eusaurischia"))
    assert f"M{parent_x:.2f} {parent_y:.2f}L{x:.2f} {y:.2f}" in drawing.svg
    assert "V" not in "".join(re.findall(r'class="branch" d="([^"]*)"', drawing.svg))


def test_every_fork_of_a_tree_without_names_can_be_chosen_to_explore_it() -> None:
    tree = keyed(read_newick("((A,B),((C,D),E));"))
    dated = date_tree(tree, {name: TaxonRange(name, 10, 9) for name in "ABCDE"})
    still = groups(ElementTree.fromstring(draw(dated, Look(), timescale=timescale()).svg))
    assert set(still) == set("ABCDE")
    look = Look(to_explore=True, collapsed=["#5"])
    found = groups(ElementTree.fromstring(draw(dated, look, timescale=timescale()).svg))
    assert set(found) == {"A", "B", "E", "#0", "#1", "#4", "#5"}
    assert "C …(2)" in "".join(found["#5"].itertext())
    assert "group without a name" in str(found["#1"].get("aria-label"))
    assert [group.get("tabindex") for group in found.values()].count("0") == 1


def test_bars_at_forks_only_where_there_is_a_spread_and_within_the_axis(dinosaurs: DatedTree) -> None:
    fork = [node.name for node in dinosaurs.tree.traverse("preorder")].index("Theropoda")
    spreads = {fork: Spread(280.0, 220.0, 205.0)}
    drawing = draw(dinosaurs, Look(spreads=spreads), timescale=timescale())
    root = ElementTree.fromstring(drawing.svg)
    bars = [box for box in root.iter(f"{SVG}rect") if box.get("class") == "spread" and box.get("y") != "-3"]
    assert len(bars) == 1
    axis = drawing.sheet.axis
    assert float(bars[0].attrib["x"]) == pytest.approx(axis.x(280.0), abs=0.01)
    assert float(bars[0].attrib["x"]) + float(bars[0].attrib["width"]) == pytest.approx(axis.x(205.0), abs=0.02)
    assert axis.oldest > 280
    assert 'class="spread"' not in draw(dinosaurs, Look(), timescale=timescale()).svg


def test_outlines_are_in_the_drawing_once_and_labels_leave_them_room(dinosaurs: DatedTree) -> None:
    outline = '<svg viewBox="0 0 200 110"><path d="M1 1"/></svg>'
    pictures = {"Lufengosaurus": outline, "Yunnanosaurus": outline}
    plain = draw(dinosaurs, Look(width=400), timescale=timescale())
    drawing = draw(dinosaurs, Look(width=400, pictures=pictures), timescale=timescale())
    assert drawing.svg.count("<symbol") == 1
    assert drawing.svg.count("<use") == 2
    assert drawing.sheet.axis.pixels_per_myr <= plain.sheet.axis.pixels_per_myr
    for use in ElementTree.fromstring(drawing.svg).iter(f"{SVG}use"):
        assert float(use.attrib["x"]) + float(use.attrib["width"]) <= drawing.width


def test_triangles_grow_with_their_tips_and_stay_in_their_row(dinosaurs: DatedTree) -> None:
    layout = lay_out(dinosaurs, collapsed={"Massopoda", "Theropoda"})
    small, large = layout.find("Massopoda"), layout.find("Theropoda")
    assert small is not None
    assert large is not None
    assert fan_height(small) <= fan_height(large) < fan_height(large._replace(tips=3000)) <= 1


def test_colours_of_the_reader_s_choice(dinosaurs: DatedTree) -> None:
    paints = paint_values({"Lufengosaurus": "China", "Yunnanosaurus": "China", "Eoraptor": "Argentina"})
    svg = draw(dinosaurs, Look(paints=paints), timescale=timescale()).svg
    color = paints.of_tip["Lufengosaurus"]
    assert f"stroke:{color}" in svg.split('data-name="Massopoda"')[1].split("</g>")[0]
    assert ">China</text>" in svg
    assert f"stroke:{color}" not in svg.split('data-name="Theropoda"')[1].split("</g>")[0]
