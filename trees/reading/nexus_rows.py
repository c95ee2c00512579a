"""The rows of a NEXUS matrix by taxon, whatever the lines do: interleaved, wrapped, a name on a line of its own, blanks in names, the same name
twice, a semicolon that is missing.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from catalogue.messages import Message, message
from trees.matrices import INAPPLICABLE, MISSING
from trees.reading.cells import CELL, cut_cells
from trees.reading.nexus_text import unquoted

LABEL = re.compile(r"\s*('(?:[^']|'')*'|\"[^\"]*\"|\S+)\s*(.*)", re.DOTALL)
_WORDS = re.compile(r"\{[^}]*\}|\([^)]*\)|'(?:[^']|'')*'|\S+")
_EQUATE = re.compile(r"(\S)\s*=\s*(\([^)]*\)|\{[^}]*\}|\S)")
_NUMBERS = frozenset({"CONTINUOUS"})
_NUCLEOTIDES = frozenset({"DNA", "RNA", "NUCLEOTIDE"})
_ANY_OF = {
    "R": "AG",
    "Y": "CT",
    "M": "AC",
    "K": "GT",
    "S": "CG",
    "W": "AT",
    "H": "ACT",
    "B": "CGT",
    "V": "ACG",
    "D": "AGT",
}
"""IUPAC codes for several nucleotides."""


class Rows:
    """Reads the rows of a matrix, in their order, and says in `mended` what was odd about them."""

    def __init__(
        self, format_: Mapping[str, str], declared: int, height: int, labels: Sequence[str], mended: list[Message]
    ) -> None:
        kind = format_.get("DATATYPE", "").upper()
        self.missing, self.gap = format_.get("MISSING", MISSING), format_.get("GAP", INAPPLICABLE)
        self.match = format_.get("MATCHCHAR", "")
        self.by_words = kind in _NUMBERS or "TOKENS" in format_
        self.interleaved = format_.get("INTERLEAVE", "NO").upper() not in {"NO", "FALSE"}
        self.unlabelled = "NOLABELS" in format_
        self.nucleotides = kind in _NUCLEOTIDES
        self.tells_case = "RESPECTCASE" in format_
        self.items = [item.upper() for item in format_.get("ITEMS", "").strip("()").split()]
        self.equal = self._equates(format_.get("EQUATE", ""))
        self.declared, self.height, self.labels, self.mended = declared, height, labels, mended

    def read(self, text: str) -> dict[str, list[str]]:
        """The cells of each taxon."""
        lines = self._without_end([line for line in text.splitlines() if line.strip()])
        if self.unlabelled:
            return self._matched(dict(zip(self.labels, map(self._cut, lines), strict=False)))
        by_line, told = self._by_line(lines)
        if not self.interleaved and self.declared and self._wrong(by_line):
            by_count = self._by_count("\n".join(lines))
            if by_count and len(by_count) == (self._announced or len(by_count)):
                return self._matched(by_count)
            by_line = self._with_blanks_in_names(by_line)
        self.mended += told
        return self._matched(by_line)

    def _wrong(self, rows: Mapping[str, Sequence[str]]) -> bool:
        return any(len(cells) != self.declared for cells in rows.values())

    def _without_end(self, lines: list[str]) -> list[str]:
        if lines and lines[-1].strip().lower() in {"end", "endblock"}:
            self.mended.append(
                message("The matrix has no semicolon behind its last row; it ends at the end of the block.")
            )
            return lines[:-1]
        return lines

    def _by_line(self, lines: Sequence[str]) -> tuple[dict[str, list[str]], list[Message]]:
        """A label and cells on each line; the same label again continues its row, unless that is full already."""
        rows: dict[str, list[str]] = {}
        told: list[Message] = []
        for line in lines:
            label, cells = self._parted(line)
            full = label in rows and 0 < self.declared <= len(rows[label]) and not self.interleaved
            if full and len(cells) == self.declared:
                told.append(
                    message("The matrix has more than one row of {taxon}; the others got a number.", taxon=label)
                )
                label = next(one for n in range(2, len(rows) + 3) if (one := f"{label} ({n})") not in rows)
            rows.setdefault(label, []).extend(cells)
        return rows, told

    @property
    def _announced(self) -> int:
        """How many rows there should be; 0 when nothing says so."""
        return self.height or len(self.labels)

    def _by_count(self, text: str) -> dict[str, list[str]] | None:
        """A label, then as many cells as declared, however the lines run; None when that does not come out even.

        Where nothing says how many rows there are, each begins a line or no cell is a letter, or `Homo sapiens 010` would be two rows.
        """
        rows: dict[str, list[str]] = {}
        place, pattern, each_begins_a_line = 0, _WORDS if self.by_words else CELL, True
        while match := LABEL.match(text, place):
            label, place = unquoted(match[1]), match.end(1)
            written = list(islice(pattern.finditer(text, place), self.declared))
            each_begins_a_line &= not text[text.rfind("\n", 0, match.start(1)) + 1 : match.start(1)].strip()
            if label in rows or len(written) < self.declared:
                return None
            place = written[-1].end()
            rows[label] = self._cut(text[match.end(1) : place])
        spelled = any(cell.isalpha() for cells in rows.values() for cell in cells)
        return None if spelled and not (self._announced or each_begins_a_line) else rows

    def _with_blanks_in_names(self, rows: dict[str, list[str]]) -> dict[str, list[str]]:
        """``Homo sapiens 0101`` without quotes: words of letters move to the name where the cells then come out even."""
        found: dict[str, list[str]] = {}
        for label, cells in rows.items():
            letters = next((at for at, cell in enumerate(cells) if not cell.isalpha() and cell not in ".-"), len(cells))
            over = len(cells) - self.declared
            if 0 < over <= letters:
                name = f"{label} {''.join(cells[:over])}"
                self.mended.append(
                    message("The name “{name}” has a blank and no quotes; it was read as one.", name=name)
                )
                label, cells = name, cells[over:]
            found[label] = cells
        return found if len(found) == len(rows) else rows

    def _parted(self, line: str) -> tuple[str, list[str]]:
        match = LABEL.fullmatch(line)
        assert match is not None
        return unquoted(match[1]), self._cut(match[2])

    def _equates(self, written: str) -> dict[str, str]:
        cells = {"N": MISSING, "X": MISSING, "U": "T"} if self.nucleotides else {}
        if self.nucleotides:
            cells |= {sign: f"{{{some}}}" for sign, some in _ANY_OF.items()}
        for sign, same in _EQUATE.findall(written):
            cells[sign] = cut_cells(same, missing=self.missing, gap=self.gap)[0]
        return cells if self.tells_case else {sign.swapcase(): same for sign, same in cells.items()} | cells

    def _cut(self, text: str) -> list[str]:
        if self.by_words:
            signs = {self.missing: MISSING, self.gap: INAPPLICABLE}
            words = [signs.get(word, unquoted(word)) for word in _WORDS.findall(text)]
            return [self._measurement(word) for word in words] if self.items else words
        cells = cut_cells(text.upper() if self.nucleotides else text, missing=self.missing, gap=self.gap)
        return [self.equal.get(cell, cell) for cell in cells] if self.equal else cells

    def _measurement(self, word: str) -> str:
        """Of the several ``ITEMS`` of a cell, least and greatest as a range, or else the first."""
        items = dict(zip(self.items, word.strip("()").split(), strict=False))
        if {"MIN", "MAX"} <= items.keys():
            return f"{items['MIN']}-{items['MAX']}"
        return next(iter(items.values()), word)

    def _matched(self, rows: dict[str, list[str]]) -> dict[str, list[str]]:
        """Rows in which the sign for "as in the first row" is replaced."""
        if not self.match or not rows:
            return rows
        first = next(iter(rows.values()))
        return {
            name: [first[at] if cell == self.match and at < len(first) else cell for at, cell in enumerate(cells)]
            for name, cells in rows.items()
        }
