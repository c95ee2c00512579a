"""The density of finds on a map as hexagons, each with its true number.

References
----------
Carr, D. B., Olsen, A. R. and White, D. 1992. Hexagon mosaic maps for display of univariate and bivariate geographical data.
Cartography and Geographic Information Systems 19: 228-236. doi:10.1559/152304092783721231
"""

from functools import partial

import numpy as np

from catalogue.searching.census import Numbers
from maps.gathering import TILE
from maps.located import Floats, Found, Window, in_window, in_window_of, latitudes_of
from maps.tally import MANY, Tally, of_the_earth, tally

_ABOUT = 12.0
"""Pixels that a side of a hexagon should have."""
_WIDE = 3**0.5
"""Sides in the width of a hexagon; two of its rows lie three sides apart, which is as many widths."""
_ROWS = 1_000_000
"""More than there are rows of hexagons at any zoom."""
_WHOLE_EARTH = 4
"""The last zoom at which the hexagons of the whole Earth are counted at once; beyond, a window shows too little of it."""


def hexagons(found: Found, window: Window) -> list[tuple[float, float, int, int]]:
    """Hexagons that hold finds: longitude and latitude of the middle, finds and sites."""
    zoom = round(window.zoom)
    around = _around(zoom)
    margin = 2 * 360 / around
    cells, no_class = partial(_keys, found, around), _no_classes(found)
    if len(found) > MANY and zoom <= _WHOLE_EARTH:
        counted = of_the_earth(found, ("hexagons", zoom), cells, no_class)
        counted = counted.only(in_window_of(*_middles(counted, around), window, margin))
    else:
        counted = tally(found, in_window(found, window, margin), cells, no_class)
    x, y = _middles(counted, around)
    longitudes, latitudes = (x * 360 - 180).tolist(), latitudes_of(y).tolist()
    return list(zip(longitudes, latitudes, counted.count.tolist(), counted.sites.tolist(), strict=True))


def side_at(zoom: float) -> float:
    """Pixels of a side of a hexagon at the whole zoom next to this one: about twelve, so that a whole number of hexagons goes around the Earth."""
    return TILE * 2.0 ** round(zoom) / _around(round(zoom)) / _WIDE


def _around(zoom: int) -> int:
    """How many hexagons stand side by side around the Earth."""
    return round(TILE * 2.0**zoom / (_ABOUT * _WIDE))


def _no_classes(found: Found) -> Numbers:
    """One class for all, as a hexagon has the colour of its number."""
    known: Numbers = found.census.kept.setdefault("no classes", np.zeros(len(found.census), np.int64))
    return known


def _keys(found: Found, around: int, sites: Numbers) -> Numbers:
    column, row = _hexagon_of(found.sites.x[sites] * around, found.sites.y[sites] * around / _WIDE)
    return column % (2 * around) * _ROWS + row


def _middles(counted: Tally, around: int) -> tuple[Floats, Floats]:
    return counted.keys // _ROWS / 2 / around, counted.keys % _ROWS / 2 * _WIDE / around


def _hexagon_of(x: Floats, y: Floats) -> tuple[Numbers, Numbers]:
    """The hexagon that holds each point, by twice its column and row on two lattices that are half a step apart."""
    x1, y1, x2, y2 = np.rint(x), np.rint(y), np.floor(x), np.floor(y)
    first = (x - x1) ** 2 + 3 * (y - y1) ** 2 < (x - x2 - 0.5) ** 2 + 3 * (y - y2 - 0.5) ** 2
    column = np.where(first, 2 * x1, 2 * x2 + 1).astype(np.int64)
    row = np.where(first, 2 * y1, 2 * y2 + 1).astype(np.int64)
    return column, row
