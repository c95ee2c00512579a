"""Taking back: one field, one record, or everything that one edit did; what people changed since is kept and listed.

Undoing is an edit like any other, so it stands in the history and can itself be undone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from catalogue import describing, history, specimens, stored, transactions
from catalogue.changing import Changing, change
from catalogue.checking import InvalidDraft
from catalogue.holding import Held, batches
from catalogue.keeping import OF_THE_NUMBER, held_by, put_back, refuse_stale, take_out
from catalogue.messages import CatalogueError, Message, message
from catalogue.published import keeping as published
from catalogue.records import Change, Specimen
from catalogue.rights import Person, require
from catalogue.stored import NoSuchSpecimen
from catalogue.vocabularies import editing


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
    if any(map(editing.is_key, records)):
        require(who, "edit_vocabularies")
    if any(map(describing.is_key, records)):
        require(who, "describe_collection")
    if history.undone_by(connection, number) is not None:
        raise AlreadyUndone(message("This was undone before."))
    edit = history.begin(connection, "undo", who.login, why=why, undoes=number)
    taking_back = _TakingBack(connection, who, edit)
    made_of: dict[str, list[Change]] = {}
    for made in past:  # newest first, so that a number that was handed on is free again when its turn comes
        made_of.setdefault(made.occurrence_id, []).append(made)
    for batch in batches(list(made_of)):
        taking_back.take_back({key: made_of[key] for key in batch})
    kept = sorted(taking_back.kept, key=lambda one: one.occurrence_id)
    return Undone(edit, tuple(sorted(taking_back.records)), tuple(kept))


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
    state = history.state_at(held_by(connection, stored.get(connection, occurrence_id)), past, to)
    wanted = {name: value for name, value in state.items() if not only or name in only}
    return change(connection, who, occurrence_id, wanted, kind="undo", why=why)


def bring_back(connection: Connection, who: Person, occurrence_id: str, to: int, *, why: str = "") -> Specimen:
    """Bring back a record that was removed, as it was at one of its versions.

    Raises
    ------
    NotAllowed
    NoSuchSpecimen
        When no such record was removed.
    InvalidDraft
        When its catalogue number was given to another specimen meanwhile.
    """
    back = specimens.restore(connection, who, occurrence_id, why=why)
    return revert(connection, who, occurrence_id, to, version=back.version, why=why)


class _TakingBack:
    """The state of one undo, record by record."""

    def __init__(self, connection: Connection, who: Person, edit: int) -> None:
        self._connection = connection
        self._edit = edit
        self._changing = Changing(connection, who, lambda: edit, back=True)
        self._leaving: list[Held] = []
        self.records: list[str] = []
        self.kept: list[Kept] = []

    def take_back(self, made_of: Mapping[str, list[Change]]) -> None:
        """Take back what an edit did to some records, and write it."""
        entries = {key: made for key, made in made_of.items() if published.is_key(key)}
        lefts = published.take_back(self._connection, self._edit, entries)
        self._changing.look_up([key for key in made_of if key not in entries])
        for key, made in made_of.items():
            left = _left(key, made, lefts[key]) if key in entries else self._record(key, made)
            if left is None or left.fields:
                self.records.append(key)
            if left is not None:
                self.kept.append(left)
        self._write()

    def _write(self) -> None:
        if self._leaving:
            take_out(self._connection, self._edit, self._leaving)
            self._leaving = []
        self._changing.write()

    def _record(self, key: str, made: list[Change]) -> Kept | None:
        """Take back what an edit did to one record; None when all of it was, else what was kept."""
        for others in (transactions, editing, describing):
            if others.is_key(key):
                return _undo_other(others.take_back, self._connection, self._edit, key, made)
        whole = next((one for one in made if one.field == history.WHOLE), None)
        try:
            if whole is None:
                return self._fields(key, made)
            if whole.before is None:
                return self._adding(key, whole.version)
            self._write()  # a number that the record had may be free by now
            put_back(self._connection, self._edit, key)
        except NoSuchSpecimen:
            return Kept(key, (), message("The record is not there any more."))
        except InvalidDraft as error:
            return Kept(key, (), error.message)
        return None

    def _adding(self, key: str, version: int) -> Kept | None:
        held = self._changing.held(key)
        if held.specimen.version != version:
            return Kept(key, (), message("The record was changed since it was added, so it stays."))
        self._leaving.append(held)
        return None

    def _fields(self, key: str, made: list[Change]) -> Kept | None:
        held = self._changing.held(key)
        entered = [one for one in made if one.field not in history.DERIVED]
        back = {one.field: one.before for one in entered if held.value(one.field) == one.after}
        since = tuple(one.field for one in entered if one.field not in back)
        if back:
            if self._leaving and not back.keys().isdisjoint(OF_THE_NUMBER):
                self._write()  # whoever was given the number may be among those that leave
            self._changing.change(key, back)
        return _changed_since(key, since, some_were_put_back=bool(back)) if since else None


TakeBack: TypeAlias = Callable[[Connection, int, str, list[Change]], tuple[str, ...] | None]


def _undo_other(take_back: TakeBack, connection: Connection, edit: int, key: str, made: list[Change]) -> Kept | None:
    """Take back what an edit did to something that is no record: a loan, an accession, a word of a vocabulary."""
    try:
        since = take_back(connection, edit, key, made)
    except CatalogueError as error:
        return Kept(key, (), error.message)
    return _left(key, made, since)


def _left(key: str, made: list[Change], left: tuple[str, ...] | Message | None) -> Kept | None:
    if left is None:
        return None
    if isinstance(left, Message):
        return Kept(key, (), left)
    return _changed_since(key, left, some_were_put_back=len(left) < len(made))


def _changed_since(key: str, since: tuple[str, ...], *, some_were_put_back: bool) -> Kept:
    reason = message("Changed again since, and left as it is: {fields}.", fields=", ".join(since))
    return Kept(key, since if some_were_put_back else (), reason)
