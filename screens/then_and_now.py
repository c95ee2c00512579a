"""Where did this lie when it lived? The Earth of today and that of an age, side by side, and the latitudes of a clade through time.

Links: ``/ancient?at=200&taxon=…``; with ``model=…``, ``shown=plates,borders``, ``find=…`` and ``part=latitude``.
"""

from collections.abc import Mapping

import streamlit as st

from catalogue import database
from catalogue.searching import facets
from maps import located
from maps.located import Found
from maps.palaeogeography import library
from maps.palaeogeography.models import BUILT_IN, PlateModel
from maps.places_in_cells import CELL_KM, places_in_cells
from screens import navigation
from screens.parts import address, asking, earth_window, latitude_plot, map_exports, who, withheld
from screens.words import _, as_typed, marked, say, several

EARTHS, LATITUDES = "earths", "latitude"
MOST = 20_000
"""Finds that are drawn one by one; more are counted in cells."""
_PARTS = {EARTHS: marked("Two Earths"), LATITUDES: marked("Latitude through time")}
_DEFAULTS = {
    **asking.DEFAULTS,
    "part": EARTHS,
    "model": BUILT_IN[0],
    "at": 200.0,
    "shown": "latitudes,borders",
    "find": "",
}
_OLDEST = 540.0


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    _tell_beyond(st.query_params.get("at", ""))
    st.title(_("Then and now"))
    query = asking.query()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.segmented_control(
            _("What to see"), list(_PARTS), format_func=lambda part: _(_PARTS[part]), key="part", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        model, other = choose_model()
    with database.reading() as connection:
        gathered = located.find(connection, query, who.who())
        many = gathered.total > MOST
        data = map_exports.data_source(connection, who.who(), gathered) if len(gathered) else ""
        found = [] if many else facets.search(connection, query, order="name", size=MOST, who=who.who()).specimens
    placed = [specimen for specimen in found if specimen.has_place]
    _tell(gathered.total - len(gathered))
    if part == LATITUDES:
        if many:
            latitude_plot.show_many(gathered, model, other)
        else:
            latitude_plot.show(placed, model, other)
    elif many:
        _show_many(gathered, model, other)
    else:
        earth_window.show(placed, _view(model, other), _follow)
    tell_source(model)
    if data:
        st.caption(as_typed(data))
    if coarser := withheld.coarser_dots(gathered.coarser) if many else withheld.on_map(placed):
        st.caption(coarser)
    address.keep(_DEFAULTS)


def choose_model() -> tuple[PlateModel, PlateModel | None]:
    """The model that is chosen, and another one to compare it with. What is wrong with a model of the museum is said to its staff."""
    shelf = library.shelf()
    if st.session_state["model"] not in shelf.models:
        st.session_state["model"] = BUILT_IN[0]
    chosen = st.selectbox(
        _("Plate model"), list(shelf.models), format_func=lambda key: shelf.models[key].title, key="model", width=260
    )
    if who.may("manage_people"):
        for trouble in shelf.troubles:
            st.warning(say(trouble))
    other = next((key for key in shelf.models if key != chosen), None)
    return library.model(chosen), library.model(other) if other else None


def tell_source(model: PlateModel) -> None:
    """By which model, and what the map cannot show."""
    st.caption(
        _(
            "Today's coastlines, carried along on the plates: not the shores of that time, for seas rose and fell. Model: {citation} {licence}. Land: Natural Earth."
        ).format(citation=model.citation, licence=model.licence)
    )


def _show_many(gathered: Found, model: PlateModel, other: PlateModel | None) -> None:
    """Every find, in cells: no search is too large for two Earths."""
    st.caption(
        _(
            "{n} finds, counted in cells of {km} km of equal area. A dot stands for all finds of a cell, and shows as living in each epoch that it has finds of."
        ).format(n=f"{len(gathered):,}", km=f"{CELL_KM:.0f}")
    )
    earth_window.show_many(places_in_cells(gathered, model), _view(model, other), _follow)


def _view(model: PlateModel, other: PlateModel | None) -> earth_window.View:
    state = st.session_state
    age = min(float(state["at"]), model.oldest_ma)
    return earth_window.View(model, other, age, state["shown"].split(","), state["find"])


def _tell(without: int) -> None:
    if without:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                several("{n} find has no coordinates and is not drawn.", "{n} finds have no coordinates and are not drawn.", without)
            )  # fmt: skip
            navigation.link("specimens", _("Show them"), **{**asking.parameters(), "coordinates": "no"})


def _follow(said: Mapping[str, object]) -> None:
    age, shown, find = said.get("age"), said.get("shown"), said.get("find")
    if isinstance(age, int | float) and 0 <= age <= _OLDEST:
        st.session_state["at"] = float(age)
    if isinstance(shown, list):
        st.session_state["shown"] = ",".join(name for name in earth_window.LAYERS if name in shown)
    if isinstance(find, str):
        st.session_state["find"] = find


def _tell_beyond(written: str) -> None:
    """A link that asks for an older Earth than there is shows the oldest one, and that is said."""
    age = address.age(written)
    if age is not None and age > _OLDEST:
        st.toast(
            _("{asked} million years ago is older than these maps reach. Shown is {oldest} million years ago.").format(
                asked=f"{age:,.10g}", oldest=f"{_OLDEST:g}"
            )
        )


def _allowed(name: str, written: str) -> object | None:
    if name == "at":
        age = address.age(written)
        return None if age is None else min(age, _OLDEST)
    if name == "model":
        return written if written in library.shelf().models else None
    if name == "part":
        return written if written in _PARTS else None
    if name == "shown":
        return ",".join(layer for layer in earth_window.LAYERS if layer in written.split(","))
    return written if name == "find" else asking.allowed(name, written)
