"""Very many finds on the drawing of latitudes through time: counted by parts of time and belts of latitude, each with its true number.

A find is counted once, in the middle of the time from which it may be, at the latitude of its place then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

import numpy as np

from catalogue.geological_time import AgeRange, Timescale
from catalogue.searching.census import Numbers
from maps.latitudes import Axis, drawing_of, grid, time_band, y_of
from maps.located import Floats, Found
from maps.palaeogeography.models import PlateModel
from maps.tally import shades

BELT = 5
"""Degrees of latitude of a belt."""
_COLUMNS = 70
_LENGTHS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Myr that a part of time may be long."""


@dataclass(frozen=True)
class Part:
    """The finds of one part of time and one belt of latitude.

    Parameters
    ----------
    span : AgeRange
    south : int
        Where the belt begins, in degrees.
    finds : int
    """

    span: AgeRange
    south: int
    finds: int


@dataclass(frozen=True)
class Density:
    """All finds by time and latitude.

    Parameters
    ----------
    parts : tuple of Part
        Those that have finds.
    lost : int
        Finds that the model does not place.
    apart : float
        How many degrees of latitude the other model puts half of the places away, or more; NaN without one.
    most_apart : float
        The same for the place where they differ most.
    """

    parts: tuple[Part, ...]
    lost: int
    apart: float
    most_apart: float


def density(found: Found, model: PlateModel, other: PlateModel | None) -> Density:
    """Count the finds; kept for those who ask again."""
    key = ("latitudes", model.key, other.key if other else "")
    if key not in found.kept:
        found.kept[key] = _counted(found, model, other)
    known: Density = found.kept[key]
    return known


def _counted(found: Found, model: PlateModel, other: PlateModel | None) -> Density:
    column = found.census.coded["age"]
    spans = np.array(column.values, np.float64).reshape(-1, 2)
    together, counts = np.unique(found.site * len(spans) + column.codes[found.places], return_counts=True)
    sites, middles = together // len(spans), spans.mean(axis=1)[together % len(spans)]
    points = np.stack([found.sites.longitudes[sites], found.sites.latitudes[sites]], axis=1)
    latitudes = model.place(points, middles).points[:, 1]
    known = np.isfinite(latitudes)
    apart = np.abs(other.place(points, middles).points[:, 1] - latitudes) if other else np.empty(0)
    apart = apart[np.isfinite(apart)]
    return Density(
        tuple(_parts(middles[known], latitudes[known], counts[known])),
        int(counts[~known].sum()),
        float(np.median(apart)) if len(apart) else float("nan"),
        float(apart.max()) if len(apart) else float("nan"),
    )


def _parts(ages: Floats, latitudes: Floats, counts: Numbers) -> Iterator[Part]:
    if not len(ages):
        return
    long = next((myr for myr in _LENGTHS if np.ptp(ages) / myr <= _COLUMNS), _LENGTHS[-1])
    columns = np.floor(ages / long).astype(np.int64)
    belts = np.minimum(np.floor((latitudes + 90) / BELT), 180 // BELT - 1).astype(np.int64)
    cells, at = np.unique(columns * 1000 + belts, return_inverse=True)
    finds = np.bincount(at, weights=counts).astype(np.int64)
    for cell, number in zip(cells.tolist(), finds.tolist(), strict=True):
        column, belt = divmod(cell, 1000)
        yield Part(AgeRange((column + 1) * long, column * long), belt * BELT - 90, number)


def steps(counted: Density) -> list[tuple[int, int]]:
    """The shades: of each the least and the greatest number that it stands for."""
    most = max((part.finds for part in counted.parts), default=1)
    least = shades(most)
    return list(zip(least, [*(one - 1 for one in least[1:]), most], strict=True))


def density_plot(counted: Density, timescale: Timescale, words: Mapping[str, str], language: str = "en") -> str:
    """The drawing; parameters as for `maps.latitudes.latitude_plot`, and a class ``shade-1`` to ``shade-5`` for each part."""
    axis = Axis.around([part.span for part in counted.parts])
    least = [low for low, _high in steps(counted)]
    parts = [_drawn(part, axis, int(np.searchsorted(least, part.finds, "right")), words) for part in counted.parts]
    return drawing_of([*parts, *grid(axis, words), *time_band(axis, timescale, words, language)], words)


def _drawn(part: Part, axis: Axis, shade: int, words: Mapping[str, str]) -> str:
    left, right = axis.x(part.span.max_ma), axis.x(part.span.min_ma)
    top, bottom = y_of(part.south + BELT), y_of(part.south)
    return (
        f'<rect class="shade-{shade}" x="{left}" y="{top}" width="{right - left:.1f}" height="{bottom - top:.1f}">'
        f"<title>{escape(told(part, words))}</title></rect>"
    )


def told(part: Part, words: Mapping[str, str]) -> str:
    """A part in words: its finds, its belt and its time."""
    finds = words["finds"].format(n=f"{part.finds:,}")
    return f"{finds} · {belt_words(part, words)} · {part.span.max_ma:g}–{part.span.min_ma:g} {words['ma']}"


def belt_words(part: Part, words: Mapping[str, str]) -> str:
    """A belt as people write it, ``30–35°N``."""
    near, far = sorted((abs(part.south), abs(part.south + BELT)))
    return f"{near}–{far}°{words['north'] if part.south >= 0 else words['south']}"
