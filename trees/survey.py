"""A dated tree looked through once: what lies below each node, so that drawing a part of it never walks the whole again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trees.dating import DatedTree
from trees.keys import key_of
from trees.model import Tree, uncollected
from trees.undated import has_time


@dataclass(frozen=True)
class Survey:
    """The nodes of a tree by number, the root first and each before those below it.

    Parameters
    ----------
    nodes : list of ete3.Tree
    names : list of str
        Blank where there is none.
    ages : list of float
        In Ma; of a tip its first appearance.
    parents : list of int
        -1 for the root.
    children : list of list of int
        In the order of the tree.
    tips, living : list of int
        How many tips are below each node, and how many of those are alive today; a tip counts itself.
    youngest : list of float
        Last appearance in Ma of the youngest tip below.
    keys : list of str
        See `trees.keys`.
    numbers : mapping of str to int
        The node with a key; a tip first where one stands twice.
    """

    nodes: list[Tree] = field(repr=False)
    names: list[str] = field(repr=False)
    ages: list[float] = field(repr=False)
    parents: list[int] = field(repr=False)
    children: list[list[int]] = field(repr=False)
    tips: list[int] = field(repr=False)
    living: list[int] = field(repr=False)
    youngest: list[float] = field(repr=False)
    keys: list[str] = field(repr=False)
    numbers: Mapping[str, int] = field(repr=False)

    def within(self, inner: int, outer: int) -> bool:
        """Whether a node is another one or lies below it."""
        while inner > outer:
            inner = self.parents[inner]
        return inner == outer

    def holder(self, key: str, collapsed: frozenset[int]) -> int | None:
        """The node with a key, or the outermost folded clade that holds it; None when it is not on the tree."""
        at = self.numbers.get(key)
        seen = at
        while at is not None and at >= 0:
            if at in collapsed:
                seen = at
            at = self.parents[at]
        return seen


@uncollected()
def survey(dated: DatedTree) -> Survey:
    """Look through a dated tree."""
    nodes, parents = dated.walked
    nothing: list[int] = []
    children: list[list[int]] = [[] if node._children else nothing for node in nodes]
    for number in range(1, len(nodes)):
        children[parents[number]].append(number)
    names, ages = [str(node.name) for node in nodes], [node.age for node in nodes]
    keys = [key_of(node) for node in nodes]
    # from the last to the first, so that of those that share a key the first is found
    numbers = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    if len(numbers) < len(keys):
        numbers |= {keys[number]: number for number in range(len(keys) - 1, -1, -1) if not children[number]}
    numbers.pop("", None)
    below_each = _below(dated, names, ages, parents, children)
    return Survey(nodes, names, ages, parents, children, *below_each, keys, numbers)


def _below(
    dated: DatedTree, names: list[str], ages: list[float], parents: list[int], children: list[list[int]]
) -> tuple[list[int], list[int], list[float]]:
    size = len(names)
    # one more than there are nodes, for what is above the root
    tips, living, youngest = [0] * (size + 1), [0] * (size + 1), [float("inf")] * (size + 1)
    timed, ranges = has_time(dated), dated.ranges
    for number in range(size - 1, -1, -1):
        if not children[number]:
            last = ranges[names[number]].last_appearance
            tips[number], living[number] = 1, int(timed and last == 0)
            youngest[number] = last if timed else ages[number]
        parent = parents[number]
        tips[parent] += tips[number]
        living[parent] += living[number]
        if youngest[number] < youngest[parent]:
            youngest[parent] = youngest[number]
    return tips[:size], living[:size], youngest[:size]
