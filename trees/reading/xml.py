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
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.ElementTree import fromstring

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.matrices import INAPPLICABLE, MISSING, Character, Matrix
from trees.model import Tree
from trees.reading.deep_parsers import DeepNeXML, DeepPhyloXML
from trees.reading.limits import MOST_NODES, too_large
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart, named_by
from trees.reading.xml_trees import NEXML, broken_nexml_tree, broken_phylogeny, networks, take_out_broken

_ENTITIES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_NAMESPACES = {"phyloxml": "http://www.phyloxml.org", "nexml": NEXML.strip("{}")}
_SPELLED = re.compile(r"(?:Dna|Rna|Protein|Restriction)Seqs$")
_ROOT = re.compile(rb"<(?:phyloxml|nexml)\b", re.IGNORECASE)
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
    except (LookupError, ValueError) as error:
        raise TreeError(
            message("The first line of the XML names an encoding that is not known. Save it as UTF-8.")
        ) from error
    if sum(1 for element in root.iter() if str(element.tag).endswith(("clade", "}node"))) > MOST_NODES:
        raise too_large()
    local = root.tag.rpartition("}")[2].lower()
    found_as = root.tag.partition("}")[0].strip("{") if "}" in root.tag else ""
    wanted = _NAMESPACES.get(local)
    if wanted and found_as != wanted and (renamed := _in_namespace(content, found_as, wanted)) != content:
        read = read_xml(renamed)
        told = message(
            "The namespace of the file is “{said}”; it was read as “{known}”.", said=found_as or "–", known=wanted
        )
        return replace(read, mended=(told, *read.mended))
    if local == "phyloxml":
        count = len(list(_children(root, "phylogeny")))
        broken = take_out_broken(root, "phylogeny", broken_phylogeny)
        found = [(number, "") for number in range(1, count + 1) if number not in broken]
        return _read("phyloXML", DeepPhyloXML(root), found, {}, broken)
    if local == "nexml":
        names = [tree.get("label", "") for tree in root.findall(f"{NEXML}trees/{NEXML}tree")]
        labels = _labels(root)
        mended: list[Message] = []
        matrices, lost = tuple(_matrices(root, labels, mended)), list(networks(root))
        broken = take_out_broken(root, f"{NEXML}tree", broken_nexml_tree)
        of_nodes = {node.get("id", ""): _blanks(node.get("label", "")) for node in root.iter(f"{NEXML}node")}
        found = [(number, name) for number, name in enumerate(names, 1) if number not in broken]
        read = _read("NeXML", DeepNeXML(_source(content, root, broken), of_nodes), found, labels, broken)
        return replace(read, matrices=matrices, mended=(*mended, *read.mended), lost=(*read.lost, *lost))
    raise TreeError(message("This XML file is neither phyloXML nor NeXML; it begins with <{tag}>.", tag=local))


def _in_namespace(content: bytes, said: str, wanted: str) -> bytes:
    """The document with another namespace for its elements, or with one where it has none."""
    if said:
        return content.replace(said.encode(), wanted.encode())
    return _ROOT.sub(rb'\g<0> xmlns="' + wanted.encode() + b'"', content, count=1)


def _source(content: bytes, root: Element, changed: Collection[int]) -> BytesIO:
    """The document as it is, written anew only where trees were taken out of it."""
    return BytesIO(tostring(root) if changed else content)


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if child.tag.rpartition("}")[2] == name)


def _read(
    format_: str,
    parser: Any,
    found: Sequence[tuple[int, str]],
    labels: Mapping[str, str],
    broken: Mapping[int, Message],
) -> ReadFile:
    """Read one tree after another; `found` are their numbers and names, blank where they stand in the tree itself."""
    mended: list[Message] = []
    trees: list[NamedTree] = []
    lost = dict(broken)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Biopython warns of elements that it passes over
            for (number, own), read in zip(found, parser.parse(), strict=False):
                named = _tree(read, own or read.name or str(number))
                named_by(named.tree, labels)
                mended += name_apart(named.tree, named.name)
                trees.append(named)
    except (ValueError, KeyError, AttributeError, TypeError, StopIteration, RuntimeError) as error:
        lost |= {number: message("it stands behind a tree that cannot be read.") for number, _ in found[len(trees) :]}
        lost[found[len(trees)][0]] = message(
            "it is not built as {format} asks for: {why}", format=format_, why=str(error)[:200]
        )
    else:
        unknown = message("it is of a kind that is not known. Is its namespace right?")
        lost |= {number: unknown for number, _ in found[len(trees) :]}
    told = [message("Tree {number}: {why}", number=number, why=why) for number, why in sorted(lost.items())]
    return ReadFile(format_, len(found) + len(broken), tuple(trees), (), None, tuple(mended), tuple(told))


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
        _support(clade, node)
        todo.extend((child, node.add_child(Tree())) for child in clade.clades)
    about = {"description": str(read.description)} if getattr(read, "description", None) else {}
    return NamedTree(name, root, getattr(read, "rooted", None), has_lengths, about)


