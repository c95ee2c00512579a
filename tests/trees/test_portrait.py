"""`trees.portrait`: the picture for the first page."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from catalogue.facts import FACTS
from catalogue.geological_time import timescale
from trees.dating import DatedTree, date_tree
from trees.library import built_in_tree
from trees.miniature import miniature
from trees.portrait import draw_portrait
from trees.ranges import published_ranges
from trees.words import WORDS

Element = ElementTree.Element
SVG = "{http://www.w3.org/2000/svg}"
PICTURE = (FACTS / "silhouettes" / "Theropoda.svg").read_text(encoding="utf-8")
FAMOUS = (
    "Lufengosaurus",
    "Tyrannosaurus",
    "Passer",
    "Sinosaurus",
    "Archaeopteryx",
    "Triceratops",
    "Eoraptor",
    "Gallus",
)


@pytest.fixture
def draw(dinosaurs: DatedTree) -> Callable[..., Element]:
    def drawn(**settings: object) -> Element:
        return ElementTree.fromstring(draw_portrait(dinosaurs, timescale=timescale(), **settings))  # type: ignore[arg-type]

    return drawn


def choices(svg: Element) -> dict[str, Element]:
    return {group.attrib["data-name"]: group for group in svg.iter(f"{SVG}g") if "data-name" in group.attrib}


def of_class(element: Element, kind: str) -> list[Element]:
    return [child for child in element.iter() if child.get("class") == kind]


def animal_box(group: Element) -> tuple[float, float]:
    """Left and right end of the picture."""
    numbers = [float(found) for found in re.findall(r"-?[\d.]+", of_class(group, "animal")[0].attrib["transform"])]
    return numbers[0], numbers[0] + 200 * numbers[2]


def test_a_dot_for_every_tip_and_words_for_the_whole(draw: Callable[..., Element]) -> None:
    svg = draw()
    assert len(of_class(svg, "dot")) == 6
    assert svg.get("aria-label") == "Dated tree of 6 tips, 232 to 0 million years ago"
    assert choices(svg) == {}


def test_the_wanted_tips_that_exist_can_be_chosen(draw: Callable[..., Element]) -> None:
    svg = draw(named=["Gallus", "Diplodocus"], pictures={"Gallus": PICTURE}, labels={"Gallus": "原鸡"})
    assert set(choices(svg)) == {"Gallus"}
    gallus = choices(svg)["Gallus"]
    assert gallus.get("aria-label") == "Gallus, 原鸡, living, 5.3 to 0 million years ago, from Pliocene"
    assert [name.text for name in gallus.iter(f"{SVG}tspan")] == ["Gallus", "原鸡"]
    assert len(of_class(gallus, "animal")) == 1


def test_a_tip_without_a_picture_has_its_name(draw: Callable[..., Element]) -> None:
    gallus = choices(draw(named=["Gallus"], pictures={"Gallus": ""}))["Gallus"]
    assert of_class(gallus, "animal") == []
    assert "Gallus" in "".join(gallus.itertext())


def test_names_for_which_there_is_no_room_are_left_out(dinosaurs: DatedTree) -> None:
    svg = ElementTree.fromstring(
        draw_portrait(
            dinosaurs, timescale=timescale(), named=sorted(dinosaurs.ranges, reverse=True), height=95, width=400
        )
    )
    assert "Yunnanosaurus" in choices(svg)
    assert len(choices(svg)) < 6


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_famous_of_the_built_in_tree_all_have_their_picture(language: str) -> None:
    whole = date_tree(built_in_tree().tree, published_ranges(timescale()))
    dated = miniature(whole, FAMOUS, most=60, clade="Dinosauria")
    labels = dict.fromkeys(FAMOUS, "某某龙") if language == "zh" else {}
    svg = ElementTree.fromstring(
        draw_portrait(
            dated,
            timescale=timescale(),
            language=language,
            named=FAMOUS[:-1],
            pictures=dict.fromkeys(FAMOUS, PICTURE),
            labels=labels,
        )
    )
    assert set(choices(svg)) == set(FAMOUS[:-1])
    line = of_class(svg, "extinction")[0].attrib["d"]
    end_of_the_cretaceous = float(line[1 : line.index(" ")])
    for name, group in choices(svg).items():
        left, right = animal_box(group)
        assert 0 < left < right < float(svg.attrib["width"])
        assert name == "Passer" or right <= end_of_the_cretaceous + 0.1


def test_only_the_lineages_of_the_living_go_on_after_the_extinction(draw: Callable[..., Element]) -> None:
    svg = draw()
    x = float(of_class(svg, "extinction")[0].attrib["d"][1:].split()[0])

    def furthest(kind: str) -> float:
        return max(float(end) for end in re.findall(r"H([\d.]+)", of_class(svg, kind)[0].attrib["d"]))

    assert furthest("thread") > x
    assert furthest("branch") < x


def test_the_extinction_in_the_words_of_the_reader(draw: Callable[..., Element]) -> None:
    assert of_class(draw(), "note")[0].text == WORDS["extinction"] == "66 Ma: extinction"
    assert of_class(draw(names={"extinction": "大灭绝"}), "note")[0].text == "大灭绝"


def test_no_extinction_on_an_axis_that_does_not_reach_it(make_ranges: Callable[..., dict[str, object]]) -> None:
    tree = built_in_tree().tree
    ranges = make_ranges({"Eoraptor": 231.0, "Lufengosaurus": 201.4}, {"Lufengosaurus": 192.9})
    svg = ElementTree.fromstring(draw_portrait(date_tree(tree, ranges), timescale=timescale()))  # type: ignore[arg-type]
    assert of_class(svg, "extinction") == []


def test_names_that_look_like_markup_come_out_as_text(draw: Callable[..., Element]) -> None:
    group = choices(draw(named=["Gallus"], labels={"Gallus": "<b>&"}))["Gallus"]
    assert "<b>&" in "".join(group.itertext())


def test_the_same_tree_gives_the_same_picture(dinosaurs: DatedTree) -> None:
    drawn = [draw_portrait(dinosaurs, timescale=timescale(), named=["Gallus"]) for _ in range(2)]
    assert drawn[0] == drawn[1]
