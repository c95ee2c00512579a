"""Go to a place on the map by its name; and where the map was to take its reader last."""

from typing import Any

import streamlit as st

from catalogue import database
from maps.named_places import NamedPlace, named_places
from screens.parts import who
from screens.words import _, as_typed, language, marked

KINDS = {
    "country": marked("country"),
    "state_province": marked("province"),
    "county": marked("county"),
    "locality": marked("locality"),
    "formation": marked("rock formation"),
}
_WISH = "_map_wish"


def view(written: str) -> str | None:
    """A view as an address has it, latitude, longitude and zoom; None for what is none."""
    try:
        latitude, longitude, zoom = (float(number) for number in written.split(","))
    except ValueError:
        return None
    return written if abs(latitude) <= 90 and abs(longitude) <= 180 and 0 <= zoom <= 20 else None


def wish() -> dict[str, Any] | None:
    """Where the map is to go: the view of the link that was opened, until a place is chosen. Later views are the map's own."""
    if _WISH not in st.session_state:
        written = st.session_state.get("view")
        st.session_state[_WISH] = {"turn": 0, "view": [float(n) for n in written.split(",")]} if written else None
    kept: dict[str, Any] | None = st.session_state[_WISH]
    return kept


def forget() -> None:
    """Another visit of the page begins with the view of its own link."""
    st.session_state.pop(_WISH, None)


def choose() -> None:
    """A field for a name, and the places that have it."""
    written = st.text_input(
        _("Name of a place"), key="place", placeholder=_("country, province, locality, formation …"), max_chars=100
    )
    if not written.strip():
        return
    with database.reading() as connection:
        found = named_places(connection, written, who.who(), language())
    if not found:
        st.caption(_("No country, place or formation of the catalogue is called that."))
    with st.container(horizontal=True, gap="small"):
        for number, place in enumerate(found):
            label = f"{as_typed(place.name)} · {_(KINDS[place.kind])}"
            st.button(label, key=f"place_{number}", type="tertiary", on_click=_go, args=(place,))


def _go(place: NamedPlace) -> None:
    turn = (st.session_state.get(_WISH) or {"turn": 0})["turn"] + 1
    bounds = [[place.south, place.west], [place.north, place.east]]
    st.session_state[_WISH] = {"turn": turn, "bounds": bounds}
