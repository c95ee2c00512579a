"""Letters that were read wrongly before a file was saved: “LÃ¼” for “Lü”, “绂勪赴” for “禄丰”.

A spreadsheet does so to a CSV that does not say how it is encoded, where it takes UTF-8 for the encoding of its system, and a workbook
saved then holds the wrong letters as if they were right.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalogue.exchange.reading.tables import Table
from catalogue.messages import message

_LOOKED_AT = 2_000
"""Rows; a spreadsheet reads all of a file in one way."""
_EUROPEAN = re.compile(r"[\u00a0-\u017f\u2010-\u201f\u3001-\u9fff\uff01-\uff5e]+")
_CHINESE = re.compile(r"[\u3001-\u9fff\uff01-\uff5e]{2,}")
"""What letters beyond ASCII are where a text was UTF-8: pairs of Chinese characters seldom make more of it by chance."""
_BYTES_OF_WINDOWS = {
    ord(letter): byte for byte in range(0x80, 0xA0) if (letter := bytes([byte]).decode("cp1252", errors="ignore"))
}


def told(table: Table) -> Table:
    """The table, with a note where letters of its first rows were read wrongly before it was saved."""
    garbled = next(((text, meant) for text in _odd_cells(table) if (meant := meant_by(text))), None)
    if garbled is None:
        return table
    note = message(
        "Letters were read in a wrong encoding before this file was saved: “{garbled}” looks like “{meant}”. Open the CSV that it was made of once more, as UTF-8, or export a workbook.",
        garbled=garbled[0][:60],
        meant=garbled[1][:60],
    )
    return replace(table, notes=(*table.notes, note))


def _odd_cells(table: Table) -> Iterator[str]:
    for row in table.rows[:_LOOKED_AT]:
        for cell in row.cells.values():
            if not cell.isascii():
                yield cell


def meant_by(text: str) -> str:
    """What a text was before its UTF-8 was read in another encoding; blank where it was not.

    >>> meant_by("LÃ¼ et al."), meant_by("绂勪赴"), meant_by("Lü"), meant_by("禄丰")
    ('Lü et al.', '禄丰', '', '')
    """
    for written, letters in ((_in_windows, _EUROPEAN), (_in_chinese_windows, _CHINESE)):
        try:
            meant = written(text).decode("utf-8")
        except UnicodeError:
            continue
        if letters.fullmatch("".join(letter for letter in meant if letter > "\x7f")):
            return meant
    return ""


def _in_windows(text: str) -> bytes:
    """Windows-1252, with the few bytes that it does not use as programs take them all the same."""
    return text.translate(_BYTES_OF_WINDOWS).encode("latin-1")


def _in_chinese_windows(text: str) -> bytes:
    return text.encode("gb18030")
