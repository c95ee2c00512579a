"""Read files of Newick trees, one or many; a tree that cannot be read is named, and reading goes on behind it."""

import re

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.reading.growing import line_and_column
from trees.reading.limits import MOST_NODES_OF_A_FILE, too_many
from trees.reading.newick import read_next
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart

_BEFORE = re.compile(
    r"(?:\s*(?:[#][^\n]*|>(?P<title>[^\n]*))\n)*\s*(?:(?P<name>[\w.*'\" -]{1,80}?)[^\S\n]*(?:=|\t)\s*(?=[\[(]))?"
)
"""What programs put before a tree: lines of comment (``#``, ``>``), and a name with a sign of equality or a tab behind it."""
_COUNT = re.compile(r"\s*(\d+)[^\S\n]*\n(?=\s*[(\[])")
"""How many trees follow, as PHYLIP writes above them."""
_SOMETHING = re.compile(r"\S")
_REMARK = re.compile(r"(?:\s*#[^\n]*(?:\n|\Z)|\s*\[[^\]]*+\])+")
_EMPTY = re.compile(r"\s*;")
_MOST_LOST = 1000
"""Trees that cannot be read before a file is no file of trees."""
_END = re.compile(r"""\[[^\]]*+\]|\[[^\];]*+|'[^']*+(?:''[^']*+)*+'|"[^"]*+"|(;)|[^;'"\[]+|.""", re.DOTALL)
"""Up to the end of a tree; a comment that nothing closes ends with it, or looking for its end each time would take hours."""


def read_newick_file(text: str) -> ReadFile:
    """Read all trees of a text.

    Raises
    ------
    TreeError
        When there is not one tree that can be read: why the first one cannot.
    """
    reading = _Reading(text)
    while reading.goes_on():
        reading.read_tree()
    if not reading.trees:
        raise reading.first_error or TreeError(message("The file is empty."))
    return ReadFile("Newick", reading.found, tuple(reading.trees), (), None, tuple(reading.mended), tuple(reading.lost))


class _Reading:
    """A file that is read tree by tree: `place` is how far, `found` how many trees there were."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.trees: list[NamedTree] = []
        self.mended: list[Message] = []
        self.lost: list[Message] = []
        self.first_error: TreeError | None = None
        self.found = self.nodes = 0
        counted = _COUNT.match(text)
        self.place = counted.end() if counted else 0
        if counted:
            self.mended.append(message("“{count}” above the trees was read as how many follow.", count=counted[1]))

    def goes_on(self) -> bool:
        """Whether another tree may follow; what is none is told."""
        while self.found and (empty := _EMPTY.match(self.text, self.place)):
            self.mended.append(message("A semicolon without a tree before it was passed over."))
            self.place = empty.end()
        remark = _REMARK.match(self.text, self.place)
        rest = _SOMETHING.search(self.text, remark.end() if remark else self.place)
        if rest is None or not self.found or self.text.find("(", self.place) >= 0:
            return rest is not None
        line, column = line_and_column(self.text, rest.start())
        self.lost.append(
            message(
                "Line {line}, column {column}: “{text}” is no tree; it was passed over.",
                line=line,
                column=column,
                text=self.text[rest.start() : rest.start() + 40].strip(),
            )
        )
        return False

    def read_tree(self) -> None:
        """Read the next tree, or say why it cannot be read."""
        name, place = _named(self.text, self.place, self.found + 1)
        self.place = place
        if place >= len(self.text):
            return
        self.found += 1
        if self.nodes > MOST_NODES_OF_A_FILE:
            self._pass_over_the_others()
            return
        try:
            read = read_next(self.text, place, by_line=True)
        except TreeError as error:
            self._lose(error)
            self.place = _behind(self.text, place)
            return
        self.place = read.end
        self.nodes += read.nodes
        self.mended += name_apart(read.tree, name)
        if self.text[read.end - 1] != ";":
            self.mended.append(message("Tree “{tree}” has no semicolon at its end; it was read to its end.", tree=name))
        self.trees.append(NamedTree(name, read.tree, read.rooted, read.has_lengths))

    def _lose(self, error: TreeError) -> None:
        self.first_error = self.first_error or error
        self.lost.append(message("Tree {number}: {why}", number=self.found, why=error.message))
        if len(self.lost) > _MOST_LOST:
            raise TreeError(
                message(
                    "More than {most} trees of this file cannot be read. The first: {why}",
                    most=_MOST_LOST,
                    why=self.first_error.message,
                )
            ) from error

    def _pass_over_the_others(self) -> None:
        passed = 0
        while _SOMETHING.search(self.text, self.place):
            passed += 1
            self.place = _behind(self.text, self.place)
        self.found += passed - 1
        self.lost.append(too_many(passed))


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
