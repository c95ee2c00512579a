"""The tables of characters of this visit with what a person changed in them. Changes stay in the visit until they are downloaded."""

import streamlit as st

from screens.parts import tree_sources
from screens.words import _, language
from trees.matrices import Character
from trees.matrix_editing import Version

_KEPT = "matrix_versions"


def current(key: str) -> Version:
    """The version of a table that is being looked at."""
    kept: dict[str, Version] = st.session_state.setdefault(_KEPT, {})
    # The table for a class is named in the reader's language, and so is what is changed in it.
    own = f"{key}|{language()}" if key == tree_sources.TEACHING else key
    if own not in kept:
        matrix = tree_sources.matrix_of(key)
        assert matrix is not None  # the page offers only what is there
        kept[own] = Version(matrix)
    return kept[own]


def put(key: str, version: Version) -> None:
    """Make this the version that is being looked at."""
    own = f"{key}|{language()}" if key == tree_sources.TEACHING else key
    st.session_state[_KEPT][own] = version


def called(number: int, character: Character) -> str:
    """A character with its number, for lists."""
    return f"{number}. {character.name or _('without a name')}"


def choose_character(version: Version) -> int:
    """Let a person choose one character; gives its place, from 0."""
    names = version.matrix.characters
    chosen = st.selectbox(
        _("Character"),
        range(1, len(names) + 1),
        format_func=lambda number: called(number, names[number - 1]),
        key="character",
    )
    return int(chosen) - 1
