"""Read phyloXML and NeXML: trees through Biopython, matrices of NeXML here, for Biopython passes over them.

References
----------
Han, M. V. and Zmasek, C. M. 2009. phyloXML: XML for evolutionary biology and comparative genomics. BMC Bioinformatics 10: 356.
doi:10.1186/1471-2105-10-356
Vos, R. A. et al. 2012. NeXML: rich, extensible, and verifiable representation of comparative data and metadata. Systematic Biology
61: 675-689. doi:10.1093/sysbio/sys025
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.matrices import MISSING, Character, Matrix
from trees.model import Tree
from trees.reading.deep_parsers import DeepNeXML, DeepPhyloXML
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart, named_by

_ENTITIES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_NEXML = "{http://www.nexml.org/2009}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def read_xml(content: bytes) -> ReadFile:
    """Read a phyloXML or a NeXML file.

    Parameters
    ----------
    content : bytes
        All of it; files that define entities of their own are refused.

    Raises
    ------
    TreeError
        When it is no well-formed XML, or neither of the two.
    """
    if _ENTITIES.search(content):
        raise TreeError(
            message("The file defines entities of its own (DOCTYPE), which no tree needs. Remove them and try again.")
        )
    try:
        root = fromstring(content)
    except ParseError as error:
        line, column = error.position
        raise TreeError(
            message("Line {line}, column {column}: this is no well-formed XML.", line=line, column=column + 1)
        ) from error
    local = root.tag.rpartition("}")[2].lower()
    if local == "phyloxml":
        found = [""] * len(list(_children(root, "phylogeny")))
        return _read("phyloXML", DeepPhyloXML(BytesIO(content)), found, {})
    if local == "nexml":
        written = root.findall(f"{_NEXML}trees/{_NEXML}tree")
        labels = _labels(root)
        of_nodes = {node.get("id", ""): _blanks(node.get("label", "")) for node in root.iter(f"{_NEXML}node")}
        parser = DeepNeXML(BytesIO(content), of_nodes)
        found = [tree.get("label", "") for tree in written]
        return _read("NeXML", parser, found, labels, tuple(_matrices(root, labels)))
    raise TreeError(message("This XML file is neither phyloXML nor NeXML; it begins with <{tag}>.", tag=local))


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if child.tag.rpartition("}")[2] == name)


def _read(
    format_: str, parser: Any, found: Sequence[str], labels: Mapping[str, str], matrices: tuple[Matrix, ...] = ()
) -> ReadFile:
    """Read one tree after another; `found` are their names, blank where they stand in the tree itself."""
    mended: list[Message] = []
    lost: list[Message] = []
    trees: list[NamedTree] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Biopython warns of elements that it passes over
            for number, read in enumerate(parser.parse(), 1):
                own = found[number - 1] if number <= len(found) else ""
                named = _tree(read, own or read.name or str(number))
                named_by(named.tree, labels)
                mended += name_apart(named.tree, named.name)
                trees.append(named)
    except (ValueError, KeyError, AttributeError, TypeError, StopIteration, RuntimeError) as error:
        lost.append(message("Tree {number} cannot be read: {why}.", number=len(trees) + 1, why=str(error)[:200]))
        after = len(found) - len(trees) - 1
        if after > 0:
            lost.append(message("{count} trees behind it were not read.", count=after))
    else:
        unread = range(len(trees) + 1, len(found) + 1)
        lost += (
            message("Tree {number} is of a kind that is not known. Is its namespace right?", number=n) for n in unread
        )
    return ReadFile(format_, max(len(found), len(trees)), tuple(trees), matrices, None, tuple(mended), tuple(lost))


def _tree(read: Any, name: str) -> NamedTree:
    root = Tree()
    has_lengths = False
    todo = [(read.root, root)]
    while todo:
        clade, node = todo.pop()
        node.name = str(clade.name or _taxon(clade) or "")
        if clade.branch_length is not None:
            node.dist = float(clade.branch_length)
            has_lengths = True
        if clade.confidence is not None:
            node.support = float(getattr(clade.confidence, "value", clade.confidence))
        todo.extend((child, node.add_child(Tree())) for child in clade.clades)
    about = {"description": str(read.description)} if getattr(read, "description", None) else {}
    return NamedTree(name, root, getattr(read, "rooted", None), has_lengths, about)


def _taxon(clade: Any) -> str:
    """The scientific name, or else the code, of a clade of phyloXML that has no name of its own."""
    taxonomy = next(iter(getattr(clade, "taxonomies", ())), None)
    return (taxonomy.scientific_name or taxonomy.code or taxonomy.common_name or "") if taxonomy is not None else ""


def _labels(root: Element) -> dict[str, str]:
    """The names of the taxa by the keys under which trees and rows have them."""
    return {otu.get("id", ""): _blanks(str(otu.get("label") or otu.get("id", ""))) for otu in root.iter(f"{_NEXML}otu")}


def _blanks(label: str) -> str:
    return " ".join(label.replace("_", " ").split())


def _matrices(root: Element, labels: Mapping[str, str]) -> Iterator[Matrix]:
    for block in root.iter(f"{_NEXML}characters"):
        symbols = {
            state.get("id", ""): state.get("symbol", "")
            for kind in ("state", "polymorphic_state_set", "uncertain_state_set")
            for state in block.iter(f"{_NEXML}{kind}")
        }
        columns = [(char.get("id", ""), char.get("label", "")) for char in block.iter(f"{_NEXML}char")]
        rows: dict[str, tuple[str, ...]] = {}
        for row in block.iter(f"{_NEXML}row"):
            rows[labels.get(row.get("otu", ""), row.get("label", ""))] = _row(row, columns, symbols)
        if rows:
            yield Matrix(
                tuple(rows),
                tuple(rows.values()),
                tuple(Character(label) for _, label in columns),
                block.get("label", ""),
                "Continuous" in block.get(_XSI_TYPE, ""),
            )


def _row(row: Element, columns: list[tuple[str, str]], symbols: dict[str, str]) -> tuple[str, ...]:
    sequence = row.find(f"{_NEXML}seq")
    if sequence is not None and sequence.text:
        cells = sequence.text.split() if " " in sequence.text.strip() else list(sequence.text.strip())
    else:
        held = {cell.get("char", ""): cell.get("state", "") for cell in row.iter(f"{_NEXML}cell")}
        cells = [symbols.get(held.get(key, ""), held.get(key, "")) or MISSING for key, _ in columns]
    return tuple((cells + [MISSING] * len(columns))[: len(columns) or None])
