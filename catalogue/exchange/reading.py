"""From bytes to rows: the encoding, the delimiter and the line of headings are found, and traps of real files are stepped over.

Those traps, each met in files that people shared: a preamble of any length before the headings (Paleobiology Database), the same file
saved again by Excel and padded with commas, headings that occur twice, a column of row numbers from R, and text that is not UTF-8.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.messages import CatalogueError, message

DELIMITERS = (",", ";", "\t", "|")

_LONGEST_CELL = 1_000_000
_PREAMBLE = "data provider"
_HEADINGS_FOLLOW = "records:"
_KNOWN_BINARIES = (
    (
        b"PK\x03\x04",
        message(
            "This is an Excel workbook or another zipped file. Save the table as CSV (UTF-8) and choose that file."
        ),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        message("This is an old Excel workbook. Save the table as CSV (UTF-8) and choose that file."),
    ),
    (b"%PDF", message("This is a PDF, not a table. Export the table as CSV (UTF-8) and choose that file.")),
)


class UnreadableFile(CatalogueError):
    """A file that cannot be read as a table of a known format."""


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    number : int
        Its place in the file as a spreadsheet counts rows, from 1.
    cells : dict of str to str
        Column to cell, as it stands; the first of columns of the same name, a missing cell is blank.
    written : tuple of str
        The cells in the order of the headings.
    surplus : int
        How many cells that are not blank stand behind the last heading.
    """

    number: int
    cells: dict[str, str]
    written: tuple[str, ...]
    surplus: int = 0


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Parameters
    ----------
    encoding : str
        ``UTF-8``, ``UTF-16``, ``Windows-1252`` or ``GB18030``.
    encoding_is_guess : bool
        True when nothing in the file says so.
    delimiter : str
        What parts the cells.
    headings : tuple of str
        As they stand in the file.
    rows : list of Row
        Rows that are not blank.
    """

    encoding: str
    encoding_is_guess: bool
    delimiter: str
    headings: tuple[str, ...]
    rows: list[Row]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings without blank ones and repetitions."""
        return tuple(dict.fromkeys(heading for heading in self.headings if heading))


def read_table(content: bytes) -> Table:
    """Read a table.

    Parameters
    ----------
    content : bytes
        A file of cells parted by comma, semicolon, tab or bar.

    Raises
    ------
    UnreadableFile
        When it is empty, no text, or its headings cannot be found.
    """
    text, encoding, guessed = decode(content)
    if not text.strip():
        raise UnreadableFile(message("The file is empty: it has {count} bytes and no text.", count=len(content)))
    skipped, delimiter = _skip_to_headings(text)
    numbered = _records(text, skipped, delimiter)
    _, first = next(numbered, (0, []))
    headings = tuple(heading.strip() for heading in _without_trailing_blanks(first))
    if not headings:
        raise UnreadableFile(message("The file has no line of headings."))
    records = [(number, record) for number, record in numbered if any(cell.strip() for cell in record)]
    if _has_unnamed_row_numbers(headings, records):
        headings = ("", *headings)
    return Table(encoding, guessed, delimiter, headings, [_row(number, headings, record) for number, record in records])


def decode(content: bytes) -> tuple[str, str, bool]:
    """The text of a file, its encoding, and whether that is a guess.

    Raises
    ------
    UnreadableFile
        When it is no text.
    """
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            return _no_binary(_decoded(content, encoding), content), name, False
    text = _decoded(content, "utf-8")
    if text is not None:
        return _no_binary(text, content), "UTF-8", False
    chinese = _decoded(content, "gb18030")
    if chinese is not None and _reads_as_chinese(chinese):
        return _no_binary(chinese, content), "GB18030", True
    return _no_binary(_decoded(content, "cp1252"), content), "Windows-1252", True


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _no_binary(text: str | None, content: bytes) -> str:
    for start, said in _KNOWN_BINARIES:
        if content.startswith(start):
            raise UnreadableFile(said)
    if text is None or "\x00" in text or sum(char < " " and char not in "\t\r\n\f\x1a" for char in text[:5000]) > 5:
        raise UnreadableFile(message("The file is no text. Save the table as CSV (UTF-8) and choose that file."))
    return text


def _reads_as_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are mostly common Chinese ones; accents read as GB18030 give rare ones."""
    beyond = [char for char in text if char > "\x7f"]
    return 2 * sum(_is_common(char) for char in beyond) > len(beyond)


def _is_common(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _skip_to_headings(text: str) -> tuple[int, str]:
    """How many lines stand before the headings, and what parts the cells."""
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    declared = re.match(r"^sep=(.)$", lines[start].strip())
    if declared and declared[1] in DELIMITERS:
        return start + 1, declared[1]
    if _first_cell(lines[start]) == _PREAMBLE:
        marks = [number for number, line in enumerate(lines) if _first_cell(line) == _HEADINGS_FOLLOW]
        if not marks or marks[0] + 1 >= len(lines):
            raise UnreadableFile(
                message(
                    "The file begins as a Paleobiology Database download, but has no line “Records:” with headings after it. Was it cut off?"
                )
            )
        start = marks[0] + 1
    outside_quotes = re.sub(r'"[^"]*"', "", lines[start])
    return start, max(DELIMITERS, key=outside_quotes.count)


def _first_cell(line: str) -> str:
    return re.split(r"[,;\t|]", line.strip())[0].strip('" ').casefold()


def _records(text: str, skipped: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records behind the skipped lines, numbered as a spreadsheet numbers rows."""
    lines = text.splitlines(keepends=True)[skipped:]
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    number = skipped
    record: list[str] = []
    try:
        for number, record in enumerate(reader, start=skipped + 1):
            yield number, record
    except csv.Error as error:
        raise UnreadableFile(
            message(
                "After row {number} the file cannot be read on ({error}). Is a quotation mark opened there and never closed?",
                number=number,
                error=error,
            )
        ) from error
    if text.count('"') % 2 and any("\n" in cell for cell in record):
        raise UnreadableFile(
            message(
                "In row {number} a quotation mark is opened and never closed, so the rows after it cannot be told apart.",
                number=number,
            )
        )


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    count = len(cells)
    while count and not cells[count - 1].strip():
        count -= 1
    return cells[:count]


def _has_unnamed_row_numbers(headings: tuple[str, ...], records: list[tuple[int, list[str]]]) -> bool:
    """Whether R wrote row numbers without a heading: every row has one cell more, and begins with its number."""
    return len(records) > 1 and all(
        len(record) == len(headings) + 1 and record[0] == str(place)
        for place, (_, record) in enumerate(records, start=1)
    )


def _row(number: int, headings: tuple[str, ...], record: list[str]) -> Row:
    written = (*record[: len(headings)], *[""] * (len(headings) - len(record)))
    cells: dict[str, str] = {}
    for heading, cell in zip(headings, written, strict=True):
        if heading:
            cells.setdefault(heading, cell)
    return Row(number, cells, written, sum(bool(cell.strip()) for cell in record[len(headings) :]))
