"""How the map of today is drawn: gathered or one by one, in which colours, with borders, and where on Earth."""

import streamlit as st

from screens.parts import map_colours, map_layers, map_places
from screens.words import _

DEFAULTS = {"layer": "clusters", "colour": "age", "lines": "", "view": "", "place": ""}
"""The widgets, by their keys. The view is kept in the address by the map itself."""


def allowed(name: str, written: str) -> object | None:
    """The value of a widget from an address; None for what means nothing."""
    if name == "layer":
        return written if written in map_layers.LAYERS else None
    if name == "colour":
        return written if written in map_colours.BY else None
    if name == "lines":
        return "yes" if written == "yes" else None
    if name == "view":
        return map_places.view(written)
    return written[:100]


def choose() -> None:
    """The choices, for a row above the map."""
    _stay()
    st.segmented_control(
        _("Draw them"),
        list(map_layers.LAYERS),
        format_func=lambda kind: _(map_layers.LAYERS[kind]),
        key="layer",
        required=True,
        label_visibility="collapsed",
    )
    with st.popover(_("Colours, borders"), type="tertiary", key="map_colours"):
        _choose_colours()
    with st.popover(_("Go to a place"), type="tertiary", key="map_place"):
        map_places.choose()


def _stay() -> None:
    """What was chosen in a popover stays while it is closed and Back is pressed."""
    for name in ("colour", "place"):
        st.session_state[name] = st.session_state[name]


def _choose_colours() -> None:
    st.selectbox(
        _("Colours by"),
        list(map_colours.BY),
        format_func=lambda by: _(map_colours.BY[by]),
        key="colour",
        disabled=st.session_state["layer"] not in ("clusters", "points"),
    )
    shown = st.toggle(_("Today's borders"), value=bool(st.session_state["lines"]), key="lines_shown")
    st.session_state["lines"] = "yes" if shown else ""
    st.caption(
        _(
            "Borders of Natural Earth: tens of kilometres off until you come near, and some of them in dispute. Where land is claimed twice they show who holds it, and judge nothing."
        )
    )
