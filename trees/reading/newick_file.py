"""Read files of Newick trees, one or many; a tree that cannot be read is named, and reading goes on behind it."""

import re

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.reading.newick import read_next
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart

_BEFORE = re.compile(
    r"(?:\s*(?:[#][^\n]*|>(?P<title>[^\n]*))\n)*\s*(?:(?P<name>[\w.*'\" -]{1,80}?)[^\S\n]*(?:=|\t)\s*(?=[\[(]))?"
)
"""What programs put before a tree: lines of comment (``#``, ``>``), and a name with a sign of equality or a tab behind it."""
_SOMETHING = re.compile(r"\S")
_MOST_LOST = 1000
"""Trees that cannot be read before a file is no file of trees."""
_END = re.compile(r"""\[[^\]]*+\]|'[^']*+(?:''[^']*+)*+'|"[^"]*+"|(;)|[^;'"\[]+|.""", re.DOTALL)


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
    found = 0
    place = len(text) - len(text.lstrip())
    while place < len(text):
        found += 1
        name, place = _named(text, place, found)
        if place >= len(text):
            found -= 1
            break
        try:
            read = read_next(text, place)
            mended += name_apart(read.tree, name)
            trees.append(NamedTree(name, read.tree, read.rooted, read.has_lengths))
            place = read.end
        except TreeError as error:
            first_error = first_error or error
            lost.append(message("Tree {number}: {why}", number=found, why=error.message))
            if len(lost) > _MOST_LOST:
                raise TreeError(
                    message(
                        "More than {most} trees of this file cannot be read. The first: {why}",
                        most=_MOST_LOST,
                        why=first_error.message,
                    )
                ) from error
            place = _behind(text, place)
        rest = _SOMETHING.search(text, place)
        place = rest.start() if rest else len(text)
    if not trees:
        raise first_error or TreeError(message("The file is empty."))
    return ReadFile("Newick", found, tuple(trees), (), None, tuple(mended), tuple(lost))


def _named(text: str, place: int, number: int) -> tuple[str, int]:
    """The name that stands before a tree, or else its number, and the place where the tree begins."""
    match = _BEFORE.match(text, place)
    if match is None:
        return str(number), place
    return (match["name"] or match["title"] or "").strip(" '\"*") or str(number), match.end()


def _behind(text: str, place: int) -> int:
    """The place behind the next semicolon that stands in no quotes and no comment."""
    for match in _END.finditer(text, place):
        if match[1]:
            return match.end()
    return len(text)
