"""The address in the browser and the state of the widgets, kept alike: each view has a link, and Back goes back.

Streamlit's own `bind` writes labels into the address, which differ by language; here the value itself is written. A screen
calls `follow` before its widgets and `keep` after them.
"""

from collections.abc import Callable, Mapping

import streamlit as st

ANY = "any"
"""How an address says that a choice was taken away which a screen makes by default."""
_SEEN = "_address_seen"
_PAGE = "_address_page"


def enter(page: str) -> None:
    """Note which page is shown: what was chosen on another one does not count here."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_SEEN] = None


def follow(defaults: Mapping[str, object], allowed: Callable[[str, str], object | None] | None = None) -> None:
    """Set the widgets from the address where a person changed it: by a link, or by Back.

    Parameters
    ----------
    defaults : mapping of str to object
        The default of each widget, by its key, which is the parameter's name too.
    allowed : callable
        Turns a parameter's text into the widget's value; None for a text that means nothing. Left out: the text itself.
    """
    anew = st.session_state.get(_SEEN) is None
    seen: dict[str, str | None] = {} if anew else st.session_state[_SEEN]
    st.session_state[_SEEN] = seen
    for name, default in defaults.items():
        written = st.query_params.get(name)
        if not anew and name in st.session_state and written == seen.get(name):
            continue
        value = "" if written == ANY else None if written is None else (allowed(name, written) if allowed else written)
        st.session_state[name] = default if value is None else value
        seen[name] = written


def keep(defaults: Mapping[str, object]) -> None:
    """Write the widgets' values into the address; a default is left out."""
    seen: dict[str, str | None] = st.session_state[_SEEN]
    for name, default in defaults.items():
        value = st.session_state.get(name, default)
        written = None if value == default or value is None else _text(value) or ANY
        if written is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != written:
            st.query_params[name] = written
        seen[name] = written


def age(written: str) -> float | None:
    """An age in Ma as an address has it: ``190`` or ``190.5``; None for what means nothing."""
    return float(written) if written.replace(".", "", 1).isdecimal() and len(written) < 8 else None


def _text(value: object) -> str:
    """A value as it stands in an address: 190, not 190.0."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
