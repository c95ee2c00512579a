"""The same tree seen otherwise: small clades first, another root, one clade alone. Each gives a new tree and leaves the old one.

A number beside a clade is the support of the branch above it. When the root moves, branches on the way turn around, and their support goes
with the branch, not with the node; programs that keep it with the node put it on wrong branches (Czech et al. 2017).

References
----------
Czech, L., Huerta-Cepas, J. and Stamatakis, A. 2017. A critical review on the use of support values in tree viewers and bioinformatics
toolkits. Molecular Biology and Evolution 34: 1535-1542. doi:10.1093/molbev/msx055
"""

from collections.abc import Mapping, Sequence

from catalogue.messages import message
from trees.errors import TreeError
from trees.model import Tree, copy_tree, find_node, tip_names


def ladderised(tree: Tree, *, large_first: bool = False) -> Tree:
    """The tree with small clades before large ones at each fork, or the other way round; clades of one size keep their order."""
    root = copy_tree(tree)
    size: dict[int, int] = {}
    for node in root.traverse("postorder"):
        size[id(node)] = sum(size[id(child)] for child in node.children) or 1
        node.children.sort(key=lambda child: size[id(child)], reverse=large_first)
    return root


def clade_of(tree: Tree, name: str) -> Tree:
    """One clade, or the tip, as a tree of its own.

    Raises
    ------
    TreeError
        When there is none of that name.
    """
    return copy_tree(_found(tree, name))


def rerooted(tree: Tree, outgroup: Sequence[str]) -> Tree:
    """The tree with its root on the branch of a tip, or of the smallest clade that holds some tips, half way along it.

    Parameters
    ----------
    tree : ete3.Tree
    outgroup : sequence of str
        Names of tips or of one clade.

    Raises
    ------
    TreeError
        When a name is not on the tree, or the outgroup holds the whole tree as it is rooted now.
    """
    root = copy_tree(tree)
    branch = _smallest_holding(root, [_found(root, name) for name in outgroup])
    if branch is root:
        raise TreeError(
            message("The outgroup {names} spans the whole tree; choose tips on one side of the root.", names=", ".join(outgroup[:5]))
        )  # fmt: skip
    return _rooted_above(branch)


def _found(tree: Tree, name: str) -> Tree:
    node = find_node(tree, name)
    if node is None:
        raise TreeError(message("“{name}” is not on the tree.", name=name))
    return node


def _smallest_holding(root: Tree, nodes: Sequence[Tree]) -> Tree:
    wanted = {name for node in nodes for name in tip_names(node)}
    node = nodes[0]
    while node is not root and not wanted <= set(tip_names(node)):
        node = node.up
    return node


def _rooted_above(branch: Tree) -> Tree:
    """Turn around all branches from one up to the root; each keeps its length, its support and what is noted on it.

    A group that is turned inside out is that group no longer, so it loses its name.
    """
    old_root = branch.up
    while old_root.up is not None:
        old_root = old_root.up
    new_root = Tree(name=old_root.name)
    length, support, noted = branch.dist, branch.support, _noted(branch) if branch.children else {}
    below, parent = branch, branch.up
    parent.children.remove(branch)
    branch.up = None
    new_root.add_child(branch, dist=length / 2)
    holder, length = new_root, length / 2
    while parent is not None:
        above, next_length, next_support, next_noted = parent.up, parent.dist, parent.support, _noted(parent)
        if above is not None:
            above.children.remove(parent)
        parent.up = None
        holder.add_child(parent, dist=length, support=support)
        parent.name = ""
        parent.add_feature("annotations", noted)
        holder, below, length, support, noted = parent, parent, next_length, next_support, next_noted
        parent = above
    _without_single(below)
    return new_root


def _noted(node: Tree) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(node, "annotations", {})
    return found


def _without_single(node: Tree) -> None:
    """The old root, left with one branch, goes; the two branches beside it become one."""
    if len(node.children) == 1 and node.up is not None:
        child, parent = node.children[0], node.up
        child.dist += node.dist
        child.up = parent
        parent.children[parent.children.index(node)] = child
