"""Read NEXUS files as they are published: trees and matrices, whatever small things are wrong with them.

Biopython's reader read 23 of 270 published matrices; so the blocks are read here.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.model import tip_names
from trees.reading.growing import line_and_column
from trees.reading.limits import MOST_NODES_OF_A_FILE, too_many
from trees.reading.newick import read_next
from trees.reading.nexus_matrix import read_matrix
from trees.reading.nexus_sets import ordered_characters
from trees.reading.nexus_text import Block, Command, blocks_of, settings_of, unquoted, words_of
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart, named_by

_TREE = re.compile(r"\s*(\*)?\s*('(?:[^']|'')*'|\"[^\"]*\"|[^=\[]*?)\s*((?:\[[^\]]*\]\s*)*)=\s*(.*)", re.DOTALL)
_ENTRY = re.compile(r"\s*('(?:[^']|'')*'|\S+)\s+(.+?)\s*", re.DOTALL)
_PART = re.compile(r"""(?:(?<![^\s,])(?:'(?:[^']|'')*'|"[^"\n]*")|[^,])+""")
_NEXT_TREE = re.compile(r"\n\s*U?TREE\s+(?=[^\n(]*=)", re.IGNORECASE)
_OF_MESQUITE = re.compile(r"<([^<>;'\"]*=[^<>;'\"]*)>")
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

    Raises
    ------
    TreeError
        When there is neither a tree nor a matrix.
    """
    blocks = blocks_of(text)
    mended: list[Message] = []
    lost: list[Message] = []
    if any(block.text("DIMENSION") for block in blocks):
        mended.append(message("DIMENSION was read as DIMENSIONS."))
    unclosed = text.find("[", text.rfind("]") + 1)
    if unclosed >= 0:
        line, column = line_and_column(text, unclosed)
        mended.append(
            message(
                "Line {line}, column {column}: nothing closes this “[”; it was passed over.", line=line, column=column
            )
        )
    trees, found = _trees(text, blocks, mended, lost)
    matrices = []
    for block in blocks:
        if not block.text("MATRIX"):
            continue
        if block.name in _WITH_MATRIX:
            title = unquoted(block.text("TITLE"))
            matrix = read_matrix(block, labels_for(block, blocks), ordered_characters(blocks, title), mended, lost)
            matrices += [matrix] if matrix else []
        else:
            lost.append(
                message("The block {block} is of a kind that is not read; it was passed over.", block=block.name)
            )
    if not (found or matrices or lost):
        raise TreeError(
            message(
                "There is neither a tree nor a matrix in this NEXUS file. Its blocks are: {blocks}.",
                blocks=", ".join(block.name for block in blocks)[:200] or "–",
            )
        )
    return ReadFile("NEXUS", found, tuple(trees), tuple(matrices), None, tuple(mended), tuple(lost))


def labels_for(block: Block, blocks: Sequence[Block]) -> list[str]:
    """The names of ``TAXLABELS``, in their order: of the block to which ``LINK TAXA = …`` leads, else of the nearest one before."""
    with_labels = [one for one in blocks if one.text("TAXLABELS")]
    wanted = unquoted(settings_of(block.text("LINK")).get("TAXA", "")).casefold()
    linked = [one for one in with_labels if wanted and unquoted(one.text("TITLE")).casefold() == wanted]
    before = [one for one in with_labels if blocks.index(one) < blocks.index(block)]
    chosen = [*linked[:1], *before[-1:], *with_labels[:1]]
    return words_of(chosen[0].text("TAXLABELS")) if chosen else []


def _trees(
    text: str, blocks: Sequence[Block], mended: list[Message], lost: list[Message]
) -> tuple[list[NamedTree], int]:
    trees: list[NamedTree] = []
    found = nodes = passed = 0
    for block in blocks:
        if block.name not in {"TREES", "TREE"}:
            continue
        names, labels = _translation(block, mended), labels_for(block, blocks)
        for name, newick, command in _written_trees(block, mended):
            found += 1
            passed += nodes > MOST_NODES_OF_A_FILE
            if passed:
                continue
            try:
                tree, size = _tree(name, newick, names, labels, mended)
            except TreeError as error:
                lost.append(_told(text, name, command, error))
            else:
                trees.append(tree)
                nodes += size
    if passed:
        lost.append(too_many(passed))
    return trees, found


def _told(text: str, name: str, command: Command, error: TreeError) -> Message:
    """Why a tree cannot be read, with the line and the column of the file and not of the tree."""
    equals = text.find("=", command.place) if command.place >= 0 else -1
    try:
        if equals >= 0:
            read_next(text, equals + 1)
    except TreeError as located:
        return message("Tree “{name}”: {why}", name=name, why=located.message)
    return message("Tree “{name}”, from line {line}: {why}", name=name, line=command.line, why=error.message)


def _written_trees(block: Block, mended: list[Message]) -> Iterator[tuple[str, str, Command]]:
    """Name, Newick with what stands before it, and the command of each tree; one without the word TREE is taken, too."""
    bare = 0
    for command in _tree_commands(block, mended):
        if command.name in {"TREE", "UTREE"}:
            match = _TREE.fullmatch(command.text)
        elif command.name not in {"TRANSLATE", "TITLE", "LINK", "OPTIONS", "CHARSET"} and "(" in command.text:
            match = _TREE.fullmatch(f"{command.name.lower()} {command.text}")
            bare += match is not None
        else:
            continue
        if match:
            yield unquoted(match[2].strip()), f"{match[3]} {match[4]}", command
        else:
            yield "", command.text, command
    if bare:
        mended.append(message("Trees without the word TREE before them: {count}. They were read.", count=bare))


def _tree_commands(block: Block, mended: list[Message]) -> Iterator[Command]:
    """The commands of a block of trees, those parted that run together because a semicolon is missing."""
    for command in block.commands:
        first, *others = _NEXT_TREE.split(command.text) if command.name in {"TREE", "UTREE"} else [command.text]
        yield Command(command.name, first, command.line, command.place)
        line = command.line
        for before, text in zip([first, *others], others, strict=False):
            line += before.count("\n") + 1
            mended.append(message("Line {line}: the tree before it has no semicolon; it ends here.", line=line))
            yield Command("TREE", text, line, -1)


def _translation(block: Block, mended: list[Message]) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in _entries(block.text("TRANSLATE"), mended):
        match = _ENTRY.fullmatch(entry)
        if match:
            names[unquoted(match[1])] = unquoted(match[2])
        elif entry.strip():
            mended.append(
                message("“{entry}” in TRANSLATE gives no name and was passed over.", entry=entry.strip()[:60])
            )
    return names


def _entries(text: str, mended: list[Message]) -> list[str]:
    """Pairs of key and name; where commas are missing, each line with two words is a pair of its own."""
    parts = _split(text)
    entries: list[str] = []
    for part in parts:
        lines = [line for line in part.splitlines() if line.strip()]
        words = re.findall(r"'(?:[^']|'')*'|\S+", part)
        if len(lines) > 1 and all(len(line.split()) > 1 for line in lines):
            entries += lines
        elif len(words) > 3 and len(words) % 2 == 0 and all(word.isdigit() for word in words[::2]):
            entries += [f"{key} {name}" for key, name in zip(words[::2], words[1::2], strict=True)]
        else:
            entries.append(part)
    if len(entries) > len(parts):
        mended.append(message("Commas are missing in TRANSLATE; its names were read in pairs."))
    return entries


def _split(text: str) -> list[str]:
    """Parts between commas that are not in quotes."""
    return _PART.findall(text) if "'" in text or '"' in text else text.split(",")


def _tree(
    name: str, newick: str, names: Mapping[str, str], labels: list[str], mended: list[Message]
) -> tuple[NamedTree, int]:
    """The tree and how many forks and tips it has."""
    read = read_next(_OF_MESQUITE.sub(r"[&\1]", newick))
    if names:
        mended += _untranslated(tip_names(read.tree), name, {*names, *names.values(), *labels})
    named_by(read.tree, names, labels)
    mended += name_apart(read.tree, name)
    return NamedTree(name, read.tree, read.rooted, read.has_lengths), read.nodes


def _untranslated(tips: Sequence[str], tree: str, known: Collection[str]) -> Iterator[Message]:
    unknown = [tip for tip in tips if tip not in known]
    if unknown:
        yield message(
            "Tree “{tree}” has tips that TRANSLATE does not name; they keep what they are called: {tips}.",
            tree=tree,
            tips=", ".join(unknown[:10]) + (" …" if len(unknown) > 10 else ""),
        )
