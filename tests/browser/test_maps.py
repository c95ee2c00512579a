"""The maps in a real browser: two Earths that move by key and mark the same find, and the map of finds from a time to a file."""

import csv
import re
from collections.abc import Callable
from io import StringIO

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]
_PIXELS = "canvas => canvas.toDataURL()"


def part(page: Page, name: str) -> Locator:
    """A part of the window with the two Earths."""
    return page.locator(f'[data-part="{name}"]')


def canvases(page: Page) -> list[str]:
    """What is drawn on the Earth of today and on that of then."""
    return [part(page, name).evaluate(_PIXELS) for name in ("now", "then")]


def test_a_find_is_marked_on_both_earths_and_the_link_reopens_them(visit: Visit) -> None:
    visitor = visit()
    with visitor.page.expect_response(re.compile("/assets/earth/|/earth")):
        page = visitor.open("ancient", at="200", taxon="Sauropodomorpha")
    slider, card = part(page, "slider"), part(page, "card")
    expect(part(page, "when")).to_have_text("200 million years ago")
    slider.press("PageUp")
    expect(part(page, "when")).to_have_text("210 million years ago")
    expect(page).to_have_url(re.compile("at=210"))
    before = canvases(page)
    part(page, "then").press("ArrowRight")
    expect(card.locator("dt")).to_contain_text(["Today", "210 million years ago"])
    assert all(drawn != earlier for drawn, earlier in zip(canvases(page), before, strict=True))
    expect(page).to_have_url(re.compile("find="))
    part(page, "now").press(" ")
    expect(part(page, "play")).to_have_attribute("aria-pressed", "true")
    part(page, "now").press(" ")
    visitor.settled()
    told, query = card.inner_text(), page.url.partition("?")[2]
    again = visit().page
    again.goto(f"{visitor.server}/ancient?lang=en&{query}")
    expect(part(again, "card").locator("dt").first).to_be_visible()
    expect(part(again, "card")).to_have_text(told, use_inner_text=True)


def test_from_a_time_over_layers_and_a_bubble_to_the_file_of_an_area(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("map")
    page.get_by_role("button", name="Late Jurassic").click()
    expect(page).to_have_url(re.compile("interval=Late"))  # before that the bubbles are those of the time before
    visitor.settled()
    inside = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    bubble = inside.locator(".bb-bubble").first
    number = re.findall(r"\d+", bubble.inner_text())[0]
    bubble.click()
    expect(page.get_by_text(f"{number} finds here")).to_be_visible()
    for layer, address, told in (("Density", "density", ".bb-density"), ("Taxa found", "taxa", ".leaflet-tooltip")):
        page.get_by_role("radio", name=layer).or_(page.get_by_role("button", name=layer)).first.click()
        expect(page).to_have_url(re.compile(f"layer={address}"))  # before that the pointer meets the layer before
        visitor.settled()
        inside.locator(".bb-map").hover(position={"x": 400, "y": 150})  # so close to the bubble a cell fills the map
        expect(inside.locator(told)).to_contain_text(re.compile("[Ff]inds"))
    expect(page).to_have_url(re.compile("layer=taxa"))
    page.get_by_text("Type an area, or take one from a file").click()
    visitor.fill("area_corners", "20, 90\n20, 120\n45, 120\n45, 90")
    page.get_by_role("button", name="Show this area").click()
    counted = page.get_by_text(re.compile(r"^\d+ finds in the area$"))
    expect(counted).to_be_visible()
    page.get_by_role("button", name="Take along").first.click()
    visitor.settled()
    visitor.pick("file_kind", "CSV")
    with page.expect_download() as file:
        page.get_by_role("dialog").get_by_role("button", name=re.compile("Download")).click()
    taken = file.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(StringIO(taken)))) == int(counted.inner_text().split()[0])
