"""The maps in a real Chromium: marks, bubbles and popups as people meet them. All files come from `maps.assets`, none from a network."""

import json
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlsplit

import numpy as np
import pytest
from folium import Map
from playwright import sync_api as playwright

from maps import assets
from maps.basemap import Script
from maps.encoded_lines import encoded
from maps.finer_land import PER_DEGREE, SIDE
from maps.formations import Drawn, formations_layer
from maps.one_place import place_map
from maps.periods import MapPoint, clicked_occurrence, many_layer, period_map, points_layer, with_borders

pytestmark = pytest.mark.browser

PAGE = "http://bonebed.test/component/map/index.html"
_COLOURS = """() => {
  const canvas = document.querySelector(".leaflet-bonebed-ground-pane canvas"), seen = new Set();
  const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  for (let at = 0; at < pixels.length; at += 3) seen.add(pixels[at]);
  return [...seen].map((one) => [one & 255, one >> 8 & 255, one >> 16 & 255].map((part) => part.toString(16).padStart(2, "0")).join(""));
}"""
"""The colours of the land's canvas."""


class Browser:
    """A page that holds one map, and a note of every request that is not for one of our files."""

    def __init__(self, page: object) -> None:
        self.page: playwright.Page = page
        self.strange: list[str] = []
        self.errors: list[str] = []
        self.answers: dict[str, str] = {}
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))

    def show(self, drawn: Map) -> "playwright.Page":
        html = drawn.get_root().render()

        def answer(route: "playwright.Route") -> None:
            url = route.request.url
            found = assets.asset(url.rsplit("/", 1)[-1])
            if url == PAGE:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif urlsplit(url).path in self.answers:
                route.fulfill(body=self.answers[urlsplit(url).path], content_type="application/json")
            elif found and url.startswith("http://bonebed.test/assets/leaflet/"):
                route.fulfill(body=found[1], content_type=found[0])
            else:
                self.strange.append(url)
                route.abort()

        self.page.route("**/*", answer)
        self.page.goto(PAGE)
        self.page.evaluate(f"void (window.map = {drawn.get_name()})")  # what is returned is copied, and a map is large
        return self.page


@pytest.fixture
def browser(chromium: "playwright.Browser") -> Iterator[Browser]:
    context = chromium.new_context(viewport={"width": 1000, "height": 560}, reduced_motion="reduce")
    seen = Browser(context.new_page())
    yield seen
    context.close()
    assert seen.strange == []
    assert seen.errors == []


def map_of(points: list[MapPoint]) -> Map:
    drawn = period_map(height=560)
    points_layer(points, color="#34B2C9").add_to(drawn)
    return drawn


def numbers(page: "playwright.Page") -> int:
    """What the bubbles say together, and one for each mark."""
    bubbles = page.locator(".bb-bubble").all_inner_texts()
    return sum(int(text.split()[0]) for text in bubbles) + page.locator(".bb-find").count()


SCATTERED = [
    MapPoint(
        f"find:{number}", -50 + (number * 37) % 120, -170 + (number * 53) % 340, f"find {number}", own=number % 2 > 0
    )
    for number in range(300)
]


def test_the_numbers_of_all_bubbles_and_marks_add_up(browser: Browser) -> None:
    page = browser.show(map_of(SCATTERED))
    page.wait_for_selector(".bb-bubble")
    assert page.locator(".bb-bubble").count() > 10
    assert numbers(page) == len(SCATTERED)


def test_a_lone_find_is_seen_when_one_comes_near(browser: Browser) -> None:
    page = browser.show(map_of([*SCATTERED, MapPoint("find:south", -63, -25, "south")]))
    page.evaluate("void map.setView([-63, -25], 7, {animate: false})")
    page.wait_for_selector(".bb-find[aria-label^='south']")


def test_text_of_a_record_is_text(browser: Browser) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = browser.show(map_of([MapPoint("a b;c/é", 25, 102, evil, evil, href="javascript:alert(3)")]))
    page.locator(".bb-find").hover()
    assert page.locator(".bb-tip strong").inner_text() == evil
    page.locator(".bb-find").click()
    assert page.locator(".bb-popup strong").inner_text() == evil
    assert page.locator(".bb-popup img, .bb-popup script, .bb-popup a").count() == 0


def test_the_popup_says_which_find_it_is(browser: Browser) -> None:
    page = browser.show(map_of([MapPoint("a b;c/é%", 25, 102, "*Lufengosaurus* sp.", href="../../specimen?id=1")]))
    page.locator(".bb-find").focus()
    page.keyboard.press("Enter")
    text = page.locator(".bb-popup").inner_text()
    assert clicked_occurrence({"last_object_clicked_popup": text}) == "a b;c/é%"
    assert page.locator(".bb-popup em").inner_text() == "Lufengosaurus"
    link = page.locator(".bb-popup a")
    assert link.evaluate("link => [link.href, link.target]") == ["http://bonebed.test/specimen?id=1", "_blank"]


