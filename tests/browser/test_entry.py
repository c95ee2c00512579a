"""Entering specimens in a real browser: by keyboard alone and in under a minute, and no keystroke is lost when the server dies."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

Visit = Callable[..., Any]
Serving = Callable[..., AbstractContextManager[str]]
STORED = "Object.keys(localStorage).filter((key) => key.startsWith('bonebed-typed')).map((key) => localStorage[key])"
PASSWORD = "three calm red bones"
REMARKS = "Found with two vertebrae; the label is hardly legible, 未完"


LINE = """
window.bonebedWaits = 0; // milliseconds for which what the server says is under way
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.bonebedSocket = this; }
  addEventListener(kind, heard, options) {
    const late = (event) => { if (window.bonebedWaits) setTimeout(heard, window.bonebedWaits, event); else heard(event); };
    super.addEventListener(kind, kind === "message" ? late : heard, options);
  }
};
"""
"""A connection that may be slow for a while, and that can be reached from outside."""
GARBLED = "bonebedSocket.dispatchEvent(new MessageEvent('message', {data: new Uint8Array([255, 255]).buffer}))"


class Hands:
    """A person at a keyboard, without a mouse: every key that goes down is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str) -> None:
        """Press a key; one with Ctrl or Shift counts for each of them."""
        self.page.keyboard.press(key)
        self.keys += key.count("+") + 1

    def type(self, text: str) -> None:
        """Type into the field that has the cursor."""
        self.page.keyboard.type(text)
        self.keys += len(text) + sum(letter.isupper() for letter in text)

    def tab_to(self, key: str) -> None:
        """Press Tab until the cursor is in a field or on a button, by its key; as people do, once it is there and the page has answered."""
        expect(self.page.locator(f".st-key-{key}").locator("input, textarea, button").first).to_be_visible()
        expect(self.page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
        for _ in range(12):
            if self.page.evaluate("key => !!document.activeElement.closest(`.st-key-${key}`)", key):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {key}")

    def write(self, key: str, text: str) -> None:
        """Tab to a field and type into it."""
        self.tab_to(key)
        self.type(text)

    def unfold(self, title: str) -> None:
        """Tab to a fold and open it."""
        for _ in range(12):
            if self.page.evaluate("document.activeElement.tagName") == "SUMMARY":
                break
            self.press("Tab")
        assert title in self.page.evaluate("document.activeElement.textContent")
        self.press("Enter")


def value(page: Page, key: str) -> Any:
    return page.locator(f".st-key-add_{key}").locator("input, textarea").first


def test_a_typical_specimen_is_entered_by_keyboard_in_under_a_minute(visit: Visit, fresh_server: str) -> None:
    visitor = visit(to=fresh_server)
    visitor.page.add_init_script(LINE)
    page = visitor.open("add")
    value(page, "catalog_number").focus()
    first = Hands(page)
    first.type("LFGT 0123")
    first.write("add_institution_code", "LFGT")
    first.write("add_verbatim_identification", "Lufengosaurus huenei")
    first.write("add_preparations", "left femur, prepared")
    first.write("add_formation", "Lufeng")
    first.press("Alt+P")
    expect(page.locator(".st-key-add_age_0 button")).to_be_visible()
    first.tab_to("add_age_0")
    first.press("Enter")
    expect(value(page, "locality")).to_be_focused()
    assert "Early Jurassic" in value(page, "earliest_interval").input_value()
    first.type("Dawa, Lufeng")
    first.press("Alt+P")
    first.write("add_recorded_by", "Wang Tao")
    first.write("add_event_date", "1938-11")
    first.unfold("Place")
    first.write("add_decimal_latitude", "25.15")
    first.write("add_decimal_longitude", "102.08")
    first.press("Control+Shift+Enter")
    expect(page.locator(".st-key-last_saved")).to_contain_text("LFGT 0123 · Lufengosaurus huenei")
    visitor.settled()

    # What is pinned is there: the museum and the finder of old, formation and locality since just now.
    for key, text in (
        ("institution_code", "LFGT"),
        ("recorded_by", "Wang Tao"),
        ("formation", "Lufeng"),
        ("event_date", ""),
    ):
        expect(value(page, key)).to_have_value(text)
    following = Hands(page)
    expect(value(page, "catalog_number")).to_be_focused()
    following.tab_to("next_number")
    following.press("Enter")
    expect(value(page, "verbatim_identification")).to_be_focused()
    following.type("Yunnanosaurus huangi")
    # On a slow line the next keys come before the answer to the last ones, also that which puts back what was shown after saving.
    page.evaluate("window.bonebedWaits = 2000")
    following.write("add_preparations", "skull")
    following.tab_to("add_age_0")
    following.press("Enter")
    expect(value(page, "locality")).to_be_focused()
    following.press("Control+Enter")
    value(page, "formation").focus()
    page.keyboard.press("Alt+P")  # before the press of Save is answered
    expect(page).to_have_url(re.compile(r"/specimen\?"))
    expect(page.locator(".specimen-name")).to_contain_text("Yunnanosaurus huangi")

    # 4 keys a second, and not one click: 200 keys are 50 seconds, which leaves ten for the eyes; with pins it is 15 seconds.
    assert first.keys <= 200, f"{first.keys} keys"
    assert following.keys <= 60, f"{following.keys} keys"


def test_no_keystroke_is_lost_when_the_server_dies(
    visit: Visit, serving: Serving, free_port: Callable[[], int], tmp_path: Path
) -> None:
    port = free_port()
    with serving(tmp_path, port=port) as address:
        visitor = visit(to=address)
        page = visitor.open("add")
        visitor.fill("add_catalog_number", "LFGT 0777")
        value(page, "verbatim_identification").press_sequentially("cf. Lufengo")
    page.keyboard.type("saurus")
    value(page, "locality").focus()
    page.keyboard.type("Dawa")
    page.locator("summary").filter(has_text="Remarks and sources").click()
    value(page, "occurrence_remarks").focus()
    page.keyboard.type(REMARKS)
    assert any("saurus" in text and REMARKS in text for text in page.evaluate(STORED))
    with serving(tmp_path, port=port):
        visitor.open("add")
        offered = page.locator(".st-key-unsaved")
        expect(offered).to_contain_text("LFGT 0777, cf. Lufengosaurus")
        expect(offered).to_contain_text("You have an unsaved draft from")
        page.wait_for_function(f"{STORED}.length === 0")
        page.locator(".st-key-continue_0 button").click()
        visitor.settled()
        for key, text in (
            ("catalog_number", "LFGT 0777"),
            ("verbatim_identification", "cf. Lufengosaurus"),
            ("locality", "Dawa"),
            ("occurrence_remarks", REMARKS),
        ):
            expect(value(page, key)).to_have_value(text)


def test_a_connection_that_comes_back_takes_up_where_one_was(
    visit: Visit, serving: Serving, free_port: Callable[[], int], tmp_path: Path
) -> None:
    port = free_port()
    with serving(tmp_path, port=port) as address:
        visitor = visit(to=address)
        visitor.page.add_init_script(LINE)
        page = visitor.open("add")
        visitor.fill("add_catalog_number", "LFGT 0777")
        value(page, "locality").focus()
        page.keyboard.type("Da")
    page.keyboard.type("wa")
    assert '"Dawa"' in "".join(page.evaluate(STORED))
    with serving(tmp_path, port=port):
        expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-connection-state", "CONNECTED")
        value(page, "locality").blur()
        page.wait_for_function(f"{STORED}.length === 0")
        expect(value(page, "catalog_number")).to_have_value("LFGT 0777")
        expect(value(page, "locality")).to_have_value("Dawa")

        # A message that Streamlit cannot read makes it give up for good: the page is opened anew.
        value(page, "verbatim_identification").focus()
        page.keyboard.type("cf. Lufengosaurus")
        page.evaluate(GARBLED)
        expect(page.locator(".st-key-unsaved")).to_contain_text("LFGT 0777, cf. Lufengosaurus")


def test_the_browser_holds_nothing_of_what_was_saved_or_of_who_signed_out(
    visit: Visit, guarded_server: tuple[str, Path]
) -> None:
    server, log = guarded_server
    visitor = visit(to=server)
    page: Page = visitor.page
    link = re.search(r"http://\S+/first-administrator/\S+", log.read_text(encoding="utf-8"))
    assert link
    page.goto(link[0])
    for name, text in {"login": "mei", "name": "Mei Lin", "new_password": PASSWORD, "again": PASSWORD}.items():
        page.fill(f"[name={name}]", text)
    page.get_by_role("button").click()
    expect(page.locator(".st-key-who button")).to_be_visible()

    visitor.open("add")
    visitor.fill("add_catalog_number", "LFGT 0777")
    visitor.fill("add_verbatim_identification", "Lufengosaurus")
    visitor.pick("add_earliest_interval", "Hettangian")
    value(page, "locality").focus()
    page.keyboard.type("Dawa")
    assert "Dawa" in "".join(page.evaluate(STORED))
    assert "mei" not in page.evaluate("Object.keys(localStorage).join()")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/specimen\?"))
    page.wait_for_function(f"{STORED}.length === 0")

    visitor.menu("Add a specimen")
    visitor.fill("add_catalog_number", "LFGT 0778")
    value(page, "locality").press_sequentially("Sha")
    page.evaluate("localStorage.setItem('bonebed-typed / left-by-a-former-page k', '{}')")
    page.locator(".st-key-who button").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".st-key-who .sign-in")).to_be_visible()
    page.wait_for_function(f"{STORED}.length === 0")


