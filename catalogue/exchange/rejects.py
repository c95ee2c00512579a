"""The rows that an import did not take, and those that it took with a doubt, as CSV files to mend and import again.

Both have the columns of the file, and a last column ``reason``, which is passed over when the file comes again.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TypeAlias

from catalogue.exchange.cells import harmless
from catalogue.exchange.mapping.columns import REJECT_REASON
from catalogue.exchange.outcomes import Outcomes

Translate: TypeAlias = Callable[[str], str]
"""Puts the templates of reasons into the reader's language."""


def rejects_csv(outcomes: Outcomes, translate: Translate = str) -> str:
    """The rejected rows with their own columns, and a last column ``reason``.

    Parameters
    ----------
    outcomes : Outcomes
        A preview or a report.
    translate : callable
        Puts the templates of the reasons into the reader's language; English when left out.

    Returns
    -------
    str
        CSV with commas. A cell that a spreadsheet would run as a formula is set behind an apostrophe.
    """
    text = io.StringIO(newline="")
    rejects = ((row.cells, row.reason.render(translate) if row.reason else "") for row in outcomes.rejects)
    _write(text, outcomes.columns, rejects)
    return text.getvalue()


def write_doubts(outcomes: Outcomes, text: IO[str], translate: Translate = str) -> None:
    """Write the rows that were taken although something was not understood or is doubtful; in the last column, what.

    There may be a million of them: they are read again from the file that was imported, and none is held in memory.

    Parameters
    ----------
    outcomes : Outcomes
        A preview or a report.
    text : file
        Opened for writing with ``newline=""``.
    translate : callable
        As for `rejects_csv`.
    """
    _write(text, outcomes.columns, _doubtful(outcomes, translate))


def _doubtful(outcomes: Outcomes, translate: Translate) -> Iterator[tuple[Sequence[str], str]]:
    """The cells of each row with a doubt, and all that is noted on it."""
    noted = iter(outcomes.noted)
    number, notes = next(noted, (0, []))
    for row in outcomes.table.rows if outcomes.table is not None and notes else ():
        if row.number == number:
            yield row.written, " ".join(note.render(translate) for note in notes)
            number, notes = next(noted, (0, []))


def _write(text: IO[str], columns: tuple[str, ...], rows: Iterable[tuple[Sequence[str], str]]) -> None:
    """One reason a row: that of an earlier time gives way. Cells behind the last heading stay behind it, so that the row is refused again."""
    width = len(columns)
    kept = width - (columns[-1:] == (REJECT_REASON,))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*map(harmless, columns[:kept]), REJECT_REASON])
    for cells, reason in rows:
        whole = [*cells, *[""] * (width - len(cells))]
        writer.writerow(map(harmless, [*whole[:kept], reason, *whole[width:]]))
