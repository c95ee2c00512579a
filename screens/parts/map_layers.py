"""The layer of the map of today: few finds are handed over at once, of very many the map asks for what its window shows."""

from dataclasses import dataclass

import folium
import streamlit as st
from sqlalchemy import Connection

from catalogue.searching.area import read_area
from maps import formations, periods
from maps.located import Found
from screens import map_routes
from screens.parts import asking, map_cells, map_places, maps, style, who, withheld
from screens.parts.map_colours import Colours, legend
from screens.words import _, language, marked

LAYERS = {
    "clusters": marked("Gathered"),
    "points": marked("One by one"),
    "density": marked("Density"),
    "formations": marked("Formations"),
    "taxa": marked("Taxa found"),
    "rarefied": marked("Taxa expected"),
}
"""How finds may be drawn."""
AT_ONCE = 1_500
"""Finds that are handed to the map as they are, names and all; of more it asks for what its window shows."""


@dataclass(frozen=True)
class Drawn:
    """A layer, the legend of its colours, what its caption must tell besides the number of finds, and its numbers as a table."""

    layer: folium.FeatureGroup
    legend: str = ""
    told: str = ""
    table: str = ""


def layer(connection: Connection, found: Found, colours: Colours, color: str) -> Drawn:
    """The layer that is chosen now, in the colour of the chosen time where it does not ask for others."""
    kind, by_class = st.session_state["layer"], st.session_state["colour"] != "age"
    drawn = _by_itself(found, kind)
    if drawn is None and kind != "density" and len(found) <= AT_ONCE:
        points = maps.coloured_points(connection, who.who(), found, found.ids.tolist(), colours)
        given = {"gathered": False if kind == "points" else None, **_common()}
        drawn = Drawn(
            periods.points_layer(points, color=color, words=maps.words(), by_class=by_class, name=_("finds"), **given),
            legend(colours.classes),
        )
    drawn = drawn or Drawn(
        _many(colours, kind, color, by_class), "" if kind == "density" else legend(colours.classes), _on_request(kind)
    )
    if st.session_state["lines"]:
        periods.with_borders(drawn.layer, style.is_dark())
    return drawn


def _by_itself(found: Found, kind: str) -> Drawn | None:
    """A layer that is drawn on the server, however many finds there are."""
    if kind == "formations":
        return _formations(found)
    if kind in map_cells.LAYERS:
        cells = map_cells.cells(found, map_cells.LAYERS[kind], **_common())
        return Drawn(cells.layer, cells.legend, cells.told, cells.table)
    return None


def _common() -> dict[str, object]:
    """Where to take the reader, and the area that was drawn."""
    area = st.session_state.get("area")
    return {"go": map_places.wish(), "area": read_area(area).outline if area else None}


def _many(colours: Colours, kind: str, color: str, by_class: bool) -> folium.FeatureGroup:
    asked = {name: text for name, text in asking.parameters().items() if name != "area"}
    return periods.many_layer(
        map_routes.url(asked, kind, st.session_state["colour"], language()),
        palette=[one.color for one in colours.classes],
        classes=[one.label for one in colours.classes],
        color=color,
        words=maps.words(),
        dark=style.is_dark(),
        by_class=by_class,
        name=_("finds"),
        **_common(),
    )


def _on_request(kind: str) -> str:
    if kind == "density":
        return _("Each hexagon tells its number of finds and places.")
    if kind == "points":
        return _("Where dots would lie on one another, one stands for all of them and tells their number.")
    return ""


def _formations(found: Found) -> Drawn:
    total, drawn = formations.formations(found)
    palette = periods.PALETTE
    colors = [palette[at % len(palette)] for at in range(len(drawn))]
    told = _("{shown} of {all} formations are drawn, those with most finds.") if total > len(drawn) else ""
    outlined = formations.formations_layer(drawn, colors, language=language(), name=_("finds"), **_common())
    caption = _("An outline holds the places of a formation’s finds, not all of its rock.")
    return Drawn(outlined, told=withheld.sentences(told.format(shown=len(drawn), all=total), caption))
