"""Signing in through an institution, with all steps of OpenID Connect, in a real browser."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.institution import CLIENT, SECRET, institution

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "curator": {"email": "mei@museum.example", "email_verified": True, "name": "Mei Lin", "groups": ["palaeo-heads"]},
    "stranger": {"email": "jun@museum.example", "email_verified": True, "name": "Jun Zhao", "groups": ["fish"]},
    "impostor": {"email": "mei@museum.example", "email_verified": False, "name": "Mei?", "groups": ["fish"]},
}


def _secrets(folder: Path, server: str, address: str) -> Path:
    file = folder / "secrets.toml"
    file.write_text(
        f"""[auth]
redirect_uri = "{server}/oauth2callback"
cookie_secret = "long and only for this test"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{address}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    return file


def _sign_in(chromium: Browser, server: str, name: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 720}, locale="en").new_page()
    page.goto(f"{server}/import?lang=English")
    page.locator(".st-key-who").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name).click()
    expect(page.locator("[data-testid=stMainBlockContainer]")).to_be_visible()
    return page


def test_the_institution_says_who_somebody_is_and_their_group_what_they_may_do(
    chromium: Browser,
    serving: Callable[..., AbstractContextManager[str]],
    free_port: Callable[[], int],
    tmp_path: Path,
) -> None:
    port, ours = free_port(), free_port()
    server = f"http://127.0.0.1:{ours}"
    with institution(port, PEOPLE) as opened:
        settings = {
            "BONEBED_SIGN_IN": "oidc",
            "BONEBED_OIDC_ROLES": '{"palaeo-heads": "curator"}',
            "STREAMLIT_SECRETS_FILES": str(_secrets(tmp_path, server, opened.address)),
        }
        with serving(tmp_path, port=ours, **settings):
            curator = _sign_in(chromium, server, "curator")
            expect(curator.locator(".st-key-who")).to_contain_text("Mei")
            curator.goto(f"{server}/import?lang=English")
            expect(curator.get_by_test_id("stFileUploader").first).to_be_visible()

            for name in ("stranger", "impostor"):
                page = _sign_in(chromium, server, name)
                page.goto(f"{server}/import?lang=English")
                expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
                expect(page.get_by_text("import a file")).to_be_visible()

            curator.locator(".st-key-who button").click()
            curator.get_by_role("button", name="Sign out").click()
            expect(curator.locator(".st-key-who").get_by_role("button", name="Sign in")).to_be_visible()
            curator.goto(f"{server}/import?lang=English")
            expect(curator.get_by_test_id("stFileUploader")).to_have_count(0)
