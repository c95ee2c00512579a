"""The marks of a drawn tree: tips with their ranges, splits, folded clades, and the way to what is selected.

Each tip and each named clade becomes a group with ``data-name``, reachable by keyboard, with a wide area to point at; in a drawing to
explore, those without a name as well. Markup is put together as plain text here: a large tree has thousands of marks.
"""

from collections.abc import Mapping, Sequence

from trees.clade_names import Caption
from trees.end_labels import Span, label_width, spans_markup
from trees.layout import CLADE, COLLAPSED, TIP, Place
from trees.pictures import draw_picture, picture_start
from trees.sheet import LABEL_OFFSETS, MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import element, quoted, text

BAR = 0.34
FAN = 0.36
_LARGEST_FAN = 0.94


# Written with per cent signs, which for numbers takes half as long as the newer way: a large tree has thousands of marks.
_HIT = '<rect class="hit" x="%.2f" y="%.2f" width="%.2f" height="%.2f" rx="3"/>'
_LINE = '<path class="%s" d="%s"%s/>'
_ALONG, _SLANTING, _ACROSS = "M%.2f %.2fH%.2f", "M%.2f %.2fL%.2f %.2f", "M%.2f %.2fV%.2f"
_RANGE = '<rect class="%s" x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>'
_LIVING = '<circle class="living-mark" cx="%.2f" cy="%.2f" r="%.2f" fill="%s"/>'
_LABEL = '<text class="label" x="%.2f" y="%.2f">%s</text>'
_CLADE_NAME = '<text class="clade-name" x="%.2f" y="%.2f">%s</text>'
_SPOT = '<circle class="spot" cx="%.2f" cy="%.2f" r="7"/>'
_KNOT = '<circle class="knot" cx="%.2f" cy="%.2f" r="%s"%s/>'


def draw_tips(sheet: Sheet, ends: Mapping[int, list[Span]]) -> list[str]:
    """Each tip: ghost lineage, known range, mark of the living, and label."""
    x_of, y_of, starts, label_ends = sheet.x, sheet.y, sheet.label_starts, sheet.label_ends
    height, timed, axis, slanted = sheet.row_height, sheet.timed, sheet.axis, sheet.form == "slanted"
    line, thick, dot = "ghost" if sheet.by_fossils else "branch", max(2.0, BAR * height), max(2.0, 0.23 * height)
    drawn = []
    for place in sheet.layout.ends:
        if place.kind != TIP:
            continue
        index, parent = place.index, place.parent
        first, y, at, spans = x_of[index], y_of[index], starts[index], ends[index]
        start = x_of[parent] if parent >= 0 else axis.left
        from_y = y_of[parent] if slanted and parent >= 0 else y
        color, last = sheet.paint(place), at - LABEL_OFFSETS[place.living > 0]
        left = start if from_y == y else first
        content = _HIT % (left, y - height / 2, max(label_ends[index] - MARGIN + 4 - left, 1.0), height)
        if first > start or from_y != y:
            content += _LINE % (line, _to(start, from_y, first, y), sheet.branch_style(place))
        if timed:
            content += range_bar(first, last, y, thick, color)
        if place.living:
            content += _LIVING % (last, y, dot, color)
        content += _LABEL % (at, y + 0.34 * spans[0].size, spans_markup(spans))
        if sheet.pictures:
            content += draw_picture(sheet, place, picture_start(at, label_width(spans)), y)
        state = "tip living" if place.living else "tip extinct" if timed else "tip plain"
        drawn.append(choosable(sheet, place, state, say_tip_fully(sheet, place), content))
    return drawn


def range_bar(first: float, last: float, y: float, thick: float, color: str, kind: str = "range") -> str:
    """A known range; one too short to be seen gets a width of two and a half pixels around its middle."""
    width = max(last - first, 2.5)
    return _RANGE % (kind, (first + last - width) / 2, y - thick / 2, width, thick, color)


def draw_clades(sheet: Sheet, captions: Mapping[int, Caption]) -> list[str]:
    """The branch to each split and the split itself; with a name, or in a drawing to explore, something to choose."""
    x_of, y_of, left, rectangular = sheet.x, sheet.y, sheet.axis.left, sheet.form == "rectangular"
    height, top, slanted, every = sheet.row_height, sheet.row(0), sheet.form == "slanted", sheet.every_node
    drawn = []
    for place in sheet.layout.places:
        if place.kind != CLADE:
            continue
        index, parent = place.index, place.parent
        x, y = x_of[index], y_of[index]
        start = x_of[parent] if parent >= 0 else left
        d = _to(start, y_of[parent] if slanted and parent >= 0 else y, x, y)
        if rectangular:
            d += _ACROSS % (x, top + place.top * height, top + place.bottom * height)
        branch = _LINE % ("branch", d, sheet.branch_style(place))
        if not (every or place.name):
            drawn.append(branch)
            continue
        content = f'<path class="hit line" d="{d}"/>{branch}'
        if sheet.spreads:
            content += _spread(sheet, place)
        if index in captions:
            content += _written_caption(place, captions[index])
        drawn.append(
            choosable(sheet, place, "clade", say_clade(sheet, place, "clade"), content, ' aria-expanded="true"')
        )
    return drawn


def _spread(sheet: Sheet, place: Place) -> str:
    """Within what the age of a fork falls."""
    spread = sheet.spreads.get(place.node)
    if spread is None:
        return ""
    older, younger = sheet.axis.x(spread.older), sheet.axis.x(spread.younger)
    return range_bar(older, younger, sheet.y[place.index], 6.0, "currentColor", "spread")


