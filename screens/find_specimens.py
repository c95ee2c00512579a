"""Which specimens are there? All records, as cards or as a table, narrowed by words, time, group, country and kind."""

from typing import get_args

import streamlit as st

from catalogue import database, specimens
from catalogue.search import Order, Query
from screens import navigation
from screens.parts import address, asking, cards
from screens.parts.picture import still
from screens.words import _, language, marked, several

PAGE_SIZE = 24

_ORDERS: dict[Order, str] = {
    "newest": marked("newest first"),
    "name": marked("by name"),
    "catalog_number": marked("by catalogue number"),
    "oldest_age": marked("oldest first"),
    "youngest_age": marked("youngest first"),
}
_VIEWS = {"cards": marked("Cards"), "table": marked("Table")}
_DEFAULTS = {**asking.DEFAULTS, "order": "newest", "view": "cards", "page": 1}


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Specimens"))
    query = asking.query()
    count, choices = st.columns([1, 1], vertical_alignment="center")
    with choices, st.container(horizontal=True, horizontal_alignment="right"):
        order = st.selectbox(
            _("Order"),
            get_args(Order),
            format_func=lambda name: _(_ORDERS[name]),
            key="order",
            label_visibility="collapsed",
            width=220,
        )
        view = st.segmented_control(
            _("View"),
            list(_VIEWS),
            format_func=lambda name: _(_VIEWS[name]),
            key="view",
            required=True,
            label_visibility="collapsed",
        )
    found = _found(query, order)
    count.markdown(f"**{several('{n} record', '{n} records', found.total)}**")
    if found.total:
        markup = (cards.rows if view == "table" else cards.cards)(found.specimens)
        still(markup, key="found", language=language())
    else:
        _say_nothing_found()
    _turn_pages(found.total)
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    if name == "order":
        return written if written in _ORDERS else None
    if name == "view":
        return written if written in _VIEWS else None
    if name == "page":
        return int(written) if written.isdecimal() and len(written) < 7 and int(written) else None
    return asking.allowed(name, written)


def _found(query: Query, order: Order) -> specimens.Page:
    asked = (query, order)
    if st.session_state.setdefault("asked", asked) != asked:
        st.session_state["asked"], st.session_state["page"] = asked, 1
    with database.reading() as connection:
        last = max(1, _pages(specimens.count(connection, query)))
        st.session_state["page"] = min(st.session_state["page"], last)
        return specimens.find(connection, query, order=order, page=st.session_state["page"], size=PAGE_SIZE)


def _pages(total: int) -> int:
    return -(-total // PAGE_SIZE)


def _turn_pages(total: int) -> None:
    page = st.session_state["page"]
    if total <= PAGE_SIZE:
        return
    turned = st.pagination(_pages(total), default=page, key=f"page_{page}")
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
