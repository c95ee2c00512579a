"""Very many finds on a map: gathered on the server for the window that is shown, so that a million cost no more than a thousand.

Finds at one and the same place are one *site*. Sites near to one another on the screen are gathered into bubbles or hexagons that
know their true numbers, and only what the window shows is reckoned. All positions come from `catalogue.searching.positions`, so that
a withheld site was made coarser before anything is gathered.

References
----------
Carr, D. B., Olsen, A. R. and White, D. 1992. Hexagon mosaic maps for display of univariate and bivariate geographical data.
Cartography and Geographic Information Systems 19: 228-236. doi:10.1559/152304092783721231
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from catalogue.rights import Person, may
from catalogue.searching import facets
from catalogue.searching.census import Census, Numbers
from catalogue.searching.positions import positions
from catalogue.searching.query import Query

Floats: TypeAlias = npt.NDArray[np.float64]

TILE = 256
"""Pixels around the world at zoom 0, as Leaflet has it."""
NORTHERNMOST = 84.5
"""The map ends soon after; what lies beyond stands at its edge, as `onMap` in `leaflet/bonebed.js` has it."""
BUBBLE = 64
"""Pixels from one gathered bubble to the next, at least."""
_TOO_NEAR = 0.8
"""Of that way: bubbles nearer than this to one another become one."""
HEXAGON = 12
"""Pixels of a side of a hexagon of the density."""
_ROWS = 1_000_000
"""More than there are rows of hexagons at any zoom."""
_REMEMBERED = 4
"""Questions whose found records a census keeps for maps."""
MOST_DOTS = 10_000
"""Dots that one window draws; sites closer together than these would show share one, which knows their number."""
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

    @property
    def ids(self) -> Numbers:
        """The keys of the found records in the database."""
        return self.census.ids[self.places]


@dataclass(frozen=True)
class Group:
    """Finds drawn as one mark.

    Parameters
    ----------
    x, y : float
        Where the mark stands, as in `Sites`.
    count, sites : int
        How many finds it stands for, and at how many places.
    own : bool
        Whether a specimen of a museum is among them.
    color : int
        The class that most of them have.
    cells : tuple of (int, int)
        The cells of the grid that it gathers.
    """

    x: float
    y: float
    count: int
    sites: int
    own: bool
    color: int
    cells: tuple[tuple[int, int], ...]

    @property
    def longitude(self) -> float:
        """In degrees."""
        return self.x * 360 - 180

    @property
    def latitude(self) -> float:
        """In degrees."""
        return latitude_of(self.y)


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
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def in_window(found: Found, window: Window, margin: float = 0.0) -> Numbers:
    """Which of the found records a window shows, by their numbers; `margin` is added on each side, in degrees of longitude.

    Sites lie in order from west to east, so that only those between its edges are looked at.
    """
    top, bottom = y_of(np.array([window.north, window.south])) + np.array([-margin, margin]) / 360
    shown = []
    for west, east in _stretches(window.west - margin, window.east + margin):
        edges = np.searchsorted(found.sites.longitudes, west), np.searchsorted(found.sites.longitudes, east, "right")
        first, last = np.searchsorted(found.site, edges)
        y = found.sites.y[found.site[first:last]]
        shown.append(first + np.flatnonzero((y >= top) & (y <= bottom)))
    return np.concatenate(shown)


def _stretches(west: float, east: float) -> list[tuple[float, float]]:
    """A stretch of longitudes, which may go on beyond 180 on either side, as stretches between -180 and 180; both edges are in it."""
    if east - west >= 360:
        return [(-180.0, 180.0)]
    begin = (west + 180) % 360 - 180
    end = begin + east - west
    return [(begin, end)] if end < 180 else [(begin, 180.0), (-180.0, end - 360)]


def bubbles(found: Found, window: Window, colors: Numbers) -> tuple[int, list[Group]]:
    """Bubbles for a window, each of whole cells of a grid, so that their numbers add up.

    Parameters
    ----------
    colors : array of int
        For each record of the census its class.

    Returns
    -------
    int, list of Group
        How many cells go around the world, and the groups, the largest first.
    """
    across = max(1, round(TILE * 2 ** round(window.zoom) / BUBBLE))
    shown = in_window(found, _of_whole_cells(window, across))
    return across, _joined(_cells(found, shown, across, colors), _TOO_NEAR / across)


def dots(found: Found, window: Window, colors: Numbers) -> tuple[int, list[Group]]:
    """A dot for each site of a window, or for each cell of a fine grid where there are more than `MOST_DOTS`.

    Returns
    -------
    int, list of Group
        How many cells go around the world, 0 where each dot is one site; and the dots.
    """
    shown = in_window(found, window)
    site = _numbered(found.site[shown])[0]
    if len(site) <= MOST_DOTS:
        return 0, _each_site(found, shown, colors)
    pixels = 2.0
    while True:
        across = max(1, round(TILE * 2**window.zoom / pixels))
        occupied = len(_numbered(_key(found.sites, site, across))[0])
        if occupied <= MOST_DOTS:
            return across, _cells(found, shown, across, colors)
        pixels *= max(1.15, 0.95 * (occupied / MOST_DOTS) ** 0.5)


def hexagons(found: Found, window: Window) -> list[tuple[float, float, int, int]]:
    """Hexagons that hold finds: longitude and latitude of the middle, finds and sites."""
    world = TILE * 2 ** round(window.zoom)
    wide = HEXAGON * 3**0.5
    margin = 2 * wide / world * 360
    site = found.site[in_window(found, window, margin)]
    column, row = _hexagon_of(found.sites.x[site] * world / wide, found.sites.y[site] * world / (3 * HEXAGON))
    keys, at = _numbered(column * _ROWS + row)
    counts = np.bincount(at, minlength=len(keys))
    sites = _sites_each(at, site, len(keys))
    x, y = keys // _ROWS / 2 * wide / world, keys % _ROWS / 2 * 3 * HEXAGON / world
    return [
        (float(one * 360 - 180), latitude_of(float(other)), int(count), int(places))
        for one, other, count, places in zip(x, y, counts, sites, strict=True)
    ]


def ids_in_cells(found: Found, across: int, cells: Sequence[tuple[int, int]]) -> Numbers:
    """The keys in the database of the found records in some cells of a grid."""
    wanted = np.isin(_key(found.sites, found.site, across), [x * (across + 1) + y for x, y in cells])
    return found.ids[wanted]


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


def _of_whole_cells(window: Window, across: int) -> Window:
    """A window that ends where cells of the grid end, one cell farther on each side."""
    west = (np.floor((window.west / 360 + 0.5) * across) - 1) / across
    east = (np.floor((window.east / 360 + 0.5) * across) + 2) / across
    top = (np.floor(float(y_of(np.array(window.north))) * across) - 1) / across
    bottom = (np.floor(float(y_of(np.array(window.south))) * across) + 2) / across
    hair = 1e-12  # the next cell begins where this one ends
    return Window(
        float(west * 360 - 180),
        latitude_of(min(bottom, 1.0) - hair),
        float((east - hair) * 360 - 180),
        latitude_of(max(top, 0.0)),
        window.zoom,
    )


def _key(sites: Sites, which: Numbers, across: int) -> Numbers:
    """A number for the cell of a grid in which each of some sites lies."""
    column = np.floor(sites.x[which] * across).astype(np.int64)
    row = np.floor(sites.y[which] * across).astype(np.int64)
    keys: Numbers = column * (across + 1) + row
    return keys


def _cells(found: Found, shown: Numbers, across: int, colors: Numbers) -> list[Group]:
    """The finds that are shown by the cells of a grid."""
    keys, at = _numbered(_key(found.sites, found.site[shown], across))
    return _groups(
        found, shown, at, len(keys), colors, [(int(key // (across + 1)), int(key % (across + 1))) for key in keys]
    )


def _each_site(found: Found, shown: Numbers, colors: Numbers) -> list[Group]:
    keys, at = _numbered(found.site[shown])
    return _groups(found, shown, at, len(keys), colors, [()] * len(keys))


def _numbered(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct keys, and for each key its number among them; by counting where that is faster than sorting."""
    if not len(keys):
        return keys, keys
    least, most = int(keys.min()), int(keys.max())
    if most - least > 20 * len(keys) + 1000:
        distinct, at = np.unique(keys, return_inverse=True)
        return distinct, at
    there = np.bincount(keys - least) > 0
    number = np.cumsum(there) - 1
    return np.flatnonzero(there) + least, number[keys - least]


