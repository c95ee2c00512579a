"""The marks of a drawn tree: tips with their ranges, splits, folded clades, and the way to what is selected.

Each tip and each named clade becomes a group with ``data-name``, reachable by keyboard, with a wide area to point at; in a drawing to
explore, those without a name as well. Markup is put together as plain text here: a large tree has thousands of marks.
"""

from collections.abc import Mapping, Sequence

from trees.clade_names import Caption
from trees.end_labels import Label
from trees.layout import CLADE, COLLAPSED, TIP, Place
from trees.pictures import draw_picture, picture_start
from trees.sheet import BAR, FAN, LABEL_OFFSETS, MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import element, quoted, text, written

_LARGEST_FAN = 0.94


def draw_tips(sheet: Sheet, labels: Sequence[Label]) -> list[str]:
    """Each tip: ghost lineage, known range, mark of the living, and label; labels are in the order of `Layout.ends`."""
    x_of, y_of, w, height, timed, styled = sheet.x, sheet.y, written, sheet.row_height, sheet.timed, sheet.paints
    slanted, thick = sheet.form == "slanted", max(2.0, BAR * height)
    line, extinct = "ghost" if sheet.by_fossils else "branch", "tip extinct" if timed else "tip plain"
    drawn = []
    for place, label, at, end in zip(sheet.layout.ends, labels, sheet.label_starts, sheet.label_ends, strict=True):
        if place.kind != TIP:
            continue
        index, living = place.index, place.living
        first, y = x_of[index], y_of[index]
        start, from_y = sheet.start(place), sheet.start_y(place) if slanted else y
        color, last = sheet.paint(place), at - LABEL_OFFSETS[living > 0]
        content = _hit(start if from_y == y else first, y, end, height)
        if first > start or from_y != y:
            style = sheet.branch_style(place) if styled else ""
            content += f'<path class="{line}" d="{_to(start, from_y, first, y)}"{style}/>'
        if timed:
            content += range_bar(first, last, y, thick, color)
        if living:
            dot = w[dot_radius(height)]
            content += f'<circle class="living-mark" cx="{w[last]}" cy="{w[y]}" r="{dot}" fill="{color}"/>'
        content += f'<text class="label" x="{w[at]}" y="{w[y + 0.34 * label.size]}">{label.markup}</text>'
        if sheet.pictures:
            content += draw_picture(sheet, place, picture_start(at, label.width), y)
        state = "tip living" if living else extinct
        drawn.append(choosable(sheet, place, state, say_tip_fully(sheet, place), content))
    return drawn


def dot_radius(row_height: float) -> float:
    """Pixels of the mark of a living tip."""
    return max(2.0, 0.23 * row_height)


def range_bar(first: float, last: float, y: float, thick: float, color: str, kind: str = "range") -> str:
    """A known range; one too short to be seen gets a width of two and a half pixels around its middle."""
    width = max(last - first, 2.5)
    return (
        f'<rect class="{kind}" x="{written[(first + last - width) / 2]}" y="{written[y - thick / 2]}" '
        f'width="{written[width]}" height="{written[thick]}" fill="{color}"/>'
    )


