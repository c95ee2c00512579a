"""Folium's maps on a page: in the reader's language and theme, with scripts of our own server."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from urllib.parse import urlencode

import folium
import numpy as np
import streamlit as st
from sqlalchemy import Connection

from catalogue import finding
from catalogue.records import Specimen
from catalogue.rights import Person
from catalogue.settings import settings
from maps import ancient, assets, captions, one_place, periods
from maps.basemap import base_map, with_finer_land
from maps.located import Found
from screens.parts import style, withheld
from screens.parts.ages import age_words, color_of, interval_words
from screens.parts.cards import kind_words, place_words
from screens.parts.map_colours import Class, Colours
from screens.words import LANGUAGES, language, say

assets.use_local_assets()

ANCIENT_MIDDLE = 20.0
"""Longitude of the middle of the ancient Earth."""


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
    _show_today(drawn, f"place-{specimen.occurrence_id}", 300, ())
    st.caption(withheld.in_circle(specimen))


def of_time(layer: folium.FeatureGroup, key: str, height: int = 560) -> Mapping[str, object]:
    """The map of finds of today, with one layer on it; returns what streamlit-folium returns."""
    drawn = periods.period_map(
        height=height,
        words=words(),
        dark=style.is_dark(),
        center_longitude=center_longitude(),
        areas=True,
        tiles=_tiles(),
    )
    return _show_today(drawn, key, height, periods.CLICKED, layer)


def of_cells(layer: folium.FeatureGroup, key: str, height: int = 480) -> None:
    """The map of today with a layer that tells everything itself."""
    drawn = base_map(height, words(), style.is_dark(), center_longitude=center_longitude(), view="world")
    _show_today(drawn, key, height, (), layer)


def _tiles() -> tuple[str, str] | None:
    """Tiles of another server, where the administrator wants them."""
    return (settings().map_tiles, settings().map_tiles_credit) if settings().map_tiles else None


def center_longitude() -> float:
    """The meridian in the middle of a map of the world: as in the atlases of the reader's country."""
    return 150.0 if language() == "zh" else 10.0


def points(found: Iterable[Specimen], classes: Iterable[Class] = ()) -> list[periods.MapPoint]:
    """Finds as points of a map, each in the colour of its class and with its name, or else in that of its age."""
    return [_point(specimen, its) for specimen, its in zip(found, chain(classes, repeat(None)), strict=False)]


def coloured_points(
    connection: Connection, person: Person, found: Found, ids: Sequence[int], colours: Colours
) -> list[periods.MapPoint]:
    """Some of the found records, by their keys in the database, as points in the colours of their classes."""
    classes = colours.codes[found.census.places[np.array(ids, np.int64)]].tolist()
    records = finding.with_ids(connection, ids, who=person)
    return points(records, [colours.classes[at] for at in classes])


def of_ancient_time(layer: folium.FeatureGroup, key: str, height: int = 560) -> str | None:
    """The map of an ancient Earth with one layer; returns the key of the find that was clicked last."""
    drawn = ancient.ancient_map(height=height, words=words(), dark=style.is_dark(), center_longitude=ANCIENT_MIDDLE)
    return periods.clicked_occurrence(_show(drawn, key, height, periods.CLICKED, layer))


def pick(latitude: float | None, longitude: float | None, key: str) -> tuple[float, float] | None:
    """A map on which a click picks a place; returns latitude and longitude of the last click."""
    drawn = one_place.picking_map(height=360, words=words(), dark=style.is_dark())
    return one_place.clicked_place(
        _show_today(drawn, key, 360, one_place.PICKED, one_place.picked_layer(latitude, longitude))
    )


def _show_today(
    drawn: folium.Map, key: str, height: int, returned: Iterable[str], layer: folium.FeatureGroup | None = None
) -> Mapping[str, object]:
    """A map of today's Earth, whose land grows finer and whose towns are named where one comes near."""
    nearer = with_finer_land(drawn, style.is_dark(), words(), chinese=language() == "zh")
    return _show(nearer, key, height, returned, layer)


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


def _point(specimen: Specimen, its: Class | None) -> periods.MapPoint:
    assert specimen.decimal_latitude is not None and specimen.decimal_longitude is not None
    age = f"{interval_words(specimen)}, {age_words(specimen.span)}"
    lines = [age, place_words(specimen), kind_words(specimen)]
    if its and not any(its.label in line for line in (specimen.verbatim_identification, *lines)):
        lines.append(its.label)  # colour is never alone
    return periods.MapPoint(
        occurrence_id=specimen.occurrence_id,
        latitude=specimen.decimal_latitude,
        longitude=specimen.decimal_longitude,
        title=f"*{specimen.verbatim_identification}*",
        subtitle="\n".join(lines),
        color=its.color if its else color_of(specimen.span),
        own=specimen.is_own,
        href=f"../../specimen?{urlencode({'id': specimen.occurrence_id, 'lang': LANGUAGES[language()]})}",
    )
