"""The matrix of a NEXUS block, row by row: in one piece or interleaved, with declared sizes that may be wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalogue.messages import Message, message
from trees.matrices import INAPPLICABLE, MISSING, Character, Matrix
from trees.reading.nexus_rows import Rows
from trees.reading.nexus_text import Block, announced, settings_of, unquoted, words_of

_NUMBERS = frozenset({"CONTINUOUS"})
_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def read_matrix(
    block: Block, labels: Sequence[str], ordered: set[int], mended: list[Message], lost: list[Message]
) -> Matrix | None:
    """The matrix of a block; None when it has no row that can be read, which `lost` then tells."""
    format_ = settings_of(block.text("FORMAT"))
    sizes = settings_of(block.text("DIMENSIONS") or block.text("DIMENSION"))
    if "TRANSPOSE" in format_:
        lost.append(message("The matrix has characters in its rows (TRANSPOSE); such a matrix is not read."))
        return None
    declared = announced(sizes.get("NCHAR", ""))
    height = announced(sizes.get("NTAX", ""))
    own_labels = words_of(block.text("TAXLABELS")) or labels
    rows = Rows(format_, declared, height, own_labels, mended).read(block.text("MATRIX"))
    if not rows:
        lost.append(message("The block {block} has a matrix without a row.", block=block.name))
        return None
    width = _width(rows, declared, mended)
    taxa, cells = _evened(rows, width, mended)
    if height not in {0, len(taxa)}:
        mended.append(message("NTAX says {said}; the matrix has {found} rows.", said=height, found=len(taxa)))
    mended += _without_rows(own_labels, taxa)
    if block.text("ELIMINATE"):
        mended.append(message("ELIMINATE sets characters aside; they were read with the others."))
    characters = _characters(block, width, ordered)
    if "TOKENS" in format_:
        characters, cells = _words_as_symbols(characters, cells)
    return Matrix(
        taxa=tuple(taxa),
        cells=tuple(cells),
        characters=tuple(characters),
        title=unquoted(block.text("TITLE")),
        continuous=format_.get("DATATYPE", "").upper() in _NUMBERS,
    )


def _without_rows(labels: Sequence[str], taxa: Sequence[str]) -> Iterator[Message]:
    """Taxa that TAXLABELS announces and the matrix does not have."""
    there = {taxon.casefold() for taxon in taxa}
    without = [label for label in labels if label.casefold() not in there]
    if without and len(without) < len(labels):
        yield message(
            "TAXLABELS names taxa that have no row in the matrix: {taxa}.",
            taxa=", ".join(without[:10]) + (" …" if len(without) > 10 else ""),
        )


def _width(rows: dict[str, list[str]], declared: int, mended: list[Message]) -> int:
    """How many characters there are: as declared, unless all rows agree on another number or none has the declared one."""
    sizes = [len(cells) for cells in rows.values()]
    usual = max(set(sizes), key=lambda size: (sizes.count(size), size))
    if declared in {0, usual}:
        return usual
    if declared not in sizes or sizes.count(usual) > len(sizes) / 2:
        mended.append(message("NCHAR says {said}; the rows have {found} characters.", said=declared, found=usual))
        return usual
    return declared


def _evened(rows: dict[str, list[str]], width: int, mended: list[Message]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Rows of one length; what is too short or too long is named by its taxon."""
    for taxon, cells in rows.items():
        if len(cells) < width:
            mended.append(
                message(
                    "The row of {taxon} has {found} of {width} characters; the rest is taken as not known.",
                    taxon=taxon,
                    found=len(cells),
                    width=width,
                )
            )
        elif len(cells) > width:
            mended.append(
                message(
                    "The row of {taxon} has {found} characters instead of {width}; the last ones are left out.",
                    taxon=taxon,
                    found=len(cells),
                    width=width,
                )
            )
    return list(rows), [tuple((cells + [MISSING] * width)[:width]) for cells in rows.values()]


def _characters(block: Block, width: int, ordered: set[int]) -> list[Character]:
    names = dict(enumerate(words_of(block.text("CHARLABELS")), 1))
    states: dict[int, list[str]] = {}
    for text in _parts(block.text("STATELABELS")):
        number, *labels = words_of(text) or [""]
        if announced(number):
            states[int(number)] = labels
    for text in _parts(block.text("CHARSTATELABELS")):
        words = words_of(text)
        if words and announced(words[0]):
            # A stroke in quotes ("pterygoid/basisphenoid") is part of the name; words_of keeps it in its word.
            stroke = words.index("/") if "/" in words else len(words)
            names[int(words[0])] = " ".join(words[1:stroke])
            states[int(words[0])] = words[stroke + 1 :]
    symbols = "".join(settings_of(block.text("FORMAT")).get("SYMBOLS", "0123456789").split())
    return [
        Character(
            names.get(number, "").strip(),
            dict(zip(symbols, states.get(number, ()), strict=False)),
            number in ordered or 0 in ordered,
        )
        for number in range(1, width + 1)
    ]


def _words_as_symbols(
    characters: Sequence[Character], cells: Sequence[tuple[str, ...]]
) -> tuple[list[Character], list[tuple[str, ...]]]:
    """A matrix written in words (``TOKENS``) as one of symbols; words that no list of states has get the next free symbol."""
    known = [{word.lower(): symbol for symbol, word in character.states.items()} for character in characters]

    def symbol(column: int, word: str) -> str:
        words = known[column]
        return words.setdefault(word.lower(), next(sign for sign in _SYMBOLS * 2 if sign not in words.values()))

    def cell(column: int, written: str) -> str:
        if written in {MISSING, INAPPLICABLE}:
            return written
        inside = "".join(symbol(column, word) for word in words_of(written.strip("{}()")) if word != ",")
        return inside if len(inside) == 1 else f"{written[0]}{inside}{written[-1]}" if inside else MISSING

    changed = [tuple(cell(column, written) for column, written in enumerate(row)) for row in cells]
    told = [
        replace(one, states={sign: one.states.get(sign, word) for word, sign in words.items()})
        for one, words in zip(characters, known, strict=True)
    ]
    return told, changed


def _parts(text: str) -> list[str]:
    """Parts between commas that stand in no quotes."""
    return re.findall(r"(?:'(?:[^']|'')*'|[^,'])+", text)
