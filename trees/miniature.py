"""A dated tree thinned out for a small picture: the animals that are to be named, and of the others an even choice.

All ages stay those of the whole tree, so that the picture and the page of the tree agree.
"""

from collections.abc import Collection

from trees.dating import DatedTree, dated_tree
from trees.model import find_node, tip_names, without_tips


def miniature(dated: DatedTree, wanted: Collection[str], most: int, clade: str = "") -> DatedTree:
    """A thinned tree.

    Parameters
    ----------
    dated : DatedTree
        The whole tree; left as it is.
    wanted : collection of str
        Tips that stay, where they are on the tree; they may be more than `most`.
    most : int
        How many tips to keep in all.
    clade : str
        Show this clade only; blank, or one that is not on the tree, stands for all.

    Returns
    -------
    DatedTree
        A clade that keeps a single branch is drawn as part of that branch.
    """
    part = (find_node(dated.tree, clade) if clade else None) or dated.tree
    tips = tip_names(part)
    others = [tip for tip in tips if tip not in wanted]
    room = max(0, most - (len(tips) - len(others)))
    # evenly over the tree from top to bottom: large clades keep more tips than small ones
    kept = {others[number * len(others) // room] for number in range(room)} if room < len(others) else set(others)
    thin, _ = without_tips(part, [tip for tip in others if tip not in kept])
    if thin is None:
        return dated
    thin.dist = thin.ghost = 0.0
    return dated_tree(
        thin,
        {tip: dated.ranges[tip] for tip in tip_names(thin)},
        method=dated.method,
        min_branch_ma=dated.min_branch_ma,
    )
