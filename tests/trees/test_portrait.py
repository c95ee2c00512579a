"""`trees.portrait`: the picture for the first page."""

from xml.etree import ElementTree

from catalogue.geological_time import timescale
from trees.dating import DatedTree
from trees.portrait import draw_portrait

SVG = "{http://www.w3.org/2000/svg}"


def test_a_dot_for_every_tip_and_one_image_for_the_screen_reader(dinosaurs: DatedTree) -> None:
    svg = ElementTree.fromstring(draw_portrait(dinosaurs, timescale=timescale()))
    assert len(list(svg.iter(f"{SVG}circle"))) == 6
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Dated tree of 6 tips, 232 to 0 million years ago"


def test_only_the_wanted_tips_that_exist_are_named(dinosaurs: DatedTree) -> None:
    svg = ElementTree.fromstring(
        draw_portrait(dinosaurs, timescale=timescale(), named=["Gallus", "Diplodocus"], labels={"Gallus": "原鸡"})
    )
    assert [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "label"] == ["Gallus 原鸡"]


def test_names_that_would_touch_are_left_out(dinosaurs: DatedTree) -> None:
    svg = ElementTree.fromstring(
        draw_portrait(dinosaurs, timescale=timescale(), named=list(dinosaurs.ranges), height=60, width=400)
    )
    named = [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "label"]
    assert named[0] == "Eoraptor"
    assert len(named) < 6
