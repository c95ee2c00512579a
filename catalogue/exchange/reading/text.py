"""Tables of text: the delimiter and the line of headings are found, and traps of real files are stepped over.

Those traps, each met in files that people shared: a preamble of any length before the headings (Paleobiology Database), the same file
saved again by Excel and padded with commas, quotation marks that quote nothing (GBIF), and what Excel says of its own delimiter.
"""

import csv
import re
from dataclasses import replace
from itertools import islice
from statistics import median_high

from catalogue.exchange.reading import encodings
from catalogue.exchange.reading.heading_rows import LOOKED_AT
from catalogue.exchange.reading.json_lists import records_of
from catalogue.exchange.reading.lines import Layout, OpenQuote, is_even, lines, records
from catalogue.exchange.reading.paleobiology_names import in_full, is_short
from catalogue.exchange.reading.sources import Content, Opened, opener, pieces, size
from catalogue.exchange.reading.tables import Grid, Table, UnreadableFile, rows_below
from catalogue.messages import Message, message

DELIMITERS = (",", ";", "\t", "|")

_PREAMBLE = "data provider"
_HEADINGS_FOLLOW = "records:"
_COUNT = "records returned"
_LONGEST_PREAMBLE = 200
"""Lines before the headings in which the number of records is looked for; 15 to 22 were seen."""
_UNQUOTED = "gbifID"
"""The first heading of GBIF's tables, in which quotation marks stand for themselves."""

_FEWEST_COLUMNS = 4
"""Columns of a table above which a title is looked for; in a narrower one it is not told from headings."""


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
    if {"oid", "typ"} & set(grid.headings) and len(grid.rows) and is_short(grid.rows[0].cells):
        grid = _in_full(grid)
    if grid.ends_short and _has_no_last_end(content):
        raise UnreadableFile(
            message(
                "The last row breaks off: all others have {count} cells, and it ends before, without an end of line. Was the file cut off? Get it once more; if the row is right, put an end of line behind it.",
                count=len(grid.headings),
            )
        )
    notes = (*grid.notes, *_other_count(opened, name, len(grid.rows)))
    return Table(name, guessed, layout.delimiter, grid.headings, grid.rows, notes=notes, blank=grid.blank)


def _has_no_last_end(content: Content) -> bool:
    last = b""
    for piece in pieces(content):
        last = piece or last
    return not {*b"\r\n"} & {*last[-2:]}


def _other_count(opened: Opened, name: str, count: int) -> list[Message]:
    """What to say when the lines before the headings tell of another number of records than were read."""
    for number, line in enumerate(islice(lines(opened, name), _LONGEST_PREAMBLE)):
        cells = [cell.strip('" \r\n') for cell in re.split(r"[,;\t|]", line[:200])]
        if (number == 0 and cells[0].casefold() != _PREAMBLE) or cells[0].casefold() == _HEADINGS_FOLLOW:
            break
        if cells[0].casefold() == _COUNT and cells[1:2] and cells[1].isdecimal() and int(cells[1]) != count:
            return [
                message(
                    "The file says that it holds {told} records; rows read: {count}. Was it cut off, or were rows taken out?",
                    told=int(cells[1]),
                    count=count,
                )
            ]
    return []


def _in_full(grid: Grid) -> Grid:
    """A table of the Paleobiology Database under its long names; it is kept in memory, for it is seldom a large one."""
    spool = records_of(in_full([row.cells for row in grid.rows]))
    return replace(rows_below(spool.__iter__), notes=grid.notes)


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
    first_lines = list(islice(lines(opened, name), start, start + LOOKED_AT))
    parted = delimiter or max(DELIMITERS, key=_without_quoted(first).count)
    if not delimiter and parted not in first:
        parted = max(DELIMITERS, key=_without_quoted("".join(first_lines)).count)
    start += _lines_of_title(first_lines, parted)
    return Layout(name, start, parted, quote="" if parted == "\t" and first.startswith(_UNQUOTED) else '"')


def _without_quoted(text: str) -> str:
    return re.sub(r'"[^"]*"', "", text)


def _lines_of_title(first_lines: list[str], delimiter: str) -> int:
    """How many lines above the headings hold a title, a date, a remark: less than half as many cells as most lines below have."""
    reader, starts, filled = csv.reader(first_lines, delimiter=delimiter), [0], []
    try:
        for record in reader:
            filled.append(sum(bool(cell.strip()) for cell in record))
            starts.append(reader.line_num)
    except csv.Error:
        return 0
    usual = median_high([count for count in filled if count] or [0])
    wide = [start for start, count in zip(starts, filled, strict=False) if 2 * count >= usual]
    return wide[0] if usual >= _FEWEST_COLUMNS and len(wide) > 1 else 0


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
