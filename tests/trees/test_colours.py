"""`trees.colours`: official colours that can be read on paper and in the dark."""

import pytest

from catalogue.geological_time import timescale
from trees.colours import BLACK, WHITE, ink_on, interval_beginning, legible, luminance


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_the_chart_can_be_seen_on_light_and_dark_ground() -> None:
    for unit in timescale():
        assert contrast(legible(unit.color), "#faf6ee") >= 3
        assert contrast(legible(unit.color), "#16130f") >= 3


def test_every_name_can_be_read_on_its_box() -> None:
    assert all(contrast(ink_on(unit.color), unit.color) >= 4.5 for unit in timescale())


def test_black_and_white() -> None:
    assert (luminance("#000000"), luminance("#ffffff")) == (0, pytest.approx(1))
    assert (ink_on("#ffffff"), ink_on("#000000")) == (BLACK, WHITE)


@pytest.mark.parametrize(
    ("age", "name"),
    [(201.4, "Early Jurassic"), (201.5, "Late Triassic"), (0, "Holocene"), (600, "Ediacaran"), (9000, None)],
)
def test_a_boundary_belongs_to_the_unit_that_begins_there(age: float, name: str | None) -> None:
    unit = interval_beginning(timescale(), age)
    assert (unit and unit.name) == name


def test_lighter_colours_are_darkened_not_replaced() -> None:
    reds = [int(legible(color)[1:3], 16) for color in ("#ff8888", "#ffcccc")]
    assert all(red > 100 for red in reds)
