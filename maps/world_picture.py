"""The whole Earth at one age as a picture to look at, without Leaflet: for lessons, on paper and on a wall.

Land is today's, carried by a plate model, so that the picture must say so; finds are dots for specimens in museums and rings for
published ones. Nothing in it needs a script, and its colours follow the page around it by CSS variables (``--ink``, ``--paper``, ``--sea``,
``--land``), so that it serves by day and by night.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

import numpy as np

from maps.ancient import Carried
from maps.equal_earth import HEIGHT, WIDTH, land_path, line_path, projected, rim_path
from maps.palaeogeography.models import PlateModel
from maps.periods import MapPoint, readable

_PARALLELS = (-60, -30, 0, 30, 60)
_MERIDIANS = range(-180, 181, 30)
_STEP = 5
"""Degrees between the corners of a line of the grid."""

STYLE = """
.world{width:100%;height:auto;display:block}
.world .sea{fill:var(--sea,#dfe6e4)}
.world .grid{fill:none;stroke:var(--ink,#2b2620);stroke-width:.6;opacity:.18}
.world .equator{fill:none;stroke:var(--ink,#2b2620);stroke-width:1;stroke-dasharray:5 5;opacity:.4}
.world .land{fill:var(--land,#cfc3a4);stroke:var(--land,#cfc3a4);stroke-width:1.3;stroke-linejoin:round}
.world .find{stroke:var(--ink,#2b2620);stroke-width:1.2}
.world .letter rect{fill:var(--paper,#fff);stroke:var(--ink,#2b2620);stroke-width:2}
.world .letter text{fill:var(--ink,#2b2620);font-size:17px;font-weight:700;text-anchor:middle}
.world .find.published{fill:none;stroke-width:2.5}
"""
"""CSS for one or many of these pictures on a page; give it once."""


def draw_world(
    carried: Carried,
    model: PlateModel,
    age_ma: float,
    *,
    color: str,
    described: str,
    marked: str = "",
    larger: float = 1.0,
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
    larger : float
        By how much the dots are larger than on a page.
    lettered : sequence of (str, float, float)
        Letters to be put on the Earth, each with its longitude and latitude then.

    Returns
    -------
    str
        One ``<svg>`` element; `STYLE` must be on the page.
    """
    dots = _dots(carried.placed, readable(color), marked, larger)
    return (
        f'<svg class="world" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(described)}">'
        f'<path class="sea" d="{rim_path()}"/><path class="land" fill-rule="evenodd" d="{land_path(model, round(age_ma))}"/><path class="grid" d="{_grid()}"/>'
        f'<path class="equator" d="{line_path([(-180, 0), (180, 0)])}"/>{dots}{_letters(lettered)}</svg>'
    )


@lru_cache(maxsize=1)
def _grid() -> str:
    def far(start: int, end: int) -> list[float]:
        return [float(degrees) for degrees in range(start, end + 1, _STEP)]

    parallels = [[(east, float(north)) for east in far(-180, 180)] for north in _PARALLELS if north]
    meridians = [[(float(east), north) for north in far(-90, 90)] for east in _MERIDIANS]
    return "".join(line_path(line) for line in [*parallels, *meridians])


def _dots(points: Iterable[MapPoint], color: str, marked: str, larger: float) -> str:
    """One dot a place, larger where many finds lie; specimens in museums above published finds."""
    places: dict[tuple[float, float, bool], list[MapPoint]] = {}
    for point in points:
        places.setdefault((round(point.longitude, 1), round(point.latitude, 1), point.own), []).append(point)
    spots = sorted(places.items(), key=lambda item: (item[0][2], len(item[1])))
    if not spots:
        return ""
    where = projected(np.array([spot[0][:2] for spot in spots]))
    return "".join(
        _dot(there, found, color, marked, larger) for there, (_, found) in zip(where.tolist(), spots, strict=True)
    )


def _dot(there: Sequence[float], found: Sequence[MapPoint], color: str, marked: str, larger: float) -> str:
    own = found[0].own
    chosen = any(point.occurrence_id == marked for point in found)
    radius = min(4.0 + 1.1 * np.log2(len(found)), 9.0) * (1.7 if chosen else 1.0) * larger
    paint = f'class="find own" fill="{color}"' if own else f'class="find published" style="stroke:{color}"'
    return f'<circle {paint} cx="{there[0]:.1f}" cy="{there[1]:.1f}" r="{radius:.1f}"/>'


def _letters(lettered: Sequence[tuple[str, float, float]]) -> str:
    drawn = []
    for letter, longitude, latitude in lettered:
        ((x, y),) = projected(np.array([(longitude, latitude)])).tolist()
        drawn.append(
            f'<g class="letter"><rect x="{x - 12:.1f}" y="{y - 12:.1f}" width="24" height="24" rx="3"/>'
            f'<text x="{x:.1f}" y="{y + 6:.1f}">{escape(letter)}</text></g>'
        )
    return "".join(drawn)
