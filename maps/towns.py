"""Names of towns, so that somebody who comes near on a map sees where they are.

The table holds a town for each part of the Earth: the farther the nearest larger one, the sooner a town is named, so that the map is filled
evenly, in deserts too. Chinese names stand where a source has them.

References
----------
GeoNames, https://www.geonames.org, CC BY 4.0. Unicode CLDR, names of time zones' cities, for the Chinese names of 220 of them.
"""

import math
from dataclasses import dataclass
from functools import cache

from catalogue.facts import read_facts

_FREE = 70
"""Pixels from a town to the nearest larger one, at the equator, from which on it is named."""
_EARTH_KM, _TILE = 40_075.0, 256


@dataclass(frozen=True)
class Town:
    """A town.

    Parameters
    ----------
    name, chinese : str
        Its name in Latin letters and in Chinese; the second may be blank.
    latitude, longitude : float
        Degrees WGS84.
    zoom : float
        The zoom of a map from which on it is named.
    """

    name: str
    chinese: str
    latitude: float
    longitude: float
    zoom: float


@cache
def towns() -> tuple[Town, ...]:
    """All towns of the table, those that are named from farthest away first."""
    return tuple(
        Town(
            row["name"],
            row["name_zh"],
            float(row["decimal_latitude"]),
            float(row["decimal_longitude"]),
            round(math.log2(_FREE * _EARTH_KM / (_TILE * float(row["apart_km"]))), 2),
        )
        for row in read_facts("places/towns.tsv")
    )


def of_square(west: int, south: int, side: int) -> list[list[str | float]]:
    """The towns between two meridians and two circles of latitude, as `leaflet/towns.js` reads them: both names, place and zoom."""
    return [
        [town.name, town.chinese, town.latitude, town.longitude, town.zoom]
        for town in towns()
        if west <= town.longitude < west + side and south <= town.latitude < south + side
    ]
