"""Formations on a map: the hull of the places where each has yielded finds, with its name and its number of finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import folium
import numpy as np
import numpy.typing as npt
import shapely

from catalogue.formations import name_for
from maps.basemap import Script
from maps.located import Found
from maps.periods import readable

MOST = 60
"""Formations that one map draws, those with most finds; the caption says how many there are."""


@dataclass(frozen=True)
class Drawn:
    """One formation.

    Parameters
    ----------
    name : str
        As the records have it.
    count : int
        Its finds with coordinates.
    hull : tuple of (longitude, latitude)
        The corners around them; two for places on one line, one for a single place. Over the date line they go on beyond 180.
    middle : (longitude, latitude)
    """

    name: str
    count: int
    hull: tuple[tuple[float, float], ...]
    middle: tuple[float, float]


def formations(found: Found, most: int = MOST) -> tuple[int, list[Drawn]]:
    """How many formations the found records name, and those with most finds, drawn."""
    column = found.census.coded["formation"]
    codes = column.codes[found.places]
    counts = np.bincount(codes, minlength=len(column.values))
    named = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code] and column.values[code]]
    return len(named), [_drawn(found, str(column.values[code]), codes == code) for code in named[:most]]


def formations_layer(
    drawn: Sequence[Drawn], colors: Sequence[str], *, language: str = "en", name: str = "finds", **drawing: object
) -> folium.FeatureGroup:
    """Formations as a layer for `feature_group_to_add`, each with its colour and its name for readers of a language; `drawing` as for
    `maps.periods.points_layer`."""
    listed = [
        {
            "name": one.name, "label": name_for(one.name, language), "count": one.count, "hull": one.hull,
            "middle": one.middle, "color": readable(color),
        }
        for one, color in zip(drawn, colors, strict=True)
    ]  # fmt: skip
    layer = folium.FeatureGroup(name=name, control=False)
    kept = {key: value for key, value in drawing.items() if value is not None}
    layer.add_child(Script("formations", {"formations": listed, **kept}))
    return layer


def _drawn(found: Found, name: str, of_it: npt.NDArray[Any]) -> Drawn:
    sites = np.unique(found.site[of_it])
    places = np.stack([_together(found.sites.longitudes[sites]), found.sites.latitudes[sites]], axis=1)
    hull = shapely.convex_hull(shapely.MultiPoint(places))
    corners = shapely.get_coordinates(hull)[:-1] if hull.geom_type == "Polygon" else shapely.get_coordinates(hull)
    middle = hull.representative_point()
    return Drawn(
        name,
        int(of_it.sum()),
        tuple((round(float(x), 4), round(float(y), 4)) for x, y in corners),
        (round(middle.x, 4), round(middle.y, 4)),
    )


def _together(longitudes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Longitudes that begin after the widest gap between them, so that places on both sides of the date line stay together."""
    ordered = np.sort(longitudes)
    gaps = np.diff(ordered, append=ordered[0] + 360)
    begin = ordered[(int(np.argmax(gaps)) + 1) % len(ordered)]
    return np.where(longitudes < begin, longitudes + 360, longitudes)
