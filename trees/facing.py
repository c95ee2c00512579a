"""Draw two trees face to face as one SVG: a line joins each tip with itself, and groups that both trees have stand out.

A branch whose group both trees have is drawn thick and ends in a full dot; one that only this tree has is thin and dashed and ends in a
ring. A tip that the other tree lacks has a cross and no line. Each tip is one group with ``data-name`` and can be reached with the
keyboard; pointing at it, or moving the focus there, brings out its line and both of its names.

References
----------
Scornavacca, C., Zickmann, F. and Huson, D. H. 2011. Tanglegrams for rooted phylogenetic trees and networks. Bioinformatics 27:
i248-i256. doi:10.1093/bioinformatics/btr210
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.messages import message
from trees.branching import Spot, place_branches, rows_of
from trees.cladogram import SIZE as _SIZE
from trees.cladogram import label_width, written_name
from trees.lettering import text_width
from trees.model import tip_names
from trees.style import STYLE
from trees.svg import element, text
from trees.tanglegram import Tanglegram

MARGIN, GAP, HEAD = 14.0, 7.0, 34.0
LEAST_TREE, LEAST_LINES = 150.0, 110.0
NARROW_TREE, NARROW_LINES = 44.0, 34.0
"""Pixels of each tree and of the lines between them, at least: on a page, and in the hand."""

_TEMPLATES = {
    "both": message("Two trees face to face: {shared} tips in both, {crossings} crossings of lines"),
    "tip": message("{name}: on both trees"),
    "only": message("{name}: only on this tree"),
    "agree": message("group on both trees"),
    "differ": message("group on this tree alone"),
    "alone": message("tip on one tree alone"),
}
FACING_WORDS: Mapping[str, str] = {name: words.template for name, words in _TEMPLATES.items()}
"""The templates by what they are for; each is collected for translation."""

_STYLE = """
.bonebed-tree .agree{fill:none;stroke:var(--accent);stroke-width:2.6}
.bonebed-tree .differ{fill:none;stroke:var(--ink);stroke-width:2;stroke-dasharray:5 3}
.bonebed-tree .twig{fill:none;stroke:var(--ink);stroke-width:1.1;opacity:.62}
.bonebed-tree .dot{fill:var(--accent)}
.bonebed-tree .hollow{fill:var(--paper);stroke:var(--ink);stroke-width:2}
.bonebed-tree .cross{stroke:var(--ink);stroke-width:1.6;fill:none}
.bonebed-tree .join{fill:none;stroke:var(--ink);stroke-width:1.1;opacity:.38;pointer-events:stroke}
.bonebed-tree .join.crossing{opacity:.62;stroke-dasharray:1 3;stroke-linecap:round;stroke-width:1.8}
.bonebed-tree .tip:hover .join,.bonebed-tree .tip:focus-visible .join{stroke:var(--accent);stroke-width:3.4;opacity:1;stroke-dasharray:none}
.bonebed-tree .tip:is(:hover,:focus-visible) :is(.name,.group){fill:var(--accent);font-weight:700}
.bonebed-tree .tip.alone :is(.name,.group){opacity:.75}
.bonebed-tree .heading{font-size:15px;font-weight:600;font-family:var(--st-heading-font,Georgia,'Noto Serif','Noto Serif CJK SC',serif)}
.bonebed-tree .key text{font-size:12.5px;opacity:.85}
"""


@dataclass(frozen=True)
class _Side:
    """One of the two trees in its place; `edge` and `tips` are the pixels of its root and of its tips, wherever they point."""

    spots: Sequence[Spot]
    edge: float
    tips: float
    label: float
    row_height: float
    labels: Mapping[str, str]

    def x(self, spot: Spot) -> float:
        return self.edge + spot.across * (self.tips - self.edge)

    def y(self, row: float) -> float:
        return HEAD + MARGIN + (row + 0.5) * self.row_height

    @property
    def points_right(self) -> bool:
        return self.tips > self.edge


def draw_facing(
    pair: Tanglegram,
    *,
    titles: tuple[str, str] = ("", ""),
    words: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    width: float = 1100,
    row_height: float = 22,
    narrow: bool = False,
) -> str:
    """Draw two trees face to face.

    Parameters
    ----------
    pair : Tanglegram
        The trees in matching order.
    titles : (str, str)
        What stands above each.
    words : mapping of str to str
        Translations of the templates in `FACING_WORDS`, by their key.
    labels : mapping of str to str
        A second name of tips, such as the Chinese one.
    width, row_height : float
        Pixels. Where names are too long for `width` the picture grows wider; they are never cut.
    narrow : bool
        Whether the trees may be so small that both stand side by side on a telephone.

    Returns
    -------
    str
        One ``<svg>`` element with its own style sheet.
    """
    said = {**FACING_WORDS, **(words or {})}
    left, right, full = _sides(pair, titles, labels or {}, width, row_height, narrow)
    rows = max(rows_of(left.spots), rows_of(right.spots))
    foot = HEAD + MARGIN + rows * row_height + GAP
    legend, legend_height = _legend(said, foot, full)
    height = foot + legend_height + MARGIN
    return element(
        "svg",
        element("style", STYLE + _STYLE),
        *_headings(titles, left, right),
        *_branches(pair, left),
        *_branches(pair, right),
        *_tips(pair, left, right, said),
        legend,
        xmlns="http://www.w3.org/2000/svg",
        class_="bonebed-tree facing",
        viewBox=f"0 0 {full:.0f} {height:.0f}",
        width=full,
        height=height,
        role="group",
        aria_label=said["both"].format(shared=len(pair.shared), crossings=pair.crossings),
        style="max-width:100%;height:auto",
    )


def _sides(
    pair: Tanglegram,
    titles: tuple[str, str],
    labels: Mapping[str, str],
    width: float,
    row_height: float,
    narrow: bool,
) -> tuple[_Side, _Side, float]:
    """The two trees, each as wide as the names leave room for, and the width of the whole."""
    one, other = place_branches(pair.left), place_branches(pair.right)
    names = [max(label_width(name, labels) for name in tip_names(tree)) + 3 * GAP for tree in (pair.left, pair.right)]
    least_tree, least_lines = (NARROW_TREE, NARROW_LINES) if narrow else (LEAST_TREE, LEAST_LINES)
    lines = max(least_lines, (0.09 if narrow else 0.14) * width)
    tree = max(
        least_tree,
        (width - 2 * MARGIN - sum(names) - lines) / 2,
        *(text_width(title, 15) - room for title, room in zip(titles, names, strict=True)),
    )
    full = 2 * MARGIN + 2 * tree + sum(names) + lines
    stretch = max(rows_of(one), rows_of(other))
    left = _Side(one, MARGIN, MARGIN + tree, MARGIN + tree + 2 * GAP, row_height * stretch / rows_of(one), labels)
    edge = full - MARGIN
    right = _Side(other, edge, edge - tree, edge - tree - 2 * GAP, row_height * stretch / rows_of(other), labels)
    return left, right, full


def _headings(titles: tuple[str, str], left: _Side, right: _Side) -> list[str]:
    y = HEAD - 8
    return [
        element("text", text(titles[0]), class_="heading", x=left.edge, y=y),
        element("text", text(titles[1]), class_="heading", x=right.edge, y=y, text_anchor="end"),
    ]


def _branches(pair: Tanglegram, side: _Side) -> list[str]:
    """Branches of forks with the mark at their end, and the short ones of tips."""
    shared = frozenset(pair.shared)
    below: dict[int, frozenset[str]] = {}
    for number in range(len(side.spots) - 1, -1, -1):
        spot = side.spots[number]
        own = frozenset({spot.node.name}) & shared if spot.is_tip else below.get(number, frozenset())
        below[number] = own
        if spot.parent >= 0:
            below[spot.parent] = below.get(spot.parent, frozenset()) | own
    lines, marks = [], []
    for number, spot in enumerate(side.spots):
        agree = _kind(spot, below[number], shared, pair.agreeing)
        lines.append(_branch(side, spot, agree))
        if agree in {"agree", "differ"}:
            dot = {"class_": "dot", "r": 4} if agree == "agree" else {"class_": "hollow", "r": 3.6}
            marks.append(element("circle", cx=side.x(spot), cy=side.y(spot.row), **dot))
    return lines + marks


def _kind(spot: Spot, tips: frozenset[str], shared: frozenset[str], agreeing: frozenset[frozenset[str]]) -> str:
    """Whether the group of a fork is on both trees, on this one alone, or says nothing of the shared tips."""
    if spot.is_tip or spot.parent < 0 or len(tips) < 2 or tips == shared:
        return "twig"
    return "agree" if tips in agreeing else "differ"


def _branch(side: _Side, spot: Spot, kind: str) -> str:
    x, y = side.x(spot), side.y(spot.row)
    start = side.x(side.spots[spot.parent]) if spot.parent >= 0 else x
    across = element("path", class_=kind, d=f"M{start:.2f} {y:.2f}H{x:.2f}") if start != x else ""
    if spot.is_tip:
        return across
    stem = element("path", class_="twig", d=f"M{x:.2f} {side.y(spot.top):.2f}V{side.y(spot.bottom):.2f}")
    return across + stem


def _tips(pair: Tanglegram, left: _Side, right: _Side, words: Mapping[str, str]) -> list[str]:
    there = {spot.node.name: spot for spot in right.spots if spot.is_tip}
    crossing = _crossing(pair)
    parts = []
    for spot in (spot for spot in left.spots if spot.is_tip):
        name = spot.node.name
        partner = there.get(name) if name in set(pair.shared) else None
        if partner is None:
            parts.append(_alone(left, spot, words))
            continue
        ends = [_label(left, spot), _label(right, partner)]
        start, end = _label_end(left, name), _label_end(right, name)
        path = _curve(start, left.y(spot.row), end, right.y(partner.row))
        line = element("path", class_="join crossing" if name in crossing else "join", d=path)
        parts.append(_group(name, "tip both", words["tip"].format(name=name), line, *ends))
    parts += [_alone(right, spot, words) for name, spot in there.items() if name not in set(pair.shared)]
    return parts


def _crossing(pair: Tanglegram) -> set[str]:
    """The tips whose line crosses another."""
    order = {name: number for number, name in enumerate(n for n in tip_names(pair.right) if n in set(pair.shared))}
    found, highest, lowest = set(), -1, len(order)
    for name in pair.shared:
        if order[name] < highest:
            found.add(name)
        highest = max(highest, order[name])
    for name in reversed(pair.shared):
        if order[name] > lowest:
            found.add(name)
        lowest = min(lowest, order[name])
    return found


def _label_end(side: _Side, name: str) -> float:
    width = label_width(name, side.labels) + GAP
    return side.label + width if side.points_right else side.label - width


def _curve(x: float, y: float, end_x: float, end_y: float) -> str:
    middle = (x + end_x) / 2
    return f"M{x:.2f} {y:.2f}C{middle:.2f} {y:.2f} {middle:.2f} {end_y:.2f} {end_x:.2f} {end_y:.2f}"


def _label(side: _Side, spot: Spot) -> str:
    anchor = "start" if side.points_right else "end"
    y = side.y(spot.row) + 0.34 * _SIZE
    named = written_name(spot.node.name, side.labels.get(spot.node.name, ""))
    return element("text", *named, class_="label", x=side.label, y=y, font_size=_SIZE, text_anchor=anchor)


def _alone(side: _Side, spot: Spot, words: Mapping[str, str]) -> str:
    x, y = side.x(spot), side.y(spot.row)
    cross = element("path", class_="cross", d=_cross(x, y))
    said = words["only"].format(name=spot.node.name)
    return _group(spot.node.name, "tip alone", said, cross, _label(side, spot))


def _cross(x: float, y: float) -> str:
    return f"M{x - 4:.2f} {y - 4:.2f}l8 8m0 -8l-8 8"


def _group(name: str, classes: str, said: str, *content: str) -> str:
    title = element("title", text(said))
    return element(
        "g", title, *content, class_=classes, data_name=name, tabindex="0", role="img", aria_label=said
    )  # fmt: skip


def _legend(words: Mapping[str, str], top: float, width: float) -> tuple[str, float]:
    """What the marks mean, on as many lines as the width asks for, and the height of that."""
    x, y, line = MARGIN, top + 22.0, 24.0
    parts = []
    for key in ("agree", "differ", "alone"):
        room = 44 + text_width(words[key], 12.5) + 18
        if x > MARGIN and x + room > width - MARGIN:
            x, y = MARGIN, y + line
        mark = {
            "agree": element("path", class_="agree", d=f"M{x:.1f} {y:.1f}h26")
            + element("circle", class_="dot", cx=x + 28, cy=y, r=4),
            "differ": element("path", class_="differ", d=f"M{x:.1f} {y:.1f}h26")
            + element("circle", class_="hollow", cx=x + 28, cy=y, r=3.6),
            "alone": element("path", class_="cross", d=_cross(x + 20, y)),
        }[key]
        parts.append(mark + element("text", text(words[key]), x=x + 40, y=y + 4.2))
        x += room
    return element("g", *parts, class_="key"), y - top + 12
