"""What people typed and did not save yet: kept for each person, so that a reload or a lost connection loses nothing.

A draft holds texts as they were typed, unchecked. It belongs to one person, and to a record when it changes one; it is thrown away
in the transaction that saves the record. Two browsers that write the same draft get one each: neither overwrites the other.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from catalogue.messages import CatalogueError, message
from catalogue.people.accounts import now, stamp
from catalogue.rights import Person, require
from catalogue.tables import drafts

Form: TypeAlias = Literal["add", "amend", "write_lessons"]
Fields: TypeAlias = Mapping[str, str]

LONGEST = 1_000_000
"""Characters that a draft may hold."""
_LONGEST_KEY = 64


class EndlessDraft(CatalogueError):
    """A draft holds more than can be kept."""


@dataclass(frozen=True)
class Unsaved:
    """A draft of a record, or of a lesson.

    Parameters
    ----------
    key : str
        By which its form knows it.
    form : str
        ``add``, ``amend`` or ``write_lessons``; also the right that is needed to keep it.
    occurrence_id : str
        The record, or the lesson, that it changes; blank when it adds one.
    base_version : int
        The version of that record that was open; 0 when it adds one.
    fields : mapping of str to str
        What was typed; of a change, only the fields that were changed.
    saved_at : str
        When it was kept, ISO 8601 in UTC; blank when it never was.
    """

    key: str
    form: Form
    occurrence_id: str
    base_version: int
    fields: Fields
    saved_at: str = ""


def new_key() -> str:
    """A key for a draft that is about to begin."""
    return uuid.uuid4().hex


def keep(connection: Connection, who: Person, draft: Unsaved) -> Unsaved:
    """Keep a draft, and return it as it is kept now.

    It comes back under another key when somebody else, another tab for instance, wrote or finished it meanwhile. It replaces others
    of the same record of which it holds every text.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    who : Person
        To whom it belongs.
    draft : Unsaved
        With the `saved_at` that it had when it was kept last.

    Raises
    ------
    NotAllowed
        When the person may not save what the form makes.
    EndlessDraft
        When it holds more than `LONGEST` characters.
    """
    require(who, draft.form)
    _refuse_endless(draft)
    kept = replace(draft, saved_at=stamp(now()))
    written = connection.execute(
        update(drafts)
        .where(_is(who, draft.key), drafts.c.saved_at == draft.saved_at)
        .values(fields=dict(kept.fields), base_version=kept.base_version, saved_at=kept.saved_at)
    )
    if not written.rowcount:
        if draft.saved_at or connection.scalar(select(drafts.c.id).where(drafts.c.key == draft.key)) is not None:
            kept = replace(kept, key=new_key())
        _insert(connection, who, kept)
    _drop_superseded(connection, who, kept)
    return kept


def take_in(connection: Connection, who: Person, left: Unsaved) -> Unsaved | None:
    """Add to a draft what a browser held back while it could not reach the server; None when there is nothing at all.

    Raises
    ------
    NotAllowed, EndlessDraft
    """
    require(who, left.form)
    held = connection.execute(select(drafts).where(_is(who, left.key), drafts.c.form == left.form)).first()
    if held is None:
        return keep(connection, who, replace(left, saved_at="")) if left.fields else None
    draft = _of_row(held)
    return keep(connection, who, replace(draft, fields={**draft.fields, **left.fields}))


def of_person(connection: Connection, who: Person, form: Form, occurrence_id: str = "") -> list[Unsaved]:
    """A person's drafts of a form and record, newest first.

    Raises
    ------
    NotAllowed
    """
    require(who, form)
    rows = connection.execute(select(drafts).where(_of(who, form, occurrence_id)).order_by(drafts.c.saved_at.desc()))
    return [_of_row(row) for row in rows]


def discard(connection: Connection, who: Person, key: str) -> None:
    """Throw a draft of this person away; one that is not there is no error. `keep` brings it back."""
    connection.execute(delete(drafts).where(_is(who, key)))


def _insert(connection: Connection, who: Person, draft: Unsaved) -> None:
    connection.execute(
        insert(drafts).values(
            key=draft.key, login=who.login, form=draft.form, occurrence_id=draft.occurrence_id,
            base_version=draft.base_version, fields=dict(draft.fields), saved_at=draft.saved_at,
        )
    )  # fmt: skip


def _drop_superseded(connection: Connection, who: Person, draft: Unsaved) -> None:
    """After a lost connection the same form comes back as a new one: what it held before is in it."""
    for other in of_person(connection, who, draft.form, draft.occurrence_id):
        held = other.base_version == draft.base_version and other.fields.items() <= draft.fields.items()
        if held and other.key != draft.key:
            discard(connection, who, other.key)


def _refuse_endless(draft: Unsaved) -> None:
    length = sum(len(name) + len(text) for name, text in draft.fields.items())
    if length > LONGEST or len(draft.key) > _LONGEST_KEY:
        said = message("The draft has {count} characters; at most {most} can be kept.", count=length, most=LONGEST)
        raise EndlessDraft(said)


def _is(who: Person, key: str) -> ColumnElement[bool]:
    return and_(drafts.c.login == who.login, drafts.c.key == key)


def _of(who: Person, form: Form, occurrence_id: str) -> ColumnElement[bool]:
    column = drafts.c
    return and_(column.login == who.login, column.form == form, column.occurrence_id == occurrence_id)


def _of_row(row: Row[Any]) -> Unsaved:
    return Unsaved(**{name: row._mapping[name] for name in Unsaved.__dataclass_fields__})
