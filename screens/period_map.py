"""Where did they live? The finds of one time on a map: gathered, one by one, as density or by formation, each a door to its record."""

from dataclasses import replace

import streamlit as st

from catalogue import database, specimens
from catalogue.geological_time import Interval, timescale
from catalogue.searching import facets
from catalogue.searching.query import Query
from maps import captions, located
from maps.located import Found
from screens import navigation
from screens.parts import (
    address,
    ancient_earth,
    asking,
    cards,
    map_colours,
    map_exports,
    map_layers,
    map_selection,
    map_tools,
    maps,
    who,
    withheld,
)
from screens.parts.ages import age_words, ink_on
from screens.parts.picture import still
from screens.words import _, as_typed, language, say, several

PERIODS = ("Triassic", "Early Jurassic", "Middle Jurassic", "Late Jurassic", "Early Cretaceous", "Late Cretaceous")
MAP = "period_map"
"""The key of the map of today."""
_DEFAULTS = {
    **asking.DEFAULTS,
    **ancient_earth.DEFAULTS,
    **map_tools.DEFAULTS,
    **map_selection.DEFAULTS,
    "interval": "Early Jurassic",
}
_EVERY_TIME = "#8c3b1f"
_LISTED = 100
"""Finds without coordinates that are listed below the map; a link leads to all of them."""


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    map_selection.hear(st.session_state.get(MAP))
    _say_time()
    _choose_period()
    query = replace(asking.query(area_follows=True), area=None)
    interval = st.session_state["interval"]
    color = timescale()[interval].color if interval else _EVERY_TIME
    if ancient_earth.is_chosen():
        _show_then(query, interval, color)
    else:
        _show_today(query, color)
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    if name in ancient_earth.DEFAULTS:
        return ancient_earth.allowed(name, written)
    if name in map_tools.DEFAULTS:
        return map_tools.allowed(name, written)
    return map_selection.allowed(name, written) if name in map_selection.DEFAULTS else asking.allowed(name, written)


def _choose_period() -> None:
    units = [timescale()[name] for name in PERIODS]
    st.html(f"<style>{''.join(_in_its_colour(unit) for unit in units)}</style>")
    with st.container(horizontal=True, gap="small", key="periods"):
        for name, unit in zip(PERIODS, units, strict=True):
            st.button(
                unit.label(language()),
                key=f"period_{unit.symbol}",
                type="primary" if st.session_state["interval"] == name else "secondary",
                on_click=_set_interval,
                args=(name,),
            )


def _in_its_colour(unit: Interval) -> str:
    button = f".st-key-period_{unit.symbol} button"
    chosen = f"{button}[kind=primary] {{ background: {unit.color}; color: {ink_on(unit.color)}; border-color: {unit.color}; }}"
    return f"{button} {{ border-bottom: 5px solid {unit.color}; }} {chosen}"


def _set_interval(name: str) -> None:
    st.session_state["interval"] = name


def _say_time() -> None:
    interval = st.session_state["interval"]
    with st.container(horizontal=True, vertical_alignment="center", key="map_title"):
        st.title(_("Map by geologic period"), width="content")
        if interval:
            unit = timescale()[interval]
            st.markdown(f"**{unit.label(language())}** · {age_words(unit.span)}", width="content")
        asking.ask_for_range()


def _show_then(query: Query, interval: str, color: str) -> None:
    asked = ancient_earth.ask(interval)
    with database.reading() as connection:
        gathered = located.find(connection, query, who.who())
        few = len(gathered) <= ancient_earth.AT_ONCE
        found = (
            specimens.find(
                connection, replace(query, with_place=True), order="name", size=None, who=who.who()
            ).specimens
            if few
            else []
        )
        data = map_exports.data_source(connection, who.who(), gathered) if len(gathered) else ""
    if few:
        map_selection.show_find(ancient_earth.show(found, asked, color))
    else:
        ancient_earth.show_many(gathered, asked)
    if data:
        st.caption(as_typed(data))
    if coarser := withheld.coarser_dots(gathered.coarser):
        st.caption(coarser)
    _show_unplaced(query, gathered.total - len(gathered))


def _show_today(query: Query, color: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="map_tools"):
        ancient_earth.choose_earth()
        map_tools.choose()
    with database.reading() as connection:
        found = located.find(connection, query, who.who())
        counts = facets.count(connection, query, who=who.who())
        colours = map_colours.colours(connection, who.who(), found, st.session_state["colour"], counts, query.taxon)
        drawn = map_layers.layer(connection, found, colours, color)
        sources = map_exports.sources(connection, who.who(), found) if len(found) else ""
    returned = maps.of_time(drawn.layer, MAP)
    if drawn.legend:
        st.html(drawn.legend)
    _say_counts(found, drawn.told)
    if drawn.table:
        with st.expander(_("The cells as a table")):
            st.html(drawn.table)
    if coarser := withheld.coarser_dots(found.coarser):
        st.caption(coarser)
    map_selection.show(query, found, returned)
    _show_unplaced(query, found.total - len(found))
    map_exports.offer(query, found)
    if sources:
        st.caption(as_typed(sources))
    navigation.link("periods", _("One map for each time"), **{**asking.parameters(), "interval": ""})


def _say_counts(found: Found, told: str) -> None:
    missing = found.total - len(found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(withheld.sentences(say(captions.drawn_of(found.total, len(found))), told), width="content")
        if missing:
            asked = {**asking.parameters(), "area": "", "coordinates": "no"}
            label = several("Show the {n} without coordinates", "Show the {n} without coordinates", missing)
            navigation.link("specimens", label, **asked)


def _show_unplaced(query: Query, missing: int) -> None:
    if not missing:
        return
    with database.reading() as connection:
        without = replace(query, with_place=False)
        unplaced = facets.search(connection, without, order="name", size=_LISTED, who=who.who()).specimens
    with st.expander(_("Finds without coordinates")):
        still(cards.rows(unplaced), key="unplaced", language=language())
        if missing > len(unplaced):
            st.caption(_("The first {shown} of {all}.").format(shown=len(unplaced), all=f"{missing:,}"))
