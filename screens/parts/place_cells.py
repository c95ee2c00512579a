"""Finds, taxa and rarefied taxa in cells of equal area, on a map: where much is known, and where people looked."""

from html import escape

import geopandas
import streamlit as st

from maps import richness
from screens.parts import maps, style
from screens.words import _, marked, several

CELLS = (250, 500, 1000, 2000)
DEFAULTS = {"what": "taxa", "cell": 500, "quota": richness.QUOTA}
WHAT: dict[richness.What, str] = {
    "finds": marked("Finds"),
    "taxa": marked("Taxa found"),
    "rarefied": marked("Taxa expected"),
}
MEANING: dict[richness.What, str] = {
    "finds": marked("How many finds each cell holds: where rocks of that age are, and where people looked."),
    "taxa": marked("How many taxa were found in each cell. More finds bring more taxa, so compare it with the finds."),
    "rarefied": marked(
        "How many taxa to expect in each cell had only {quota} finds been made there (rarefaction, Hurlbert 1971). "
        "Cells with fewer finds are left blank: {blank} of {cells}."
    ),
}
_MOST_QUOTA = 200


def allowed(name: str, written: str) -> object | None:
    """The value of a widget from an address; None for what means nothing."""
    if name == "what":
        return written if written in WHAT else None
    number = int(written) if written.isdecimal() and len(written) < 6 else 0
    if name == "cell":
        return number if number in CELLS else None
    return number if 1 <= number <= _MOST_QUOTA else None


def show(found: geopandas.GeoDataFrame) -> None:
    """The map, its shades, and what they mean."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what: richness.What = st.segmented_control(
            _("What the shade stands for"), list(WHAT), format_func=lambda what: _(WHAT[what]), key="what", required=True
        ) or "taxa"  # fmt: skip
        st.selectbox(
            _("Side of a cell"), CELLS, format_func=lambda km: _("{km} km").format(km=km), key="cell", width=150
        )
        if what == "rarefied":
            st.number_input(_("Finds to compare by"), 1, _MOST_QUOTA, key="quota", width=190)
    quota = int(st.session_state["quota"])
    cells = richness.richness(found, float(st.session_state["cell"]), quota)
    words = {str(name): _(word) for name, word in WHAT.items()}
    maps.of_cells(richness.richness_layer(cells, what, words, _("finds"), style.is_dark()), "cells_map")
    values = cells[what].dropna().tolist()
    st.html(legend(values))
    blank = len(cells) - len(values)
    st.caption(_(MEANING[what]).format(quota=quota, blank=blank, cells=len(cells)))
    st.caption(of_equal_area(len(cells)))


def of_equal_area(cells: int) -> str:
    """How many cells there are, and how they compare."""
    return several(
        "{n} cell holds finds. Each has the same area; at the equator it is wider than high.",
        "{n} cells hold finds. Each has the same area; at the equator they are wider than high.",
        cells,
    )


def legend(values: list[float]) -> str:
    """The shades of the cells, each with the least and the greatest number it stands for."""
    lines = "".join(
        f'<li><i style="background:{color};border-radius:2px"></i>{escape(_range(low, high))}</li>'
        for color, low, high in richness.legend(values, style.is_dark())
    )
    return f'<ul class="map-legend" aria-label="{escape(_("What the colours mean"))}">{lines}</ul>'


def _range(low: float, high: float) -> str:
    return f"{low:.3g}" if low == high else f"{low:.3g}–{high:.3g}"
