"""After a specimen was added: what it changed, and a way to take it back."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from catalogue import database, past, undoing
from catalogue.messages import Message
from catalogue.records import Edit, Specimen
from screens import navigation
from screens.parts import trees, who
from screens.words import _, as_typed, say
from trees.dating import DatedTree

_KEY = "just_added"
_NOTED = "noted_of_the_tree"


def remember(occurrence_id: str, changes: list[Message]) -> None:
    """Keep what adding a specimen did, to be told on its page."""
    st.session_state[_KEY] = (occurrence_id, changes)


def forget() -> None:
    """Tell it no more: the person has gone on to another page."""
    st.session_state.pop(_KEY, None)


def tell(specimen: Specimen) -> None:
    """Say that a record was saved and what it did to the tree, while it is the one just saved."""
    key, changes = st.session_state.get(_KEY, ("", []))
    tell_noted()
    if key != specimen.occurrence_id:
        return
    with database.reading() as connection:
        edit = past.of_record(connection, key, who=who.who())[0].edit
    with st.container(border=True):
        st.success(_("Saved."))
        if changes:
            tell_changes(changes)
        else:
            st.markdown(
                _(
                    "The family tree stays as it is: the find lies within what is known of its kind, or its kind is not on the tree."
                )
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            if edit.kind == "add":
                navigation.link("add", _("Add another"))
            if specimen.has_place:
                navigation.link("map", _("See it on the map"), interval=specimen.earliest_interval)
            if st.button(_("Take it back"), key="take_back_saved"):
                _take_back(edit, key)


def tell_changes(changes: Sequence[Message]) -> None:
    """What an edit does to the family tree, as a list; nothing when it does nothing."""
    if not changes:
        return
    lines = (f"- {say(_with_genus_in_italics(change))}" for change in changes)
    st.markdown("\n".join((_("What it changes on the family tree:"), *lines)))


def _with_genus_in_italics(change: Message) -> Message:
    """A sentence for Markdown: tips are genera, and clades stand upright."""
    taxon = change.values.get("taxon")
    return replace(change, values={**change.values, "taxon": f"*{as_typed(str(taxon))}*"}) if taxon else change


def note(before: DatedTree) -> None:
    """Keep what a change, or a step back, did to the tree as it was `before`, to be told by the next page."""
    st.session_state[_NOTED] = trees.changes_since(before)


def tell_noted() -> None:
    """What was noted of the family tree, once."""
    tell_changes(st.session_state.pop(_NOTED, []))


def _take_back(edit: Edit, key: str) -> None:
    before = trees.dated_now()
    with database.writing() as connection:
        undoing.undo(connection, who.who(), edit.id)
    note(before)
    del st.session_state[_KEY]
    if edit.kind == "add":
        navigation.go("add")
    navigation.go("specimen", id=key)
