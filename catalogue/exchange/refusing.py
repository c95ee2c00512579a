"""Refusing a row in words: what all ways of judging rows say alike."""

from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.outcomes import RowOutcome
from catalogue.exchange.reading import Row
from catalogue.messages import message


def refused(row: Row, refusal: RefusedRow, key: str = "", name: str = "") -> RowOutcome:
    """A row that is rejected, with its cells."""
    return RowOutcome(row.number, "rejected", key, name, refusal.message, refusal.summary, cells=row.written)


def surplus(row: Row) -> RefusedRow:
    """Why a row with more cells than there are headings is not taken."""
    return RefusedRow(
        message("The row has {count} more cells than there are headings. A comma too many?", count=row.surplus),
        message("The row has more cells than there are headings. A comma too many?"),
    )
