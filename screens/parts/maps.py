"""Folium's maps on a page: in the reader's language and theme, with scripts of our own server."""

from collections.abc import Iterable, Mapping

import folium
import streamlit as st

from catalogue.records import Specimen
from maps import ancient, assets, captions, one_place, periods
from maps.palaeogeography.models import PlateModel
from screens import navigation
from screens.parts import style, withheld
from screens.parts.ages import age_words, color_of, interval_words
from screens.parts.cards import kind_words, place_words
from screens.words import _, language, say

assets.use_local_assets()


def words() -> Mapping[str, str]:
    """The words on a map in the reader's language."""
    return {name: say(word) for name, word in captions.map_words().items()}


def place(specimen: Specimen) -> None:
    """A small map of where a specimen was found."""
    if specimen.decimal_latitude is None or specimen.decimal_longitude is None:
        return
    drawn = one_place.place_map(
        specimen.decimal_latitude,
        specimen.decimal_longitude,
        specimen.coordinate_uncertainty_in_meters,
        color_of(specimen.span),
        style.is_dark(),
        height=300,
        words=words(),
    )
    _show(drawn, f"place-{specimen.occurrence_id}", 300, ())
    st.caption(withheld.in_circle(specimen))


def of_time(found: Iterable[Specimen], color: str, key: str, height: int = 560) -> str | None:
    """The map of finds; returns the key of the find that was clicked last."""
    drawn = periods.period_map(
        height=height, words=words(), dark=style.is_dark(), center_longitude=150.0 if language() == "zh" else 10.0
    )
    layer = periods.points_layer(points(found), color=color, words=words(), name=_("finds"))
    return periods.clicked_occurrence(_show(drawn, key, height, periods.CLICKED, layer))


def points(found: Iterable[Specimen]) -> list[periods.MapPoint]:
    """Finds as points of a map."""
    return [_point(specimen) for specimen in found]


def of_ancient_time(
    carried: ancient.Carried,
    model: PlateModel,
    age_ma: float,
    color: str,
    *,
    borders: bool,
    key: str,
    height: int = 560,
) -> str | None:
    """The map of finds on the Earth of an age; returns the key of the find that was clicked last."""
    drawn = ancient.ancient_map(height=height, words=words(), dark=style.is_dark(), center_longitude=20.0)
    layer = ancient.ancient_layer(
        carried.placed,
        model,
        age_ma,
        color=color,
        words=words(),
        dark=style.is_dark(),
        borders=borders,
        name=_("finds"),
    )
    return periods.clicked_occurrence(_show(drawn, key, height, periods.CLICKED, layer))


def pick(latitude: float | None, longitude: float | None, key: str) -> tuple[float, float] | None:
    """A map on which a click picks a place; returns latitude and longitude of the last click."""
    drawn = one_place.picking_map(height=360, words=words(), dark=style.is_dark())
    return one_place.clicked_place(
        _show(drawn, key, 360, one_place.PICKED, one_place.picked_layer(latitude, longitude))
    )


def _show(
    drawn: folium.Map, key: str, height: int, returned: Iterable[str], layer: folium.FeatureGroup | None = None
) -> Mapping[str, object]:
    from streamlit_folium import st_folium  # registers itself with the running server, so not before there is one

    shown: Mapping[str, object] = st_folium(
        drawn,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=list(returned),
        feature_group_to_add=layer,
    )
    return shown or {}


def _point(specimen: Specimen) -> periods.MapPoint:
    assert specimen.decimal_latitude is not None and specimen.decimal_longitude is not None
    lines = (f"{interval_words(specimen)}, {age_words(specimen.span)}", place_words(specimen), kind_words(specimen))
    return periods.MapPoint(
        occurrence_id=specimen.occurrence_id,
        latitude=specimen.decimal_latitude,
        longitude=specimen.decimal_longitude,
        title=f"*{specimen.verbatim_identification}*",
        subtitle="\n".join(lines),
        color=color_of(specimen.span),
        own=specimen.is_own,
        href=f"../../{navigation.href('specimen', id=specimen.occurrence_id).removeprefix('./')}",
    )
