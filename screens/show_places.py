"""Where is what known from, and how well did people look? Places as such: cells with their taxa, the nearest ones, close ones, spans of taxa.

Links: ``/places?part=cells&what=rarefied``; ``part=near&latitude=25.1&longitude=102.1``; ``part=close&within=5``; ``part=spans``.
"""

import streamlit as st

from catalogue import database, specimens
from maps import localities
from screens.parts import address, asking, place_cells, place_tables, who, withheld
from screens.words import _, language, marked

MOST = 50_000
"""Finds that are looked at at once."""
_PARTS = {
    "cells": (marked("Taxa in cells"), place_cells.show),
    "near": (marked("The nearest known place"), place_tables.show_near),
    "close": (marked("Places close together"), place_tables.show_close),
    "spans": (marked("How far taxa range"), place_tables.show_spans),
}
_DEFAULTS = {**asking.DEFAULTS, **place_cells.DEFAULTS, **place_tables.DEFAULTS, "part": "cells"}


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Places of finds"))
    query = asking.query()
    part = st.segmented_control(
        _("What to see"), list(_PARTS), format_func=lambda part: _(_PARTS[part][0]), key="part", required=True,
        label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    with database.reading() as connection:
        total = specimens.count(connection, query, who=who.who())
        found = specimens.find(connection, query, order="name", size=MOST, who=who.who()).specimens
    if len(found) < total:
        st.warning(
            _("There are {total} finds; the first {n} by name count here. Narrow the search to count others.").format(
                total=f"{total:,}", n=f"{len(found):,}"
            )
        )
    frame = localities.finds(found, language())
    if frame.empty:
        st.info(_("None of these finds has coordinates."))
    else:
        _PARTS[str(part)][1](frame)
    if coarser := withheld.on_map([specimen for specimen in found if specimen.has_place]):
        st.caption(coarser)
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    if name == "part":
        return written if written in _PARTS else None
    if name in place_cells.DEFAULTS:
        return place_cells.allowed(name, written)
    return place_tables.allowed(name, written) if name in place_tables.DEFAULTS else asking.allowed(name, written)
