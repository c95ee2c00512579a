"""A map in one file: nothing in it asks anybody for anything, and no text of a record ends a script."""

import re

import pytest

from maps import assets
from maps.periods import MapPoint, period_map, points_layer
from maps.standalone import standalone

EVIL = "</script><script>alert(1)</script>"


@pytest.fixture
def page() -> str:
    drawn = period_map()
    points_layer([MapPoint("a", 25.1, 102.1, EVIL, EVIL)]).add_to(drawn)
    return standalone(drawn, f"Finds {EVIL}", f"Caption {EVIL}", [(EVIL, "#0072B2")], "zh").decode()


def test_it_fetches_nothing(page: str) -> None:
    assert re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'][^"']+""", page) == []
    assert assets.PREFIX not in page
    assert "L.markerClusterGroup=function" in page.replace(" ", "") or "markerClusterGroup" in page
    assert "window.bonebedLand=" in page


def test_no_text_leaves_its_place(page: str) -> None:
    assert "<script>alert" not in page
    assert page.count("<script") == page.count("</script>")


def test_it_says_what_it_shows_and_in_which_language(page: str) -> None:
    assert '<html lang="zh-Hans">' in page
    assert "<title>Finds &lt;/script&gt;" in page
    assert "<footer>" in page
