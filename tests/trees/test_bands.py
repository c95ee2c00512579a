"""`trees.bands`: the chart behind the tree and the ruler below it."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from catalogue.geological_time import timescale
from trees import bands
from trees.layout import TimeAxis
from trees.words import WORDS


def axis(scale: float = 4.0, oldest: float = 250.0, youngest: float = 0.0) -> TimeAxis:
    return TimeAxis(oldest, youngest, 10.0, scale)


def test_bands_meet_without_gaps_and_cover_the_axis() -> None:
    svg = ElementTree.fromstring(bands.backdrop(axis(), timescale(), 0, 100))
    boxes = [(float(box.attrib["x"]), float(box.attrib["width"])) for box in svg.iter("rect")]
    assert boxes[0][0] == 10
    assert boxes[-1][0] + boxes[-1][1] == pytest.approx(axis().right, abs=0.02)
    for (left, width), (next_left, _) in pairwise(boxes):
        assert left + width == pytest.approx(next_left, abs=0.02)


def test_bands_have_the_official_colours() -> None:
    assert timescale()["Jurassic"].color in bands.backdrop(axis(), timescale(), 0, 100)


def test_names_that_do_not_fit_are_not_written() -> None:
    wide, _ = bands.header(axis(scale=12), timescale(), "en", 0)
    narrow, height = bands.header(axis(scale=0.5), timescale(), "en", 0)
    assert ">Hettangian</text>" not in narrow
    assert ">Norian</text>" in wide
    assert ">Quaternary</text>" not in narrow
    assert height == 23


def test_every_box_tells_its_name_and_ages() -> None:
    svg, _ = bands.header(axis(scale=1), timescale(), "zh", 0)
    assert "<title>第四纪, 2.58–0 Ma</title>" in svg


@pytest.mark.parametrize(
    ("scale", "step"), [(3.3, 20), (1.7, 50), (0.1, 1000), (64, 1), (640, 0.1), (32, 2), (12.8, 5)]
)
def test_ticks_stand_at_round_ages(scale: float, step: float) -> None:
    assert bands.tick_step(axis(scale)) == pytest.approx(step)


def test_numbers_of_the_ruler() -> None:
    svg = ElementTree.fromstring(bands.ruler(axis(3.3), 0, WORDS))
    numbers = [str(text.text) for text in svg.iter("text")]
    assert numbers == ["240", "220", "200", "180", "160", "140", "120", "100", "80", "60", "40", "20", "0", "Ma"]


def test_a_ruler_without_a_round_age_has_only_its_unit() -> None:
    svg = ElementTree.fromstring(bands.ruler(TimeAxis(120.4, 120.3, 0.0, 1.0), 0, WORDS))
    assert [text.text for text in svg.iter("text")] == ["Ma"]
