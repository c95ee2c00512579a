"""The rows that an import did not take, as a CSV file to mend and import again."""

import csv
import io
from collections.abc import Callable

from catalogue.exchange.cells import harmless
from catalogue.exchange.outcomes import Outcomes


def rejects_csv(outcomes: Outcomes, translate: Callable[[str], str] = str) -> str:
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
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*map(harmless, outcomes.columns), "reason"])
    for row in outcomes.rejects:
        cells = [*row.cells, *[""] * (len(outcomes.columns) - len(row.cells))]
        reason = row.reason.render(translate) if row.reason else ""
        writer.writerow(map(harmless, [*cells[: len(outcomes.columns)], reason]))
    return text.getvalue()
