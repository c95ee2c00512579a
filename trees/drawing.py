"""Draw a dated tree as one self-contained SVG: geological time behind it, known fossils solid, ghost lineages dashed.

The picture is a phylogram on an exact linear axis, rectangular, slanted or circular. The thick bar of a tip is its known range, in the colour of
the epoch in which it begins; the dashed line before it is the time for which it must have existed without a known fossil.
Between splits lines are thin and solid: those lineages are inferred as well. Living and extinct tips differ by a mark.

Each tip and each named clade is a group with ``data-name``, reachable by keyboard, so that whoever shows the picture can
listen for clicks. Words come from `trees.words`; names of intervals from the chart.

References
----------
Bell, M. A. and Lloyd, G. T. 2015. strap: an R package for plotting phylogenies against stratigraphy and assessing their
stratigraphic congruence. Palaeontology 58: 379-389. doi:10.1111/pala.12142
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalogue.geological_time import Timescale
from trees import bands
from trees.captions import annotate
from trees.circular import Circle, draw_circle
from trees.dating import DatedTree
from trees.end_labels import Label, end_label
from trees.ground import Box
from trees.layout import CLADE, Layout, Place, TimeAxis, fit_axis, lay_out
from trees.legend import draw_legend
from trees.look import Look
from trees.marks import draw_chosen_area, draw_clades, draw_folded, draw_knots, draw_lineage, draw_tips
from trees.novelties import draw_stars
from trees.pictures import define_pictures, picture_room
from trees.sheet import LABEL_OFFSETS, MARGIN, Sheet
from trees.spoken import say_tree
from trees.style import STYLE
from trees.survey import Survey, survey
from trees.svg import element
from trees.undated import STEPS
from trees.words import wording

GAP = 14.0
LEAST_AXIS = 0.35
TALL = 600.0


@dataclass(frozen=True)
class Drawing:
    """A drawn tree: its SVG, and the sheet that tells where everything is."""

    svg: str = field(repr=False)
    sheet: Sheet = field(repr=False)
    width: float
    height: float
    circle: Circle | None = field(default=None, repr=False)
    """Of a circular one, how ages and places lie in it."""

    def spot(self, place: Place) -> tuple[float, float]:
        """Pixels from left and top of a visible node."""
        if self.circle is not None:
            return self.circle.spots[place.index]
        return self.sheet.x[place.index], self.sheet.y[place.index]


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
) -> str:
    """Draw a dated tree for a page; the parameters are those of `Look`.

    Returns
    -------
    str
        One ``<svg>`` element with its own style sheet, for use within a page or on its own.
    """
    look = Look(
        language=language,
        labels=labels or {},
        link_of=link_of,
        selected=selected,
        counts=counts or {},
        width=width,
        row_height=row_height,
        collapsed=collapsed,
        names=names,
    )
    return draw(dated, look, timescale=timescale).svg


def draw(dated: DatedTree, look: Look, *, timescale: Timescale, known: Survey | None = None) -> Drawing:
    """Draw a tree, dated or not.

    Parameters
    ----------
    dated : DatedTree
        What to draw; also one of `trees.undated`.
    look : Look
    timescale : Timescale
        Whose intervals lie behind it, if it is dated.
    known : Survey, optional
        Of this tree, where it is at hand already; then only what is visible costs time.
    """
    known = known or survey(dated)
    sheet, labels = _sheet(dated, look, timescale, known)
    if look.form == "circular":
        circle = draw_circle(sheet, labels, look.width)
        svg = _svg(sheet, circle.width, circle.height, *circle.parts)
        return Drawing(svg, sheet, circle.width, circle.height, circle)
    timed, outside = sheet.timed, look.to_explore
    if timed and not outside:
        head, head_height = bands.header(sheet.axis, timescale, look.language, MARGIN, tuple(look.ranks))
    else:
        head, head_height = "", 0.0
    foot = sheet.bottom + GAP
    note, note_box = bands.extinction(sheet.axis, sheet.words, MARGIN + head_height, foot) if timed else ("", None)
    full_width = max(look.width, *sheet.label_ends)
    strip = bands.STRIP if timed and not outside and foot > TALL else 0.0
    room = 0.0 if outside or dated.method == STEPS else bands.TICK_ROOM
    legend_top = foot + strip + room + 10
    legend, legend_height = draw_legend(sheet, legend_top, full_width)
    height = legend_top + legend_height + MARGIN
    svg = _svg(
        sheet,
        full_width,
        height,
        bands.backdrop(sheet.axis, timescale, MARGIN + head_height, foot) if timed else "",
        head,
        note,
        *_tree(sheet, labels, note_box),
        bands.strip(sheet.axis, timescale, look.language, foot) if strip else "",
        _ruler(sheet, foot + strip) if room else "",
        legend,
    )
    return Drawing(svg, sheet, full_width, height)


def _svg(sheet: Sheet, width: float, height: float, *parts: str) -> str:
    return element(
        "svg",
        element("style", STYLE),
        define_pictures(sheet.pictures),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        role="group",
        aria_label=say_tree(sheet.layout, sheet.words, timed=sheet.timed),
        style="max-width:100%;height:auto",
    )


def _sheet(dated: DatedTree, look: Look, timescale: Timescale, known: Survey) -> tuple[Sheet, list[Label]]:
    layout = lay_out(dated, collapsed=look.collapsed, order=look.order, known=known)
    sheet = Sheet(
        dated=dated,
        layout=layout,
        axis=TimeAxis(1.0, 0.0, 0.0, 1.0),
        timescale=timescale,
        language=look.language,
        words=wording(look.names),
        labels=look.labels,
        counts=look.counts,
        link_of=look.link_of,
        selected=_visible_place(known, layout, look.selected),
        top=MARGIN + GAP,
        row_height=look.row_height,
        form=look.form,
        every_node=look.to_explore,
        paints=look.paints.of_nodes(known) if look.paints else (),
        legend=look.paints.legend if look.paints else (),
        spreads=look.spreads,
        pictures=look.pictures,
        news=look.news,
    )
    labels = [end_label(place, sheet.labels, sheet.counts, look.row_height, timed=sheet.timed) for place in layout.ends]
    sheet = replace(sheet, rooms=_rooms(sheet, labels))
    axis = _axis(sheet, look.width)
    top = sheet.top
    if sheet.timed and not look.to_explore and look.form != "circular":
        top += bands.header(axis, timescale, look.language, MARGIN, tuple(look.ranks))[1]
    return replace(sheet, axis=axis, top=top), labels


def _ruler(sheet: Sheet, top: float) -> str:
    return bands.ruler(sheet.axis, top, sheet.words) if sheet.timed else bands.ruler_of_lengths(sheet.axis, top)


def _rooms(sheet: Sheet, labels: Sequence[Label]) -> list[float]:
    """Pixels that the label at each end takes, with its outline."""
    if not sheet.pictures:
        return [label.width for label in labels]
    ends = zip(labels, sheet.layout.ends, strict=True)
    return [label.width + picture_room(sheet, place) for label, place in ends]


def _axis(sheet: Sheet, width: float) -> TimeAxis:
    layout = sheet.layout
    root = layout.places[0]
    youngest = root.youngest
    oldest = max([root.age, *(spread.older for spread in sheet.spreads.values())])
    air = 0.02 * (oldest - youngest) or 1.0
    return fit_axis(
        [
            (place.youngest, LABEL_OFFSETS[place.living > 0] + room)
            for place, room in zip(layout.ends, sheet.rooms, strict=True)
        ],
        oldest=oldest + air,
        youngest=max(0.0, youngest - air) if youngest and sheet.timed else youngest,
        left=MARGIN,
        right=width - MARGIN,
        least=LEAST_AXIS * width,
    )


def _visible_place(known: Survey, layout: Layout, key: str | None) -> Place | None:
    """The place of a tip or clade, or of the folded clade that holds it."""
    shown = {place.node: place for place in layout.places} if key else {}
    node = known.numbers.get(key, -1) if key else -1
    while node >= 0 and node not in shown:
        node = known.parents[node]
    return shown.get(node)


def _tree(sheet: Sheet, labels: Sequence[Label], note: Box | None) -> list[str]:
    """All parts of the tree, those in front last."""
    chosen = sheet.selected
    captions, stars = annotate(sheet, [note] if note else [])
    return [
        draw_chosen_area(sheet, chosen) if chosen is not None and chosen.kind == CLADE else "",
        *draw_clades(sheet, captions),
        draw_lineage(sheet),
        *draw_knots(sheet),
        *draw_folded(sheet, labels),
        *draw_tips(sheet, labels),
        *draw_stars(sheet, stars),
    ]
