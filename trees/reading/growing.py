"""A Newick tree that grows token by token.

Each token is checked against what may come before it, and the tree is built in one loop, so that deep trees are no trouble.
"""

import math
import re
from dataclasses import dataclass

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.model import Tree, new_node
from trees.reading.annotations import read_annotation
from trees.reading.limits import MOST_NODES, too_large
from trees.reading.nexus_text import COMMENT

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<comment>"""
    + COMMENT
    + r""")
    |(?P<quoted>'[^']*+(?:''[^']*+)*+'|"[^"]*+(?:""[^"]*+)*+")
    |(?P<mark>[(),;:])
    |(?P<word>[^\s()\[\],;:]+)""",
    re.VERBOSE,
)
_USUAL = re.compile(r"""([^\s()\[\],;:'"]*)(?::([^\s()\[\],;:'"]+))?([(),])""")
_SUPPORTS = re.compile(r"\d[\d.]*(?:/\d[\d.]*)*/(\d[\d.]*)")
"""``95.2/0.98/100``, as IQ-TREE writes several values of support: the last is the bootstrap."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_NO_NAME = message("A tip has no name. Name it, or take a comma away that is too many.")
_NO_TREE = message("There is no tree here. A tree in Newick looks like ((A,B),C);")

_BEFORE = {
    "(": {"", "(", ","},
    ",": {"label", "length", ")"},
    ")": {"label", "length", ")"},
    ":": {"label", ")"},
    ";": {"label", "length", ")"},
    "label": {"(", ",", ")"},
}
"""What may come before a piece: "" is the beginning."""


@dataclass
class NewickTree:
    """A tree as it was read.

    Parameters
    ----------
    tree : ete3.Tree
        See `read_newick`. Nodes with annotations have `annotations`, a mapping of texts and numbers.
    end : int
        The place in the text behind it.
    has_lengths : bool
        Whether any branch has a length.
    rooted : bool or None
        As ``[&R]`` and ``[&U]`` say; None when neither is there.
    nodes : int
        How many forks and tips it has.
    """

    tree: Tree
    end: int
    has_lengths: bool = False
    rooted: bool | None = None
    nodes: int = 1


class Growing:
    """A tree that grows token by token."""

    def __init__(self, text: str, start: int, *, by_line: bool = False) -> None:
        self.text, self.by_line = text, by_line
        self.start = start
        self.root = new_node()
        self.node = self.root
        self.depth = 0
        self.nodes = 1
        self.before = ""
        self.words: list[str] = []
        self.label_at = start
        self.read = NewickTree(self.root, start)

    def grow(self) -> NewickTree:
        """Read to the semicolon, or to the end of the text."""
        place, text = self.start, self.text
        while place < len(text):
            place = self._usual(place)
            if place == len(text):
                break
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._error(
                    message("A comment is not closed: “{excerpt}”.", excerpt=_excerpt(text, place)), place
                )
            kind, piece, at, place = match.lastgroup, match.group(), place, match.end()
            if kind == "mark":
                self._finish_label()
                if piece == ";" and self._is_end(at):
                    break
                if piece == "(" and self._is_next(at):
                    place = at
                    break
                self._mark(piece, at)
            elif kind == "comment":
                self._comment(piece)
            elif self.words or kind != "blank":
                self._word(str(kind), piece, at)
        self._finish_label()
        self._close(place)
        self.read.end, self.read.nodes = place, self.nodes
        return self.read

    def _usual(self, place: int) -> int:
        """Read names, lengths and the marks behind them at once, for as long as a tree goes on as nearly all are written; where that ends.

        Whatever is unusual or wrong is left to the tokens, with nothing changed.
        """
        before, node, depth, nodes = self.before, self.node, self.depth, self.nodes
        if self.words or before not in _BEFORE["label"]:
            return place
        usual, text, most = _USUAL.match, self.text, MOST_NODES
        while nodes < most and (match := usual(text, place)):
            written, length, mark = match.groups()
            if mark == "(":
                if before == ")" or written or length:
                    break
                depth, nodes, node = depth + 1, nodes + 1, new_node(node)
            elif depth == 0 or not self._close_node(node, written, length, clade=before == ")"):
                break
            elif mark == ",":
                nodes, node = nodes + 1, new_node(node._up)
            else:
                depth, node = depth - 1, node._up
            before, place = mark, match.end()
        self.before, self.node, self.depth, self.nodes = before, node, depth, nodes
        return place

    def _close_node(self, node: Tree, written: str, length: str | None, *, clade: bool) -> bool:
        """Give the node its name and its length; False, with nothing changed, where either is not as usual."""
        name = written.replace("_", " ").strip()
        if not name.isprintable() or "  " in name or not (name or (clade and not written)) or (clade and "/" in name):
            return False
        if length is not None:
            try:
                distance = float(length)
            except ValueError:
                return False
            if not math.isfinite(distance):
                return False
            node._dist = distance
            self.read.has_lengths = True
        support = _support(name) if clade and name and not name[0].isalpha() else None
        if support is not None:
            node.support = support
        elif name:
            node.name = name
        return True

    def _word(self, kind: str, token: str, at: int) -> None:
        if kind == "word" and token[0] in "'\"" and token.count(token[0]) == 1:
            raise self._error(message("A quoted name is not closed: “{excerpt}”.", excerpt=_excerpt(self.text, at)), at)
        if not self.words:
            self.label_at = at
        self.words.append(token[1:-1].replace(token[0] * 2, token[0]) if kind == "quoted" else token)

    def _finish_label(self) -> None:
        if not self.words:
            return
        written, self.words = "".join(self.words), []
        if self.before == ":":
            self.node.dist = self._length(written.strip())
            self.read.has_lengths = True
            self.before = "length"
            return
        label = _name(written)
        self._expect("label", label, self.label_at)
        if not label and self.before != ")":
            raise self._error(_NO_NAME, self.label_at)
        plain = self.text[self.label_at] not in "'\""
        several = _SUPPORTS.fullmatch(label) if self.before == ")" and plain else None
        support = _support(several[1] if several else label) if self.before == ")" else None
        if support is None:
            self.node.name = label
        else:
            self.node.support = support
        if several:
            self.node.add_feature("annotations", {"supports": label})
        self.before = "label"

    def _mark(self, mark: str, at: int) -> None:
        if self.before == ":":
            raise self._error(message("“{text}” is not a branch length.", text=mark), at)
        self._expect(mark, mark, at)
        self.nodes += mark != ")"
        if self.nodes > MOST_NODES:
            raise too_large()
        if mark == "(":
            self.depth += 1
            self.node = new_node(self.node)
        elif mark == ",":
            self.node = new_node(self.node.up)
        elif mark == ")":
            self.depth -= 1
            if self.depth < 0:
                raise self._error(message("There are more closing than opening brackets in the tree."), at)
            self.node = self.node.up
        self.before = mark

    def _is_end(self, at: int) -> bool:
        """Whether a semicolon ends the tree; one that comes too early is an error."""
        if not self.before:
            raise TreeError(_NO_TREE)
        if self.depth == 0 and self.before != ":":
            self._expect(";", ";", at)
            return True
        self._close(at)
        raise self._misplaced(";", ";", at)

    def _is_next(self, at: int) -> bool:
        """Whether another tree begins here, where each has a line of its own and the semicolons are missing."""
        if not (self.by_line and self.depth == 0 and self.before):
            return False
        before = self.text[self.start : at]
        return "\n" in before[len(before.rstrip()) :]

    def _close(self, at: int) -> None:
        if not self.before:
            raise TreeError(_NO_TREE)
        if self.depth > 0:
            raise self._error(message("The tree ends with brackets still open: {count}.", count=self.depth), at)
        if self.before == ":":
            raise self._error(message("A colon in the tree has no branch length after it."), at)

    def _comment(self, comment: str) -> None:
        if not comment.startswith("[&"):
            self._support_in_brackets(comment[1:-1])
            return
        if not self.before and not self.words:
            self.read.rooted = {"[&R]": True, "[&U]": False}.get(comment.upper(), self.read.rooted)
            return
        found = read_annotation(comment)
        if comment.startswith("[&&NHX:") and isinstance(found.get("B"), float):
            self._support_in_brackets(str(found["B"]))
        if found:
            self.node.add_feature("annotations", {**getattr(self.node, "annotations", {}), **found})

    def _support_in_brackets(self, written: str) -> None:
        """``(A,B):0.3[95]``, as RAxML writes support, unless the node has another."""
        support = _support(written) if self.node.children and self._may_be_noted() else None
        if support is not None and self.node.support == 1.0:
            self.node.support = support

    def _may_be_noted(self) -> bool:
        """Whether the node stands complete, but for what is noted behind it."""
        return self.before in {")", "label", "length"} or (self.before == ":" and bool(self.words))

    def _length(self, written: str) -> float:
        try:
            length = float(written)
        except ValueError:
            length = math.nan
        if not math.isfinite(length):
            raise self._error(message("“{text}” is not a branch length.", text=written[:40]), self.label_at)
        return length

    def _expect(self, now: str, token: str, at: int) -> None:
        if not self.before and now != "(":
            raise TreeError(_NO_TREE)
        if self.before not in _BEFORE[now] or (now == "," and self.depth == 0):
            raise self._misplaced(now, token, at)

    def _misplaced(self, now: str, token: str, at: int) -> TreeError:
        if self.depth == 0 and now == ",":
            return self._error(
                message("“,” comes after the last bracket of the tree. Put brackets around the whole tree?"), at
            )
        if now in {",", ")", ":"} and self.before in {"(", ","}:
            return self._error(_NO_NAME, at)
        if now == "(" and self.depth == 0 and self.before == ")":
            return self._error(
                message(
                    "Another tree begins behind the root. A tree has one root: put a semicolon here, or brackets around both."
                ),
                at,
            )
        return self._error(message("“{text}” is out of place in the tree. Is a comma missing?", text=token[:40]), at)

    def _error(self, what: Message, at: int) -> TreeError:
        line, column = line_and_column(self.text, at)
        return TreeError(message("Line {line}, column {column}: {what}", line=line, column=column, what=what))


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """The line and the column of a place in a text, from 1, as editors count them."""
    before = text[:place]
    return before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1


def _name(written: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", written.replace("_", " ")).split())


def _support(label: str) -> float | None:
    try:
        support = float(label.removesuffix("%"))
    except ValueError:
        return None
    return support if math.isfinite(support) else None


def _excerpt(text: str, place: int) -> str:
    return text[place : place + 20].strip() + ("…" if len(text) > place + 20 else "")