def test_what_another_open_tab_holds_is_left_to_it(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("add")
    value(page, "locality").press_sequentially("Dawa")
    page.wait_for_function(f"{STORED}.length === 1")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".st-key-save button")).to_be_visible()
    expect(other.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(other.locator(".st-key-unsaved").filter(has_text="Dawa")).to_have_count(0)
    assert len(page.evaluate(STORED)) == 1
    page.close()
    other.reload()
    expect(other.locator(".st-key-unsaved").filter(has_text="Dawa")).to_be_visible()


def test_ctrl_enter_counts_before_the_help_of_the_form_has_come(visit: Visit) -> None:
    """The keys that a person presses while the browser still fetches the script of the form wait for it."""
    visitor = visit()
    page: Page = visitor.page
    held_back: list[Route] = []
    page.route(re.compile(r"/BidiComponent\.[^/]*\.js"), lambda route: held_back.append(route))
    page.goto(f"{visitor.server}/amend?id=bonebed:ivpp-v82&lang=English")
    expect(page.locator(".st-key-save button")).to_be_visible()
    page.locator(".st-key-amend_recorded_by input").fill("Wang Cunyi")
    page.keyboard.press("Control+Enter")
    visitor.settled()
    assert held_back
    for route in held_back:
        route.continue_()
    expect(page).to_have_url(re.compile(r"/specimen\?"))
    expect(page.locator("[data-testid=stMainBlockContainer]")).to_contain_text("Wang Cunyi")
