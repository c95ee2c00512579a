"""Read TNT files: a matrix (``xread``), which characters are ordered (``ccode``), their names (``cnames``), and lists of trees (``tread``).

References
----------
Goloboff, P. A. and Catalano, S. A. 2016. TNT version 1.5, including a full implementation of phylogenetic morphometrics. Cladistics 32:
221-238. doi:10.1111/cla.12160
"""

import re
from collections.abc import Sequence

from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.matrices import MISSING, Character, Matrix
from trees.reading.cells import cut_cells
from trees.reading.newick import read_next
from trees.reading.outcomes import NamedTree, ReadFile
from trees.reading.tips import name_apart, named_by

_XREAD = re.compile(r"\bxread\s*(?:'[^']*'\s*)?(\d+)\s+(\d+)\s+(.*?);", re.DOTALL | re.IGNORECASE)
_CCODE = re.compile(r"\bccode\b(.*?);", re.DOTALL | re.IGNORECASE)
_TREAD = re.compile(r"\btread\s*(?:'[^']*')?(.*?)(?:;|$)", re.DOTALL | re.IGNORECASE)
_CNAMES = re.compile(r"\bcnames\b(.*?)\n\s*;", re.DOTALL | re.IGNORECASE)
_SECTION = re.compile(r"&\s*\[([^\]]*)\]")
_ACTIVE = re.compile(r"[+-]|\d+(?:\.(?:\d+)?)?|[\[\]()*/]")


def read_tnt(text: str) -> ReadFile:
    """Read a TNT file.

    Returns
    -------
    ReadFile
        With what was mended and lost.
    """
    mended: list[Message] = []
    lost: list[Message] = []
    matrices = [matrix for match in _XREAD.finditer(text) if (matrix := _matrix(match, text, mended, lost)) is not None]
    taxa = matrices[0].taxa if matrices else ()
    trees: list[NamedTree] = []
    found = 0
    for match in _TREAD.finditer(text):
        for written in filter(str.strip, match[1].split("*")):
            found += 1
            try:
                trees.append(_tree(written, taxa, f"{found}", mended))
            except TreeError as error:
                lost.append(message("Tree {number}: {why}", number=found, why=error.message))
    return ReadFile("TNT", found, tuple(trees), tuple(matrices), None, tuple(mended), tuple(lost))


def _matrix(match: re.Match[str], text: str, mended: list[Message], lost: list[Message]) -> Matrix | None:
    width, height = int(match[1]), int(match[2])
    rows: dict[str, list[str]] = {}
    kind = ""
    for line in match[3].splitlines():
        section = _SECTION.match(line.strip())
        if section:
            kind = section[1].lower()
        elif line.strip():
            label, _, written = line.strip().partition(" " if " " in line.strip().partition("\t")[0] else "\t")
            cells = written.split() if kind.startswith("cont") else cut_cells(written)
            rows.setdefault(label.replace("_", " "), []).extend(cells)
    if not rows:
        lost.append(message("xread announces {height} taxa, and no row follows.", height=height))
        return None
    for taxon, cells in rows.items():
        if len(cells) != width:
            mended.append(
                message(
                    "The row of {taxon} has {found} characters instead of {width}.",
                    taxon=taxon,
                    found=len(cells),
                    width=width,
                )
            )
    if len(rows) != height:
        mended.append(message("xread announces {said} taxa; {found} rows follow.", said=height, found=len(rows)))
    ordered, names = _ordered(text, width), _names(text)
    return Matrix(
        taxa=tuple(rows),
        cells=tuple(tuple((cells + [MISSING] * width)[:width]) for cells in rows.values()),
        characters=tuple(Character(*names.get(number, ("", {})), ordered=number in ordered) for number in range(width)),
    )


def _ordered(text: str, width: int) -> set[int]:
    """The characters behind a plus sign, from 0; ``3.7`` is a range."""
    ordered: set[int] = set()
    for match in _CCODE.finditer(text):
        plus: bool | None = None
        for sign in _ACTIVE.findall(match[1]):
            if sign in "+-":
                plus = sign == "+"
            elif sign[0].isdigit() and plus is not None:
                first, point, last = sign.partition(".")
                numbers = set(range(int(first), (int(last) if last else width - 1 if point else int(first)) + 1))
                ordered = ordered | numbers if plus else ordered - numbers
    return ordered


def _names(text: str) -> dict[int, tuple[str, dict[str, str]]]:
    """``{3 name state0 state1;`` as names and words for states."""
    found: dict[int, tuple[str, dict[str, str]]] = {}
    block = _CNAMES.search(text)
    for number, words in re.findall(r"\{\s*(\d+)\s+([^;]*);", block[1] if block else ""):
        name, *states = [word.replace("_", " ") for word in words.split()] or [""]
        found[int(number)] = name, {str(at): word for at, word in enumerate(states)}
    return found


def _tree(written: str, taxa: Sequence[str], name: str, mended: list[Message]) -> NamedTree:
    """TNT parts branches by blanks, and numbers the taxa from 0."""
    pieces = re.findall(r"[()]|[^\s(),]+", written.replace("=", ":"))
    newick = ""
    for piece in pieces:
        if newick and piece != ")" and newick[-1] != "(" and not piece.startswith(":"):
            newick += ","
        newick += piece
    read = read_next(newick)
    named_by(read.tree, {str(number): taxon for number, taxon in enumerate(taxa)})
    mended += name_apart(read.tree, name)
    return NamedTree(name, read.tree, None, read.has_lengths)
