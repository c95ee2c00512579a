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

import antimeridian
import numpy as np
import shapely

from maps.palaeogeography.models import PlateModel
from maps.palaeogeography.rotations import Quaternion, turn
from maps.places import countries

Ring: TypeAlias = list[list[float]]

_CORNERS_APART = 2.0
"""Degrees between the corners of an outline, so that a long edge bends as it should when it is turned."""
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
    land = shapely.union_all(known.geometry.to_numpy())
    return tuple(_cut(model, land, shapely.Polygon))


@lru_cache(maxsize=4)
def border_pieces(model: PlateModel) -> tuple[CarriedPiece, ...]:
    """The borders of today's countries, cut along the plates of a model."""
    known = countries()
    if known is None:
        return ()
    borders = shapely.union_all(shapely.boundary(known.geometry.to_numpy()))
    return tuple(_cut(model, borders, shapely.LineString))


def polygons_at(model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float) -> list[list[Ring]]:
    """Polygons as they lay at an age, cut at the date line: for each its rings, of points of longitude and latitude.

    Pieces whose ground was not there yet, or that the model does not follow so far, are left out.
    """
    return [
        [_rounded(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
        for piece, rotation in _present(model, pieces, age_ma)
        for polygon in _turned(piece.outline, rotation)
    ]


def lines_at(model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float) -> list[Ring]:
    """Lines as they lay at an age, parted where they cross the date line."""
    return [
        _rounded(line)
        for piece, rotation in _present(model, pieces, age_ma)
        for line in _parted(turn(shapely.get_coordinates(piece.outline), rotation))
    ]


def _present(
    model: PlateModel, pieces: Iterable[CarriedPiece], age_ma: float
) -> Iterator[tuple[CarriedPiece, Quaternion]]:
    for piece in pieces:
        rotation = model.rotations.of(piece.plate, age_ma) if age_ma <= piece.oldest_ma else None
        if rotation is not None:
            yield piece, rotation


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


def _turned(polygon: shapely.Polygon, rotation: Quaternion) -> list[shapely.Polygon]:
    """A polygon turned, and parted at the date line; its rings run as they did, so that what is inside stays inside."""
    rings = [turn(shapely.get_coordinates(ring), rotation) for ring in (polygon.exterior, *polygon.interiors)]
    fixed = antimeridian.fix_polygon(shapely.Polygon(rings[0], rings[1:]), fix_winding=False)
    return [part for part in shapely.get_parts(fixed) if isinstance(part, shapely.Polygon)]


def _parted(line: np.ndarray) -> list[np.ndarray]:
    jumps = np.flatnonzero(np.abs(np.diff(line[:, 0])) > 180) + 1
    return [part for part in np.split(line, jumps) if len(part) > 1]


def _rounded(points: Iterable[Iterable[float]]) -> Ring:
    return [[round(float(value), 2) for value in point] for point in points]
