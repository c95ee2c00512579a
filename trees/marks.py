"""The marks of a drawn tree: tips with their ranges, splits, folded clades, and the way to what is selected.

Each tip and each named clade becomes a group with ``data-name``, reachable by keyboard, with a wide area to point at.
"""

from trees.clade_names import SIZE as CLADE_NAME_SIZE
from trees.clade_names import Caption
from trees.end_labels import Span, label_end, written_label
from trees.layout import Place
from trees.lettering import text_width
from trees.sheet import MARGIN, Sheet
from trees.spoken import say_clade, say_tip_fully
from trees.svg import element, text

BAR = 0.34
FAN = 0.36


def draw_tip(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A tip: ghost lineage, known range, mark of the living, and label."""
    first, last, y = sheet.x[place.index], sheet.axis.x(place.youngest), sheet.y[place.index]
    start, height = sheet.start(place), sheet.row_height
    color = sheet.color(place.age)
    parts = [_hit(start, label_end(sheet, place, spans) - MARGIN + 4, y, height)]
    if first > start:
        parts.append(element("path", class_="ghost", d=f"M{start:.2f} {y:.2f}H{first:.2f}"))
    parts.append(range_bar(first, last, y, max(2.0, BAR * height), color))
    if place.living:
        parts.append(_living_mark(last, y, max(2.0, 0.23 * height), color))
    parts.append(written_label(sheet, place, spans))
    state = "living" if place.living else "extinct"
    return _group(sheet, place, f"tip {state}", say_tip_fully(sheet, place), *parts)


def range_bar(first: float, last: float, y: float, thick: float, color: str) -> str:
    """A known range; one too short to be seen gets a width of two and a half pixels around its middle."""
    width = max(last - first, 2.5)
    left = (first + last - width) / 2
    return element("rect", class_="range", x=left, y=y - thick / 2, width=width, height=thick, fill=color)


def draw_clade(sheet: Sheet, place: Place, caption: Caption | None) -> str:
    """The branch to a split and the split itself; with a name, something to choose."""
    x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
    top, bottom = sheet.row(place.top), sheet.row(place.bottom)
    d = f"M{start:.2f} {y:.2f}H{x:.2f}M{x:.2f} {top:.2f}V{bottom:.2f}"
    branch = element("path", class_="branch", d=d)
    if not place.name:
        return branch
    parts = [element("path", class_="hit line", d=d), branch]
    if caption:
        parts += _written_caption(place, caption)
    return _group(sheet, place, "clade", say_clade(sheet, place, "clade"), *parts, expanded="true")


def draw_knot(sheet: Sheet, place: Place) -> str:
    """The dot of a named split, above all lines; it takes no clicks away from its clade."""
    state = "on-path" if place.index in sheet.path else None
    x, y = sheet.x[place.index], sheet.y[place.index]
    dot = element("circle", class_="knot", cx=x, cy=y, r=2.3 if place.tips < 8 else 3, pointer_events="none")
    return element("g", dot, class_=state) if state else dot


def draw_folded(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A folded clade: a triangle from its age to its youngest tip."""
    x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
    end, half = sheet.axis.x(place.youngest), FAN * sheet.row_height
    color = sheet.color(place.age)
    parts = [
        _hit(start, label_end(sheet, place, spans) - MARGIN + 4, y, sheet.row_height),
        element("path", class_="branch", d=f"M{start:.2f} {y:.2f}H{x:.2f}"),
        element(
            "path",
            class_="fan",
            d=f"M{x:.2f} {y:.2f}L{end:.2f} {y - half:.2f}V{y + half:.2f}Z",
            fill=color,
            fill_opacity="0.45",
            stroke=color,
        ),
    ]
    if place.living:
        parts.append(_living_mark(end, y, 0.23 * sheet.row_height, color))
    parts.append(written_label(sheet, place, spans))
    said = say_clade(sheet, place, "collapsed")
    return _group(sheet, place, "clade collapsed", said, *parts, expanded="false")


def draw_lineage(sheet: Sheet) -> str:
    """The way from the root to what is selected, drawn over the branches."""
    steps = []
    for place in sheet.layout.places:
        if place.index in sheet.path:
            start, x, y = sheet.start(place), sheet.x[place.index], sheet.y[place.index]
            steps.append(f"M{start:.2f} {sheet.y.get(place.parent, y):.2f}V{y:.2f}H{x:.2f}")
    return element("path", class_="lineage", d="".join(steps), aria_hidden="true")


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


def _group(sheet: Sheet, place: Place, classes: str, said: str, *content: str, expanded: str | None = None) -> str:
    """A tip or clade that can be pointed at, chosen with the keyboard and heard."""
    title = element("title", text(said))
    state = " ".join(
        filter(None, (classes, "on-path" * (place.index in sheet.path), "selected" * (place is sheet.selected)))
    )
    link = sheet.link_of(place.name) if sheet.link_of else None
    if link is not None:
        inner = element("a", title, *content, href=link, aria_label=said)
        return element("g", inner, class_=state, data_name=place.name)
    return element(
        "g",
        title,
        *content,
        class_=state,
        data_name=place.name,
        tabindex="0",
        role="button",
        aria_label=said,
        aria_expanded=expanded,
    )


def _hit(left: float, right: float, y: float, height: float) -> str:
    """A wide invisible area to point at."""
    return element("rect", class_="hit", x=left, y=y - height / 2, width=max(right - left, 1.0), height=height, rx=3)


def _living_mark(x: float, y: float, radius: float, color: str) -> str:
    return element("circle", class_="living-mark", cx=x, cy=y, r=radius, fill=color)


def _written_caption(place: Place, caption: Caption) -> list[str]:
    size = CLADE_NAME_SIZE
    second = caption.text[len(place.name) :]
    named = text(place.name) + (element("tspan", text(second), class_="second") if second else "")
    return [
        _hit(caption.x, caption.x + text_width(caption.text, size), caption.y - 0.3 * size, 1.2 * size),
        element("text", named, class_="clade-name", x=caption.x, y=caption.y, font_size=size),
    ]
