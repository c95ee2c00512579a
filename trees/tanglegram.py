"""Two trees face to face, their branches turned so that the lines between the same tips cross as little as may be.

Each fork of one tree is turned so that its tips follow the order of the other, and then the other way round, for as long as crossings
grow fewer. That finds an order without any crossing where the trees agree; the fewest crossings of trees that differ much are hard to
find for anybody (Fernau et al. 2010).

References
----------
Fernau, H., Kaufmann, M. and Poths, M. 2010. Comparing trees via crossing minimization. Journal of Computer and System Sciences 76:
593-608. doi:10.1016/j.jcss.2009.10.014
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trees.comparison import gather, robinson_foulds
from trees.model import Tree, copy_tree, tip_names

_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Tanglegram:
    """Two trees in matching order.

    Parameters
    ----------
    left, right : ete3.Tree
        Copies of the trees, their branches turned.
    shared : tuple of str
        The tips that both have, in the order of the left tree.
    crossings : int
        Pairs of lines between shared tips that cross.
    only_left, only_right : tuple of str
        Tips that one tree alone has.
    distance : int
        Clades of the shared tips that only one of the trees has.
    agreeing : frozenset of frozenset of str
        The clades of shared tips that both trees have.
    """

    left: Tree = field(repr=False)
    right: Tree = field(repr=False)
    shared: tuple[str, ...]
    crossings: int
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    distance: int
    agreeing: frozenset[frozenset[str]] = field(repr=False)


def face_to_face(left: Tree, right: Tree) -> Tanglegram:
    """Put two trees face to face.

    Raises
    ------
    TreeError
        When they share fewer than two tips.
    """
    both = gather([left, right], shared_tips=True)
    one, other = copy_tree(left), copy_tree(right)
    best = _crossings(one, other, both.tips)
    for _ in range(_MOST_ROUNDS):
        turned = copy_tree(one), copy_tree(other)
        _turn(turned[1], _order(turned[0]))
        _turn(turned[0], _order(turned[1]))
        fewer = _crossings(*turned, both.tips)
        if fewer >= best:
            break
        (one, other), best = turned, fewer
    names_left, names_right = tip_names(one), tip_names(other)
    shared = set(both.tips)
    return Tanglegram(
        one,
        other,
        tuple(name for name in names_left if name in shared),
        best,
        tuple(name for name in names_left if name not in shared),
        tuple(name for name in names_right if name not in shared),
        robinson_foulds(both, 0, 1),
        frozenset(frozenset(both.names(clade)) for clade in both.clades[0] & both.clades[1]),
    )


def _order(tree: Tree) -> dict[str, int]:
    return {name: number for number, name in enumerate(tip_names(tree))}


def _turn(tree: Tree, order: Mapping[str, int]) -> None:
    """Sort the branches of each fork by the middle of their tips in another order; those without a place there stay."""
    middle: dict[int, tuple[float, int]] = {}
    for node in tree.traverse("postorder"):
        if not node.children:
            middle[id(node)] = (order[node.name], 1) if node.name in order else (0.0, 0)
            continue
        known = [middle[id(child)] for child in node.children]
        count = sum(size for _, size in known)
        middle[id(node)] = (sum(at * size for at, size in known) / count if count else 0.0, count)
        if all(size for _, size in known):
            node.children.sort(key=lambda child: middle[id(child)][0])


def _crossings(left: Tree, right: Tree, shared: Sequence[str]) -> int:
    """Pairs of tips that stand in one order on the left and in the other on the right, counted by merging."""
    order, wanted = _order(right), set(shared)
    return _inversions([order[name] for name in tip_names(left) if name in wanted])[1]


def _inversions(numbers: list[int]) -> tuple[list[int], int]:
    if len(numbers) < 2:
        return numbers, 0
    half = len(numbers) // 2
    (one, first), (other, second) = _inversions(numbers[:half]), _inversions(numbers[half:])
    merged: list[int] = []
    count, at = first + second, 0
    for number in one:
        while at < len(other) and other[at] < number:
            merged.append(other[at])
            at += 1
        merged.append(number)
        count += at
    return merged + other[at:], count