def draw_knots(sheet: Sheet) -> list[str]:
    """The dot of each split, above all lines: of named ones, and where splits can be folded of every one, with a spot to do so."""
    x_of, y_of, path, every = sheet.x, sheet.y, sheet.path, sheet.every_node
    drawn = []
    for place in sheet.layout.places:
        if place.kind != CLADE or not (place.name or (every and place.parent >= 0)):
            continue
        x, y = x_of[place.index], y_of[place.index]
        state = "on-path" if place.index in path else ""
        radius = "1.8" if not place.name else "2.3" if place.tips < 8 else "3"
        if every:
            dot = _SPOT % (x, y) + _KNOT % (x, y, radius, "")
            drawn.append(f'<g class="joint {state}" data-fold="{quoted(place.key)}">{dot}</g>')
        else:
            dot = _KNOT % (x, y, radius, ' pointer-events="none"')
            drawn.append(f'<g class="{state}">{dot}</g>' if state else dot)
    return drawn


def draw_folded(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A folded clade: a triangle from its age to its youngest tip, the higher the more tips it holds."""
    x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
    end, half = sheet.axis.x(place.youngest), fan_height(place) * sheet.row_height / 2
    color = sheet.paint(place)
    at = sheet.label_starts[place.index]
    parts = [
        _hit(start, sheet.label_ends[place.index] - MARGIN + 4, y, sheet.row_height),
        f'<path class="branch" d="{_to(start, sheet.start_y(place), x, y)}"{sheet.branch_style(place)}/>',
        f'<path class="fan" data-fold="{quoted(place.key)}" d="M{x:.2f} {y:.2f}L{end:.2f} {y - half:.2f}V{y + half:.2f}Z"'
        f' fill="{color}" fill-opacity="0.45" stroke="{color}"/>',
    ]
    if place.living:
        parts.append(_LIVING % (end, y, 0.23 * sheet.row_height, color))
    parts.append(_LABEL % (at, y + 0.34 * spans[0].size, spans_markup(spans)))
    if sheet.pictures:
        parts.append(draw_picture(sheet, place, picture_start(at, label_width(spans)), y))
    said = say_clade(sheet, place, "collapsed")
    return choosable(sheet, place, "clade collapsed", said, "".join(parts), ' aria-expanded="false"')


def fan_height(place: Place) -> float:
    """The height of a triangle in rows: it grows with each doubling of its tips, and stays within its row."""
    return min(_LARGEST_FAN, 0.34 + 0.06 * max(place.tips, 1).bit_length()) if place.kind == COLLAPSED else 2 * FAN


def draw_lineage(sheet: Sheet) -> str:
    """The way from the root to what is selected, or else to what is alive today, drawn over the branches."""
    if sheet.selected is None:
        return _way(sheet, sheet.thread, "thread") if sheet.thread else ""
    return _way(sheet, [place for place in sheet.layout.places if place.index in sheet.path], "lineage")


def _way(sheet: Sheet, places: Sequence[Place], kind: str) -> str:
    steps = []
    for place in places:
        start, x, y = sheet.start(place), sheet.x[place.index], sheet.y[place.index]
        up = sheet.y.get(place.parent, y)
        steps.append(
            f"M{start:.2f} {up:.2f}L{x:.2f} {y:.2f}"
            if sheet.form == "slanted"
            else f"M{start:.2f} {up:.2f}V{y:.2f}H{x:.2f}"
        )
    return f'<path class="{kind}" d="{"".join(steps)}" aria-hidden="true"/>'


def draw_chosen_area(sheet: Sheet, chosen: Place) -> str:
    """A tint behind all rows of the selected clade."""
    top = sheet.row(chosen.first_row - 0.5)
    return element(
        "rect",
        class_="chosen-area",
        x=sheet.x[chosen.index],
        y=top,
        width=sheet.axis.right - sheet.x[chosen.index],
        height=sheet.row(chosen.last_row + 0.5) - top,
        rx=4,
    )


def choosable(sheet: Sheet, place: Place, classes: str, said: str, content: str, state: str = "") -> str:
    """A tip or clade that can be pointed at, chosen with the keyboard and heard; `state` is a further attribute."""
    spoken = text(said)
    if sheet.selected is not None and place.index in sheet.path:
        classes += " on-path selected" if place is sheet.selected else " on-path"
    if sheet.every_node:
        # the arrow keys walk the tree here, so that Tab leaves it with one step; the window adds the title that hands see when they come
        stop = "-1" if place.index else "0"
        return (
            f'<g class="{classes}" data-name="{quoted(place.key)}" data-n="{place.index}" tabindex="{stop}" role="button" '
            f'aria-label="{spoken}"{state}>{content}</g>'
        )
    name = text(place.name)
    link = sheet.link_of(place.name) if sheet.link_of else None
    if link is not None:
        inner = f'<a href="{text(link)}" aria-label="{spoken}"><title>{spoken}</title>{content}</a>'
        return f'<g class="{classes}" data-name="{name}">{inner}</g>'
    return (
        f'<g class="{classes}" data-name="{name}" tabindex="0" role="button" aria-label="{spoken}"{state}>'
        f"<title>{spoken}</title>{content}</g>"
    )


def _to(start: float, start_y: float, x: float, y: float) -> str:
    return _ALONG % (start, y, x) if start_y == y else _SLANTING % (start, start_y, x, y)


def _hit(left: float, right: float, y: float, height: float) -> str:
    """A wide invisible area to point at."""
    return _HIT % (left, y - height / 2, max(right - left, 1.0), height)


def _written_caption(place: Place, caption: Caption) -> str:
    written, x, y = caption
    second = written[len(place.name) :]
    named = quoted(place.name) + (f'<tspan class="second">{text(second)}</tspan>' if second else "")
    return _CLADE_NAME % (x, y, named)
