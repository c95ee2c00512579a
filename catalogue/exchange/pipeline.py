"""One pipeline for all imports: read, recognise, judge each row, show, keep, report.

`preview` and `commit` judge all rows with the same code before anything is written, so that a preview cannot promise what the
import does not keep. Each row ends as exactly one of accepted, changed, unchanged or rejected, and the four add up to the rows
read. An import is kept as a whole or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection

from catalogue import imports, ready, under_way
from catalogue.database import reading, told_plainly, writing
from catalogue.exchange.doubtful_places import PlaceDoubts
from catalogue.exchange.judging import Judging
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap, lacking
from catalogue.exchange.outcomes import Preview, Report, RowOutcome
from catalogue.exchange.reading import Content, Table, digest, read_table
from catalogue.exchange.recognising import Recognised, recognise
from catalogue.exchange.row_judging import Door, RowJudging
from catalogue.in_bulk import many_added
from catalogue.messages import CatalogueError, message
from catalogue.published import reading as published
from catalogue.published import suggesting
from catalogue.rights import Person, require
from catalogue.taking_over import TakingOver

Progress: TypeAlias = Callable[[int, int], bool | None]
"""Told how many steps are done of how many; returning False cancels the import."""

BATCH = 500
"""Rows between two calls of the progress function."""


class Cancelled(CatalogueError):
    """The import was stopped by the person; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(message("The import was cancelled. Nothing was kept."))


