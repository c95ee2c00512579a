"""A person's own notes beside a record: those that are there, and a field for another; folded away while there is none."""

import streamlit as st

from catalogue import database
from catalogue.notes import on_records
from catalogue.notes.texts import LONGEST_NOTE
from catalogue.records import Specimen
from screens.parts import private, who
from screens.words import _

_NEW = "new_note"


def show(specimen: Specimen) -> None:
    """The panel; nothing for those who may keep no notes."""
    if not who.may("keep_private_notes"):
        return
    with database.reading() as connection:
        written = on_records.of_record(connection, who.who(), specimen.occurrence_id)
    title = _("My notes ({n})").format(n=len(written)) if written else _("My note")
    private.tell()
    with st.expander(title, expanded=bool(written), key="my_note"):
        if written:
            private.notes(written, key="own_notes")
        st.text_area(
            _("Another note") if written else _("Write what you see, ask or want to remember"),
            key=_NEW,
            max_chars=LONGEST_NOTE,
            height=100,
            help=private.whose(),
        )
        st.button(_("Keep the note"), key="keep_note", on_click=_keep, args=(specimen.occurrence_id,))


def _keep(key: str) -> None:
    if private.do(lambda connection, me: on_records.write(connection, me, key, st.session_state[_NEW])):
        st.session_state[_NEW] = ""
