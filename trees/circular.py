"""A tree drawn in a circle: time runs outwards from the root, and the periods lie behind it as rings on an exact axis.

Labels stand on the spokes and are turned so that none is upside down; the sheet grows until the longest has its place. A gap at the top
holds the names of the periods and the ages of the rings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, degrees, hypot

import numpy as np

from trees.clade_names import DROP, RISE, SIZE
from trees.end_labels import Label, label_offset
from trees.ground import LINE, Box, Edges, Floats, Taken, boxes_along_arcs, boxes_along_lines, boxes_of, first_free
from trees.layout import CLADE, COLLAPSED, Place
from trees.legend import draw_legend
from trees.lettering import text_width
from trees.marks import choosable, dot_radius, fan_height
from trees.novelties import Star, draw_star, new_places
from trees.pictures import draw_picture, picture_room, picture_start
from trees.rings import draw_rings, name_rings
from trees.sheet import BAR, MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import quoted, written
from trees.wheel import CORE, Wheel, least_radius

_LABEL = 60.0
"""Pixels of the beginning of a label, which no name of a clade may cover."""


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


def draw_circle(sheet: Sheet, labels: Sequence[Label], width: float) -> Circle:
    """Draw the tree of a sheet in a circle.

    Parameters
    ----------
    sheet : Sheet
    labels : sequence of Label
        Of tips and folded clades, in the order of `Layout.ends`.
    width : float
        Pixels to fill; the drawing grows where rows or labels need more.
    """
    rooms = np.array(sheet.rooms) + 4
    span = max(sheet.axis.oldest - sheet.axis.youngest, 1e-9)
    outer = max(width / 2 - float(rooms.max()) - 11 - MARGIN, least_radius(sheet), 120.0)
    wheel = Wheel(sheet, 0, 0, CORE * outer, outer * (1 - CORE) / span)
    box = _bounds(wheel, rooms, outer)
    wheel = Wheel(sheet, MARGIN - box.left, MARGIN - box.top, wheel.core, wheel.scale)
    full_width, bottom = box.right - box.left + 2 * MARGIN, box.bottom - box.top + 2 * MARGIN
    legend, legend_height = draw_legend(sheet, bottom, full_width)
    branches = _branches(wheel, labels)
    parts = (*draw_rings(wheel), *branches, *name_rings(wheel)) if sheet.timed else tuple(branches)
    height = bottom + legend_height + MARGIN
    return Circle((*parts, legend), full_width, height, (wheel.x, wheel.y), wheel.core, wheel.scale, tuple(wheel.spots))


def _bounds(wheel: Wheel, rooms: Floats, outer: float) -> Box:
    """What the rings and all labels take, around the middle."""
    reach, half = np.array(wheel.label_starts) + rooms, wheel.sheet.row_height / 2
    x, y = reach * np.cos(wheel.end_angles), reach * np.sin(wheel.end_angles)
    least, most = -outer - 4, outer + 4
    return Box(
        min(least, float(x.min()) - half),
        min(least, float(y.min()) - half),
        max(most, float(x.max()) + half),
        max(most, float(y.max()) + half),
    )


def _branches(wheel: Wheel, labels: Sequence[Label]) -> Iterator[str]:
    places, sheet = wheel.sheet.layout.places, wheel.sheet
    inner = [place for place in places if place.kind == CLADE]
    captions = _captions(wheel)
    yield from (_clade(wheel, place, captions.get(place.index, "")) for place in inner)
    if sheet.selected is not None:
        steps = "".join(wheel.ways[place.index] for place in places if place.index in sheet.path)
        yield f'<path class="lineage" d="{steps}" aria-hidden="true"/>'
    elif sheet.thread:
        steps = "".join(wheel.ways[place.index] for place in sheet.thread)
        yield f'<path class="thread" d="{steps}" aria-hidden="true"/>'
    yield from (_knot(wheel, place) for place in inner if place.parent >= 0)
    ends = zip(sheet.layout.ends, labels, wheel.label_starts, wheel.end_angles.tolist(), strict=True)
    yield from (_end(wheel, *end) for end in ends)
    yield from (_star(wheel, place) for place in new_places(sheet))


def _star(wheel: Wheel, place: Place) -> str:
    """The mark of what was new, in the middle of its branch."""
    return draw_star(wheel.sheet, place, Star(*_star_at(wheel, place)))


def _star_at(wheel: Wheel, place: Place) -> tuple[float, float]:
    return wheel.at((float(wheel.starts[place.index]) + wheel.radius(place.age)) / 2, wheel.angle(place.y))


def _clade(wheel: Wheel, place: Place, caption: str) -> str:
    sheet, d = wheel.sheet, wheel.ways[place.index]
    branch = f'<path class="branch" d="{d}"{sheet.branch_style(place)}/>'
    if not (place.name or sheet.every_node):
        return branch
    spread = _spread(wheel, place) if place.node in sheet.spreads else ""
    content = f'<path class="hit line" d="{d}"/>{branch}{spread}{caption}'
    return choosable(sheet, place, "clade", say_clade(sheet, place, "clade"), content, ' aria-expanded="true"')


def _spread(wheel: Wheel, place: Place) -> str:
    spread, angle = wheel.sheet.spreads[place.node], wheel.angle(place.y)
    (x, y), (to_x, to_y) = (wheel.at(wheel.radius(age), angle) for age in (spread.older, spread.younger))
    return (
        f'<path class="spread" d="M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}" style="stroke:var(--accent);stroke-width:6"/>'
    )


def _knot(wheel: Wheel, place: Place) -> str:
    x, y = wheel.spots[place.index]
    state = "on-path" if place.index in wheel.sheet.path else ""
    at, radius = f'cx="{written[x]}" cy="{written[y]}"', 2.3 if place.name else 1.8
    dot = f'<circle class="knot" {at} r="{radius}"/>'
    if not wheel.sheet.every_node:
        return f'<g class="{state}" pointer-events="none">{dot}</g>' if place.name else ""
    return f'<g class="joint {state}" data-fold="{quoted(place.key)}"><circle class="spot" {at} r="7"/>{dot}</g>'


def _end(wheel: Wheel, place: Place, label: Label, at: float, angle: float) -> str:
    """A tip or a folded clade, drawn along its spoke as if that lay to the right, then turned."""
    sheet, w, folded = wheel.sheet, written, place.kind == COLLAPSED
    height, first, last = sheet.row_height, wheel.radius(place.age), wheel.radius(place.youngest)
    room = at - last + label.width + picture_room(sheet, place)
    mark = _fan(sheet, place, first, last) if folded else _range(sheet, place, first, last) if sheet.timed else ""
    leader = f'<path class="leader" d="M{w[last + 5]} 0H{w[at - 3]}"/>' if at > last + label_offset(place) + 4 else ""
    living = (
        f'<circle class="living-mark" cx="{w[last]}" cy="0" r="{w[dot_radius(height)]}" fill="{sheet.paint(place)}"/>'
        if place.living
        else ""
    )
    content = (
        f'<path class="{"ghost" if sheet.by_fossils and not folded else "branch"}" d="{wheel.ways[place.index]}"'
        f'{sheet.branch_style(place)}/><g transform="translate({w[wheel.x]} {w[wheel.y]}) rotate({degrees(angle):.3f})">'
        f'<rect class="hit" x="{w[first]}" y="{w[-height / 2]}" width="{w[last - first + room]}" height="{w[height]}"/>'
        f"{mark}{leader}{living}{_label(sheet, place, label, at, flipped=cos(angle) < 0)}</g>"
    )
    if folded:
        said = say_clade(sheet, place, "collapsed")
        return choosable(sheet, place, "clade collapsed", said, content, ' aria-expanded="false"')
    state = "living" if place.living else "extinct" if sheet.timed else "plain"
    return choosable(sheet, place, f"tip {state}", say_tip_fully(sheet, place), content)


def _fan(sheet: Sheet, place: Place, first: float, last: float) -> str:
    half, color, w = fan_height(place) * sheet.row_height / 2, sheet.paint(place), written
    return (
        f'<path class="fan" data-fold="{quoted(place.key)}" d="M{w[first]} 0L{w[last]} {w[-half]}V{w[half]}Z" '
        f'fill="{color}" fill-opacity="0.45" stroke="{color}"/>'
    )


def _range(sheet: Sheet, place: Place, first: float, last: float) -> str:
    thick, w = max(2.0, BAR * sheet.row_height), written
    return (
        f'<rect class="range" x="{w[first]}" y="{w[-thick / 2]}" width="{w[max(last - first, 2.5)]}" '
        f'height="{w[thick]}" fill="{sheet.paint(place)}"/>'
    )


def _label(sheet: Sheet, place: Place, label: Label, start: float, *, flipped: bool) -> str:
    """A label on its spoke; left of the middle it is turned around, so that it reads from left to right."""
    base, picture = written[0.34 * label.size], ""
    if sheet.pictures:
        mirrored = ' transform="scale(1,-1)"' if flipped else ""
        picture = draw_picture(sheet, place, picture_start(start, label.width), 0, turned=mirrored)
    if not flipped:
        return f'<text class="label" x="{written[start]}" y="{base}">{label.markup}</text>{picture}'
    return (
        f'<text class="label" x="{written[-start]}" y="{base}" text-anchor="end" transform="rotate(180)">'
        f"{label.markup}</text>{picture}"
    )


def _captions(wheel: Wheel) -> dict[int, str]:
    """Names of the larger clades beside their forks, where nothing else lies."""
    named = [place for place in wheel.sheet.layout.places if place.kind == CLADE and place.name]
    named = [place for place in named if hypot(wheel.x - wheel.spots[place.index][0], wheel.y - wheel.spots[place.index][1]) > 12]  # fmt: skip
    named.sort(key=lambda place: (-place.tips, place.index))
    if not named:
        return {}
    x, y = np.array([wheel.spots[place.index] for place in named]).T
    width = np.array([text_width(place.name, SIZE) for place in named])
    corners = [(start, y + rise) for start in (x + 6, x - 6 - width) for rise in (-4, 11)]
    ways = np.stack([boxes_of(at - 2, base - RISE, at + width + 2, base + DROP) for at, base in corners])
    found = first_free(ways, _taken(wheel))
    return {named[number].index: _caption(named[number], box) for number, box in found.items()}


def _caption(place: Place, box: Edges) -> str:
    at = f'x="{written[box[0] + 2]}" y="{written[box[1] + RISE]}"'
    return f'<text class="clade-name" {at}>{quoted(place.name)}</text>'


def _taken(wheel: Wheel) -> Taken:
    """Spokes, ranges or triangles with the beginnings of labels, the rings from fork to branch, and stars."""
    sheet, ends, x, y = wheel.sheet, wheel.sheet.layout.ends, wheel.x, wheel.y
    cosines, sines, index = np.cos(wheel.angles), np.sin(wheel.angles), [place.index for place in ends]

    def along(some: list[int] | slice, start: Floats, end: Floats, half: float) -> Floats:
        across, down = cosines[some], sines[some]
        return boxes_along_lines(x + start * across, y + start * down, x + end * across, y + end * down, half)

    spokes = along(slice(None), wheel.starts, wheel.radii, LINE)
    reach = np.array([wheel.radius(place.youngest) + _LABEL for place in ends])
    ranges = along(index, wheel.radii[index], reach, BAR / 2 * sheet.row_height + 1)
    forks = [place for place in sheet.layout.places if place.kind == CLADE]
    first, last = (np.array([wheel.angle(row) for row in rows]) for rows in ([fork.top for fork in forks], [fork.bottom for fork in forks]))  # fmt: skip
    rings = boxes_along_arcs(x, y, wheel.radii[[fork.index for fork in forks]], first, last)
    stars = np.array([_star_at(wheel, place) for place in new_places(sheet)]).reshape(-1, 2)
    return Taken(np.concatenate([spokes, ranges, rings, np.concatenate([stars - 6, stars + 6], axis=1)]))
