"""Draw a dated tree as one self-contained SVG: geological time behind it, known fossils solid, ghost lineages dashed.

The picture is a rectangular phylogram on an exact linear axis. The thick bar of a tip is its known range, in the colour of
the epoch in which it begins; the dashed line before it is the time for which it must have existed without a known fossil.
Between splits lines are thin and solid: those lineages are inferred as well. Living and extinct tips differ by a mark.

Each tip and each named clade is a group with ``data-name``, reachable by keyboard, so that whoever shows the picture can
listen for clicks. Words come from `trees.words`; names of intervals from the chart.

References
----------
Bell, M. A. and Lloyd, G. T. 2015. strap: an R package for plotting phylogenies against stratigraphy and assessing their
stratigraphic congruence. Palaeontology 58: 379-389. doi:10.1111/pala.12142
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.geological_time import Timescale
from trees import bands
from trees.clade_names import SIZE as CLADE_NAME_SIZE
from trees.clade_names import Box, Caption, Ground, place_names
from trees.colours import INK, interval_beginning, legible
from trees.dating import DatedTree
from trees.layout import CLADE, COLLAPSED, TIP, Layout, Place, TimeAxis, fit_axis, lay_out
from trees.lettering import text_width
from trees.model import find_node
from trees.style import STYLE
from trees.svg import element, text
from trees.words import figure, wording

MARGIN = 14.0
GAP = 14.0
LEGEND_ROW = 22.0
LEAST_AXIS = 0.35
TALL = 600.0
_BAR = 0.34
_FAN = 0.36


@dataclass(frozen=True)
class _Picture:
    """All that the parts of one picture need to know."""

    dated: DatedTree
    layout: Layout
    axis: TimeAxis
    timescale: Timescale
    language: str
    words: Mapping[str, str]
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    link_of: Callable[[str], str | None] | None
    selected: Place | None
    top: float
    row_height: float

    @cached_property
    def path(self) -> frozenset[int]:
        """The selected node and all above it."""
        return (
            frozenset(place.index for place in self.layout.path_to_root(self.selected))
            if self.selected
            else frozenset()
        )

    @cached_property
    def x(self) -> dict[int, float]:
        """Pixels from the left of each node."""
        return {place.index: self.axis.x(place.age) for place in self.layout.places}

    @cached_property
    def y(self) -> dict[int, float]:
        """Pixels from the top of each node."""
        return {place.index: self.row(place.y) for place in self.layout.places}

    @property
    def bottom(self) -> float:
        """Pixels from the top at which the last row ends."""
        return self.top + self.layout.rows * self.row_height

    def row(self, row: float) -> float:
        """Pixels from the top of the middle of a row."""
        return self.top + (row + 0.5) * self.row_height

    def start(self, place: Place) -> float:
        """Pixels from the left at which the branch to a node begins."""
        return self.x[place.parent] if place.parent >= 0 else self.axis.left

    def color(self, age_ma: float) -> str:
        """The readable colour of the epoch that begins with or before an age."""
        unit = interval_beginning(self.timescale, age_ma)
        return legible(unit.color) if unit else INK

    def interval(self, age_ma: float) -> str:
        """The name of the epoch of an age."""
        unit = interval_beginning(self.timescale, age_ma)
        return unit.label(self.language) if unit else ""


@dataclass(frozen=True)
class _Span:
    """A stretch of a label in one kind of letters."""

    kind: str
    text: str
    size: float
    space: float = 0.0


def draw_tree(
    dated: DatedTree,
    *,
    timescale: Timescale,
    language: str = "en",
    labels: Mapping[str, str] | None = None,
    link_of: Callable[[str], str | None] | None = None,
    selected: str | None = None,
    counts: Mapping[str, int] | None = None,
    width: float = 1100,
    row_height: float = 20,
    collapsed: Collection[str] = frozenset(),
    names: Mapping[str, str] | None = None,
    ladderize: bool = True,
) -> str:
    """Draw a dated tree.

    Parameters
    ----------
    dated : DatedTree
        What to draw.
    timescale : Timescale
        Whose intervals lie behind it.
    language : str
        Of the names of intervals: ``en`` or ``zh``.
    labels : mapping of str to str
        A second label for a tip or clade, such as its Chinese or common name.
    link_of : callable
        Gives the address to which a tip or clade leads, or None. Without it groups are buttons for a script to listen to.
    selected : str
        Tip or clade to emphasise together with its path to the root. Inside a folded clade, that clade is emphasised.
    counts : mapping of str to int
        Specimens in the collection, by tip.
    width, row_height : float
        Pixels. Where labels are too long for `width` the picture grows wider; it is never cut.
    collapsed : collection of str
        Clades to fold into a triangle.
    names : mapping of str to str
        Translations of the templates in `trees.words.WORDS`, by their key.
    ladderize : bool
        Whether small clades go above large ones.

    Returns
    -------
    str
        One ``<svg>`` element with its own style sheet, for use within a page or on its own.
    """
    words = wording(names)
    layout = lay_out(dated, collapsed=collapsed, ladderize=ladderize)
    ends = {place.index: _end_label(place, labels or {}, counts or {}, row_height) for place in layout.ends}
    axis = _axis(layout, ends, width)
    head, head_height = bands.header(axis, timescale, language, MARGIN)
    picture = _Picture(
        dated=dated,
        layout=layout,
        axis=axis,
        timescale=timescale,
        language=language,
        words=words,
        labels=labels or {},
        counts=counts or {},
        link_of=link_of,
        selected=_visible_place(dated, layout, selected),
        top=MARGIN + head_height + GAP,
        row_height=row_height,
    )
    foot = picture.bottom + GAP
    full_width = max(width, *(_label_end(picture, layout.places[index], ends[index]) for index in ends))
    strip = bands.STRIP if foot > TALL else 0.0
    legend_top = foot + strip + bands.TICK_ROOM + 10
    legend, legend_height = _legend(picture, legend_top, full_width)
    height = legend_top + legend_height + MARGIN
    return element(
        "svg",
        element("style", STYLE),
        bands.backdrop(axis, timescale, MARGIN + head_height, foot),
        head,
        *_tree(picture, ends),
        bands.strip(axis, timescale, language, foot) if strip else "",
        bands.ruler(axis, foot + strip, words),
        legend,
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree",
        viewBox=f"0 0 {full_width:.0f} {height:.0f}",
        width=full_width,
        height=height,
        role="group",
        aria_label=_summary(picture),
        style="max-width:100%;height:auto",
    )


def _axis(layout: Layout, ends: Mapping[int, list[_Span]], width: float) -> TimeAxis:
    root = layout.places[0]
    youngest = min(place.youngest for place in layout.places)
    air = 0.02 * (root.age - youngest) or 1.0
    return fit_axis(
        (
            (layout.places[index].youngest, _offset(layout.places[index]) + _width(spans))
            for index, spans in ends.items()
        ),
        oldest=root.age + air,
        youngest=max(0.0, youngest - air) if youngest else 0.0,
        left=MARGIN,
        right=width - MARGIN,
        least=LEAST_AXIS * width,
    )


def _visible_place(dated: DatedTree, layout: Layout, name: str | None) -> Place | None:
    """The place of a tip or clade, or of the folded clade that holds it."""
    node = find_node(dated.tree, name) if name else None
    while node is not None:
        place = layout.find(node.name) if node.name else None
        if place is not None:
            return place
        node = node.up
    return None


def _summary(picture: _Picture) -> str:
    root = picture.layout.places[0]
    return picture.words["tree"].format(
        count=root.tips,
        oldest=figure(root.age),
        youngest=figure(min(place.youngest for place in picture.layout.places)),
    )


# Labels


def _end_label(place: Place, labels: Mapping[str, str], counts: Mapping[str, int], row_height: float) -> list[_Span]:
    """What stands right of a tip or of a folded clade."""
    size = max(7.0, min(13.5, 0.66 * row_height))
    spans = [_Span("name", place.name, size)]
    if place.kind == COLLAPSED:
        spans.append(_Span("second", f"({place.tips})", 0.88 * size, 5))
    if not place.living:
        spans.append(_Span("dagger", "†", 0.88 * size, 3))
    if labels.get(place.name):
        spans.append(_Span("second", labels[place.name], 0.92 * size, 8))
    if counts.get(place.name):
        spans.append(_Span("count", f"◆ {counts[place.name]}", 0.82 * size, 9))
    return spans


def _width(spans: list[_Span]) -> float:
    return sum(text_width(span.text, span.size) + span.space for span in spans)


def _offset(place: Place) -> float:
    """Pixels from the end of a range to its label; the mark of a living tip needs some."""
    return 11.0 if place.living else 7.0


def _label_start(picture: _Picture, place: Place) -> float:
    return picture.axis.x(place.youngest) + _offset(place)


def _label_end(picture: _Picture, place: Place, spans: list[_Span]) -> float:
    return _label_start(picture, place) + _width(spans) + MARGIN


def _written_label(picture: _Picture, place: Place, spans: list[_Span]) -> str:
    size = spans[0].size
    parts = [
        element("tspan", text(span.text), class_=span.kind, dx=span.space or None, font_size=span.size)
        for span in spans
    ]
    y = picture.y[place.index] + 0.34 * size
    return element("text", *parts, class_="label", x=_label_start(picture, place), y=y)


# Parts of the tree


def _tree(picture: _Picture, ends: Mapping[int, list[_Span]]) -> list[str]:
    places = picture.layout.places
    captions = _captions(picture, ends)
    chosen = picture.selected
    return [
        _chosen_area(picture) if chosen is not None and chosen.kind == CLADE else "",
        *(_clade(picture, place, captions.get(place.index)) for place in places if place.kind == CLADE),
        _lineage(picture) if chosen is not None else "",
        *(_knot(picture, place) for place in places if place.kind == CLADE and place.name),
        *(_folded(picture, place, ends[place.index]) for place in places if place.kind == COLLAPSED),
        *(_tip(picture, place, ends[place.index]) for place in places if place.kind == TIP),
    ]


def _group(picture: _Picture, place: Place, classes: str, said: str, *content: str, expanded: str | None = None) -> str:
    """A tip or clade that can be pointed at, chosen with the keyboard and heard."""
    title = element("title", text(said))
    state = " ".join(
        filter(None, (classes, "on-path" * (place.index in picture.path), "selected" * (place is picture.selected)))
    )
    link = picture.link_of(place.name) if picture.link_of else None
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


def _named(picture: _Picture, place: Place) -> str:
    second = picture.labels.get(place.name)
    return f"{place.name}, {second}" if second else place.name


def _tip(picture: _Picture, place: Place, spans: list[_Span]) -> str:
    first, last, y = picture.x[place.index], picture.axis.x(place.youngest), picture.y[place.index]
    start, height = picture.start(place), picture.row_height
    color = picture.color(place.age)
    parts = [_hit(start, _label_end(picture, place, spans) - MARGIN + 4, y, height)]
    if first > start:
        parts.append(element("path", class_="ghost", d=f"M{start:.2f} {y:.2f}H{first:.2f}"))
    parts.append(_bar(first, last, y, max(2.0, _BAR * height), color))
    if place.living:
        radius = max(2.0, 0.23 * height)
        parts.append(element("circle", class_="living-mark", cx=last, cy=y, r=radius, fill=color))
    parts.append(_written_label(picture, place, spans))
    state = "living" if place.living else "extinct"
    return _group(picture, place, f"tip {state}", _said_of_tip(picture, place, state), *parts)


def _bar(first: float, last: float, y: float, thick: float, color: str) -> str:
    """A known range; one too short to be seen gets a width of two and a half pixels around its middle."""
    width = max(last - first, 2.5)
    left = (first + last - width) / 2
    return element("rect", class_="range", x=left, y=y - thick / 2, width=width, height=thick, fill=color)


def _said_of_tip(picture: _Picture, place: Place, state: str) -> str:
    words = picture.words
    said = words["tip"].format(
        name=_named(picture, place),
        state=words[state],
        first=figure(place.age),
        last=figure(place.youngest),
        interval=picture.interval(place.age),
    )
    parts = [said]
    ghost = picture.dated.ghost_lineages.get(place.name, 0.0)
    if ghost > 0:
        parts.append(words["ghost"].format(amount=figure(ghost)))
    count = picture.counts.get(place.name, 0)
    if count:
        parts.append(words["specimen" if count == 1 else "specimens"].format(count=count))
    return "; ".join(parts)


def _hit(left: float, right: float, y: float, height: float) -> str:
    """A wide invisible area to point at."""
    return element("rect", class_="hit", x=left, y=y - height / 2, width=max(right - left, 1.0), height=height, rx=3)


def _said_of_clade(picture: _Picture, place: Place, key: str) -> str:
    return picture.words[key].format(name=_named(picture, place), count=place.tips, age=figure(place.age))


def _clade(picture: _Picture, place: Place, caption: Caption | None) -> str:
    x, y, start = picture.x[place.index], picture.y[place.index], picture.start(place)
    top, bottom = picture.row(place.top), picture.row(place.bottom)
    d = f"M{start:.2f} {y:.2f}H{x:.2f}M{x:.2f} {top:.2f}V{bottom:.2f}"
    branch = element("path", class_="branch", d=d)
    if not place.name:
        return branch
    parts = [element("path", class_="hit line", d=d), branch]
    if caption:
        size = CLADE_NAME_SIZE
        parts.append(_hit(caption.x, caption.x + text_width(caption.text, size), caption.y - 0.3 * size, 1.2 * size))
        second = caption.text[len(place.name) :]
        named = text(place.name) + (element("tspan", text(second), class_="second") if second else "")
        parts.append(element("text", named, class_="clade-name", x=caption.x, y=caption.y, font_size=size))
    return _group(picture, place, "clade", _said_of_clade(picture, place, "clade"), *parts, expanded="true")


def _knot(picture: _Picture, place: Place) -> str:
    """The dot of a named split, above all lines; it takes no clicks away from its clade."""
    state = "on-path" if place.index in picture.path else None
    x, y = picture.x[place.index], picture.y[place.index]
    dot = element("circle", class_="knot", cx=x, cy=y, r=2.3 if place.tips < 8 else 3, pointer_events="none")
    return element("g", dot, class_=state) if state else dot


def _folded(picture: _Picture, place: Place, spans: list[_Span]) -> str:
    x, y, start = picture.x[place.index], picture.y[place.index], picture.start(place)
    end, half = picture.axis.x(place.youngest), _FAN * picture.row_height
    color = picture.color(place.age)
    parts = [
        _hit(start, _label_end(picture, place, spans) - MARGIN + 4, y, picture.row_height),
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
        parts.append(element("circle", class_="living-mark", cx=end, cy=y, r=0.23 * picture.row_height, fill=color))
    parts.append(_written_label(picture, place, spans))
    said = _said_of_clade(picture, place, "collapsed")
    return _group(picture, place, "clade collapsed", said, *parts, expanded="false")


def _lineage(picture: _Picture) -> str:
    """The way from the root to what is selected, drawn over the branches."""
    steps = []
    for place in picture.layout.places:
        if place.index in picture.path:
            start, x, y = picture.start(place), picture.x[place.index], picture.y[place.index]
            steps.append(f"M{start:.2f} {picture.y.get(place.parent, y):.2f}V{y:.2f}H{x:.2f}")
    return element("path", class_="lineage", d="".join(steps), aria_hidden="true")


def _chosen_area(picture: _Picture) -> str:
    """A tint behind all rows of the selected clade."""
    chosen = picture.selected
    if chosen is None:
        return ""
    top = picture.row(chosen.first_row - 0.5)
    return element(
        "rect",
        class_="chosen-area",
        x=picture.x[chosen.index],
        y=top,
        width=picture.axis.right - picture.x[chosen.index],
        height=picture.row(chosen.last_row + 0.5) - top,
        rx=4,
    )


def _captions(picture: _Picture, ends: Mapping[int, list[_Span]]) -> dict[int, Caption]:
    """Names of clades in the places that lines, bars and labels leave free."""
    ground = Ground()
    texts: dict[int, list[str]] = {}
    for place in picture.layout.places:
        x, y, start = picture.x[place.index], picture.y[place.index], picture.start(place)
        ground.take(Box(start, y - 0.8, x, y + 0.8))
        if place.kind == CLADE:
            ground.take(Box(x - 0.8, picture.row(place.top), x + 0.8, picture.row(place.bottom)))
            ground.take(Box(x - 3.5, y - 3.5, x + 3.5, y + 3.5) if place.name else Box(x, y, x, y))
            if place.name:
                second = picture.labels.get(place.name)
                texts[place.index] = [f"{place.name} {second}", place.name] if second else [place.name]
        else:
            half = (_FAN if place.kind == COLLAPSED else _BAR / 2) * picture.row_height
            ground.take(Box(x, y - half, _label_start(picture, place), y + half))
            half = 0.37 * picture.row_height
            ground.take(
                Box(_label_start(picture, place) - 4, y - half, _label_end(picture, place, ends[place.index]), y + half)
            )
    return place_names(picture.layout, picture.x, picture.row, texts, ground, MARGIN)


# Legend


def _legend(picture: _Picture, top: float, width: float) -> tuple[str, float]:
    """What the marks mean, as far as they occur, in as many lines as it takes, and their height in pixels."""
    x, y = MARGIN, top + LEGEND_ROW / 2
    items = []
    for sign, sign_width, key in _signs(picture):
        words = picture.words[key]
        room = sign_width + 8 + text_width(words, 12)
        if x > MARGIN and x + room > width - MARGIN:
            x, y = MARGIN, y + LEGEND_ROW
        written = element("text", text(words), x=sign_width + 8, y=4)
        items.append(element("g", sign, written, transform=f"translate({x:.2f} {y:.2f})"))
        x += room + 22
    return element("g", *items, class_="legend", aria_hidden="true"), y + LEGEND_ROW / 2 - top


def _signs(picture: _Picture) -> list[tuple[str, float, str]]:
    """Sign, its width and the key of its words, for all that the picture shows."""
    ends = picture.layout.ends
    color = picture.color(picture.layout.places[0].age)
    signs = [
        (_bar(0, 26, 0, 6.5, color), 26.0, "legend_range"),
        (element("path", class_="ghost", d="M0 0H26"), 26.0, "legend_ghost"),
    ]
    if any(place.living for place in ends):
        signs.append((element("circle", class_="living-mark", cx=5, cy=0, r=4.6, fill=color), 10.0, "legend_living"))
    if any(not place.living for place in ends):
        signs.append((element("text", "†", x=0, y=4), 7.0, "legend_extinct"))
    if any(picture.counts.get(place.name) for place in ends):
        signs.append((element("text", "◆", class_="count", x=0, y=4), 10.0, "legend_count"))
    if any(place.kind == COLLAPSED for place in ends):
        fan = element("path", class_="fan", d="M0 0L22 -6V6Z", fill=color, fill_opacity="0.45", stroke=color)
        signs.append((fan, 22.0, "legend_folded"))
    return signs
