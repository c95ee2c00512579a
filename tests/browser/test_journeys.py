"""The four journeys of a first visit, and one with bad intent, in a real browser."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Frame, Page, expect

from catalogue.geological_time import timescale
from trees.ranges import published_ranges

Visit = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
LARGE_FILE = ROOT.parent / "shared" / "data" / "occurrences" / "tetrapods_triassic_jurassic.csv"
EVIL = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"><b>Dawa</b>'


def test_a_specimen_is_added_and_found_in_the_list_on_the_map_and_on_the_tree(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("tree")
    before = bar(page, "Lufengosaurus")
    visitor.menu("Add a specimen")
    add(
        visitor,
        number="LFGT 0123",
        name="Lufengosaurus huenei",
        interval="Rhaetian",
        locality="Dawa, Lufeng",
        at=("25.15", "102.08"),
    )
    expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
    expect(page.get_by_text("million years earlier").first).to_be_visible()
    expect(page.locator(".specimen-name")).to_contain_text("Lufengosaurus huenei")

    visitor.menu("Specimens")
    visitor.fill("q", "LFGT 0123 Dawa")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("Dawa, Lufeng")

    visitor.open("map", interval="Rhaetian", q="LFGT 0123")
    expect(find(page, "LFGT 0123")).to_have_count(1)

    visitor.open("tree")
    after = bar(page, "Lufengosaurus")
    assert after[0] == pytest.approx(before[0] + 4.3, abs=0.2), "the bar begins earlier"
    assert after[1] == pytest.approx(before[1], abs=0.2), "and ends where it ended"


def test_a_file_is_imported_and_its_localities_are_on_the_map(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "finds.csv"
    file.write_text(csv_of(range(9101, 9141)), encoding="utf-8")
    visitor = visit()
    page = import_file(visitor, file)
    assert tiles(page) == [40, 40, 0, 0, 0]
    page.get_by_role("link", name=re.compile("map")).click()
    visitor.settled()
    visitor.open("map", interval="Toarcian", kind="published", q="Heilongtan")
    bubble = leaflet(page).locator(".bb-bubble").first
    expect(bubble).to_contain_text("40")
    visitor.open("specimens", kind="published", q="Heilongtan")
    expect(page.get_by_text("40 records")).to_be_visible()


@pytest.mark.skipif(not LARGE_FILE.exists(), reason="the large file of occurrences does not lie beside the project")
def test_the_large_file_of_occurrences_is_imported_and_lufeng_is_on_the_map(visit: Visit) -> None:
    visitor = visit()
    page = import_file(visitor, LARGE_FILE)
    read, new, changed, unchanged, rejected = tiles(page)
    assert read == 1995 == new + changed + unchanged + rejected
    visitor.open("map", interval="Early Jurassic", kind="published", country="CN")
    expect(leaflet(page).locator(".bb-bubble").first).to_be_visible()
    page = import_file(visitor, LARGE_FILE, again=True)
    assert tiles(page)[1:3] == [0, 0]


def test_a_chosen_language_stays_over_pages_and_reloads(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open()
    page.get_by_role("radio", name="中文").or_(page.get_by_role("button", name="中文")).first.click()
    visitor.settled()
    expect(page.get_by_test_id("stTopNavLink").filter(has_text="标本").first).to_be_visible()
    for title in ("地图", "演化树", "登记标本"):
        visitor.menu(title)
        expect(page.get_by_role("heading", level=1).first).to_contain_text(re.compile("[一-鿿]"))
    page.reload()
    visitor.settled()
    expect(page.get_by_test_id("stTopNavLink").filter(has_text="地图").first).to_be_visible()
    assert "中文" in unquote(page.url)


def test_without_a_choice_the_page_speaks_the_language_of_the_browser(visit: Visit) -> None:
    visitor = visit(locale="zh-CN")
    visitor.page.goto(visitor.server)
    page = visitor.settled()
    expect(page.get_by_test_id("stTopNavLink").filter(has_text="标本").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_a_specimen_opens_by_its_link_and_back_goes_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("specimens", q="huenei", taxon="Lufengosaurus", kind="own")
    page.locator('.card[data-name="bonebed:ivpp-v15"]').click()
    expect(page).to_have_url(re.compile(r"/specimen\?.*id=bonebed%3Aivpp-v15"))
    expect(page.locator(".specimen-name")).to_contain_text("Lufengosaurus huenei")
    expect(leaflet(page).locator(".leaflet-marker-icon").first).to_be_visible()
    expect(page.locator('.st-key-around [data-name="Lufengosaurus"]').first).to_be_visible()
    link = page.url

    page.go_back()
    expect(page).to_have_url(re.compile(r"/specimens\?"))
    expect(page.locator('.card[data-name="bonebed:ivpp-v15"]')).to_be_visible()
    expect(page.locator(".st-key-q input")).to_have_value("huenei")

    other = visit()
    other.page.goto(link)
    expect(other.settled().locator(".specimen-name")).to_contain_text("Lufengosaurus huenei")


def test_a_dot_of_the_map_opens_its_record(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("map", interval="Early Jurassic", q="IVPP V15 huenei")
    find(page, "IVPP V15").click()
    expect(leaflet(page).locator(".leaflet-popup-content")).to_contain_text("Lufengosaurus huenei")
    card = page.locator(".st-key-clicked .card")
    expect(card).to_contain_text("Lufengosaurus huenei")
    card.click()
    expect(page.locator(".specimen-name")).to_contain_text("Lufengosaurus huenei")


def test_a_tip_of_the_tree_can_be_chosen_with_the_keyboard(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("tree")
    page.locator('.st-key-tree [data-name="Sinosaurus"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("taxon=Sinosaurus"))
    expect(page.locator(".st-key-of_taxon .card").first).to_contain_text("Sinosaurus")


def test_a_script_in_a_locality_is_shown_as_text_and_never_runs(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("add")
    add(
        visitor,
        number="LFGT 6666",
        name="Yunnanosaurus huangi",
        interval="Hettangian",
        locality=EVIL,
        at=("25.2", "102.2"),
    )
    expect(page.locator(".specimen-name")).to_contain_text("Yunnanosaurus huangi")
    expect(page.get_by_text(EVIL).first).to_be_visible()
    unharmed(page)
    for view in ("cards", "table"):
        visitor.open("specimens", q="LFGT 6666", view=view)
        expect(page.locator(".st-key-found .picture")).to_contain_text(EVIL)
        unharmed(page)
    visitor.open("map", interval="Hettangian", q="LFGT 6666")
    find(page, "LFGT 6666").click()
    expect(leaflet(page).locator(".leaflet-popup-content")).to_contain_text(EVIL)
    unharmed(page)
    visitor.open("tree", taxon="Yunnanosaurus")
    expect(page.locator(".st-key-of_taxon")).to_contain_text(EVIL)
    unharmed(page)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("add")
    visitor.fill("add_verbatim_identification", "?")
    visitor.fill("add_locality", "Dawa")
    page.locator(".st-key-save button").click()
    visitor.settled()
    expect(page.locator("[data-testid=stAlert]").nth(2)).to_be_visible()
    expect(page.locator(".st-key-add_verbatim_identification input")).to_have_value("?")
    expect(page.locator(".st-key-add_locality input")).to_have_value("Dawa")


def test_a_request_to_another_host_would_be_noticed(visit: Visit, outside: list[str]) -> None:
    page = visit().open("class")
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    page.evaluate(
        "new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'https://example.org/i.png'; })"
    )
    assert len(outside) >= 2
    outside.clear()


def test_every_answer_of_the_server_is_guarded(visit: Visit) -> None:
    visitor = visit()
    answers = {
        path: visitor.page.request.get(f"{visitor.server}/{path}")
        for path in ("", "specimens", "_stcore/health", "assets/leaflet/none.js")
    }
    for path, answer in answers.items():
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
    assert answers["assets/leaflet/none.js"].status == 404


def add(visitor: Any, *, number: str, name: str, interval: str, locality: str, at: tuple[str, str]) -> None:
    """Fill in the form as a person does, and save."""
    page: Page = visitor.page
    visitor.fill("add_catalog_number", number)
    visitor.fill("add_verbatim_identification", name)
    visitor.pick("add_earliest_interval", interval)
    visitor.fill("add_locality", locality)
    page.locator("summary").filter(has_text=re.compile(r"^Place|Place$")).first.click()
    visitor.fill("add_decimal_latitude", at[0])
    visitor.fill("add_decimal_longitude", at[1])
    page.locator(".st-key-save button").click()
    expect(page).to_have_url(re.compile(r"/specimen\?"))
    visitor.settled()


def import_file(visitor: Any, file: Path, *, again: bool = False) -> Page:
    """Give a file to the import, look at what it would do, and do it."""
    page: Page = visitor.open("import")
    page.locator("[data-testid=stFileUploader] input").set_input_files(file)
    expect(page.locator(".tile")).to_have_count(5)
    visitor.settled()
    if not again:
        page.locator(".st-key-import button").click()
        expect(page.locator(".st-key-import")).to_have_count(0, timeout=60_000)
        visitor.settled()
    return page


def csv_of(numbers: range) -> str:
    """A file as the Paleobiology Database gives it: finds at one place near Lufeng."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("occurrence_no", "accepted_name", "early_interval", "lat", "lng", "cc", "collection_name"))
    writer.writerows(
        (number, "Sinosaurus triassicus", "Toarcian", 25.3, 102.2, "CN", "Heilongtan") for number in numbers
    )
    return file.getvalue()


