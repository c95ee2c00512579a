"""Rows of a table about a record that another row of it made: put off, or held against that row once all others are judged.

The same file again changes nothing. Which of several rows about one specimen counts must therefore not hang on whether an earlier
import of the file has made a record of one of them.
"""

from array import array
from collections.abc import Callable, Iterator

from catalogue.exchange.formats import Format
from catalogue.exchange.outcomes import RowOutcome, RowOutcomes
from catalogue.exchange.preparing import Prepared
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import lacking, refused
from catalogue.parts import PARTS


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
        self._late = array("I")
        self._first_late: int | None = None
        self._is_over = False

    @property
    def all_had_their_turn(self) -> bool:
        """Whether only rows are left that were put off."""
        return self._first_late is not None

    @property
    def all_were_judged(self) -> bool:
        """Whether those had their turn, too."""
        return self._is_over

    def put_off(self, row: Row) -> None:
        """Let a row wait until all others had their turn."""
        self._late.append(row.number)

    def late(self) -> Iterator[Row]:
        """The rows that were put off, read again, now that all others had their turn: there may be very many."""
        self._first_late = len(self._rows)
        numbers_left = iter(self._late)
        number = next(numbers_left, None)
        for row in self._table.rows if self._late else ():
            if row.number == number:
                yield row
                number = next(numbers_left, None)

    def end(self) -> None:
        """Note that those were judged too."""
        self._is_over = True

    def further_up(self, one: Prepared, seen: int, *, waited: bool) -> None:
        """Take a row whose record stands further up, at a place of `rows`; one that `waited` for a number counts where it stands."""
        lacks = lacking(one.draft) if one.draft is not None else None
        if lacks is not None and not waited and self._first_late is not None and seen < self._first_late:
            self._rows.add(refused(one.row, lacks, one.key, one.name))
            return
        for each in (one, *one.further):
            self.compare(each, self._rows[seen].number)

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
        if not different:
            return RowOutcome(one.row.number, "unchanged", one.key, one.name, repeats=row.number)
        refusal = self._format.contradiction((row.number, one.row.number), (first.cells, one.cells), different)
        return refused(one.row, refusal, one.key, one.name)
