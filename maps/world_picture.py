"""The whole Earth at one age as a picture to look at, without Leaflet: for lessons, on paper and on a wall.

Land is today's, carried by a plate model, so that the picture must say so; finds are dots for specimens in museums and rings for
published ones. Nothing in it needs a script, and its colours follow the page around it by CSS variables (``--ink``, ``--paper``, ``--sea``,
``--land``), so that it serves by day and by night.

References
----------
Šavrič, B., Patterson, T. and Jenny, B. 2018. The Equal Earth map projection. International Journal of Geographical Information
Science 33: 454-465. doi:10.1080/13658816.2018.1504949
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

import numpy as np
import numpy.typing as npt

from maps.ancient import Carried
from maps.palaeogeography.carried import Ring, land_pieces, polygons_at
from maps.palaeogeography.models import PlateModel
from maps.periods import MapPoint, readable

WIDTH = 1000.0
"""Of the picture, in its own units; the height follows from the projection."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)
"""Coefficients of the projection (Šavrič and others 2018, equation 9)."""
_M = np.sqrt(3) / 2
_PARALLELS = (-60, -30, 0, 30, 60)
_MERIDIANS = range(-180, 181, 30)
_STEP = 5.0
"""Degrees between the corners of a line of the grid."""

STYLE = """
.world{width:100%;height:auto;display:block}
.world .sea{fill:var(--sea,#dfe6e4)}
.world .grid{fill:none;stroke:var(--ink,#2b2620);stroke-width:.6;opacity:.18}
.world .equator{fill:none;stroke:var(--ink,#2b2620);stroke-width:1;stroke-dasharray:5 5;opacity:.4}
.world .land{fill:var(--land,#cfc3a4);stroke:var(--land,#cfc3a4);stroke-width:1.3;stroke-linejoin:round}
.world .find{stroke:var(--ink,#2b2620);stroke-width:1.6}
.world .letter rect{fill:var(--paper,#fff);stroke:var(--ink,#2b2620);stroke-width:2}
.world .letter text{fill:var(--ink,#2b2620);font-size:22px;font-weight:700;text-anchor:middle}
.world .find.published{fill:none;stroke-width:3.4}
"""
"""CSS for one or many of these pictures on a page; give it once."""

Numbers = npt.NDArray[np.float64]


def draw_world(
    carried: Carried,
    model: PlateModel,
    age_ma: float,
    *,
    color: str,
    described: str,
    marked: str = "",
    lettered: Sequence[tuple[str, float, float]] = (),
) -> str:
    """Draw the Earth of an age with finds on it.

    Parameters
    ----------
    carried : Carried
        Finds where they lay, from `maps.ancient.carry` with the same model and age.
    model : PlateModel
        Carries the land.
    age_ma : float
        In Ma; 0 for today.
    color : str
        Of the dots: the official colour of their interval, ``#34B2C9``.
    described : str
        What the picture shows, in a sentence, for whoever cannot see it.
    marked : str
        Key of a find to be drawn larger; blank for none.
    lettered : sequence of (str, float, float)
        Letters to be put on the Earth, each with its longitude and latitude then.

    Returns
    -------
    str
        One ``<svg>`` element; `STYLE` must be on the page.
    """
    dots = _dots(carried.placed, readable(color), marked)
    return (
        f'<svg class="world" viewBox="0 0 {WIDTH:.0f} {_height():.0f}" role="img" aria-label="{escape(described)}">'
        f'<path class="sea" d="{_outline()}"/>{_land(model, age_ma)}<path class="grid" d="{_grid()}"/>'
        f'<path class="equator" d="{_line(_along(np.array([-180.0, 180.0]), np.zeros(2)))}"/>{dots}{_letters(lettered)}</svg>'
    )


def project(longitudes: Numbers, latitudes: Numbers) -> Numbers:
    """Places in the picture, from its upper left corner.

    Parameters
    ----------
    longitudes, latitudes : array of float, shape (n,)
        Degrees.

    Returns
    -------
    array of float, shape (n, 2)
        In the picture's units, see `WIDTH`.
    """
    x, y = _equal_earth(np.asarray(longitudes, np.float64), np.asarray(latitudes, np.float64))
    (widest, _), (_, highest) = (_equal_earth(np.array([180.0]), np.array([0.0]))), _pole()
    scale = WIDTH / (2 * float(widest[0]))
    return np.column_stack([(x + float(widest[0])) * scale, (highest - y) * scale])


