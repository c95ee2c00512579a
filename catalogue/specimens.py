"""The one door to the records: find, open, add, amend, remove, restore.

Form, bulk edit, import, undo and command line alike come through here; no screen touches a table. Each writing function asks for
the right of the person who acts, checks the draft, writes the record and its history in the transaction that the caller opens with
`catalogue.database.writing`, and raises `Conflict` when the record changed underneath. Reading lives in `catalogue.finding`.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, Values, check
from catalogue.finding import (
    COLUMNS,
    NoSuchSpecimen,
    Page,
    count,
    countries_with_finds,
    counts_by_genus,
    counts_by_span,
    dated_finds,
    find,
    get,
    revision,
    statements,
    taxa_with_finds,
)
from catalogue.messages import CatalogueError, Problem, message
from catalogue.records import OWN, Change, Measurement, Specimen
from catalogue.rights import THIS_COMPUTER, Person, require
from catalogue.search import search_text
from catalogue.tables import measurements, specimens

__all__ = [
    "COLUMNS",
    "Conflict",
    "NoSuchSpecimen",
    "Page",
    "add",
    "amend",
    "count",
    "countries_with_finds",
    "counts_by_genus",
    "counts_by_span",
    "dated_finds",
    "find",
    "get",
    "held_by",
    "remove",
    "restore",
    "revision",
    "statements",
    "taxa_with_finds",
]

STATEMENTS = "statements"
"""The name under which the statements about a specimen stand in its history."""
_MADE_BY_US = frozenset({"created", "modified", "version", "import_id"})
_KEPT = tuple(field.name for field in fields(Specimen) if field.name not in _MADE_BY_US)


class Conflict(CatalogueError):
    """Somebody else changed the record since it was opened.

    Parameters
    ----------
    theirs : Specimen
        The record as it is now.
    since : list of Change
        What was changed since it was opened, newest first.
    """

    def __init__(self, theirs: Specimen, since: list[Change]) -> None:
        who = since[0].edit.made_by if since else THIS_COMPUTER.login
        somebody = message("Somebody") if who == THIS_COMPUTER.login else who
        super().__init__(
            message(
                "{who} changed this record while you had it open. Nothing you typed is lost: choose what to keep.",
                who=somebody,
            )
        )
        self.theirs = theirs
        self.since = since


def add(
    connection: Connection,
    who: Person,
    draft: Draft,
    *,
    why: str = "",
    import_id: int | None = None,
    about: Iterable[Measurement] = (),
) -> Specimen:
    """Add a record.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    who : Person
        Who adds it.
    draft : mapping
        Fields as typed; see `catalogue.checking.check`. Without an `occurrence_id` one is made.
    why : str
        A reason for the history.
    import_id : int or None
        The import that brings it.
    about : iterable of Measurement
        Statements to keep with it.

    Raises
    ------
    NotAllowed
        When the person may not add.
    InvalidDraft
        With every problem of the draft; nothing is written.
    """
    require(who, "add")
    specimen = insert_new(connection, as_new(checked_values(connection, draft), import_id), about)
    edit = history.begin(connection, "add", who.login, why=why, import_id=import_id)
    history.note_added(connection, edit, [specimen.occurrence_id])
    return specimen


def amend(
    connection: Connection, who: Person, occurrence_id: str, draft: Draft, *, version: int, why: str = ""
) -> Specimen:
    """Change a record.

    Parameters
    ----------
    draft : mapping
        The fields to change, as typed; those left out stay. ``statements`` takes a list of `Measurement`.
    version : int
        The version that the person had open.

    Returns
    -------
    Specimen
        The record as it is now; the same as before when nothing differs, without a trace in the history.

    Raises
    ------
    NotAllowed, InvalidDraft, NoSuchSpecimen
    Conflict
        When the record is not of that version any more; nothing is written.
    """
    require(who, "amend")
    refuse_stale(connection, occurrence_id, version)
    return change(connection, who, occurrence_id, draft, kind="amend", why=why)


def remove(connection: Connection, who: Person, occurrence_id: str, *, version: int, why: str = "") -> int:
    """Remove a record; `restore` brings it back. Returns the number of the edit.

    Raises
    ------
    NotAllowed, NoSuchSpecimen
    Conflict
        When the record is not of that version any more.
    """
    require(who, "remove")
    refuse_stale(connection, occurrence_id, version)
    edit = history.begin(connection, "remove", who.login, why=why)
    take_out(connection, edit, occurrence_id)
    return edit


def restore(connection: Connection, who: Person, occurrence_id: str, *, why: str = "") -> Specimen:
    """Bring back a record that was removed, as it was.

    Raises
    ------
    NotAllowed
    NoSuchSpecimen
        When no such record was removed.
    InvalidDraft
        When its catalogue number was given to another specimen meanwhile.
    """
    require(who, "remove")
    edit = history.begin(connection, "restore", who.login, why=why)
    return put_back(connection, edit, occurrence_id)


def held_by(connection: Connection, specimen: Specimen) -> dict[str, object]:
    """All that a record holds, by field, with the statements about it; what `history.state_at` reckons back from."""
    about = [_plain(statement) for statement in statements(connection, specimen.occurrence_id)]
    return {name: getattr(specimen, name) for name in _KEPT} | {STATEMENTS: about}


# What follows serves the neighbours that write through this door: taking over from files, and undoing.


def checked_values(
    connection: Connection,
    draft: Draft,
    *,
    replaces: str = "",
    taken: Mapping[tuple[object, object], object] | None = None,
) -> Values:
    """The clean values of a draft, or `InvalidDraft` with every problem."""
    checked = check(draft)
    problems = checked.problems or _problems_with_number(connection, checked.values, replaces, taken or {})
    if problems:
        raise InvalidDraft(problems)
    return checked.values


def as_new(values: Values, import_id: int | None) -> Values:
    """Values with what a new record gets from us: a key, times, version 1."""
    now = _now()
    key = values["occurrence_id"] or f"urn:uuid:{uuid.uuid4()}"
    return {**values, "occurrence_id": key, "created": now, "modified": now, "version": 1, "import_id": import_id}


def insert_new(connection: Connection, values: Values, about: Iterable[Measurement]) -> Specimen:
    """Write a record that is not there yet, with the statements about it."""
    about = list(about)
    specimen = Specimen(**values)  # type: ignore[arg-type]
    row = {**values, "search_text": search_text(specimen, words_of(about))}
    key = connection.execute(insert(specimens).values(**row)).inserted_primary_key
    assert key is not None
    _write_statements(connection, key[0], about)
    return specimen


def change(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    draft: Draft,
    *,
    kind: str,
    why: str = "",
    edit: int | None = None,
) -> Specimen:
    """Bring a record to what a draft says, and write down what differs; without a difference nothing is written."""
    before = get(connection, occurrence_id)
    held = held_by(connection, before)
    values = checked_values(connection, {**held, **draft}, replaces=occurrence_id)
    about = (
        _as_statements(occurrence_id, draft[STATEMENTS])
        if STATEMENTS in draft
        else statements(connection, occurrence_id)
    )
    after = {**values, STATEMENTS: [_plain(statement) for statement in about]}
    if all(held[name] == value for name, value in after.items()):
        return before
    edit = edit if edit is not None else history.begin(connection, kind, who.login, why=why)
    changed = _write(connection, before, values, about)
    history.note(connection, edit, occurrence_id, changed.version, held, after)
    return changed


def take_out(connection: Connection, edit: int, occurrence_id: str) -> None:
    """Delete a record and write down all that it held."""
    specimen = get(connection, occurrence_id)
    kept = held_by(connection, specimen) | {"created": specimen.created, "import_id": specimen.import_id}
    connection.execute(delete(specimens).where(specimens.c.occurrence_id == occurrence_id))
    history.note_removed(connection, edit, occurrence_id, specimen.version + 1, kept)


def put_back(connection: Connection, edit: int, occurrence_id: str) -> Specimen:
    """Write a removed record again, from what its history kept."""
    past = history.of_record(connection, occurrence_id)
    if not past or past[0].field != history.WHOLE or not isinstance(past[0].before, dict):
        raise NoSuchSpecimen(message("No record “{occurrence_id}” was removed.", occurrence_id=occurrence_id))
    held = dict(past[0].before)
    about = _as_statements(occurrence_id, held.pop(STATEMENTS))
    of_us: Values = {
        "created": held.pop("created"),
        "import_id": held.pop("import_id"),
        "modified": _now(),
        "version": past[0].version + 1,
    }
    specimen = insert_new(connection, checked_values(connection, held, replaces=occurrence_id) | of_us, about)
    history.note_added(connection, edit, [occurrence_id], version=specimen.version)
    return specimen


def refuse_stale(connection: Connection, occurrence_id: str, version: int) -> None:
    """Raise `Conflict` when a record is not of the version that somebody had open."""
    current = get(connection, occurrence_id)
    if current.version != version:
        past = history.of_record(connection, occurrence_id)
        raise Conflict(current, [made for made in past if made.version > version])


def words_of(about: Iterable[Measurement]) -> list[str]:
    """The words of statements by which their specimen is found."""
    return [
        text
        for statement in about
        for text in (statement.measurement_type, statement.measurement_value, statement.measurement_remarks)
    ]


def _write(connection: Connection, before: Specimen, values: Values, about: list[Measurement]) -> Specimen:
    of_us: Values = {"modified": _now(), "version": before.version + 1}
    after = Specimen(**values, **of_us, created=before.created, import_id=before.import_id)  # type: ignore[arg-type]
    column = specimens.c
    written = connection.execute(
        update(specimens)
        .where(column.occurrence_id == before.occurrence_id, column.version == before.version)
        .values(**values, **of_us, search_text=search_text(after, words_of(about)))
    )
    if written.rowcount == 0:
        refuse_stale(connection, before.occurrence_id, before.version)
    if about != statements(connection, before.occurrence_id):
        key = connection.scalar(select(column.id).where(column.occurrence_id == before.occurrence_id))
        connection.execute(delete(measurements).where(measurements.c.specimen_id == key))
        _write_statements(connection, key, about)
    return after


def _write_statements(connection: Connection, specimen_id: object, about: list[Measurement]) -> None:
    rows = [{"specimen_id": specimen_id, **_plain(statement)} for statement in about]
    if rows:
        connection.execute(insert(measurements), rows)


def _plain(statement: Measurement) -> dict[str, object]:
    return {name: value for name, value in asdict(statement).items() if name != "occurrence_id"}


def _as_statements(occurrence_id: str, listed: object) -> list[Measurement]:
    assert isinstance(listed, list)
    return [
        statement if isinstance(statement, Measurement) else Measurement(occurrence_id=occurrence_id, **statement)
        for statement in listed
    ]


def _problems_with_number(
    connection: Connection, values: Values, replaces: str, taken: Mapping[tuple[object, object], object]
) -> list[Problem]:
    if values["basis_of_record"] != OWN:
        return []
    column = specimens.c
    holder = taken.get((values["institution_code"], values["catalog_number"])) or connection.scalar(
        select(column.verbatim_identification).where(
            column.basis_of_record == OWN,
            column.institution_code == values["institution_code"],
            column.catalog_number == values["catalog_number"],
            column.occurrence_id != replaces,
        )
    )
    if holder is None:
        return []
    said = message(
        "Catalogue number “{number}” is already in use, for {name}. Each specimen has its own number.",
        number=values["catalog_number"],
        name=holder,
    )
    return [Problem("catalog_number", said)]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
