"""Found records as a map needs them: where each lies, and which of very many a window of the map shows.

Finds at one and the same place are one *site*. All positions come from `catalogue.searching.positions`, so that a withheld site was made
coarser before anything is drawn or gathered.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from catalogue.rights import Person, may
from catalogue.searching import facets
from catalogue.searching.census import Census, Mask, Numbers
from catalogue.searching.positions import positions
from catalogue.searching.query import Query

Floats: TypeAlias = npt.NDArray[np.float64]

NORTHERNMOST = 84.5
"""The map ends soon after; what lies beyond stands at its edge, as `onMap` in `leaflet/bonebed.js` has it."""
_REMEMBERED = 4
"""Questions whose found records a census keeps for maps."""
_SAME_PLACE = 1e6
"""Places that agree to a millionth of a degree, a decimetre, are one site."""


@dataclass(frozen=True)
class Window:
    """What a map shows: longitudes may go on beyond 180, and `east` is greater than `west`."""

    west: float
    south: float
    east: float
    north: float
    zoom: float


@dataclass(frozen=True)
class Sites:
    """The distinct places of all records, from west to east.

    Parameters
    ----------
    of : array of int
        For each record of the census its site; -1 where it has no coordinates.
    longitudes, latitudes : array of float
        Of each site, in degrees WGS84.
    x, y : array of float
        The same on the Mercator map, from 0 (180° W, north) to 1.
    """

    of: Numbers
    longitudes: Floats
    latitudes: Floats
    x: Floats
    y: Floats


@dataclass(frozen=True)
class Found:
    """Found records as a map needs them.

    Parameters
    ----------
    census : Census
    places : array of int
        The places in the census of the found records that have coordinates, in the order of their sites.
    total : int
        The found records, with coordinates or without.
    sites : Sites
    coarser : int
        How many of those drawn stand for the middle of a cell.
    kept : dict
        What was found out about them, for those who ask again.
    """

    census: Census
    places: Numbers
    total: int
    sites: Sites
    coarser: int
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def site(self) -> Numbers:
        """The site of each found record."""
        return self.sites.of[self.places]

    @cached_property
    def y(self) -> Floats:
        """How far down the map each found record is, as in `Sites`."""
        return self.sites.y[self.site]

    @property
    def ids(self) -> Numbers:
        """The keys of the found records in the database."""
        return self.census.ids[self.places]


def find(connection: Connection, query: Query, who: Person) -> Found:
    """The records that answer a query, where a person may see them."""
    census, mask = facets.found_mask(connection, query, who=who)
    remembered = census.kept.setdefault(("on the map", may(who, "see_exact_sites")), OrderedDict())
    known: Found | None = remembered.get(query)
    if known is None or query.changed_within:
        sites = _sites(census, who)
        places = np.flatnonzero(mask & (sites.of >= 0))
        places = places[np.argsort(sites.of[places], kind="stable")]
        coarser = int(np.count_nonzero(positions(census, who).coarser[places]))
        known = remembered[query] = Found(census, places, int(np.count_nonzero(mask)), sites, coarser)
        while len(remembered) > _REMEMBERED:
            remembered.popitem(last=False)
    return known


def x_of(longitudes: Floats) -> Floats:
    """Longitudes in degrees as parts of the way around the map, from 0 to below 1."""
    return (np.asarray(longitudes) / 360 + 0.5) % 1.0


def y_of(latitudes: Floats) -> Floats:
    """Latitudes in degrees as parts of the way down the map."""
    radians = np.radians(np.clip(latitudes, -NORTHERNMOST, NORTHERNMOST))
    return 0.5 - np.arcsinh(np.tan(radians)) / (2 * np.pi)


def latitude_of(y: float) -> float:
    """The latitude in degrees of a part of the way down the map."""
    return float(latitudes_of(np.array(y)))


def latitudes_of(y: Floats) -> Floats:
    """The same for many."""
    latitudes: Floats = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    return latitudes


def in_window(found: Found, window: Window, margin: float = 0.0) -> Numbers:
    """Which of the found records a window shows, by their numbers; `margin` is added on each side, in degrees of longitude.

    Sites lie in order from west to east, so that only those between its edges are looked at.
    """
    top, bottom = y_of(np.array([window.north, window.south])) + np.array([-margin, margin]) / 360
    shown = []
    for west, east in _stretches(window.west - margin, window.east + margin):
        edges = np.searchsorted(found.sites.longitudes, west), np.searchsorted(found.sites.longitudes, east, "right")
        first, last = np.searchsorted(found.site, edges)
        y = found.y[first:last]
        shown.append(first + np.flatnonzero((y >= top) & (y <= bottom)))
    return np.concatenate(shown)


def in_window_of(x: Floats, y: Floats, window: Window, margin: float = 0.0) -> Mask:
    """For each of some places on the map, as in `Sites`, whether a window shows it; `margin` as for `in_window`."""
    top, bottom = y_of(np.array([window.north, window.south])) + np.array([-margin, margin]) / 360
    wide = (window.east - window.west + 2 * margin) / 360
    from_west = (x - (window.west - margin) / 360 - 0.5) % 1.0
    shown: Mask = ((from_west <= wide) | (wide >= 1)) & (y >= top) & (y <= bottom)
    return shown


def _stretches(west: float, east: float) -> list[tuple[float, float]]:
    """A stretch of longitudes, which may go on beyond 180 on either side, as stretches between -180 and 180; both edges are in it."""
    if east - west >= 360:
        return [(-180.0, 180.0)]
    begin = (west + 180) % 360 - 180
    end = begin + east - west
    return [(begin, end)] if end < 180 else [(begin, 180.0), (-180.0, end - 360)]


def ids_at(found: Found, longitude: float, latitude: float) -> Numbers:
    """The keys in the database of the found records at the site nearest to a place."""
    if not len(found):
        return np.empty(0, np.int64)
    x, y = float(x_of(np.array(longitude))), float(y_of(np.array(latitude)))
    across = np.abs(found.sites.x - x)
    far = np.minimum(across, 1 - across) ** 2 + (found.sites.y - y) ** 2
    drawn = np.unique(found.site)
    ids: Numbers = found.ids[found.site == drawn[np.argmin(far[drawn])]]
    return ids


def _sites(census: Census, who: Person) -> Sites:
    key = ("sites", may(who, "see_exact_sites"))
    if key not in census.kept:
        census.kept[key] = _distinct(positions(census, who))
    known: Sites = census.kept[key]
    return known


def _distinct(shown: Any) -> Sites:
    known = np.flatnonzero(shown.known)
    longitudes, latitudes = shown.longitudes[known], shown.latitudes[known]
    keys = np.rint((longitudes + 180) * _SAME_PLACE).astype(np.int64) * 400_000_000 + np.rint(
        (latitudes + 90) * _SAME_PLACE
    ).astype(np.int64)
    _, first, code = np.unique(keys, return_index=True, return_inverse=True)
    of = np.full(len(shown.longitudes), -1, np.int64)
    of[known] = code
    longitudes, latitudes = longitudes[first], latitudes[first]
    return Sites(of, longitudes, latitudes, x_of(longitudes), y_of(latitudes))
