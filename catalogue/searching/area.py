"""A piece of the Earth that somebody draws: a box or a polygon, and which places lie in it.

It is written in one line, longitude before latitude as GeoJSON has it: two corners are a box, its western and southern corner
first (``101.5,24.5;103,26``), three or more a polygon. A box whose west is greater than its east goes over the date line, and so
does a polygon with longitudes beyond 180 (``170,50;190,50;180,70``). The edges belong to it.

References
----------
Butler, H. et al. 2016. The GeoJSON format. RFC 7946. doi:10.17487/RFC7946
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.validation import explain_validity

from catalogue.messages import CatalogueError, Message, message

Degrees: TypeAlias = npt.NDArray[np.float64]
MOST_CORNERS = 200
"""More would not fit into an address."""
_LONGEST = 10_000
_FARTHEST = 360.0
"""Longitudes of a polygon over the date line go on beyond 180, but not once more around the Earth."""


class InvalidArea(CatalogueError):
    """A text or a drawing that is no area."""


@dataclass(frozen=True)
class Area:
    """A box or a polygon.

    Parameters
    ----------
    corners : tuple of (longitude, latitude)
        Degrees WGS84; two for a box, three or more for a polygon. Make one with `read_area` or `area_of`, which check them.
    """

    corners: tuple[tuple[float, float], ...]

    def __str__(self) -> str:
        return ";".join(f"{longitude:.10g},{latitude:.10g}" for longitude, latitude in self.corners)

    @property
    def is_box(self) -> bool:
        """Whether it is a box, given by two corners."""
        return len(self.corners) == 2

    @property
    def outline(self) -> tuple[tuple[float, float], ...]:
        """Its corners in their order; those of a box over the date line go on beyond 180."""
        if not self.is_box:
            return self.corners
        (west, south), (east, north) = self.corners
        east = east if east >= west else east + 360
        return ((west, south), (east, south), (east, north), (west, north))


def read_area(written: str) -> Area:
    """An area from its text.

    Raises
    ------
    InvalidArea
        When it is none; the message says why, and what would be one.
    """
    if len(written) > _LONGEST:
        raise InvalidArea(_FORM)
    corners = []
    for pair in written.split(";"):
        numbers = pair.split(",")
        if len(numbers) != 2:
            raise InvalidArea(_FORM)
        try:
            corners.append((float(numbers[0]), float(numbers[1])))
        except ValueError:
            raise InvalidArea(_FORM) from None
    return area_of(corners)


def area_of(corners: list[tuple[float, float]]) -> Area:
    """An area from its corners, longitude before latitude; the last of a polygon need not be the first again.

    Raises
    ------
    InvalidArea
        When a corner is not on the Earth, there are too few or too many, or the outline crosses itself.
    """
    if len(corners) > 2 and corners[0] == corners[-1]:
        corners = corners[:-1]
    if len(corners) < 2:
        raise InvalidArea(_FORM)
    if len(corners) > MOST_CORNERS:
        raise InvalidArea(
            message("An area has {most} corners at most, this one {count}.", most=MOST_CORNERS, count=len(corners))
        )
    for longitude, latitude in corners:
        _refuse_off_the_earth(longitude, latitude, _FARTHEST if len(corners) > 2 else 180.0)
    area = Area(tuple((longitude, latitude) for longitude, latitude in corners))
    _refuse_twisted(area)
    return area


def inside(area: Area, longitudes: Degrees, latitudes: Degrees) -> npt.NDArray[np.bool_]:
    """Which places lie in an area, its edges included; a place that is not known (nan) lies in none.

    Parameters
    ----------
    longitudes, latitudes : array of float
        Degrees WGS84, longitudes from -180 to 180.
    """
    outline = np.array(area.outline)
    (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
    found = np.zeros(len(longitudes), np.bool_)
    polygon = None if area.is_box else shapely.Polygon(outline)
    for turn in (-360.0, 0.0, 360.0):
        if west > 180 + turn or east < turn - 180:
            continue
        near = np.flatnonzero(
            (longitudes + turn >= west) & (longitudes + turn <= east) & (latitudes >= south) & (latitudes <= north)
        )
        if polygon is None:
            found[near] = True
        elif len(near):
            found[near] |= shapely.intersects_xy(polygon, longitudes[near] + turn, latitudes[near])
    return found


_FORM = message(
    "An area is written as longitude,latitude of its corners, for instance 101.5,24.5;103,26 for a box from its south-western to its north-eastern corner."
)


def _refuse_off_the_earth(longitude: float, latitude: float, farthest: float) -> None:
    values = {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}"}
    if abs(latitude) <= 90 and abs(longitude) <= farthest:
        return
    if abs(longitude) <= 90 and abs(latitude) <= farthest:
        raise InvalidArea(
            message("Latitude {latitude} is not on the Earth. Are latitude and longitude swapped?", **values)
        )
    raise InvalidArea(
        message(
            "Latitude {latitude}, longitude {longitude} is not on the Earth: latitude runs from −90 to 90, longitude from −180 to 180.",
            **values,
        )
    )


def _refuse_twisted(area: Area) -> None:
    if area.is_box:
        (_, south), (_, north) = area.corners
        if south > north:
            raise InvalidArea(
                message(
                    "The southern edge ({south}) lies north of the northern edge ({north}). Are they swapped?",
                    south=f"{south:g}",
                    north=f"{north:g}",
                )
            )
        return
    if max(x for x, _ in area.corners) - min(x for x, _ in area.corners) > _FARTHEST:
        raise InvalidArea(message("The area goes around the whole Earth. Draw a smaller one."))
    polygon = shapely.Polygon(area.corners)
    if polygon.convex_hull.area == 0:
        raise InvalidArea(
            message("The corners lie on one line. Move one of them, so that there is an area between them.")
        )
    if not polygon.is_valid:
        raise InvalidArea(_crossing(explain_validity(polygon)))


def _crossing(why: str) -> Message:
    """Where an outline crosses itself, from shapely's words: ``Self-intersection[2 2]``."""
    where = re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", why.partition("[")[2])
    return message(
        "The outline crosses itself near latitude {latitude}, longitude {longitude}. Draw it so that its sides do not cross.",
        latitude=f"{float(where[1]):.4g}",
        longitude=f"{float(where[0]):.4g}",
    )
