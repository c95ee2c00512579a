"""What somebody chose on the map: a find, a bubble of finds, a formation, or an area that was drawn or typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import streamlit as st

from catalogue import database, finding, specimens
from catalogue.records import Specimen
from catalogue.searching import facets
from catalogue.searching.query import Query
from maps import gathering, located, periods
from maps.located import Found
from maps.periods import Told
from screens.parts import cards, map_area, who
from screens.parts.picture import still
from screens.words import _, language, several

DEFAULTS: Mapping[str, object] = {"find": ""}
"""The find whose card is open is part of the link; the area is one of the search's own parameters."""
_HEARD, _CHOSEN = "_map_heard", "_map_chosen"
_AS_CARDS, _LISTED = 8, 100


def allowed(_name: str, written: str) -> object | None:
    """The key of a find from an address."""
    return written[:500]


def hear(returned: object) -> None:
    """Take in what was chosen on the map since the last run. Call it before the widgets of the page."""
    given: Mapping[str, Any] = returned if isinstance(returned, Mapping) else {}
    text = given.get("last_object_clicked_popup")
    if not text or text == st.session_state.get(_HEARD):
        return
    st.session_state[_HEARD] = text
    told, find = periods.told(given), periods.clicked_occurrence(given)
    if told and told.kind == "area":
        map_area.take(told.value)
    elif told or find:
        st.session_state[_CHOSEN] = told
        st.session_state["find"] = find or ""


def show(query: Query, found: Found, returned: Mapping[str, object]) -> None:
    """The area and what it holds; then the finds of the bubble, or the card of the find, that was chosen last."""
    map_area.show(query)
    told: Told | None = st.session_state.get(_CHOSEN)
    if told is None:
        show_find(st.session_state["find"] or periods.clicked_occurrence(returned))
        return
    total, chosen = _chosen(found, query, told)
    counted = several("{n} find here", "{n} finds here", total)
    st.markdown(f"**{counted}**")
    _list(chosen, total)


def show_find(key: str | None) -> None:
    """The card of one find; else how to get one."""
    specimen = _find(key) if key else None
    if specimen is None:
        st.caption(_("Click a number to look closer, and a dot to meet the find."))
        return
    still(cards.cards([specimen]), key="clicked", language=language())


def _find(key: str) -> Specimen | None:
    with database.reading() as connection:
        return next(iter(specimens.get_all(connection, [key], who=who.who())), None)


def _list(chosen: Sequence[Specimen], total: int) -> None:
    if not chosen:
        return
    still((cards.cards if total <= _AS_CARDS else cards.rows)(chosen), key="chosen", language=language())
    if total > len(chosen):
        st.caption(_("The first {shown} of {all}.").format(shown=len(chosen), all=f"{total:,}"))


def _chosen(found: Found, query: Query, told: Told) -> tuple[int, list[Specimen]]:
    """How many finds were chosen, and the first of them."""
    with database.reading() as connection:
        if told.kind == "finds":
            keys = [unquote(key) for key in told.value.split(",")]
            return len(keys), specimens.get_all(connection, keys[:_LISTED], who=who.who())
        if told.kind == "formation":
            of_it = replace(query, formation=unquote(told.value), with_place=True)
            page = facets.search(connection, of_it, order="name", size=_LISTED, who=who.who())
            return page.total, page.specimens
        ids = _ids(found, told)
        return len(ids), finding.with_ids(connection, ids[:_LISTED], who=who.who())


def _ids(found: Found, told: Told) -> list[int]:
    """The keys in the database of the finds of some cells, or of a dot; none for what cannot be read."""
    try:
        if told.kind == "near":
            longitude, latitude = (float(number) for number in told.value.split(","))
            ids = located.ids_at(found, longitude, latitude)
        else:
            across, _colon, cells = told.value.partition(":")
            pairs = [cell.split("-") for cell in cells.split(",")]
            ids = gathering.ids_in_cells(found, int(across), [(int(x), int(y)) for x, y in pairs])
    except ValueError:
        return []
    listed: list[int] = ids.tolist()
    return listed
