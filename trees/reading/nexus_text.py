"""A NEXUS file as blocks of commands: comments gone, quotes understood, what is open at the end closed.

References
----------
Maddison, D. R., Swofford, D. L. and Maddison, W. P. 1997. NEXUS: an extensible file format for systematic information. Systematic
Biology 46: 590-621. doi:10.1093/sysbio/46.4.590
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

COMMENT = r"\[(?:[^\[\]]++|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+\]|\[[^\]]*\]"
"""A comment, with comments within it; where those do not come out even, up to the first bracket that closes."""
_PIECE = re.compile(COMMENT + r"|;|'[^']*+(?:''[^']*+)*+'|\"[^\"\n]*\"|[^\[;'\"]+|.", re.DOTALL)
_OPEN = re.compile(r"\[+")
_BEGIN = re.compile(r"begin\s+([\w.]+)", re.IGNORECASE)
_SIGN = re.compile(r"(?:\s|" + COMMENT + r")*#NEXUS[^\S\n]*", re.IGNORECASE)
_WORD = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|[^\s=,;/'\"]+|[=,/]|['\"]")
_STATES = re.compile(r"\[\d(?:[ ,/]?\d)+\]")
_MAY_OPEN_A_QUOTE = frozenset(" \t\r\n,=/()[]{};:")


@dataclass(frozen=True)
class Command:
    """A command of a block.

    Parameters
    ----------
    name : str
        Its first word, in capitals.
    text : str
        All behind that word, without comments unless they are annotations of trees.
    line : int
        The line on which it begins, from 1.
    place : int
        The place in the file at which it begins.
    """

    name: str
    text: str
    line: int
    place: int = 0


@dataclass(frozen=True)
class Block:
    """A block: its name in capitals, and its commands."""

    name: str
    commands: list[Command] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        """The texts of all commands of a name."""
        return [command.text for command in self.commands if command.name == name]

    def text(self, name: str) -> str:
        """The text of the first command of a name; blank where there is none."""
        return next(iter(self.texts(name)), "")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a NEXUS file; commands before the first block are left out."""
    blocks: list[Block] = []
    for written, line, place in _commands(text):
        begin = _BEGIN.match(written)
        name = re.split(r"[\s=]", written, maxsplit=1)[0].upper()
        if begin:
            blocks.append(Block(begin[1].upper()))
        elif name not in {"END", "ENDBLOCK"} and blocks:
            blocks[-1].commands.append(Command(name, written[len(name) :].strip(), line, place))
    return blocks


def _commands(text: str) -> Iterator[tuple[str, int, int]]:
    """The commands, and the lines and places at which they begin. An apostrophe within a word opens no quotation."""
    pieces: list[str] = []
    sign = _SIGN.match(text)
    place = sign.end() if sign else 0
    last = text.rfind("]")
    line = started = text.count("\n", 0, place) + 1
    begun = place
    while place < len(text):
        # What nothing closes is taken at once; looking for its end each time would take hours.
        match = (_OPEN if place > last and text[place] == "[" else _PIECE).match(text, place)
        assert match is not None
        piece = match.group()
        if piece[0] == "'" and not _opens_a_quote(text, place):
            piece = "'"
        place += len(piece)
        if piece == ";":
            yield "".join(pieces).strip(), started, begun
            pieces = []
        elif piece[0] != "[" or piece.startswith("[&") or _is_a_cell(pieces, piece):
            if not pieces:
                begun = place - len(piece.lstrip())
                piece, line, started = _from_first_word(piece, line)
            pieces.append(piece)
        line += piece.count("\n")
    if "".join(pieces).strip():
        yield "".join(pieces).strip(), started, begun


def _opens_a_quote(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in _MAY_OPEN_A_QUOTE


def _is_a_cell(pieces: list[str], piece: str) -> bool:
    """Whether brackets in a matrix are no comment but several states: digits alone, right behind another cell."""
    return (
        bool(_STATES.fullmatch(piece))
        and bool(pieces)
        and pieces[0][:6].upper() == "MATRIX"
        and not pieces[-1][-1:].isspace()
    )


def _from_first_word(piece: str, line: int) -> tuple[str, int, int]:
    stripped = piece.lstrip()
    line += piece[: len(piece) - len(stripped)].count("\n")
    return stripped, line, line


def words_of(text: str) -> list[str]:
    """The words of a command, quotation marks taken away; ``=``, ``,`` and ``/`` are words of their own."""
    return [unquoted(word) for word in _WORD.findall(text)]


def unquoted(word: str) -> str:
    """A word without its quotation marks; underscores outside of them are blanks."""
    if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"":
        return " ".join(word[1:-1].replace(word[0] * 2, word[0]).replace("_", " ").split())
    return word.replace("_", " ").strip()


def settings_of(text: str) -> dict[str, str]:
    """``NTAX = 80 SYMBOLS=" 0 1" INTERLEAVE`` as names in capitals and values; a name alone has ``YES``."""
    found: dict[str, str] = {}
    for match in re.finditer(r'(\w+)(?:\s*=\s*("[^"]*"|\'[^\']*\'|\([^)]*\)|[^\s;]+))?', text):
        found[match[1].upper()] = match[2].strip("\"'") if match[2] else "YES"
    return found


def announced(written: str) -> int:
    """A size as it is announced; 0 where there is none, or one that no file has."""
    return int(written) if written.isdecimal() and len(written) < 8 else 0
