"""The map of finds by geological period: a base map that stays, and one layer of marks that changes with the interval.

A find in the museum is a filled disc, a find from a publication a ring, so that colour is never alone. Finds close together gather
in a bubble with their number; finds at one and the same place spread out when it is clicked. The layer is one piece of JSON
for all finds: Folium's own markers take half a second of server time a thousand on every run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import folium

from catalogue.colours import luminance
from maps.assets import local_url
from maps.basemap import Script, base_map, english_words
from maps.tally import ramp

NEUTRAL = "#8A8577"
"""The colour of what has no interval, and of a colour that cannot be read."""

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#8C6BB1", "#66A61E", "#A6761D")
"""Colours of classes, told apart by most people who see colours otherwise (Okabe and Ito 2008, and three more)."""

CLICKED = ("last_object_clicked_popup",)
"""The only thing that the period map has streamlit-folium return: panning and zooming then cause no run."""
TOLD = ("area", "cells", "finds", "formation", "near")
"""What a map tells besides a find: an area was drawn, a bubble of cells or of finds chosen, a formation, a dot of a place."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_CLICKED_ID = re.compile(r"\s*occurrence=([^;\s]+);")
_TOLD = re.compile(rf"({'|'.join(TOLD)})=(.*); (\d+)\s*", re.DOTALL)


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


@dataclass(frozen=True)
class Told:
    """What somebody chose on the map besides a find.

    Parameters
    ----------
    kind : str
        One of `TOLD`.
    value : str
        An area as `catalogue.searching.area.read_area` reads it; ``across:x-y,x-y`` for cells of a grid; keys of finds and the name of
        a formation percent-encoded, commas between them; longitude and latitude of a place.
    turn : int
        Counts what one map told.
    """

    kind: str
    value: str
    turn: int


def period_map(
    *,
    height: int = 560,
    words: Mapping[str, str] | None = None,
    dark: bool = False,
    center_longitude: float = 10.0,
    areas: bool = False,
    tiles: tuple[str, str] | None = None,
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
    areas : bool
        Whether areas may be drawn on it, and its view is kept in the address of the page around it.
    tiles : (address, credit), optional
        Tiles of another server beneath it, and whose they are; nothing is asked of anybody else where it is left out.

    Returns
    -------
    folium.Map
        Make a new one for each run; streamlit-folium changes the map it is given.
    """
    drawing: dict[str, object] = {"areas": True, "keep_view": True} if areas else {}
    if tiles is not None:
        drawing["tiles"] = list(tiles)
    return base_map(height, words, dark, legend=True, center_longitude=center_longitude, view="world", **drawing)


def points_layer(
    points: Iterable[MapPoint],
    *,
    color: str = NEUTRAL,
    words: Mapping[str, str] | None = None,
    name: str = "finds",
    by_class: bool = False,
    **drawing: object,
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
    by_class : bool
        Whether a bubble has the colour of most of its finds, in place of the interval's.
    **drawing
        What else `bonebedMap.finds` in `leaflet/bonebed.js` understands: `gathered` (whether finds gather in bubbles), `area` (an
        outline) and `go` (where to take the reader).
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
                "rows": rows_of(listed, palette),
                **({"inks": [ink_on(color) for color in palette]} if by_class else {}),
                **{key: value for key, value in drawing.items() if value is not None},
            },
        )
    )
    return layer


def many_layer(
    url: str,
    *,
    palette: Sequence[str],
    classes: Sequence[str],
    color: str = NEUTRAL,
    words: Mapping[str, str] | None = None,
    dark: bool = False,
    by_class: bool = False,
    name: str = "finds",
    **drawing: object,
) -> folium.FeatureGroup:
    """A layer that asks our server for what the window shows, for any number of finds.

    Parameters
    ----------
    url : str
        Whom it asks, with a question mark and all parameters but the window.
    palette, classes : sequence of str
        Colour and name of each class of finds.
    color, words, name, by_class, **drawing
        As for `points_layer`.
    """
    inks = [ink_on(one) for one in palette]
    layer = folium.FeatureGroup(name=name, control=False)
    asked = {
        "url": url,
        "color": readable(color),
        "ink": ink_on(color),
        "words": english_words(words),
        "palette": [readable(one) for one in palette],
        "classes": list(classes),
        "dark": dark,
        "ramp": ramp(dark),
        **({"inks": inks} if by_class else {}),
        **{key: value for key, value in drawing.items() if value is not None},
    }
    layer.add_child(Script("many", asked))
    return layer


def with_borders(layer: folium.FeatureGroup, dark: bool) -> folium.FeatureGroup:
    """The layer with the borders of today beneath its finds; their file is fetched once."""
    layer.add_child(Script("borders", {"url": local_url("borders.js"), "dark": dark}))
    return layer


def told(returned: Mapping[str, object] | None) -> Told | None:
    """What was chosen last on the map besides a find; None when nothing was, or a find."""
    text = (returned or {}).get("last_object_clicked_popup")
    match = _TOLD.fullmatch(text) if isinstance(text, str) else None
    return Told(match[1], match[2], int(match[3])) if match else None


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


def rows_of(points: Iterable[MapPoint], palette: Mapping[str, int]) -> list[list[object]]:
    """Finds as `bonebedMap.finds` takes them; `palette` numbers the colours."""
    return [_row(point, palette) for point in points]


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
