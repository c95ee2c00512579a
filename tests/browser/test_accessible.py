"""axe finds nothing serious on any kind of page, by day and by night (WCAG 2.2, A and AA).

Each page stands for its kind; what is alike on all (navigation, captions, fields) is looked at many times over.
"""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.thoroughness import THOROUGH

Visit = Callable[..., Any]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = ("", "tree", "add", "specimen?id=bonebed:ivpp-v15")
MORE_PAGES = ("specimens", "map", "lessons", "class?step=3", "amend?id=bonebed:ivpp-v15", "vocabularies", "characters")
"""Looked at where tests are thorough."""
LIGHT = (
    "lesson/extinct?lang=en#3",
    "lesson/age?lang=zh#5",
    "lesson/q5?lang=en#5",
    "kiosk?lang=zh",
    "join?lang=en",
    "my-collection?lang=zh",
    "time?lang=en",
)

STILL = """document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
"""Nothing is fading in or out."""


def serious(page: Page) -> list[str]:
    """What is wrong on a page that stands still."""
    expect(page.locator("[data-stale=true]")).to_have_count(0)  # paled while it is drawn anew
    page.wait_for_function(STILL)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, theme: str) -> None:
    visitor = visit(theme=theme)
    wrong = []
    for address in (*PAGES, *(MORE_PAGES if THOROUGH else ())):
        path, _, query = address.partition("?")
        visitor.open(path, **dict(part.split("=", 1) for part in query.split("&") if part))
        wrong += serious(visitor.page)
    for address in LIGHT:
        visitor.page.goto(f"{visitor.server}/{address}")
        expect(visitor.page.locator("main")).to_be_visible()
        wrong += serious(visitor.page)
    assert wrong == []
