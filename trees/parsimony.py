"""How many changes a tree needs for a matrix of characters, and where on the tree they lie.

Sankoff's algorithm over all characters at once. A change between any two states costs one step; between states of an ordered
character as many as lie between them. Cells that are missing or inapplicable allow every state; ``{01}`` and ``(01)`` allow those named.
Forks with more than two branches are taken as they are.

References
----------
Fitch, W. M. 1971. Toward defining the course of evolution: minimum change for a specific tree topology. Systematic Zoology 20: 406-416.
doi:10.2307/2412116
Sankoff, D. 1975. Minimal mutation trees of sequences. SIAM Journal on Applied Mathematics 28: 35-42. doi:10.1137/0128004
Kluge, A. G. and Farris, J. S. 1969. Quantitative phyletics and the evolution of anurans. Systematic Zoology 18: 1-32. doi:10.2307/2412407
Farris, J. S. 1989. The retention index and the rescaled consistency index. Cladistics 5: 417-419.
doi:10.1111/j.1096-0031.1989.tb00573.x
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from catalogue.messages import message
from trees.backbone import Backbone, backbone_of
from trees.errors import TreeError
from trees.matrices import Matrix, states
from trees.model import Tree

Steps: TypeAlias = npt.NDArray[np.int64]
_PLACES = {symbol: place for place, symbol in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
"""Where each symbol stands in the order of states, so that from 0 to 2 it is two steps even if no taxon has 1."""
_NEVER = 10**6
"""Steps: more than any matrix needs."""


@dataclass(frozen=True)
class Fit:
    """How well a matrix fits a tree.

    Parameters
    ----------
    steps, least, most : array of int
        For each character the changes that the tree needs, that any tree needs, and that a tree without a fork would need.
    """

    steps: Steps
    least: Steps
    most: Steps

    @property
    def length(self) -> int:
        """The changes of all characters together."""
        return int(self.steps.sum())

    @property
    def consistency(self) -> float:
        """The consistency index (CI), 1 where no state arose twice; NaN for a matrix without any change."""
        return float(self.least.sum() / self.length) if self.length else math.nan

    @property
    def retention(self) -> float:
        """The retention index (RI), 1 where all that could be shared is inherited; NaN where nothing could be."""
        could = float((self.most - self.least).sum())
        return float((self.most - self.steps).sum()) / could if could else math.nan

    def consistency_of(self, character: int) -> float:
        """The consistency index of one character."""
        steps = int(self.steps[character])
        return float(self.least[character]) / steps if steps else math.nan

    def retention_of(self, character: int) -> float:
        """The retention index of one character; NaN where nothing could be shared."""
        could = int(self.most[character] - self.least[character])
        return float(self.most[character] - self.steps[character]) / could if could else math.nan


@dataclass(frozen=True)
class StateChange:
    """A change on the branch above a node.

    Parameters
    ----------
    node : ete3.Tree
    before, after : tuple of str
        The states that are possible at either end; one each where the change is certain to lie here.
    """

    node: Tree
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether every most parsimonious history has this change on this branch."""
        return not set(self.before) & set(self.after)


