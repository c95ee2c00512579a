"""How much of the Earth the finds of a taxon span: the hull around its places, and the area of the cells that hold some.

The hull is measured in Lambert's azimuthal equal-area projection about the middle of the places, so that it means the same on the equator,
at a pole and across the date line. It needs three places that do not lie on one line. Both say where somebody found and published
something: where rocks of that age are, and collectors were, not where the animal lived.

References
----------
IUCN Standards and Petitions Committee 2024. Guidelines for Using the IUCN Red List Categories and Criteria, version 16: extent of occurrence
(hull) and area of occupancy (cells).
"""

from dataclasses import dataclass
from functools import cache

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from catalogue.messages import Message, message
from maps.localities import RADIUS_KM, WGS84, distances_km
from maps.palaeogeography.outlines import Numbers

FEWEST_PLACES = 3
"""For a hull."""
EQUAL_AREA = "EPSG:6933"
"""A cylindrical equal-area projection of the whole Earth; its cells are boxes of longitude and latitude."""
_ROWS = 1_000_000
"""More than there are rows of cells."""
CELL_KM = 100.0
_FARTHEST = 90.0
"""Degrees from the middle; a hull around more than half of the Earth says nothing."""
_FLAT_KM2 = 1.0


@dataclass(frozen=True)
class Span:
    """The part of the Earth that finds span.

    Parameters
    ----------
    finds, places : int
        How many, and at how many places.
    hull_km2 : float or None
        Area of the hull.
    hull : shapely.Geometry or None
        In degrees WGS84, cut at the date line.
    why_not : Message or None
        Why there is no hull.
    cells : int
        Cells that hold a find.
    occupied_km2 : float
        Their area.
    """

    finds: int
    places: int
    hull_km2: float | None
    hull: shapely.Geometry | None
    why_not: Message | None
    cells: int
    occupied_km2: float


def span_of(found: geopandas.GeoDataFrame, cell_km: float = CELL_KM) -> Span:
    """The part of the Earth that some finds span.

    Parameters
    ----------
    found : GeoDataFrame
        As `maps.localities.finds` gives it.
    cell_km : float
        Side of a cell.
    """
    points = np.unique(shapely.get_coordinates(found.geometry.to_numpy()).reshape(-1, 2), axis=0)
    cells = len(np.unique(cells_of(points, cell_km), axis=0)) if len(found) else 0
    hull, area, why_not = _hull(points)
    return Span(len(found), len(points), area, hull, why_not, cells, cells * cell_km**2)


def spans(found: geopandas.GeoDataFrame, cell_km: float = CELL_KM) -> dict[str, Span]:
    """The same for each taxon of some finds, those with the most finds first."""
    counted = found["taxon"].value_counts()
    return {str(taxon): span_of(found[found["taxon"] == taxon], cell_km) for taxon in counted.index if taxon}


def cells_of(points: Numbers, cell_km: float) -> Numbers:
    """For each place, a row of longitude and latitude, the column and row of its cell.

    Cells have equal areas and are counted from longitude 0 and the equator.
    """
    projected = np.stack(_to_equal_area().transform(*points.T), axis=1)
    cells: Numbers = np.floor(projected / (cell_km * 1000))
    return cells


def keys_of_cells(points: Numbers, cell_km: float) -> npt.NDArray[np.int64]:
    """For each place one number that tells its cell from all others; see `cells_of`."""
    column, row = cells_of(points, cell_km).astype(np.int64).T
    keys: npt.NDArray[np.int64] = column * _ROWS + row
    return keys


def cells_of_keys(keys: npt.NDArray[np.int64]) -> Numbers:
    """The columns and rows of cells by such numbers, a row for each."""
    rows = (keys + _ROWS // 2) % _ROWS - _ROWS // 2
    return np.stack([(keys - rows) // _ROWS, rows], axis=1).astype(np.float64)


@cache
def _to_equal_area() -> Transformer:
    return Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)


def _hull(points: Numbers) -> tuple[shapely.Geometry | None, float | None, Message | None]:
    if len(points) < FEWEST_PLACES:
        return None, None, message("A hull needs {fewest} places; there are {n}.", fewest=FEWEST_PLACES, n=len(points))
    middle = _middle(points)
    if middle is None or _farthest(points, middle) >= _FARTHEST:
        return None, None, message("The places lie all around the Earth; a hull says nothing.")
    flat = f"+proj=laea +lon_0={middle[0]} +lat_0={middle[1]} +datum=WGS84 +units=m"
    projected = geopandas.GeoSeries(geopandas.points_from_xy(*points.T), crs=WGS84).to_crs(flat)
    hull = shapely.convex_hull(shapely.union_all(projected.to_numpy()))
    area = float(shapely.area(hull)) / 1e6
    if area < _FLAT_KM2:
        return None, None, message("The places lie on one line; they span no area.")
    drawn = geopandas.GeoSeries([shapely.segmentize(hull, 100_000)], crs=flat).to_crs(WGS84).iloc[0]
    return drawn, area, None


def _middle(points: Numbers) -> tuple[float, float] | None:
    longitude, latitude = np.radians(points).T
    x, y, z = (np.cos(latitude) * np.cos(longitude)).mean(), (np.cos(latitude) * np.sin(longitude)).mean(), np.sin(latitude).mean()  # fmt: skip
    if np.hypot(np.hypot(x, y), z) < 1e-6:
        return None
    return float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))


def _farthest(points: Numbers, middle: tuple[float, float]) -> float:
    return float(np.degrees(distances_km(points, np.array([middle])).max() / RADIUS_KM))


def table(found: geopandas.GeoDataFrame, cell_km: float = CELL_KM) -> pd.DataFrame:
    """`spans` as a table: taxon, finds, places, hull and occupied area in km²."""
    rows = [(taxon, one.finds, one.places, one.hull_km2, one.occupied_km2) for taxon, one in spans(found, cell_km).items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["taxon", "finds", "places", "hull_km2", "occupied_km2"])
