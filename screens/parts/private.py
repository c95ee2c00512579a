"""What every screen of private notes and lists shares: a deed with its refusal in words, a way to undo it, and a note as it is shown."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.messages import CatalogueError
from catalogue.notes import on_records
from catalogue.notes.on_records import Note
from catalogue.notes.texts import LONGEST_NOTE
from catalogue.records import Specimen
from catalogue.rights import Person
from catalogue.settings import settings
from screens import navigation
from screens.parts import who
from screens.parts.cards import kind_words, name_html
from screens.parts.picture import picture
from screens.words import _, as_typed, language, say

Deed = Callable[[Connection, Person], object]

_SAID = "private_said"
_REFUSED = "private_refused"
_UNDO = "private_undo"


def do(deed: Deed, *, at: str = "page") -> bool:
    """Do something in one transaction; what speaks against it is told by `tell` of the same place. Returns whether it was done."""
    st.session_state.pop(_UNDO, None)
    try:
        with database.writing() as connection:
            deed(connection, who.who(fresh=True))
    except CatalogueError as error:
        st.session_state[f"{_REFUSED}_{at}"] = say(error.message)
        return False
    return True


def say_done(said: str, undo: Deed | None = None, *, at: str = "page") -> None:
    """Have the page, or a menu on it, say what was done; with a button on the page that undoes it where `undo` is given."""
    st.session_state[f"{_SAID}_{at}"] = said
    if undo is not None:
        st.session_state[_UNDO] = (who.who().login, said, undo)


def tell(at: str = "page") -> None:
    """Say what was done or refused, and offer on the page to undo it for as long as nothing else is done."""
    refused: str = st.session_state.pop(f"{_REFUSED}_{at}", "")
    said: str = st.session_state.pop(f"{_SAID}_{at}", "")
    if refused:
        st.error(as_typed(refused))
    login, told, undo = st.session_state.get(_UNDO) or ("", "", None)
    if at == "page" and undo is not None and login == who.who().login:
        with st.container(horizontal=True, vertical_alignment="center", key="undo_line"):
            st.markdown(as_typed(told))
            st.button(_("Undo"), key="private_undo_it", on_click=_undo, args=(undo,))
    elif said:
        st.success(as_typed(said))


def _undo(deed: Deed) -> None:
    if do(deed):
        say_done(_("Undone."))


def whose() -> str:
    """Who can see notes and lists, in a sentence or two."""
    if settings().sign_in == "off":
        return _(
            "Notes and lists belong to this computer: whoever uses it sees them. They are no part of the catalogue and of its files."
        )
    return _(
        "Only you see your notes and lists; no curator and no administrator does. They are no part of the catalogue and of its files."
    )


def notes(shown: Sequence[Note], records: Mapping[str, Specimen] | None = None, *, key: str) -> None:
    """Notes, each with what changes and deletes it.

    Parameters
    ----------
    records : mapping or None
        The records by their keys, to name and link them above their notes; None where the page is about the record anyway.
    """
    chosen = picture("".join(_note(note, records) for note in shown), key=key, language=language())
    deed, _between, number = (chosen or "").partition(" ")
    for note in shown:
        if str(note.id) == number and deed == "change":
            st.dialog(_("Change the note"))(_change)(note)
        elif str(note.id) == number and deed == "delete":
            _delete(note)
            st.rerun()


def _note(note: Note, records: Mapping[str, Specimen] | None) -> str:
    head = "" if records is None else f"<h3>{record_html(note.occurrence_id, note.known_as, records)}</h3>"
    when, later = note.made_at[:10], note.changed_at[:10]
    if later != when:
        when = _("{day}, changed {later}").format(day=when, later=later)
    tools = tool_html("change", note.id, _("Change")) + tool_html("delete", note.id, _("Delete"))
    return (
        f'<article class="note">{head}<p class="own-words" dir="auto">{escape(note.written)}</p>'
        f'<div class="own-tools"><small class="quiet">{escape(when)}</small>{tools}</div></article>'
    )


def record_html(occurrence_id: str, known_as: str, records: Mapping[str, Specimen]) -> str:
    """A record's name with a link; one that was removed is struck out, under the name that it had."""
    record = records.get(occurrence_id)
    if record is None:
        gone = escape(_("removed from the catalogue"))
        return f'<del dir="auto">{escape(known_as or occurrence_id)}</del> <small class="quiet">({gone})</small>'
    address = escape(navigation.href("specimen", id=occurrence_id))
    number = f"{escape(kind_words(record))} · "
    return f'<a class="named" href="{address}" target="_self">{number}{name_html(record)}</a>'


def tool_html(deed: str, what: object, label: str, spoken: str = "", *, disabled: bool = False) -> str:
    """A button inside a picture, which hands ``deed what`` to Python."""
    name = f"{deed} {what}"
    aria = f' aria-label="{escape(spoken)}" title="{escape(spoken)}"' if spoken else ""
    state = " disabled" if disabled else f' data-name="{escape(name)}"'
    return f'<button type="button" class="own-button"{state}{aria}>{escape(label)}</button>'


def _change(note: Note) -> None:
    key = f"note_text_{note.id}"
    st.text_area(_("Your note"), note.written, key=key, max_chars=LONGEST_NOTE, height=220)
    if st.button(_("Save"), type="primary", key="note_save", on_click=_save, args=(note, key)):
        st.rerun()


def _save(note: Note, key: str) -> None:
    written = str(st.session_state[key])
    do(lambda connection, me: on_records.amend(connection, me, note, written))


def _delete(note: Note) -> None:
    if do(lambda connection, me: on_records.remove(connection, me, note)):
        say_done(_("The note is deleted."), lambda connection, me: on_records.bring_back(connection, me, note))
