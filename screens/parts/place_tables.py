"""Places of finds in tables: those nearest to a point, those that may be one and the same, and how far each taxon ranges."""

from collections.abc import Iterable, Sequence
from html import escape

import geopandas
import streamlit as st

from maps import localities, ranges_on_earth
from screens import navigation
from screens.parts.cards import is_latin
from screens.parts.picture import still
from screens.words import _, language, say, several

DEFAULTS = {"latitude": 25.1, "longitude": 102.1, "within": 5.0}
_WITHIN = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_NEAREST = 8
_MOST = 200
"""Lines of a table."""


def allowed(name: str, written: str) -> object | None:
    """The value of a widget from an address; None for what means nothing."""
    try:
        number = float(written)
    except ValueError:
        return None
    if name == "within":
        return number if number in _WITHIN else None
    return number if abs(number) <= (90 if name == "latitude" else 180) else None


def show_near(found: geopandas.GeoDataFrame) -> None:
    """Which known places are nearest to a point that is typed in."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        latitude = st.number_input(_("Latitude"), -90.0, 90.0, key="latitude", format="%.4f", step=0.1, width=190)
        longitude = st.number_input(_("Longitude"), -180.0, 180.0, key="longitude", format="%.4f", step=0.1, width=190)
    near = localities.nearest(localities.localities(found), float(longitude), float(latitude), _NEAREST)
    rows = [[_km(row.km), *_place(row), _link(row.occurrence_ids)] for row in near.itertuples()]
    _table((_("Distance"), _("Place"), _("Rock formation"), _("Finds"), ""), rows, key="near")


def show_close(found: geopandas.GeoDataFrame) -> None:
    """Which places lie so close that they may be one, entered twice."""
    within = st.select_slider(
        _("Not farther apart than"), _WITHIN, key="within", format_func=lambda km: _("{km} km").format(km=f"{km:g}"), width=420
    )  # fmt: skip
    places = localities.localities(found)
    pairs = localities.close_pairs(places, float(within))
    count = len(pairs)
    st.markdown(
        several("**{n} pair of places** lies that close.", "**{n} pairs of places** lie that close.", count)
        + " "
        + _("Are they one place, entered with other coordinates or under another name?")
    )
    rows = []
    shown = pairs.head(_MOST)
    for first, second, km in zip(shown["one"].tolist(), shown["other"].tolist(), shown["km"].tolist(), strict=True):
        one, other = places.iloc[first], places.iloc[second]
        rows.append(
            [_km(km), _name(one["name"]), _link(one.occurrence_ids), _name(other["name"]), _link(other.occurrence_ids)]
        )  # fmt: skip
    _table((_("Distance"), _("Place"), "", _("Other place"), ""), rows, key="close")
    _tell_more(count)


def show_spans(found: geopandas.GeoDataFrame) -> None:
    """How many places each taxon is known from, and how much of the Earth they span."""
    spans = ranges_on_earth.spans(found)
    rows = [
        [
            f"<i>{escape(taxon)}</i>" if is_latin(taxon) else escape(taxon),
            str(span.finds),
            str(span.places),
            f"<small>{escape(say(span.why_not))}</small>" if span.why_not else _area(span.hull_km2 or 0.0),
            _area(span.occupied_km2),
        ]
        for taxon, span in list(spans.items())[:_MOST]
    ]
    _table((_("Taxon"), _("Finds"), _("Places"), _("Hull around the places"), _("Area of cells with finds")), rows, key="spans")  # fmt: skip
    _tell_more(len(spans))
    st.caption(
        _(
            "The hull needs three places. Cells are 100 km wide. Both say where finds were made, not where the animals lived: rocks of their age must be there, and somebody to look."
        )
    )


def _place(row: object) -> list[str]:
    name, formation, finds = (getattr(row, column) for column in ("name", "formation", "finds"))
    return [_name(str(name)), escape(str(formation)), str(finds)]


def _name(name: str) -> str:
    return escape(name or _("place unknown"))


def _km(distance: float) -> str:
    return escape(_("{km} km").format(km=f"{distance:.1f}" if distance < 20 else f"{distance:,.0f}"))


def _area(square_km: float) -> str:
    return escape(_("{area} km²").format(area=f"{float(f'{square_km:.3g}'):,.0f}"))


def _link(keys: Sequence[str]) -> str:
    address = escape(navigation.href("specimen", id=keys[0]))
    words = _("See a find")
    return f'<a href="{address}" target="_self">{escape(words)}</a>'


def _table(headings: Iterable[str], rows: Sequence[Sequence[str]], key: str) -> None:
    """A table of ready markup; nothing without rows."""
    if not rows:
        return
    head = "".join(f"<th scope='col'>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    markup = f'<div class="table-frame"><table class="specimens"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    still(markup, key=f"places_{key}", language=language())


def _tell_more(count: int) -> None:
    if count > _MOST:
        st.caption(_("{n} of {total} lines are shown.").format(n=_MOST, total=f"{count:,}"))
