"""The marks of a drawn tree: tips with their ranges, splits, folded clades, and the way to what is selected.

Each tip and each named clade becomes a group with ``data-name``, reachable by keyboard, with a wide area to point at; in a drawing to
explore, those without a name as well. Markup is put together as plain text here: a large tree has thousands of marks.
"""

from trees.clade_names import SIZE as CLADE_NAME_SIZE
from trees.clade_names import Caption
from trees.end_labels import Span, label_end, label_offset, label_width, written_label
from trees.layout import COLLAPSED, Place
from trees.lettering import text_width
from trees.pictures import draw_picture, picture_room
from trees.sheet import MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import element, text

BAR = 0.34
FAN = 0.36
_LARGEST_FAN = 0.94


def draw_tip(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A tip: ghost lineage, known range, mark of the living, and label."""
    first, last, y = sheet.x[place.index], sheet.axis.x(place.youngest), sheet.y[place.index]
    start, height, from_y = sheet.start(place), sheet.row_height, sheet.start_y(place)
    color = sheet.paint(place)
    left = start if from_y == y else first
    parts = [_hit(left, label_end(sheet, place, spans) + picture_room(sheet, place) - MARGIN + 4, y, height)]
    if first > start or from_y != y:
        line = "ghost" if sheet.by_fossils else "branch"
        parts.append(
            f'<path class="{line}" d="{_to(start, from_y, first, y)}"{sheet.branch_style(place) if sheet.paints else ""}/>'
        )
    if sheet.timed:
        parts.append(range_bar(first, last, y, max(2.0, BAR * height), color))
    if place.living:
        parts.append(_living_mark(last, y, max(2.0, 0.23 * height), color))
    parts.append(written_label(sheet, place, spans))
    if sheet.pictures:
        parts.append(draw_picture(sheet, place, last + label_offset(place) + label_width(spans) + 8, y))
    state = "living" if place.living else "extinct" if sheet.timed else "plain"
    return choosable(sheet, place, f"tip {state}", say_tip_fully(sheet, place), "".join(parts))


def range_bar(first: float, last: float, y: float, thick: float, color: str) -> str:
    """A known range; one too short to be seen gets a width of two and a half pixels around its middle."""
    width = max(last - first, 2.5)
    left = (first + last - width) / 2
    return f'<rect class="range" x="{left:.2f}" y="{y - thick / 2:.2f}" width="{width:.2f}" height="{thick:.2f}" fill="{color}"/>'


def draw_clade(sheet: Sheet, place: Place, caption: Caption | None) -> str:
    """The branch to a split and the split itself; with a name, or in a drawing to explore, something to choose."""
    x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
    d = _to(start, sheet.start_y(place), x, y)
    if sheet.form == "rectangular":
        d += f"M{x:.2f} {sheet.row(place.top):.2f}V{sheet.row(place.bottom):.2f}"
    branch = f'<path class="branch" d="{d}"{sheet.branch_style(place)}/>'
    if not (place.name or sheet.every_node):
        return branch
    parts = [f'<path class="hit line" d="{d}"/>', branch]
    spread = sheet.spreads.get(place.node)
    if spread is not None:
        older, younger = sheet.axis.x(spread.older), sheet.axis.x(spread.younger)
        parts.append(range_bar(older, younger, y, 6.0, "currentColor").replace('"range"', '"spread"', 1))
    if caption:
        parts += _written_caption(place, caption)
    return choosable(sheet, place, "clade", say_clade(sheet, place, "clade"), "".join(parts), expanded="true")


def draw_knot(sheet: Sheet, place: Place) -> str:
    """The dot of a split, above all lines: of a named one, and where splits can be folded of every one, with a spot to do so."""
    x, y = sheet.x[place.index], sheet.y[place.index]
    state = "on-path" if place.index in sheet.path else ""
    radius = 2.3 if place.tips < 8 else 3
    if not sheet.every_node:
        dot = f'<circle class="knot" cx="{x:.2f}" cy="{y:.2f}" r="{radius}" pointer-events="none"/>'
        return f'<g class="{state}">{dot}</g>' if state else dot
    dot = f'<circle class="knot" cx="{x:.2f}" cy="{y:.2f}" r="{radius if place.name else 1.8}"/>'
    spot = f'<circle class="spot" cx="{x:.2f}" cy="{y:.2f}" r="7"/>'
    return f'<g class="joint {state}" data-fold="{text(place.key)}">{spot}{dot}</g>'


def draw_folded(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A folded clade: a triangle from its age to its youngest tip, the higher the more tips it holds."""
    x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
    end, half = sheet.axis.x(place.youngest), fan_height(place) * sheet.row_height / 2
    color = sheet.paint(place)
    parts = [
        _hit(start, label_end(sheet, place, spans) + picture_room(sheet, place) - MARGIN + 4, y, sheet.row_height),
        f'<path class="branch" d="{_to(start, sheet.start_y(place), x, y)}"{sheet.branch_style(place)}/>',
        f'<path class="fan" data-fold="{text(place.key)}" d="M{x:.2f} {y:.2f}L{end:.2f} {y - half:.2f}V{y + half:.2f}Z"'
        f' fill="{color}" fill-opacity="0.45" stroke="{color}"/>',
    ]
    if place.living:
        parts.append(_living_mark(end, y, 0.23 * sheet.row_height, color))
    parts.append(written_label(sheet, place, spans))
    if sheet.pictures:
        parts.append(draw_picture(sheet, place, end + label_offset(place) + label_width(spans) + 8, y))
    said = say_clade(sheet, place, "collapsed")
    return choosable(sheet, place, "clade collapsed", said, "".join(parts), expanded="false")


def fan_height(place: Place) -> float:
    """The height of a triangle in rows: it grows with each doubling of its tips, and stays within its row."""
    return min(_LARGEST_FAN, 0.34 + 0.06 * max(place.tips, 1).bit_length()) if place.kind == COLLAPSED else 2 * FAN


def draw_lineage(sheet: Sheet) -> str:
    """The way from the root to what is selected, drawn over the branches."""
    steps = []
    for place in sheet.layout.places:
        if place.index in sheet.path:
            start, x, y = sheet.start(place), sheet.x[place.index], sheet.y[place.index]
            up = sheet.y.get(place.parent, y)
            steps.append(
                f"M{start:.2f} {up:.2f}L{x:.2f} {y:.2f}"
                if sheet.form == "slanted"
                else f"M{start:.2f} {up:.2f}V{y:.2f}H{x:.2f}"
            )
    return f'<path class="lineage" d="{"".join(steps)}" aria-hidden="true"/>'


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


def choosable(sheet: Sheet, place: Place, classes: str, said: str, content: str, expanded: str | None = None) -> str:
    """A tip or clade that can be pointed at, chosen with the keyboard and heard."""
    spoken = text(said)
    if place.index in sheet.path:
        classes += " on-path"
    if place is sheet.selected:
        classes += " selected"
    name = text(place.key if sheet.every_node else place.name)
    link = sheet.link_of(place.name) if sheet.link_of else None
    if link is not None:
        inner = f'<a href="{text(link)}" aria-label="{spoken}"><title>{spoken}</title>{content}</a>'
        return f'<g class="{classes}" data-name="{name}">{inner}</g>'
    number = f' data-n="{place.index}"' if sheet.every_node else ""
    state = f' aria-expanded="{expanded}"' if expanded else ""
    # in a drawing to explore, the arrow keys walk the tree, so that Tab leaves it with one step
    stop = "-1" if sheet.every_node and place.index else "0"
    return (
        f'<g class="{classes}" data-name="{name}"{number} tabindex="{stop}" role="button" aria-label="{spoken}"{state}>'
        f"<title>{spoken}</title>{content}</g>"
    )


def _to(start: float, start_y: float, x: float, y: float) -> str:
    return f"M{start:.2f} {y:.2f}H{x:.2f}" if start_y == y else f"M{start:.2f} {start_y:.2f}L{x:.2f} {y:.2f}"


def _hit(left: float, right: float, y: float, height: float) -> str:
    """A wide invisible area to point at."""
    return f'<rect class="hit" x="{left:.2f}" y="{y - height / 2:.2f}" width="{max(right - left, 1.0):.2f}" height="{height:.2f}" rx="3"/>'


def _living_mark(x: float, y: float, radius: float, color: str) -> str:
    return f'<circle class="living-mark" cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{color}"/>'


def _written_caption(place: Place, caption: Caption) -> list[str]:
    size = CLADE_NAME_SIZE
    second = caption.text[len(place.name) :]
    named = text(place.name) + (element("tspan", text(second), class_="second") if second else "")
    return [
        _hit(caption.x, caption.x + text_width(caption.text, size), caption.y - 0.3 * size, 1.2 * size),
        element("text", named, class_="clade-name", x=caption.x, y=caption.y, font_size=size),
    ]
