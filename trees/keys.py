"""A key for every tip and clade of a tree, named or not: what a link, a click or a fold points at.

Published trees leave most clades unnamed, and some give one name to two of them. So each node gets a key once, when the tree is opened:
its name where that is its own, otherwise ``#`` and its number in the order of the tree. The key stays with the node when the tree is
rerooted, ladderised or cut down to a clade, so that a link still means the same.
"""

from trees.model import Tree, copy_walked


def keyed(tree: Tree) -> Tree:
    """A copy of the tree in which every node has a `key`; tips come first where a name stands twice."""
    nodes, _ = copy_walked(tree)
    taken: set[str] = set()
    for tips in (True, False):
        for number, node in enumerate(nodes):
            if (not node._children) is tips:
                name = str(node.name)
                node.key = key = name if name and name not in taken and not name.startswith("#") else f"#{number}"
                taken.add(key)
    return nodes[0]


def key_of(node: Tree) -> str:
    """The key of a node; its name where it never got one."""
    return str(getattr(node, "key", node.name) or "")


def find_key(tree: Tree, key: str) -> Tree | None:
    """The tip or clade with a key; a tip first where names serve as keys and one stands twice."""
    found = [node for node in tree.traverse("preorder") if key and key_of(node) == key]
    return next((node for node in found if not node.children), found[0] if found else None)
