"""Private notes on records: plain text, several for a record, each with its date; read by nobody but their writer.

A note is named by the key of its record, so that it outlives the record's removal and belongs to it again when it comes back. Two
tabs that change the same note get one each: neither overwrites the other.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from catalogue import finding
from catalogue.messages import CatalogueError, message
from catalogue.notes.texts import fit_note, has_words, known_as, this_moment
from catalogue.rights import Person, require
from catalogue.tables import private_notes

MOST_CHARACTERS = 1_000_000
"""Characters of all notes of one person together; as much as two novels."""
MOST_NOTES = 2_000
"""Notes of one person."""


class TooManyNotes(CatalogueError):
    """A person has as many notes as can be kept."""


@dataclass(frozen=True)
class Note:
    """A note on a record.

    Parameters
    ----------
    id : int
    occurrence_id : str
        The record that it is about.
    known_as : str
        What the record was called when the note was written.
    written : str
        Plain text, with line breaks.
    made_at, changed_at : str
        When it was written, and last changed, ISO 8601 in UTC.
    """

    id: int
    occurrence_id: str
    known_as: str
    written: str
    made_at: str
    changed_at: str


def write(connection: Connection, who: Person, occurrence_id: str, written: str) -> Note:
    """Write a note on a record.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    who : Person
        Whose it is.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    UnfitText
        When it is blank or too long.
    TooManyNotes
    NoSuchSpecimen
        When there is no such record.
    """
    require(who, "keep_private_notes")
    written = fit_note(written)
    specimen = finding.get(connection, occurrence_id, who=who)
    moment = this_moment()
    return _insert(connection, who, Note(0, occurrence_id, known_as(specimen), written, moment, moment))


def amend(connection: Connection, who: Person, note: Note, written: str) -> Note:
    """Change a note; where it was changed or deleted since it was read, both texts are kept, the new one as another note.

    Parameters
    ----------
    note : Note
        As it was read.

    Raises
    ------
    NotAllowed, UnfitText, TooManyNotes
    """
    require(who, "keep_private_notes")
    kept = replace(note, written=fit_note(written), changed_at=this_moment())
    _refuse_too_many(connection, who, more=len(kept.written) - len(note.written))
    column = private_notes.c
    same = and_(column.login == who.login, column.id == note.id, column.changed_at == note.changed_at)
    values = {"written": kept.written, "changed_at": kept.changed_at}
    if connection.execute(update(private_notes).where(same).values(**values)).rowcount:
        return kept
    return _insert(connection, who, replace(kept, made_at=kept.changed_at))


def remove(connection: Connection, who: Person, note: Note) -> None:
    """Delete a note; one that is not there is no error. `bring_back` undoes it.

    Raises
    ------
    NotAllowed
    """
    require(who, "keep_private_notes")
    connection.execute(delete(private_notes).where(private_notes.c.login == who.login, private_notes.c.id == note.id))


def bring_back(connection: Connection, who: Person, note: Note) -> Note:
    """Keep a note again that was deleted, with its dates.

    Raises
    ------
    NotAllowed, UnfitText, TooManyNotes
    """
    require(who, "keep_private_notes")
    return _insert(connection, who, replace(note, written=fit_note(note.written)))


def of_record(connection: Connection, who: Person, occurrence_id: str) -> list[Note]:
    """A person's notes on a record, the first one first.

    Raises
    ------
    NotAllowed
    """
    require(who, "keep_private_notes")
    column = private_notes.c
    return _read(connection, and_(column.login == who.login, column.occurrence_id == occurrence_id))


def find(connection: Connection, who: Person, asked: str = "") -> list[Note]:
    """A person's notes, the last changed first; with words, those that have them all in their text or the name of their record.

    Raises
    ------
    NotAllowed
    """
    require(who, "keep_private_notes")
    notes = _read(connection, private_notes.c.login == who.login)
    notes.sort(key=lambda note: (note.changed_at, note.id), reverse=True)
    return [note for note in notes if not asked.strip() or has_words(asked, (note.known_as, note.written))]


def _read(connection: Connection, wanted: ColumnElement[bool]) -> list[Note]:
    rows = connection.execute(select(private_notes).where(wanted).order_by(private_notes.c.made_at, private_notes.c.id))
    return [_of_row(row) for row in rows]


def _of_row(row: Row[Any]) -> Note:
    return Note(**{name: row._mapping[name] for name in Note.__dataclass_fields__})


def _insert(connection: Connection, who: Person, note: Note) -> Note:
    _refuse_too_many(connection, who, more=len(note.written), new=1)
    values = {name: getattr(note, name) for name in Note.__dataclass_fields__ if name != "id"}
    key = connection.execute(insert(private_notes).values(login=who.login, **values)).inserted_primary_key
    assert key is not None
    return replace(note, id=key[0])


def _refuse_too_many(connection: Connection, who: Person, *, more: int, new: int = 0) -> None:
    held = select(func.count(), func.coalesce(func.sum(func.length(private_notes.c.written)), 0))
    number, characters = connection.execute(held.where(private_notes.c.login == who.login)).one()
    if number + new > MOST_NOTES:
        said = message(
            "You have {most} notes, as many as can be kept. Delete some you no longer need.", most=MOST_NOTES
        )
        raise TooManyNotes(said)
    if more > 0 and characters + more > MOST_CHARACTERS:
        raise TooManyNotes(
            message(
                "Your notes together would have more than {most} characters. Delete some you no longer need.",
                most=MOST_CHARACTERS,
            )
        )
