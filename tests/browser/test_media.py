"""Photographs and scans in a real browser: sent, marked, looked at closely, turned, and never more than a picture."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.catalogue.photographs_and_scans import HTML, binary_stl, file_of, glb, picture

Visit = Callable[..., Any]
KEY = "bonebed:ivpp-v15"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A photograph, a textured scan, a plain one, and a web page that poses as a photograph."""
    made = {
        "skull.jpg": file_of(picture((1800, 1200)), "JPEG"),
        "block.glb": glb(),
        "bone.stl": binary_stl(),
        "evil.jpg": HTML,
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


def colours(page: Page) -> int:
    """How many colours are on the viewer's stage."""
    shot = Image.open(BytesIO(page.locator(".viewer-stage").screenshot())).convert("RGB")
    return len(shot.getcolors(maxcolors=2**24) or [])


def width_of(page: Page) -> float:
    box = page.locator(".viewer-stage img").bounding_box()
    assert box is not None
    return box["width"]


def test_files_are_sent_marked_and_looked_at(visit: Visit, files: list[Path]) -> None:
    visitor = visit()
    page = visitor.open("pictures", id=KEY)
    page.locator("input[type=file]").set_input_files(files)
    visitor.settled()
    visitor.pick("media_license", "CC BY 4.0")
    visitor.fill("media_credit", "Museum of Lufeng")
    page.get_by_role("button", name="Add to the record").click()
    expect(page.get_by_text("3 files were added")).to_be_visible()
    expect(page.get_by_text("a web page")).to_be_visible()
    visitor.settled()

    mark_a_box(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    visitor.settled()
    page = visitor.open("specimen", id=KEY)
    expect(page.locator(".thumb")).to_have_count(3)
    expect(page.locator(".gallery")).to_contain_text("Museum of Lufeng · CC BY 4.0")
    look_closely(page)
    turn_the_scans(page)

    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_be_hidden()
    last = page.locator(".thumb").nth(2).element_handle()
    page.wait_for_function("(thumb) => thumb.getRootNode().activeElement === thumb", arg=last)


def mark_a_box(page: Page) -> None:
    stage = page.locator(".focus-stage").first
    stage.scroll_into_view_if_needed()
    box, before = stage.bounding_box(), None
    while box != before:  # what arrives above moves it on
        page.wait_for_timeout(300)
        box, before = stage.bounding_box(), box
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4, steps=4)
    page.mouse.up()
    expect(stage.locator(".focus-box")).to_be_visible()


def look_closely(page: Page) -> None:
    page.locator(".thumb").first.click()
    expect(page.locator(".viewer")).to_be_visible()
    expect(page.locator(".viewer .focus-box")).to_be_visible()
    expect(page).to_have_url(re.compile("media="))
    whole = width_of(page)
    page.keyboard.press("+")
    assert width_of(page) == pytest.approx(whole * 1.3, rel=0.01)
    page.keyboard.press("0")
    assert width_of(page) == pytest.approx(whole, rel=0.01)
    page.locator(".viewer-stage").hover()
    page.mouse.wheel(0, -400)
    expect(page.locator(".viewer-stage img")).not_to_have_css("width", f"{whole}px")
    page.get_by_role("button", name="The part in question").click()
    assert width_of(page) > whole * 1.5


def turn_the_scans(page: Page) -> None:
    for ending in ("glb", "stl"):
        page.keyboard.press("PageDown")
        shown = page.locator(f'.thumb[data-format="{ending}"]').get_attribute("data-key")
        expect(page).to_have_url(re.compile(f"media={shown}"))
        expect(page.locator(".viewer-stage canvas")).to_be_visible()
        expect(page.locator("[data-say=loading]")).to_be_hidden()
        expect(page.locator("[data-say=broken]")).to_be_hidden()
        expect(page.get_by_role("link", name="Save the file")).to_be_visible()
        if page.locator("[data-say=no-webgl]").is_hidden():
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert colours(page) > 2
