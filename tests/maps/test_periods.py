"""`maps.periods`: one layer for all finds, the same for the same finds, and the find behind a click."""

import json
import re
from urllib.parse import quote

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.periods import NEUTRAL, MapPoint, clicked_occurrence, ink_on, period_map, points_layer, readable

LUFENGOSAURUS = MapPoint(
    "bonebed:ivpp-v15", 25.1, 102.1, "*Lufengosaurus huenei*", "Early Jurassic", "#42AED0", href="../../specimen?id=1"
)
PUBLISHED = MapPoint("pbdb:1", -51.7, -72.3, "<script>alert(1)</script>", "Chile", "#34B2C9", own=False)


def data_of(layer: folium.FeatureGroup) -> dict[str, object]:
    (child,) = layer._children.values()
    data: dict[str, object] = json.loads(child.data)
    return data


def test_all_finds_are_one_element() -> None:
    layer = points_layer([LUFENGOSAURUS, PUBLISHED] * 500, color="#34B2C9")
    assert isinstance(layer, folium.FeatureGroup)
    assert len(layer._children) == 1


def test_a_find_keeps_its_facts() -> None:
    data = data_of(points_layer([LUFENGOSAURUS, PUBLISHED], color="#34B2C9"))
    assert data["palette"] == ["#42AED0", "#34B2C9"]
    assert data["rows"] == [
        ["bonebed:ivpp-v15", 25.1, 102.1, "*Lufengosaurus huenei*", "Early Jurassic", 0, 1, "../../specimen?id=1"],
        ["pbdb:1", -51.7, -72.3, "<script>alert(1)</script>", "Chile", 1, 0, ""],
    ]
    assert data["color"] == "#34B2C9"


def test_a_layer_without_finds_is_empty() -> None:
    assert data_of(points_layer([]))["rows"] == []


def test_text_cannot_leave_its_script() -> None:
    drawn = period_map()
    points_layer([PUBLISHED]).add_to(drawn)
    page = drawn.get_root().render()
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "alert(1)</script>" not in page


def test_a_colour_that_is_none_is_drawn_neutral() -> None:
    point = MapPoint("a", 1, 2, "t", color='red" onload="alert(1)')
    data = data_of(points_layer([point], color="url(//x)"))
    assert data["palette"] == [NEUTRAL]
    assert data["color"] == NEUTRAL


def script_of(drawn: folium.Map) -> str:
    return re.sub(r"_[0-9a-f]{32}", "", drawn.get_root().render())


def test_the_base_map_is_the_same_on_every_run() -> None:
    assert script_of(period_map(height=500)) == script_of(period_map(height=500))


def test_the_layer_is_the_same_for_the_same_finds() -> None:
    first, second = (period_map() for _ in range(2))
    points_layer([LUFENGOSAURUS]).add_to(first)
    points_layer([LUFENGOSAURUS]).add_to(second)
    assert script_of(first) == script_of(second)


def test_day_and_night_differ() -> None:
    assert script_of(period_map(dark=True)) != script_of(period_map(dark=False))


@given(st.text(min_size=1), st.text())
def test_the_find_behind_a_click_is_read_from_the_popup(occurrence_id: str, title: str) -> None:
    text = f"occurrence={_encoded_by_browser(occurrence_id)}; {title}\nEarly Jurassic"
    assert clicked_occurrence({"last_object_clicked_popup": text}) == occurrence_id


@pytest.mark.parametrize(
    "returned",
    [
        None,
        {},
        {"last_object_clicked_popup": None},
        {"last_object_clicked_popup": "Lufengosaurus occurrence=bonebed:other;"},
        {"last_object_clicked_popup": 3},
    ],
)
def test_without_a_click_there_is_no_find(returned: dict[str, object] | None) -> None:
    assert clicked_occurrence(returned) is None


@pytest.mark.parametrize(
    ("color", "ink"),
    [("#FFFFFF", "#000000"), ("#34B2C9", "#000000"), ("#7FC64E", "#000000"), ("#812B92", "#FFFFFF"), ("?", "#000000")],
)
def test_ink_on_a_colour_is_legible(color: str, ink: str) -> None:
    assert ink_on(color) == ink


@given(st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True))
def test_ink_meets_the_contrast_of_the_guidelines(color: str) -> None:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    contrast = (luminance + 0.05) / 0.05 if ink_on(color) == "#000000" else 1.05 / (luminance + 0.05)
    assert contrast >= 4.5


def test_readable_keeps_colours_of_the_chart() -> None:
    assert readable("#34b2C9") == "#34b2C9"
    assert readable("#fff") == NEUTRAL


def _encoded_by_browser(text: str) -> str:
    """`encodeURIComponent`; a browser has no lone surrogates here, and neither has `st.text`."""
    return quote(text, safe="!'()*-._~")
