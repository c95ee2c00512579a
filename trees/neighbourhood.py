"""The part of a dated tree around one taxon: its near relatives, with ages as in the whole tree and far branches folded."""

from dataclasses import dataclass

from catalogue.messages import message
from trees.dating import DatedTree, dated_tree
from trees.errors import TreeError
from trees.model import copy_tree, find_node, tip_names


@dataclass(frozen=True)
class Neighbourhood:
    """A part of a tree, ready to draw.

    Parameters
    ----------
    dated : DatedTree
        The part, with the ages of the whole tree.
    collapsed : frozenset of str
        Clades beside the way to the taxon that are best folded.
    """

    dated: DatedTree
    collapsed: frozenset[str]


def neighbourhood(dated: DatedTree, taxon: str, levels: int = 3, fold_above: int = 2) -> Neighbourhood:
    """The surroundings of a taxon.

    Parameters
    ----------
    dated : DatedTree
        The whole tree; left as it is.
    taxon : str
        A tip or clade.
    levels : int
        How many splits to go up from it; fewer where the root comes first.
    fold_above : int
        Named clades beside the way with more tips than this are to be folded.

    Returns
    -------
    Neighbourhood

    Raises
    ------
    TreeError
        When the tree has no such tip or clade.
    """
    node = find_node(dated.tree, taxon)
    if node is None:
        raise TreeError(message("“{taxon}” is not on the dated tree.", taxon=taxon))
    path = [node]
    while path[-1].up and len(path) <= levels:
        path.append(path[-1].up)
    beside = [child for above in path for child in above.children if child not in path]
    part = copy_tree(path[-1])
    part.dist = 0.0
    part.ghost = 0.0
    return Neighbourhood(
        dated_tree(
            part,
            {name: dated.ranges[name] for name in tip_names(part)},
            method=dated.method,
            min_branch_ma=dated.min_branch_ma,
        ),
        frozenset(child.name for child in beside if child.name and len(tip_names(child)) > fold_above),
    )
