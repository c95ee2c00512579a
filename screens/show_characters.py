"""Which animal has which character, how the characters changed along a tree, and which tree needs the fewest changes?

Links: ``/characters?matrix=…&part=…``; with ``character=3`` for one character and ``on=…`` for the tree it is shown on.
"""

import streamlit as st

from screens.parts import address, character_ancestors, character_changes, matrix_grid, tree_search, tree_sources
from screens.parts.matrix_versions import current
from screens.words import _, marked

TABLE, CHANGES, ANCESTORS, SEARCH = "table", "changes", "ancestors", "search"
_PARTS = {
    TABLE: marked("Table"),
    CHANGES: marked("Changes on a tree"),
    ANCESTORS: marked("Ancestors"),
    SEARCH: marked("Look for the tree"),
}
_LEDES = {
    TABLE: marked("Each row is an animal, each column a character: something one can see on the skeleton. The same figure in two rows means that both have the same state of it."),
    CHANGES: marked("If this tree is right, where did the character change? Bonebed finds the histories with the fewest changes; that is parsimony."),
    ANCESTORS: marked("Nobody has seen these ancestors. From what is known of the tips, this is what they were likely to be like."),
    SEARCH: marked("Which tree needs the fewest changes to explain the table? The computer tries very many trees and keeps the shortest."),
}  # fmt: skip
_SHOWN = {
    TABLE: matrix_grid.show,
    CHANGES: character_changes.show,
    ANCESTORS: character_ancestors.show,
    SEARCH: tree_search.show,
}
_DEFAULTS: dict[str, object] = {
    "matrix": tree_sources.TEACHING,
    "part": TABLE,
    "character": 1,
    "on": tree_sources.BUILT_IN,
}


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    tree_sources.take_up(_DEFAULTS)
    st.title(_("Characters"))
    choices = tree_sources.matrices()
    if st.session_state["matrix"] not in choices:
        st.info(
            _(
                "The table of this link is not here: it was in a file of another visit, or was removed. Upload it again to see it."
            )
        )
        st.session_state["matrix"] = tree_sources.TEACHING
    key = st.selectbox(_("Table of characters"), list(choices), format_func=choices.__getitem__, key="matrix")
    tree_sources.offer_upload("matrices")
    version = current(key)
    st.session_state["character"] = min(int(st.session_state["character"]), len(version.matrix.characters) or 1)
    part = st.segmented_control(
        _("What to see"), list(_PARTS), format_func=lambda part: _(_PARTS[part]), key="part", required=True,
        label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    st.html(f'<p class="quiet">{_(_LEDES[str(part)])}</p>')
    _SHOWN[str(part)](key, version)
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    if name == "character":
        return int(written) if written.isdecimal() and 0 < int(written) < 100_000 else None
    return written if name != "part" or written in _PARTS else None