def tiles(page: Page) -> list[int]:
    """The counts of an import as the page shows them."""
    expect(page.locator(".tile")).to_have_count(5)
    return [int(re.sub(r"\D", "", text)) for text in page.locator(".tile b").all_inner_texts()]


def bar(page: Page, tip: str) -> tuple[float, float]:
    """Where the known range of a tip begins and ends, in Ma: between the ends of two bars that nobody changes, whatever the scale."""
    bar = page.locator(f'.st-key-tree [data-name="{tip}"] rect.range')
    expect(bar).to_have_count(1)
    drawn: dict[str, list[float]] = bar.evaluate(
        """(bar, tips) => Object.fromEntries(tips.map(tip => {
            const range = bar.getRootNode().querySelector(`[data-name="${tip}"] rect.range`);
            const [left, width] = ["x", "width"].map(name => Number(range.getAttribute(name)));
            return [tip, [left, left + width]];
        }))""",
        [tip, "Triceratops"],
    )
    spans = published_ranges(timescale())["Triceratops"]
    left, right = drawn["Triceratops"]
    per_pixel = spans.duration / (right - left)
    begins, ends = (spans.last_appearance + (right - at) * per_pixel for at in drawn[tip])
    return begins, ends


def leaflet(page: Page) -> Any:
    """The inside of the map."""
    return page.frame_locator("iframe[title='streamlit_folium.st_folium']")


def find(page: Page, said: str) -> Any:
    """The dot of a find, by what is read out for it."""
    return leaflet(page).locator(f'.bb-find[aria-label*="{said}"]')


def unharmed(page: Page) -> None:
    """Nothing of what was written ran, in the page or in the map."""
    frames: list[Frame] = page.frames
    assert [frame.url for frame in frames if frame.evaluate("window.hacked")] == []
    assert page.locator("img[src=x]").count() == 0
