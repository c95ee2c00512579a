"""Where the parts of a dated tree go: a row for each visible tip, and an age for each place along the axis.

Ages are exact; only `TimeAxis` turns them into pixels. Collapsed clades take one row, whatever they hold. All walks are
loops, so that deep ladders are no trouble.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from trees.dating import DatedTree
from trees.model import Tree

TIP, CLADE, COLLAPSED = "tip", "clade", "collapsed"


@dataclass(frozen=True)
class TimeAxis:
    """A linear axis of time, old at the left.

    Parameters
    ----------
    oldest, youngest : float
        Ages in Ma at its ends.
    left : float
        Pixels of its old end.
    pixels_per_myr : float
        Its scale.
    """

    oldest: float
    youngest: float
    left: float
    pixels_per_myr: float

    def x(self, age_ma: float) -> float:
        """Pixels of an age in Ma."""
        return self.left + (self.oldest - age_ma) * self.pixels_per_myr

    @property
    def right(self) -> float:
        """Pixels of its young end."""
        return self.x(self.youngest)


@dataclass(frozen=True)
class Place:
    """Where one visible node goes.

    Parameters
    ----------
    index, parent : int
        Its own and its parent's place in `Layout.places`; the root's parent is -1.
    name : str
        Blank for an unnamed clade.
    kind : str
        ``tip``, ``clade`` or ``collapsed``.
    age : float
        In Ma; of a tip its first appearance.
    youngest : float
        Last appearance in Ma of the tip, or of the youngest tip below.
    y, top, bottom : float
        Rows, from 0: of the node, and of its first and last branch.
    first_row, last_row : int
        First and last row of all that is below it.
    tips, living : int
        How many tips are below it, and how many of them are alive today; a tip counts itself.
    """

    index: int
    parent: int
    name: str
    kind: str
    age: float
    youngest: float
    y: float
    top: float
    bottom: float
    first_row: int
    last_row: int
    tips: int
    living: int


@dataclass(frozen=True)
class Layout:
    """The visible nodes of a dated tree in their places, parents before children, and the number of rows."""

    places: tuple[Place, ...]
    rows: int

    def find(self, name: str) -> Place | None:
        """The place of a visible tip or clade; a tip first."""
        found = [place for place in self.places if place.name == name]
        return next((place for place in found if place.kind == TIP), found[0] if found else None)

    def path_to_root(self, place: Place) -> list[Place]:
        """The place, its parent, and so on to the root."""
        path = [place]
        while path[-1].parent >= 0:
            path.append(self.places[path[-1].parent])
        return path

    @property
    def ends(self) -> list[Place]:
        """Tips and collapsed clades: those that have a row of their own, from top to bottom."""
        return [place for place in self.places if place.kind != CLADE]


def lay_out(dated: DatedTree, *, collapsed: Collection[str] = frozenset(), ladderize: bool = True) -> Layout:
    """Give every visible node its place.

    Parameters
    ----------
    dated : DatedTree
        What to show.
    collapsed : collection of str
        Names of clades of which only the outline is shown.
    ladderize : bool
        Whether small clades go above large ones; otherwise branches keep the order of the tree.

    Returns
    -------
    Layout
    """
    below = _counts(dated)
    visible = _visible(dated.tree, frozenset(collapsed), below if ladderize else None)
    rows = _rows(visible, collapsed)
    index = {id(node): number for number, node in enumerate(visible)}
    places = []
    for number, node in enumerate(visible):
        tips, living, youngest = below[id(node)]
        first, last, y, top, bottom = rows[id(node)]
        places.append(
            Place(
                index=number,
                parent=index[id(node.up)] if number else -1,
                name=str(node.name),
                kind=_kind(node, collapsed),
                age=node.age,
                youngest=youngest,
                y=y,
                top=top,
                bottom=bottom,
                first_row=first,
                last_row=last,
                tips=tips,
                living=living,
            )
        )
    return Layout(tuple(places), sum(place.kind != CLADE for place in places))


def fit_axis(
    ends: Iterable[tuple[float, float]], *, oldest: float, youngest: float, left: float, right: float, least: float
) -> TimeAxis:
    """The widest axis on which every label still ends before `right`.

    Parameters
    ----------
    ends : iterable of (float, float)
        For each label, the age in Ma right of which it starts and the pixels it takes.
    oldest, youngest : float
        Ages in Ma at the ends of the axis.
    left, right : float
        Pixels between which axis and labels have their place.
    least : float
        Least length of the axis in pixels; where labels are too long for it, they reach beyond `right`.

    Returns
    -------
    TimeAxis
    """
    span = max(oldest - youngest, 1e-9)
    scale = (right - left) / span
    for age, room in ends:
        if age < oldest:
            scale = min(scale, (right - left - room) / (oldest - age))
    return TimeAxis(oldest, youngest, left, max(scale, least / span))


def _kind(node: Tree, collapsed: Collection[str]) -> str:
    if not node.children:
        return TIP
    return COLLAPSED if node.name and node.name in collapsed else CLADE


def _counts(dated: DatedTree) -> dict[int, tuple[int, int, float]]:
    """Tips, living tips and youngest last appearance below each node."""
    below: dict[int, tuple[int, int, float]] = {}
    for node in dated.tree.traverse("postorder"):
        if node.children:
            parts = [below[id(child)] for child in node.children]
            below[id(node)] = (
                sum(part[0] for part in parts),
                sum(part[1] for part in parts),
                min(part[2] for part in parts),
            )
        else:
            known = dated.ranges[node.name]
            below[id(node)] = 1, int(known.living), known.last_appearance
    return below


def _visible(tree: Tree, collapsed: Collection[str], below: dict[int, tuple[int, int, float]] | None) -> list[Tree]:
    """The nodes to show in preorder; smaller branches first where `below` tells their size."""
    visible = []
    todo = [tree]
    while todo:
        node = todo.pop()
        visible.append(node)
        if _kind(node, collapsed) == CLADE:
            children = list(node.children)
            if below is not None:
                children.sort(key=lambda child: below[id(child)][0])
            todo.extend(reversed(children))
    return visible


def _rows(visible: list[Tree], collapsed: Collection[str]) -> dict[int, tuple[int, int, float, float, float]]:
    """First and last row below, own height, and those of the first and last branch, of each visible node."""
    rows: dict[int, tuple[int, int, float, float, float]] = {}
    row = 0
    for node in visible:
        if _kind(node, collapsed) != CLADE:
            rows[id(node)] = row, row, float(row), float(row), float(row)
            row += 1
    for node in reversed(visible):
        if id(node) not in rows:
            parts = [rows[id(child)] for child in node.children]
            top, bottom = min(part[2] for part in parts), max(part[2] for part in parts)
            rows[id(node)] = (
                min(part[0] for part in parts),
                max(part[1] for part in parts),
                (top + bottom) / 2,
                top,
                bottom,
            )
    return rows
