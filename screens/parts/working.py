"""Long work on a page: a bar, the time that is left, and a button that stops it. The page itself stays usable."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from screens.words import _, several
from trees.background import Work

_EVERY = 0.7
"""Seconds between two looks at how far it is."""


def watch(work: Work[Any], *, key: str, what: Callable[[], str]) -> None:
    """Show work that is under way, and what it does, asked anew at each look; when it is over, the whole page is shown anew."""
    st.fragment(_look, run_every=_EVERY)(work, key, what)


def _look(work: Work[Any], key: str, what: Callable[[], str]) -> None:
    if work.over:
        st.rerun()
    st.progress(work.share, text=_told(work, what()))
    if st.button(_("Stop"), key=f"stop_{key}", disabled=work.cancelled):
        work.cancel()
        st.rerun(scope="fragment")


def _told(work: Work[Any], what: str) -> str:
    if work.cancelled:
        return _("Stopping …")
    if work.waiting:
        return _("Waiting for a turn: others are calculating …")
    left = work.seconds_left
    return what if left is None else f"{what} · {time_left(left)}"


def time_left(seconds: float) -> str:
    """About how long it still takes, in words."""
    if seconds < 60:
        return several("about {n} second left", "about {n} seconds left", max(1, round(seconds)))
    if seconds < 2 * 3600:
        return several("about {n} minute left", "about {n} minutes left", round(seconds / 60))
    return several("about {n} hour left", "about {n} hours left", round(seconds / 3600))
