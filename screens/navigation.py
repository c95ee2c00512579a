"""The links between the pages. Each address is a promise: links that people keep must go on working.

Which pages there are is told in `screens.pages`; a link needs only the address, so that no screen imports another.
"""

from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page

from screens.words import LANGUAGES, language


def go(address: str, **parameters: str) -> NoReturn:
    """Open a page now; the language stays."""
    st.switch_page(_target(address), query_params=_given(parameters))


def link(address: str, label: str, **parameters: str) -> None:
    """A link to a page."""
    st.page_link(_target(address), label=label, query_params=_given(parameters))


def href(address: str, **parameters: str) -> str:
    """The address of a page, for links inside pictures; relative, so that a prefix of the server is kept."""
    return f"./{address}?{urlencode(_given(parameters) | {'lang': LANGUAGES[language()]})}"


def _target(address: str) -> Page:
    """A stand-in for a page: Streamlit knows pages by their address alone."""
    return st.Page(_nothing, title=address or "home", url_path=address, default=address == "")


def _nothing() -> None:
    """The body of a stand-in, never run."""


def _given(parameters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}
