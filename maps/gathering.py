"""Very many finds on a map: gathered on the server for the window that is shown, so that a million cost no more than a thousand.

Sites near to one another on the screen are gathered into bubbles, or share a dot; each knows its true numbers. What is reckoned is the
window alone, or the whole Earth once where a window shows much of it (`maps.tally`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from catalogue.searching.census import Numbers
from maps.located import Found, Window, in_window, in_window_of, latitude_of, latitudes_of, y_of
from maps.tally import MANY, Tally, numbered, of_the_earth, tally

TILE = 256
"""Pixels around the world at zoom 0, as Leaflet has it."""
BUBBLE = 64
"""Pixels from one gathered bubble to the next, at least."""
_TOO_NEAR = 0.8
"""Of that way: bubbles nearer than this to one another become one."""
MOST_DOTS = 10_000
"""Dots that one window draws; sites closer together than these would show share one, which knows their number."""
_FINEST = 512
"""Cells around the world of the finest grid that is counted for the whole Earth at once."""
_MUCH = 100_000
"""Finds in a window from which on its dots are taken from such a grid."""


@dataclass(frozen=True)
class Group:
    """Finds drawn as one mark.

    Parameters
    ----------
    x, y : float
        Where the mark stands, as in `maps.located.Sites`.
    longitude, latitude : float
        The same in degrees.
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
    longitude: float
    latitude: float
    count: int
    sites: int
    own: bool
    color: int
    cells: tuple[tuple[int, int], ...]


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
    whole_cells = _of_whole_cells(window, across)
    if len(found) > MANY and across <= _FINEST // 2:
        counted = _of_the_earth(found, across, colors)
        middle_x, middle_y = (counted.keys // (across + 1) + 0.5) / across, (counted.keys % (across + 1) + 0.5) / across
        counted = counted.only(in_window_of(middle_x, middle_y, whole_cells))
    else:
        counted = tally(found, in_window(found, whole_cells), partial(_key, found, across), colors)
    return across, _joined(_groups(counted, across), _TOO_NEAR / across)


def dots(found: Found, window: Window, colors: Numbers) -> tuple[int, list[Group]]:
    """A dot for each site of a window, or for each cell of a fine grid where there are more than `MOST_DOTS`.

    Returns
    -------
    int, list of Group
        How many cells go around the world, 0 where each dot is one site; and the dots.
    """
    shown = in_window(found, window)
    if len(found) > MANY and len(shown) > _MUCH:
        return _dots_of_the_earth(found, window, colors)
    site = numbered(found.site[shown])[0]
    if len(site) <= MOST_DOTS:
        return 0, _groups(tally(found, shown, lambda sites: sites, colors), 0)
    finest = max(1, round(TILE * 2**window.zoom / 2))  # dots closer than two pixels would be one anyway
    step = 0
    while True:
        across = _coarser(finest, step)
        occupied = len(numbered(_key(found, across, site))[0])
        if occupied <= MOST_DOTS:
            return across, _groups(tally(found, shown, partial(_key, found, across), colors), across)
        step += _too_fine_by(occupied)


def _dots_of_the_earth(found: Found, window: Window, colors: Numbers) -> tuple[int, list[Group]]:
    """From grids that do not hang on the window, so that they need not be counted again when it moves."""
    step = 0
    while True:
        across = _coarser(_FINEST, step)
        if across <= TILE * 2**window.zoom / 2 or across == 1:
            counted = _of_the_earth(found, across, colors)
            counted = counted.only(in_window_of(counted.x, counted.y, window))
            if len(counted) <= MOST_DOTS:
                return across, _groups(counted, across)
            step += _too_fine_by(len(counted))
        else:
            step += 1


def _coarser(finest: int, steps: int) -> int:
    return max(1, round(finest / 2 ** (steps / 4)))


def _too_fine_by(dots: int) -> int:
    """By how many steps a grid is too fine for so many dots; each makes cells half as large again."""
    return max(1, int(2 * np.log2(dots / MOST_DOTS)))


def ids_in_cells(found: Found, across: int, cells: Sequence[tuple[int, int]]) -> Numbers:
    """The keys in the database of the found records in some cells of a grid."""
    wanted = np.isin(_key(found, across, found.site), [x * (across + 1) + y for x, y in cells])
    return found.ids[wanted]


def _of_the_earth(found: Found, across: int, colors: Numbers) -> Tally:
    return of_the_earth(found, ("grid", across), partial(_key, found, across), colors)


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


def _key(found: Found, across: int, sites: Numbers) -> Numbers:
    """A number for the cell of a grid in which each of some sites lies."""
    column = np.floor(found.sites.x[sites] * across).astype(np.int64)
    row = np.floor(found.sites.y[sites] * across).astype(np.int64)
    keys: Numbers = column * (across + 1) + row
    return keys


def _groups(counted: Tally, across: int) -> list[Group]:
    """The cells as marks; those of a grid know which cell they are."""
    columns = (counted.x, counted.y, counted.x * 360 - 180, latitudes_of(counted.y))
    numbers = (counted.count, counted.sites, counted.own, counted.color)
    cells = [((key // (across + 1), key % (across + 1)),) if across else () for key in counted.keys.tolist()]
    return [Group(*row) for row in zip(*(column.tolist() for column in (*columns, *numbers)), cells, strict=True)]


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
    x = sum(group.x * group.count for group in groups) / count
    y = sum(group.y * group.count for group in groups) / count
    return Group(
        x,
        y,
        x * 360 - 180,
        latitude_of(y),
        count,
        sum(group.sites for group in groups),
        any(group.own for group in groups),
        groups[0].color,
        tuple(cell for group in groups for cell in group.cells),
    )
