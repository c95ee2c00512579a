"""After a specimen was added: what it changed, and a way to take it back."""

import streamlit as st

from catalogue import database, specimens
from catalogue.messages import Message
from screens import navigation
from screens.words import _, say

_KEY = "just_added"


def remember(occurrence_id: str, changes: list[Message]) -> None:
    """Keep what adding a specimen did, to be told on its page."""
    st.session_state[_KEY] = (occurrence_id, changes)


def tell(occurrence_id: str) -> None:
    """Say that the specimen was saved and what it did to the tree, while it is the one just added."""
    key, changes = st.session_state.get(_KEY, ("", []))
    if key != occurrence_id:
        return
    with st.container(border=True):
        st.success(_("Saved. It is on the map and counts on the tree from now on."))
        for change in changes:
            st.markdown(f"- {say(change)}")
        with st.container(horizontal=True):
            navigation.link("add", _("Add another"))
            if st.button(_("Take it back")):
                _take_back(occurrence_id)


def _take_back(occurrence_id: str) -> None:
    with database.writing() as connection:
        specimens.take_back(connection, occurrence_id)
    del st.session_state[_KEY]
    navigation.go("add")
