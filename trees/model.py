"""The tree model: ETE's `Tree`, imported here and nowhere else, and copies of it that keep every name.

ETE's own copies are not used: pickling fails on ladders of a few hundred tips, and a copy by way of Newick text changes
names that hold commas or brackets. All walks are loops, so that the depth of a tree does not matter.

References
----------
Huerta-Cepas, J., Serra, F. and Bork, P. 2016. ETE 3: reconstruction, analysis, and visualization of phylogenomic data.
Molecular Biology and Evolution 33: 1635-1638. doi:10.1093/molbev/msw046
"""

import warnings
from collections.abc import Collection, Sequence

with warnings.catch_warnings():
    # ETE 3.1.3 imports the deprecated module cgi, and Python 3.12 dislikes some of its regular expressions.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from ete3 import Tree

__all__ = ["Tree", "copy_tree", "find_node", "new_node", "put", "tip_names", "walk", "without_tips"]


_PLAIN = vars(Tree())
"""All that a node of ETE holds when it is made, and nothing else."""
_make = Tree.__new__


def new_node(parent: Tree | None = None) -> Tree:
    """A node without a name, the last branch of `parent`: what ``Tree()`` and ``add_child`` give, in a quarter of the time."""
    node = _make(Tree)
    node.__dict__ = held = _PLAIN.copy()
    held["_children"], held["_up"], held["features"] = [], parent, _PLAIN["features"].copy()
    if parent is not None:
        parent.__dict__["_children"].append(node)
    return node


def walk(tree: Tree) -> tuple[list[Tree], list[int]]:
    """All nodes, each before those below it and branches in their order, and for each the number of the one above it, -1 for the first.

    ETE's own walk takes several times as long.
    """
    nodes: list[Tree] = []
    parents: list[int] = []
    todo = [(tree, -1)]
    while todo:
        node, parent = todo.pop()
        if below := node.__dict__["_children"]:
            number = len(nodes)
            todo += [(child, number) for child in reversed(below)]
        nodes.append(node)
        parents.append(parent)
    return nodes, parents


def copy_tree(tree: Tree) -> Tree:
    """A copy of `tree` and all below it, with names, lengths, support and whatever else its nodes hold; it has no parent."""
    nodes, parents = walk(tree)
    twins: list[Tree] = []
    for node, parent in zip(nodes, parents, strict=True):
        # by hand, because ETE looks at each feature and each child again, which takes most of the time
        twin = _make(Tree)
        twin.__dict__ = held = node.__dict__.copy()
        held["_children"], held["_up"], held["features"] = [], None, held["features"].copy()
        if parent >= 0:
            held["_up"] = twins[parent]
            twins[parent].__dict__["_children"].append(twin)
        twins.append(twin)
    return twins[0]


def put(
    nodes: Sequence[Tree], ages: Sequence[float], ghosts: Sequence[float], lengths: Sequence[float] | None = None
) -> None:
    """Give nodes their `age` and `ghost`, and the lengths of their branches where they have new ones."""
    for number, node in enumerate(nodes):
        held = node.__dict__
        held["age"], held["ghost"] = ages[number], ghosts[number]
        held["features"].update(("age", "ghost"))
        if lengths is not None:
            held["_dist"] = lengths[number]


def tip_names(tree: Tree) -> list[str]:
    """The names of all tips, in the order of the tree."""
    return [node.name for node in walk(tree)[0] if not node.__dict__["_children"]]


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
