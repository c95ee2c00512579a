"""Which outline a point lies in, for many points at once; where outlines overlap, the first one has the point.

Points that lie well inside are looked up in a picture of the outlines, of a tenth of a degree; only those near an edge are compared with
the outlines themselves. Both ways give the same answer, the picture a hundred times faster.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageDraw

Numbers: TypeAlias = npt.NDArray[np.float64]
Keys: TypeAlias = npt.NDArray[np.int64]

NOWHERE = -1
MANY = 50_000
"""From this many points on the picture is worth being drawn."""

_CELLS_OF_A_DEGREE = 10
_EDGE = 5
"""Width of an edge in the picture, in cells: wide enough for the half cells that drawing may be off by."""
_ON_EDGE, _EMPTY = 65535, 65534


class Outlines:
    """Outlines on the Earth of today.

    Parameters
    ----------
    polygons : sequence of shapely.Polygon
        Longitude and latitude in degrees, cut at the date line.
    """

    def __init__(self, polygons: Sequence[shapely.Polygon]) -> None:
        self.polygons = tuple(polygons)
        self.tree = shapely.STRtree(self.polygons)
        shapely.prepare(list(self.polygons))

    def first_at(self, points: Numbers) -> Keys:
        """For each point the first outline that holds it, by its place in `polygons`; `NOWHERE` where none does.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            Longitude and latitude in degrees; -180 to 180, -90 to 90. What lies on the date line is looked for on both sides.
        """
        found = self._first_at(points)
        again = np.flatnonzero((found == NOWHERE) & (np.abs(points[:, 0]) == 180))
        if len(again):
            found[again] = self.compared(points[again] * (-1, 1))
        return found

    def _first_at(self, points: Numbers) -> Keys:
        if len(points) < MANY or len(self.polygons) >= _EMPTY:
            return self.compared(points)
        columns = np.minimum((points[:, 0] + 180) * _CELLS_OF_A_DEGREE, 360 * _CELLS_OF_A_DEGREE - 1).astype(np.int64)
        rows = np.minimum((points[:, 1] + 90) * _CELLS_OF_A_DEGREE, 180 * _CELLS_OF_A_DEGREE - 1).astype(np.int64)
        seen = self._picture[rows, columns].astype(np.int64)
        near = np.flatnonzero(seen == _ON_EDGE)
        seen[seen == _EMPTY] = NOWHERE
        seen[near] = self.compared(points[near])
        return seen

    def compared(self, points: Numbers) -> Keys:
        """The same, each point compared with every outline that may hold it."""
        found = np.full(len(points), NOWHERE, np.int64)
        point, outline = self.tree.query(shapely.points(points))
        order = np.argsort(outline, kind="stable")
        point, outline = point[order], outline[order]
        starts = np.flatnonzero(np.diff(outline, prepend=-1))
        for number, candidates in zip(outline[starts].tolist(), np.split(point, starts[1:]), strict=False):
            open_yet = candidates[found[candidates] == NOWHERE]
            inside = shapely.intersects_xy(self.polygons[number], points[open_yet, 0], points[open_yet, 1])
            found[open_yet[inside]] = number
        return found

    @cached_property
    def _picture(self) -> npt.NDArray[np.uint16]:
        """The number of the first outline in each cell; the later ones are drawn first."""
        size = (360 * _CELLS_OF_A_DEGREE, 180 * _CELLS_OF_A_DEGREE)
        picture = Image.new("I", size, _EMPTY)
        draw = ImageDraw.Draw(picture)
        for number, polygon in reversed(list(enumerate(self.polygons))):
            draw.polygon(_cells(polygon.exterior), fill=number)
        for polygon in self.polygons:
            for ring in (polygon.exterior, *polygon.interiors):
                draw.line(_cells(ring), fill=_ON_EDGE, width=_EDGE, joint="curve")
        for polygon in self._with_holes():
            draw.rectangle(_box(polygon), fill=_ON_EDGE)
        return np.asarray(picture).astype(np.uint16)

    def _with_holes(self) -> list[shapely.LinearRing]:
        return [ring for polygon in self.polygons for ring in polygon.interiors]


def _cells(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    return [((x + 180) * _CELLS_OF_A_DEGREE, (y + 90) * _CELLS_OF_A_DEGREE) for x, y in ring.coords]


def _box(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    west, south, east, north = ring.bounds
    return _cells(shapely.LinearRing([(west, south), (east, north), (west, north)]))[:2]
