"""`maps.basemap`: a small page that only asks for our files, and data that cannot leave its script."""

import json

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps import assets
from maps.basemap import MAX_ZOOM, base_map, english_words, script_json


def test_the_base_map_brings_leaflet_the_clusters_and_our_own_files_only() -> None:
    drawn = base_map(400, None, dark=False)
    names = [name for name, _ in (*drawn.default_js, *drawn.default_css)]
    assert isinstance(drawn, folium.Map)
    assert names == ["map", "map_css"]
    script, style = (assets.asset(url.rsplit("/", 1)[-1]) for _, url in (*drawn.default_js, *drawn.default_css))
    assert script and style
    for word in (b"LatLngBounds", b"markerClusterGroup", b"bonebedLand", b"bonebedMap.many", b"bonebedAreas"):
        assert word in script[1].replace(b" ", b"")
    assert len(script[1]) + len(style[1]) < 275_000  # with the 225 kB of streamlit-folium a page stays below 500 kB


def test_clusters_find_a_greatest_zoom_without_tiles() -> None:
    assert base_map(400, None, dark=False).options["max_zoom"] == MAX_ZOOM


def test_the_page_names_no_other_server() -> None:
    assert "://" not in base_map(400, None, dark=True).get_root().render()


def test_words_of_the_reader_stand_on_the_map_and_english_fills_gaps() -> None:
    words = english_words({"open": "打开记录"})
    assert words["open"] == "打开记录"
    assert words["museum"] == "in the museum"
    assert "打开记录" in base_map(400, {"open": "打开记录"}, dark=False).get_root().render()


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_script_json_is_the_same_data_and_harmless(data: object) -> None:
    text = script_json(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028\u2029") & set(text)
    assert "{{" not in text


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "{{ 'map_div' }}", "\u2028"])
def test_script_json_hides_what_a_page_would_obey(text: str) -> None:
    assert text not in script_json([text])
