"""Places on the Earth of today: the outlines of the land, and whether coordinates fit the country that a label states.

The outlines are Natural Earth's at 1:110 million, from the copy that pyogrio brings along. At that scale borders are tens of
kilometres off, small islands are missing, and some borders are contested; so the map draws land without borders, and
a doubt is raised only where neither can explain it. That coordinates stand in for an unknown place is asked by `maps.centres`.

References
----------
Natural Earth, 1:110m Cultural Vectors, public domain.
"""

import json
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import Geometry

from catalogue.messages import Message, message
from maps import centres, outlines
from maps.encoded_lines import encoded
from maps.outlines import Outlines

if TYPE_CHECKING:
    import geopandas

COUNTRIES = outlines.installed()

BORDER_TOLERANCE_KM = 60.0
"""How far beyond a border of our coarse outlines a place may lie without a doubt."""

SEA_TOLERANCE_KM = 400.0
"""How far from its country a place in the sea may lie without a doubt: it may be on an island that the outlines leave out."""

CORNERS_APART = 0.1
"""Degrees between the corners of an outline: distances are right to some 6 km."""

# Codes that a label may state for a place which the outlines give to another code: dependent territories, and land that more
# than one state claims. Both codes are then accepted, in both directions; a map is no judge of claims.
_SAME_GROUND = (
    *(
        "FR GF GP MQ RE YT NC PF TF PM BL MF WF",
        "NO SJ BV",
        "GB GG JE IM GI BM FK GS SH IO PN TC VG KY AI MS",
        "DK GL FO",
    ),
    *("US PR VI GU AS MP UM", "NL AW CW SX BQ", "FI AX", "AU CX CC NF HM", "NZ CK NU TK", "CN HK MO TW", "ES EA IC"),
    *(
        "AR FK GS",
        "RU UA",
        "RS XK",
        "CY TR",
        "SO ET",
        "MA EH DZ MR",
        "IL PS SY LB JO EG",
        "IN PK CN",
        "IN CN BT NP",
        "SD SS EG",
    ),
    *(
        "AM AZ",
        "GE RU",
        "MD RU UA",
        "JP RU",
        "KP KR",
        "ER ET DJ",
        "KG TJ UZ",
        "GY VE SR GF",
        "BZ GT",
        "KE SS ET",
        "TH KH",
    ),
)


@cache
def countries() -> Outlines | None:
    """The countries of Natural Earth with their ISO alpha-2 codes; None where the file is not installed."""
    return outlines.read(COUNTRIES)


@cache
def land() -> "geopandas.GeoDataFrame | None":
    """The land of the Earth as one outline each for continent and island, without borders; None where the file is missing.

    Coordinates are degrees WGS84, rounded to two decimals.
    """
    known = countries()
    if known is None:
        return None
    import geopandas  # here, for an import of records asks about places too, and is spared its memory

    whole = shapely.set_precision(shapely.union_all(known.shapes), 0.01)
    return geopandas.GeoDataFrame(geometry=[whole], crs="EPSG:4326").explode(ignore_index=True)


@cache
def land_json() -> str | None:
    """`land` as the text of a JSON list, some 20 kB; None where the file is missing.

    A polygon is a list of rings, and a ring a text of numbers: longitude and latitude of its first corner in hundredths of a degree, then
    the way to each next one, each as an encoded polyline has them. That is a quarter of what GeoJSON takes.

    References
    ----------
    Google Maps Platform, Encoded Polyline Algorithm Format.
    """
    pieces = land()
    if pieces is None:
        return None
    polygons = [
        [encoded(shapely.get_coordinates(ring), 100) for ring in (shape.exterior, *shape.interiors)]
        for shape in pieces.geometry
    ]
    return json.dumps(polygons, separators=(",", ":"))


@cache
def borders() -> tuple[tuple[tuple[float, float], ...], ...]:
    """The borders between countries as lines, coasts left out; empty where the file is missing.

    Where land is claimed twice, Natural Earth draws who holds it; a map is no judge of claims.
    """
    known = countries()
    if known is None:
        return ()
    edges = shapely.unary_union(shapely.boundary(known.shapes))
    coast = shapely.buffer(shapely.union_all(known.shapes).boundary, 1e-6)
    lines = shapely.get_parts(shapely.line_merge(shapely.difference(edges, coast)))
    return tuple(tuple((round(x, 2), round(y, 2)) for x, y in line.coords) for line in lines)


def borders_json() -> str:
    """`borders` as the text of a JSON list."""
    return json.dumps(borders(), separators=(",", ":"))


def country_at(latitude: float, longitude: float) -> str | None:
    """The country at a place, as Natural Earth draws it; where land is claimed twice, that is no judgement.

    Parameters
    ----------
    latitude, longitude : float
        Degrees WGS84.

    Returns
    -------
    str or None
        ISO alpha-2 code; None in the sea, on ground without a code, and where the outlines are missing.
    """
    known = countries()
    if known is None:
        return None
    hits = known.boxes.query(shapely.Point(longitude, latitude), predicate="intersects")
    return str(known.codes[hits[0]]) or None if len(hits) else None


