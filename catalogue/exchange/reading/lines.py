"""Lines of text and the cells in them, one after the other, so that a file of any length needs no memory."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.exchange.reading.encodings import codec
from catalogue.exchange.reading.limits import LONGEST_CELL, LONGEST_LINE
from catalogue.exchange.reading.sources import Opened
from catalogue.exchange.reading.tables import Record, UnreadableFile
from catalogue.exchange.reading.zips import unpacking
from catalogue.messages import message


@dataclass(frozen=True)
class Layout:
    """How a text is to be cut.

    Parameters
    ----------
    encoding : str
    skipped : int
        Lines before the first record.
    delimiter : str
        What parts the cells.
    quote : str
        What cells are enclosed with where they hold a delimiter; blank where quotation marks stand for themselves.
    """

    encoding: str
    skipped: int
    delimiter: str
    quote: str = '"'


class OpenQuote(UnreadableFile):
    """A quotation mark that is opened and never closed."""


def lines(opened: Opened, encoding: str) -> Iterator[str]:
    """The lines with their ends.

    Raises
    ------
    UnreadableFile
        When a line is so long that it is none, or not of that encoding.
    """
    number = 0
    with unpacking(), io.TextIOWrapper(opened(), encoding=codec(encoding), newline="") as text:
        try:
            while line := text.readline(LONGEST_LINE):
                number += 1
                if len(line) >= LONGEST_LINE:
                    raise UnreadableFile(
                        message("Line {number} has more than {most} characters.", number=number, most=LONGEST_LINE - 1)
                    )
                yield line
        except UnicodeError as error:
            raise UnreadableFile(
                message(
                    "The text of this Darwin Core Archive is not {encoding}, as its meta.xml says. Have it exported as UTF-8, or unpack it and choose the table alone.",
                    encoding=encoding,
                )
            ) from error


def records(opened: Opened, layout: Layout) -> Iterator[Record]:
    """The records behind the skipped lines, numbered as a spreadsheet numbers rows.

    Raises
    ------
    OpenQuote
        When a quotation mark is never closed, so that rows cannot be told apart.
    UnreadableFile
        As for `lines`.
    """
    quotes = Quotes()
    going = quotes.through(lines(opened, layout.encoding))
    for _ in range(layout.skipped):
        next(going, None)
    csv.field_size_limit(LONGEST_CELL)
    quoting = {"quotechar": layout.quote} if layout.quote else {"quoting": csv.QUOTE_NONE}
    reader = csv.reader(going, delimiter=layout.delimiter, **quoting)
    number = layout.skipped
    record: list[str] = []
    try:
        for number, record in enumerate(reader, start=layout.skipped + 1):
            yield number, record
    except csv.Error as error:
        raise OpenQuote(
            message(
                "After row {number} the file cannot be read on ({error}). Is a quotation mark opened there and never closed?",
                number=number,
                error=error,
            )
        ) from error
    if quotes.left_open(record):
        raise OpenQuote(
            message(
                "In row {number} a quotation mark is opened and never closed, so the rows after it cannot be told apart.",
                number=number,
            )
        )


class Quotes:
    """Counts the quotation marks of lines that go by, and knows whether one was opened and never closed."""

    def __init__(self) -> None:
        self._count = 0

    def through(self, going: Iterator[str]) -> Iterator[str]:
        """The lines as they are."""
        for line in going:
            self._count += line.count('"')
            yield line

    def left_open(self, last: Sequence[str]) -> bool:
        """Whether the last record of the lines swallowed rows, because nothing closes a quotation mark in it."""
        return self._count % 2 == 1 and any("\n" in cell or "\r" in cell for cell in last)


def is_even(opened: Opened, layout: Layout) -> bool:
    """Whether each line has as many cells as the first."""
    try:
        widths = {len(record) for _, record in records(opened, layout) if record}
    except UnreadableFile:
        return False
    return len(widths) == 1
