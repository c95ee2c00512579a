"""Look for the trees that need the fewest changes, for matrices of the size of a class: up to some sixty taxa.

Taxa are added one by one, in random order, each where it costs least (random addition). Then each branch is cut and tried everywhere
else (subtree pruning and regrafting) until nothing gets shorter. Weighing some characters double for a while leads out of dead ends
(the ratchet). Nothing proves that the shortest trees were found; several starts that end at the same length make it likely.

The sets of states are kept as bits, and for each branch the set of a point on it, so that a place for a cut branch is tried without
counting the tree anew. Ordered characters are parted into steps, one column each.

References
----------
Farris, J. S. 1970. Methods for computing Wagner trees. Systematic Zoology 19: 83-92. doi:10.2307/2412028
Nixon, K. C. 1999. The parsimony ratchet, a new method for rapid parsimony analysis. Cladistics 15: 407-414.
doi:10.1111/j.1096-0031.1999.tb00277.x
Goloboff, P. A. 1996. Methods for faster parsimony analysis. Cladistics 12: 199-220. doi:10.1111/j.1096-0031.1996.tb00009.x
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import numpy as np

from catalogue.messages import CatalogueError, message
from trees.errors import TreeError
from trees.matrices import Matrix
from trees.model import Tree
from trees.packed_states import Bits, Weights, packed

Progress: TypeAlias = Callable[[int, int, int], bool | None]
"""Told how many rounds are done of how many, and the length of the shortest tree so far; returning False stops the search."""
Pulse: TypeAlias = Callable[[float, int], bool | None]
"""Called many times a second with the share of the present start that is done, and the length of its shortest tree so far; returning False
stops within one cut and grafting."""
_Beat: TypeAlias = Callable[[], bool | None]

MOST_TAXA = 100
_ROUNDS_OF_THE_RATCHET = 10
_SHARE_OF_THE_RATCHET = 0.25


class _Halt(Exception):
    """A pulse asked to stop."""


class Stopped(CatalogueError):
    """The search was stopped before it had found a tree."""


@dataclass(frozen=True)
class Shortest:
    """The shortest trees that were found.

    Parameters
    ----------
    length : int
        The changes that each of them needs.
    trees : list of ete3.Tree
        Each another branching, rooted on the outgroup.
    hits : int
        In how many of the starts this length was reached.
    starts : int
        How many there were.
    """

    length: int
    trees: list[Tree] = field(repr=False)
    hits: int
    starts: int


def shortest_trees(
    matrix: Matrix,
    *,
    outgroup: str = "",
    starts: int = 10,
    seed: int = 1,
    most: int = 100,
    progress: Progress | None = None,
    pulse: Pulse | None = None,
) -> Shortest:
    """Look for the shortest trees of a matrix.

    Parameters
    ----------
    matrix : Matrix
        Of discrete characters.
    outgroup : str
        The taxon on which the trees are rooted; the first one when blank.
    starts : int
        How many times to begin anew.
    seed : int
        The same number gives the same search.
    most : int
        How many trees of the same length are kept.
    progress : callable, optional
        See `Progress`. When it stops the search, the best trees so far are given.
    pulse : callable, optional
        See `Pulse`.

    Raises
    ------
    TreeError
        When the matrix is too small or too large, or holds measurements, or has no such outgroup.
    Stopped
        When the search is stopped before the first tree is there, be it a long one.
    """
    _check(matrix, outgroup)
    first = matrix.taxa.index(outgroup) if outgroup else 0
    order = [first, *(number for number in range(len(matrix.taxa)) if number != first)]
    sets, weights = packed(matrix, order)
    chance = random.Random(seed)  # noqa: S311
    beat = pulse or _nothing
    best: dict[frozenset[int], _Growing] = {}
    length = hits = done = 0
    for start in range(starts):
        found: list[_Growing] = []
        try:
            _one_start(sets, weights, chance, beat, found)
        except _Halt:
            starts = start  # what the broken start had found is kept, but it is no start that counts
        shortest = min((one.length(weights) for one in found), default=length)
        if found and (not best or shortest < length):
            best, length, hits = {}, shortest, 0
        hits += shortest == length and start < starts
        for one in found:
            if one.length(weights) == length and len(best) < most:
                best.setdefault(one.clades(), one)
        done = start + (start < starts)
        if start == starts or (progress is not None and progress(done, starts, length) is False):
            break
    if not best:
        raise Stopped(message("The search was stopped before it had found a tree."))
    names = [matrix.taxa[number] for number in order]
    return Shortest(length, [one.grown(names) for one in best.values()], hits, done)


def _nothing(_share: float, _length: int) -> None:
    """In place of a pulse."""


def _one_start(sets: Bits, weights: Weights, chance: random.Random, beat: Pulse, found: list["_Growing"]) -> None:
    """Put the tree of one random addition, and those of each round of the ratchet behind it, into a list.

    The first stands there as soon as it is whole, and is shortened in its place: whoever stops the search then has a tree.
    """
    tree = _Growing.by_random_addition(sets, weights, chance)
    found.append(tree)
    least, rounds = tree.length(weights), _ROUNDS_OF_THE_RATCHET + 1
    tree.improved(weights, partial(beat, 0.0, least))
    for done in range(1, rounds):
        least = min(least, found[-1].length(weights))
        now = partial(beat, done / rounds, least)
        loosened = found[-1].copy().improved(_reweighed(weights, chance), now)
        found.append(loosened.improved(weights, now))


def _check(matrix: Matrix, outgroup: str) -> None:
    if matrix.continuous:
        raise TreeError(message("The matrix holds measurements; steps are counted for states."))
    if not 4 <= len(matrix.taxa) <= MOST_TAXA:
        raise TreeError(
            message("The matrix has {count} taxa; a search takes 4 to {most}.", count=len(matrix.taxa), most=MOST_TAXA)
        )
    if outgroup and outgroup not in matrix.taxa:
        raise TreeError(message("The outgroup “{name}” is not in the matrix.", name=outgroup))


def _reweighed(weights: Weights, chance: random.Random) -> Weights:
    doubled = np.array([1 + (chance.random() < _SHARE_OF_THE_RATCHET) for _ in weights], np.int64)
    return weights * doubled


class _Growing:
    """A binary tree that hangs on its first tip. Tips have the numbers of the taxa, inner nodes those behind them.

    ``kids`` are the two nodes below an inner node, ``up`` the one above each; that of ``top`` is the first tip.
    """

    def __init__(self, sets: Bits, up: dict[int, int], kids: dict[int, list[int]], top: int) -> None:
        self.sets, self.up, self.kids, self.top = sets, up, kids, top

    @classmethod
    def by_random_addition(cls, sets: Bits, weights: Weights, chance: random.Random) -> "_Growing":
        """A tree to which the taxa are added in random order, each where it costs least."""
        size = len(sets)
        taxa = list(range(1, size))
        chance.shuffle(taxa)
        tree = cls(sets, {taxa[0]: 0}, {}, taxa[0])
        for number, taxon in enumerate(taxa[1:]):
            costs = tree._costs(sets[taxon], weights)
            least = min(costs.values())
            tree._put(taxon, size + number, chance.choice([node for node, cost in costs.items() if cost == least]))
        return tree

    def copy(self) -> "_Growing":
        return _Growing(self.sets, dict(self.up), {node: list(kids) for node, kids in self.kids.items()}, self.top)

    def length(self, weights: Weights) -> int:
        """The changes that the tree needs."""
        below, steps = self._below(weights)
        return steps + int(weights[(below[self.top] & self.sets[0]) == 0].sum())

    def improved(self, weights: Weights, beat: _Beat) -> "_Growing":
        """The tree after all cuts and graftings that shorten it; the tree itself changes."""
        while any(self._regraft(node, weights, beat) for node in self._downwards()[1:]):
            pass
        return self

    def _regraft(self, node: int, weights: Weights, beat: _Beat) -> bool:
        """Cut the branch above a node and put it where it costs least, if that is shorter; whether it was."""
        if beat() is False:
            raise _Halt
        parent = self.up.get(node, 0)
        if parent == 0:
            return False
        pieces, _ = self._below(weights, node)
        sister = self._cut(node)
        costs = self._costs(pieces[node], weights)
        place = min(costs, key=lambda one: (costs[one], one))
        shorter = costs[place] < costs[sister]
        self._put(node, parent, place if shorter else sister)
        return shorter

    def _cut(self, node: int) -> int:
        """Take a node and the one above it away; gives the sister, which moves up."""
        parent = self.up.pop(node)
        sister = next(kid for kid in self.kids.pop(parent) if kid != node)
        above = self.up.pop(parent)
        self.up[sister] = above
        if parent == self.top:
            self.top = sister
        else:
            self.kids[above][self.kids[above].index(parent)] = sister
        return sister

    def _put(self, node: int, fork: int, place: int) -> None:
        """Put a node upon the branch above `place`, by a new fork there."""
        above = self.up[place]
        if place == self.top:
            self.top = fork
        else:
            self.kids[above][self.kids[above].index(place)] = fork
        self.up[fork], self.kids[fork] = above, [place, node]
        self.up[place] = self.up[node] = fork

    def _downwards(self, start: int | None = None) -> list[int]:
        """All nodes below and with one, each before those below it."""
        nodes, todo = [], [self.top if start is None else start]
        while todo:
            node = todo.pop()
            nodes.append(node)
            todo.extend(self.kids.get(node, ()))
        return nodes

    def _below(self, weights: Weights, start: int | None = None) -> tuple[dict[int, Bits], int]:
        below: dict[int, Bits] = {}
        steps = 0
        for node in reversed(self._downwards(start)):
            if node in self.kids:
                left, right = (below[kid] for kid in self.kids[node])
                below[node] = _joined(left, right)
                steps += int(weights[(left & right) == 0].sum())
            else:
                below[node] = self.sets[node]
        return below, steps

    def _costs(self, piece: Bits, weights: Weights) -> dict[int, int]:
        """What it costs to put a piece upon the branch above each node."""
        below, _ = self._below(weights)
        above: dict[int, Bits] = {self.top: self.sets[0]}
        nodes = self._downwards()
        for node in nodes:
            if node in self.kids:
                left, right = self.kids[node]
                above[left], above[right] = _joined(above[node], below[right]), _joined(above[node], below[left])
        points = np.array([_joined(above[node], below[node]) for node in nodes])
        costs = ((points & piece) == 0) @ weights
        return dict(zip(nodes, costs.tolist(), strict=True))

    def clades(self) -> frozenset[int]:
        """The tips below each inner node, as numbers with a bit for each; what tells one branching from another."""
        below: dict[int, int] = {}
        for node in reversed(self._downwards()):
            below[node] = below[self.kids[node][0]] | below[self.kids[node][1]] if node in self.kids else 1 << node
        return frozenset(below[node] for node in self.kids)

    def grown(self, names: Sequence[str]) -> Tree:
        """The tree with names, its root between the first tip and the others."""
        root = Tree()
        root.add_child(name=names[0])
        todo = [(self.top, root)]
        while todo:
            number, parent = todo.pop()
            node = parent.add_child(name="" if number in self.kids else names[number])
            todo.extend((kid, node) for kid in reversed(self.kids.get(number, [])))
        return root


def _joined(one: Bits, other: Bits) -> Bits:
    both = one & other
    joined: Bits = np.where(both == 0, one | other, both)
    return joined
