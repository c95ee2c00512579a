"""`maps.world_picture`: an equal-area picture of the Earth in which each place has its dot and nothing of a name can do harm."""

import re
from itertools import pairwise

import numpy as np
import pytest

from maps.ancient import carry
from maps.palaeogeography.models import built_in_model
from maps.periods import MapPoint
from maps.world_picture import WIDTH, draw_world, project

MODEL = built_in_model("paleomap")


def picture(*points: MapPoint, **more: str) -> str:
    return draw_world(
        carry(points, MODEL, 195.0), MODEL, 195.0, **{"color": "#4EB3D3", "described": "The Earth", **more}
    )  # type: ignore[arg-type]


def test_equal_areas_are_equal_wherever_they_lie() -> None:
    def area(south: float, north: float) -> float:
        edge = np.linspace(south, north, 400)
        right, left = project(np.full(400, 10.0), edge), project(np.full(400, 0.0), edge)
        return float(np.trapezoid(right[:, 0] - left[:, 0], -right[:, 1]))

    halves = np.degrees(np.arcsin([0.0, 0.25, 0.5, 0.75, 1.0]))  # zones of one area (Archimedes)
    areas = [area(south, north) for south, north in pairwise(halves)]
    assert areas == pytest.approx([areas[0]] * 4, rel=1e-3)


def test_the_equator_runs_from_edge_to_edge() -> None:
    (left, middle), (right, _) = project(np.array([-180.0, 180.0]), np.zeros(2))
    assert (left, right) == pytest.approx((0.0, WIDTH))
    assert middle == pytest.approx(project(np.zeros(1), np.array([-90.0]))[0, 1] / 2)


def test_finds_of_one_place_share_a_dot_and_published_ones_are_rings() -> None:
    own = [MapPoint(f"a{number}", 25.1, 102.1, "x") for number in range(5)]
    drawn = picture(*own, MapPoint("b", 48.0, 11.0, "y", own=False))
    assert len(re.findall("<circle", drawn)) == 2
    assert drawn.count("find own") == drawn.count("find published") == 1


def test_a_marked_find_is_larger() -> None:
    def radius(drawn: str) -> float:
        return float(re.search(r' r="([\d.]+)"', drawn)[1])  # type: ignore[index]

    find = MapPoint("a", 25.1, 102.1, "x")
    assert radius(picture(find, marked="a")) > radius(picture(find))


def test_what_it_says_and_its_colour_can_do_no_harm() -> None:
    drawn = picture(MapPoint("a", 25.1, 102.1, "x"), described='"><script>', color='red" onload="x')
    assert "<script>" not in drawn and "onload" not in drawn
