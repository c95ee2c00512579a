"""Geological time behind a tree: bands of periods, a header that names the units of the ICS chart, and a ruler in Ma.

A name is written where it has its place and nowhere else, so that texts never touch; every box tells its name and ages when
pointed at. Colours are those of the Commission for the Geological Map of the World.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from catalogue.geological_time import AgeRange, Interval, Timescale
from trees.colours import BLACK, ink_on
from trees.ground import Box
from trees.layout import TimeAxis
from trees.lettering import fits, text_width
from trees.svg import element, text

_ROWS = (("era", 18.0, 11.0), ("period", 23.0, 12.5), ("epoch", 19.0, 11.0), ("age", 16.0, 9.5))
RANKS = tuple(rank for rank, _, _ in _ROWS)
_USUAL = ("period", "epoch", "age")
_FEWEST_NAMES = {"period": 0, "epoch": 2, "age": 3}
_CLOSEST_TICKS = 64.0
TICK_ROOM = 26.0
STRIP = 17.0
EXTINCTION = 66.0
"""Ma; the end of the Cretaceous."""
_NOTE_SIZE = 12.0


@lru_cache(maxsize=64)
def backdrop(axis: TimeAxis, timescale: Timescale, top: float, bottom: float) -> str:
    """Pale full-height bands of the periods, with hair lines where epochs begin."""
    bands = [_box(axis, unit, top, bottom - top, class_="band") for unit in _units(axis, timescale, "period")]
    lines = [
        element("path", class_="epoch-line", d=f"M{axis.x(unit.span.max_ma):.2f} {top:.2f}V{bottom:.2f}")
        for unit in _units(axis, timescale, "epoch")
        if unit.span.max_ma < axis.oldest
    ]
    return element("g", *bands, *lines, aria_hidden="true")


@lru_cache(maxsize=64)
def header(
    axis: TimeAxis, timescale: Timescale, language: str, top: float, ranks: tuple[str, ...] = ()
) -> tuple[str, float]:
    """Boxes with the names of periods, epochs and ages; kept, for the chart stays while branches are folded, chosen and coloured.

    Parameters
    ----------
    ranks : tuple of str
        Those of `RANKS` to show; without it, those in which names have their place.

    Returns
    -------
    svg : str
    height : float
        Pixels it takes. Rows in which hardly a name would have its place are left out, unless they were asked for.
    """
    rows, y = [], top
    for rank, height, size in _ROWS:
        if rank not in (ranks or _USUAL):
            continue
        units = _units(axis, timescale, rank)
        named = sum(_fits(axis, unit, language, size) for unit in units)
        if units and (ranks or named >= _FEWEST_NAMES[rank]):
            rows.append(_row(axis, units, language, y, height, size))
            y += height
    return element("g", *rows, class_="header", aria_hidden="true"), y - top


def extinction(axis: TimeAxis, words: Mapping[str, str], top: float, floor: float) -> tuple[str, Box | None]:
    """The end of the Cretaceous as a thin line with a note, and what the note takes; nothing where it is not on the axis."""
    if not axis.youngest < EXTINCTION < axis.oldest:
        return "", None
    x, note = axis.x(EXTINCTION), words["extinction"]
    box = Box(x + 6, top + 4, x + 6 + text_width(note, _NOTE_SIZE), top + 20)
    line = element("path", class_="extinction", d=f"M{x:.2f} {top:.2f}V{floor:.2f}")
    return line + element("text", text(note), class_="note", x=box.left, y=top + 16, font_size=_NOTE_SIZE), box


@lru_cache(maxsize=64)
def strip(axis: TimeAxis, timescale: Timescale, language: str, top: float) -> str:
    """The periods once more, in a thin row, for the lower end of a tall picture."""
    row = _row(axis, _units(axis, timescale, "period"), language, top, STRIP, 11.0)
    return element("g", row, class_="header", aria_hidden="true")


def ruler(axis: TimeAxis, top: float, words: Mapping[str, str]) -> str:
    """Ticks at round ages with their numbers, and the unit after the last one."""
    step = tick_step(axis)
    first = math.ceil(axis.youngest / step - 1e-9)
    count = math.floor(axis.oldest / step + 1e-9) - first
    ages = [(first + number) * step for number in range(count, -1, -1)]
    ticks = element("path", class_="tick", d="".join(f"M{axis.x(age):.2f} {top:.2f}v5" for age in ages))
    numbers = [
        element("text", f"{age:g}", class_="number", x=axis.x(age), y=top + 18, text_anchor="middle") for age in ages
    ]
    last = axis.x(ages[-1]) if ages else axis.right
    unit = element("text", text(words["ma"]), class_="number", x=last + 14, y=top + 18)
    return element("g", ticks, *numbers, unit, class_="ruler", aria_hidden="true")


def tick_step(axis: TimeAxis) -> float:
    """Myr between ticks: the smallest of 1, 2, 5, 10, 20, 50, … that keeps their numbers apart."""
    least = _CLOSEST_TICKS / axis.pixels_per_myr
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least * (1 - 1e-9))


def ruler_of_lengths(axis: TimeAxis, top: float) -> str:
    """A bar of a round length for a tree whose branches are no times, with its number."""
    step = tick_step(axis)
    left, right = axis.left, axis.left + step * axis.pixels_per_myr
    bar = element("path", class_="tick", d=f"M{left:.2f} {top:.2f}v8m0 -4H{right:.2f}m0 -4v8")
    number = element("text", f"{step:g}", class_="number", x=(left + right) / 2, y=top + 21, text_anchor="middle")
    return element("g", bar, number, class_="ruler", aria_hidden="true")


def _units(axis: TimeAxis, timescale: Timescale, rank: str) -> list[Interval]:
    """The units of a rank on the axis, oldest first."""
    units = timescale.of_rank(rank, AgeRange(axis.oldest, axis.youngest))
    return sorted(units, key=lambda unit: -unit.span.max_ma)


def _ends(axis: TimeAxis, unit: Interval) -> tuple[float, float]:
    return axis.x(min(unit.span.max_ma, axis.oldest)), axis.x(max(unit.span.min_ma, axis.youngest))


def _fits(axis: TimeAxis, unit: Interval, language: str, size: float) -> bool:
    left, right = _ends(axis, unit)
    return fits(unit.label(language), size, right - left)


def _box(axis: TimeAxis, unit: Interval, top: float, height: float, *content: str, **attributes: object) -> str:
    left, right = _ends(axis, unit)
    return element("rect", *content, x=left, y=top, width=right - left, height=height, fill=unit.color, **attributes)


def _row(axis: TimeAxis, units: list[Interval], language: str, top: float, height: float, size: float) -> str:
    parts = []
    for unit in units:
        title = f"{unit.label(language)}, {unit.span.max_ma:g}–{unit.span.min_ma:g} Ma"
        parts.append(_box(axis, unit, top, height, element("title", text(title)), class_="unit"))
    for unit in units:
        if _fits(axis, unit, language, size):
            left, right = _ends(axis, unit)
            parts.append(
                element(
                    "text",
                    text(unit.label(language)),
                    x=(left + right) / 2,
                    y=top + height / 2 + 0.35 * size,
                    font_size=size,
                    text_anchor="middle",
                    class_="on-pale" if ink_on(unit.color) == BLACK else "on-deep",
                )
            )
    return "".join(parts)
