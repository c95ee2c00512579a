"""What trees have in common: shared clades, distances, consensus trees and how many trees support each clade.

A clade is kept as a number with one bit for each tip, the same bit in all trees: the order of tips and branches plays no part, which
is where some readers of consensus go wrong (biopython issue 3345).

References
----------
Robinson, D. F. and Foulds, L. R. 1981. Comparison of phylogenetic trees. Mathematical Biosciences 53: 131-147.
doi:10.1016/0025-5564(81)90043-2
Adams, E. N. 1972. Consensus techniques and the comparison of taxonomic trees. Systematic Biology 21: 390-397.
doi:10.1093/sysbio/21.4.390
Margush, T. and McMorris, F. R. 1981. Consensus n-trees. Bulletin of Mathematical Biology 43: 239-244. doi:10.1007/BF02459446
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.messages import message
from trees.backbone import Backbone, backbone_of
from trees.errors import TreeError
from trees.model import Tree

Clades = frozenset[int]
"""The clades of a tree without the whole tree and single tips, each as a number with a bit for each tip."""


@dataclass(frozen=True)
class Trees:
    """Trees of the same tips, ready to be compared.

    Parameters
    ----------
    tips : tuple of str
        Names of the tips, by their bit.
    clades : tuple of frozenset of int
        Of each tree, as rooted.
    left_out : tuple of str
        Tips that are not in all trees, and play no part.
    """

    tips: tuple[str, ...]
    clades: tuple[Clades, ...]
    left_out: tuple[str, ...] = ()

    @property
    def everything(self) -> int:
        """The clade of all tips."""
        return (1 << len(self.tips)) - 1

    def names(self, clade: int) -> list[str]:
        """The names of the tips of a clade."""
        return [name for bit, name in enumerate(self.tips) if clade >> bit & 1]

    def splits(self, number: int) -> frozenset[int]:
        """The clades of one tree without its root: each split by the side that lacks the first tip."""
        whole = self.everything
        sides = {clade if not clade & 1 else whole & ~clade for clade in self.clades[number]}
        return frozenset(side for side in sides if side.bit_count() > 1 and (whole & ~side).bit_count() > 1)


def gather(trees: Iterable[Tree], *, shared_tips: bool = False) -> Trees:
    """Make trees ready to be compared.

    Parameters
    ----------
    trees : iterable of ete3.Tree
        Left as they are.
    shared_tips : bool
        Whether tips that are not in all trees are left out; otherwise they are an error.

    Raises
    ------
    TreeError
        When there is no tree, or their tips differ: the tips and the first tree that lacks one are named.
    """
    shapes = [backbone_of(tree)[0] for tree in trees]
    if not shapes:
        raise TreeError(message("There is no tree to compare."))
    sets = [set(shape.tip_names) for shape in shapes]
    shared = set.intersection(*sets)
    left_out = sorted(set.union(*sets) - shared)
    if left_out and not shared_tips:
        number = next(number for number, tips in enumerate(sets, 1) if tips != sets[0] or set(left_out) & tips)
        raise TreeError(
            message(
                "The trees do not have the same tips; see tree {number}. Not in all of them: {names}.",
                number=number,
                names=", ".join(left_out[:5]) + (" …" if len(left_out) > 5 else ""),
            )
        )
    if len(shared) < 2:
        raise TreeError(message("The trees share fewer than two tips."))
    tips = tuple(name for name in shapes[0].tip_names if name in shared)
    bits = {name: 1 << number for number, name in enumerate(tips)}
    return Trees(tips, tuple(_clades(shape, bits) for shape in shapes), tuple(left_out))


def _tips_below(shape: Backbone, bits: Mapping[str, int]) -> list[int]:
    """For each node the tips below it, as a number; a tip without a bit counts for nothing."""
    below = [0] * len(shape)
    for tip in shape.tips:
        below[tip] = bits.get(shape.names[tip], 0)
    for node in shape.upwards():
        below[shape.parents[node]] |= below[node]
    return below


def _clades(shape: Backbone, bits: Mapping[str, int]) -> Clades:
    below = _tips_below(shape, bits)
    whole = below[0]
    return frozenset(clade for clade in below if clade != whole and clade & (clade - 1))


def robinson_foulds(trees: Trees, one: int, other: int, *, rooted: bool = True) -> int:
    """How many clades only one of two trees has; for unrooted trees, how many splits.

    Parameters
    ----------
    one, other : int
        Which trees, from 0.
    """
    if rooted:
        return len(trees.clades[one] ^ trees.clades[other])
    return len(trees.splits(one) ^ trees.splits(other))


def support(trees: Trees) -> dict[int, float]:
    """The share of the trees that have each clade, from 0 to 1, for all clades that any tree has."""
    counted = Counter(clade for clades in trees.clades for clade in clades)
    return {clade: count / len(trees.clades) for clade, count in counted.items()}


def strict_consensus(trees: Trees) -> Tree:
    """The tree of the clades that all trees have; `support` of each is 1."""
    return consensus(trees, 1.0)


def majority_consensus(trees: Trees) -> Tree:
    """The tree of the clades that more than half of the trees have, with their share as `support`."""
    return consensus(trees, 0.5)


def consensus(trees: Trees, more_than: float) -> Tree:
    """The tree of the clades that more than a share of the trees have, or all of them where the share is 1.

    Raises
    ------
    ValueError
        When the share is less than a half: such clades may contradict each other.
    """
    if not 0.5 <= more_than <= 1:
        raise ValueError("Clades of half of the trees or fewer may contradict each other.")
    shares = {clade: share for clade, share in support(trees).items() if share > more_than or share == 1}
    return tree_of_clades(trees.tips, shares)


def tree_of_clades(tips: Sequence[str], shares: Mapping[int, float]) -> Tree:
    """A tree of clades that do not contradict each other.

    Parameters
    ----------
    tips : sequence of str
        Names by bit.
    shares : mapping of int to float
        The clades, with what becomes their `support`.
    """
    root = Tree()
    holder: list[Tree] = [root] * len(tips)
    for clade in sorted(shares, key=int.bit_count, reverse=True):
        bits = [bit for bit in range(len(tips)) if clade >> bit & 1]
        node = holder[bits[0]].add_child(support=shares[clade])
        for bit in bits:
            holder[bit] = node
    for bit, name in enumerate(tips):
        holder[bit].add_child(name=name)
    return root


def adams_consensus(trees: Sequence[Tree], *, shared_tips: bool = False) -> Tree:
    """The tree that keeps what the trees agree on about nesting, even of tips that wander (Adams 1972).

    At each fork, tips stay together that all trees keep together; within each group the trees are asked anew.
    """
    gathered = gather(trees, shared_tips=shared_tips)
    clades = [sorted({*of_tree, gathered.everything}, key=int.bit_count) for of_tree in gathered.clades]
    root = Tree()
    todo: list[tuple[int, Tree]] = [(gathered.everything, root)]
    while todo:
        group, node = todo.pop()
        for part in _product_of_partitions(group, [_below(of_tree, group) for of_tree in clades]):
            if part & (part - 1):
                todo.append((part, node.add_child()))
            else:
                node.add_child(name=gathered.tips[part.bit_length() - 1])
    return root


def _below(clades: Sequence[int], group: int) -> list[int]:
    """The parts into which the first fork of a tree, cut down to some tips, divides them."""
    parts: list[int] = []
    rest = group
    for clade in reversed(clades):
        inside = clade & group
        if inside and inside != group and inside & rest == inside:
            parts.append(inside)
            rest &= ~inside
    while rest:
        parts.append(rest & -rest)
        rest &= rest - 1
    return parts


def _product_of_partitions(group: int, partitions: Iterable[Sequence[int]]) -> list[int]:
    product = [group]
    for partition in partitions:
        product = [one & other for one in product for other in partition if one & other]
    return sorted(product, key=lambda part: part & -part)


def clade_support(tree: Tree, trees: Iterable[Tree]) -> dict[Tree, float]:
    """For each inner node of a tree but its root, the share of other trees that have the same clade.

    Tips that are not in all trees play no part.
    """
    others = list(trees)
    shared = gather([tree, *others], shared_tips=True)
    shares = support(Trees(shared.tips, shared.clades[1:]))
    bits = {name: 1 << number for number, name in enumerate(shared.tips)}
    shape, nodes = backbone_of(tree)
    below = _tips_below(shape, bits)
    return {nodes[node]: shares.get(below[node], 0.0) for node in shape.inner()[1:]}
