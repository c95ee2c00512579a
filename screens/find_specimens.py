"""Which specimens are there? All records, as cards or as a table, narrowed by words, time, group, place and all that facets count."""

from typing import get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catalogue import database
from catalogue.searching import facets
from catalogue.searching.facets import Answer, Facet
from catalogue.searching.query import Order, Query
from screens import navigation
from screens.parts import address, asking, cards, facet_panel, taking_along, vocabulary, who
from screens.parts.picture import still
from screens.words import _, language, marked, several

PAGE_SIZES = (24, 48, 96)

_ORDERS: dict[Order, str] = {
    "newest": marked("newest first"),
    "name": marked("by name"),
    "catalog_number": marked("by catalogue number"),
    "oldest_age": marked("oldest first"),
    "youngest_age": marked("youngest first"),
}
_VIEWS = {"cards": marked("Cards"), "table": marked("Table")}
_SHOWN = {"order": "newest", "view": "cards", "size": PAGE_SIZES[0]}
_OF_RECORDS: dict[Facet, str] = {"formation": "formation"}
"""Facets whose values records have in other languages, and the field they are of."""
_OF_VOCABULARIES: dict[Facet, str] = {"type": "type_status", "preservation": "preservation"}
"""Facets whose values are words of a vocabulary, and of which one."""
_DEFAULTS = {**asking.DEFAULTS, **_SHOWN, "page": 1}


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Specimens"))
    query = asking.query(facets_follow=True)
    with st.container(key="search"):
        narrowing, results = st.columns([23, 77], gap="medium")
    with results:
        order, view, head = _head()
        found = _found(query, order)
        head.markdown(f"**{several('{n} record', '{n} records', found.total)}**")
        if found.total:
            markup = (cards.rows if view == "table" else cards.cards)(found.specimens)
            still(markup, key="found", language=language())
        else:
            _say_nothing_found()
        _turn_pages(found.total)
    with narrowing:
        _narrow(found)
    address.keep(_DEFAULTS)
    with head:
        taking_along.offer(query, order, found.total, {**asking.parameters(), **_shown()})


def _head() -> tuple[Order, str, DeltaGenerator]:
    """The line above the records: how many there are, what to do with them, their order and view."""
    head, choices = st.columns([11, 9], vertical_alignment="center")
    with choices, st.container(horizontal=True, horizontal_alignment="right"):
        order: Order = st.selectbox(
            _("Order"),
            get_args(Order),
            format_func=lambda name: _(_ORDERS[name]),
            key="order",
            label_visibility="collapsed",
            width=190,
        )
        view = st.segmented_control(
            _("View"),
            list(_VIEWS),
            format_func=lambda name: _(_VIEWS[name]),
            key="view",
            required=True,
            label_visibility="collapsed",
        )
    return order, view or "cards", head.container(horizontal=True, vertical_alignment="center")


def _allowed(name: str, written: str) -> object | None:
    if name == "order":
        return written if written in _ORDERS else None
    if name == "view":
        return written if written in _VIEWS else None
    if name == "size":
        return next((size for size in PAGE_SIZES if str(size) == written), None)
    if name == "page":
        return int(written) if written.isdecimal() and len(written) < 7 and int(written) else None
    return asking.allowed(name, written)


def _found(query: Query, order: Order) -> Answer:
    size = st.session_state["size"]
    asked = (query, order, size)
    if st.session_state.setdefault("asked", asked) != asked:
        st.session_state["asked"], st.session_state["page"] = asked, 1
    with database.reading() as connection:
        last = max(1, _pages(facets.count(connection, query, who=who.who()).total))
        st.session_state["page"] = min(st.session_state["page"], last)
        return facets.search(connection, query, order=order, page=st.session_state["page"], size=size, who=who.who())


def _shown() -> dict[str, str]:
    """Order, view and size as parameters of the link, where they are not the usual ones."""
    return {name: str(st.session_state[name]) for name, usual in _SHOWN.items() if st.session_state[name] != usual}


def _narrow(found: Answer) -> None:
    with st.container(key="narrowing"):
        with st.container(horizontal=True):
            asking.ask_for_range()
            taking_along.offer_saved({**asking.parameters(), **_shown()})
        markup = facet_panel.panel(found.counts, {**asking.parameters(), **_shown()}, _words_of_values(found))
        still(markup, key="facets", language=language())


def _words_of_values(found: Answer) -> dict[tuple[str, str], str]:
    """Words of vocabularies in the reader's language, and formations, as some record has them."""
    words: dict[tuple[str, str], str] = {
        (facet, word): label
        for facet, name in _OF_VOCABULARIES.items()
        for word, label in vocabulary.labels(name).items()
    }
    if language() == "en":
        return words
    with database.reading() as connection:
        for facet, field in _OF_RECORDS.items():
            values = facet_panel.shown_values(found.counts, facet)
            for value, record in facets.examples(connection, facet, values, who=who.who()).items():
                words[facet, value] = record.text(field, language())
    return words


def _pages(total: int) -> int:
    return -(-total // int(st.session_state["size"]))


def _turn_pages(total: int) -> None:
    page = st.session_state["page"]
    if total <= PAGE_SIZES[0]:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        turned = page
        if _pages(total) > 1:
            turned = st.pagination(_pages(total), default=page, key=f"page_{page}")
        st.selectbox(
            _("Records a page"),
            PAGE_SIZES,
            format_func=lambda size: several("{n} a page", "{n} a page", size),
            key="size",
            label_visibility="collapsed",
            width=140,
        )
    if turned != page:
        st.session_state["page"] = turned
        address.keep(_DEFAULTS)
        st.rerun()


def _say_nothing_found() -> None:
    st.info(
        _(
            "No record fits all that you asked for. Take one condition away, or type less: the beginning of a word is enough."
        )
    )
    navigation.link("specimens", _("Show all records"))
