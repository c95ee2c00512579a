"""Give the nodes of a tree ages from the first appearances of its tips.

Four methods. ``basic``: a clade is as old as its oldest member, no older; many branches then have no length. ``mbl``: the
same, but each branch is at least as long as a chosen minimum, so that no two splits fall together; clades near the root
grow older by it. ``equal`` and ``ruta``: branches without length share the time of those beneath them, see `trees.spreading`.
All are simple rules to show what the known fossils demand. They are not estimates with error margins.

The ghost lineage of a branch is the time for which its lineage must have existed without a known fossil: the age of the
parent minus its own age, both under ``basic``, whatever the method of the drawing.

References
----------
Norell, M. A. 1992. Taxic origin and temporal diversity: the effect of phylogeny. In: Extinction and Phylogeny, 89-118.
Smith, A. B. 1994. Systematics and the Fossil Record. Blackwell. doi:10.1002/9781444313918
Laurin, M. 2004. The evolution of body size, Cope's rule and the origin of amniotes. Systematic Biology 53: 594-622.
doi:10.1080/10635150490445706
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.messages import Message, message
from trees.backbone import Backbone, backbone_of
from trees.errors import TreeError
from trees.model import Tree, copy_walked, put, uncollected, walk, without_tips
from trees.ranges import TaxonRange
from trees.spreading import spread_by_length, spread_equally

METHODS = ("basic", "mbl", "equal", "ruta")
CAVEATS: Mapping[str, Message] = {
    "basic": message(
        "Each group is as old as its oldest known fossil and no older, so many forks fall on one moment. "
        "The true forks are older."
    ),
    "mbl": message(
        "Each branch is at least so many million years long. The number is chosen for the eye, not measured, "
        "and it adds up towards the root."
    ),
    "equal": message(
        "Forks that would fall on one moment share the time below them in equal parts. "
        "Where they stand in it is a convention, and how old the root is was chosen."
    ),
    "ruta": message(
        "Forks share time in proportion to the branch lengths of the published tree, as if more change took more time. "
        "How old the root is was chosen."
    ),
}
"""What to keep in mind about each method."""
LONGEST_MYR = 4567.0
"""The age of the Earth: no branch is longer."""


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
        One of `METHODS`.
    min_branch_ma : float
        Least length of a branch in Myr under ``mbl``; otherwise 0.
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
    walked : tuple of (list of ete3.Tree, list of int)
        All nodes of `tree`, and for each the number of the one above it, as `trees.model.walk` gives them.
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
    walked: tuple[list[Tree], list[int]] = field(repr=False, compare=False)

    @property
    def root_age(self) -> float:
        """Age of the root in Ma."""
        age: float = self.tree.age
        return age


@uncollected()
def date_tree(
    tree: Tree,
    ranges: Mapping[str, TaxonRange],
    method: str = "mbl",
    min_branch_ma: float = 1.0,
    *,
    root_length_ma: float | None = None,
) -> DatedTree:
    """Date a tree by the first appearances of its tips.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is; its branch lengths play a part in ``ruta`` alone.
    ranges : mapping of str to TaxonRange
        By name of the tip. Tips without one are left out of the dated tree and reported.
    method : {"mbl", "basic", "equal", "ruta"}
        See the module.
    min_branch_ma : float
        Least length of a branch in Myr, for ``mbl``.
    root_length_ma : float, optional
        By how many Myr the root is older than its oldest member, for ``basic`` (0 when left out), ``equal`` and ``ruta`` (1 when
        left out).

    Returns
    -------
    DatedTree

    Raises
    ------
    TreeError
        When the method is not known, a length is negative or zero where it must not be, or fewer than two tips have a range.
    """
    root_length = check_ways(method, min_branch_ma, root_length_ma)
    whole, _ = backbone_of(tree)
    names = whole.tip_names
    undated = tuple(name for name in names if name not in ranges)
    if len(names) - len(undated) < 2:
        raise TreeError(
            message(
                "A dated tree needs at least two tips with a known range; {dated} of {all} have one.",
                dated=len(names) - len(undated),
                all=len(names),
            )
        )
    spacing = min_branch_ma if method == "mbl" else 0.0
    shape, nodes, lost = _to_date(tree, whole, set(undated))
    first = [ranges[name].first_appearance for name in shape.tip_names]
    ages = ages_of_nodes(shape, first, method, spacing, root_length)
    _write_ages(shape, nodes, ages, _oldest_below(shape, first))
    return dated_tree(
        nodes[0],
        {name: ranges[name] for name in names if name in ranges},
        method=method,
        min_branch_ma=spacing,
        undated=undated,
        lost_clades=tuple(lost),
        walked=(nodes, list(shape.parents)),
    )


def _to_date(tree: Tree, whole: Backbone, undated: set[str]) -> tuple[Backbone, list[Tree], list[str]]:
    """A copy of the tree without what cannot be dated: its shape, its nodes and the clades that are lost."""
    if not undated:
        return whole, copy_walked(tree)[0], []
    dated, lost = without_tips(tree, undated)
    assert dated is not None  # at least two tips stay
    return *backbone_of(dated), lost


def dated_tree(
    tree: Tree,
    ranges: Mapping[str, TaxonRange],
    *,
    method: str,
    min_branch_ma: float,
    undated: tuple[str, ...] = (),
    lost_clades: tuple[str, ...] = (),
    walked: tuple[list[Tree], list[int]] | None = None,
) -> DatedTree:
    """The `DatedTree` of a tree whose nodes have `age` and `ghost` already; ages of unnamed clades are only on the nodes."""
    walked = walked or walk(tree)
    node_ages: dict[str, float] = {}
    ghosts: dict[str, float] = {}
    total = 0.0
    for node in walked[0]:
        name, ghost = node.name, node.ghost
        total += ghost
        if name:
            ghosts.setdefault(name, ghost)
            if node._children:
                node_ages.setdefault(name, node.age)
    return DatedTree(tree, ranges, method, min_branch_ma, undated, lost_clades, node_ages, ghosts, total, walked)


_SHARING = {"equal": spread_equally, "ruta": spread_by_length}


def ages_of_nodes(
    shape: Backbone, first: Sequence[float], method: str, min_branch_ma: float, root_length_ma: float
) -> list[float]:
    """The age of each node in Ma, by one of `METHODS`, from the first appearances of the tips in their order."""
    if method == "mbl":
        return _oldest_below(shape, first, min_branch_ma)
    ages = _oldest_below(shape, first)
    ages[0] += root_length_ma
    if method in _SHARING:
        _SHARING[method](shape, ages)
    return ages


def _oldest_below(shape: Backbone, first: Sequence[float], spacing: float = 0.0) -> list[float]:
    """The first appearance of the oldest member of each node, with `spacing` Myr for each branch between them."""
    ages = [0.0] * len(shape)
    for tip, age in zip(shape.tips, first, strict=True):
        ages[tip] = age
    parents = shape.parents
    for node in shape.upwards():
        parent, age = parents[node], ages[node] + spacing
        if age > ages[parent]:
            ages[parent] = age
    return ages


def _write_ages(shape: Backbone, nodes: list[Tree], ages: list[float], oldest: list[float]) -> None:
    """Put `age`, `ghost` and `dist` on every node."""
    parents = shape.parents
    ghosts = [0.0, *(oldest[parents[number]] - oldest[number] for number in range(1, len(nodes)))]
    lengths = [0.0, *(ages[parents[number]] - ages[number] for number in range(1, len(nodes)))]
    put(nodes, ages, ghosts, lengths)


def check_ways(method: str, min_branch_ma: float, root_length_ma: float | None) -> float:
    """Refuse what no tree can be dated by; gives the length of the root in Myr, that of the method where none is given.

    Raises
    ------
    TreeError
    """
    root_length = root_length_ma if root_length_ma is not None else float(method in _SHARING)
    if method not in METHODS:
        raise TreeError(
            message(
                "“{method}” is not a way to date a tree. Known are: {known}.", method=method, known=", ".join(METHODS)
            )
        )
    if not 0 <= min_branch_ma <= LONGEST_MYR:
        raise TreeError(
            message(
                "The least length of a branch is {length} million years; it must be zero to {most}.",
                length=f"{min_branch_ma:g}",
                most=f"{LONGEST_MYR:g}",
            )
        )
    if not 0 <= root_length <= LONGEST_MYR or (method in _SHARING and root_length == 0):
        raise TreeError(
            message(
                "The root is {length} million years older than its oldest member; “{method}” needs {least}, and {most} at most.",
                length=f"{root_length:g}",
                method=method,
                least=message("more than zero") if method in _SHARING else message("zero or more"),
                most=f"{LONGEST_MYR:g}",
            )
        )
    return root_length
