"""Read NEXUS files as they are published: trees and matrices, whatever small things are wrong with them.

Biopython's reader read 23 of 270 published matrices; so the blocks are read here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.reading.newick import read_next
from trees.reading.nexus_matrix import read_matrix
from trees.reading.nexus_text import Block, blocks_of, settings_of, unquoted, words_of
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart, named_by

_TREE = re.compile(r"\s*(\*)?\s*('(?:[^']|'')*'|\"[^\"]*\"|[^=\[]*?)\s*((?:\[[^\]]*\]\s*)*)=\s*(.*)", re.DOTALL)
_ENTRY = re.compile(r"\s*('(?:[^']|'')*'|\S+)\s+(.+?)\s*", re.DOTALL)
_WITH_MATRIX = frozenset({"DATA", "CHARACTERS", "CONTINUOUS"})


def read_nexus(text: str) -> ReadFile:
    """Read a NEXUS file.

    Parameters
    ----------
    text : str
        It need not begin with ``#NEXUS``.

    Returns
    -------
    ReadFile
        With what was mended and lost; a tree or a matrix that cannot be read is named there, and the others are read.
    """
    blocks = blocks_of(text)
    mended: list[Message] = []
    lost: list[Message] = []
    if any(block.text("DIMENSION") for block in blocks):
        mended.append(message("DIMENSION was read as DIMENSIONS."))
    labels = _tip_labels(blocks)
    trees, found = _trees(blocks, labels, mended, lost)
    ordered = _ordered(blocks)
    matrices = []
    for block in blocks:
        if block.name in _WITH_MATRIX and block.text("MATRIX"):
            matrix = read_matrix(block, labels, ordered, mended, lost)
            matrices += [matrix] if matrix else []
    return ReadFile("NEXUS", found, tuple(trees), tuple(matrices), None, tuple(mended), tuple(lost))


def _tip_labels(blocks: Sequence[Block]) -> list[str]:
    """The names of ``TAXLABELS``, in their order."""
    return next(
        (words_of(block.text("TAXLABELS")) for block in blocks if block.text("TAXLABELS")),
        [],
    )


def _trees(
    blocks: Sequence[Block], labels: list[str], mended: list[Message], lost: list[Message]
) -> tuple[list[NamedTree], int]:
    trees: list[NamedTree] = []
    found = 0
    for block in blocks:
        if block.name not in {"TREES", "TREE"}:
            continue
        names = _translation(block, mended)
        for name, newick, line in _written_trees(block, mended):
            found += 1
            try:
                trees.append(_tree(name, newick, names, labels, mended))
            except TreeError as error:
                lost.append(message("Tree “{name}”, from line {line}: {why}", name=name, line=line, why=error.message))
    return trees, found


def _written_trees(block: Block, mended: list[Message]) -> Iterator[tuple[str, str, int]]:
    """Name, Newick with what stands before it, and line of each tree; one without the word TREE is taken, too."""
    bare = 0
    for command in block.commands:
        if command.name in {"TREE", "UTREE"}:
            match = _TREE.fullmatch(command.text)
        elif command.name not in {"TRANSLATE", "TITLE", "LINK", "OPTIONS", "CHARSET"} and "(" in command.text:
            match = _TREE.fullmatch(f"{command.name.lower()} {command.text}")
            bare += match is not None
        else:
            continue
        if match:
            yield unquoted(match[2].strip()), f"{match[3]} {match[4]}", command.line
        else:
            yield "", command.text, command.line
    if bare:
        mended.append(message("{count} trees stand without the word TREE before them; they were read.", count=bare))


def _translation(block: Block, mended: list[Message]) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in _split(block.text("TRANSLATE")):
        match = _ENTRY.fullmatch(entry)
        if match:
            names[unquoted(match[1])] = unquoted(match[2])
        elif entry.strip():
            mended.append(
                message("“{entry}” in TRANSLATE gives no name and was passed over.", entry=entry.strip()[:60])
            )
    return names


def _split(text: str) -> list[str]:
    """Parts between commas that are not in quotes."""
    return re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", text) if "'" in text else text.split(",")


def _tree(name: str, newick: str, names: Mapping[str, str], labels: list[str], mended: list[Message]) -> NamedTree:
    read = read_next(newick.replace("[&r]", "[&R]").replace("[&u]", "[&U]"))
    named_by(read.tree, names, labels)
    mended += name_apart(read.tree, name)
    return NamedTree(name, read.tree, read.rooted, read.has_lengths)


def _ordered(blocks: Sequence[Block]) -> set[int]:
    """The characters that a ``TYPESET`` calls ordered, from 1."""
    numbers: set[int] = set()
    for block in blocks:
        for text in block.texts("TYPESET"):
            _, _, sets = text.partition("=")
            for part in sets.split(","):
                kind, _, listed = part.partition(":")
                if kind.strip().lower().startswith("ord"):
                    numbers |= numbers_of(listed)
        if settings_of(block.text("OPTIONS")).get("DEFTYPE", "").lower().startswith("ord"):
            numbers.add(0)
    return numbers


def numbers_of(listed: str) -> set[int]:
    """``1 3-5 7 - 9\\3`` as numbers; 0 stands for all, where a list ends in a point.

    >>> sorted(numbers_of("1 3-5 8 -  9"))
    [1, 3, 4, 5, 8, 9]
    """
    numbers: set[int] = set()
    for first, last, step in re.findall(r"(\d+)(?:\s*-\s*(\d+|\.))?(?:\s*\\\s*(\d+))?", listed):
        if last == ".":
            numbers |= {0}
        numbers |= set(range(int(first), int(last if last.isdigit() else first) + 1, int(step or 1)))
    return numbers
