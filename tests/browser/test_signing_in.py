"""The first administrator, an invitation, and a session ended from elsewhere, in real browsers."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

PASSWORD = "three calm red bones"


def _choose(page: Page, **given: str) -> None:
    for name, text in (given | {"new_password": PASSWORD, "again": PASSWORD}).items():
        page.fill(f"[name={name}]", text)
    page.get_by_role("button").click()
    expect(page.locator(".st-key-who button")).to_be_visible()


def test_people_are_invited_work_and_are_signed_out(chromium: Browser, guarded_server: tuple[str, Path]) -> None:
    server, log = guarded_server
    asked: list[str] = []

    def open_browser() -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 720}, locale="en")
        context.on("request", lambda request: asked.append(request.url))
        return context.new_page()

    administrator, cataloguer = open_browser(), open_browser()
    cataloguer.goto(f"{server}/add?lang=English")
    expect(cataloguer.get_by_text("Sign in to do this: add a specimen.")).to_be_visible()

    link = re.search(r"http://\S+/first-administrator/\S+", log.read_text(encoding="utf-8"))
    assert link
    administrator.goto(link[0])
    _choose(administrator, login="mei", name="Mei Lin")
    administrator.goto(f"{server}/people?lang=English")
    administrator.get_by_label("Login", exact=True).fill("jun")
    administrator.get_by_label("Name, as others see it").fill("Jun Zhao")
    administrator.get_by_role("button", name="Invite", exact=True).click()
    invitation = administrator.locator("code").first.inner_text()
    assert invitation.startswith(f"{server}/welcome/")

    cataloguer.goto(invitation)
    _choose(cataloguer)
    cataloguer.goto(f"{server}/add?lang=English")
    expect(cataloguer.locator(".st-key-who")).to_contain_text("Jun Zhao")
    expect(cataloguer.get_by_text("Sign in to do this")).to_have_count(0)
    assert cataloguer.evaluate("document.cookie").count("bonebed") == 0, "no script reads our cookies"

    administrator.goto(f"{server}/people?lang=English")
    administrator.get_by_role("button", name="Shut out").click()
    expect(administrator.get_by_text("jun is shut out.")).to_be_visible()
    cataloguer.goto(f"{server}/add?lang=English")
    expect(cataloguer.get_by_text("Sign in to do this: add a specimen.")).to_be_visible()

    administrator.locator(".st-key-who button").click()
    administrator.get_by_role("button", name="Sign out").click()
    expect(administrator.locator(".st-key-who .sign-in")).to_be_visible()
    assert {url for url in asked if not url.startswith((server, "data:", "blob:"))} == set()
