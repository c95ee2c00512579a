"""Which of many places lie outside their stated country, and which slip of the pen explains it: what `maps.places` asks of one place.

A grid of one degree, made once, knows the cells that lie wholly in one country or wholly in the sea, and a circle around each piece of
land what is far from it; most places need no more. For the others outlines and distances are reckoned as for one place. Distances are
chords of the unit sphere: one product of matrices, first with a few corners that stand for all, then with all where these leave it open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from maps import centres, places

Flags = npt.NDArray[np.bool_]
Degrees = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float64]
"""Points of the unit sphere, as rows of x, y and z."""
Numbers = npt.NDArray[np.int64]

WELL, OUTSIDE, IN_THE_SEA, SWAPPED, EAST_AND_WEST, NORTH_AND_SOUTH, UNSURE = range(7)
"""What is said of a place; `UNSURE` where it lies so near the limit that only the exact check may say."""

_SEA, _MIXED = -1, -2
"""In the grid, beside the numbers of the countries: no country touches the cell; more than one does, or none holds it wholly."""
_BAND = 10
"""Degrees of latitude whose cells are made at once."""
_SAME = 1e-12
"""Cosines that differ by less are not told apart: some micrometres at the distances in question."""
_TOLERANCES = np.array([places.SEA_TOLERANCE_KM, places.BORDER_TOLERANCE_KM]) / centres.EARTH_RADIUS_KM
"""How far from its country a place in the sea may lie without a doubt, and how far one on land; in radians."""


@dataclass(frozen=True)
class _Known:
    """What is reckoned once of the outlines: the codes of the countries, the grid of their numbers, and circles around all land.

    Parameters
    ----------
    shapes : array of Geometry
        The countries, prepared.
    middles, radii : array of float
        Of a circle around each piece of land; the radius in radians.
    of : array of int
        The number of the country of each circle.
    """

    codes: tuple[str, ...]
    shapes: npt.NDArray[np.object_]
    boxes: shapely.STRtree
    grid: Numbers
    middles: Vectors
    radii: Degrees
    of: Numbers


@dataclass(frozen=True)
class _Ground:
    """The corners of the ground that may be a country's, and a few points within `slack` (radians) of each."""

    corners: Vectors
    few: Vectors
    slack: float


def judged(north: Degrees, east: Degrees, codes: Sequence[str]) -> Numbers:
    """What is said of each place.

    Parameters
    ----------
    north, east : array of float
        Latitudes and longitudes in degrees WGS84.
    codes : sequence of str
        ISO alpha-2 codes of the stated countries; blank where none is stated.

    Returns
    -------
    array of int
        `WELL` also where no country is stated, or the outlines do not have it.
    """
    said = np.full(len(codes), WELL, np.int64)
    known = _known()
    if known is None:
        return said
    order = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    own = np.stack([_own(code) for code in order]) if order else np.zeros((0, 2), np.bool_)
    of = np.array([order[code] for code in codes], np.int64)
    inside, on_land = _inside(known, north, east, own, of)
    far = np.flatnonzero(~inside)
    here = vectors(north[far], east[far])
    tolerance = _TOLERANCES[on_land[far].astype(np.int64)]
    near, unsure = np.zeros(len(far), np.bool_), np.zeros(len(far), np.bool_)
    for number, some in _by_country(_may_be_near(known, here, own, of[far]), of[far]):
        near[some], unsure[some] = _near(_ground(tuple(order)[number].strip().upper()), here[some], tolerance[some])
    said[far[unsure]] = UNSURE
    far = far[~near & ~unsure]
    said[far] = np.where(on_land[far], OUTSIDE, IN_THE_SEA)
    for mended_north, mended_east, slip in _mended(north[far], east[far]):
        possible = np.flatnonzero(np.abs(mended_north) <= 90)
        within, _ = _inside(known, mended_north[possible], mended_east[possible], own, of[far[possible]])
        said[far[possible[within]]] = slip
    return said


def vectors(north: Degrees, east: Degrees) -> Vectors:
    """Places given in degrees as points of the unit sphere."""
    latitude, longitude = np.radians(north), np.radians(east)
    level = np.cos(latitude)
    return np.column_stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)])


def nearest(here: Vectors, there: Vectors) -> Degrees:
    """The cosine of the angle from each of some points to the nearest of others."""
    found: Degrees = (here @ there.T).max(axis=1)
    return found


def _mended(north: Degrees, east: Degrees) -> Iterator[tuple[Degrees, Degrees, int]]:
    """The places without each of the usual slips; the one that is asked about first comes last."""
    yield -north, east, NORTH_AND_SOUTH
    yield north, -east, EAST_AND_WEST
    yield east, north, SWAPPED


