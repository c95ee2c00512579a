"""The one door to the records: find, open, add, amend, remove, restore.

Form, bulk edit, import, undo and command line alike come through here; no screen touches a table. Each writing function asks for
the right of the person who acts, checks the draft, writes the record and its history in the transaction that the caller opens with
`catalogue.database.writing`, and raises `Conflict` when the record changed underneath. Reading lives in `catalogue.finding`, the writing itself in `catalogue.keeping`.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from catalogue import history
from catalogue.changing import change
from catalogue.checking import Draft
from catalogue.finding import (
    COLUMNS,
    NoSuchSpecimen,
    Page,
    ages_of_formation,
    count,
    countries_with_finds,
    counts_by_genus,
    counts_by_span,
    dated_finds,
    find,
    get,
    get_all,
    listed,
    parts_of,
    revision,
    statements,
    taxa_with_finds,
)
from catalogue.holding import held
from catalogue.keeping import (
    Conflict,
    as_new,
    checked_parts,
    checked_values,
    held_by,
    insert_new,
    put_back,
    refuse_stale,
    take_out,
)
from catalogue.parts import STATEMENTS, nothing
from catalogue.records import Measurement, Specimen
from catalogue.rights import Person, require
from catalogue.withholding import refuse_mark

__all__ = [
    "COLUMNS",
    "Conflict",
    "NoSuchSpecimen",
    "Page",
    "add",
    "ages_of_formation",
    "amend",
    "count",
    "countries_with_finds",
    "counts_by_genus",
    "counts_by_span",
    "dated_finds",
    "find",
    "get",
    "get_all",
    "held_by",
    "listed",
    "parts_of",
    "remove",
    "restore",
    "revision",
    "statements",
    "taxa_with_finds",
]


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
        Fields as typed; see `catalogue.checking.check`. Without an `occurrence_id` one is made. Lists of `catalogue.parts.PARTS`
        take parts, or their fields as typed.
    why : str
        A reason for the history.
    import_id : int or None
        The import that brings it.
    about : iterable of Measurement
        Statements to keep with it; short for ``statements`` in the draft.

    Raises
    ------
    NotAllowed
        When the person may not add, or the draft has a mark by which the site is withheld and the person may not withhold sites.
    InvalidDraft
        With every problem of the draft; nothing is written.
    """
    require(who, "add")
    about = list(about)
    parts, problems = checked_parts(connection, {**draft, STATEMENTS: about} if about else draft, nothing())
    values = checked_values(connection, draft, also=problems)
    refuse_mark(who, values["site_withheld"])
    specimen = insert_new(connection, as_new(values, import_id), parts)
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
        The fields to change, as typed; those left out stay. A list of `catalogue.parts.PARTS` is given whole. Another name moves
        the old one into ``identifications``, unless the draft has that list too (to correct a slip of the pen, give it as it is).
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
    take_out(connection, edit, [*held(connection, [occurrence_id]).values()])
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