def _groups(
    found: Found,
    shown: Numbers,
    at: Numbers,
    number: int,
    colors: Numbers,
    cells: Sequence[tuple[int, int] | tuple[()]],
) -> list[Group]:
    places, site = found.places[shown], found.site[shown]
    count = np.bincount(at, minlength=number)
    own = np.bincount(at, weights=_own(found.census)[places], minlength=number) > 0
    x = np.bincount(at, weights=found.sites.x[site], minlength=number) / np.maximum(count, 1)
    y = np.bincount(at, weights=found.sites.y[site], minlength=number) / np.maximum(count, 1)
    classes = int(colors.max(initial=0)) + 1
    most = np.bincount(at * classes + colors[places], minlength=number * classes).reshape(number, classes).argmax(1)
    sites = _sites_each(at, site, number)
    return [
        Group(float(a), float(b), int(c), int(d), bool(e), int(f), (cell,) if cell else ())
        for a, b, c, d, e, f, cell in zip(x, y, count, sites, own, most, cells, strict=True)
    ]


def _sites_each(at: Numbers, site: Numbers, number: int) -> Numbers:
    """How many distinct sites each group has; a site lies in one group as a whole."""
    if not len(site):
        return np.zeros(number, np.int64)
    group_of = np.full(int(site.max()) + 1, -1, np.int64)
    group_of[site] = at
    return np.bincount(group_of[group_of >= 0], minlength=number)