def _equal_earth(longitudes: Numbers, latitudes: Numbers) -> tuple[Numbers, Numbers]:
    theta = np.arcsin(_M * np.sin(np.radians(latitudes)))
    square, sixth = theta**2, theta**6
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = np.radians(longitudes) * np.cos(theta) / (_M * slope)
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return x, y


def _pole() -> tuple[float, float]:
    x, y = _equal_earth(np.array([180.0]), np.array([90.0]))
    return float(x[0]), float(y[0])


def _height() -> float:
    return float(project(np.array([0.0]), np.array([-90.0]))[0, 1])


@lru_cache(maxsize=64)
def _land(model: PlateModel, age_ma: float) -> str:
    polygons = polygons_at(model, land_pieces(model), age_ma)
    outlines = "".join(_closed(ring) for polygon in polygons for ring in polygon)
    return f'<path class="land" fill-rule="evenodd" d="{outlines}"/>'


def _closed(ring: Ring) -> str:
    corners = np.array(ring, np.float64)
    return f"{_line(project(corners[:, 0], corners[:, 1]))}Z"


def _line(corners: Numbers) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)


def _along(longitudes: Numbers, latitudes: Numbers) -> Numbers:
    """A line of the grid between two ends, with corners close enough to bend."""
    steps = int(max(np.ptp(longitudes), np.ptp(latitudes)) / _STEP) + 1
    way = np.linspace(0.0, 1.0, steps + 1)
    return project(*(ends[0] + (ends[1] - ends[0]) * way for ends in (longitudes, latitudes)))


@lru_cache(maxsize=1)
def _outline() -> str:
    edges = (((-180, -180), (-90, 90)), ((-180, 180), (90, 90)), ((180, 180), (90, -90)), ((180, -180), (-90, -90)))
    return _line(np.vstack([_along(np.array(x, float), np.array(y, float)) for x, y in edges])) + "Z"


@lru_cache(maxsize=1)
def _grid() -> str:
    parallels = [_along(np.array([-180.0, 180.0]), np.full(2, float(y))) for y in _PARALLELS if y]
    meridians = [_along(np.full(2, float(x)), np.array([-90.0, 90.0])) for x in _MERIDIANS]
    return "".join(_line(line) for line in [*parallels, *meridians])


def _dots(points: Iterable[MapPoint], color: str, marked: str) -> str:
    """One dot a place, larger where many finds lie; specimens in museums above published finds."""
    places: dict[tuple[float, float, bool], list[MapPoint]] = {}
    for point in points:
        places.setdefault((round(point.longitude, 1), round(point.latitude, 1), point.own), []).append(point)
    spots = sorted(places.items(), key=lambda item: (item[0][2], len(item[1])))
    if not spots:
        return ""
    where = project(np.array([spot[0][0] for spot in spots]), np.array([spot[0][1] for spot in spots]))
    return "".join(_dot(there, found, color, marked) for there, (_, found) in zip(where.tolist(), spots, strict=True))


def _dot(there: Sequence[float], found: Sequence[MapPoint], color: str, marked: str) -> str:
    own = found[0].own
    chosen = any(point.occurrence_id == marked for point in found)
    radius = min(5.5 + 1.5 * np.log2(len(found)), 12.0) * (1.7 if chosen else 1.0)
    paint = f'class="find own" fill="{color}"' if own else f'class="find published" style="stroke:{color}"'
    return f'<circle {paint} cx="{there[0]:.1f}" cy="{there[1]:.1f}" r="{radius:.1f}"/>'


def _letters(lettered: Sequence[tuple[str, float, float]]) -> str:
    drawn = []
    for letter, longitude, latitude in lettered:
        ((x, y),) = project(np.array([longitude]), np.array([latitude])).tolist()
        drawn.append(
            f'<g class="letter"><rect x="{x - 16:.1f}" y="{y - 16:.1f}" width="32" height="32" rx="3"/>'
            f'<text x="{x:.1f}" y="{y + 8:.1f}">{escape(letter)}</text></g>'
        )
    return "".join(drawn)
