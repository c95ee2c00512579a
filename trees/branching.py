"""Where the forks and tips of a tree go that is drawn for its branching: a row for each tip, and a share of the width for each node.

Without time, a fork stands half way between the root and the tips when it has half of the levels above it; all tips stand in one line.
Where the lengths of branches count, the place of a node is its distance from the root.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trees.backbone import Backbone, backbone_of
from trees.model import Tree


@dataclass(frozen=True)
class Spot:
    """Where one node goes.

    Parameters
    ----------
    node : ete3.Tree
    parent : int
        The place of the node above it among all spots; -1 for the root.
    across : float
        From 0 at the root to 1 at the farthest tip.
    row : float
        From 0 at the first tip; a fork stands in the middle of its branches.
    top, bottom : float
        Rows of the first and the last branch of a fork.
    """

    node: Tree
    parent: int
    across: float
    row: float
    top: float
    bottom: float

    @property
    def is_tip(self) -> bool:
        """Whether nothing hangs on it."""
        return not self.node.children


def place_branches(tree: Tree, *, lengths: bool = False) -> list[Spot]:
    """Give every node its place, the root first and each node before those below it.

    Parameters
    ----------
    tree : ete3.Tree
        Branches keep their order.
    lengths : bool
        Whether branches are as long as the tree has them; negative ones count as none.
    """
    shape, nodes = backbone_of(tree)
    across = _by_lengths(shape) if lengths else _by_levels(shape)
    size = len(shape)
    first, last = [float("inf")] * size, [float("-inf")] * size
    row = [0.0] * size
    for number, tip in enumerate(shape.tips):
        row[tip] = first[tip] = last[tip] = float(number)
    inner = set(shape.inner())
    for node in range(size - 1, -1, -1):
        if node in inner:
            row[node] = (first[node] + last[node]) / 2
        if node:
            parent = shape.parents[node]
            first[parent], last[parent] = min(first[parent], row[node]), max(last[parent], row[node])
    return [
        Spot(nodes[node], shape.parents[node], across[node], row[node], first[node], last[node]) for node in range(size)
    ]


def _by_levels(shape: Backbone) -> list[float]:
    """Forks by the most forks between them and a tip, so that tips stand in one line."""
    above = [0] * len(shape)
    for node in shape.upwards():
        parent = shape.parents[node]
        above[parent] = max(above[parent], above[node] + 1)
    most = max(above[0], 1)
    return [1 - level / most for level in above]


def _by_lengths(shape: Backbone) -> list[float]:
    far = [0.0] * len(shape)
    for node in range(1, len(shape)):
        far[node] = far[shape.parents[node]] + max(shape.lengths[node], 0.0)
    most = max(far) or 1.0
    return [distance / most for distance in far]


def rows_of(spots: Sequence[Spot]) -> int:
    """How many rows there are."""
    return sum(spot.is_tip for spot in spots)
