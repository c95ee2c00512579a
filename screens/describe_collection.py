"""What is our collection called where it is published, who answers questions about it, and under which terms may others use it?"""

from collections.abc import Mapping
from html import escape

import streamlit as st

from catalogue import database, describing
from catalogue.checking import InvalidDraft
from catalogue.describing import LICENSES, Description
from catalogue.exchange.out.terms import LICENSES as NAMES
from catalogue.messages import CatalogueError
from screens import navigation
from screens.parts import who
from screens.parts.collection_words import FIELDS
from screens.words import _, as_typed, say

_SAVED = "collection_saved"


def show() -> None:
    """The page."""
    st.title(_("The collection"))
    lede = _(
        "What others read of it, in every file that goes out and at GBIF. GBIF takes no collection that leaves any of this blank."
    )
    st.html(f'<p class="lede">{escape(lede)}</p>')
    with database.reading() as connection:
        ours, shown = describing.written(connection), describing.described(connection)
    if st.session_state.pop(_SAVED, False):
        st.success(_("Saved. The next file that goes out says so."))
    with st.form("collection", border=False):
        draft = _ask(ours, shown)
        if st.form_submit_button(_("Save"), type="primary"):
            _save(draft, ours.version)
    with st.container(horizontal=True):
        navigation.link("specimens", _("Check what GBIF would say: Specimens, Take along"))
        navigation.link("history", _("History"), id=describing.KEY)


def _ask(ours: Description, shown: Description) -> dict[str, str]:
    """The fields; what whoever runs this Bonebed has set shows through where nothing is written."""
    draft: dict[str, str] = {}
    for name, label in FIELDS.items():
        value, beneath = getattr(ours, name), getattr(shown, name)
        if name == "license":
            draft[name] = _ask_terms(_(label), value, beneath)
        elif name == "description":
            draft[name] = st.text_area(_(label), value, key="collection_description", placeholder=beneath)
        else:
            draft[name] = st.text_input(_(label), value, key=f"collection_{name}", placeholder=beneath)
    return draft


def _ask_terms(label: str, value: str, beneath: str) -> str:
    none = _("as set: {license}").format(license=NAMES[beneath][1]) if beneath else _("not stated")
    words: Mapping[str, str] = {"": none, **{name: NAMES[name][1] for name in LICENSES}}
    chosen = st.selectbox(
        label, list(words), list(words).index(value), format_func=words.__getitem__, key="collection_license"
    )
    return chosen or ""


def _save(draft: dict[str, str], version: int) -> None:
    try:
        with database.writing() as connection:
            describing.amend(connection, who.who(), draft, version=version)
    except InvalidDraft as error:
        for one in error.problems:
            st.error(f"{_(FIELDS[one.field])}: {as_typed(say(one.message))}")
        return
    except CatalogueError as error:
        st.error(as_typed(say(error.message)))
        return
    st.session_state[_SAVED] = True
    st.rerun()
