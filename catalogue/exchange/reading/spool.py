"""Records of files that are slow to read, set down once in little memory, to be gone through again and again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from catalogue.exchange.reading.limits import LARGEST_UNPACKED, LONGEST_CELL
from catalogue.exchange.reading.tables import Record, UnreadableFile
from catalogue.messages import message


class Spool:
    """Numbered records as lines of text; about as large as the same table as CSV."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._text = io.TextIOWrapper(self._bytes, encoding="utf-8", errors="surrogatepass", newline="")
        self._writer = csv.writer(self._text, lineterminator="\r\n")  # either of which is put in quotes

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Set a record down.

        Raises
        ------
        UnreadableFile
            When a cell is too long, or the whole too large.
        """
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise UnreadableFile(
                message("A cell in row {number} is longer than {most} characters.", number=number, most=LONGEST_CELL)
            )
        self._writer.writerow((number, *cells))
        if self._bytes.tell() > LARGEST_UNPACKED // 2:
            raise UnreadableFile(message("The table is larger than {most} MB.", most=LARGEST_UNPACKED // 2**21))

    def extend(self, records: Iterable[Record]) -> "Spool":
        """Set many records down."""
        for number, cells in records:
            self.add(number, cells)
        return self

    def __iter__(self) -> Iterator[Record]:
        self._text.flush()
        csv.field_size_limit(LONGEST_CELL)
        text = io.TextIOWrapper(
            io.BytesIO(self._bytes.getvalue()), encoding="utf-8", errors="surrogatepass", newline=""
        )
        for number, *cells in csv.reader(text):
            yield int(number), cells
