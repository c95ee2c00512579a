"""Where the place of a specimen lay when it lived: a sentence, a small map of the Earth of that time, and how sure that is."""

from html import escape

import numpy as np
import streamlit as st

from catalogue.records import Specimen
from maps.equal_earth import earth_with_place
from maps.palaeogeography.models import BUILT_IN, PlateModel, Position, built_in_model
from screens import navigation
from screens.parts.ages import color_of
from screens.parts.picture import still
from screens.words import _, language, say

_STEPS = 5
_OLDEST = 540.0


def show(specimen: Specimen) -> None:
    """The sentence and the map; where the model does not say, the reason."""
    model, other = (built_in_model(key) for key in BUILT_IN[:2])
    way = lay(specimen, model)
    middle, elsewhere = way[_STEPS // 2], lay(specimen, other)[_STEPS // 2]
    if middle.why_not is not None:
        st.caption(_("Where the place lay when it lived is not known: {why}").format(why=say(middle.why_not)))
        return
    said = _said(way, middle)
    known = [(one.longitude, one.latitude) for one in way if one.longitude is not None and one.latitude is not None]
    picture = earth_with_place(
        model,
        specimen.span.midpoint,
        known,
        None
        if elsewhere.longitude is None or elsewhere.latitude is None
        else (elsewhere.longitude, elsewhere.latitude),
        color_of(specimen.span),
        {"title": said, "equator": _("Equator")},
    )
    still(f'<div class="then"><p>{escape(said)}</p>{picture}</div>', key="then", language=language())
    st.caption(_doubt(model, other, elsewhere))
    at = f"{min(specimen.span.midpoint, _OLDEST):.0f}"
    navigation.link("ancient", _("See the Earth move"), at=at, find=specimen.occurrence_id)


def lay(specimen: Specimen, model: PlateModel) -> list[Position]:
    """Where its place lay, from its oldest possible age to its youngest; the one in the middle is that of the middle age."""
    assert specimen.decimal_longitude is not None and specimen.decimal_latitude is not None
    ages = np.linspace(specimen.max_ma, specimen.min_ma, _STEPS).tolist()
    return model.positions(np.array([[specimen.decimal_longitude, specimen.decimal_latitude]] * _STEPS), ages)


def latitude_words(latitude: float) -> str:
    """ "34° N", as a reader knows it."""
    if round(latitude) == 0:
        return _("the equator")
    north = _("{degrees}° N") if latitude > 0 else _("{degrees}° S")
    return north.format(degrees=abs(round(latitude)))


def _said(way: list[Position], middle: Position) -> str:
    latitudes = [one.latitude for one in way if one.latitude is not None]
    low, high = latitude_words(min(latitudes)), latitude_words(max(latitudes))
    assert middle.latitude is not None
    if low == high:
        return _("When it lived, this place lay at {latitude}.").format(latitude=latitude_words(middle.latitude))
    return _("When it lived, this place lay at about {latitude}, between {low} and {high} in the time from which it may be.").format(
        latitude=latitude_words(middle.latitude), low=low, high=high
    )  # fmt: skip


def _doubt(model: PlateModel, other: PlateModel, elsewhere: Position) -> str:
    if elsewhere.latitude is None:
        return _("By the plate model {model}, with today's coastlines.").format(model=model.title)
    return _("By the plate model {model}, with today's coastlines. {other} puts it at {latitude} (the square).").format(
        model=model.title, other=other.title, latitude=latitude_words(elsewhere.latitude)
    )
