"""The official colours of intervals, made fit to be read: on pale paper and in a dark gallery alike.

References
----------
W3C. Web Content Accessibility Guidelines 2.2, relative luminance and contrast. https://www.w3.org/TR/WCAG22/
"""

from bisect import bisect_left
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache, lru_cache

from catalogue.colours import luminance
from catalogue.geological_time import Interval, Timescale

INK = "#2b2620"
BLACK = "#000000"
WHITE = "#ffffff"

# A line of such luminance keeps a contrast of 3 : 1 or more against both paper and a nearly black wall.
_DARKEST, _LIGHTEST = 0.14, 0.22


@cache
def legible(color: str) -> str:
    """The colour of the same hue nearest to `color` that can be seen on light and on dark ground."""
    light = luminance(color)
    if _DARKEST <= light <= _LIGHTEST:
        return color
    hue, _, saturation = rgb_to_hls(*_parts(color))
    target = _LIGHTEST if light > _LIGHTEST else _DARKEST
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(_hex(hue, middle, saturation)) < target else (low, middle)
    return _hex(hue, (low + high) / 2, saturation)


def ink_on(color: str) -> str:
    """Black or white, whichever reads better on `color`; the contrast is then 4.5 : 1 or more on any colour."""
    light = luminance(color) + 0.05
    return BLACK if light / 0.05 >= 1.05 / light else WHITE


@lru_cache(maxsize=4096)
def interval_beginning(timescale: Timescale, age_ma: float) -> Interval | None:
    """The epoch, or else the period or eon, in which something begins; at a boundary the younger one. None out of range."""
    for beginnings, units in _units(timescale):
        at = bisect_left(beginnings, age_ma)
        if at < len(units) and (units[at].span.min_ma < age_ma or age_ma == units[at].span.min_ma == 0):
            return units[at]
    return None


@lru_cache(maxsize=4)
def _units(timescale: Timescale) -> list[tuple[list[float], list[Interval]]]:
    """The units of some ranks, youngest first, with the ages at which they begin."""
    ranks = (sorted(timescale.of_rank(rank), key=lambda unit: unit.span.max_ma) for rank in ("epoch", "period", "eon"))
    return [([unit.span.max_ma for unit in units], units) for units in ranks]


def _parts(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in hls_to_rgb(hue, lightness, saturation))
