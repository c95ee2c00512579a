"""Ways in beside a file: a table that another page fetched, handed over to the import page, and the links to those pages."""

import streamlit as st

from screens import navigation
from screens.words import _, as_typed

_HANDED = "handed_over"


def hand_over(name: str, content: bytes, key: str) -> None:
    """Open the import page with a table; `key` tells one table from another."""
    st.session_state[_HANDED] = (name, content, key)
    st.session_state.pop("import_report", None)
    navigation.go("import")


def given() -> tuple[str, bytes, str] | None:
    """The table that was handed over, said at the top of the page with a way to leave it; None where there is none."""
    handed: tuple[str, bytes, str] | None = st.session_state.get(_HANDED)
    if handed is None:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{as_typed(handed[0])}**")
        st.button(_("Take a file instead"), key="handed_leave", on_click=_leave)
    return handed


def link_other_ways() -> None:
    """The pages on which more comes in than a table."""
    with st.container(horizontal=True):
        navigation.link("pbdb", _("Straight from the Paleobiology Database"))
        navigation.link("pictures-by-number", _("Many photographs at once"))


def _leave() -> None:
    st.session_state.pop(_HANDED, None)
    st.session_state.pop("import_report", None)
