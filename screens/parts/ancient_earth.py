"""The Earth as it lay: the same finds on the land of their time, by one of two plate models, and how sure that is."""

import math

import streamlit as st

from catalogue.geological_time import AgeRange, timescale
from catalogue.records import Specimen
from maps import ancient
from maps.palaeogeography.models import BUILT_IN, PlateModel, built_in_model
from maps.periods import MapPoint
from screens.parts import maps
from screens.words import _, say, several

TODAY, THEN = "today", "then"
DEFAULTS = {"earth": TODAY, "model": BUILT_IN[0], "age": 0.0, "borders": ""}
"""The widgets, by their keys; an age of 0 is the middle of the chosen time."""

_MESOZOIC = AgeRange(252.0, 66.0)
_SHORT = 20.0
"""Myr; a shorter time is walked through in halves of a million years."""
_KM_OF_A_DEGREE = 111.2
_ROUNDED_KM = 100


def is_chosen() -> bool:
    """Whether the Earth of the time is shown."""
    return bool(st.session_state["earth"] == THEN)


def allowed(name: str, written: str) -> object | None:
    """The value of a widget from an address; None for what means nothing."""
    if name == "earth":
        return written if written in {TODAY, THEN} else None
    if name == "model":
        return written if written in BUILT_IN else None
    if name == "borders":
        return "yes" if written == "yes" else None
    if name == "age":
        return float(written) if written.replace(".", "", 1).isdecimal() and len(written) < 8 else None
    return None


def choose_earth() -> None:
    """Today's Earth or that of the time."""
    earths = {TODAY: _("The Earth today"), THEN: _("The Earth then")}
    st.segmented_control(
        _("Earth"), list(earths), format_func=lambda key: earths[key], key="earth", required=True, label_visibility="collapsed"
    )  # fmt: skip


def show(placed: list[Specimen], interval: str, color: str) -> str | None:
    """The map, and beneath it by which model, what it cannot say, and how far models differ; returns the find clicked last."""
    span = timescale()[interval].span if interval else _MESOZOIC
    model, age = _choose(span)
    points = maps.points(placed)
    carried = ancient.carry(points, model, age)
    borders = st.session_state["borders"] == "yes"
    clicked = maps.of_ancient_time(carried, model, age, color, borders=borders, key="ancient_map")
    _tell(carried, points, model, age)
    return clicked


def _choose(span: AgeRange) -> tuple[PlateModel, float]:
    ages = _ages(span)
    if st.session_state["age"] not in ages:
        near = st.session_state["age"] or (span.max_ma + span.min_ma) / 2
        st.session_state["age"] = min(ages, key=lambda age: abs(age - near))
    models = {key: built_in_model(key) for key in BUILT_IN}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(ages) > 1:
            st.select_slider(_("Million years ago"), ages, key="age", format_func=lambda age: f"{age:g}", width=420)
        st.selectbox(_("Plate model"), BUILT_IN, format_func=lambda key: models[key].title, key="model", width=260)
        shown = st.toggle(_("Today's borders"), value=st.session_state["borders"] == "yes", key="borders_shown")
        st.session_state["borders"] = "yes" if shown else ""
    return models[st.session_state["model"]], float(st.session_state["age"])


def _ages(span: AgeRange) -> list[float]:
    """The ages to choose from, old first: whole ones, or halves in a short time."""
    step = 1.0 if span.max_ma - span.min_ma > _SHORT else 0.5
    first, last = math.ceil(span.min_ma / step), math.floor(span.max_ma / step)
    return [number * step for number in range(last, first - 1, -1)] or [round((span.max_ma + span.min_ma) / 2, 2)]


def _tell(carried: ancient.Carried, points: list[MapPoint], model: PlateModel, age: float) -> None:
    st.caption(
        _(
            "Today's coastlines, carried along on the plates: not the shores of that time, for seas rose and fell. Model: {citation} {licence}. Land: Natural Earth."
        ).format(citation=model.citation, licence=model.licence)
    )
    apart = ancient.spread(points, [built_in_model(key) for key in BUILT_IN], age)
    if apart is not None:
        st.caption(
            _("How sure is that? Two good models put these finds about {degrees}° apart, some {km} km.").format(
                degrees=round(apart), km=max(_ROUNDED_KM, round(apart * _KM_OF_A_DEGREE / _ROUNDED_KM) * _ROUNDED_KM)
            )
        )
    if carried.unplaced:
        count = len(carried.unplaced)
        with st.expander(several("{n} find the model does not place", "{n} finds the model does not place", count)):
            for point, why in carried.unplaced[:50]:
                st.markdown(f"{point.title}: {say(why)}")
