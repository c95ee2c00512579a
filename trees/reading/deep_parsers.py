"""Biopython's readers of phyloXML and NeXML, with the one step of each that calls itself for every branch written as a loop.

As they are they end at ladders of some three hundred tips; the one of NeXML also keeps branches in a set, so that their order changes from run to run, and
passes over the names of clades.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from Bio.Phylo import NeXML, NeXMLIO, PhyloXML, PhyloXMLIO

# Biopython has no types.
_PhyloXMLParser: Any = PhyloXMLIO.Parser
_NeXMLParser: Any = NeXMLIO.Parser
_phyloxml: Any = PhyloXML
_nexml: Any = NeXML


class DeepPhyloXML(_PhyloXMLParser):  # type: ignore[misc]
    """Reads phyloXML of any depth, from a document that is parsed already and is used up by it."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.context = _events(root)
        next(self.context)

    def _parse_clade(self, parent: Any) -> Any:
        """The clade that begins with an element, and all below it; the names of steps are Biopython's."""
        root = _begun(parent)
        open_clades: list[tuple[Any, list[str]]] = [(root, [])]
        for event, element in self.context:
            clade, tags = open_clades[-1]
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "clade":
                below = _begun(element)
                clade.clades.append(below)
                open_clades.append((below, []))
            elif event == "start":
                self._open(clade, tag, element, tags)
            elif tag == "clade":
                element.clear()
                open_clades.pop()
                if not open_clades:
                    break
            elif tags and tag == tags[-1]:
                tags.pop()
                self._close(clade, tag, element)
        return root

    def _open(self, clade: Any, tag: str, element: Any, tags: list[str]) -> None:
        if tag == "taxonomy":
            clade.taxonomies.append(self._parse_taxonomy(element))
        elif tag == "sequence":
            clade.sequences.append(self._parse_sequence(element))
        elif tag in self._clade_tracked_tags:
            tags.append(tag)

    def _close(self, clade: Any, tag: str, element: Any) -> None:
        """Take what trees need; the width of a line or the colour of a branch is nothing that we draw."""
        text = " ".join((element.text or "").split())
        if tag == "name":
            clade.name = text
        elif tag == "branch_length":
            clade.branch_length = float(text)
        elif tag == "confidence":
            clade.confidences.append(self.confidence(element))


def _events(root: Element) -> Iterator[tuple[str, Element]]:
    """The beginnings and ends of a document's elements, in their order, as `iterparse` tells them of a file."""
    todo = [(root, False)]
    while todo:
        element, begun = todo.pop()
        if begun:
            yield "end", element
            continue
        yield "start", element
        todo.append((element, True))
        todo.extend((child, False) for child in reversed(element))


def _begun(element: Any) -> Any:
    length = element.get("branch_length")
    return _phyloxml.Clade(branch_length=None if length is None else float(length))


class DeepNeXML(_NeXMLParser):  # type: ignore[misc]
    """Reads NeXML of any depth, with branches in the order of the file."""

    def __init__(self, handle: Any, labels: Mapping[str, str]) -> None:
        super().__init__(handle)
        self.labels = labels

    def _make_tree(self, node: str, said: Mapping[str, Mapping[str, Any]], children: Mapping[str, set[str]]) -> Any:
        """The clade of a node and all below it."""
        order = {key: place for place, key in enumerate(said)}
        root = self._clade(node, said)
        todo, seen = [(node, root)], {node}
        while todo:
            key, clade = todo.pop()
            for child in sorted(children.get(key, ()), key=order.__getitem__):
                if child in seen:
                    raise ValueError(f"two branches lead to the node {child}")
                seen.add(child)
                below = self._clade(child, said)
                clade.clades.append(below)
                todo.append((child, below))
        return root

    def _clade(self, node: str, said: Mapping[str, Mapping[str, Any]]) -> Any:
        known = said[node]
        name = known.get("name") or self.labels.get(node)
        return _nexml.Clade(known.get("branch_length"), name, confidence=known.get("confidence"))
