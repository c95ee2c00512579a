"""Trees that no fossil has dated: drawn by the lengths of their own branches, or by branching alone.

`by_lengths` measures each node from the tip that lies farthest from the root. Where somebody knows that the lengths are millions of years
and how old the youngest tip is, those are ages, and geological time can be drawn behind them. `by_steps` is for a cladogram, which says
nothing of time: tips stand in one line and forks as many steps before them as it takes.
"""

from math import isfinite

from catalogue.messages import message
from trees.dating import DatedTree, dated_tree
from trees.errors import TreeError
from trees.model import Tree, copy_tree
from trees.ranges import TaxonRange

LENGTHS, STEPS, OWN = "lengths", "steps", "own"
_TIMELESS = frozenset({LENGTHS, STEPS})


def has_time(dated: DatedTree) -> bool:
    """Whether the ages of a tree are millions of years."""
    return dated.method not in _TIMELESS


def by_lengths(tree: Tree, youngest_ma: float | None = None) -> DatedTree:
    """The tree as its branch lengths have it.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is.
    youngest_ma : float, optional
        Age in Ma of the tip farthest from the root, where the lengths are millions of years. Without it they are mere lengths.

    Raises
    ------
    TreeError
        When `youngest_ma` is negative or no number.
    """
    if youngest_ma is not None and not (isfinite(youngest_ma) and youngest_ma >= 0):
        raise TreeError(
            message("The youngest tip is {age} million years old; it must be zero or more.", age=f"{youngest_ma:g}")
        )
    root = copy_tree(tree)
    nodes = _nodes(root)
    depths: dict[int, float] = {id(root): 0.0}
    for node in nodes[1:]:
        depths[id(node)] = depths[id(node.up)] + node.dist
    height = max(depths[id(node)] for node in nodes if not node.children)
    for node in nodes:
        node.age, node.ghost = max(0.0, height - depths[id(node)]) + (youngest_ma or 0.0), 0.0
    return _finished(root, nodes, LENGTHS if youngest_ma is None else OWN)


def by_steps(tree: Tree) -> DatedTree:
    """The tree as its branching has it: each fork one step before the farthest of its branches."""
    root = copy_tree(tree)
    nodes = _nodes(root)
    for node in reversed(nodes):
        node.age = 1.0 + max(child.age for child in node.children) if node.children else 0.0
        node.ghost = 0.0
    return _finished(root, nodes, STEPS)


def _nodes(root: Tree) -> list[Tree]:
    """All nodes, each before those below it; ETE's own walk takes several times as long."""
    nodes, todo = [], [root]
    while todo:
        node = todo.pop()
        nodes.append(node)
        todo.extend(reversed(node.children))
    return nodes


def _finished(root: Tree, nodes: list[Tree], method: str) -> DatedTree:
    for node in nodes:
        node.features.update(("age", "ghost"))
    ranges = {tip.name: TaxonRange(tip.name, tip.age, tip.age) for tip in nodes if not tip.children}
    return dated_tree(root, ranges, method=method, min_branch_ma=0.0)
