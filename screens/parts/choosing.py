"""Choosing records of the catalogue by number, name or place, where there are too many for a list."""

from collections.abc import Iterable

import streamlit as st

from catalogue import database, specimens
from catalogue.records import Specimen
from catalogue.searching.query import Query
from screens.parts import who
from screens.parts.cards import kind_words
from screens.words import _

_OFFERED = 12


def one(key: str, label: str, *, but: str = "") -> str:
    """Find and choose one record; returns its key, or blank.

    Parameters
    ----------
    key : str
        Under which the choice stands in the session.
    but : str
        Key of the record that is not to be offered.
    """
    text = _search(key, label)
    chosen = str(st.session_state.get(key) or "")
    offered = {one.occurrence_id: one for one in (*_known([chosen]), *_found(text)) if one.occurrence_id != but}
    if not offered and text:
        st.caption(_("Nothing found. Try the catalogue number or the beginning of a name."))
    if not offered and not chosen:
        st.session_state.pop(key, None)
        return ""
    picked = st.selectbox(
        _("Choose"),
        [*offered, *([chosen] if chosen and chosen not in offered else [])],
        index=None,
        format_func=lambda which: label_of(offered[which]) if which in offered else which,
        key=key,
        placeholder=_("Choose one of those found"),
        persist_state="session",
    )
    return picked or ""


def many(key: str, label: str) -> tuple[str, ...]:
    """Find and choose records; returns their keys."""
    text = _search(key, label)
    chosen = [str(one) for one in st.session_state.get(key) or ()]
    offered = {one.occurrence_id: one for one in (*_known(chosen), *_found(text))}
    if text and not _found(text):
        st.caption(_("Nothing found. Try the catalogue number or the beginning of a name."))
    picked = st.multiselect(
        _("Specimens"),
        list(dict.fromkeys([*offered, *chosen])),
        format_func=lambda which: label_of(offered[which]) if which in offered else which,
        key=key,
        placeholder=_("None yet: find them above, and choose them here"),
        persist_state="session",
    )
    return tuple(picked)


def label_of(specimen: Specimen) -> str:
    """A record in a line of a list: its number and its name."""
    return f"{kind_words(specimen)} · {specimen.verbatim_identification}"


def _search(key: str, label: str) -> str:
    return st.text_input(
        label, key=f"{key}_find", placeholder=_("Find it by number, name or place"), persist_state="session"
    ).strip()


def _found(text: str) -> list[Specimen]:
    """What is found, first the records of which the text is the number: 2008 is LFGT 2008 before it is KIGAM VP 200801."""
    if not text:
        return []
    with database.reading() as connection:
        found = specimens.find(
            connection, Query(text=text), order="catalog_number", size=_OFFERED, who=who.who()
        ).specimens
    asked = text.casefold().split()
    return sorted(found, key=lambda one: not set(asked) <= set(kind_words(one).casefold().split()))


def _known(keys: Iterable[str]) -> list[Specimen]:
    with database.reading() as connection:
        return specimens.get_all(connection, [key for key in keys if key], who=who.who())
