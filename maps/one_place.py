"""Small maps of one place: where a specimen was found and how sure that is, and a map on which a place is picked."""

import math
from collections.abc import Mapping

import folium

from maps.basemap import Script, base_map
from maps.periods import NEUTRAL, readable

PICKED = ("last_clicked",)
"""The only thing that the picking map has streamlit-folium return."""

CONTINENT_ZOOM = 5.0
"""How close a map of one place looks: near enough to know the coast, far enough to know where on Earth it is."""

_EQUATOR_IN_METERS = 40_075_017.0
_TILE_IN_PIXELS = 256


def place_map(
    latitude: float,
    longitude: float,
    uncertainty_in_meters: float | None = None,
    color: str = NEUTRAL,
    dark: bool = False,
    *,
    height: int = 260,
    words: Mapping[str, str] | None = None,
) -> folium.Map:
    """A map of one place, with a circle as wide as the place is uncertain.

    Parameters
    ----------
    latitude, longitude : float
        Degrees WGS84.
    uncertainty_in_meters : float or None
        Radius that holds the true place; None when it is not known, which draws no circle.
    color : str
        Official colour of the specimen's interval.
    dark : bool
        Whether it is drawn for a dark page.
    height : int
        Height in pixels.
    words : mapping of str to str, optional
        As for `maps.periods.period_map`.
    """
    zoom = _zoom_to_hold(uncertainty_in_meters or 0.0, latitude, height)
    drawn = base_map(height, words, dark, scale=True, center_longitude=longitude, view=[latitude, longitude, zoom])
    drawn.add_child(_place(latitude, longitude, uncertainty_in_meters, color))
    return drawn


def picking_map(
    *, height: int = 420, words: Mapping[str, str] | None = None, dark: bool = False, center_longitude: float = 10.0
) -> folium.Map:
    """A map on which a click picks a place; lay `picked_layer` on it, and read the click with `clicked_place`."""
    return base_map(height, words, dark, scale=True, center_longitude=center_longitude, view="world", picking=True)


def picked_layer(
    latitude: float | None, longitude: float | None, uncertainty_in_meters: float | None = None, color: str = NEUTRAL
) -> folium.FeatureGroup:
    """The place picked so far as a layer for `feature_group_to_add`; empty while there is none."""
    layer = folium.FeatureGroup(name="place", control=False)
    if latitude is not None and longitude is not None:
        layer.add_child(_place(latitude, longitude, uncertainty_in_meters, color))
    return layer


def clicked_place(returned: Mapping[str, object] | None) -> tuple[float, float] | None:
    """Latitude and longitude of the last click, in degrees WGS84 to three decimals; None before the first click."""
    clicked = (returned or {}).get("last_clicked")
    if not isinstance(clicked, Mapping):
        return None
    longitude = (float(clicked["lng"]) + 180) % 360 - 180
    return round(float(clicked["lat"]), 3), round(longitude, 3)


def _place(latitude: float, longitude: float, uncertainty_in_meters: float | None, color: str) -> Script:
    return Script("place", [latitude, longitude, uncertainty_in_meters, readable(color)])


def _zoom_to_hold(radius_in_meters: float, latitude: float, height: int) -> float:
    """The zoom at which a circle fills at most two thirds of the height, to a quarter; not closer than half a continent."""
    across = max(2 * radius_in_meters, 1.0)
    world_in_meters = _EQUATOR_IN_METERS * math.cos(math.radians(min(abs(latitude), 80.0)))
    fitting = math.log2(height * 2 / 3 * world_in_meters / (_TILE_IN_PIXELS * across))
    return max(0.0, min(CONTINENT_ZOOM, math.floor(fitting * 4) / 4))
