"""The time machine in a real browser: one key moves the map, the tree and the curve together, and the link brings the moment back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

_PIXELS = "id => document.getElementById(id).toDataURL()"
_PARTS = ("map", "tree", "curve")


def _opened(visitor: Visitor, query: str) -> Page:
    with visitor.page.expect_response(re.compile("/assets/earth/")):
        visitor.page.goto(f"{visitor.server}/time?{query}")
    expect(visitor.page.locator("body")).to_have_attribute("data-drawn", re.compile("."))
    return visitor.page


def test_a_key_moves_all_parts_and_the_link_reopens_them(visit: Callable[..., Visitor]) -> None:
    page = _opened(visit(), "lang=en&at=195")
    before = {part: page.evaluate(_PIXELS, part) for part in _PARTS}
    slider = page.get_by_role("slider")
    slider.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "200")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "199")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("199 million years ago.*Sinemurian"))
    assert all(page.evaluate(_PIXELS, part) != before[part] for part in _PARTS)
    page.get_by_role("combobox").select_option("Sauropodomorpha")
    expect(page).to_have_url(re.compile("at=199.*clade=Sauropodomorpha"))
    expect(page.locator("#said")).to_contain_text(re.compile(r"199 million years ago.*finds?.*lineages?"))
    lineages = page.locator("#lineages").text_content()
    find = page.locator("#who button").first
    find.press("Enter")
    expect(page).to_have_url(re.compile("specimen="))
    expect(find, "though its row was made anew").to_be_focused()
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("specimen="))
    again = _opened(visit(locale="zh-CN"), page.url.partition("?")[2].replace("lang=en", "lang=zh"))
    expect(again.locator("#number")).to_have_text("1.99亿")
    expect(again.locator("#lineages")).to_have_text(re.compile(rf"^{(lineages or '').split()[0]}"))
