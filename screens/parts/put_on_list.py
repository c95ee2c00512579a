"""Putting specimens on one of a person's own lists, or on a new one: from the page of a record, and from what a search found."""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.notes import listing, lists
from catalogue.notes.texts import LONGEST_NAME
from catalogue.rights import Person
from screens import navigation
from screens.parts import private, who
from screens.words import _, as_typed, several

_LIST = "put_on_list"


def offer(keys: Callable[[Connection, Person], Sequence[str]], *, one: str = "") -> None:
    """Show the menu; nothing for those who may keep no lists.

    Parameters
    ----------
    keys : callable
        Gives the keys of the records, when they are put on a list and not before.
    one : str
        The key of the record where it is but one; then the lists on which it stands are named.
    """
    if not who.may("keep_private_notes"):
        return
    with st.popover(_("Put on a list"), type="secondary" if one else "tertiary", key="put_on_a_list"):
        with database.reading() as connection:
            mine = lists.all_of(connection, who.who())
            on = lists.with_specimen(connection, who.who(), one) if one else set()
        if on:
            st.caption(_("It stands on:"))
        for head in mine:
            if head.id in on:
                navigation.link("notes", as_typed(head.name), list=str(head.id))
        free = [head.name for head in mine if head.id not in on]
        st.selectbox(
            _("Your list"),
            free,
            index=None,
            key=_LIST,
            accept_new_options=True,
            placeholder=_("Choose a list, or type a name for a new one") if free else _("Type a name for a new list"),
        )
        st.button(_("Put on"), key="put_on", type="primary", on_click=_put, args=(keys,))
        private.tell(_LIST)
        st.caption(private.whose())


def _put(keys: Callable[[Connection, Person], Sequence[str]]) -> None:
    name = " ".join(str(st.session_state.get(_LIST) or "").split())[: LONGEST_NAME + 1]

    def deed(connection: Connection, me: Person) -> None:
        head = next((one for one in lists.all_of(connection, me) if one.name == name), None)
        head = head or listing.make(connection, me, name)
        count = listing.put(connection, me, head.id, keys(connection, me))
        said = several("Put on the list: {n} specimen.", "Put on the list: {n} specimens.", count)
        private.say_done(said if count else _("All of them stand on it already."), at=_LIST)

    if private.do(deed, at=_LIST):
        st.session_state[_LIST] = None
