"""The rows that an import did not take, and those that it took with a doubt, as CSV files to mend and import again.

Both have the columns of the file, and a last column ``reason``, which is passed over when the file comes again.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TypeAlias

from catalogue.exchange.cells import harmless
from catalogue.exchange.mapping.columns import REJECT_REASON
from catalogue.exchange.outcomes import Outcomes

Translate: TypeAlias = Callable[[str], str]
"""Puts the templates of reasons into the reader's language."""


def write_rejects(outcomes: Outcomes, text: IO[str], translate: Translate = str) -> None:
    """Write the rejected rows with their own columns, and a last column ``reason``.

    There may be a million of them: they are read again from the file that was imported, and none is held in memory.

    Parameters
    ----------
    outcomes : Outcomes
        A preview or a report.
    text : file
        Opened for writing with ``newline=""``. It becomes CSV with commas; a cell that a spreadsheet would run as a formula is set behind an
        apostrophe.
    translate : callable
        Puts the templates of the reasons into the reader's language; English when left out.
    """
    reasons = ((row.number, row.reason.render(translate) if row.reason else "") for row in outcomes.rejects)
    _write(text, outcomes.columns, _again(outcomes, reasons))


def write_doubts(outcomes: Outcomes, text: IO[str], translate: Translate = str) -> None:
    """The same for the rows that were taken although something was not understood or is doubtful; in the last column, what."""
    doubts = ((number, " ".join(note.render(translate) for note in notes)) for number, notes in outcomes.noted)
    _write(text, outcomes.columns, _again(outcomes, doubts))


def _again(outcomes: Outcomes, said: Iterator[tuple[int, str]]) -> Iterator[tuple[Sequence[str], str]]:
    """The cells of some rows, told by their numbers in the order of the file, read again, with what is said of each."""
    number, reason = next(said, (0, ""))
    for row in outcomes.table.rows if outcomes.table is not None and number else ():
        if row.number == number:
            yield (*row.written, *row.surplus), reason
            number, reason = next(said, (0, ""))


def _write(text: IO[str], columns: tuple[str, ...], rows: Iterable[tuple[Sequence[str], str]]) -> None:
    """One reason a row: that of an earlier time gives way. Cells behind the last heading stay behind it, so that the row is refused again."""
    width = len(columns)
    kept = width - (columns[-1:] == (REJECT_REASON,))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*map(harmless, columns[:kept]), REJECT_REASON])
    for cells, reason in rows:
        whole = [*cells, *[""] * (width - len(cells))]
        writer.writerow(map(harmless, [*whole[:kept], reason, *whole[width:]]))
