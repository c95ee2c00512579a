"""Read trees from Newick text, as people write it.

Newick as published holds byte-order marks, comments, labels with blanks, single and double quotes. Biopython's reader drops
or mends some of this without a word (`Homo sapiens` becomes `sapiens`, a missing comma moves a branch). So the text is cut
into tokens and checked here; Biopython then builds the tree, with stand-ins for the labels, and is walked in a loop, so that
deep trees are no trouble.

References
----------
Cock, P. J. A. et al. 2009. Biopython. Bioinformatics 25: 1422-1423. doi:10.1093/bioinformatics/btp163
Olsen, G. 1990. Gary Olsen's interpretation of the "Newick's 8:45" tree format standard.
https://phylipweb.github.io/phylip/newick_doc.html
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

from Bio.Phylo import NewickIO

from catalogue.messages import message
from trees.errors import TreeError
from trees.model import Tree, tip_names

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<comment>\[[^\]]*\])
    |(?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*")
    |(?P<mark>[(),;:])
    |(?P<word>[^\s()\[\],;:]+)""",
    re.VERBOSE,
)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")

_Piece = tuple[str, str, int]


def read_newick(text: str) -> Tree:
    """Read one tree.

    Parameters
    ----------
    text : str
        One tree in Newick. The closing semicolon may be missing. Comments in square brackets are passed over. In names,
        underscores stand for blanks.

    Returns
    -------
    ete3.Tree
        Tips and clades have `name`; a number in place of a clade's name is its `support`. Branches without a length and
        clades without support have 1, as in ETE.

    Raises
    ------
    TreeError
        When the text is empty, is not one Newick tree, or has a tip without a name or two of the same name.
    """
    pieces = list(_checked(_labelled(_tokens(text.lstrip("\ufeff")))))
    tree = _built(pieces)
    repeated = [name for name, count in Counter(tip_names(tree)).items() if count > 1]
    if repeated:
        raise TreeError(
            message(
                "The tree has more than one tip named {names}. Each tip needs a name of its own.",
                names=_listed(repeated),
            )
        )
    return tree


def _tokens(text: str) -> Iterator[_Piece]:
    """Kind, text and place of each token; blanks stay, since labels may hold them, and comments go."""
    if text.lstrip()[:6].upper() == "#NEXUS":
        raise TreeError(message("This is a NEXUS file. Give the tree in Newick, such as ((A,B),C);"))
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise TreeError(message("A comment is not closed: “{excerpt}”.", excerpt=_excerpt(text, place)))
        if match.lastgroup == "word" and match.group()[0] in "'\"" and match.group().count(match.group()[0]) == 1:
            raise TreeError(message("A quoted name is not closed: “{excerpt}”.", excerpt=_excerpt(text, place)))
        if match.lastgroup != "comment":
            yield str(match.lastgroup), match.group(), place
        place = match.end()


def _labelled(tokens: Iterator[_Piece]) -> Iterator[_Piece]:
    """Marks as they are, and words that only blanks part as one label."""
    words: list[str] = []
    start = 0
    for kind, text, place in tokens:
        if kind == "mark":
            if words:
                yield "label", _name("".join(words)), start
                words = []
            yield kind, text, place
        elif words or kind != "blank":
            start = start if words else place
            words.append(_unquoted(text) if kind == "quoted" else text)
    if words:
        yield "label", _name("".join(words)), start


def _unquoted(text: str) -> str:
    return text[1:-1].replace(text[0] * 2, text[0])


def _name(written: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", written.replace("_", " ")).split())


# What may come before a piece: "" is the beginning.
_BEFORE = {
    "(": {"", "(", ","},
    ",": {"label", "length", ")"},
    ")": {"label", "length", ")"},
    ":": {"label", ")"},
    ";": {"label", "length", ")"},
    "label": {"(", ",", ")"},
}


def _checked(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """The pieces of one tree, each length joined to its colon; anything else raises."""
    depth, before, ended = 0, "", False
    for kind, text, place in pieces:
        if ended:
            raise TreeError(message("The text holds more than one tree. Give one tree at a time."))
        if before == ":":
            yield "length", _length(text), place
            before = "length"
            continue
        now = text if kind == "mark" else kind
        if before == "" and now != "(":
            raise TreeError(message("There is no tree here. A tree in Newick looks like ((A,B),C);"))
        if before not in _BEFORE[now] or (now == "," and depth == 0):
            raise _misplaced(now, before, text, place, depth)
        depth += {"(": 1, ")": -1}.get(now, 0)
        if depth < 0:
            raise TreeError(message("There are more closing than opening brackets in the tree."))
        ended = now == ";"
        if now != ":":
            yield kind, text, place
        before = now
    if not before:
        raise TreeError(message("There is no tree here. A tree in Newick looks like ((A,B),C);"))
    if depth > 0:
        raise TreeError(message("The tree ends with brackets still open: {count}.", count=depth))
    if before == ":":
        raise TreeError(message("A colon in the tree has no branch length after it."))


def _misplaced(now: str, before: str, text: str, place: int, depth: int) -> TreeError:
    if depth == 0 and now == ",":
        return TreeError(
            message(
                "“{text}” comes after the last bracket of the tree, near character {place}. "
                "Put brackets around the whole tree?",
                text=text,
                place=place + 1,
            )
        )
    if now in {",", ")"} and before in {"(", ","}:
        return TreeError(message("A tip has no name, near character {place}.", place=place + 1))
    return TreeError(
        message(
            "“{text}” is out of place in the tree, near character {place}. Is a comma missing?",
            text=text,
            place=place + 1,
        )
    )


def _length(text: str) -> str:
    try:
        length = float(text)
    except ValueError:
        length = math.nan
    if not math.isfinite(length):
        raise TreeError(message("“{text}” is not a branch length.", text=text))
    return f":{length!r}"


def _built(pieces: list[_Piece]) -> Tree:
    """The tree of checked pieces, by way of Biopython, which sees a stand-in such as ``n12`` for each label."""
    labels: dict[str, str] = {}
    plain: list[str] = []
    for number, (kind, text, _) in enumerate(pieces):
        if kind == "label":
            labels[f"n{number}"] = text
        plain.append(f"n{number}" if kind == "label" else text)
    parsed = next(NewickIO.parse(StringIO("".join(plain))))  # type: ignore[no-untyped-call]
    return _converted(parsed.root, labels)


def _converted(clade: Any, labels: dict[str, str]) -> Tree:
    """ETE's tree of Biopython's."""
    root = Tree()
    todo = [(clade, root)]
    while todo:
        source, node = todo.pop()
        if source.branch_length is not None:
            node.dist = source.branch_length
        label = labels.get(source.name or "", "")
        support = _support(label) if source.clades else None
        if support is None:
            node.name = label
        else:
            node.support = support
        todo.extend((child, node.add_child(Tree())) for child in source.clades)
    return root


def _support(label: str) -> float | None:
    try:
        support = float(label)
    except ValueError:
        return None
    return support if math.isfinite(support) else None


def _excerpt(text: str, place: int) -> str:
    return text[place : place + 20].strip() + ("…" if len(text) > place + 20 else "")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
