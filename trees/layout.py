"""Where the parts of a dated tree go: a row for each visible tip, and an age for each place along the axis.

Ages are exact; only `TimeAxis` turns them into pixels. Collapsed clades take one row, whatever they hold. All walks are
loops, so that deep ladders are no trouble.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from trees.dating import DatedTree
from trees.survey import Survey, survey

TIP, CLADE, COLLAPSED = "tip", "clade", "collapsed"
Order = Literal["small", "large", "published"]
SMALL_FIRST: Order = "small"
AS_PUBLISHED: Order = "published"


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


class Place(NamedTuple):
    """Where one visible node goes.

    A tuple, because a large tree has thousands, and Python makes frozen ones of another kind fifteen times as slowly.

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
    key : str
        See `trees.keys`.
    node : int
        Its number in the survey of the whole tree.
    example : str
        The first tip of a clade without a name that is folded; blank otherwise.
    """

    index: int  # type: ignore[assignment]  # in place of the tuple's method, which no place needs
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
    key: str = ""
    node: int = -1
    example: str = ""


@dataclass(frozen=True)
class Layout:
    """The visible nodes of a dated tree in their places, parents before children, and the number of rows."""

    places: tuple[Place, ...]
    rows: int

    def find(self, name: str) -> Place | None:
        """The place of a visible tip or clade; a tip first."""
        found = [place for place in self.places if place.name == name]
        return next((place for place in found if place.kind == TIP), found[0] if found else None)

    def find_key(self, key: str) -> Place | None:
        """The visible place with a key."""
        return next((place for place in self.places if place.key == key), None)

    def path_to_root(self, place: Place) -> list[Place]:
        """The place, its parent, and so on to the root."""
        path = [place]
        while path[-1].parent >= 0:
            path.append(self.places[path[-1].parent])
        return path

    @cached_property
    def ends(self) -> list[Place]:
        """Tips and collapsed clades: those that have a row of their own, from top to bottom."""
        return [place for place in self.places if place.kind != CLADE]

    @cached_property
    def forks(self) -> list[Place]:
        """Clades that are open, each before those below it."""
        return [place for place in self.places if place.kind == CLADE]


def lay_out(
    dated: DatedTree,
    *,
    collapsed: Collection[str] | frozenset[int] = frozenset(),
    order: Order = SMALL_FIRST,
    known: Survey | None = None,
) -> Layout:
    """Give every visible node its place.

    Parameters
    ----------
    dated : DatedTree
        What to show.
    collapsed : collection of str or of int
        Keys of clades (see `trees.keys`), or their numbers in the survey, of which only the outline is shown.
    order : {"small", "large", "published"}
        Whether small clades go above large ones, or below, or branches keep the order of the tree.
    known : Survey, optional
        Of this tree, where it is at hand already.

    Returns
    -------
    Layout
    """
    known = known or survey(dated)
    folded = {_number(known, clade) for clade in collapsed}
    visible, parents, kinds = _visible(known, folded, order)
    columns = (known.names, known.ages, known.youngest, known.tips, known.living, known.keys)
    names, ages, youngest, tips, living, keys = ([column[node] for node in visible] for column in columns)
    rows = _rows(kinds, parents)
    examples = [""] * len(visible)
    for index, node in enumerate(visible):
        if kinds[index] == COLLAPSED and not names[index]:
            examples[index] = _example(known, node)
    parts = (range(len(visible)), parents, names, kinds, ages, youngest, *rows, tips, living, keys, visible, examples)
    return Layout(tuple(map(Place._make, zip(*parts, strict=True))), len(kinds) - kinds.count(CLADE))


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


def _number(known: Survey, clade: str | int) -> int:
    return clade if isinstance(clade, int) else known.numbers.get(clade, -1)


def _example(known: Survey, node: int) -> str:
    while known.children[node]:
        node = known.children[node][0]
    return known.names[node]


def _visible(known: Survey, folded: Collection[int], order: Order) -> tuple[list[int], list[int], list[str]]:
    """The nodes to show, each before those below it, for each the place of its parent among them, and its kind."""
    visible: list[int] = []
    parents: list[int] = []
    kinds: list[str] = []
    todo, above = [0], [-1]
    size_of, arranged, large_first = known.tips.__getitem__, order != AS_PUBLISHED, order != SMALL_FIRST
    while todo:
        node, place = todo.pop(), len(visible)
        visible.append(node)
        parents.append(above.pop())
        children = known.children[node]
        if not children or node in folded:
            kinds.append(COLLAPSED if children else TIP)
            continue
        kinds.append(CLADE)
        if arranged:
            children = sorted(children, key=size_of, reverse=large_first)
        todo += children[::-1]
        above += [place] * len(children)
    return visible, parents, kinds


def _rows(kinds: list[str], parents: list[int]) -> tuple[list[float], list[float], list[float], list[int], list[int]]:
    """The height of each visible node, those of its first and its last branch, and its first and its last row below.

    Branches follow one another, so that a walk from the last node to the first meets the last branch of each fork first.
    """
    size = len(kinds)
    row = float(size - kinds.count(CLADE))
    # one more than there are nodes, for what is above the root
    heights, top, bottom = [0.0] * (size + 1), [0.0] * (size + 1), [-1.0] * (size + 1)
    first, last = [0] * (size + 1), [-1] * (size + 1)
    for place in range(size - 1, -1, -1):
        parent = parents[place]
        if kinds[place] == CLADE:
            height = (top[place] + bottom[place]) / 2
        else:
            row -= 1.0
            height = top[place] = bottom[place] = row
            first[place] = last[place] = int(row)
        heights[place] = top[parent] = height
        first[parent] = first[place]
        if bottom[parent] < 0:
            bottom[parent], last[parent] = height, last[place]
    return heights[:size], top[:size], bottom[:size], first[:size], last[:size]
