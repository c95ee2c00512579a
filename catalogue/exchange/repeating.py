"""Rows of a table about a record that another row of it speaks of: each in its turn, or held against that row once all others are judged.

The same file again changes nothing. Which of several rows about one specimen counts must therefore not hang on whether an earlier
import of the file has made a record of one of them. So the first that could make a record by itself counts, even when another
specimen turns out to have its number; what can only find a record comes after what can make one; and what is known by its number
comes after what has a key.
"""

from array import array
from collections.abc import Callable, Iterator
from enum import IntEnum

from catalogue.exchange.formats import Format, RefusedRow
from catalogue.exchange.outcomes import RowOutcome, RowOutcomes
from catalogue.exchange.preparing import Prepared
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import refused
from catalogue.messages import message
from catalogue.parts import PARTS


class Turn(IntEnum):
    """When a row is judged."""

    FIRST = 0
    NOT_ALONE = 1
    """Rows that cannot make a record, but find one: another row of this file may have made it."""
    NUMBERS = 2
    """Rows that waited for the number of another record."""
    BY_NUMBER = 3
    """Rows without a key, where others of the table have one: they mean the specimen that has their number in the end."""
    LAST = 4
    """Those of them that cannot make a record."""


class Repeated:
    """The rows of a table that must wait for others.

    Parameters
    ----------
    rows : RowOutcomes
        What becomes of the rows; what becomes of these is added.
    draft : callable
        Makes the draft of a row anew.
    """

    def __init__(self, table: Table, of: Format, rows: RowOutcomes, draft: Callable[[Row], Prepared]) -> None:
        self._table = table
        self._format = of
        self._rows = rows
        self._draft = draft
        self._again: list[tuple[Prepared, int]] = []
        self._why_not: dict[int, RefusedRow] = {}
        self._put_off = {turn: array("I") for turn in Turn}
        self.turn = Turn.FIRST

    def put_off(self, row: Row, until: Turn) -> None:
        """Let a row wait."""
        self._put_off[until].append(row.number)

    def whose_turn(self, turn: Turn) -> Iterator[Row]:
        """The rows that were put off until now, read again, for there may be very many."""
        self.turn = turn
        numbers_left = iter(sorted(self._put_off[turn]))
        number = next(numbers_left, None)
        for row in self._table.rows if number is not None else ():
            if row.number == number:
                yield row
                number = next(numbers_left, None)

    def counts_although_refused(self, one: Prepared, refusal: RefusedRow) -> None:
        """Note that a row is the one that counts of those about its record, and cannot be taken: so none of the others can."""
        self._why_not[one.row.number] = refusal

    def further_up(self, one: Prepared, first: int, *, alone: Callable[[], RefusedRow | None]) -> None:
        """Take a row that is not the one that counts of those about its record.

        Parameters
        ----------
        first : int
            The number of that one.
        alone : callable
            Says why the row could not make a record by itself; None when it could.
        """
        if one.row.number < first and (lacks := alone()) is not None:
            self._rows.add(refused(one.row, lacks, one.key, one.name))
            return
        for each in (one, *one.further):
            self.compare(each, first)

    def compare(self, one: Prepared, first: int) -> None:
        """Take a row that is to be held against another one, told by its number, in the end."""
        self._again.append((one, first))

    def settle(self) -> None:
        """Say of each whether it is word for word the same, or a contradiction. Only now are the first rows read again."""
        wanted = {first for _, first in self._again}
        firsts = {row.number: row for row in self._table.rows if row.number in wanted} if wanted else {}
        for one, number in self._again:
            self._rows.add(self._compared(one, firsts[number]))

    def _compared(self, one: Prepared, row: Row) -> RowOutcome:
        first = self._draft(row)
        assert one.draft is not None and first.draft is not None
        different = [
            name
            for name in one.draft
            if name != "occurrence_id" and name not in PARTS and one.draft[name] != first.draft.get(name)
        ]
        why_not = self._why_not.get(row.number)
        if why_not is not None:
            return refused(one.row, _waits_for(row.number, why_not) if different else why_not, one.key, one.name)
        if not different:
            return RowOutcome(one.row.number, "unchanged", one.key, one.name, repeats=row.number)
        refusal = self._format.contradiction((row.number, one.row.number), (first.cells, one.cells), different)
        return refused(one.row, refusal, one.key, one.name)


def _waits_for(first: int, why_not: RefusedRow) -> RefusedRow:
    return RefusedRow(
        message(
            "Row {first} is about the same specimen and cannot be taken, so this one is not either. Row {first}: {why}",
            first=first,
            why=why_not.message,
        ),
        message("Another row about the same specimen cannot be taken."),
    )
