"""The bare shape of a tree: which node hangs on which. What is computed over and over is computed on this, not on the nodes."""

from collections.abc import Sequence
from dataclasses import dataclass

from trees.model import Tree, walk


@dataclass(frozen=True)
class Backbone:
    """A tree as numbers: nodes are counted from the root on, each before those below it, branches in the order of the tree.

    Parameters
    ----------
    parents : list of int
        For each node the one above it; -1 for the root.
    tips : list of int
        The nodes that are tips, in the order of the tree.
    names : list of str
        Of each node; blank where it has none.
    lengths : list of float
        Of the branch above each node, as the tree has it.
    """

    parents: Sequence[int]
    tips: Sequence[int]
    names: Sequence[str]
    lengths: Sequence[float]

    def __len__(self) -> int:
        return len(self.parents)

    @property
    def tip_names(self) -> list[str]:
        """The names of the tips, in the order of the tree."""
        return [self.names[tip] for tip in self.tips]

    def upwards(self) -> range:
        """All nodes but the root, each after those below it."""
        return range(len(self.parents) - 1, 0, -1)

    def inner(self) -> list[int]:
        """The nodes that are no tips, the root first."""
        tips = set(self.tips)
        return [node for node in range(len(self.parents)) if node not in tips]


def backbone_of(tree: Tree) -> tuple[Backbone, list[Tree]]:
    """The shape of a tree, and its nodes in the same order."""
    nodes, parents = walk(tree)
    tips = [number for number, node in enumerate(nodes) if not node._children]
    return Backbone(parents, tips, [node.name for node in nodes], [node._dist for node in nodes]), nodes
