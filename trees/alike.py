"""Fold what two trees have in common: each largest group that is the same in both, branch for branch, becomes one tip.

What is left are the places where the trees tell different stories, few enough to be looked at even when the trees are large.
"""

from collections.abc import Mapping

from trees.model import Tree, copy_tree

_LEAST = 2


def fold_alike(left: Tree, right: Tree) -> tuple[Tree, Tree]:
    """Both trees with the groups that are alike folded; copies.

    A folded group is called by its name, or by its first and last animal, with the number of tips in brackets. Trees that are the same
    all over come back unfolded.

    Parameters
    ----------
    left, right : ete3.Tree
        The tips of each differ.
    """
    shapes = _shapes(left), _shapes(right)
    alike = set(shapes[0].values()) & set(shapes[1].values())
    if shapes[0][id(left)] in alike:
        return copy_tree(left), copy_tree(right)
    names = _names(left, shapes[0], alike)
    return _folded(left, shapes[0], names), _folded(right, shapes[1], names)


def _shapes(tree: Tree) -> dict[int, int | str]:
    """For each node a number, the same for nodes below which the branching is the same; of a tip its name."""
    return {key: hash(shape) if isinstance(shape, frozenset) else shape for key, shape in _nested(tree).items()}


def _nested(tree: Tree) -> dict[int, frozenset[int | str] | str]:
    found: dict[int, frozenset[int | str] | str] = {}
    short: dict[int, int | str] = {}
    for node in tree.traverse("postorder"):
        shape = frozenset(short[id(child)] for child in node.children) if node.children else str(node.name)
        found[id(node)] = shape
        short[id(node)] = hash(shape) if isinstance(shape, frozenset) else shape
    return found


def _names(tree: Tree, shapes: Mapping[int, int | str], alike: set[int | str]) -> dict[int | str, str]:
    """What each folded group is called, by its shape; those inside of a folded one are left out."""
    names: dict[int | str, str] = {}
    todo = [tree]
    while todo:
        node = todo.pop()
        if node.children and shapes[id(node)] in alike:
            tips = [leaf.name for leaf in node.iter_leaves()]
            called = node.name or f"{tips[0]} … {tips[-1]}"
            names[shapes[id(node)]] = f"{called} ({len(tips)})" if len(tips) >= _LEAST else tips[0]
        else:
            todo.extend(node.children)
    return names


def _folded(tree: Tree, shapes: Mapping[int, int | str], names: Mapping[int | str, str]) -> Tree:
    root = Tree()
    todo = [(tree, root)]
    while todo:
        node, copied = todo.pop()
        name = names.get(shapes[id(node)])
        copied.name = name or node.name
        copied.dist, copied.support = node.dist, node.support
        if name is None:
            todo.extend((child, copied.add_child(Tree())) for child in node.children)
    return root
