"""Taking back: one field, one record, or everything that one edit did; what people changed since is kept and listed.

Undoing is an edit like any other, so it stands in the history and can itself be undone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from catalogue import history, transactions
from catalogue.checking import InvalidDraft
from catalogue.finding import NoSuchSpecimen, get
from catalogue.keeping import change, held_by, put_back, refuse_stale, take_out
from catalogue.messages import CatalogueError, Message, message
from catalogue.records import Change, Specimen
from catalogue.rights import Person, require


class AlreadyUndone(CatalogueError):
    """The edit was taken back before."""


@dataclass(frozen=True)
class Kept:
    """A record, or fields of it, that an undo left as they are, and why."""

    occurrence_id: str
    fields: tuple[str, ...]
    reason: Message


@dataclass(frozen=True)
class Undone:
    """What an undo did.

    Parameters
    ----------
    edit : int
        Its own number.
    records : tuple of str
        Keys of the records that were put back.
    kept : tuple of Kept
        What people changed since, and what could not be put back.
    """

    edit: int
    records: tuple[str, ...]
    kept: tuple[Kept, ...]


def undo(connection: Connection, who: Person, number: int, *, why: str = "") -> Undone:
    """Take back everything that an edit did.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    who : Person
        Who takes it back; an edit of more than one record needs the right ``undo_batch``.
    number : int
        The edit.

    Raises
    ------
    NotAllowed
    NoSuchEdit
        When there is none under that number.
    AlreadyUndone
        When it was taken back before.
    """
    past = history.of_edit(connection, number)
    history.edit(connection, number)
    records = {made.occurrence_id for made in past}
    require(who, "undo" if len(records) <= 1 else "undo_batch")
    if any(map(transactions.is_key, records)):
        require(who, "manage_loans")
    if history.undone_by(connection, number) is not None:
        raise AlreadyUndone(message("This was undone before."))
    edit = history.begin(connection, "undo", who.login, why=why, undoes=number)
    put_back_keys: list[str] = []
    kept: list[Kept] = []
    by_record = sorted(past, key=lambda made: made.occurrence_id)
    for key, made in groupby(by_record, key=lambda made: made.occurrence_id):
        left = _undo_record(connection, who, edit, key, list(made))
        if left is None or left.fields:
            put_back_keys.append(key)
        if left is not None:
            kept.append(left)
    return Undone(edit, tuple(put_back_keys), tuple(kept))


def revert(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    to: int,
    *,
    version: int,
    only: Collection[str] = (),
    why: str = "",
) -> Specimen:
    """Bring a record, or some of its fields, back to what an earlier version held.

    Parameters
    ----------
    to : int
        The earlier version.
    version : int
        The version that the person had open.
    only : collection of str
        Fields; all when left out.

    Raises
    ------
    NotAllowed, NoSuchSpecimen, Conflict, InvalidDraft
    """
    require(who, "undo")
    refuse_stale(connection, occurrence_id, version)
    past = history.of_record(connection, occurrence_id)
    state = history.state_at(held_by(connection, get(connection, occurrence_id)), past, to)
    wanted = {name: value for name, value in state.items() if not only or name in only}
    return change(connection, who, occurrence_id, wanted, kind="undo", why=why)


def _undo_record(connection: Connection, who: Person, edit: int, key: str, made: list[Change]) -> Kept | None:
    """Take back what an edit did to one record; None when all of it was, else what was kept."""
    if transactions.is_key(key):
        return _undo_transaction(connection, edit, key, made)
    whole = next((one for one in made if one.field == history.WHOLE), None)
    try:
        if whole is None:
            return _undo_fields(connection, who, edit, key, made)
        if whole.before is None:
            return _undo_adding(connection, edit, key, whole.version)
        put_back(connection, edit, key)
    except NoSuchSpecimen:
        return Kept(key, (), message("The record is not there any more."))
    except InvalidDraft as error:
        return Kept(key, (), error.message)
    return None


def _undo_transaction(connection: Connection, edit: int, key: str, made: list[Change]) -> Kept | None:
    try:
        since = transactions.take_back(connection, edit, key, made)
    except CatalogueError as error:
        return Kept(key, (), error.message)
    return None if since is None else _changed_since(key, since, some_were_put_back=len(since) < len(made))


def _undo_adding(connection: Connection, edit: int, key: str, version: int) -> Kept | None:
    if get(connection, key).version != version:
        return Kept(key, (), message("The record was changed since it was added, so it stays."))
    take_out(connection, edit, key)
    return None


def _undo_fields(connection: Connection, who: Person, edit: int, key: str, made: list[Change]) -> Kept | None:
    held = held_by(connection, get(connection, key))
    entered = [one for one in made if one.field not in history.DERIVED]
    back = {one.field: one.before for one in entered if held[one.field] == one.after}
    since = tuple(one.field for one in entered if one.field not in back)
    if back:
        change(connection, who, key, back, kind="undo", edit=edit)
    return _changed_since(key, since, some_were_put_back=bool(back)) if since else None


def _changed_since(key: str, since: tuple[str, ...], *, some_were_put_back: bool) -> Kept:
    reason = message("Changed again since, and left as it is: {fields}.", fields=", ".join(since))
    return Kept(key, since if some_were_put_back else (), reason)
