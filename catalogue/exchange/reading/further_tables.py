"""Further tables beside a table of records: the rows of each, found by the key of the record that they are about.

The extensions of an archive and the lists of a workbook are kept alike: as bytes one behind the other, so that a million rows need little
more memory than their letters.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from catalogue.compact import Places, Texts
from catalogue.exchange.reading.limits import LARGEST_PART
from catalogue.exchange.reading.tables import Record, UnreadableFile, refuse_wide
from catalogue.messages import message

_APART = "\x1f"
"""Parts the cells of a kept row: a control character that no cell has."""


class FurtherTable:
    """A further table, read once.

    Parameters
    ----------
    kind : str
        Of its rows: ``Identification``.
    name : str
        The name of its file or sheet, for people.
    headings : sequence of str
        What its columns hold; nothing is kept of those that are blank.
    key : int
        The column with the key of the record that a row is about.
    rows : iterable of Record
        Without headings.

    Raises
    ------
    UnreadableFile
        When the table is too wide or too large.
    """

    def __init__(self, kind: str, name: str, headings: Sequence[str], key: int, rows: Iterable[Record]) -> None:
        refuse_wide(len(headings))
        self.kind, self.name = kind, name
        self._headings = headings
        self._rows = Texts()
        self._next = array("I")  # the place of the next row of the same key, from 1; 0 where there is none
        self._keys = Texts()
        self._places = Places(self._keys)
        self._first, self._last = array("I"), array("I")
        self._met = bytearray()
        size = 0
        for _, cells in rows:
            if any(cells):
                joined = _APART.join(cells)
                size += len(joined)
                if size > LARGEST_PART:
                    raise UnreadableFile(
                        message(
                            "“{name}” in the file is larger than {most} MB.", name=name[-60:], most=LARGEST_PART >> 20
                        )
                    )
                self._keep(cells[key] if key < len(cells) else "", joined)

    def _keep(self, key: str, joined: str) -> None:
        key = key.strip()
        self._rows.append(joined)
        self._next.append(0)
        if self._places.put_new(key):
            self._keys.append(key)
            self._first.append(len(self._rows))
            self._last.append(len(self._rows))
            self._met.append(0)
            return
        place = self._places.find(key)
        assert place is not None
        self._next[self._last[place] - 1] = len(self._rows)
        self._last[place] = len(self._rows)

    def note(self, key: str) -> None:
        """Note that there is a record of a key, or one more."""
        if (place := self._place(key)) is not None:
            self._met[place] = min(2, self._met[place] + 1)

    def is_doubtful(self, key: str) -> bool:
        """Whether several records have a key."""
        place = self._place(key)
        return place is not None and self._met[place] > 1

    def rows_of(self, key: str) -> tuple[dict[str, str], ...]:
        """What the table says of a record: columns to cells, without blank ones."""
        place = self._place(key)
        return () if place is None else tuple(map(self._cells, self._numbers(place)))

    def left_out(self, met: int) -> int:
        """How many rows have a key that no record has (0), or several have (2)."""
        return sum(sum(1 for _ in self._numbers(place)) for place, times in enumerate(self._met) if times == met)

    def _place(self, key: str) -> int | None:
        """Where a key stands; that of a record without one nowhere."""
        return self._places.find(stripped) if (stripped := key.strip()) else None

    def _numbers(self, place: int) -> Iterator[int]:
        number = self._first[place]
        while number:
            yield number - 1
            number = self._next[number - 1]

    def _cells(self, number: int) -> dict[str, str]:
        cells = self._rows[number].split(_APART)
        return {heading: cell for heading, cell in zip(self._headings, cells, strict=False) if heading and cell}


def noted(records: Iterator[Record], told: Sequence[tuple[FurtherTable, int]]) -> Iterator[Record]:
    """Records from their headings on, of which further tables are told, each with the column in which its keys stand there."""
    yield from islice(records, 1)
    for number, cells in records:
        for table, place in told:
            table.note(cells[place] if place < len(cells) else "")
        yield number, cells
