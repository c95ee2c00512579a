"""Places on the Earth of today: the outlines of the land, and whether coordinates fit the country that a label states.

The outlines are Natural Earth's at 1:110 million, from the copy that pyogrio brings along. At that scale borders are tens of
kilometres off, small islands are missing, and some borders are contested; so the map draws land without borders, and
a doubt is raised only where neither can explain it.

References
----------
Natural Earth, 1:110m Cultural Vectors, public domain.
"""

import json
import math
from functools import cache
from pathlib import Path

import geopandas
import pyogrio
import shapely
from babel.core import get_global
from shapely import Geometry

from catalogue.messages import Message, message

COUNTRIES = Path(pyogrio.__file__).parent / "tests" / "fixtures" / "naturalearth_lowres" / "naturalearth_lowres.shp"

BORDER_TOLERANCE_KM = 60.0
"""How far beyond a border of our coarse outlines a place may lie without a doubt."""

SEA_TOLERANCE_KM = 400.0
"""How far from its country a place in the sea may lie without a doubt: it may be on an island that the outlines leave out."""

_EARTH_RADIUS_KM = 6371.0

_UNCODED = {"France": "FR", "Norway": "NO", "N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}

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
def countries() -> geopandas.GeoDataFrame | None:
    """The countries of Natural Earth with their ISO alpha-2 `code`; None where the file is not installed."""
    if not COUNTRIES.exists():
        return None
    table = geopandas.read_file(COUNTRIES)[["name", "iso_a3", "geometry"]]
    table["code"] = [_alpha_2(iso, name) for iso, name in zip(table["iso_a3"], table["name"], strict=True)]
    return table.drop(columns="iso_a3")


@cache
def land() -> geopandas.GeoDataFrame | None:
    """The land of the Earth as one outline each for continent and island, without borders; None where the file is missing.

    Coordinates are degrees WGS84, rounded to two decimals.
    """
    table = countries()
    if table is None:
        return None
    whole = shapely.set_precision(table.geometry.union_all(), 0.01)
    return geopandas.GeoDataFrame(geometry=[whole], crs="EPSG:4326").explode(ignore_index=True)


@cache
def land_json() -> str | None:
    """`land` as the text of a GeoJSON MultiPolygon, below 100 kB; None where the file is missing."""
    outlines = land()
    if outlines is None:
        return None
    polygons = [[_ring(ring) for ring in (shape.exterior, *shape.interiors)] for shape in outlines.geometry]
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":"))


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
    table = countries()
    if table is None:
        return None
    hits = table.sindex.query(shapely.Point(longitude, latitude), predicate="intersects")
    return str(table["code"].iloc[hits[0]]) or None if len(hits) else None


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
    doubts.extend(_outside(latitude, longitude, country_code.strip().upper()))
    return doubts


def _off_the_earth(latitude: float, longitude: float) -> Message:
    values = {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}"}
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return message("Latitude {latitude} is not on the Earth. Are latitude and longitude swapped?", **values)
    return message(
        "Latitude {latitude}, longitude {longitude} is not on the Earth: latitude runs from −90 to 90, longitude from −180 to 180.",
        **values,
    )


def _outside(latitude: float, longitude: float, code: str) -> list[Message]:
    ground = _ground_of(code)
    if ground is None:
        return []
    distance = _distance_km(ground, latitude, longitude)
    on_land = country_at(latitude, longitude) is not None
    if distance <= (BORDER_TOLERANCE_KM if on_land else SEA_TOLERANCE_KM):
        return []
    template = _slip(ground, latitude, longitude)
    if template is None:
        template = _OUTSIDE if on_land else _IN_THE_SEA
    return [Message(template.template, {"country": code, "distance": _rounded(distance)})]


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


@cache
def _ground_of(code: str) -> Geometry | None:
    """All ground that a stated code may mean; None for a code that the outlines do not know."""
    table = countries()
    if table is None or not code or code not in set(table["code"]):
        return None
    accepted = {code}.union(*(group.split() for group in _SAME_GROUND if code in group.split()))
    return table.loc[table["code"].isin(accepted)].geometry.union_all()


def _distance_km(ground: Geometry, latitude: float, longitude: float) -> float:
    """Great-circle distance to the nearest edge of an outline, also across the date line; 0 inside."""
    distances = []
    for turn in (-360.0, 0.0, 360.0):
        way = shapely.shortest_line(shapely.Point(longitude + turn, latitude), ground)
        (east, north), (other_east, other_north) = way.coords
        distances.append(_great_circle_km(north, east, other_north, other_east))
    return min(distances)


def _great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    half_north, half_east = (other_north - north) / 2, math.radians(other_longitude - longitude) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def _rounded(distance: float) -> int:
    """A distance in km as one would say it: to ten, above a thousand to a hundred."""
    step = 100 if distance >= 1000 else 10
    return round(distance / step) * step


def _ring(ring: shapely.LinearRing) -> list[list[float]]:
    return [[round(x, 2), round(y, 2)] for x, y in ring.coords]


def _alpha_2(iso: str, name: str) -> str:
    if name in _UNCODED:
        return _UNCODED[name]
    aliases = get_global("territory_aliases").get(iso, ())
    return str(aliases[0]) if aliases else ""
