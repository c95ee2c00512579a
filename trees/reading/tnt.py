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

_XREAD = re.compile(
    r"\bxread\s*(?:'.*?'(?=\s*\d+\s+\d+\s)\s*)?(\d{1,9})\s+(\d{1,9})\s+(.*?)(?:;|\Z)", re.DOTALL | re.IGNORECASE
)
_CCODE = re.compile(r"\bcc(?:ode)?\b(.*?);", re.DOTALL | re.IGNORECASE)
_TREAD = re.compile(r"\btread\s*(?:'[^']*')?(.*?)(?:;|\Z)", re.DOTALL | re.IGNORECASE)
_CNAMES = re.compile(r"\bcn(?:ames)?\b((?:\s*\{[^;]*;)+)", re.IGNORECASE)
_SECTION = re.compile(r"&\s*\[([^\]]*)\]")
_ACTIVE = re.compile(r"/\s*\d*|[+-]|\d{1,9}(?:\.(?:\d{1,9})?)?|[\[\]()*]")
_CONTINUED = re.compile(r"(?:[0-9?-]|\[[^\]]*\])+|(?:\s*(?:[0-9?-]|\[[^\]]*\])(?=\s|$))+")
_TAG = re.compile(r"=\s*([^\s(),;]+)")


def read_tnt(text: str) -> ReadFile:
    """Read a TNT file.

    Returns
    -------
    ReadFile
        With what was mended and lost. Measurements (``&[cont]``) are a matrix of their own.

    Raises
    ------
    TreeError
        When there is neither a tree nor a matrix.
    """
    mended: list[Message] = []
    lost: list[Message] = []
    commands = _XREAD.sub(" ", text)
    matrices = [matrix for match in _XREAD.finditer(text) for matrix in _matrices(match, commands, mended, lost)]
    taxa = matrices[0].taxa if matrices else ()
    trees: list[NamedTree] = []
    found = 0
    for match in _TREAD.finditer(commands):
        for written in filter(str.strip, match[1].split("*")):
            found += 1
            try:
                trees.append(_tree(written, taxa, f"{found}", mended))
            except TreeError as error:
                lost.append(message("Tree {number}: {why}", number=found, why=error.message))
    if not (found or matrices or lost):
        raise TreeError(
            message(
                "There is neither a matrix (xread, with the numbers of characters and taxa) nor a tree (tread) in this TNT file."
            )
        )
    return ReadFile("TNT", found, tuple(trees), tuple(matrices), None, tuple(mended), tuple(lost))


def _matrices(match: re.Match[str], commands: str, mended: list[Message], lost: list[Message]) -> list[Matrix]:
    """The measurements and the other characters of an ``xread``, whichever there are."""
    width, height = int(match[1]), int(match[2])
    measured, coded = _rows(match[3], width)
    taxa = tuple(dict.fromkeys([*measured, *coded]))
    if not taxa:
        lost.append(message("xread announces {height} taxa, and no row follows.", height=height))
        return []
    sizes = {taxon: len(measured.get(taxon, ())) + len(coded.get(taxon, ())) for taxon in taxa}
    if width not in sizes.values():
        longest = max(sizes.values())
        mended.append(message("xread announces {said} characters; the rows have {found}.", said=width, found=longest))
        width = longest
    for taxon in taxa:
        count = sizes[taxon]
        if count != width:
            mended.append(
                message(
                    "The row of {taxon} has {found} characters instead of {width}.",
                    taxon=taxon,
                    found=count,
                    width=width,
                )
            )
    if len(taxa) != height:
        mended.append(message("xread announces {said} taxa; {found} rows follow.", said=height, found=len(taxa)))
    first = min(width, max(map(len, measured.values()), default=0))
    ordered, names = _ordered(commands, width), _names(commands)
    characters = [Character(*names.get(number, ("", {})), ordered=number in ordered) for number in range(width)]
    return [
        Matrix(
            taxa=taxa,
            cells=tuple(tuple((rows.get(taxon, []) + [MISSING] * size)[:size]) for taxon in taxa),
            characters=tuple(some),
            continuous=rows is measured,
        )
        for rows, some in ((measured, characters[:first]), (coded, characters[first:]))
        for size in [len(some)]
        if size
    ]


def _rows(text: str, width: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Measurements and codes by taxon. A line of codes alone goes on with the row above it, while that is too short."""
    measured: dict[str, list[str]] = {}
    coded: dict[str, list[str]] = {}
    rows, label = coded, ""
    for line in map(str.strip, text.splitlines()):
        section = _SECTION.match(line)
        if section:
            rows, label = (measured if section[1].lower().startswith("cont") else coded), ""
            line = line[section.end() :].strip()
        if not line or line == "&":  # before each part of an interleaved matrix
            continue
        if rows is coded and label and len(coded[label]) < width and _CONTINUED.fullmatch(line):
            coded[label].extend(cut_cells(line))
            continue
        written, *rest = line.split(maxsplit=1)
        label = written.replace("_", " ")
        cells = rest[0] if rest else ""
        rows.setdefault(label, []).extend(cells.split() if rows is measured else cut_cells(cells))
    return measured, coded


def _ordered(text: str, width: int) -> set[int]:
    """The characters behind a plus sign, from 0; ``3.7`` is a range."""
    ordered: set[int] = set()
    for match in _CCODE.finditer(text):
        plus: bool | None = None
        for sign in _ACTIVE.findall(match[1]):
            if sign in "+-":
                plus = sign == "+"
            elif sign[0] == "/":
                continue  # a weight
            elif sign[0].isdigit() and plus is not None:
                first, point, last = sign.partition(".")
                numbers = set(
                    range(int(first), min(width, (int(last) if last else width - 1 if point else int(first)) + 1))
                )
                ordered = ordered | numbers if plus else ordered - numbers
    return ordered


def _names(text: str) -> dict[int, tuple[str, dict[str, str]]]:
    """``{3 name state0 state1;`` as names and words for states."""
    found: dict[int, tuple[str, dict[str, str]]] = {}
    block = _CNAMES.search(text)
    for number, words in re.findall(r"\{\s*(\d{1,9})\s+([^;]*);", block[1] if block else ""):
        name, *states = [word.replace("_", " ") for word in words.split()] or [""]
        found[int(number)] = name, {str(at): word for at, word in enumerate(states)}
    return found


def _tree(written: str, taxa: Sequence[str], name: str, mended: list[Message]) -> NamedTree:
    """TNT parts branches by blanks, and numbers the taxa from 0. What follows ``=`` are lengths where tips have it, else support."""
    lengths = bool(re.search(r"[^\s()=]\s*=", written))
    pieces = re.findall(r"[()]|[^\s(),]+", _TAG.sub(r":\1" if lengths else r"=\1", written))
    newick = ""
    for piece in pieces:
        if piece.startswith("="):
            newick += f"'{piece[1:]}'"
            continue
        if newick and piece != ")" and newick[-1] != "(" and not piece.startswith(":"):
            newick += ","
        newick += piece
    read = read_next(newick)
    named_by(read.tree, {str(number): taxon for number, taxon in enumerate(taxa)})
    mended += name_apart(read.tree, name)
    return NamedTree(name, read.tree, None, read.has_lengths)
