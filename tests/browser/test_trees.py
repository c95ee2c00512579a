"""The tree pages in a real browser: exploring, a moment in time, a tree of one's own from file to figure, and two trees face to face."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from trees.library import alternative_trees
from trees.model import tip_names
from trees.reading.files import read_file

Visit = Callable[..., Any]
PUBLISHED = "((Lufengosurus,Plateosaurus),(Sinosaurus,Passer));"


def marks(page: Page, selector: str) -> Any:
    """Parts of the drawing."""
    return page.locator(f".st-key-tree .sky {selector}")


def test_a_group_is_folded_and_unfolded_a_find_is_shown_and_the_link_reopens_it(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("tree")
    search = page.locator(".st-key-tree .find")
    expect(search).to_be_visible()
    page.keyboard.press("/")  # where nothing has the focus
    expect(search).to_be_focused()
    marks(page, '[data-fold="Ornithischia"]').dispatch_event("click")
    group = marks(page, '[data-name="Ornithischia"]')
    expect(group).to_have_class(re.compile("collapsed"))
    expect(marks(page, '[data-name="Triceratops"]')).to_have_count(0)
    expect(page).to_have_url(re.compile("fold=Ornithischia"))
    marks(page, '.fan[data-fold="Ornithischia"]').dispatch_event("click")
    # the drawing from before the fold comes back whole, the sketch of the fold gone from it
    expect(marks(page, '[data-name="Triceratops"]:not([display])')).to_have_count(1)
    expect(page).not_to_have_url(re.compile("fold="))
    group.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("fold=Ornithischia"))
    search = page.locator(".st-key-tree .find")
    search.fill("Triceratops")
    search.press("Enter")
    expect(marks(page, '.found[data-name="Triceratops"]')).to_have_count(1)
    expect(page.locator(".st-key-tree .hits")).to_have_text("1 of 1")
    expect(page).not_to_have_url(re.compile("fold="))
    group.focus()
    page.keyboard.press("Space")
    expect(group).to_have_class(re.compile("collapsed"))
    expect(page).to_have_url(re.compile("fold=Ornithischia"))  # the browser folds before the server knows
    visitor.settled()
    page.goto(page.url)
    visitor.settled()
    expect(group).to_have_class(re.compile("collapsed"))


def test_a_star_tells_what_was_new_and_leads_to_the_specimen_that_shows_it(visit: Visit) -> None:
    visitor = visit(locale="zh-CN")
    page = visitor.open("tree", lang="中文")
    star = marks(page, '.novelty[data-pick="Pennaraptora"]')
    star.dispatch_event("pointerover")
    told = page.locator(".st-key-tree .told")
    expect(told).to_contain_text("坐巢孵卵")
    star.dispatch_event("click")
    page.locator(".st-key-tree .card-slot a").filter(has_text="Citipati").click()
    expect(page.locator(".specimen-name")).to_contain_text("Citipati")


def test_a_moment_in_time_on_a_circle_is_in_the_link(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("tree", form="circular")
    slider = page.locator(".st-key-tree .time-row input")
    slider.fill("-145")
    slider.dispatch_event("change")
    expect(page).to_have_url(re.compile("moment=145"))
    expect(marks(page, ".moment-ring")).to_have_count(1)
    expect(page.locator(".st-key-tree .marks svg").first).to_contain_text("known fossils")
    said = page.locator(".st-key-tree .time-row output").inner_text()
    assert "145 million years ago" in said
    page.goto(page.url)
    visitor.settled()
    expect(page.locator(".st-key-tree .time-row output")).to_have_text(said)
    expect(marks(page, '[data-name="Archaeopteryx"]')).to_have_class(re.compile("alive"))


def test_a_tree_of_ones_own_is_put_into_the_library_checked_and_put_right(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.open("trees")
    page.get_by_text("Add a tree", exact=True).click()
    # one file after another, the first of them a wrong one: what was unfolded stays so
    for name, offered, said in (
        ("wrong", "(A,", "brackets still open"),
        ("empty", "", "The file is empty"),
        ("own", PUBLISHED, "1 of 1 tree read"),
    ):
        offer = tmp_path / f"{name}.nwk"
        offer.write_text(offered, encoding="utf-8")
        page.locator("[data-testid=stFileUploader] input").set_input_files(offer)
        expect(page.get_by_text(said)).to_be_visible()
        visitor.settled()
    page.get_by_label("Title").fill("A tree of our own")
    page.get_by_role("button", name="Put into the library").click()
    page.get_by_role("link", name="Details").first.click()
    tip = page.locator(".st-key-tips_table tr").filter(has_text="Lufengosurus")
    expect(tip).to_contain_text("not in the catalogue")
    tip.get_by_role("button").click()
    visitor.settled()
    visitor.pick("tip_taxon_Lufengosurus", "Lufengosaurus")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    visitor.settled()
    expect(page.locator(".st-key-tips_summary")).to_contain_text("put right by hand")
    page.get_by_role("link", name="Show the tree").click()
    expect(marks(page, '[data-name="Lufengosurus"]')).to_have_class(re.compile("tip extinct"))
    page.get_by_text("Take this tree along").click()
    button = page.locator(".st-key-tree_file button")
    expect(button).to_be_visible()
    visitor.settled()
    with page.expect_download() as going:
        button.click()
    taken = tmp_path / "taken.nwk"
    going.value.save_as(taken)
    assert tip_names(read_file(taken).trees[0].tree) == ["Lufengosurus", "Plateosaurus", "Sinosaurus", "Passer"]


def test_a_search_that_is_stopped_shows_the_best_tree_until_then(visit: Visit, tmp_path: Path) -> None:
    chance = random.Random(1)
    rows = "\n".join(f"Taxon_{row} {''.join(chance.choice('01?') for _ in range(200))}" for row in range(90))
    file = tmp_path / "matrix.nex"
    file.write_text(f"#NEXUS\nbegin data; dimensions ntax=90 nchar=200; matrix\n{rows}\n; end;", encoding="utf-8")
    visitor = visit()
    page = visitor.open("characters", part="search")
    page.get_by_text("A file of your own").click()
    page.locator("[data-testid=stFileUploader] input").set_input_files(file)
    expect(page.get_by_text("1 table of characters")).to_be_visible()
    visitor.settled()
    visitor.fill("starts", "100")
    page.locator(".st-key-begin_search button").click()
    expect(page.get_by_text(re.compile(r"best so far: [\d,]+ changes"))).to_be_visible()
    page.locator(".st-key-stop_search button").click()
    expect(page.get_by_text("The search was stopped; these are the best trees until then.")).to_be_visible()
    expect(page.locator(".st-key-found .on-a-page svg").get_by_text("Taxon 42", exact=True)).to_be_visible()


def test_two_trees_stand_face_to_face(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("compare", right=f"other:{alternative_trees()[0].key}")
    drawn = page.locator(".st-key-facing svg")
    expect(drawn.locator("text", has_text="Pseudosuchia (3)").first).to_be_visible()
    expect(drawn.get_by_text("Triceratops")).to_have_count(0)
    expect(page.get_by_text(re.compile(r"They differ in \d+ of \d+ groups"))).to_be_visible()
    page.get_by_text("Fold what is the same on both").click()
    expect(drawn.locator("text", has_text="Triceratops").first).to_be_visible()
