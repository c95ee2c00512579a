"""Finds counted by the cells of something: one row of numbers a cell, for a window, or once for the whole Earth.

Of a million finds the whole Earth is counted once for each size of cell; every later move of the map only picks the rows that its window
shows.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np

from catalogue.records import OWN
from catalogue.searching.census import Census, Mask, Numbers
from maps.located import Floats, Found

Cells: TypeAlias = Callable[[Numbers], Numbers]
"""Gives the keys of the cells in which some sites lie."""

MANY = 50_000
"""Finds from which on the whole Earth is counted and kept; fewer are counted for each window anew."""
_RAMPS = {
    False: ("#efbf9c", "#df9a6f", "#c66e45", "#9f4826", "#65260f"),
    True: ("#7d4730", "#9c5b3c", "#c4764f", "#e39a70", "#ffcfae"),
}
"""By whether the map is dark: none is that of the land, and many stand out most. They differ in lightness
too, so that they can be told apart without colour."""
_KEPT = 12
"""Tallies that are kept for one question."""


@dataclass(frozen=True)
class Tally:
    """Cells that hold finds, one number of each array a cell.

    Parameters
    ----------
    keys : array of int
        Which cell.
    x, y : array of float
        The middle of its finds, as in `maps.located.Sites`.
    count, sites : array of int
        Its finds, and at how many places they lie.
    own : array of bool
        Whether a specimen of a museum is among them.
    color : array of int
        The class that most of them have.
    """

    keys: Numbers
    x: Floats
    y: Floats
    count: Numbers
    sites: Numbers
    own: Mask
    color: Numbers

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, which: Numbers | Mask) -> "Tally":
        """Some of the cells."""
        return Tally(*(getattr(self, column.name)[which] for column in fields(self)))


def tally(found: Found, shown: Numbers, cells: Cells, colors: Numbers) -> Tally:
    """Count some of the found records by cells.

    Parameters
    ----------
    shown : array of int
        Which of the found records, by their numbers.
    cells : callable
        See `Cells`; a site lies in one cell as a whole.
    colors : array of int
        For each record of the census its class.
    """
    places, site = found.places[shown], found.site[shown]
    keys, at = numbered(cells(site))
    number = len(keys)
    count = np.bincount(at, minlength=number)
    own = np.bincount(at, weights=_own(found.census)[places], minlength=number) > 0
    x, y = (
        np.bincount(at, weights=along[site], minlength=number) / np.maximum(count, 1)
        for along in (found.sites.x, found.sites.y)
    )
    return Tally(keys, x, y, count, _sites_each(at, site, number), own, _most(at, colors[places], number))  # fmt: skip


def of_the_earth(found: Found, name: Hashable, cells: Cells, colors: Numbers) -> Tally:
    """All found records by cells; kept for those who ask again with the same name and the same array of classes."""
    kept: OrderedDict[Hashable, tuple[Numbers, Tally]] = found.kept.setdefault("tallies", OrderedDict())
    key = (name, id(colors))
    known = kept.get(key)
    if known is None:  # the array is kept beside, so that no other one can get its number
        known = kept[key] = colors, tally(found, np.arange(len(found)), cells, colors)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return known[1]


def numbered(keys: Numbers) -> tuple[Numbers, Numbers]:
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


def _most(at: Numbers, colors: Numbers, number: int) -> Numbers:
    """The class that most finds of each cell have."""
    classes = int(colors.max(initial=0)) + 1
    counted = np.bincount(at * classes + colors, minlength=number * classes)
    most: Numbers = counted.reshape(number, classes).argmax(1)
    return most


def _sites_each(at: Numbers, site: Numbers, number: int) -> Numbers:
    """How many distinct sites each cell has; a site lies in one cell as a whole."""
    if not len(site):
        return np.zeros(number, np.int64)
    cell_of = np.full(int(site.max()) + 1, -1, np.int64)
    cell_of[site] = at
    return np.bincount(cell_of[cell_of >= 0], minlength=number)


def _own(census: Census) -> Mask:
    if ("own",) not in census.kept:
        basis = census.coded["basis_of_record"]
        census.kept["own",] = basis.having(np.array([value == OWN for value in basis.values] or [False]))
    own: Mask = census.kept["own",]
    return own


def ramp(dark: bool) -> tuple[str, ...]:
    """The colours of shades, from few to many, on the land of a light or of a dark map."""
    return _RAMPS[dark]


def shades(most: int) -> list[int]:
    """The least number of each of at most five shades, of which each stands for many times the numbers of the one before."""
    steps = len(_RAMPS[False])
    return sorted({max(1, round(most ** (step / steps))) for step in range(steps)})