@dataclass(frozen=True)
class Choices:
    """What a person says about a file; what is left out is found in the file.

    Parameters
    ----------
    encoding, delimiter, sheet : str
        How to read it; see `reading.read_table`.
    columns : ColumnMap or None
        What its columns mean. When left out, a saved map for the same headings is used, else our own proposal.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    columns: ColumnMap | None = None


AS_FOUND = Choices()
"""Nothing is said; all is found in the file."""


def preview(
    connection: Connection,
    file_name: str,
    content: Content,
    *,
    choices: Choices = AS_FOUND,
    progress: Progress | None = None,
    place_doubts: PlaceDoubts | None = None,
) -> Preview:
    """Say what an import of this file would do, without writing anything.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.reading`.
    file_name : str
        The name by which people know the file.
    content : Content
        All of it, in memory or on the disk.
    choices : Choices
        What a person says about the file.
    progress : callable, optional
        Called now and then with the rows done and the rows in all.
    place_doubts : callable, optional
        Tells what is doubtful about places; it is counted among the notes, and keeps no row out.

    Raises
    ------
    UnreadableFile
        When the file cannot be read, or is of no format that can be imported.
    Cancelled
        When `progress` returned False.
    """
    table, recognised = opened(connection, file_name, content, choices)
    judging = _judging(connection, table, recognised, place_doubts, gather=False)
    _judge(judging, progress, phases=1)
    return Preview(file_name=file_name, **_particulars(connection, table, recognised, judging))


def commit(
    connection: Connection,
    who: Person,
    file_name: str,
    content: Content,
    *,
    choices: Choices = AS_FOUND,
    progress: Progress | None = None,
    place_doubts: PlaceDoubts | None = None,
) -> Report:
    """Import a file: all rows that can be taken, in one step. An import that brings nothing new leaves no entry.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.writing`.
    who : Person
        Who imports.
    file_name, content, choices, progress, place_doubts
        As for `preview`; each row counts as two steps, for it is judged first and kept then.

    Raises
    ------
    NotAllowed
        When the person may not import.
    UnreadableFile, Cancelled
        As for `preview`; nothing is kept.
    """
    require(who, "import")
    table, recognised = opened(connection, file_name, content, choices)
    judging = _judging(connection, table, recognised, place_doubts, gather=True)
    with closing(judging.news), connection.begin_nested():
        _judge(judging, progress, phases=2)
        import_id: int | None = None
        if judging.news.count:
            import_id = imports.begin(connection, file_name, digest(content), recognised.format.name, made_by=who.login)
            _keep(connection, who, import_id, judging, judging.door, progress)
    if import_id is None:
        _tell(progress, 2 * len(judging.rows), 2 * len(judging.rows))
    return Report(file_name=file_name, **_particulars(connection, table, recognised, judging), import_id=import_id)


def bring_in(
    who: Person,
    file_name: str,
    content: Content,
    *,
    choices: Choices = AS_FOUND,
    progress: Progress | None = None,
    place_doubts: PlaceDoubts | None = None,
) -> Report:
    """Import a file in a transaction of its own; that it began is written down first, so that it is known when it does not end.

    Rows are judged by one state of the catalogue while others go on saving; only then the catalogue is held, and what was judged is
    written. Where somebody saved one of the very records that the file is about meanwhile, all is judged once more.

    Raises
    ------
    NotAllowed, UnreadableFile, Cancelled
        As for `commit`.
    NotWritten
        When the disk is full, or somebody else writes for too long; nothing is kept.
    """
    require(who, "import")
    sha256 = digest(content)
    with under_way.written_down(who, file_name, sha256), told_plainly():
        report = _judged_beforehand(who, file_name, content, sha256, choices, progress, place_doubts)
        if report is not None:
            return report
        with writing() as connection:
            return commit(
                connection, who, file_name, content, choices=choices, progress=progress, place_doubts=place_doubts
            )


def _judged_beforehand(
    who: Person,
    file_name: str,
    content: Content,
    sha256: str,
    choices: Choices,
    progress: Progress | None,
    place_doubts: PlaceDoubts | None,
) -> Report | None:
    """Import a file whose rows are judged before the catalogue is held; None, and nothing kept, when that does not hold any more."""
    with ExitStack() as stack:
        with reading() as connection:
            table, recognised = opened(connection, file_name, content, choices)
            if recognised.format.judged_by is not None:
                return None  # short lists, whose judges know no more than the state that they see
            judging = Judging(connection, table, recognised.format, gather=True, place_doubts=place_doubts)
            stack.enter_context(closing(judging.news))
            _judge(judging, progress, phases=2)
            told = _particulars(connection, table, recognised, judging)
        import_id: int | None = None
        if judging.news.count:
            connection = stack.enter_context(writing())
            if not judging.still_holds(connection):
                return None
            judging.release()
            import_id = imports.begin(connection, file_name, sha256, recognised.format.name, made_by=who.login)
            _keep(connection, who, import_id, judging, TakingOver(connection), progress)
    if import_id is None:
        _tell(progress, 2 * judging.size, 2 * judging.size)
    return Report(file_name=file_name, **told, import_id=import_id)


def opened(
    connection: Connection, file_name: str, content: Content, choices: Choices = AS_FOUND
) -> tuple[Table, Recognised]:
    """The table of a file and its format; a saved map for the same headings is applied when no other is given.

    Raises
    ------
    UnreadableFile
        As for `preview`.
    """
    table = read_table(
        content, file_name=file_name, encoding=choices.encoding, delimiter=choices.delimiter, sheet=choices.sheet
    )
    given = choices.columns or saved.for_headings(connection, table.columns)
    return _with_lacking(table, given), recognise(table, given)


def _with_lacking(table: Table, given: ColumnMap | None) -> Table:
    """The same table with a note on columns that a map names and that are not there."""
    lost = lacking(table, given) if given is not None else []
    if not lost:
        return table
    note = message(
        "The meanings of columns that are used here name columns that this table does not have: {columns}.",
        columns=", ".join(lost)[:300],
    )
    return replace(table, notes=(*table.notes, note))


def _particulars(connection: Connection, table: Table, recognised: Recognised, judging: RowJudging) -> dict[str, Any]:
    """What a preview and a report both tell."""
    _note_other_names(connection, recognised, judging)
    return {
        "format": recognised.format.name,
        "encoding": table.encoding,
        "encoding_is_guess": table.encoding_is_guess,
        "delimiter": table.delimiter,
        "columns": table.headings,
        "columns_left": tuple(one for one in recognised.format.left(table.columns) if one not in table.blank),
        "rows": judging.rows,
        "table": table,
        "column_map": recognised.columns,
        "proposals": tuple(recognised.proposals),
        "noted": judging.noted,
    }


def _note_other_names(connection: Connection, recognised: Recognised, judging: RowJudging) -> None:
    """Note names of which publications use another one now; the rows keep theirs."""
    if recognised.format.judged_by is not None or not published.count(connection).get("name"):
        return

    def taken() -> Iterator[RowOutcome]:
        return (row for row in judging.rows if row.outcome in {"accepted", "changed"})

    told = suggesting.other_names(connection, {row.name for row in taken()})
    for row in taken() if told else ():
        if row.name in told:
            judging.noted.add(row.number, [told[row.name]])


def _judging(
    connection: Connection, table: Table, recognised: Recognised, place_doubts: PlaceDoubts | None, *, gather: bool
) -> RowJudging:
    """What judges the rows: a format whose rows become no records brings its own, which is used alike."""
    judged_by = recognised.format.judged_by
    if judged_by is not None:
        return judged_by(connection, table, recognised.format, gather=gather)
    return Judging(connection, table, recognised.format, gather=gather, place_doubts=place_doubts)


def _judge(judging: RowJudging, progress: Progress | None, *, phases: int) -> None:
    for done in judging.through(BATCH):
        _tell(progress, done, phases * judging.size)


def _keep(
    connection: Connection, who: Person, import_id: int, judging: RowJudging, door: Door, progress: Progress | None
) -> None:
    rows, news = len(judging.rows), judging.news
    edit: int | None = None
    done = 0
    with many_added(connection, news.count) as follow:
        for batch in news.batches():
            edit = door.keep(who, batch.judgements, import_id=import_id, edit=edit)
            if batch.ready is not None:
                ready.write(connection, who, batch.ready, edit=edit, import_id=import_id)
            follow()
            done += len(batch)
            _tell(progress, rows + rows * done // news.count, 2 * rows)
    imports.finish(connection, import_id, read=rows, **judging.rows.counts())


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None and progress(done, whole) is False:
        raise Cancelled
