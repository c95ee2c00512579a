"""The tree model: ETE's `Tree`, imported here and nowhere else, and copies of it that keep every name.

ETE's own copies are not used: pickling fails on ladders of a few hundred tips, and a copy by way of Newick text changes
names that hold commas or brackets. All walks are loops, so that the depth of a tree does not matter. What is done for each of ten thousand
nodes goes by the attributes behind ETE's properties (``_children``, ``_up``, ``_dist``), which take several times as long.

References
----------
Huerta-Cepas, J., Serra, F. and Bork, P. 2016. ETE 3: reconstruction, analysis, and visualization of phylogenomic data.
Molecular Biology and Evolution 33: 1635-1638. doi:10.1093/molbev/msw046
"""

import gc
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

with warnings.catch_warnings():
    # ETE 3.1.3 imports the deprecated module cgi, and Python 3.12 dislikes some of its regular expressions.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from ete3 import Tree as _EteTree

__all__ = [
    "Tree",
    "copy_tree",
    "copy_walked",
    "find_node",
    "new_node",
    "put",
    "tip_names",
    "uncollected",
    "walk",
    "without_tips",
]


class Tree(_EteTree):  # type: ignore[misc]  # ETE has no types
    """A tree of ETE, and each of its nodes; what a node has beside its branches is told from the node, not from a set that each carries."""

    @property
    def features(self) -> set[str]:
        """The names of what the node holds: `dist`, `support`, `name` and what was added."""
        return {"dist", "support"} | {name for name in vars(self) if not name.startswith("_")}

    @features.setter
    def features(self, _names: set[str]) -> None:
        """ETE gives each node a set of its own when it is made; none is kept."""

    def del_feature(self, pr_name: str) -> None:
        """Forget something that was added to the node."""
        self.__dict__.pop(pr_name, None)


_make = Tree.__new__


def new_node(parent: Tree | None = None) -> Tree:
    """A node without a name, the last branch of `parent`: what ``Tree()`` and ``add_child`` give, in a fifth of the time."""
    node = _make(Tree)
    node._children, node._up, node._dist, node._support, node._img_style, node.name = [], parent, 1.0, 1.0, None, ""
    if parent is not None:
        parent._children.append(node)
    return node


@contextmanager
def uncollected() -> Iterator[None]:
    """While a large tree is made, do not search for garbage: there is none, and walking through all that is new again and again took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def walk(tree: Tree) -> tuple[list[Tree], list[int]]:
    """All nodes, each before those below it and branches in their order, and for each the number of the one above it, -1 for the first.

    ETE's own walk takes several times as long.
    """
    nodes: list[Tree] = []
    parents: list[int] = []
    todo, above = [tree], [-1]
    while todo:
        node = todo.pop()
        parents.append(above.pop())
        below = node._children
        if below:
            todo += below[::-1]
            above += [len(nodes)] * len(below)
        nodes.append(node)
    return nodes, parents


def copy_tree(tree: Tree) -> Tree:
    """A copy of `tree` and all below it, with names, lengths, support and whatever else its nodes hold; it has no parent."""
    return copy_walked(tree)[0][0]


def copy_walked(tree: Tree) -> tuple[list[Tree], list[int]]:
    """As `copy_tree`, but all nodes of the copy, and the numbers of those above them, as `walk` gives them."""
    nodes, parents = walk(tree)
    twins: list[Tree] = []
    for node, parent in zip(nodes, parents, strict=True):
        twin = _make(Tree)
        twin.__dict__ = held = node.__dict__.copy()
        held["_children"], held["_up"] = [], None
        if parent >= 0:
            held["_up"] = above = twins[parent]
            above._children.append(twin)
        twins.append(twin)
    return twins, parents


def put(
    nodes: Sequence[Tree], ages: Sequence[float], ghosts: Sequence[float], lengths: Sequence[float] | None = None
) -> None:
    """Give nodes their `age` and `ghost`, and the lengths of their branches where they have new ones."""
    for node, age, ghost in zip(nodes, ages, ghosts, strict=True):
        node.age, node.ghost = age, ghost
    for node, length in zip(nodes, lengths or (), strict=False):
        node._dist = length


def tip_names(tree: Tree) -> list[str]:
    """The names of all tips, in the order of the tree."""
    return [node.name for node in walk(tree)[0] if not node._children]


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
    child: Tree = node.children[0]
    parent = node.up
    child.dist += node.dist
    child.up = parent
    if parent is None:
        return child
    parent.children[parent.children.index(node)] = child
    return root
