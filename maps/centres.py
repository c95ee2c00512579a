"""Places that stand in for an unknown one: the centre of a country, and the museum that keeps the specimen.

When a label names a country alone, whoever looks up its coordinates finds its centre; when nothing is known, the address of the museum.
Both look like sites on a map. The tests follow CoordinateCleaner (``cc_cen``, ``cc_inst``), with 1 km for both. Centres are those that
reference books give, and those of the outlines that the map itself draws.

References
----------
Zizka, A. et al. 2019. CoordinateCleaner: standardized cleaning of occurrence records from biological collection databases.
Methods in Ecology and Evolution 10: 744-751. doi:10.1111/2041-210X.13152
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from catalogue.facts import read_facts
from catalogue.messages import Message, message
from maps.great_circle import angles
from maps.outlines import Outlines

NEAR_KM = 1.0
"""How near a place must be to a centre, or to a museum, for a doubt; as in CoordinateCleaner."""
EARTH_RADIUS_KM = 6371.0
_EQUAL_AREA = "ESRI:54034"

_MUSEUMS = {
    "AMNH": message("American Museum of Natural History, New York"),
    "CM": message("Carnegie Museum of Natural History, Pittsburgh"),
    "FMNH": message("Field Museum, Chicago"),
    "MB": message("Museum für Naturkunde, Berlin"),
    "SMF": message("Naturmuseum Senckenberg, Frankfurt"),
    "TMP": message("Royal Tyrrell Museum, Drumheller"),
    "USNM": message("National Museum of Natural History, Washington"),
    "YPM": message("Yale Peabody Museum, New Haven"),
    "ZDM": message("Zigong Dinosaur Museum"),
}
"""What the museums of `data/museums.tsv` are called."""

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees WGS84."""


def distances_km(points: npt.NDArray[np.float64], latitude: float, longitude: float) -> npt.NDArray[np.float64]:
    """Great-circle distances in km from a place to some points, which are rows of longitude and latitude in degrees."""
    return EARTH_RADIUS_KM * angles(points, np.array([[longitude, latitude]]))


def doubts(latitude: float, longitude: float, code: str, known: Mapping[str, Sequence[Point]]) -> Iterator[Message]:
    """Whether a place is the centre of the stated country, or a museum.

    Parameters
    ----------
    latitude, longitude : float
        Degrees WGS84.
    code : str
        ISO alpha-2 code of the stated country; blank when none is stated, and then all are looked at.
    known : mapping
        The centres of each country, from `centres`.
    """
    for country, points in known.items():
        if code in ("", country) and (near := _nearest(points, latitude, longitude)) <= NEAR_KM:
            yield message(
                "The coordinates lie {distance} km from the centre of a country ({country}), as if only the country were known. "
                "If so, leave them blank; if the site lies there, say how uncertain they are.",
                distance=_rounded(near),
                country=country,
            )
    for row, place in zip(_museums(), museum_places(), strict=True):
        near = _nearest([place], latitude, longitude)
        if near <= NEAR_KM:
            yield message(
                "The coordinates lie {distance} km from a museum ({museum}). Are they those of the collection? "
                "Write where it was found; if it was found there, all is well.",
                distance=_rounded(near),
                museum=_MUSEUMS.get(row["institution_code"], row["institution_code"]),
            )


def _rounded(distance: float) -> str:
    """A short distance in km as one would say it."""
    return f"{distance:.1f}" if distance >= 0.1 else "< 0.1"


def _nearest(points: Sequence[Point], latitude: float, longitude: float) -> float:
    there = np.array([(east, north) for north, east in points], np.float64)
    return float(distances_km(there, latitude, longitude).min())


def museum_places() -> list[Point]:
    """Where the museums are whose place is known."""
    return [(float(row["latitude"]), float(row["longitude"])) for row in _museums()]


@cache
def _museums() -> list[dict[str, str]]:
    """The museums whose place is known."""
    return [row for row in read_facts("museums.tsv") if row["latitude"]]


def centres(outlines: Outlines | None) -> dict[str, list[Point]]:
    """All centres of each country, by its code: of books, and of outlines where there are any."""
    known = {
        row["country_code"]: [(float(row["latitude"]), float(row["longitude"]))]
        for row in read_facts("places/country_centres.tsv")
    }
    if outlines is not None:
        level = pyproj.Transformer.from_crs("EPSG:4326", _EQUAL_AREA, always_xy=True)
        middle = shapely.centroid(shapely.transform(outlines.shapes, level.transform, interleaved=False))
        east, north = level.transform(shapely.get_x(middle), shapely.get_y(middle), direction="INVERSE")
        for code, point in zip(outlines.codes.tolist(), zip(north.tolist(), east.tolist(), strict=True), strict=True):
            known.setdefault(code, []).append(point)
    return known
