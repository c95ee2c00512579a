"""The Earth as it lay: the same finds on the land of their time, by one of two plate models, and how sure that is."""

import math
from typing import TypeAlias

import numpy as np
import streamlit as st

from catalogue.geological_time import AgeRange, timescale
from catalogue.records import Specimen
from maps import ancient
from maps.located import Found
from maps.palaeogeography import library
from maps.palaeogeography.models import BUILT_IN, PlateModel
from maps.periods import MapPoint
from screens import navigation
from screens.parts import address, asking, maps, style
from screens.words import _, marked, say, several

Asked: TypeAlias = tuple[PlateModel, PlateModel, float]
"""The model, another one to compare it with, and the age in Ma."""

TODAY, THEN = "today", "then"
_TOGGLES = {
    "borders": marked("Today's borders"),
    "plates": marked("Edges of plates"),
    "apart": marked("Lines to the other model"),
}
"""What may be drawn besides, by its parameter."""
AT_ONCE = 1_500
"""Finds that are drawn one by one; more are counted in cells."""
DEFAULTS = {"earth": TODAY, "model": BUILT_IN[0], "age": 0.0, **dict.fromkeys(_TOGGLES, "")}
"""The widgets, by their keys; an age of 0 is the middle of the chosen time."""

_MESOZOIC = AgeRange(252.0, 66.0)
_SHORT = 20.0
"""Myr; a shorter time is walked through in halves of a million years."""
_KM_OF_A_DEGREE = 111.2
_ROUNDED_KM = 100
_SAMPLE = 2_000
"""Places from which the spread of very many is told."""


def is_chosen() -> bool:
    """Whether the Earth of the time is shown."""
    return bool(st.session_state["earth"] == THEN)


def allowed(name: str, written: str) -> object | None:
    """The value of a widget from an address; None for what means nothing."""
    if name == "earth":
        return written if written in {TODAY, THEN} else None
    if name == "model":
        return written if written in library.shelf().models else None
    if name in _TOGGLES:
        return "yes" if written == "yes" else None
    if name == "age":
        return address.age(written)
    return None


def choose_earth() -> None:
    """Today's Earth or that of the time."""
    earths = {TODAY: _("The Earth today"), THEN: _("The Earth then")}
    st.segmented_control(
        _("Earth"), list(earths), format_func=lambda key: earths[key], key="earth", required=True, label_visibility="collapsed"
    )  # fmt: skip


def show(placed: list[Specimen], asked: Asked, color: str) -> str | None:
    """The map, and beneath it by which model, what it cannot say, and how far models differ; returns the find clicked last."""
    model, other, age = asked
    points = maps.points(placed)
    carried = ancient.carry(points, model, age)
    apart = ancient.apart_from(carried, points, other, age) if _is_on("apart") else ()
    drawn = ancient.ancient_layer(
        carried.placed, model, age, color=color, words=maps.words(), dark=style.is_dark(), borders=_is_on("borders"),
        plates=_is_on("plates"), apart=apart, name=_("finds"),
    )  # fmt: skip
    clicked = maps.of_ancient_time(drawn, key="ancient_map")
    _tell_source(model)
    _tell_doubt(ancient.spread(points, [model, other], age), other)
    if carried.unplaced:
        with st.expander(_not_placed(len(carried.unplaced))):
            for point, why in carried.unplaced[:50]:
                st.markdown(f"{point.title}: {say(why)}")
    return clicked


def show_many(found: Found, asked: Asked) -> None:
    """The map of very many finds: their numbers in cells of equal area."""
    model, other, age = asked
    sites, counts = np.unique(found.site, return_counts=True)
    places = np.stack([found.sites.longitudes[sites], found.sites.latitudes[sites]], axis=1)
    drawn, lost = ancient.cells_layer(
        places, counts, model, age, words={"finds": _("Finds")}, dark=style.is_dark(), borders=_is_on("borders"),
        plates=_is_on("plates"), name=_("finds"),
    )  # fmt: skip
    maps.of_ancient_time(drawn, key="ancient_cells")
    st.caption(_("{n} finds, counted in cells of equal area.").format(n=f"{len(found) - lost:,}"))
    _tell_source(model)
    some = places[:: max(1, len(places) // _SAMPLE)]
    _tell_doubt(ancient.spread([MapPoint("", y, x, "") for x, y in some.tolist()], [model, other], age), other)
    if lost:
        st.caption(_not_placed(lost))


def ask(interval: str) -> Asked:
    """Which Earth, of which age, by which model, with which lines: in one row, so that the map is seen without scrolling."""
    ages = _ages(timescale()[interval].span if interval else _MESOZOIC)
    wanted = float(st.session_state["age"])
    if wanted not in ages:
        near = wanted or (ages[0] + ages[-1]) / 2
        st.session_state["age"] = min(ages, key=lambda age: abs(age - near))
        if wanted and not ages[-1] <= wanted <= ages[0]:
            _tell_outside(wanted, st.session_state["age"])
    titles = {key: about.title for key, about in library.shelf().models.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose_earth()
        if len(ages) > 1:
            st.select_slider(_("Million years ago"), ages, key="age", format_func=lambda age: f"{age:g}", width=340)
        st.selectbox(_("Plate model"), list(titles), format_func=titles.__getitem__, key="model", width=210)
        with st.popover(_("Borders and lines"), type="tertiary"):
            for name, label in _TOGGLES.items():
                shown = st.toggle(_(label), value=_is_on(name), key=f"{name}_shown")
                st.session_state[name] = "yes" if shown else ""
    chosen = st.session_state["model"]
    other = next(key for key in titles if key != chosen)
    return library.model(chosen), library.model(other), float(st.session_state["age"])


def _tell_outside(wanted: float, shown: float) -> None:
    """A link, or a time chosen before, may ask for an age outside the time that is chosen; the nearest one is shown, and that is said."""
    st.toast(
        _("{asked} million years ago is outside the chosen time. Shown is {shown} million years ago.").format(
            asked=f"{wanted:,.10g}", shown=f"{shown:g}"
        )
    )


def _is_on(name: str) -> bool:
    return bool(st.session_state[name] == "yes")


def _ages(span: AgeRange) -> list[float]:
    """The ages to choose from, old first: whole ones, or halves in a short time."""
    step = 1.0 if span.max_ma - span.min_ma > _SHORT else 0.5
    first, last = math.ceil(span.min_ma / step), math.floor(span.max_ma / step)
    return [number * step for number in range(last, first - 1, -1)] or [round((span.max_ma + span.min_ma) / 2, 2)]


def _tell_source(model: PlateModel) -> None:
    st.caption(
        _(
            "Today's coastlines, carried along on the plates: not the shores of that time, for seas rose and fell. Model: {citation} {licence}. Land: Natural Earth."
        ).format(citation=model.citation, licence=model.licence)
    )
    asked = {name: value for name, value in asking.parameters().items() if name != "area"}
    navigation.link("ancient", _("Then and now, side by side"), at=f"{st.session_state['age']:g}", **asked)


def _tell_doubt(apart: float | None, other: PlateModel) -> None:
    if apart is not None:
        st.caption(
            _("How sure is that? Another good model, {model}, puts these finds about {degrees}° away, some {km} km.").format(
                model=other.title,
                degrees=round(apart),
                km=max(_ROUNDED_KM, round(apart * _KM_OF_A_DEGREE / _ROUNDED_KM) * _ROUNDED_KM),
            )
        )  # fmt: skip


def _not_placed(count: int) -> str:
    return several("{n} find the model does not place", "{n} finds the model does not place", count)
