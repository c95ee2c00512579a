"""The choice of a licence for photographs and scans."""

import streamlit as st

from catalogue.media.kinds import LICENSES
from screens.parts import gallery
from screens.words import _


def choose(key: str, chosen: str | None = None) -> str:
    """The licence that is chosen, or blank; without one that is chosen already, the choice stays for the next files."""
    names = list(LICENSES)
    picked = st.selectbox(
        _("Licence *"),
        names,
        index=names.index(chosen) if chosen in names else None,
        format_func=gallery.license_words,
        placeholder=_("Choose"),
        key=key,
        persist_state="session" if chosen is None else None,
    )
    return picked or ""
