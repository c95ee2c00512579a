"""A tree drawn in a circle: time runs outwards from the root, and the periods lie behind it as rings on an exact axis.

Labels stand on the spokes and are turned so that none is upside down; the sheet grows until the longest has its place. A gap at the top
holds the names of the periods and the ages of the rings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, hypot, pi, radians, sin

from catalogue.geological_time import AgeRange, Interval
from trees import bands
from trees.clade_names import SIZE as CLADE_NAME_SIZE
from trees.clade_names import Box, Ground
from trees.end_labels import Span, label_offset, label_width, spans_markup
from trees.layout import CLADE, COLLAPSED, Place, TimeAxis
from trees.legend import draw_legend
from trees.lettering import text_width
from trees.marks import choosable, fan_height
from trees.novelties import Star, draw_star, new_places
from trees.pictures import draw_picture, picture_room, picture_start
from trees.sheet import MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import element, text

_GAP = 26.0
"""Degrees at the top without a branch."""
_LEAST_ROW = 0.72
_CORE = 0.03
"""Share of the radius before the root, so that its branches do not meet in one point."""


@dataclass(frozen=True)
class Circle:
    """A circular drawing: its parts, its size in pixels, its middle, and how a radius follows from an age.

    The radius of an age is `core` + (oldest - age) x `scale`.
    """

    parts: tuple[str, ...] = field(repr=False)
    width: float
    height: float
    middle: tuple[float, float]
    core: float
    scale: float
    spots: tuple[tuple[float, float], ...] = field(repr=False)
    """Pixels from left and top of each visible node."""


@dataclass(frozen=True)
class _Wheel:
    """From rows and ages to places on a sheet."""

    sheet: Sheet
    x: float
    y: float
    core: float
    scale: float

    def angle(self, row: float) -> float:
        return radians(-90 + _GAP / 2 + (row + 0.5) / self.sheet.layout.rows * (360 - _GAP))

    def radius(self, age: float) -> float:
        return self.core + (self.sheet.axis.oldest - age) * self.scale

    @cached_property
    def least_radius(self) -> float:
        """Where spokes lie far enough apart for a label each."""
        return self.sheet.layout.rows * self.sheet.row_height * _LEAST_ROW / (2 * pi * (1 - _GAP / 360))

    def label_start(self, place: Place) -> float:
        """The radius at which a label begins: after the range, and not where spokes are too close."""
        return max(self.radius(place.youngest) + label_offset(place), min(self.least_radius, self.rim))

    @property
    def rim(self) -> float:
        """The radius of the youngest age."""
        return self.radius(self.sheet.axis.youngest)

    def at(self, radius: float, angle: float) -> tuple[float, float]:
        return self.x + radius * cos(angle), self.y + radius * sin(angle)


def draw_circle(sheet: Sheet, ends: Mapping[int, list[Span]], width: float) -> Circle:
    """Draw the tree of a sheet in a circle.

    Parameters
    ----------
    sheet : Sheet
    ends : mapping of int to list of Span
        The labels of tips and folded clades.
    width : float
        Pixels to fill; the drawing grows where rows or labels need more.
    """
    reach = {
        index: label_width(spans) + picture_room(sheet, place) + 4
        for index, spans in ends.items()
        for place in [sheet.layout.places[index]]
    }
    span = max(sheet.axis.oldest - sheet.axis.youngest, 1e-9)
    least = sheet.layout.rows * sheet.row_height * _LEAST_ROW / (2 * pi * (1 - _GAP / 360))
    outer = max(width / 2 - max(reach.values()) - 11 - MARGIN, least, 120.0)
    wheel = _Wheel(sheet, 0, 0, _CORE * outer, outer * (1 - _CORE) / span)
    box = _bounds(wheel, reach, outer)
    wheel = _Wheel(sheet, MARGIN - box.left, MARGIN - box.top, wheel.core, wheel.scale)
    full_width, bottom = box.right - box.left + 2 * MARGIN, box.bottom - box.top + 2 * MARGIN
    legend, legend_height = draw_legend(sheet, bottom, full_width)
    height = bottom + legend_height + MARGIN
    parts = (*_rings(wheel), *_branches(wheel, ends), *(_ring_names(wheel) if sheet.timed else ()), legend)
    spots = tuple(wheel.at(wheel.radius(place.age), wheel.angle(place.y)) for place in sheet.layout.places)
    return Circle(parts, full_width, height, (wheel.x, wheel.y), wheel.core, wheel.scale, spots)


def _bounds(wheel: _Wheel, reach: Mapping[int, float], outer: float) -> Box:
    """What the rings and all labels take, around the middle."""
    left = top = -outer - 4
    right = bottom = outer + 4
    half = wheel.sheet.row_height / 2
    for index, room in reach.items():
        place = wheel.sheet.layout.places[index]
        x, y = wheel.at(wheel.label_start(place) + room, wheel.angle(place.y))
        left, top, right, bottom = min(left, x - half), min(top, y - half), max(right, x + half), max(bottom, y + half)
    return Box(left, top, right, bottom)


def _rings(wheel: _Wheel) -> Iterator[str]:
    """The periods as rings, the youngest first, so that each covers the outer part of its elders."""
    if not wheel.sheet.timed:
        return
    axis = wheel.sheet.axis
    for unit in sorted(_periods(wheel), key=lambda unit: unit.span.min_ma):
        inner, outer = (
            wheel.radius(age) for age in (min(unit.span.max_ma, axis.oldest), max(unit.span.min_ma, axis.youngest))
        )
        middle, wide = (inner + outer) / 2, outer - inner
        title = element(
            "title", text(f"{unit.label(wheel.sheet.language)}, {unit.span.max_ma:g}–{unit.span.min_ma:g} Ma")
        )
        yield element(
            "circle",
            title,
            class_="band",
            cx=wheel.x,
            cy=wheel.y,
            r=middle,
            fill="none",
            stroke=unit.color,
            stroke_width=wide,
        )
        yield element("circle", class_="ring", cx=wheel.x, cy=wheel.y, r=outer, fill="none")
    if axis.youngest < bands.EXTINCTION < axis.oldest:
        radius, title = wheel.radius(bands.EXTINCTION), element("title", text(wheel.sheet.words["extinction"]))
        yield element("circle", title, class_="extinction", cx=wheel.x, cy=wheel.y, r=radius)


def _periods(wheel: _Wheel) -> list[Interval]:
    axis = wheel.sheet.axis
    return wheel.sheet.timescale.of_rank("period", AgeRange(axis.oldest, axis.youngest))


def _ring_names(wheel: _Wheel) -> Iterator[str]:
    """In the gap: names of periods where they fit, and the ages of round rings."""
    axis, ground = wheel.sheet.axis, Ground()
    step = bands.tick_step(TimeAxis(axis.oldest, axis.youngest, 0, wheel.scale))
    number = int(axis.oldest // step)
    while number * step >= axis.youngest:
        radius = wheel.radius(number * step)
        width = text_width(f"{number * step:g}", 11)
        box = Box(wheel.x - width / 2 - 2, wheel.y - radius - 6, wheel.x + width / 2 + 2, wheel.y - radius + 6)
        if radius > 34 and ground.free(box):
            ground.take(box)
            yield element("path", class_="tick", d=f"M{wheel.x - width / 2 - 8:.2f} {wheel.y - radius:.2f}h5")
            yield element(
                "text", f"{number * step:g}", class_="number", x=wheel.x, y=wheel.y - radius + 4, text_anchor="middle"
            )
        number -= 1
    for unit in _periods(wheel):
        inner, outer = (
            wheel.radius(min(unit.span.max_ma, axis.oldest)),
            wheel.radius(max(unit.span.min_ma, axis.youngest)),
        )
        name, middle = unit.label(wheel.sheet.language), (inner + outer) / 2
        half, room = text_width(name, 11) / 2, 2 * middle * sin(radians(_GAP / 2)) - 8
        for y in (middle, middle + 12, middle - 12):
            box = Box(wheel.x - half, wheel.y - y - 6, wheel.x + half, wheel.y - y + 6)
            if outer - inner >= 13 and inner <= y - 6 and y + 6 <= outer and 2 * half <= room and ground.free(box):
                ground.take(box)
                yield element(
                    "text", text(name), class_="ring-name", x=wheel.x, y=wheel.y - y + 4, text_anchor="middle"
                )
                break


def _branches(wheel: _Wheel, ends: Mapping[int, list[Span]]) -> Iterator[str]:
    places, sheet = wheel.sheet.layout.places, wheel.sheet
    inner = [place for place in places if place.kind == CLADE]
    captions = _captions(wheel)
    yield from (_clade(wheel, place, captions.get(place.index, "")) for place in inner)
    if sheet.selected is not None:
        steps = "".join(_way(wheel, place) for place in places if place.index in sheet.path)
        yield f'<path class="lineage" d="{steps}" aria-hidden="true"/>'
    elif sheet.thread:
        steps = "".join(_way(wheel, place) for place in sheet.thread)
        yield f'<path class="thread" d="{steps}" aria-hidden="true"/>'
    yield from (_knot(wheel, place) for place in inner if place.parent >= 0)
    yield from (_end(wheel, place, ends[place.index]) for place in places if place.kind != CLADE)
    yield from (_star(wheel, place) for place in new_places(sheet))


def _way(wheel: _Wheel, place: Place) -> str:
    """The branch to a place: along the ring of its fork, then outwards."""
    angle, parent = wheel.angle(place.y), wheel.sheet.layout.places[place.parent] if place.parent >= 0 else None
    radius = wheel.radius(place.age)
    start = wheel.radius(parent.age) if parent else 0.0
    x, y = wheel.at(start, angle)
    to_x, to_y = wheel.at(radius, angle)
    if parent is None:
        return f"M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}"
    from_x, from_y = wheel.at(start, wheel.angle(parent.y))
    sweep, large = int(place.y > parent.y), int(abs(angle - wheel.angle(parent.y)) > pi)
    return f"M{from_x:.2f} {from_y:.2f}A{start:.2f} {start:.2f} 0 {large} {sweep} {x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}"


def _star(wheel: _Wheel, place: Place) -> str:
    """The mark of what was new, in the middle of its branch."""
    return draw_star(wheel.sheet, place, Star(*_star_at(wheel, place)))


def _star_at(wheel: _Wheel, place: Place) -> tuple[float, float]:
    inner = wheel.radius(wheel.sheet.layout.places[place.parent].age) if place.parent >= 0 else 0.0
    return wheel.at((inner + wheel.radius(place.age)) / 2, wheel.angle(place.y))


def _clade(wheel: _Wheel, place: Place, caption: str) -> str:
    sheet, d = wheel.sheet, _way(wheel, place)
    branch = f'<path class="branch" d="{d}"{sheet.branch_style(place)}/>'
    if not (place.name or sheet.every_node):
        return branch
    parts = [f'<path class="hit line" d="{d}"/>', branch]
    spread = sheet.spreads.get(place.node)
    if spread is not None:
        (x, y), (to_x, to_y) = (
            wheel.at(wheel.radius(age), wheel.angle(place.y)) for age in (spread.older, spread.younger)
        )
        parts.append(
            f'<path class="spread" d="M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}" style="stroke:var(--accent);stroke-width:6"/>'
        )
    said = say_clade(sheet, place, "clade")
    return choosable(sheet, place, "clade", said, "".join([*parts, caption]), ' aria-expanded="true"')


def _knot(wheel: _Wheel, place: Place) -> str:
    x, y = wheel.at(wheel.radius(place.age), wheel.angle(place.y))
    state = "on-path" if place.index in wheel.sheet.path else ""
    radius = 2.3 if place.name else 1.8
    dot = f'<circle class="knot" cx="{x:.2f}" cy="{y:.2f}" r="{radius}"/>'
    if not wheel.sheet.every_node:
        return f'<g class="{state}" pointer-events="none">{dot}</g>' if place.name else ""
    return f'<g class="joint {state}" data-fold="{text(place.key)}"><circle class="spot" cx="{x:.2f}" cy="{y:.2f}" r="7"/>{dot}</g>'


def _end(wheel: _Wheel, place: Place, spans: list[Span]) -> str:
    """A tip or a folded clade, drawn along its spoke as if that lay to the right, then turned."""
    sheet, height = wheel.sheet, wheel.sheet.row_height
    first, last = wheel.radius(place.age), wheel.radius(place.youngest)
    angle = wheel.angle(place.y) * 180 / pi
    color = sheet.paint(place)
    at = wheel.label_start(place)
    room = at - last + label_width(spans) + picture_room(sheet, place)
    ghost = place.kind != COLLAPSED and sheet.by_fossils
    parts = [
        f'<rect class="hit" x="{first:.2f}" y="{-height / 2:.2f}" width="{last - first + room:.2f}" height="{height:.2f}"/>',
    ]
    if place.kind == COLLAPSED:
        half = fan_height(place) * height / 2
        parts.append(
            f'<path class="fan" data-fold="{text(place.key)}" d="M{first:.2f} 0L{last:.2f} {-half:.2f}V{half:.2f}Z" '
            f'fill="{color}" fill-opacity="0.45" stroke="{color}"/>'
        )
    elif sheet.timed:
        thick = max(2.0, 0.34 * height)
        parts.append(
            f'<rect class="range" x="{first:.2f}" y="{-thick / 2:.2f}" width="{max(last - first, 2.5):.2f}" height="{thick:.2f}" fill="{color}"/>'
        )
    if at > last + label_offset(place) + 4:
        parts.append(f'<path class="leader" d="M{last + 5:.2f} 0H{at - 3:.2f}"/>')
    if place.living:
        parts.append(
            f'<circle class="living-mark" cx="{last:.2f}" cy="0" r="{max(2.0, 0.23 * height):.2f}" fill="{color}"/>'
        )
    parts.append(_label(sheet, place, spans, at, flipped=cos(wheel.angle(place.y)) < 0))
    way = f'<path class="{"ghost" if ghost else "branch"}" d="{_way(wheel, place)}"{sheet.branch_style(place)}/>'
    turned = f'<g transform="translate({wheel.x:.2f} {wheel.y:.2f}) rotate({angle:.3f})">{"".join(parts)}</g>'
    if place.kind == COLLAPSED:
        return choosable(
            sheet,
            place,
            "clade collapsed",
            say_clade(sheet, place, "collapsed"),
            way + turned,
            ' aria-expanded="false"',
        )
    state = "living" if place.living else "extinct" if sheet.timed else "plain"
    return choosable(sheet, place, f"tip {state}", say_tip_fully(sheet, place), way + turned)


def _label(sheet: Sheet, place: Place, spans: list[Span], start: float, *, flipped: bool) -> str:
    """A label on its spoke; left of the middle it is turned around, so that it reads from left to right."""
    base = 0.34 * spans[0].size
    room = label_width(spans)
    mirrored = ' transform="scale(1,-1)"' if flipped else ""
    picture = draw_picture(sheet, place, picture_start(start, room), 0, turned=mirrored) if sheet.pictures else ""
    if not flipped:
        return f'<text class="label" x="{start:.2f}" y="{base:.2f}">{spans_markup(spans)}</text>{picture}'
    return (
        f'<text class="label" x="{-start:.2f}" y="{base:.2f}" text-anchor="end" transform="rotate(180)">'
        f"{spans_markup(spans)}</text>{picture}"
    )


def _captions(wheel: _Wheel) -> dict[int, str]:
    """Names of the larger clades beside their forks, where nothing else lies."""
    sheet, ground, captions = wheel.sheet, Ground(), {}
    for place in sheet.layout.places:
        start = wheel.radius(sheet.layout.places[place.parent].age) if place.parent >= 0 else 0.0
        angle = wheel.angle(place.y)
        end = wheel.radius(place.age if place.kind == CLADE else place.youngest) + (0 if place.kind == CLADE else 60)
        ground.take_line(*wheel.at(start, angle), *wheel.at(end, angle))
        if place.kind == CLADE:
            for row in _between(place):
                x, y = wheel.at(wheel.radius(place.age), wheel.angle(row))
                ground.take(Box(x - 2, y - 2, x + 2, y + 2))
    for place in new_places(sheet):
        x, y = _star_at(wheel, place)
        ground.take((x - 6, y - 6, x + 6, y + 6))
    named = [place for place in sheet.layout.places if place.kind == CLADE and place.name]
    for place in sorted(named, key=lambda place: (-place.tips, place.index)):
        x, y = wheel.at(wheel.radius(place.age), wheel.angle(place.y))
        width = text_width(place.name, CLADE_NAME_SIZE)
        for left, base in ((x + 6, y - 4), (x + 6, y + 11), (x - 6 - width, y - 4), (x - 6 - width, y + 11)):
            box = Box(left - 2, base - 0.86 * CLADE_NAME_SIZE, left + width + 2, base + 0.22 * CLADE_NAME_SIZE)
            if ground.free(box) and hypot(x - wheel.x, y - wheel.y) > 12:
                ground.take(box)
                captions[place.index] = element("text", text(place.name), class_="clade-name", x=left, y=base)
                break
    return captions


def _between(place: Place) -> Iterator[float]:
    row = place.top
    while row <= place.bottom:
        yield row
        row += max(0.25, (place.bottom - place.top) / 60)
