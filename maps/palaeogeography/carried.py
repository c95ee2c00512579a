"""Land, borders and plates as they lay at an age: the outlines of today, cut along the plates and carried with them.

These are today's coastlines on ancient plates, not ancient shores: seas rose and fell, and rocks were folded since. Whoever shows them
must say so.

References
----------
Natural Earth, 1:110m, public domain; the plates by the model.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from maps.palaeogeography.date_line import on_the_map
from maps.palaeogeography.models import PlateModel
from maps.palaeogeography.rotations import Numbers, turn_each
from maps.places import countries

Ring: TypeAlias = list[list[float]]
Offsets: TypeAlias = npt.NDArray[np.int64]

_CORNERS_APART = 2.0
"""Degrees between the corners of an outline, so that a long edge bends as it should when it is turned."""
_EDGE_TOLERANCE = 0.1
"""Degrees by which edges of plates may be off."""
_LEAST_AREA = 0.2
"""Square degrees; smaller splinters of land that the cutting leaves are not drawn."""


@dataclass(frozen=True)
class CarriedPiece:
    """A piece of land or of a border on one plate, as it is today.

    Parameters
    ----------
    plate : int
    oldest_ma : float
        Since when its ground is there.
    outline : shapely.Polygon or shapely.LineString
        Longitude and latitude in degrees.
    """

    plate: int
    oldest_ma: float
    outline: shapely.Polygon | shapely.LineString = field(repr=False)


@lru_cache(maxsize=4)
def land_pieces(model: PlateModel) -> tuple[CarriedPiece, ...]:
    """The land of today, cut along the plates of a model; empty where Natural Earth is not installed."""
    known = countries()
    if known is None:
        return ()
    land = shapely.union_all(known.shapes)
    return tuple(_cut(model, land, shapely.Polygon))


@lru_cache(maxsize=4)
def border_pieces(model: PlateModel) -> tuple[CarriedPiece, ...]:
    """The borders of today's countries, cut along the plates of a model."""
    known = countries()
    if known is None:
        return ()
    outlines = known.shapes
    borders = shapely.difference(
        shapely.union_all(shapely.boundary(outlines)), shapely.boundary(shapely.union_all(outlines))
    )
    borders = shapely.line_merge(borders)
    return tuple(_cut(model, borders, shapely.LineString))


@lru_cache(maxsize=4)
def plate_edges(model: PlateModel) -> tuple[CarriedPiece, ...]:
    """The outlines of the pieces of plates, as lines."""
    return tuple(
        CarriedPiece(plate.plate, plate.oldest_ma, shapely.segmentize(shapely.LineString(ring), _CORNERS_APART))
        for plate in model.plates
        for ring in (shapely.simplify(plate.outline, _EDGE_TOLERANCE).exterior,)
    )


def polygons_at(model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float) -> list[list[Ring]]:
    """Polygons as they lay at an age, cut at the date line: for each its rings, of points of longitude and latitude.

    Pieces whose ground was not there yet, or that the model does not follow so far, are left out.
    """
    present, turned, corners, rings = _turned(model, pieces, age_ma)
    crossing = np.zeros(len(corners) - 1, bool)
    crossing[_of_parts(corners, np.flatnonzero(np.abs(np.diff(turned[:, 0])) > 180))] = True
    rounded = np.round(turned, 2).tolist()
    found: list[list[Ring]] = []
    for number in range(len(present)):
        of_piece = range(rings[number], rings[number + 1])
        if crossing[of_piece.start : of_piece.stop].any():
            outer, *holes = [turned[corners[ring] : corners[ring + 1]] for ring in of_piece]
            parts = on_the_map(shapely.Polygon(outer, holes), 180.0)
            found += [[_rounded(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts]
        else:
            found.append([rounded[corners[ring] : corners[ring + 1]] for ring in of_piece])
    return found


def lines_at(model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float) -> list[Ring]:
    """Lines as they lay at an age, parted where they cross the date line."""
    _, turned, corners, _ = _turned(model, pieces, age_ma)
    jumps = np.flatnonzero(np.abs(np.diff(turned[:, 0])) > 180) + 1
    parts = np.split(np.round(turned, 2), np.union1d(corners[1:-1], jumps))
    return [part.tolist() for part in parts if len(part) > 1]


def _turned(
    model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float
) -> tuple[list[CarriedPiece], Numbers, Offsets, Offsets]:
    """The pieces that were there, all their corners as they lay, where each ring begins among these, and each piece among the rings."""
    present = [piece for piece in pieces if age_ma <= piece.oldest_ma and model.rotations.of(piece.plate, age_ma)]
    if not present:
        return [], np.empty((0, 2)), np.zeros(1, np.int64), np.zeros(1, np.int64)
    _, points, offsets = shapely.to_ragged_array([piece.outline for piece in present])
    corners = offsets[0]
    rings = offsets[1] if len(offsets) > 1 else np.arange(len(corners))
    rotations = np.array([model.rotations.of(piece.plate, age_ma) for piece in present])
    of_corner = np.repeat(np.arange(len(present)), np.diff(corners[rings]))
    return present, turn_each(points, rotations[of_corner]), corners, rings


def _of_parts(corners: Offsets, jumps: Offsets) -> Offsets:
    """The rings in which points lie that are followed by a jump; from the end of one ring to the next there is none."""
    ring = np.searchsorted(corners, jumps, side="right") - 1
    within: Offsets = ring[jumps + 1 < corners[ring + 1]]
    return within


def _cut(model: PlateModel, whole: shapely.Geometry, kind: type) -> Iterator[CarriedPiece]:
    """The parts of an outline on each plate; where plates overlap, the first one has it."""
    for rest in shapely.get_parts(whole):
        for number in sorted(model.outlines.tree.query(rest, predicate="intersects").tolist()):
            plate = model.plates[number]
            part = shapely.intersection(rest, plate.outline)
            rest = shapely.difference(rest, plate.outline)
            for outline in shapely.get_parts(shapely.segmentize(part, _CORNERS_APART)):
                if isinstance(outline, kind) and (kind is shapely.LineString or shapely.area(outline) >= _LEAST_AREA):
                    yield CarriedPiece(plate.plate, plate.oldest_ma, shapely.orient_polygons(outline))


def _rounded(points: Iterable[Iterable[float]]) -> Ring:
    return [[round(float(value), 2) for value in point] for point in points]
