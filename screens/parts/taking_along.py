"""What can be done with found records: keep the search by a name, take the records along as a file, print their labels."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from catalogue import database
from catalogue.exchange.csv_out import csv_lines
from catalogue.finding import with_ids
from catalogue.messages import CatalogueError
from catalogue.searching import facets, saved_searches
from catalogue.searching.query import Order, Query
from catalogue.searching.saved_searches import SavedSearch
from screens import navigation
from screens.parts import who
from screens.words import _, as_typed, say, several

MOST = 100_000
"""Records that one file holds."""


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
        _offer_file(query, order, total)
        on_labels = {name: text for name, text in asked.items() if name not in ("view", "size")}
        navigation.link("labels", _("Print labels"), **on_labels)
        if who.may("bulk_edit"):
            on_all = {name: text for name, text in on_labels.items() if name != "order"}
            navigation.link("bulk", _("Change all of these"), **on_all)


def offer_saved(asked: Mapping[str, str]) -> None:
    """Show the saved searches, and a way to keep the one of these parameters."""
    may_keep = who.may("keep_private_notes")
    with database.reading() as connection:
        saved = saved_searches.all_saved(connection, who.who()) if may_keep else []
    if not may_keep:
        return
    with st.popover(_("Saved searches"), type="tertiary", key="saved_searches"):
        for number, search in enumerate(saved):
            _show_saved(number, search)
        if not saved:
            st.caption(_("None yet. Ask for something, give it a name, and it opens again with one click."))
        with st.form("save_search", clear_on_submit=True, border=False):
            name = st.text_input(_("Name for this search"), max_chars=saved_searches.LONGEST_NAME, key="search_name")
            if st.form_submit_button(_("Save this search")):
                _save(name, asked)


def _show_saved(number: int, search: SavedSearch) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        navigation.link("specimens", search.name, **search.asked)
        if st.button(
            _("Forget"),
            key=f"forget_{number}",
            type="tertiary",
            help=_("Throw this saved search away; no record is touched"),
        ):
            with database.writing() as connection:
                saved_searches.forget(connection, who.who(), search)
            st.rerun()


def _save(name: str, asked: Mapping[str, str]) -> None:
    try:
        with database.writing() as connection:
            saved_searches.save(connection, who.who(), name, asked)
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.rerun()


def _offer_file(query: Query, order: Order, total: int) -> None:
    with st.popover(_("CSV file"), type="tertiary"):
        st.caption(
            several(
                "{n} record, a line each, under the names of Darwin Core.",
                "{n} records, a line each, under the names of Darwin Core.",
                min(total, MOST),
            )
        )
        if total > MOST:
            st.caption(
                several(
                    "A file holds {n} record at most. Narrow the search for the others.",
                    "A file holds {n} records at most. Narrow the search for the others.",
                    MOST,
                )
            )
        mark = st.toggle(
            _("For Excel"),
            value=True,
            key="for_excel",
            help=_("Begins with a byte order mark, by which Excel knows UTF-8"),
        )
        st.download_button(
            _("Download"),
            lambda: written(query, order, byte_order_mark=mark),
            file_name=f"bonebed-{datetime.now(UTC):%Y-%m-%d}.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_csv",
        )


def written(query: Query, order: Order, *, byte_order_mark: bool) -> bytes:
    """The found records as a CSV file."""
    with database.reading() as connection:
        keys = facets.found_keys(connection, query, order=order)[:MOST]
        portions = (keys[start : start + 500] for start in range(0, len(keys), 500))
        found = (specimen for portion in portions for specimen in with_ids(connection, portion))
        return "".join(csv_lines(found, byte_order_mark=byte_order_mark)).encode()
