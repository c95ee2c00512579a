"""`maps.world_picture`: a picture of the Earth in which each place has its dot and nothing of a name can do harm."""

import re

from maps.ancient import carry
from maps.palaeogeography.models import built_in_model
from maps.periods import MapPoint
from maps.world_picture import draw_world

MODEL = built_in_model("paleomap")


def picture(*points: MapPoint, **more: str) -> str:
    return draw_world(
        carry(points, MODEL, 195.0), MODEL, 195.0, **{"color": "#4EB3D3", "described": "The Earth", **more}
    )  # type: ignore[arg-type]


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
