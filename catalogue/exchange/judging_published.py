"""Judging the rows of a list whose rows become entries of `catalogue.published`; it is used by the pipeline as `Judging` is."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from catalogue.checking import check_text
from catalogue.exchange.formats import Drafted, Format, RefusedRow
from catalogue.exchange.noted_rows import NotedRows
from catalogue.exchange.outcomes import FieldChange, RowOutcome, RowOutcomes
from catalogue.exchange.reading import Row, Table
from catalogue.exchange.refusing import refused, surplus
from catalogue.exchange.waiting import News
from catalogue.holding import batches
from catalogue.messages import message
from catalogue.published.entries import Entry, Kind, from_plain, plain
from catalogue.published.keeping import Judged, TakingOver


class PublishedJudging:
    """One run through the rows of a list.

    Parameters
    ----------
    gather : bool
        Whether what is new or changes an entry is gathered in `news`, to be kept.
    """

    def __init__(
        self, connection: Connection, table: Table, of: Format, *, kind: Kind, source: str, gather: bool
    ) -> None:
        self.format = of
        self.door = TakingOver(connection)
        self.rows = RowOutcomes()
        self.noted = NotedRows()
        self.news = News()
        self._table = table
        self._of = kind, source
        self._gather = gather
        self._seen: dict[str, int] = {}
        self._again: list[tuple[Row, Drafted, int]] = []

    @property
    def size(self) -> int:
        """How many rows the list has."""
        return len(self._table.rows)

    def through(self, size: int) -> Iterator[int]:
        """Judge all rows, some at a time; yields how many rows were looked at."""
        done = 0
        for batch in batches(self._table.rows, size):
            self._judge(batch)
            done += len(batch)
            yield done
        self._settle_repeated()
        self.rows.sort()

    def _judge(self, batch: Sequence[Row]) -> None:
        drafts: list[tuple[Row, Drafted]] = []
        for row in batch:
            try:
                drafts.append((row, drafted(self.format, row)))
            except RefusedRow as refusal:
                self.rows.add(refused(row, refusal, name=_called(self.format, row)))
        self.door.look_up(str(draft["occurrence_id"]) for _, draft in drafts)
        news = [judged for row, draft in drafts if (judged := self._outcome(row, draft)) is not None]
        if self._gather:
            self.news.add([], news)  # type: ignore[arg-type]

    def _outcome(self, row: Row, draft: Drafted) -> Judged | None:
        """Enter what becomes of a row; what is to be kept of it, None when nothing is."""
        key = str(draft["occurrence_id"])
        if key in self._seen:
            self._again.append((row, draft, self._seen[key]))
            return None
        self._seen[key] = row.number
        entry = self._entry(draft)
        judged = self.door.judge(entry)
        self.noted.add(row.number, draft.notes)
        changes = _changes(judged) if judged.outcome == "changed" else ()
        self.rows.add(RowOutcome(row.number, judged.outcome, key, entry.says.title, changes=changes))
        return None if judged.outcome == "unchanged" else judged

    def _entry(self, draft: Drafted) -> Entry:
        kind, source = self._of
        return Entry(str(draft["occurrence_id"]), kind, from_plain(kind, draft), source)

    def _settle_repeated(self) -> None:
        """Rows about a thing that stands further up: word for word the same, or a contradiction."""
        wanted = {first for _, _, first in self._again}
        firsts = {row.number: row for row in self._table.rows if row.number in wanted} if wanted else {}
        for row, draft, number in self._again:
            first = firsts[number]
            before = drafted(self.format, first)
            different = [name for name in draft if draft[name] != before[name]]
            key, title = str(draft["occurrence_id"]), self._entry(draft).says.title
            if not different:
                self.rows.add(RowOutcome(row.number, "unchanged", key, title, repeats=number))
            else:
                refusal = self.format.contradiction((number, row.number), (first.cells, row.cells), different)
                self.rows.add(refused(row, refusal, key, title))


def drafted(of: Format, row: Row) -> Drafted:
    """The draft of a row.

    Raises
    ------
    RefusedRow
        Also when it has more cells than there are headings, or a text that cannot be kept.
    """
    if row.surplus:
        raise surplus(row)
    made = of.draft(row.cells)
    assert isinstance(made, Drafted)
    for name, value in made.items():
        for problem in check_text(name, value) if isinstance(value, str) else ():
            column = of.column_of(name, row.cells)
            raise RefusedRow(message("{column}: {problem}", column=column, problem=problem.message))
    return made


def _called(of: Format, row: Row) -> str:
    """What a row that cannot be taken calls itself."""
    columns = (of.column_of(field, row.cells) for field in ("name", "locality", "occurrence_id"))
    return next((text for column in columns if column and (text := row.cells[column].strip())), "")


def _changes(judged: Judged) -> tuple[FieldChange, ...]:
    assert judged.before is not None
    before: dict[str, Any] = plain(judged.before.says)
    return tuple(
        FieldChange(name, before[name], value)
        for name, value in plain(judged.entry.says).items()
        if before[name] != value
    )