def check_place(latitude: float, longitude: float, country_code: str = "") -> list[Message]:
    """Doubts about coordinates that may still be right.

    Parameters
    ----------
    latitude, longitude : float
        Degrees WGS84.
    country_code : str
        ISO alpha-2 code of the stated country; blank when none is stated.

    Returns
    -------
    list of Message
        Empty when there is nothing to ask about.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return [_off_the_earth(latitude, longitude)]
    if latitude == 0 and longitude == 0:
        return [message("Latitude 0, longitude 0 lies in the Gulf of Guinea; it often stands for “unknown”.")]
    doubts = []
    if latitude == longitude:
        doubts.append(
            message("Latitude and longitude are the same, {latitude}. Was one typed twice?", latitude=f"{latitude:g}")
        )
    code = country_code.strip().upper()
    doubts.extend(_outside(latitude, longitude, code))
    doubts.extend(centres.doubts(latitude, longitude, code, known_centres()))
    return doubts


@cache
def known_centres() -> dict[str, list[centres.Point]]:
    """All centres of each country, by its code, as latitude and longitude in degrees."""
    return centres.centres(countries())


def _off_the_earth(latitude: float, longitude: float) -> Message:
    values = {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}"}
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return message("Latitude {latitude} is not on the Earth. Are latitude and longitude swapped?", **values)
    return message(
        "Latitude {latitude}, longitude {longitude} is not on the Earth: latitude runs from −90 to 90, longitude from −180 to 180.",
        **values,
    )


def _outside(latitude: float, longitude: float, code: str) -> list[Message]:
    outline, ground = _outline_of(frozenset({code})), ground_of(code)
    if outline is None or ground is None:
        return []
    on_land = country_at(latitude, longitude) is not None
    if _distance_km(ground, latitude, longitude) <= (BORDER_TOLERANCE_KM if on_land else SEA_TOLERANCE_KM):
        return []
    doubt = _slip(ground, latitude, longitude) or (_OUTSIDE if on_land else _IN_THE_SEA)
    return [
        Message(doubt.template, {"country": code, "distance": _rounded(_distance_km(outline, latitude, longitude))})
    ]


_OUTSIDE = message("The coordinates lie about {distance} km outside the stated country ({country}).")
_IN_THE_SEA = message(
    "The coordinates lie in the sea, about {distance} km from the stated country ({country}). Small islands are missing from our outlines."
)
_SWAPPED = message(
    "The coordinates lie about {distance} km outside the stated country ({country}). Are latitude and longitude swapped?"
)
_EAST_AND_WEST = message(
    "The coordinates lie about {distance} km outside the stated country ({country}). Are east and west mixed up?"
)
_NORTH_AND_SOUTH = message(
    "The coordinates lie about {distance} km outside the stated country ({country}). Are north and south mixed up?"
)


def _slip(ground: Geometry, latitude: float, longitude: float) -> Message | None:
    """The question about the usual slip that would bring the place into its country; None when none does."""
    slips = (
        (longitude, latitude, _SWAPPED),
        (latitude, -longitude, _EAST_AND_WEST),
        (-latitude, longitude, _NORTH_AND_SOUTH),
    )
    for mended_latitude, mended_longitude, question in slips:
        if abs(mended_latitude) <= 90 and ground.covers(shapely.Point(mended_longitude, mended_latitude)):
            return question
    return None


def accepted_for(code: str) -> set[str]:
    """The codes to which the outlines may give ground that a label states to be of `code`."""
    return {code}.union(*(group.split() for group in _SAME_GROUND if code in group.split()))


def ground_of(code: str) -> Geometry | None:
    """The ground that the outlines may give to a country, prepared for many questions; None when they have none of it."""
    return _outline_of(frozenset(accepted_for(code)))


@cache
def _outline_of(codes: frozenset[str]) -> Geometry | None:
    """The ground of some countries together, with corners close to one another; None when the outlines know none of them."""
    known = countries()
    chosen = () if known is None else known.shapes[np.isin(known.codes, list(codes))]
    if not len(chosen):
        return None
    outline = shapely.segmentize(shapely.union_all(chosen), CORNERS_APART)
    shapely.prepare(outline)
    outline.covers(shapely.Point(0, 0))  # the first question makes its index; after it, many may ask at once
    return outline


def _distance_km(outline: Geometry, latitude: float, longitude: float) -> float:
    """Great-circle distance to the nearest corner of an outline; 0 inside."""
    if outline.covers(shapely.Point(longitude, latitude)):
        return 0.0
    return float(centres.distances_km(shapely.get_coordinates(outline), latitude, longitude).min())


def _rounded(distance: float) -> int:
    """A distance in km as one would say it: to ten, above a thousand to a hundred."""
    step = 100 if distance >= 1000 else 10
    return round(distance / step) * step