class Parsimony:
    """A matrix on a tree.

    Parameters
    ----------
    tree : ete3.Tree
        Tips that are not in the matrix are as if nothing were known of them.
    matrix : Matrix
        Of discrete characters; taxa that are not on the tree play no part.

    Raises
    ------
    TreeError
        When the matrix holds measurements, or none of its taxa is on the tree.
    """

    def __init__(self, tree: Tree, matrix: Matrix) -> None:
        if matrix.continuous:
            raise TreeError(message("The matrix holds measurements; steps are counted for states."))
        self.shape, self.nodes = backbone_of(tree)
        if not set(self.shape.tip_names) & set(matrix.taxa):
            raise TreeError(message("None of the taxa of the matrix is on the tree. Are they spelt alike?"))
        self.symbols = sorted({state for row in matrix.cells for cell in row for state in states(cell)}) or ["0"]
        self._rows = dict(zip(matrix.taxa, matrix.cells, strict=True))
        self._width = len(matrix.characters)
        ordered = np.array([character.ordered for character in matrix.characters], dtype=bool)
        place = np.array([_PLACES.get(symbol.upper(), number) for number, symbol in enumerate(self.symbols)])
        between = np.abs(place[:, None] - place[None, :])
        self._costs = np.where(ordered[:, None, None], between, (between > 0).astype(np.int64))

    def fit(self) -> Fit:
        """Count the steps."""
        below = self._below(self.shape)
        tips = self._tips(self.shape)
        return Fit(below[0].min(axis=1), self._least(tips), _star(tips, self._costs).min(axis=1))

    def possible_states(self, character: int) -> list[tuple[str, ...]]:
        """For each node, in the order of the tree, the states that it has in some most parsimonious history."""
        sets = self._possible()[:, character]
        return [tuple(symbol for symbol, possible in zip(self.symbols, of, strict=True) if possible) for of in sets]

    def changes(self, character: int) -> list[StateChange]:
        """The branches on which a character may change, in the order of the tree; those that are certain say so."""
        sets = self.possible_states(character)
        return [
            StateChange(self.nodes[node], sets[self.shape.parents[node]], sets[node])
            for node in range(1, len(self.shape))
            if sets[node] != sets[self.shape.parents[node]]
        ]

    def _tips(self, shape: Backbone) -> Steps:
        """For each tip the cost of having each state of each character: none, or never."""
        everything = [True] * len(self.symbols)
        cost = np.zeros((len(shape.tips), self._width, len(self.symbols)), np.int64)
        for number, tip in enumerate(shape.tips):
            row = self._rows.get(shape.names[tip])
            if row is None:
                continue
            allowed = np.array([self._allowed(cell) or everything for cell in row])
            cost[number] = np.where(allowed, 0, _NEVER)
        return cost

    def _allowed(self, cell: str) -> list[bool]:
        named = states(cell)
        return [symbol in named for symbol in self.symbols] if named else []

    def _below(self, shape: Backbone) -> Steps:
        """For each node, character and state the steps that all below it needs."""
        cost = np.zeros((len(shape), self._width, len(self.symbols)), np.int64)
        cost[list(shape.tips)] = self._tips(shape)
        for node in shape.upwards():
            cost[shape.parents[node]] += self._over_a_branch(cost[node])
        return cost

    def _over_a_branch(self, cost: Steps) -> Steps:
        changed: Steps = (cost[:, None, :] + self._costs).min(axis=2)
        return changed

    def _possible(self) -> npt.NDArray[np.bool_]:
        below = self._below(self.shape)
        whole = below.copy()
        for node in range(1, len(self.shape)):
            parent = self.shape.parents[node]
            beside = whole[parent] - self._over_a_branch(below[node])
            whole[node] = below[node] + self._over_a_branch(beside)
        possible: npt.NDArray[np.bool_] = whole == whole.min(axis=2, keepdims=True)
        return possible

    def _least(self, tips: Steps) -> Steps:
        """The steps that no tree can do without: one less than the fewest states that explain all tips, or their range."""
        return np.array([self._least_of(tips[:, number] == 0, self._costs[number]) for number in range(self._width)])

    def _least_of(self, allowed: npt.NDArray[np.bool_], costs: Steps) -> int:
        telling = np.unique(allowed[~allowed.all(axis=1)], axis=0)
        if not len(telling):
            return 0
        used = np.flatnonzero(telling.any(axis=0))
        for size in range(1, len(used) + 1):
            spans = [
                int(costs[chosen[0], chosen[-1]]) if size > 1 else 0 for chosen in _explaining(telling, used, size)
            ]
            if spans:
                return max(size - 1, min(spans))
        return len(used) - 1


def _explaining(telling: npt.NDArray[np.bool_], used: Iterable[int], size: int) -> list[tuple[int, ...]]:
    return [chosen for chosen in combinations(used, size) if telling[:, list(chosen)].any(axis=1).all()]


def _star(tips: Steps, costs: Steps) -> Steps:
    """The steps of a tree without a fork, for each character and state of its root."""
    whole: Steps = np.zeros(tips.shape[1:], np.int64)
    for tip in tips:
        whole += (tip[:, None, :] + costs).min(axis=2)
    return whole
