"""Trees that no fossil has dated: drawn by the lengths of their own branches, or by branching alone.

`by_lengths` measures each node from the tip that lies farthest from the root. Where somebody knows that the lengths are millions of years
and how old the youngest tip is, those are ages, and geological time can be drawn behind them. `by_steps` is for a cladogram, which says
nothing of time: tips stand in one line and forks as many steps before them as it takes.
"""

from math import isfinite

from catalogue.messages import message
from trees.dating import DatedTree, dated_tree
from trees.errors import TreeError
from trees.model import Tree, copy_walked, put, uncollected
from trees.ranges import TaxonRange

LENGTHS, STEPS, OWN = "lengths", "steps", "own"
_TIMELESS = frozenset({LENGTHS, STEPS})


def has_time(dated: DatedTree) -> bool:
    """Whether the ages of a tree are millions of years."""
    return dated.method not in _TIMELESS


@uncollected()
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
    nodes, parents = copy_walked(tree)
    depths = [0.0] * len(nodes)
    for number in range(1, len(nodes)):
        depths[number] = depths[parents[number]] + nodes[number]._dist
    height = max([depth for depth, node in zip(depths, nodes, strict=True) if not node._children])
    ages = [max(0.0, height - depth) + (youngest_ma or 0.0) for depth in depths]
    return _finished(nodes, parents, ages, LENGTHS if youngest_ma is None else OWN)


@uncollected()
def by_steps(tree: Tree) -> DatedTree:
    """The tree as its branching has it: each fork one step before the farthest of its branches."""
    nodes, parents = copy_walked(tree)
    ages = [0.0] * len(nodes)
    for number in range(len(nodes) - 1, 0, -1):
        ages[parents[number]] = max(ages[parents[number]], ages[number] + 1.0)
    return _finished(nodes, parents, ages, STEPS)


def _finished(nodes: list[Tree], parents: list[int], ages: list[float], method: str) -> DatedTree:
    put(nodes, ages, [0.0] * len(nodes))
    ranges = {tip.name: TaxonRange(tip.name, tip.age, tip.age) for tip in nodes if not tip._children}
    return dated_tree(nodes[0], ranges, method=method, min_branch_ma=0.0, walked=(nodes, parents))
