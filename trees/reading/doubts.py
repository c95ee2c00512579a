"""What was read as it stands and can hardly be meant: lengths below zero, decimal commas, networks written as trees."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from catalogue.messages import Message, message
from trees.model import Tree
from trees.reading.outcomes import NamedTree

_JOINT = re.compile(r"#(?:H|R|LGT)?\d+$")


def doubts_of(trees: Sequence[NamedTree]) -> Iterator[Message]:
    """What is worth a look in trees, each with its tree."""
    for named in trees:
        nodes = list(_nodes(named.tree))
        negative = sum(node.dist < 0 for node in nodes[1:]) if named.has_lengths else 0
        if negative:
            yield message(
                "Branches shorter than nothing in tree “{tree}”: {count}. They were read as they are; dating counts them as nothing.",
                tree=named.name,
                count=negative,
            )
        torn = [node.name for node in nodes if named.has_lengths and _is_torn(node)]
        if torn:
            yield message(
                "Tree “{tree}” has tips named {tips}, each behind a length that is a whole number. Is a decimal comma meant? Write 1.5, not 1,5.",
                tree=named.name,
                tips=", ".join(torn[:5]),
            )
        marks = Counter(mark[0] for node in nodes if (mark := _JOINT.search(node.name)))
        tips = [node.name for node in nodes if not node.children]
        joints = [tip for tip in tips if (mark := _JOINT.search(tip)) and marks[mark[0]] > 1]
        if joints:
            yield message(
                "Tree “{tree}” is a network: branches join again at {names}. Each joint was read as a tip.",
                tree=named.name,
                names=", ".join(joints[:5]),
            )


def _nodes(tree: Tree) -> Iterator[Tree]:
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(node.children)


def _is_torn(node: Tree) -> bool:
    """Whether a tip looks like the second half of ``A:1,5``: digits without a length, behind a named tip with a whole length."""
    if node.children or not node.name.isdecimal() or node.dist != 1.0 or node.up is None:
        return False
    sisters = node.up.children
    at = sisters.index(node)
    before = sisters[at - 1] if at else None
    return (
        before is not None and not before.children and not before.name.isdecimal() and before.dist == int(before.dist)
    )
