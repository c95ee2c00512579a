"""The pages and the links between them. Each address is a promise: links that people keep must go on working."""

from collections.abc import Callable
from functools import cache
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from screens.words import _, marked


@cache
def load_pages() -> dict[str, tuple[str, Callable[[], None]]]:
    """Title and body of each page, by its address."""
    from screens import (
        add_specimen,
        amend_specimen,
        class_walk,
        family_tree,
        find_specimens,
        home,
        import_file,
        manage_people,
        period_map,
        record_history,
        show_specimen,
    )

    return {
        "": (marked("Home"), home.show),
        "specimens": (marked("Specimens"), find_specimens.show),
        "map": (marked("Map"), period_map.show),
        "tree": (marked("Family tree"), family_tree.show),
        "class": (marked("In class"), class_walk.show),
        "add": (marked("Add a specimen"), add_specimen.show),
        "import": (marked("Import"), import_file.show),
        "specimen": (marked("Specimen"), show_specimen.show),
        "amend": (marked("Change a record"), amend_specimen.show),
        "history": (marked("History"), record_history.show),
        "people": (marked("People"), manage_people.show),
    }


_HIDDEN = frozenset({"specimen", "amend", "history"})
"""Pages that are reached from another page, not from the navigation."""


def _page(address: str) -> Page:
    title, body = load_pages()[address]
    return st.Page(
        body,
        title=_(title),
        url_path=address,
        default=address == "",
        visibility="hidden" if address in _HIDDEN else "visible",
    )


def navigate() -> Page:
    """Show the navigation and return the page that the address asks for."""
    return st.navigation([_page(address) for address in load_pages()], position="top")


def go(address: str, **parameters: str) -> NoReturn:
    """Open a page now; the language stays."""
    st.switch_page(_page(address), query_params=_given(parameters))


def link(address: str, label: str, **parameters: str) -> None:
    """A link to a page."""
    st.page_link(_page(address), label=label, query_params=_given(parameters))


def href(address: str, **parameters: str) -> str:
    """The address of a page, for links inside pictures; relative, so that a prefix of the server is kept."""
    from urllib.parse import urlencode

    return f"./{address}?{urlencode(_given(parameters) | {'lang': st.session_state['lang']})}"


def _given(parameters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}
