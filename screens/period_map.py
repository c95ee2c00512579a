"""Where did they live? The finds of one interval on a map, each a door to its record."""

import streamlit as st

from catalogue import database, specimens
from catalogue.geological_time import Interval, timescale
from catalogue.records import Specimen
from catalogue.searching.query import Query
from maps import captions
from screens.parts import address, ancient_earth, asking, cards, maps, who, withheld
from screens.parts.ages import age_words, ink_on
from screens.parts.picture import still
from screens.words import _, language, say

PERIODS = ("Triassic", "Early Jurassic", "Middle Jurassic", "Late Jurassic", "Early Cretaceous", "Late Cretaceous")
_DEFAULTS = {**asking.DEFAULTS, **ancient_earth.DEFAULTS, "interval": "Early Jurassic", "find": ""}
_EVERY_TIME = "#8c3b1f"


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("Map by geologic period"))
    _choose_period()
    query = asking.query()
    found = _found(query)
    placed = [specimen for specimen in found if specimen.has_place]
    _say_time()
    interval = st.session_state["interval"]
    color = timescale()[interval].color if interval else _EVERY_TIME
    if ancient_earth.is_chosen():
        clicked = ancient_earth.show(placed, interval, color)
    else:
        clicked = maps.of_time(placed, color, key="period_map")
        st.caption(say(captions.drawn_of(len(found), len(placed))))
    if coarser := withheld.on_map(placed):
        st.caption(coarser)
    _show_clicked(found, clicked)
    _show_unplaced([specimen for specimen in found if not specimen.has_place])
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    known = ancient_earth.allowed(name, written)
    return asking.allowed(name, written) if known is None and name not in ancient_earth.DEFAULTS else known


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


def _found(query: Query) -> list[Specimen]:
    with database.reading() as connection:
        return specimens.find(connection, query, order="name", size=None, who=who.who()).specimens


def _say_time() -> None:
    interval = st.session_state["interval"]
    with st.container(horizontal=True, vertical_alignment="center"):
        ancient_earth.choose_earth()
        if interval:
            unit = timescale()[interval]
            st.markdown(f"**{unit.label(language())}** · {age_words(unit.span)}", width="content")


def _show_clicked(found: list[Specimen], clicked: str | None) -> None:
    specimen = next((specimen for specimen in found if specimen.occurrence_id == clicked), None)
    if specimen is None:
        st.caption(_("Click a number to look closer, and a dot to meet the find."))
        return
    still(cards.cards([specimen]), key="clicked", language=language())


def _show_unplaced(unplaced: list[Specimen]) -> None:
    if not unplaced:
        return
    with st.expander(_("Finds without coordinates")):
        still(cards.rows(unplaced), key="unplaced", language=language())
