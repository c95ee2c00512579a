"""Two trees face to face, their branches turned so that the lines between the same tips cross as little as may be.

Each fork of one tree is turned so that its tips follow the order of the other, and then the other way round, for as long as crossings
grow fewer. That finds an order without any crossing where the trees agree. Where it comes to a stop, the largest forks are turned one by one
and it begins anew from there. The fewest crossings of trees that differ much are hard to find for anybody (Fernau et al. 2010).

References
----------
Fernau, H., Kaufmann, M. and Poths, M. 2010. Comparing trees via crossing minimization. Journal of Computer and System Sciences 76:
593-608. doi:10.1016/j.jcss.2009.10.014
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from trees.comparison import gather, robinson_foulds
from trees.model import Tree, copy_tree, tip_names

_MOST_ROUNDS = 20
_MOST_FORKS = 16
_TIPS_IN_TIME = 1500
"""How many tips may be ordered anew in a moment: of large trees fewer forks are turned on trial."""


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
    one, other, best = _unknotted(left, right, both.tips)
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


def _unknotted(left: Tree, right: Tree, shared: Sequence[str]) -> tuple[Tree, Tree, int]:
    """Both trees in the best order that is found, and how many lines cross."""
    found = _settled(copy_tree(left), copy_tree(right), shared)
    tries = min(_MOST_FORKS, _TIPS_IN_TIME // len(shared))
    for number in range(tries):
        if not found[2]:
            break
        one, other, _ = found
        anew = [(copy_tree(one), _reordered(other, number, order)) for order in _other_orders(other, number)]
        anew += [(_reordered(one, number, order), copy_tree(other)) for order in _other_orders(one, number)]
        found = min([found, *(_settled(*pair, shared) for pair in anew)], key=lambda settled: settled[2])
    return found


def _settled(one: Tree, other: Tree, shared: Sequence[str]) -> tuple[Tree, Tree, int]:
    """Turn one tree after the other until nothing gets better."""
    best = _crossings(one, other, shared)
    for _ in range(_MOST_ROUNDS):
        turned = copy_tree(one), copy_tree(other)
        _turn(turned[0], _order(turned[1]))
        _turn(turned[1], _order(turned[0]))
        fewer = _crossings(*turned, shared)
        if fewer >= best:
            break
        (one, other), best = turned, fewer
    return one, other, best


def _forks(tree: Tree) -> list[Tree]:
    """The forks of a tree, those with the most tips first."""
    size: dict[int, int] = {}
    for node in tree.traverse("postorder"):
        size[id(node)] = sum(size[id(child)] for child in node.children) or 1
    return sorted((node for node in tree.traverse() if node.children), key=lambda node: -size[id(node)])


def _other_orders(tree: Tree, number: int) -> list[tuple[int, ...]]:
    """Other orders of the branches of a fork: all of up to three, of more only the reverse."""
    forks = _forks(tree)
    size = len(forks[number].children) if number < len(forks) else 0
    usual = tuple(range(size))
    return [order for order in permutations(usual) if order != usual] if size < 4 else [usual[::-1]]


def _reordered(tree: Tree, number: int, order: Sequence[int]) -> Tree:
    turned = copy_tree(tree)
    fork = _forks(turned)[number]
    fork.children[:] = [fork.children[place] for place in order]
    return turned


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
