"""What is told of rows that are taken although something was not understood or is doubtful: which rows, and what of each.

A note may stand on every row of a million, so no row has an object of its own: its number and that of the note are held in eight bytes.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from catalogue.messages import Message, message

_NOTE = 0xFFFF_FFFF
"""The lower half of what is held says which note, the upper half on which row."""

MOST_ALIKE = 1_000
"""Notes that differ in their particulars alone and are told apart."""


class NotedRows:
    """The notes on the rows of a file. They are told in the order of the file, in whatever order they were added; each once a row."""

    def __init__(self) -> None:
        self._said: list[Message] = []
        self._texts: dict[str, int] = {}
        self._alike: dict[str, list[int]] = {}
        self._held = array("Q")
        self._is_in_order = True

    def add(self, number: int, notes: Sequence[Message]) -> None:
        """Note something on a row, told by its number in the file."""
        for note in notes:
            text = str(note) if note.values else note.template
            which = self._texts.get(text)
            self._held.append(number << 32 | (self._new(text, note) if which is None else which))
            self._is_in_order = False

    def _new(self, text: str, note: Message) -> int:
        """The number of a note that was not said yet. Of very many that differ in their particulars alone, the last ones count as one."""
        alike = self._alike.setdefault(note.template, [])
        if len(alike) < MOST_ALIKE:
            alike.append(len(self._said))
        elif len(alike) > MOST_ALIKE:
            return alike[-1]
        else:
            note = message("And others like this: {note}", note=self._said[alike[0]])
            text = str(note)
            alike.append(len(self._said))
        self._texts[text] = len(self._said)
        self._said.append(note)
        return len(self._said) - 1

    def counted(self) -> tuple[tuple[Message, int], ...]:
        """Each note with the number of its rows; the most frequent first."""
        counts = Counter(one & _NOTE for one in self._in_order)
        return tuple((self._said[which], count) for which, count in counts.most_common())

    def first_rows(self, most: int) -> dict[str, list[int]]:
        """The numbers of the first rows of each note, by its text in English; the most frequent first."""
        found: dict[str, list[int]] = {str(note): [] for note, _ in self.counted()}
        rows = [found[str(note)] for note in self._said]
        for one in self._in_order:
            if len(rows[one & _NOTE]) < most:
                rows[one & _NOTE].append(one >> 32)
        return found

    def of(self, number: int) -> list[Message]:
        """What is noted on a row, told by its number in the file."""
        held = self._in_order
        places = range(bisect_left(held, number << 32), bisect_left(held, number + 1 << 32))
        return [self._said[held[place] & _NOTE] for place in places]

    def __iter__(self) -> Iterator[tuple[int, list[Message]]]:
        """The rows on which something is noted, by their numbers in the order of the file."""
        for number, held in groupby(self._in_order, key=lambda one: one >> 32):
            yield number, [self._said[one & _NOTE] for one in held]

    def __len__(self) -> int:
        """On how many rows something is noted."""
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotedRows) and list(self) == list(other)

    def __hash__(self) -> int:
        raise TypeError("notes are added while a file is judged")

    @property
    def _in_order(self) -> "array[int]":
        if not self._is_in_order:
            if any(one >= after for one, after in pairwise(self._held)):
                self._held = array("Q", sorted(frozenset(self._held)))
            self._is_in_order = True
        return self._held
