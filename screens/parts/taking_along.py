"""What can be done with found records: keep the search by a name, take the records along as a file, print their labels."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.messages import CatalogueError
from catalogue.notes import listing
from catalogue.rights import Person
from catalogue.searching import facets, saved_searches
from catalogue.searching.query import Order, Query
from catalogue.searching.saved_searches import SavedSearch
from screens import navigation
from screens.parts import file_dialog, put_on_list, who
from screens.words import _, as_typed, say

Deed: TypeAlias = Callable[[Connection, Person, SavedSearch], None]


def offer(query: Query, order: Order, total: int, asked: Mapping[str, str]) -> None:
    """Show what can be done with the records of a search.

    Parameters
    ----------
    query, order
        The search.
    total : int
        How many records it found.
    asked : mapping of str to str
        The parameters of its link.
    """
    if total:
        file_dialog.offer(query, order)
        on_labels = {name: text for name, text in asked.items() if name not in ("view", "size")}
        navigation.link("labels", _("Print labels"), **on_labels)
        put_on_list.offer(partial(_keys, query, order, total))
        if who.may("bulk_edit"):
            on_all = {name: text for name, text in on_labels.items() if name != "order"}
            navigation.link("bulk", _("Change all of these"), **on_all)
        if who.may("withhold_sites"):
            navigation.link("withheld", _("Withheld sites"))


def _keys(query: Query, order: Order, total: int, connection: Connection, me: Person) -> list[str]:
    """The keys of the found records in their order, for a list."""
    listing.refuse_endless(total)
    found = facets.search(connection, query, order=order, size=listing.MOST_ENTRIES, who=me).specimens
    return [one.occurrence_id for one in found]


def offer_saved(asked: Mapping[str, str]) -> None:
    """Show the saved searches, and a way to keep the one of these parameters."""
    may_keep = who.may("keep_private_notes")
    with database.reading() as connection:
        saved = saved_searches.all_saved(connection, who.who())
    if not may_keep and not saved:
        return
    with st.popover(_("Saved searches"), type="tertiary", key="saved_searches"):
        for number, search in enumerate(saved):
            _show_saved(number, search)
        if not saved:
            st.caption(_("None yet. Ask for something, give it a name, and it opens again with one click."))
        if not may_keep:
            return
        with st.form("save_search", clear_on_submit=True, border=False):
            name = st.text_input(_("Name for this search"), max_chars=saved_searches.LONGEST_NAME, key="search_name")
            if st.form_submit_button(_("Save this search")):
                _save(name, asked)


def _show_saved(number: int, search: SavedSearch) -> None:
    me = who.who()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        navigation.link("specimens", as_typed(search.name), **search.asked)
        if search.shared:
            st.caption(_("for everybody"))
        if saved_searches.may_end_sharing(me, search):
            _offer(
                f"unshare_{number}",
                _("Do not share"),
                _("Only its owner sees it then"),
                search,
                saved_searches.end_sharing,
            )
        elif search.saved_by == me.login and who.may("share_searches"):
            told = _("Everybody sees it then, visitors too, with the words that it asks for")
            _offer(f"share_{number}", _("Share"), told, search, saved_searches.share)
        if search.saved_by == me.login:
            told = _("Throw this saved search away; no record is touched")
            _offer(f"forget_{number}", _("Forget"), told, search, saved_searches.forget)


def _offer(key: str, label: str, told: str, search: SavedSearch, deed: Deed) -> None:
    if st.button(label, key=key, type="tertiary", help=told):
        with database.writing() as connection:
            deed(connection, who.who(), search)
        st.rerun()


def _save(name: str, asked: Mapping[str, str]) -> None:
    try:
        with database.writing() as connection:
            saved_searches.save(connection, who.who(), name, asked)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.rerun()
