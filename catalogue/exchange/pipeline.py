"""One pipeline for all imports: read, recognise, judge each row, show, keep, report.

`preview` and `commit` judge all rows with the same code before anything is written, so that a preview cannot promise what the
import does not keep. Each row ends as exactly one of accepted, changed, unchanged or rejected, and the four add up to the rows
read. An import is kept as a whole or not at all.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection

from catalogue import imports
from catalogue.checking import InvalidDraft
from catalogue.exchange.formats import Cells, Format, RefusedRow
from catalogue.exchange.outcomes import Preview, Report, RowOutcome
from catalogue.exchange.reading import Row, Table, read_table
from catalogue.exchange.recognising import recognise
from catalogue.messages import CatalogueError, Message, Problem, message
from catalogue.rights import Person
from catalogue.taking_over import Judgement, TakingOver

Progress: TypeAlias = Callable[[int, int], bool | None]
"""Told how many steps are done of how many; returning False cancels the import."""

BATCH = 500
"""Rows between two calls of the progress function."""


class Cancelled(CatalogueError):
    """The import was stopped by the person; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(message("The import was cancelled. Nothing was kept."))


def preview(connection: Connection, file_name: str, content: bytes, *, progress: Progress | None = None) -> Preview:
    """Say what an import of this file would do, without writing anything.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.reading`.
    file_name : str
        The name by which people know the file.
    content : bytes
        All of it.
    progress : callable, optional
        Called now and then with the rows done and the rows in all.

    Raises
    ------
    UnreadableFile
        When the file cannot be read, or is of no format that can be imported.
    Cancelled
        When `progress` returned False.
    """
    judging = _judge(connection, content, progress, phases=1)
    return Preview(file_name=file_name, **judging.particulars())


def commit(
    connection: Connection, who: Person, file_name: str, content: bytes, *, progress: Progress | None = None
) -> Report:
    """Import a file: all rows that can be taken, in one step. An import that brings nothing new leaves no entry.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.writing`.
    who : Person
        Who imports.
    file_name, content, progress
        As for `preview`; each row counts as two steps, for it is judged first and kept then.

    Raises
    ------
    UnreadableFile, Cancelled
        As for `preview`; nothing is kept.
    """
    judging = _judge(connection, content, progress, phases=2)
    with connection.begin_nested():
        import_id = _keep(connection, who, file_name, content, judging, progress) if judging.news else None
    if import_id is None:
        _tell(progress, 2 * len(judging.rows), 2 * len(judging.rows))
    return Report(file_name=file_name, **judging.particulars(), import_id=import_id)


@dataclass
class _Judging:
    """The state of one run through the rows of a file."""

    table: Table
    format: Format
    door: TakingOver
    gather: bool
    rows: list[RowOutcome] = field(default_factory=list)
    news: list[Judgement] = field(default_factory=list)
    _seen: dict[str, tuple[Row, dict[str, object]]] = field(default_factory=dict)

    def particulars(self) -> dict[str, Any]:
        """What a preview and a report both tell."""
        return {
            "format": self.format.name,
            "encoding": self.table.encoding,
            "encoding_is_guess": self.table.encoding_is_guess,
            "delimiter": self.table.delimiter,
            "columns": self.table.headings,
            "columns_left": self.format.left(self.table.columns),
            "rows": tuple(self.rows),
        }

    def judge(self, batch: Sequence[Row]) -> None:
        """Judge some rows; where they are to be kept, those that are new or change a record are gathered in `news`."""
        drafts = [self._draft(row) for row in batch]
        self.door.look_up(str(draft["occurrence_id"]) for draft in drafts if not isinstance(draft, RefusedRow))
        for row, draft in zip(batch, drafts, strict=True):
            self.rows.append(self._refused(row, draft) if isinstance(draft, RefusedRow) else self._outcome(row, draft))

    def _draft(self, row: Row) -> dict[str, object] | RefusedRow:
        try:
            if row.surplus:
                raise RefusedRow(
                    message(
                        "The row has {count} more cells than there are headings. A comma too many?", count=row.surplus
                    ),
                    message("The row has more cells than there are headings. A comma too many?"),
                )
            return self.format.draft(row.cells)
        except RefusedRow as refusal:
            return refusal

    def _outcome(self, row: Row, draft: dict[str, object]) -> RowOutcome:
        key, name = str(draft["occurrence_id"]), str(draft.get("verbatim_identification", ""))
        if key in self._seen:
            return self._again(row, draft, *self._seen[key])
        try:
            judgement = self.door.judge(draft)
        except InvalidDraft as refusal:
            return self._invalid(row, key, name, refusal)
        self._seen[key] = row, draft
        if self.gather and judgement.outcome != "unchanged":
            self.news.append(judgement)
        return RowOutcome(row.number, judgement.outcome, key, name, cells=row.written)

    def _again(self, row: Row, draft: dict[str, object], first: Row, first_draft: dict[str, object]) -> RowOutcome:
        key, name = str(draft["occurrence_id"]), str(draft.get("verbatim_identification", ""))
        different = [field for field in draft if draft[field] != first_draft.get(field)]
        if not different:
            return RowOutcome(row.number, "unchanged", key, name, repeats=first.number, cells=row.written)
        refusal = self.format.contradiction((first.number, row.number), (first.cells, row.cells), different)
        return self._refused(row, refusal, key, name)

    def _invalid(self, row: Row, key: str, name: str, refusal: InvalidDraft) -> RowOutcome:
        reasons = [self._in_column(problem, row.cells) for problem in refusal.problems]
        whole = reasons[0]
        for reason in reasons[1:]:
            whole = message("{reason} {further}", reason=whole, further=reason)
        return self._refused(row, RefusedRow(whole, reasons[0]), key, name)

    def _in_column(self, problem: Problem, cells: Cells) -> Message:
        column = self.format.column_of(problem.field, cells)
        return message("{column}: {problem}", column=column, problem=problem.message) if column else problem.message

    def _refused(self, row: Row, refusal: RefusedRow, key: str = "", name: str = "") -> RowOutcome:
        return RowOutcome(row.number, "rejected", key, name, refusal.message, refusal.summary, cells=row.written)


def _judge(connection: Connection, content: bytes, progress: Progress | None, *, phases: int) -> _Judging:
    table = read_table(content)
    judging = _Judging(table, recognise(table), TakingOver(connection), gather=phases > 1)
    for start in range(0, len(table.rows), BATCH):
        judging.judge(table.rows[start : start + BATCH])
        _tell(progress, len(judging.rows), phases * len(table.rows))
    return judging


def _keep(
    connection: Connection, who: Person, file_name: str, content: bytes, judging: _Judging, progress: Progress | None
) -> int:
    number = imports.begin(connection, file_name, hashlib.sha256(content).hexdigest(), judging.format.name)
    edit: int | None = None
    for start in range(0, len(judging.news), BATCH):
        batch = judging.news[start : start + BATCH]
        edit = judging.door.keep(who, batch, import_id=number, edit=edit)
        kept = len(judging.rows) * (start + len(batch)) // len(judging.news)
        _tell(progress, len(judging.rows) + kept, 2 * len(judging.rows))
    counts: Counter[str] = Counter(row.outcome for row in judging.rows)
    imports.finish(connection, number, read=len(judging.rows), **counts)
    return number


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None and progress(done, whole) is False:
        raise Cancelled
