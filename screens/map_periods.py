"""All times at a glance: one small map for each period side by side, for the class and for print."""

from dataclasses import replace
from html import escape

import streamlit as st

from catalogue import database
from catalogue.geological_time import Interval, timescale
from catalogue.searching import facets
from maps import located, multiples, painting, sheet
from maps.located import Found, Window
from maps.sheet import Plate
from screens import navigation
from screens.parts import address, asking, map_colours, map_exports, maps, who
from screens.parts.ages import age_words
from screens.parts.map_colours import Colours
from screens.parts.picture import still
from screens.words import _, as_typed, language, several

PERIODS = ("Triassic", "Early Jurassic", "Middle Jurassic", "Late Jurassic", "Early Cretaceous", "Late Cretaceous")
_DEFAULTS = {**asking.DEFAULTS, "colour": "group"}
_MOST = 12
_FAR = Window(-180.0, -85.0, 180.0, 85.0, 1.0)
"""A small map is as wide as the world at this zoom."""


def show() -> None:
    """The page."""
    address.follow(_DEFAULTS, _allowed)
    st.title(_("One map for each time"))
    query = replace(asking.query(area_follows=True), area=None)
    units = _units(st.session_state["interval"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Colours by"), list(map_colours.BY), format_func=lambda by: _(map_colours.BY[by]), key="colour", width=220
        )
        navigation.link("map", _("The large map"), **asking.parameters())
    with database.reading() as connection:
        whole = located.find(connection, replace(query, span=None), who.who())
        counts = facets.count(connection, replace(query, span=None), who=who.who())
        colours = map_colours.colours(connection, who.who(), whole, st.session_state["colour"], counts, query.taxon)
        parts = [(unit, located.find(connection, replace(query, span=unit.span), who.who())) for unit in units]
        sources = map_exports.sources(connection, who.who(), whole)
        told = map_exports.caption(connection, who.who(), whole, map_exports.asked_words())
    plates = [_plate(unit, found, colours) for unit, found in parts]
    st.html(map_colours.legend(colours.classes))
    still(_pictures(units, plates), key="multiples", language=language())
    st.caption(_("A find that may lie in two of these times is drawn in both."))
    st.caption(as_typed(sources))
    _offer(plates, colours, told)
    address.keep(_DEFAULTS)


def _allowed(name: str, written: str) -> object | None:
    if name == "colour":
        return written if written in map_colours.BY else None
    return asking.allowed(name, written)


def _units(interval: str) -> list[Interval]:
    """The parts of the chosen time, old to young; the six of the Mesozoic where none is chosen."""
    chart = timescale()
    if not interval:
        return [chart[name] for name in PERIODS]
    parts = sorted(chart.children(chart[interval]), key=lambda unit: -unit.span.max_ma)
    return (parts or [chart[interval]])[:_MOST]


def _plate(unit: Interval, found: Found, colours: Colours) -> Plate:
    missing = found.total - len(found)
    told = several("{n} find", "{n} finds", len(found))
    if missing:
        told += " · " + _("{n} without coordinates").format(n=f"{missing:,}")
    return Plate(unit.label(language()), told, map_exports.dots_of(found, colours, _FAR))


def _pictures(units: list[Interval], plates: list[Plate]) -> str:
    """The small maps as links to the large one."""
    given = {name: text for name, text in asking.parameters().items() if name != "interval"}
    shown = [
        f'<a class="small-map" href="{escape(navigation.href("map", **given, interval=unit.name))}" target="_self" style="--age:{unit.color}">'
        f"<b>{escape(plate.title)}</b> <small>{escape(age_words(unit.span))}</small>"
        f"{multiples.small_map(plate.dots, f'{plate.title}: {plate.told}', maps.center_longitude())}<span>{escape(plate.told)}</span></a>"
        for unit, plate in zip(units, plates, strict=True)
    ]
    return f'{multiples.land_once()}<div class="small-maps">{"".join(shown)}</div>'


def _offer(plates: list[Plate], colours: Colours, told: str) -> None:
    heading, legend, of_page = _("One map for each time"), map_exports.legend_of(colours), language()
    view = sheet.world(maps.center_longitude())

    def drawn() -> bytes:
        return sheet.as_pdf(sheet.draw_sheet(plates, heading, told, legend, view=view), heading, of_page)

    def painted() -> bytes:
        return painting.as_png(sheet.draw_sheet(plates, heading, told, legend, view=view))

    with st.container(horizontal=True):
        st.download_button(
            _("Print (PDF)"), drawn, "bonebed-periods.pdf", "application/pdf", on_click="ignore", key="periods_pdf"
        )
        st.download_button(
            _("Picture (PNG)"), painted, "bonebed-periods.png", "image/png", on_click="ignore", key="periods_png"
        )
