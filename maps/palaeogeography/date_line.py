"""Outlines as a flat map needs them: edges that follow great circles, cut at the date line, closed around a pole that they hold."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import affinity

from maps.palaeogeography.outlines import Numbers

STEP = 2.0
"""Longest edge in degrees; a longer arc is followed by several."""
_MAP = shapely.box(-180, -90, 180, 90)


def on_the_map(polygon: shapely.Polygon, step: float = STEP) -> list[shapely.Polygon]:
    """A polygon of the sphere as the polygons of a map from -180 to 180 degrees.

    Parameters
    ----------
    polygon : shapely.Polygon
        Longitude and latitude in degrees, joined by great circles; longitudes may run from 0 to 360 or jump at the date line.
    step : float
        Longest edge in degrees; a longer arc is followed by several.

    Notes
    -----
    A ring that runs once around the Earth holds the pole that is nearer to it.
    """
    coordinates = shapely.get_coordinates(polygon.exterior)
    if _is_cut(coordinates):
        return list(_polygons(shapely.make_valid(polygon)))
    whole = shapely.make_valid(shapely.Polygon(_unrolled(coordinates, step)))
    for hole in polygon.interiors:
        opened = shapely.make_valid(shapely.Polygon(_unrolled(shapely.get_coordinates(hole), step)))
        for turn in (-360, 0, 360):
            whole = shapely.difference(whole, affinity.translate(opened, turn))
    west, _, east, _ = whole.bounds
    turns = range(int(np.floor((west + 180) / 360)), int(np.ceil((east + 180) / 360)) + 1)
    return [
        part for turn in turns for part in _polygons(shapely.intersection(affinity.translate(whole, -360 * turn), _MAP))
    ]


def _is_cut(ring: Numbers) -> bool:
    """Whether somebody cut it already: it runs along the date line, and nowhere over it."""
    on_line = (np.abs(ring[:, 0]) >= 179.99) & (np.abs(ring[:, 0]) <= 180)
    jumps = np.abs(np.diff(ring[:, 0])) > 180
    return bool(on_line.sum() > 1 and (np.abs(ring[:, 0]) <= 180).all() and (on_line[1:] & on_line[:-1])[jumps].all())


def _polygons(shape: shapely.Geometry) -> Iterator[shapely.Polygon]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            if not part.is_empty:
                yield part
        elif isinstance(part, shapely.MultiPolygon):
            yield from part.geoms


def _unrolled(ring: Numbers, step: float) -> Numbers:
    """A ring without jumps, as if the map went on beside itself; closed along its pole where it runs around one."""
    ring = along_great_circles(ring, step)
    ring = np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]])
    if abs(ring[-1, 0] - ring[0, 0]) < 180:
        return ring
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[:1]])


def along_great_circles(line: Numbers, step: float = STEP) -> Numbers:
    """A line with corners at most `step` degrees apart, on the shorter great circle between its own corners."""
    longitude, latitude = np.radians(line).T
    on_sphere = np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], 1
    )
    apart = np.arccos(np.clip((on_sphere[:-1] * on_sphere[1:]).sum(1), -1, 1))
    if np.degrees(apart.max(initial=0)) <= step:
        return line
    pieces = [line[:1]]
    for number, angle in enumerate(apart.tolist()):
        parts = int(np.ceil(np.degrees(angle) / step))
        if parts > 1 and np.degrees(angle) < 179.9:
            share = np.arange(1, parts)[:, None] / parts
            between = (np.sin((1 - share) * angle) * on_sphere[number] + np.sin(share * angle) * on_sphere[number + 1]) / np.sin(angle)  # fmt: skip
            pieces.append(
                np.degrees(
                    np.stack([np.arctan2(between[:, 1], between[:, 0]), np.arcsin(np.clip(between[:, 2], -1, 1))], 1)
                )
            )
        pieces.append(line[number + 1 : number + 2])
    return np.vstack(pieces)
