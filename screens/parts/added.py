"""After a specimen was added: what it changed, and a way to take it back."""

import streamlit as st

from catalogue import database, history, undoing
from catalogue.messages import Message
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from screens import navigation
from screens.words import _, say

_KEY = "just_added"


def remember(occurrence_id: str, changes: list[Message]) -> None:
    """Keep what adding a specimen did, to be told on its page."""
    st.session_state[_KEY] = (occurrence_id, changes)


def tell(specimen: Specimen) -> None:
    """Say that a specimen was saved and what it did to the tree, while it is the one just added."""
    key, changes = st.session_state.get(_KEY, ("", []))
    if key != specimen.occurrence_id:
        return
    with st.container(border=True):
        st.success(_("Saved."))
        if changes:
            st.markdown(
                _("What it changes on the family tree:") + "\n" + "\n".join(f"- {say(change)}" for change in changes)
            )
        else:
            st.markdown(
                _(
                    "The family tree stays as it is: the find lies within what is known of its kind, or its kind is not on the tree."
                )
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            navigation.link("add", _("Add another"))
            if specimen.has_place:
                navigation.link("map", _("See it on the map"), interval=specimen.earliest_interval)
            if st.button(_("Take it back")):
                _take_back(specimen.occurrence_id)


def _take_back(occurrence_id: str) -> None:
    with database.writing() as connection:
        adding = history.of_record(connection, occurrence_id)[-1].edit.id
        undoing.undo(connection, THIS_COMPUTER, adding)
    del st.session_state[_KEY]
    navigation.go("add")
