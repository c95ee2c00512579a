"""The calm map under every other: land without borders on a plain sea, in paper colours by day and gallery colours by night.

The base map stays the same while what is drawn on it changes, so that streamlit-folium need not load it again. It brings the
scripts of all our layers along, because streamlit-folium loads scripts only once.
"""

import json
from collections.abc import Mapping

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from maps import finer_land
from maps.assets import local_url, squares_url
from maps.captions import map_words

MAX_ZOOM = 9
"""The outlines say nothing more beyond; two places 2 km apart are then some seven pixels apart."""

MAX_ZOOM_OF_TILES = 17
"""With tiles of another server one sees the street."""


class BaseMap(folium.Map):
    """A Folium map without tiles that asks for nothing but Leaflet, the clusters and our own files."""

    def __init__(self, height: int, max_zoom: int = MAX_ZOOM) -> None:
        super().__init__(
            tiles=None,
            height=height,
            prefer_canvas=True,
            zoom_control=False,
            zoom_snap=0.25,
            zoom_delta=1,
            max_bounds_viscosity=1.0,
            attribution_control=False,
        )
        self.options["max_zoom"] = max_zoom  # Folium itself gives it to its tiles only, and clusters need it
        self.default_js = [("map", local_url("map.js"))]
        self.default_css = [("map_css", local_url("map.css"))]


class Script(JSCSSMixin):
    """One call of a function of `leaflet/bonebed.js`, with the map or layer that it is added to and with its data."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            bonebedMap.{{ this.function }}({{ this._parent.get_name() }}, {{ this.data }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, data: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Script"
        self.function = function
        self.data = script_json(data)


def script_json(value: object) -> str:
    """JSON that may stand in a script: no text in it can end the script, open a comment or be taken for a template."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("{{", "\\u007b{")  # only inside texts; streamlit-folium takes it for a reference


def english_words(words: Mapping[str, str] | None) -> dict[str, str]:
    """The words on the map, in English where the reader's language has none."""
    return {name: (words or {}).get(name) or str(english) for name, english in map_words().items()}


def base_map(height: int, words: Mapping[str, str] | None, dark: bool, **drawing: object) -> BaseMap:
    """The base map with its land, its buttons and its source.

    Parameters
    ----------
    height : int
        Height in pixels.
    words : mapping of str to str, optional
        The words on the map in the reader's language, by the names of `maps.captions.map_words`.
    dark : bool
        Whether it is drawn for a dark page.
    **drawing
        What `bonebedMap.base` in `leaflet/bonebed.js` understands: `view`, `legend`, `center_longitude`, `scale`.
    """
    drawn = BaseMap(height, MAX_ZOOM_OF_TILES if drawing.get("tiles") else MAX_ZOOM)
    drawn.add_child(Script("base", {"dark": dark, "words": english_words(words), **drawing}))
    return drawn


def with_finer_land(
    drawn: folium.Map, dark: bool, words: Mapping[str, str] | None = None, chinese: bool = False
) -> folium.Map:
    """A map of today's Earth whose land grows finer and whose towns are named where one comes near; its squares are asked of the server, so not
    for a map in a file."""
    squares = squares_url()
    if squares:
        ground = {"url": squares, "side": finer_land.SIDE, "per_degree": finer_land.PER_DEGREE, "dark": dark}
        naming = {"chinese": chinese, "credit": english_words(words)["towns"]}
        drawn.add_child(Script("finer", {**ground, **naming}))
    return drawn
