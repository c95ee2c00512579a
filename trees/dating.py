"""Give the nodes of a tree ages from the first appearances of its tips.

Two methods. ``basic``: a clade is as old as its oldest member, no older; many branches then have no length. ``mbl``: the
same, but each branch is at least as long as a chosen minimum, so that no two splits fall together; clades near the root
grow older by it. Both are simple rules to show what the known fossils demand. They are not estimates with error margins.

The ghost lineage of a branch is the time for which its lineage must have existed without a known fossil: the age of the
parent minus its own age, both under ``basic``, whatever the method of the drawing.

References
----------
Norell, M. A. 1992. Taxic origin and temporal diversity: the effect of phylogeny. In: Extinction and Phylogeny, 89-118.
Smith, A. B. 1994. Systematics and the Fossil Record. Blackwell. doi:10.1002/9781444313918
Laurin, M. 2004. The evolution of body size, Cope's rule and the origin of amniotes. Systematic Biology 53: 594-622.
doi:10.1080/10635150490445706
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.messages import message
from trees.errors import TreeError
from trees.model import Tree, tip_names, without_tips
from trees.ranges import TaxonRange

METHODS = ("basic", "mbl")


@dataclass(frozen=True)
class DatedTree:
    """A tree with an age on every node.

    Parameters
    ----------
    tree : ete3.Tree
        Each node has `age` in Ma (of a tip: its first appearance), `ghost` in Myr, and `dist` in Myr.
    ranges : mapping of str to TaxonRange
        The range of each tip of `tree`.
    method : str
        ``basic`` or ``mbl``.
    min_branch_ma : float
        Least length of a branch in Myr; 0 under ``basic``.
    undated : tuple of str
        Tips of the undated tree that have no range and are therefore not on `tree`.
    lost_clades : tuple of str
        Clades that went with them: those left with fewer than two branches.
    node_ages : mapping of str to float
        Age in Ma of each named clade.
    ghost_lineages : mapping of str to float
        Ghost lineage in Myr of the branch that leads to each named tip or clade.
    total_ghost_lineage : float
        Sum over all branches, named or not, in Myr.
    """

    tree: Tree = field(repr=False)
    ranges: Mapping[str, TaxonRange] = field(repr=False)
    method: str
    min_branch_ma: float
    undated: tuple[str, ...]
    lost_clades: tuple[str, ...]
    node_ages: Mapping[str, float] = field(repr=False)
    ghost_lineages: Mapping[str, float] = field(repr=False)
    total_ghost_lineage: float

    @property
    def root_age(self) -> float:
        """Age of the root in Ma."""
        age: float = self.tree.age
        return age


def date_tree(
    tree: Tree, ranges: Mapping[str, TaxonRange], method: str = "mbl", min_branch_ma: float = 1.0
) -> DatedTree:
    """Date a tree by the first appearances of its tips.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is; its branch lengths play no part.
    ranges : mapping of str to TaxonRange
        By name of the tip. Tips without one are left out of the dated tree and reported.
    method : {"mbl", "basic"}
        See the module.
    min_branch_ma : float
        Least length of a branch in Myr, for ``mbl``.

    Returns
    -------
    DatedTree

    Raises
    ------
    TreeError
        When the method is not known, the least length is negative, or fewer than two tips have a range.
    """
    _check(method, min_branch_ma)
    names = tip_names(tree)
    undated = tuple(name for name in names if name not in ranges)
    if len(names) - len(undated) < 2:
        raise TreeError(
            message(
                "A dated tree needs at least two tips with a known range; {dated} of {all} have one.",
                dated=len(names) - len(undated),
                all=len(names),
            )
        )
    dated, lost = without_tips(tree, set(undated))
    spacing = min_branch_ma if method == "mbl" else 0.0
    _set_ages(dated, ranges, spacing)
    return dated_tree(
        dated,
        {name: ranges[name] for name in names if name in ranges},
        method=method,
        min_branch_ma=spacing,
        undated=undated,
        lost_clades=tuple(lost),
    )


def dated_tree(
    tree: Tree,
    ranges: Mapping[str, TaxonRange],
    *,
    method: str,
    min_branch_ma: float,
    undated: tuple[str, ...] = (),
    lost_clades: tuple[str, ...] = (),
) -> DatedTree:
    """The `DatedTree` of a tree whose nodes have `age` and `ghost` already; ages of unnamed clades are only on the nodes."""
    node_ages: dict[str, float] = {}
    ghosts: dict[str, float] = {}
    total = 0.0
    for node in tree.traverse("preorder"):
        total += node.ghost
        if node.name:
            ghosts.setdefault(node.name, node.ghost)
            if node.children:
                node_ages.setdefault(node.name, node.age)
    return DatedTree(tree, ranges, method, min_branch_ma, undated, lost_clades, node_ages, ghosts, total)


def _check(method: str, min_branch_ma: float) -> None:
    if method not in METHODS:
        raise TreeError(
            message(
                "“{method}” is not a way to date a tree. Known are: {known}.", method=method, known=", ".join(METHODS)
            )
        )
    if not 0 <= min_branch_ma < float("inf"):
        raise TreeError(
            message(
                "The least length of a branch is {length} million years; it must be zero or more.",
                length=f"{min_branch_ma:g}",
            )
        )


def _set_ages(tree: Tree, ranges: Mapping[str, TaxonRange], spacing: float) -> None:
    """Put `age`, `ghost` and `dist` on every node, the oldest first appearance below it and `spacing` in one pass."""
    oldest: dict[int, float] = {}
    for node in tree.traverse("postorder"):
        if node.children:
            oldest[id(node)] = max(oldest[id(child)] for child in node.children)
            node.age = max(child.age + spacing for child in node.children)
        else:
            oldest[id(node)] = node.age = ranges[node.name].first_appearance
        node.add_feature("age", node.age)
    for node in tree.traverse("preorder"):
        node.add_feature("ghost", oldest[id(node.up)] - oldest[id(node)] if node.up else 0.0)
        node.dist = node.up.age - node.age if node.up else 0.0
