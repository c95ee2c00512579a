"""`maps.one_place`: a place with its circle, and a click that picks a place."""

import json

import folium
import pytest

from maps.one_place import CONTINENT_ZOOM, clicked_place, picked_layer, picking_map, place_map
from maps.periods import NEUTRAL


def calls_of(drawn: folium.Map | folium.FeatureGroup) -> dict[str, object]:
    return {child.function: json.loads(child.data) for child in drawn._children.values()}


def test_a_place_is_drawn_with_its_circle_in_the_middle() -> None:
    calls = calls_of(place_map(25.1, 102.1, 30_000, "#34B2C9"))
    base = calls["base"]
    assert isinstance(base, dict)
    assert base["view"] == [25.1, 102.1, CONTINENT_ZOOM]
    assert base["center_longitude"] == 102.1
    assert calls["place"] == [25.1, 102.1, 30_000, "#34B2C9"]


def test_a_wide_circle_moves_the_map_away() -> None:
    views = [calls_of(place_map(25.1, 102.1, metres))["base"]["view"][2] for metres in (1e3, 1e5, 1e6, 1e7)]  # type: ignore[index]
    assert views == sorted(views, reverse=True)
    assert views[0] == CONTINENT_ZOOM
    assert views[2] < CONTINENT_ZOOM
    assert 0 <= views[-1] < 1


def test_a_place_without_uncertainty_has_no_circle() -> None:
    assert calls_of(place_map(25.1, 102.1))["place"] == [25.1, 102.1, None, NEUTRAL]


def test_the_picking_map_stays_the_same_while_its_layer_changes() -> None:
    assert set(calls_of(picking_map())) == {"base"}
    assert calls_of(picked_layer(None, None)) == {}
    assert calls_of(picked_layer(25.1, 102.1, 5000)) == {"place": [25.1, 102.1, 5000, NEUTRAL]}


@pytest.mark.parametrize(
    ("returned", "place"),
    [
        (None, None),
        ({"last_clicked": None}, None),
        ({"last_clicked": {"lat": 25.12345, "lng": 102.1}}, (25.123, 102.1)),
        ({"last_clicked": {"lat": -10, "lng": 190.5}}, (-10.0, -169.5)),
        ({"last_clicked": {"lat": 0, "lng": -180}}, (0.0, -180.0)),
    ],
)
def test_a_click_is_a_place_on_the_earth(returned: dict[str, object] | None, place: tuple[float, float] | None) -> None:
    assert clicked_place(returned) == place
