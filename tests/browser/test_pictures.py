"""The pictures of the README, taken from a new catalogue when ``BONEBED_PICTURES=1`` asks for them.

BONEBED_PICTURES=1 python -m pytest tests/browser/test_pictures.py
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

Visit = Callable[..., Any]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"

pytestmark = pytest.mark.skipif(os.environ.get("BONEBED_PICTURES") != "1", reason="pictures are taken on demand")

SCREENS = (
    ("home", "", {}, ".st-key-portrait svg"),
    ("specimens", "specimens", {}, ".st-key-found .card"),
    ("specimen", "specimen", {"id": "bonebed:ivpp-v15"}, ".st-key-around svg"),
    ("map", "map", {}, "iframe"),
    ("tree", "tree", {}, ".st-key-tree svg"),
    ("class", "class", {"step": "3"}, ".st-key-head svg"),
)


def test_pictures_of_the_screens(visit: Visit, fresh_server: str) -> None:
    visitor = visit(to=fresh_server)
    for name, address, query, awaited in SCREENS:
        take(visitor, name, address, query, awaited)
    page = visitor.open("add")
    for key, text in (
        ("catalog_number", "LFGT 0123"),
        ("verbatim_identification", "cf. Lufengosaurus huenei"),
        ("locality", "Dawa, Lufeng"),
    ):
        visitor.fill(f"add_{key}", text)
    visitor.pick("add_earliest_interval", "Hettangian")
    expect(page.get_by_text("million years ago").first).to_be_visible()
    save(page, "add")


def test_pictures_of_the_pages_of_our_own(visit: Visit, fresh_server: str) -> None:
    visitor = visit(to=fresh_server)
    for name, address, awaited in (
        ("lesson", "lesson/extinct?lang=en#3", ".bonebed-tree"),
        ("time", "time?lang=en&at=195", "canvas"),
    ):
        visitor.page.goto(f"{fresh_server}/{address}")
        expect(visitor.page.locator(awaited).first).to_be_visible()
        visitor.page.wait_for_load_state("networkidle")
        save(visitor.page, name)


def test_pictures_in_chinese_and_in_the_dark(visit: Visit, fresh_server: str) -> None:
    visitor = visit(to=fresh_server, theme="dark", locale="zh-CN")
    take(visitor, "specimen_zh_dark", "specimen", {"id": "bonebed:ivpp-v15", "lang": "中文"}, ".st-key-around svg")


def take(visitor: Any, name: str, address: str, query: dict[str, str], awaited: str) -> None:
    """Open a screen, wait until it is drawn with its map, and keep what a visitor sees first."""
    page = visitor.open(address, **query)
    expect(page.locator(awaited).first).to_be_visible()
    if page.locator("iframe").count():
        inside = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
        expect(inside.locator(".leaflet-marker-icon").first).to_be_attached()
    if name in {"map", "tree"}:
        page.locator(awaited).first.evaluate("part => { part.style.scrollMarginTop = '112px'; part.scrollIntoView(); }")
    save(page, name)


def save(page: Any, name: str) -> None:
    """Keep the picture when nothing moves any more."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