def _own(census: Census) -> Numbers:
    if ("own",) not in census.kept:
        basis = census.coded["basis_of_record"]
        census.kept["own",] = basis.having(np.array([value == "FossilSpecimen" for value in basis.values] or [False]))
    own: Numbers = census.kept["own",]
    return own


def _joined(groups: list[Group], near: float) -> list[Group]:
    """Groups in which bubbles that would lie on one another are one; the largest first."""
    left = sorted(groups, key=lambda group: (-group.count, group.cells))
    xs, ys = np.array([group.x for group in left]), np.array([group.y for group in left])
    taken = np.zeros(len(left), np.bool_)
    joined = []
    for number, group in enumerate(left):
        if taken[number]:
            continue
        close = ~taken & (np.hypot(xs - group.x, ys - group.y) < near)
        taken |= close
        joined.append(_together([left[one] for one in np.flatnonzero(close)]))
    return joined


def _together(groups: list[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    count = sum(group.count for group in groups)
    return Group(
        sum(group.x * group.count for group in groups) / count,
        sum(group.y * group.count for group in groups) / count,
        count,
        sum(group.sites for group in groups),
        any(group.own for group in groups),
        groups[0].color,
        tuple(cell for group in groups for cell in group.cells),
    )


def _hexagon_of(x: Floats, y: Floats) -> tuple[Numbers, Numbers]:
    """The hexagon that holds each point, by twice its column and row on two lattices that are half a step apart."""
    x1, y1, x2, y2 = np.rint(x), np.rint(y), np.floor(x), np.floor(y)
    first = (x - x1) ** 2 + 3 * (y - y1) ** 2 < (x - x2 - 0.5) ** 2 + 3 * (y - y2 - 0.5) ** 2
    column = np.where(first, 2 * x1, 2 * x2 + 1).astype(np.int64)
    row = np.where(first, 2 * y1, 2 * y2 + 1).astype(np.int64)
    return column, row
