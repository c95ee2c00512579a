"""Finds as GeoDataFrames: places where something was found, the nearest of them, and places so close that they may be one.

Records come as the person who asks may see them, so a withheld site is as coarse here as everywhere. Distances are along great circles
of a sphere of 6371 km, right to half a per cent; nothing changes at the date line or at the poles.
"""

from collections.abc import Iterable

import geopandas
import numpy as np
import pandas as pd
import shapely

from catalogue.records import UNKNOWN, Specimen
from maps.great_circle import angles
from maps.palaeogeography.outlines import Numbers

RADIUS_KM = 6371.0088
"""Mean radius of the Earth."""
_KM_OF_A_DEGREE = np.pi * RADIUS_KM / 180
WGS84 = "EPSG:4326"


def finds(specimens: Iterable[Specimen], language: str = "en") -> geopandas.GeoDataFrame:
    """The specimens that have coordinates, one row each.

    Parameters
    ----------
    specimens : iterable of Specimen
    language : str
        Of the names of places and formations, where a record has them in several.

    Returns
    -------
    GeoDataFrame
        Columns `occurrence_id`, `taxon` (the genus, or the wider group that is named), `formation`, `locality`, `max_ma`, `min_ma` and
        the place in degrees WGS84.
    """
    listed = [one for one in specimens if one.decimal_longitude is not None and one.decimal_latitude is not None]
    table = pd.DataFrame(
        [(one.occurrence_id, one.genus or one.scientific_name, one.text("formation", language), _known(one.text("locality", language)), one.max_ma, one.min_ma) for one in listed],
        columns=["occurrence_id", "taxon", "formation", "locality", "max_ma", "min_ma"],
    )  # fmt: skip
    places = geopandas.points_from_xy(
        [one.decimal_longitude for one in listed], [one.decimal_latitude for one in listed]
    )
    return geopandas.GeoDataFrame(table, geometry=places, crs=WGS84)


def localities(found: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The places of finds: those with the same coordinates are one place.

    Parameters
    ----------
    found : GeoDataFrame
        As `finds` gives it.

    Returns
    -------
    GeoDataFrame
        A row for each place, that with the most finds first: its `name` (the longest that its records give), `formation` (the one most often given),
        `finds`, `taxa` and the keys of its records as `occurrence_ids`.
    """
    empty = geopandas.GeoDataFrame(
        {"name": [], "formation": [], "finds": [], "taxa": [], "occurrence_ids": []}, geometry=[], crs=WGS84
    )
    if found.empty:
        return empty
    grouped = found.groupby([found.geometry.x, found.geometry.y], sort=False)
    table = grouped.agg(
        name=("locality", lambda texts: max(texts, key=len)),
        formation=("formation", _most_frequent),
        finds=("occurrence_id", "size"),
        taxa=("taxon", "nunique"),
        occurrence_ids=("occurrence_id", list),
    )
    longitude, latitude = (table.index.get_level_values(level) for level in (0, 1))
    places = geopandas.GeoDataFrame(
        table.reset_index(drop=True), geometry=geopandas.points_from_xy(longitude, latitude), crs=WGS84
    )
    return places.sort_values("finds", ascending=False, kind="stable", ignore_index=True)


def nearest(places: geopandas.GeoDataFrame, longitude: float, latitude: float, most: int = 5) -> geopandas.GeoDataFrame:
    """The places nearest to a point, nearest first, with `km`: how far they are.

    Parameters
    ----------
    places : GeoDataFrame
        Points in degrees WGS84.
    longitude, latitude : float
        Degrees WGS84.
    """
    apart = distances_km(_points(places), np.array([[longitude, latitude]]))
    order = np.argsort(apart, kind="stable")[:most]
    return places.iloc[order].assign(km=apart[order]).reset_index(drop=True)


def close_pairs(places: geopandas.GeoDataFrame, within_km: float) -> pd.DataFrame:
    """Places that lie so close to one another that they may be the same, closest pair first.

    Parameters
    ----------
    within_km : float
        Up to 500.

    Returns
    -------
    DataFrame
        `one` and `other` (rows of `places`), and `km`.
    """
    points = _points(places)
    north = within_km / _KM_OF_A_DEGREE
    farthest = np.minimum(np.abs(points[:, 1]) + north, 90)
    east = np.where(farthest >= 90, 180, np.degrees(np.arcsin(np.minimum(1, np.sin(np.radians(north)) / np.maximum(np.cos(np.radians(points[:, 1])), 1e-12)))))  # fmt: skip
    pairs = [np.empty((2, 0), np.int64)]
    for turn in (-360, 0, 360):
        boxes = shapely.box(points[:, 0] - east + turn, points[:, 1] - north, points[:, 0] + east + turn, points[:, 1] + north)  # fmt: skip
        pairs.append(places.sindex.query(boxes, predicate="intersects"))
    one, other = np.unique(np.hstack(pairs), axis=1)
    one, other = one[one < other], other[one < other]
    apart = distances_km(points[one], points[other])
    near = apart <= within_km
    table = pd.DataFrame({"one": one[near], "other": other[near], "km": apart[near]})
    return table.sort_values("km", kind="stable", ignore_index=True)


def distances_km(one: Numbers, other: Numbers) -> Numbers:
    """Great-circle distances between points, row by row; arrays of longitude and latitude in degrees."""
    return RADIUS_KM * angles(one, other)


def _points(places: geopandas.GeoDataFrame) -> Numbers:
    points: Numbers = shapely.get_coordinates(places.geometry.to_numpy()).reshape(-1, 2)
    return points


def _known(name: str) -> str:
    return "" if name == UNKNOWN else name


def _most_frequent(texts: pd.Series) -> str:
    filled = texts[texts != ""]
    return "" if filled.empty else str(filled.mode().iloc[0])
