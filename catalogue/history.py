"""Who changed what, when and why.

Every way into the records, form, bulk edit, import and undo alike, writes here, in the transaction of the change itself, through
`catalogue.specimens`. Only what differs is written; a value that was entered again unchanged leaves no trace.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, distinct, func, insert, null, select

from catalogue import in_bulk
from catalogue.checking import InvalidDraft, check_text
from catalogue.messages import CatalogueError, message
from catalogue.records import Change, Edit, Specimen
from catalogue.tables import changes, edits

WHOLE = ""
"""The name under which a record as a whole is added or removed."""
DERIVED = frozenset(
    {
        "scientific_name",
        "identification_qualifier",
        "genus",
        "taxon_rank",
        "higher_classification",
        "max_ma",
        "min_ma",
        "timescale",
    }
)
"""Fields that follow from others; shown on demand only."""

Row: TypeAlias = dict[str, object]
"""One line of the history, before it is written."""
_EDIT_COLUMNS = [edits.c[field.name] for field in fields(Edit)]


class NoSuchEdit(CatalogueError):
    """There is no edit under that number."""


def begin(
    connection: Connection,
    kind: str,
    made_by: str,
    *,
    why: str = "",
    undoes: int | None = None,
    import_id: int | None = None,
) -> int:
    """Open an edit and return its number; `note` and its neighbours write down what it does.

    Raises
    ------
    InvalidDraft
        When the reason is a text that cannot be kept.
    """
    problems = check_text("why", why)
    if problems:
        raise InvalidDraft(problems)
    values = {
        "kind": kind,
        "made_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "made_by": made_by,
        "why": why.strip(),
        "undoes": undoes,
        "import_id": import_id,
    }
    key = connection.execute(insert(edits).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def differing(
    edit: int, occurrence_id: str, version: int, before: Mapping[str, object], after: Mapping[str, object]
) -> list[Row]:
    """What is to be written down of a record after an edit: the fields in which it differs; `keep` writes it.

    Parameters
    ----------
    version : int
        The record's version after the edit.
    before, after : mapping
        The fields by name; those that are alike are left out.
    """
    return [
        _row(edit, occurrence_id, version, name, before[name], value)
        for name, value in after.items()
        if before[name] != value
    ]


def removal(edit: int, specimen: Specimen, held: Mapping[str, object]) -> Row:
    """What is to be written down of a record that is removed: all that it held."""
    kept = {**held, "created": specimen.created, "import_id": specimen.import_id}
    return _row(edit, specimen.occurrence_id, specimen.version + 1, WHOLE, kept, null())


def keep(connection: Connection, rows: Sequence[Row]) -> None:
    """Write down what `differing` and its neighbours gathered."""
    if rows:
        connection.execute(insert(changes), rows)


def note(
    connection: Connection,
    edit: int,
    occurrence_id: str,
    version: int,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """Write down the fields in which one record differs after an edit; as `differing`."""
    keep(connection, differing(edit, occurrence_id, version, before, after))


def note_added(connection: Connection, edit: int, occurrence_ids: Iterable[str], *, version: int = 1) -> None:
    """Write down that records were added; what they held can be reckoned back from what they hold."""
    alike = {"edit_id": edit, "version": version, "field": WHOLE, "before": None, "after": "{}"}
    in_bulk.insert_tuples(connection, changes, ("occurrence_id",), [(key,) for key in occurrence_ids], alike=alike)


def note_removed(
    connection: Connection, edit: int, occurrence_id: str, version: int, held: Mapping[str, object]
) -> None:
    """Write down that a record was removed, with all that it held."""
    keep(connection, [removed(edit, occurrence_id, version, held)])


def removed(edit: int, occurrence_id: str, version: int, held: Mapping[str, object]) -> Row:
    """The line that `note_removed` writes; `keep` writes many."""
    return _row(edit, occurrence_id, version, WHOLE, dict(held), null())


def _row(edit: int, occurrence_id: str, version: int, name: str, before: object, after: object) -> Row:
    return {
        "edit_id": edit,
        "occurrence_id": occurrence_id,
        "version": version,
        "field": name,
        "before": before,
        "after": after,
    }


def of_record(connection: Connection, occurrence_id: str) -> list[Change]:
    """All changes of a record, newest first."""
    return _changes(connection, changes.c.occurrence_id == occurrence_id)


def of_edit(connection: Connection, number: int) -> list[Change]:
    """All changes of an edit, newest first."""
    return _changes(connection, changes.c.edit_id == number)


def edit(connection: Connection, number: int) -> Edit:
    """One edit.

    Raises
    ------
    NoSuchEdit
        When there is none under that number.
    """
    row = connection.execute(select(*_EDIT_COLUMNS).where(edits.c.id == number)).first()
    if row is None:
        raise NoSuchEdit(message("There is no edit number {number}.", number=number))
    return Edit(**row._mapping)


def edits_of(connection: Connection, *, limit: int = 50, before: int | None = None) -> list[Edit]:
    """The latest edits, newest first; with `before` those older than that number."""
    query = select(*_EDIT_COLUMNS).order_by(edits.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(edits.c.id < before)
    return [Edit(**row._mapping) for row in connection.execute(query)]


def records_of(connection: Connection, number: int) -> tuple[int, str]:
    """How many records an edit changed, and the key of one of them; blank when it changed none."""
    key = changes.c.occurrence_id
    found = connection.execute(
        select(func.count(distinct(key)), func.min(key)).where(changes.c.edit_id == number)
    ).one()
    return int(found[0]), str(found[1] or "")


def undone_by(connection: Connection, number: int) -> int | None:
    """The edit that took an edit back; None while it stands."""
    found: int | None = connection.scalar(select(edits.c.id).where(edits.c.undoes == number).limit(1))
    return found


def state_at(current: Mapping[str, object], past: Iterable[Change], version: int) -> dict[str, object]:
    """What a record held at an earlier version.

    Parameters
    ----------
    current : mapping
        What it holds now, by field.
    past : iterable of Change
        Its changes, newest first, as `of_record` gives them.
    version : int
        From 1.
    """
    state = dict(current)
    for change in past:
        if change.version <= version:
            break
        if change.field != WHOLE and change.field in state:
            state[change.field] = change.before
    return state


def _changes(connection: Connection, wanted: object) -> list[Change]:
    columns = (changes.c.occurrence_id, changes.c.version, changes.c.field, changes.c.before, changes.c.after)
    query = select(*columns, *_EDIT_COLUMNS).join_from(changes, edits).where(wanted).order_by(changes.c.id.desc())  # type: ignore[arg-type]
    return [_change(row) for row in connection.execute(query)]


def _change(row: Any) -> Change:
    values = dict(row._mapping)
    of = {name: values.pop(name) for name in ("occurrence_id", "version", "field", "before", "after")}
    return Change(edit=Edit(**values), **of)