def _support(clade: Any, node: Tree) -> None:
    """The first confidence is the support; others are noted by their kind."""
    many = getattr(clade, "confidences", None)
    first, *others = many or [None if many is not None else clade.confidence]
    if first is not None:
        node.support = float(getattr(first, "value", first))
    if others:
        node.add_feature("annotations", {str(one.type or "confidence"): float(one.value) for one in others})


def _taxon(clade: Any) -> str:
    """The scientific name, or else the code, of a clade of phyloXML that has no name of its own."""
    taxonomy = next(iter(getattr(clade, "taxonomies", ())), None)
    return (taxonomy.scientific_name or taxonomy.code or taxonomy.common_name or "") if taxonomy is not None else ""


def _labels(root: Element) -> dict[str, str]:
    """The names of the taxa by the keys under which trees and rows have them."""
    return {otu.get("id", ""): _blanks(str(otu.get("label") or otu.get("id", ""))) for otu in root.iter(f"{NEXML}otu")}


def _blanks(label: str) -> str:
    return " ".join(label.replace("_", " ").split())


def _matrices(root: Element, labels: Mapping[str, str], mended: list[Message]) -> Iterator[Matrix]:
    for block in root.iter(f"{NEXML}characters"):
        symbols = _symbols(block)
        columns = [(char.get("id", ""), char.get("label", "")) for char in block.iter(f"{NEXML}char")]
        spelled = bool(_SPELLED.search(block.get(_XSI_TYPE, "")))
        rows: dict[str, tuple[str, ...]] = {}
        for row in block.iter(f"{NEXML}row"):
            taxon = labels.get(row.get("otu", ""), row.get("label", ""))
            cells = _row(row, columns, symbols, spelled=spelled)
            if columns and len(cells) != len(columns):
                mended.append(
                    message(
                        "The row of {taxon} has {found} characters instead of {width}.",
                        taxon=taxon,
                        found=len(cells),
                        width=len(columns),
                    )
                )
            rows[taxon] = tuple((cells + [MISSING] * len(columns))[: len(columns) or None])
        if rows:
            yield Matrix(
                tuple(rows),
                tuple(rows.values()),
                tuple(_characters(block)),
                block.get("label", ""),
                "Continuous" in block.get(_XSI_TYPE, ""),
            )


def _symbols(block: Element) -> dict[str, str]:
    """The cell that each state stands for; sets of states as ``(01)`` or ``{01}``."""
    symbols = {state.get("id", ""): state.get("symbol", "") for state in block.iter(f"{NEXML}state")}
    for kind, (left, right) in (("polymorphic", "()"), ("uncertain", "{}")):
        for several in block.iter(f"{NEXML}{kind}_state_set"):
            members = "".join(sorted({symbols.get(member.get("state", ""), "") for member in several}))
            written = several.get("symbol", "")
            plain = written in {MISSING, INAPPLICABLE} or not members
            symbols[several.get("id", "")] = (written or MISSING) if plain else f"{left}{members}{right}"
    return symbols


def _characters(block: Element) -> Iterator[Character]:
    words = {
        states.get("id", ""): {
            state.get("symbol", ""): label
            for state in states.iter(f"{NEXML}state")
            if (label := state.get("label", "")) and label != state.get("symbol", "")
        }
        for states in block.iter(f"{NEXML}states")
    }
    for char in block.iter(f"{NEXML}char"):
        yield Character(char.get("label", ""), words.get(char.get("states", ""), {}))


def _row(row: Element, columns: list[tuple[str, str]], symbols: dict[str, str], *, spelled: bool) -> list[str]:
    """The cells of a row; blanks part numbers, and nothing in a sequence that is `spelled` in letters."""
    sequence = row.find(f"{NEXML}seq")
    if sequence is not None and sequence.text:
        parted = sequence.text.split()
        single = spelled or (len(parted) == 1 and len(columns) != 1)
        return list("".join(parted)) if single else parted
    held = {cell.get("char", ""): cell.get("state", "") for cell in row.iter(f"{NEXML}cell")}
    return [symbols.get(held.get(key, ""), held.get(key, "")) or MISSING for key, _ in columns]
