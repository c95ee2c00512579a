"""Maps for print, drawn on the server: one or several on a page, with legend and caption, as PDF and as PNG.

They lie in the plate carrée, where a degree is as long in every direction, because it shows the whole Earth and needs no explaining.
Letters, Chinese ones too, come from `catalogue.labels.typefaces`, and are embedded.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import shapely

from catalogue.labels.lettering import Paragraph, Piece, fit
from catalogue.labels.marks import INK, POINT, QUIET, Block, Drawing, Letters, Mark, Shape, Stroke
from catalogue.labels.printing import PrintedPage, write_pdf
from maps import places

SEA, LAND, COAST, BORDER = "#eef1ee", "#e3dccb", "#c3b89f", "#c3b89f"
WIDTH, HEIGHT = 297.0, 210.0
"""A4 across, in mm."""
_MARGIN, _GAP = 10.0, 5.0
_DOT = 0.75
_ROUND = 0.5523
"""How far the handles of four curves reach that make a circle."""


def world(center_longitude: float) -> tuple[float, float, float, float]:
    """The whole Earth with a meridian in its middle, as for `maps.periods.period_map`."""
    return center_longitude - 180, -90.0, center_longitude + 180, 90.0


WORLD = world(0.0)


@dataclass(frozen=True)
class Dot:
    """A mark on a printed map: a disc where a museum holds a find, else a ring; larger for many finds."""

    longitude: float
    latitude: float
    count: int
    own: bool
    color: str


@dataclass(frozen=True)
class Plate:
    """One map of a page: its heading, a line beneath that, and its marks."""

    title: str
    told: str
    dots: Sequence[Dot]


def draw_sheet(
    plates: Sequence[Plate],
    title: str,
    caption: str,
    legend: Sequence[tuple[str, str]] = (),
    *,
    view: tuple[float, float, float, float] = WORLD,
    borders: bool = False,
) -> Drawing:
    """A page of maps.

    Parameters
    ----------
    plates : sequence of Plate
        At least one.
    title, caption : str
        Above and below them: what, age, data and licence.
    legend : sequence of (label, color)
        What colours mean.
    view : (west, south, east, north)
        What each map shows, in degrees; east may go on beyond 180.
    borders : bool
        Whether today's borders are drawn.

    Returns
    -------
    Drawing
        Of the size of A4 across.
    """
    marks: list[Mark] = []
    room = WIDTH - 2 * _MARGIN
    head = fit([Paragraph((Piece(title, "bold"),), 15)], _MARGIN, _MARGIN, room, 9)
    foot = fit(
        [Paragraph((Piece(caption),), 8, color=QUIET)], _MARGIN, HEIGHT - _MARGIN - 14, room, 14, valign="bottom"
    )
    marks += [*head.letters, *foot.letters]
    lowest = HEIGHT - _MARGIN - foot.height - 3
    named, lowest = _legend(legend, lowest)
    marks += named
    top = _MARGIN + 11
    columns = _columns(len(plates), room, lowest - top, (view[2] - view[0]) / (view[3] - view[1]))
    rows = -(-len(plates) // columns)
    wide = (room - _GAP * (columns - 1)) / columns
    high = (lowest - top - _GAP * (rows - 1)) / rows
    for at, plate in enumerate(plates):
        x, y = _MARGIN + at % columns * (wide + _GAP), top + at // columns * (high + _GAP)
        marks += _plate(plate, (x, y, wide, high), view, borders)
    return Drawing(WIDTH, HEIGHT, tuple(marks))


def as_pdf(drawing: Drawing, title: str, language: str = "en") -> bytes:
    """A page of maps as a PDF."""
    return write_pdf([PrintedPage(drawing.width, drawing.height, [(0, 0, drawing)])], title=title, language=language)


def view_around(dots: Sequence[Dot]) -> tuple[float, float, float, float]:
    """A view that holds all marks with room around them, at least 20 degrees wide; the world where they are everywhere."""
    if not dots:
        return WORLD
    longitudes = sorted(dot.longitude for dot in dots)
    gaps = [(b - a, a, b) for a, b in zip(longitudes, [*longitudes[1:], longitudes[0] + 360], strict=True)]
    wide, before, after = max(gaps)
    west, east = after, before + (360 if after > before else 0)
    west, east = (west - 360, east - 360) if west >= 180 else (west, east)
    south, north = min(dot.latitude for dot in dots), max(dot.latitude for dot in dots)
    room = max(3.0, 0.12 * max(east - west, north - south), (20 - max(east - west, north - south)) / 2)
    west, east, south, north = west - room, east + room, max(-90.0, south - room), min(90.0, north + room)
    return WORLD if wide < 60 or east - west > 300 else (west, south, east, north)


def _columns(number: int, wide: float, high: float, shape: float) -> int:
    """In how many columns maps of a shape (width by height) are largest."""

    def size(columns: int) -> float:
        rows = -(-number // columns)
        return min((wide - _GAP * (columns - 1)) / columns / shape, (high - _GAP * (rows - 1)) / rows - 5.5)

    return max(range(1, number + 1), key=size)


def _plate(
    plate: Plate, box: tuple[float, float, float, float], view: tuple[float, float, float, float], borders: bool
) -> Iterator[Mark]:
    x, y, wide, high = box
    yield from fit([Paragraph((Piece(plate.title, "bold"),), 10)], x, y, wide * 0.62, 5).letters
    yield from fit(
        [Paragraph((Piece(plate.told),), 8, color=QUIET)], x + wide * 0.62, y, wide * 0.38, 5, align="right"
    ).letters
    top, room = y + 5.5, high - 5.5
    west, south, east, north = view
    scale = min(wide / (east - west), room / (north - south))
    left, width, height = x + (wide - (east - west) * scale) / 2, (east - west) * scale, (north - south) * scale
    yield Block(left, top, width, height, fill=SEA)
    for steps, fill in _ground(view, borders):
        moved = tuple((step, _moved(numbers, west, north, scale)) for step, numbers in steps)
        yield Shape(left, top, 1.0, moved, fill)
    if borders:
        for one, other in _lines(view):
            a, b = _moved(one, west, north, scale), _moved(other, west, north, scale)
            yield Stroke(left + a[0], top + a[1], left + b[0], top + b[1], 0.1, BORDER)
    yield Block(left, top, width, height, stroke=COAST, line=0.2)
    for dot in sorted(plate.dots, key=lambda dot: -dot.count):
        for turn in (-360.0, 0.0, 360.0):
            if west <= dot.longitude + turn <= east and south <= dot.latitude <= north:
                yield from _dot(dot, left + (dot.longitude + turn - west) * scale, top + (north - dot.latitude) * scale)


_Steps = tuple[tuple[str, tuple[float, ...]], ...]


def _moved(numbers: tuple[float, ...], west: float, north: float, scale: float) -> tuple[float, ...]:
    return tuple(
        (number - west) * scale if at % 2 == 0 else (north - number) * scale for at, number in enumerate(numbers)
    )


@cache
def _ground(view: tuple[float, float, float, float], _borders: bool) -> tuple[tuple[_Steps, str], ...]:
    """The land of a view in degrees, and the water within it."""
    table = places.land()
    if table is None:
        return ()
    shown: list[tuple[_Steps, str]] = []
    for turn in (-360.0, 0.0, 360.0):
        if view[0] >= 180 + turn or view[2] <= turn - 180:
            continue
        moved = shapely.transform(table.geometry.to_numpy(), partial(_turned, turn))
        cut = shapely.get_parts(shapely.clip_by_rect(shapely.make_valid(moved), *view))
        for polygon in (part for part in cut if part.geom_type == "Polygon" and not part.is_empty):
            shown.append((_ring(polygon.exterior), LAND))
            shown += [(_ring(inner), SEA) for inner in polygon.interiors]
    return tuple(shown)


def _turned(by: float, corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(corners + np.array([by, 0.0]))


@cache
def _lines(view: tuple[float, float, float, float]) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    found = []
    for line in places.borders():
        for turn in (-360.0, 0.0, 360.0):
            cut = shapely.clip_by_rect(shapely.LineString([(x + turn, y) for x, y in line]), *view)
            for part in shapely.get_parts(cut):
                corners = shapely.get_coordinates(part).tolist()
                found += [(tuple(a), tuple(b)) for a, b in itertools.pairwise(corners)]
    return tuple(found)


def _ring(ring: shapely.LinearRing) -> _Steps:
    corners = list(ring.coords)
    return (("M", corners[0][:2]), *(("L", corner[:2]) for corner in corners[1:]), ("Z", ()))


def _dot(dot: Dot, x: float, y: float) -> Iterator[Mark]:
    radius = _DOT * min(3.0, dot.count**0.25)
    yield _disc(x, y, radius + 0.16, INK)
    yield _disc(x, y, radius, dot.color)
    if not dot.own:
        yield _disc(x, y, radius * 0.55, "#ffffff")


def _disc(x: float, y: float, radius: float, fill: str) -> Shape:
    k = _ROUND
    steps = (
        ("M", (1.0, 0.0)),
        ("C", (1.0, k, k, 1.0, 0.0, 1.0)),
        ("C", (-k, 1.0, -1.0, k, -1.0, 0.0)),
        ("C", (-1.0, -k, -k, -1.0, 0.0, -1.0)),
        ("C", (k, -1.0, 1.0, -k, 1.0, 0.0)),
        ("Z", ()),
    )
    return Shape(x, y, radius, steps, fill)


def _legend(legend: Sequence[tuple[str, str]], lowest: float) -> tuple[list[Mark], float]:
    """The names of the colours in lines that end at `lowest`, and where they begin."""
    lines: list[list[Mark]] = [[]]
    x = _MARGIN
    for label, color in legend:
        setting = fit([Paragraph((Piece(label),), 8)], 0, 0, 60, 4)
        wide = 5 + max(
            (one.x + sum(map(one.face.width, one.text)) * one.size * POINT for one in setting.letters), default=0
        )
        if x + wide > WIDTH - _MARGIN:
            lines.append([])
            x = _MARGIN
        lines[-1] += [_disc(x + 1.2, 1.7, 1.2, INK), _disc(x + 1.2, 1.7, 1.05, color)]
        lines[-1] += [Letters(x + 3.4 + one.x, one.y, one.text, one.face, one.size) for one in setting.letters]
        x += wide + 3
    if not legend:
        return [], lowest
    begin = lowest - 4.2 * len(lines)
    placed = [_lowered(mark, begin + 4.2 * at) for at, line in enumerate(lines) for mark in line]
    return placed, begin - 2


def _lowered(mark: Mark, by: float) -> Mark:
    if isinstance(mark, Letters):
        return Letters(mark.x, mark.y + by, mark.text, mark.face, mark.size, mark.color)
    assert isinstance(mark, Shape)
    return Shape(mark.x, mark.y + by, mark.scale, mark.steps, mark.fill)
