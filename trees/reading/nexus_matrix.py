"""The matrix of a NEXUS block, row by row: in one piece or interleaved, with declared sizes that may be wrong."""

import re
from collections.abc import Sequence

from catalogue.messages import Message, message
from trees.matrices import MISSING, Character, Matrix
from trees.reading.cells import cut_cells
from trees.reading.nexus_text import Block, settings_of, unquoted, words_of

_LABEL = re.compile(r"\s*('(?:[^']|'')*'|\"[^\"]*\"|\S+)\s*(.*)", re.DOTALL)
_NUMBERS = frozenset({"CONTINUOUS"})


def read_matrix(
    block: Block, labels: Sequence[str], ordered: set[int], mended: list[Message], lost: list[Message]
) -> Matrix | None:
    """The matrix of a block; None when it has no row that can be read, which `lost` then tells."""
    format_ = settings_of(block.text("FORMAT"))
    sizes = settings_of(block.text("DIMENSIONS") or block.text("DIMENSION"))
    if "TRANSPOSE" in format_:
        lost.append(message("The matrix has characters in its rows (TRANSPOSE); such a matrix is not read."))
        return None
    declared = int(sizes["NCHAR"]) if sizes.get("NCHAR", "").isdigit() else 0
    rows = _Rows(format_, declared, labels).read(block.text("MATRIX"))
    if not rows:
        lost.append(message("The block {block} has a matrix without a row.", block=block.name))
        return None
    width = _width(rows, declared, mended)
    taxa, cells = _evened(rows, width, mended)
    if sizes.get("NTAX", "").isdigit() and int(sizes["NTAX"]) != len(taxa):
        mended.append(message("NTAX says {said}; the matrix has {found} rows.", said=sizes["NTAX"], found=len(taxa)))
    return Matrix(
        taxa=tuple(taxa),
        cells=tuple(cells),
        characters=tuple(_characters(block, width, ordered)),
        title=unquoted(block.text("TITLE")),
        continuous=format_.get("DATATYPE", "").upper() in _NUMBERS,
    )


class _Rows:
    """The rows of a matrix by taxon, in their order."""

    def __init__(self, format_: dict[str, str], declared: int, labels: Sequence[str]) -> None:
        self.missing, self.gap = format_.get("MISSING", MISSING), format_.get("GAP", "-")
        self.match = format_.get("MATCHCHAR", "")
        self.by_words = format_.get("DATATYPE", "").upper() in _NUMBERS or "TOKENS" in format_
        self.interleaved = format_.get("INTERLEAVE", "NO").upper() not in {"NO", "FALSE"}
        self.unlabelled = "NOLABELS" in format_
        self.declared = declared
        self.labels = labels

    def read(self, text: str) -> dict[str, list[str]]:
        lines = [line for line in text.splitlines() if line.strip()]
        if self.unlabelled:
            return self._matched(dict(zip(self.labels, map(self._cut, lines), strict=False)))
        by_line = self._by_line(lines)
        sizes = {len(cells) for cells in by_line.values()}
        if len(sizes) == 1 or self.interleaved or not self.declared:
            return self._matched(by_line)
        by_count = self._by_count(text)
        wrong = sum(len(cells) != self.declared for cells in by_line.values())
        better = by_count is not None and sum(len(cells) != self.declared for cells in by_count.values()) < wrong
        return self._matched(by_count if better and by_count else by_line)

    def _by_line(self, lines: Sequence[str]) -> dict[str, list[str]]:
        """A label and cells on each line; the same label again continues its row."""
        rows: dict[str, list[str]] = {}
        for line in lines:
            match = _LABEL.fullmatch(line)
            assert match is not None
            rows.setdefault(unquoted(match[1]), []).extend(self._cut(match[2]))
        return rows

    def _by_count(self, text: str) -> dict[str, list[str]] | None:
        """A label, then as many cells as declared, over however many lines; None when it does not come out even."""
        rows: dict[str, list[str]] = {}
        label, cells = "", list[str]()
        for line in text.splitlines():
            if not line.strip():
                continue
            if not label or len(cells) >= self.declared:
                match = _LABEL.fullmatch(line)
                assert match is not None
                label, cells = unquoted(match[1]), self._cut(match[2])
                if label in rows:
                    return None
                rows[label] = cells
            else:
                cells.extend(self._cut(line))
        return rows

    def _cut(self, text: str) -> list[str]:
        if self.by_words:
            return [MISSING if word == self.missing else word for word in text.split()]
        return cut_cells(text, missing=self.missing, gap=self.gap)

    def _matched(self, rows: dict[str, list[str]]) -> dict[str, list[str]]:
        """Rows in which the sign for "as in the first row" is replaced."""
        if not self.match or not rows:
            return rows
        first = next(iter(rows.values()))
        return {
            name: [first[at] if cell == self.match and at < len(first) else cell for at, cell in enumerate(cells)]
            for name, cells in rows.items()
        }


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
        if number.isdigit():
            states[int(number)] = labels
    for text in _parts(block.text("CHARSTATELABELS")):
        words = words_of(text)
        if words and words[0].isdigit():
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


def _halves(text: str) -> tuple[str, str]:
    """What stands before and after a stroke that stands in no quotes."""
    match = re.match(r"((?:'(?:[^']|'')*'|[^/'])*)/?(.*)", text, re.DOTALL)
    return (match[1], match[2]) if match else (text, "")


def _parts(text: str) -> list[str]:
    """Parts between commas that stand in no quotes."""
    return re.findall(r"(?:'(?:[^']|'')*'|[^,'])+", text)
