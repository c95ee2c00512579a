"""The map of finds by geological period: a base map that stays, and one layer of marks that changes with the interval.

A find in the museum is a filled disc, a find from a publication a ring, so that colour is never alone. Finds close together gather
in a bubble with their number; finds at one and the same place spread out when it is clicked. The layer is one piece of JSON
for all finds: Folium's own markers take half a second of server time a thousand on every run.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import folium

from catalogue.colours import luminance
from maps.basemap import Script, base_map, english_words

NEUTRAL = "#8A8577"
"""The colour of what has no interval, and of a colour that cannot be read."""

CLICKED = ("last_object_clicked_popup",)
"""The only thing that the period map has streamlit-folium return: panning and zooming then cause no run."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_CLICKED_ID = re.compile(r"\s*occurrence=([^;\s]+);")


@dataclass(frozen=True)
class MapPoint:
    """One find on the map.

    Parameters
    ----------
    occurrence_id : str
        Its key in the catalogue, given back when it is clicked.
    latitude, longitude : float
        Degrees WGS84.
    title, subtitle : str
        Plain text, shown as it is written; words between asterisks in italics (``*Lufengosaurus huenei*``). A subtitle may have lines.
    color : str
        Official colour of its interval, ``#34B2C9``.
    own : bool
        True for a specimen in the museum, False for a published occurrence.
    href : str
        Where its record is, seen from the page that holds the map (``../../specimen?id=…``); blank for no link.
    """

    occurrence_id: str
    latitude: float
    longitude: float
    title: str
    subtitle: str = ""
    color: str = NEUTRAL
    own: bool = True
    href: str = ""


def period_map(
    *, height: int = 560, words: Mapping[str, str] | None = None, dark: bool = False, center_longitude: float = 10.0
) -> folium.Map:
    """The base map on which `points_layer` is laid.

    Parameters
    ----------
    height : int
        Height in pixels; give streamlit-folium the same.
    words : mapping of str to str, optional
        The words on the map in the reader's language, by the names of `maps.captions.map_words`; English when left out.
    dark : bool
        Whether it is drawn for a dark page.
    center_longitude : float
        The meridian in the middle, in degrees: about 10 for an Atlantic view, 150 for a Pacific one as in Chinese atlases.

    Returns
    -------
    folium.Map
        Make a new one for each run; streamlit-folium changes the map it is given.
    """
    return base_map(height, words, dark, legend=True, center_longitude=center_longitude, view="world")


def points_layer(
    points: Iterable[MapPoint],
    *,
    color: str = NEUTRAL,
    words: Mapping[str, str] | None = None,
    name: str = "finds",
) -> folium.FeatureGroup:
    """All finds of an interval as one layer, to be handed to streamlit-folium as `feature_group_to_add`.

    Parameters
    ----------
    points : iterable of MapPoint
        The finds; without any the layer is empty, which clears the map.
    color : str
        Official colour of the interval, for the bubbles.
    words : mapping of str to str, optional
        As for `period_map`.
    name : str
        Name of the layer.
    """
    listed = list(points)
    palette = {color: number for number, color in enumerate(dict.fromkeys(readable(point.color) for point in listed))}
    known = english_words(words)
    layer = folium.FeatureGroup(name=name, control=False)
    layer.add_child(
        Script(
            "finds",
            {
                "color": readable(color),
                "ink": ink_on(color),
                "words": {name: known[name] for name in ("finds", "open", "close", "museum", "published")},
                "palette": list(palette),
                "rows": [_row(point, palette) for point in listed],
            },
        )
    )
    return layer


def clicked_occurrence(returned: Mapping[str, object] | None) -> str | None:
    """The key of the find that was clicked last.

    Parameters
    ----------
    returned : mapping
        What `st_folium` returned; it must return ``last_object_clicked_popup``.

    Returns
    -------
    str or None
        None when no find was clicked yet.
    """
    text = (returned or {}).get("last_object_clicked_popup")
    match = _CLICKED_ID.match(text) if isinstance(text, str) else None
    return unquote(match[1]) if match else None


def readable(color: str) -> str:
    """A colour as ``#RRGGBB``; `NEUTRAL` for anything else, since it is written into the page."""
    return color if _HEX.fullmatch(color) else NEUTRAL


def ink_on(color: str) -> str:
    """Black or white ink, whichever stands out more on a colour.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, contrast ratio.
    """
    light = luminance(readable(color)) + 0.05
    return "#000000" if light / 0.05 >= 1.05 / light else "#FFFFFF"


def _row(point: MapPoint, palette: Mapping[str, int]) -> list[object]:
    return [
        point.occurrence_id,
        round(point.latitude, 5),
        round(point.longitude, 5),
        point.title,
        point.subtitle,
        palette[readable(point.color)],
        int(point.own),
        point.href,
    ]
