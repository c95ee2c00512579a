"""A visitor's own collection in a real browser: starred, noted, ordered, handed in as a file, and opened beside another's."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

Visit = Callable[..., Any]
EVIL = "<img src=x onerror='window.hacked=1'>"


def names(page: Page) -> list[str]:
    return page.locator("#mine .name").all_inner_texts()


def test_starred_noted_handed_in_and_opened_beside_anothers(visit: Visit, tmp_path: Path) -> None:
    pupil = visit()
    page = pupil.open("specimens")
    stars = page.locator(".st-key-found [data-star]")
    for place in (0, 1):
        stars.nth(place).click()
        expect(stars.nth(place)).to_have_attribute("aria-pressed", "true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    page.get_by_role("link", name="Open my collection").click()
    expect(page.locator("#mine .name")).to_have_count(2)
    before = names(page)
    page.locator("textarea").first.fill("Long neck, small teeth")
    page.get_by_label("Name of my collection").fill("Group 3")
    page.locator("#mine .down:enabled").first.click()
    page.reload()
    expect(page.locator("#mine .name")).to_have_text(before[::-1])
    expect(page.locator("textarea").last).to_have_value("Long neck, small teeth")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Hand in as a file").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert not [one for one in asked if "teeth" in one or "Group" in one], "notes stay in the browser"

    handed = json.loads(file.read_text(encoding="utf-8"))
    other = tmp_path / "other.json"
    handed["items"] = [handed["items"][0] | {"note": EVIL}]
    other.write_text(json.dumps(handed | {"title": EVIL}), encoding="utf-8")
    teacher = visit().page
    teacher.goto(f"{pupil.server}/my-collection?lang=en")
    teacher.locator("#files").set_input_files([file, other])
    expect(teacher.locator("#table tbody tr")).to_have_count(2)
    expect(teacher.locator("#table tbody tr").first).to_contain_text(EVIL)
    expect(teacher.locator("#table tbody tr").last).to_contain_text("Long neck, small teeth")
    assert teacher.evaluate("window.hacked") is None
    teacher.get_by_role("button", name="Make it mine").first.click()
    expect(teacher.locator("#mine .name")).to_have_text(before[::-1])
    teacher.get_by_role("button", name="Undo").click()
    expect(teacher.get_by_role("heading", name="Nothing here yet")).to_be_visible()
