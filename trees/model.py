"""The tree model: ETE's `Tree`, imported here and nowhere else, and copies of it that keep every name.

ETE's own copies are not used: pickling fails on ladders of a few hundred tips, and a copy by way of Newick text changes
names that hold commas or brackets. All walks are loops, so that the depth of a tree does not matter.

References
----------
Huerta-Cepas, J., Serra, F. and Bork, P. 2016. ETE 3: reconstruction, analysis, and visualization of phylogenomic data.
Molecular Biology and Evolution 33: 1635-1638. doi:10.1093/molbev/msw046
"""

import warnings
from collections.abc import Collection

with warnings.catch_warnings():
    # ETE 3.1.3 imports the deprecated module cgi, and Python 3.12 dislikes some of its regular expressions.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from ete3 import Tree

__all__ = ["Tree", "copy_tree", "find_node", "tip_names", "without_tips"]


def copy_tree(tree: Tree) -> Tree:
    """A copy of `tree` and all below it, with names, lengths, support and further features; it has no parent."""
    root = Tree()
    todo = [(tree, root)]
    while todo:
        original, copied = todo.pop()
        for feature in original.features:
            setattr(copied, feature, getattr(original, feature))
        # by hand, because add_feature and add_child look at each node again, which takes half of the time
        copied.features |= original.features
        for child in original.children:
            twin = Tree()
            twin.up = copied
            copied.children.append(twin)
            todo.append((child, twin))
    return root


def tip_names(tree: Tree) -> list[str]:
    """The names of all tips, in the order of the tree."""
    return [node.name for node in tree.traverse("preorder") if not node.children]


def find_node(tree: Tree, name: str) -> Tree | None:
    """The tip of that name, or else the clade; None when there is neither."""
    named = [node for node in tree.traverse("preorder") if node.name == name]
    return next((node for node in named if not node.children), named[0] if named else None)


def without_tips(tree: Tree, unwanted: Collection[str]) -> tuple[Tree | None, list[str]]:
    """A copy of `tree` without some of its tips.

    Parameters
    ----------
    tree : ete3.Tree
        Left as it is.
    unwanted : collection of str
        Names of the tips to leave out.

    Returns
    -------
    tree : ete3.Tree or None
        None when no tip remains. A node that loses all but one branch goes too, and its lengths are joined.
    lost : list of str
        Names of the clades that went, in the order of the tree.
    """
    root = copy_tree(tree)
    if not unwanted:
        return root, []
    branches = {id(node): len(node.children) for node in root.traverse("preorder")}
    lost: set[int] = set()
    named = [(id(node), str(node.name)) for node in root.traverse("preorder") if node.children and node.name]
    for node in list(root.traverse("postorder")):
        if branches[id(node)] == 0:
            gone = node.name in unwanted
        else:
            gone = not node.children
            if gone or (len(node.children) == 1 and branches[id(node)] > 1):
                lost.add(id(node))
        if gone and node is root:
            return None, [name for _, name in named]
        if gone:
            node.detach()
        elif id(node) in lost:
            root = _spliced(node, root)
    return root, [name for key, name in named if key in lost]


def _spliced(node: Tree, root: Tree) -> Tree:
    """Put the only branch of `node` into its place; gives the root of the tree, which may be that branch."""
    child, parent = node.children[0], node.up
    child.dist += node.dist
    child.up = parent
    if parent is None:
        return child
    parent.children[parent.children.index(node)] = child
    return root
