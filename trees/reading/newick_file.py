"""Read files of Newick trees, one or many; a tree that cannot be read is named, and reading goes on behind it."""

import re

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.reading.newick import read_next
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart

_END = re.compile(r"""\[[^\]]*\]|'(?:[^']|'')*'|"[^"]*"|(;)|[^;'"\[]+|.""", re.DOTALL)


def read_newick_file(text: str) -> ReadFile:
    """Read all trees of a text.

    Raises
    ------
    TreeError
        When there is not one tree that can be read: why the first one cannot.
    """
    trees: list[NamedTree] = []
    mended: list[Message] = []
    lost: list[Message] = []
    first_error: TreeError | None = None
    found = place = 0
    while text[place:].strip():
        found += 1
        name = str(found)
        try:
            read = read_next(text, place)
            mended += name_apart(read.tree, name)
            trees.append(NamedTree(name, read.tree, read.rooted, read.has_lengths))
            place = read.end
        except TreeError as error:
            first_error = first_error or error
            lost.append(message("Tree {number}: {why}", number=found, why=error.message))
            place = _behind(text, place)
    if not trees:
        raise first_error or TreeError(message("The file is empty."))
    return ReadFile("Newick", found, tuple(trees), (), None, tuple(mended), tuple(lost))


def _behind(text: str, place: int) -> int:
    """The place behind the next semicolon that stands in no quotes and no comment."""
    for match in _END.finditer(text, place):
        if match[1]:
            return match.end()
    return len(text)