def draw_clades(sheet: Sheet, captions: Mapping[int, Caption]) -> list[str]:
    """The branch to each split and the split itself; with a name, or in a drawing to explore, something to choose."""
    x_of, y_of, left, rectangular, w = sheet.x, sheet.y, sheet.axis.left, sheet.form == "rectangular", written
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
            d += f"M{w[x]} {w[top + place.top * height]}V{w[top + place.bottom * height]}"
        branch = f'<path class="branch" d="{d}"{sheet.branch_style(place)}/>'
        if not (every or place.name):
            drawn.append(branch)
            continue
        content = f'<path class="hit line" d="{d}"/>{branch}'
        if sheet.spreads:
            content += _spread(sheet, place)
        if index in captions:
            content += _written_caption(place, captions[index])
        said = say_clade(sheet, place, "clade")
        drawn.append(choosable(sheet, place, "clade", said, content, ' aria-expanded="true"'))
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
    x_of, y_of, path, every, w = sheet.x, sheet.y, sheet.path, sheet.every_node, written
    drawn = []
    for place in sheet.layout.places:
        if place.kind != CLADE or not (place.name or (every and place.parent >= 0)):
            continue
        at = f'cx="{w[x_of[place.index]]}" cy="{w[y_of[place.index]]}"'
        state = "on-path" if place.index in path else ""
        radius = "1.8" if not place.name else "2.3" if place.tips < 8 else "3"
        if every:
            dot = f'<circle class="spot" {at} r="7"/><circle class="knot" {at} r="{radius}"/>'
            drawn.append(f'<g class="joint {state}" data-fold="{quoted(place.key)}">{dot}</g>')
        else:
            dot = f'<circle class="knot" {at} r="{radius}" pointer-events="none"/>'
            drawn.append(f'<g class="{state}">{dot}</g>' if state else dot)
    return drawn


def draw_folded(sheet: Sheet, labels: Sequence[Label]) -> list[str]:
    """Each folded clade: a triangle from its age to its youngest tip, the higher the more tips it holds."""
    ends = zip(sheet.layout.ends, labels, sheet.label_starts, sheet.label_ends, strict=True)
    return [_folded(sheet, place, label, at, end) for place, label, at, end in ends if place.kind == COLLAPSED]


def _folded(sheet: Sheet, place: Place, label: Label, at: float, label_end: float) -> str:
    x, y, start, w = sheet.x[place.index], sheet.y[place.index], sheet.start(place), written
    end, half = sheet.axis.x(place.youngest), fan_height(place) * sheet.row_height / 2
    color = sheet.paint(place)
    parts = [
        _hit(start, y, label_end, sheet.row_height),
        f'<path class="branch" d="{_to(start, sheet.start_y(place), x, y)}"{sheet.branch_style(place)}/>',
        f'<path class="fan" data-fold="{quoted(place.key)}" d="M{w[x]} {w[y]}L{w[end]} {w[y - half]}V{w[y + half]}Z"'
        f' fill="{color}" fill-opacity="0.45" stroke="{color}"/>',
    ]
    if place.living:
        dot = w[0.23 * sheet.row_height]
        parts.append(f'<circle class="living-mark" cx="{w[end]}" cy="{w[y]}" r="{dot}" fill="{color}"/>')
    parts.append(_label(label, at, y))
    if sheet.pictures:
        parts.append(draw_picture(sheet, place, picture_start(at, label.width), y))
    said = say_clade(sheet, place, "collapsed")
    return choosable(sheet, place, "clade collapsed", said, "".join(parts), ' aria-expanded="false"')


def _hit(left: float, y: float, label_end: float, row_height: float) -> str:
    """What can be pressed of a row: from `left` to behind its label."""
    width = max(label_end - MARGIN + 4 - left, 1.0)
    return f'<rect class="hit" x="{written[left]}" y="{written[y - row_height / 2]}" width="{written[width]}" height="{written[row_height]}" rx="3"/>'


def _label(label: Label, x: float, y: float) -> str:
    return f'<text class="label" x="{written[x]}" y="{written[y + 0.34 * label.size]}">{label.markup}</text>'


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
        up = sheet.y[place.parent] if place.parent >= 0 else y
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
    spoken = quoted(said)
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
    w = written
    return f"M{w[start]} {w[y]}H{w[x]}" if start_y == y else f"M{w[start]} {w[start_y]}L{w[x]} {w[y]}"


def _written_caption(place: Place, caption: Caption) -> str:
    words, x, y = caption
    second = words[len(place.name) :]
    named = quoted(place.name) + (f'<tspan class="second">{text(second)}</tspan>' if second else "")
    return f'<text class="clade-name" x="{written[x]}" y="{written[y]}">{named}</text>'