def test_finds_at_one_place_spread_out(browser: Browser) -> None:
    page = browser.show(map_of([MapPoint(f"find:{number}", 25, 102, f"find {number}") for number in range(12)]))
    assert page.locator(".bb-bubble").inner_text().split() == ["12", "finds"]
    page.locator(".bb-bubble").click()
    page.wait_for_function("document.querySelectorAll('.bb-find').length === 12")


def test_museum_and_publication_differ_by_mark_and_in_words(browser: Browser) -> None:
    page = browser.show(map_of([MapPoint("a", 25, 102, "own"), MapPoint("b", -30, 20, "other", own=False)]))
    assert page.locator(".bb-find .bb-own").count() == 1
    assert page.locator(".bb-find .bb-published").count() == 1
    assert "from publications" in (page.locator(".bb-find:has(.bb-published)").get_attribute("aria-label") or "")
    assert page.locator(".bb-legend").inner_text().split("\n") == ["in the museum", "from publications"]


def test_one_world_fills_the_map_and_no_more(browser: Browser) -> None:
    page = browser.show(map_of([]))
    page.evaluate("void map.setZoom(0, {animate: false})")
    west, east = page.evaluate("[map.getBounds().getWest(), map.getBounds().getEast()]")
    assert -171 < west < east < 191


def test_land_beyond_the_edges_is_not_drawn_and_a_coast_is_projected_once(browser: Browser) -> None:
    page = browser.show(map_of(SCATTERED))
    _grid, coasts, land = page.evaluate(
        """Object.values(map._layers).filter((one) => one.options.pane === "bonebed-ground" && one.getLatLngs).map((one) => ({
          strokes: (one.options.strokes || []).length,
          pieces: one.getLatLngs().map((piece) => piece.flat().map((corner) => corner.lng)) }))"""
    )
    assert coasts["strokes"] == 3
    assert all(max(piece) > -172 and min(piece) < 192 for piece in land["pieces"])
    assert set(page.evaluate(_COLOURS)) >= {
        "bcd2d8",
        "d8e6e8",
        "e3eeec",
        "9a8862",
        "f2e8d0",
    }  # lines, shores, coast and land


def test_a_place_shows_its_circle(browser: Browser) -> None:
    page = browser.show(place_map(25.1, 102.1, 300_000, "#34B2C9", height=560))
    circle = page.locator("svg path").bounding_box()
    assert circle is not None
    assert 100 < circle["width"] < 560


def test_a_circle_smaller_than_a_mark_waits_until_one_comes_near(browser: Browser) -> None:
    page = browser.show(place_map(25.1, 102.1, 10_000, "#34B2C9", height=560))
    assert page.locator(".bb-own").count() == 1
    page.evaluate("void map.setZoom(8, {animate: false})")
    page.wait_for_selector(".bb-middle")
    assert page.locator(".bb-own").count() == 0


def test_without_outlines_the_finds_are_still_drawn(browser: Browser) -> None:
    drawn = map_of([MapPoint("a", 25, 102, "own")])
    browser.page.add_init_script("Object.defineProperty(window, 'bonebedLand', { get: () => null, set: () => {} })")
    assert browser.show(drawn).locator(".bb-find").count() == 1


TOLD = "void map.on('draw:created', (event) => { window.told = event.sourceTarget.getPopup().getContent().innerText; })"


def test_a_box_is_drawn_with_the_mouse(browser: Browser) -> None:
    drawn = period_map(height=560, areas=True)
    page = browser.show(drawn)
    page.evaluate(TOLD)
    page.get_by_role("button", name="Draw a box").click()
    page.mouse.move(300, 100)
    page.mouse.down()
    page.mouse.move(500, 300, steps=4)
    page.mouse.up()
    corners = page.evaluate("[[300, 300], [500, 100]].map((at) => map.containerPointToLatLng(at))")
    told = page.evaluate("window.told").removeprefix("area=").removesuffix("; 1")
    numbers = [[float(number) for number in corner.split(",")] for corner in told.split(";")]
    assert numbers == [pytest.approx([corner["lng"], corner["lat"]], abs=1e-3) for corner in corners]
    assert page.locator(".bb-drawing, .bb-help").count() == 0


def test_a_box_is_drawn_with_a_finger(chromium: "playwright.Browser") -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 600}, has_touch=True, is_mobile=True)
    page = Browser(context.new_page()).show(period_map(height=560, areas=True))
    page.evaluate(TOLD)
    page.get_by_role("button", name="Draw a box").tap()
    finger = context.new_cdp_session(page)
    way = [(100, 200), (120, 220), (180, 300), (260, 360)]
    for number, (x, y) in enumerate(way):
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("window.told")
    corners = page.evaluate("[[100, 360], [260, 200]].map((at) => map.containerPointToLatLng(at))")
    told = page.evaluate("window.told").removeprefix("area=").removesuffix("; 1")
    numbers = [[float(number) for number in corner.split(",")] for corner in told.split(";")]
    assert numbers == [pytest.approx([corner["lng"], corner["lat"]], abs=0.01) for corner in corners]
    context.close()


