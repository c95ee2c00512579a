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

from catalogue.geological_time import Timescale
from trees import bands
from trees.clade_names import Box, Caption, Ground, place_names
from trees.dating import DatedTree
from trees.end_labels import Span, end_label, label_end, label_offset, label_start, label_width
from trees.layout import CLADE, COLLAPSED, TIP, Layout, Place, TimeAxis, fit_axis, lay_out
from trees.legend import draw_legend
from trees.marks import BAR, FAN, draw_chosen_area, draw_clade, draw_folded, draw_knot, draw_lineage, draw_tip
from trees.model import find_node
from trees.sheet import MARGIN, Sheet
from trees.spoken import say_tree
from trees.style import STYLE
from trees.svg import element
from trees.words import wording

GAP = 14.0
LEAST_AXIS = 0.35
TALL = 600.0


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
    ends = {place.index: end_label(place, labels or {}, counts or {}, row_height) for place in layout.ends}
    axis = _axis(layout, ends, width)
    head, head_height = bands.header(axis, timescale, language, MARGIN)
    sheet = Sheet(
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
    foot = sheet.bottom + GAP
    full_width = max(width, *(label_end(sheet, layout.places[index], ends[index]) for index in ends))
    strip = bands.STRIP if foot > TALL else 0.0
    legend_top = foot + strip + bands.TICK_ROOM + 10
    legend, legend_height = draw_legend(sheet, legend_top, full_width)
    height = legend_top + legend_height + MARGIN
    return element(
        "svg",
        element("style", STYLE),
        bands.backdrop(axis, timescale, MARGIN + head_height, foot),
        head,
        *_tree(sheet, ends),
        bands.strip(axis, timescale, language, foot) if strip else "",
        bands.ruler(axis, foot + strip, words),
        legend,
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree",
        viewBox=f"0 0 {full_width:.0f} {height:.0f}",
        width=full_width,
        height=height,
        role="group",
        aria_label=say_tree(sheet.layout, words),
        style="max-width:100%;height:auto",
    )


def _axis(layout: Layout, ends: Mapping[int, list[Span]], width: float) -> TimeAxis:
    root = layout.places[0]
    youngest = min(place.youngest for place in layout.places)
    air = 0.02 * (root.age - youngest) or 1.0
    return fit_axis(
        (
            (layout.places[index].youngest, label_offset(layout.places[index]) + label_width(spans))
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


def _tree(sheet: Sheet, ends: Mapping[int, list[Span]]) -> list[str]:
    """All parts of the tree, those in front last."""
    places = sheet.layout.places
    captions = _captions(sheet, ends)
    chosen = sheet.selected
    return [
        draw_chosen_area(sheet, chosen) if chosen is not None and chosen.kind == CLADE else "",
        *(draw_clade(sheet, place, captions.get(place.index)) for place in places if place.kind == CLADE),
        draw_lineage(sheet) if chosen is not None else "",
        *(draw_knot(sheet, place) for place in places if place.kind == CLADE and place.name),
        *(draw_folded(sheet, place, ends[place.index]) for place in places if place.kind == COLLAPSED),
        *(draw_tip(sheet, place, ends[place.index]) for place in places if place.kind == TIP),
    ]


def _captions(sheet: Sheet, ends: Mapping[int, list[Span]]) -> dict[int, Caption]:
    """Names of clades in the places that lines, bars and labels leave free."""
    ground = Ground()
    texts: dict[int, list[str]] = {}
    for place in sheet.layout.places:
        x, y, start = sheet.x[place.index], sheet.y[place.index], sheet.start(place)
        ground.take(Box(start, y - 0.8, x, y + 0.8))
        if place.kind == CLADE:
            ground.take(Box(x - 0.8, sheet.row(place.top), x + 0.8, sheet.row(place.bottom)))
            ground.take(Box(x - 3.5, y - 3.5, x + 3.5, y + 3.5) if place.name else Box(x, y, x, y))
            if place.name:
                second = sheet.labels.get(place.name)
                texts[place.index] = [f"{place.name} {second}", place.name] if second else [place.name]
        else:
            half = (FAN if place.kind == COLLAPSED else BAR / 2) * sheet.row_height
            ground.take(Box(x, y - half, label_start(sheet, place), y + half))
            half = 0.37 * sheet.row_height
            ground.take(
                Box(label_start(sheet, place) - 4, y - half, label_end(sheet, place, ends[place.index]), y + half)
            )
    return place_names(sheet.layout, sheet.x, sheet.row, texts, ground, MARGIN)
