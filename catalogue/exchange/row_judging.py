"""What judges the rows of a table, and what writes what was judged, as the pipeline uses them whatever the rows become."""

from collections.abc import Iterator
from typing import Any, Protocol

from catalogue.exchange.noted_rows import NotedRows
from catalogue.exchange.outcomes import RowOutcomes
from catalogue.exchange.waiting import News
from catalogue.rights import Person


class Door(Protocol):
    """What writes what was judged."""

    def keep(self, who: Person, judged: Any, /, *, import_id: int | None = None, edit: int | None = None) -> int:
        """Write some judgements; returns the number of the edit, for the next ones."""


class RowJudging(Protocol):
    """What judges the rows of a table, as the pipeline uses it: `catalogue.exchange.judging.Judging`, or that of a format whose rows become no records."""

    rows: RowOutcomes
    noted: NotedRows
    news: News

    @property
    def door(self) -> Door:
        """What writes what was judged."""

    @property
    def size(self) -> int:
        """How many rows the table has."""

    def through(self, size: int) -> Iterator[int]:
        """Judge all rows, some at a time; yields how many rows were looked at."""
