"""Tables of text: the delimiter and the line of headings are found, and traps of real files are stepped over.

Those traps, each met in files that people shared: a preamble of any length before the headings (Paleobiology Database), the same file
saved again by Excel and padded with commas, quotation marks that quote nothing (GBIF), and what Excel says of its own delimiter.
"""

import re
from dataclasses import replace

from catalogue.exchange.reading import encodings
from catalogue.exchange.reading.lines import Layout, OpenQuote, is_even, lines, records
from catalogue.exchange.reading.sources import Content, Opened, opener, size
from catalogue.exchange.reading.tables import Table, UnreadableFile, rows_below
from catalogue.messages import message

DELIMITERS = (",", ";", "\t", "|")

_PREAMBLE = "data provider"
_HEADINGS_FOLLOW = "records:"
_UNQUOTED = "gbifID"
"""The first heading of GBIF's tables, in which quotation marks stand for themselves."""


def read_text(content: Content, *, encoding: str = "", delimiter: str = "") -> Table:
    """Read a table of text.

    Parameters
    ----------
    content : Content
        Cells parted by comma, semicolon, tab or bar.
    encoding, delimiter : str
        What a person says; found out where blank.

    Raises
    ------
    UnreadableFile
        When it is empty, no text, or its headings cannot be found.
    """
    name, guessed = (encodings.chosen(content, encoding), False) if encoding else encodings.found(content)
    opened = opener(content)
    if all(line.isspace() for line in lines(opened, name)):
        raise UnreadableFile(message("The file is empty: it has {count} bytes and no text.", count=size(content)))
    layout = _layout(opened, name, delimiter)
    try:
        grid = rows_below(lambda: records(opened, layout))
    except OpenQuote:
        layout = replace(layout, quote="")
        if layout.delimiter != "\t" or not is_even(opened, layout):
            raise
        grid = rows_below(lambda: records(opened, layout))
    return Table(name, guessed, layout.delimiter, grid.headings, grid.rows, notes=grid.notes)


def _layout(opened: Opened, name: str, delimiter: str) -> Layout:
    """Where the headings stand and what parts the cells."""
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n '):
        raise UnreadableFile(message("“{delimiter}” cannot part cells.", delimiter=delimiter[:10]))
    start, first = next((number, line) for number, line in enumerate(lines(opened, name)) if not line.isspace())
    declared = re.match(r"^sep=(.)$", first.strip())
    if declared and declared[1] in DELIMITERS:
        return Layout(name, start + 1, delimiter or declared[1])
    if _first_cell(first) == _PREAMBLE:
        start, first = _below_preamble(opened, name)
    parted = delimiter or max(DELIMITERS, key=re.sub(r'"[^"]*"', "", first).count)
    return Layout(name, start, parted, quote="" if parted == "\t" and first.startswith(_UNQUOTED) else '"')


def _below_preamble(opened: Opened, name: str) -> tuple[int, str]:
    going = enumerate(lines(opened, name))
    for _, line in going:
        if _first_cell(line) == _HEADINGS_FOLLOW:
            number, headings = next(going, (0, ""))
            if headings:
                return number, headings
    raise UnreadableFile(
        message(
            "The file begins as a Paleobiology Database download, but has no line “Records:” with headings after it. Was it cut off?"
        )
    )


def _first_cell(line: str) -> str:
    return re.split(r"[,;\t|]", line[:200].strip())[0].strip('" ').casefold()