def _inside(known: _Known, north: Degrees, east: Degrees, own: Flags, of: Numbers) -> tuple[Flags, Flags]:
    """Whether places lie on ground that may be their country's, and whether on any country's.

    Parameters
    ----------
    own, of : array
        By stated country, which contents of a cell are its ground, as `_own` tells; and the stated country of each place.
    """
    row = np.minimum(np.floor(north).astype(np.int64) + 90, 179)
    column = np.minimum(np.floor(east).astype(np.int64) + 180, 359)
    cells = known.grid[row, column]
    inside, on_land = own[of, cells], cells >= 0
    mixed = np.flatnonzero(cells == _MIXED)
    points = shapely.points(east[mixed], north[mixed])
    at, country = known.boxes.query(points)
    holds = shapely.intersects(known.shapes[country], points[at])
    at, country = mixed[at[holds]], country[holds]
    on_land[at] = True
    inside[at[own[of[at], country]]] = True
    return inside, on_land


def _may_be_near(known: _Known, here: Vectors, own: Flags, of: Numbers) -> Flags:
    """Whether places lie near a circle around land that may be their country's, by the wider of the tolerances."""
    limits = np.cos(np.minimum(known.radii + _TOLERANCES.max(), np.pi))
    at, circle = np.divmod(np.flatnonzero(here @ known.middles.T >= limits), len(limits))
    found = np.zeros(len(here), np.bool_)
    found[at[own[of[at], known.of[circle]]]] = True
    return found


def _by_country(these: Flags, of: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Some places together with those of the same stated country."""
    some = np.flatnonzero(these)
    for number in np.unique(of[some]).tolist():
        yield number, some[of[some] == number]


def _near(ground: _Ground, here: Vectors, tolerance: Degrees) -> tuple[Flags, Flags]:
    """Whether places outside of a ground lie within the tolerance (radians) of its nearest corner, and whether that is too close to say."""
    closer = np.flatnonzero(nearest(here, ground.few) >= np.cos(tolerance + ground.slack) - _SAME)
    near, unsure = np.zeros(len(here), np.bool_), np.zeros(len(here), np.bool_)
    if len(closer):
        beyond = nearest(here[closer], ground.corners) - np.cos(tolerance[closer])
        near[closer] = beyond > _SAME
        unsure[closer] = np.abs(beyond) <= _SAME
    return near, unsure


@cache
def _known() -> _Known | None:
    outlines = places.countries()
    if outlines is None:
        return None
    shapes = outlines.shapes.copy()
    middles, radii, of = _circles(shapes)
    grid = _grid(shapes)
    shapely.prepare(shapes)
    shapely.intersects(shapes, shapely.Point(0, 0))  # the first question makes an index; after it, many may ask at once
    return _Known(tuple(outlines.codes.tolist()), shapes, shapely.STRtree(shapes), grid, middles, radii, of)


def _circles(shapes: npt.NDArray[np.object_]) -> tuple[Vectors, Degrees, Numbers]:
    """A circle around each piece of land: middle, radius in radians, and the number of its country."""
    pieces, of = shapely.get_parts(shapes, return_index=True)
    corners, piece = shapely.get_coordinates(shapely.segmentize(pieces, places.CORNERS_APART), return_index=True)
    each = vectors(corners[:, 1], corners[:, 0])
    sums = np.column_stack([np.bincount(piece, each[:, axis]) for axis in range(3)])
    middles = sums / np.linalg.norm(sums, axis=1)[:, None]
    nearness = np.einsum("ij,ij->i", each, middles[piece])
    farthest = np.ones(len(pieces))
    np.minimum.at(farthest, piece, nearness)
    radii: Degrees = np.arccos(farthest) + np.radians(places.CORNERS_APART)
    return middles, radii, of


@lru_cache(maxsize=1024)
def _own(stated: str) -> Flags:
    """By the content of a cell: whether a place in it is surely where its country may be; anywhere, where the outlines have none."""
    known, code = _known(), stated.strip().upper()
    if known is None or not code or code not in known.codes:
        return np.ones(1 if known is None else len(known.codes) + 2, np.bool_)
    accepted = places.accepted_for(code)
    return np.array([one in accepted for one in known.codes] + [False, False])


@cache
def _ground(code: str) -> _Ground:
    corners = shapely.get_coordinates(places.ground_of(code))
    _, of, those = np.unique(np.floor(corners) @ (360, 1), return_index=True, return_inverse=True)
    each = vectors(corners[:, 1], corners[:, 0])
    apart = np.einsum("ij,ij->i", each, each[of][those]).min()
    return _Ground(each, each[of], float(np.arccos(min(apart, 1))))


def _grid(shapes: npt.NDArray[np.object_]) -> Numbers:
    """The countries in cells of one degree, from the south-western corner of the map; band by band, for cells need memory."""
    return np.concatenate([_band(shapes, south) for south in range(-90, 90, _BAND)])


def _band(shapes: npt.NDArray[np.object_], southernmost: int) -> Numbers:
    south, west = np.mgrid[southernmost : southernmost + _BAND, -180:180]
    boxes = shapely.STRtree(shapely.box(west.ravel(), south.ravel(), west.ravel() + 1, south.ravel() + 1))
    _, touched = boxes.query(shapes, predicate="intersects")
    country, held = boxes.query(shapes, predicate="covers")
    alone = (np.bincount(touched, minlength=west.size) == 1)[held]
    grid = np.full(west.size, _SEA, np.int64)
    grid[touched] = _MIXED
    grid[held[alone]] = country[alone]
    return grid.reshape(west.shape)
