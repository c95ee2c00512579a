"""Look at the trees of an XML file before they are built: those that have two roots, a length that is none, or an edge into nothing are
told and taken out, so that the others can be read.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from catalogue.messages import Message, message

NEXML = "{http://www.nexml.org/2009}"


def take_out_broken(root: Element, name: str, broken: Callable[[Element], Message | None]) -> dict[int, Message]:
    """Take trees out of a document, and say why.

    Parameters
    ----------
    root : Element
        Changed.
    name : str
        Of the elements that are trees, with or without a namespace.
    broken : callable
        What is wrong with a tree; None when nothing is.

    Returns
    -------
    dict
        By the number of the tree in the file, from 1.
    """
    told: dict[int, Message] = {}
    number = 0
    for parent in list(root.iter()):
        for tree in [child for child in parent if name in {child.tag, _local(child)}]:
            number += 1
            why = broken(tree)
            if why is not None:
                told[number] = why
                parent.remove(tree)
    return told


def broken_phylogeny(tree: Element) -> Message | None:
    """What is wrong with a ``<phylogeny>`` of phyloXML."""
    roots = sum(_local(child) == "clade" for child in tree)
    if roots != 1:
        return _roots(roots)
    for element in tree.iter():
        lengths = [element.get("branch_length"), element.text if _local(element) == "branch_length" else None]
        for length in filter(None, lengths):
            if not _is_number(length):
                return message("“{text}” is not a branch length.", text=length.strip()[:40])
        if _local(element) == "confidence" and not _is_number(element.text or ""):
            return message("“{text}” is no number for a confidence.", text=(element.text or "").strip()[:40])
    return None


def broken_nexml_tree(tree: Element) -> Message | None:
    """What is wrong with a ``<tree>`` of NeXML."""
    nodes = {node.get("id", "") for node in tree.iter(f"{NEXML}node")}
    edges = [(edge.get("source", ""), edge.get("target", ""), edge) for edge in tree.iter(f"{NEXML}edge")]
    nowhere = next((end for source, target, _ in edges for end in (source, target) if end not in nodes), None)
    if nowhere is not None:
        return message("an edge leads to the node “{node}”, which is not there.", node=nowhere[:40])
    twice = next((target for target, count in Counter(target for _, target, _ in edges).items() if count > 1), None)
    if twice is not None:
        return message("two edges lead to the node “{node}”.", node=twice[:40])
    roots = len(nodes) - len({target for _, target, _ in edges})
    if nodes and roots != 1:
        return _roots(roots)
    bad = next((length for _, _, edge in edges if (length := edge.get("length")) and not _is_number(length)), None)
    return None if bad is None else message("“{text}” is not a branch length.", text=bad[:40])


def networks(root: Element) -> Iterator[Message]:
    """The networks of a NeXML file, which are no trees."""
    for network in root.iter(f"{NEXML}network"):
        yield message(
            "The network {name} is no tree; it was not read.", name=network.get("label") or network.get("id", "")
        )


def _roots(count: int) -> Message:
    if count == 0:
        return message("it has no root.")
    return message(
        "it has {count} roots. A tree has one: join them in one more node, or make a tree of each.", count=count
    )


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_number(written: str) -> bool:
    try:
        return math.isfinite(float(written))
    except ValueError:
        return False
