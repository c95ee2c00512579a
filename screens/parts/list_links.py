"""Links to what a record has many of, a page each."""

import streamlit as st

from screens import navigation
from screens.parts.part_words import LISTS
from screens.words import _


def show(key: str, but: str = "") -> None:
    """Links to the lists of a record, but for the one that is open."""
    with st.container(horizontal=True, key="lists"):
        for name, said in LISTS.items():
            if name != but:
                navigation.link("lists", _(said.title), id=key, list=name)
