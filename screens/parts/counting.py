"""While all records of a large catalogue are counted, pages that need the count say so and how far it is, instead of standing still.

That is after the first start with so many records, and after a large import; else the count comes from a file beside the database
(`catalogue.searching.census_file`) or from memory.
"""

import logging
import threading

import streamlit as st

from catalogue import database
from catalogue.searching import census, census_at_hand, facets
from catalogue.searching.query import Query
from maps import located
from screens.parts import who
from screens.words import _

SOON = 50_000
"""Records that are counted in one or two seconds; no page waits for fewer."""
_EVERY = 0.5
"""Seconds between two looks at how far it is."""
_log = logging.getLogger("bonebed")
_beginning = threading.Lock()
_under_way: threading.Thread | None = None


def count_all() -> None:
    """Count all records once, and see where they lie; the first search and the first map of a large catalogue would take so long else."""
    with database.reading() as connection:
        facets.count(connection, Query())
        located.find(connection, Query(), who.of_cookies({}))


def begin() -> threading.Thread:
    """Count in a thread of its own, or leave that to the one that does so already."""
    global _under_way
    with _beginning:
        if _under_way is None or not _under_way.is_alive():
            _under_way = threading.Thread(target=_count, name="bonebed-counting", daemon=True)
            _under_way.start()
        return _under_way


def wait(title: str) -> None:
    """Let a page go on if the count is at hand or soon will be; else show its title and how far the count is, and the page when it is done."""
    if is_soon_done():
        return
    thread = begin()
    thread.join(_EVERY)  # from a file it takes little longer
    if thread.is_alive():
        st.title(title)
        st.fragment(_look, run_every=_EVERY)(thread)
        st.stop()


def is_soon_done() -> bool:
    """Whether the next count takes no more than a second or two."""
    with database.reading() as connection:
        return census_at_hand.is_at_hand(connection) or census.progress(connection)[1] <= SOON


def _look(thread: threading.Thread) -> None:
    if not thread.is_alive():
        st.rerun()
    with database.reading() as connection:
        done, all_of_them = census.progress(connection)
    told = _(
        "All records are being read once, so that maps and searches are quick afterwards: {done} of {all}. The page then opens by itself."
    )
    st.progress(done / all_of_them, text=told.format(done=f"{done:,}", all=f"{all_of_them:,}"))


def _count() -> None:
    try:
        count_all()
    except Exception:
        _log.exception("The records could not be counted ahead; the next page that needs the count tries again.")