def test_an_outline_is_drawn_corner_by_corner_and_can_be_left(browser: Browser) -> None:
    page = browser.show(period_map(height=560, areas=True))
    page.evaluate(TOLD)
    page.get_by_role("button", name="Draw an area").click()
    for x, y in ((300, 100), (500, 120), (400, 300)):
        page.mouse.click(x, y)
    page.locator(".bb-help").get_by_role("button", name="Done").click()
    assert page.evaluate("window.told.split(';').length") == 4
    page.get_by_role("button", name="Draw an area").click()
    page.keyboard.press("Escape")
    assert page.locator(".bb-help").count() == 0


def test_a_window_of_very_many_is_asked_for_and_drawn(browser: Browser) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    answer = {
        "kind": "bubbles",
        "count": 1301,
        "across": 16,
        "bubbles": [[25, 102, 1300, 4, 1, 0, "12-6"]],
        "palette": ["#34B2C9"],
        "inks": ["#000000"],
        "rows": [["a", -30, 25, evil, "", 0, 1, ""]],
    }
    layer = many_layer("http://bonebed.test/map-window?x=1", palette=["#34B2C9"], classes=[evil])
    drawn = period_map(height=560)
    layer.add_to(drawn)
    browser.answers["/map-window"] = json.dumps(answer)
    page = browser.show(drawn)
    page.wait_for_selector(".bb-map[data-drawn='1301']")
    assert numbers(page) == 1301
    page.locator(".bb-bubble").hover()
    assert page.locator(".bb-tip").inner_text() == f"finds: 1,300, places: 4. Most of them: {evil}."
    page.evaluate(TOLD)
    page.locator(".bb-bubble").click()
    assert page.evaluate("window.told") == "cells=16:12-6; 1"


BOXES = """[...document.querySelectorAll(".bb-town span")].map((name) => {
  const { x, y, width, height } = name.getBoundingClientRect();
  return [x, y, width, height];
})"""


def meet(one: list[float], other: list[float]) -> bool:
    """Whether two boxes, each given by x, y, width and height, lie on one another."""
    return all(one[at] < other[at] + other[at + 2] and other[at] < one[at] + one[at + 2] for at in (0, 1))


TOWNS = [
    ["Alpha", "甲城", 15.0, 105.0, 5.0],
    ["Beta", "", 15.5, 105.0, 6.0],
    ["Gamma", "丙", 15.01, 105.0, 7.0],
    ["Delta", "丁", 14.5, 105.0, 9.5],
]


def test_land_and_borders_grow_finer_where_one_comes_near(browser: Browser) -> None:
    line = encoded(np.array([(104.0, 14.0), (106.0, 16.0), (104.0, 16.0)]), PER_DEGREE)
    browser.answers["/land_100_10.json"] = json.dumps({"land": [[line]], "borders": [line], "towns": TOWNS})
    drawn = period_map()
    drawn.add_child(
        Script(
            "finer",
            {
                "url": "http://bonebed.test/land",
                "side": SIDE,
                "per_degree": PER_DEGREE,
                "dark": False,
                "chinese": True,
                "credit": "Towns",
            },
        )
    )
    with_borders(points_layer([]), dark=False).add_to(drawn)
    page = browser.show(drawn)
    assert page.evaluate("map.bonebedFiner.squares.size") == 0
    page.evaluate("void map.setView([15, 105], 9, { animate: false })")
    page.wait_for_function("map.bonebedFiner.complete")
    page.wait_for_selector(".bb-town span")
    named = page.locator(".bb-town").all_inner_texts()
    assert named == ["甲城", "Beta", "丙"]  # the fourth waits until one comes nearer
    assert not any(meet(one, other) for one, other in combinations(page.evaluate(BOXES), 2))
    assert "Towns" in page.locator(".leaflet-control-attribution").inner_text()
    assert page.evaluate("map.bonebedFiner.squares.get('100_10').borders") == [[[104, 14], [106, 16], [104, 16]]]
    shown = """Object.values(map._layers).filter((layer) => layer.options.dashArray).flatMap((layer) => layer.getLatLngs().flat())
        .filter(({ lat, lng }) => lng >= 104 && lng <= 106 && lat >= 14 && lat <= 16).map(({ lng }) => lng)"""
    assert page.evaluate(shown) == [104, 106, 104]
    page.evaluate("void map.setZoom(4, { animate: false })")
    assert page.locator(".bb-town").count() == 0
    assert set(page.evaluate(shown)) - {104, 106}
    assert browser.errors == []


def test_names_of_formations_are_text_and_give_way(browser: Browser) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    near = ((102.0, 25.0), (104.0, 25.0), (103.0, 27.0))
    drawn = period_map(height=560)
    listed = [Drawn("Lufeng", 9, near, (103.0, 25.6)), Drawn(evil, 3, ((103.0, 25.0),), (103.0, 25.0))]
    formations_layer(listed, ["#0072B2", "#E69F00"]).add_to(drawn)
    page = browser.show(drawn)
    assert page.locator(".bb-formation").all_inner_texts()[0] == "Lufeng 9"
    assert page.locator(".bb-formation.bb-crowded").count() == 1
    assert page.locator(".bb-formation").nth(1).get_attribute("aria-label") == f"{evil}: 3"
