"""The pages Trees and A tree and its tips: add a tree, see what was found, put tips right, take it along."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database
from catalogue.rights import THIS_COMPUTER
from trees import keeping, kept
from trees.kept import Entry
from trees.reading.files import read_content

OpenPage = Callable[..., Any]
NEWICK = "((Lufengosaurus_huenei:2,Sinosaurus:1):1,Nobodysaurus:3);"
NEXUS = "#NEXUS begin trees; tree = ((A,B),C); tree two = ((A,B); " + "".join(
    f"tree t{number} = (A,(B,C)); " for number in range(8)
)


@pytest.fixture
def tree(collection: None) -> Entry:
    with database.writing() as connection:
        content = NEWICK.encode()
        return keeping.keep(connection, THIS_COMPUTER, "a.nwk", content, read_content(content), {"title": "A *tree*"})[
            0
        ]


def held(key: str = "t1") -> kept.KeptTree:
    with database.reading() as connection:
        return kept.open_tree(connection, key)


def typed_in(page: Any, text: str) -> Any:
    return page.fill(tree_typed_0=text)


def press(page: Any, label: str) -> Any:
    """Press the last button of that name: that of a form, which has no key of its own."""
    [button for button in page.app.button if button.label == label][-1].click()
    return page.run()


def test_an_empty_library_says_so(open_page: OpenPage) -> None:
    page = open_page("trees")
    assert [one.value for one in page.app.info] == ["No tree has been added yet."]


def test_a_tree_typed_in_goes_into_the_library(open_page: OpenPage) -> None:
    page = typed_in(open_page("trees"), NEWICK)
    assert "**Newick** · **1 of 1 tree read**" in [one.value for one in page.app.markdown]
    title = next(one for one in page.app.text_input if one.label == "Title")
    title.set_value("Three of Lufeng")
    press(page, "Put into the library")
    assert page.app.success[0].value == "1 tree is in the library."
    assert "Three of Lufeng" in page.markup("library")
    assert ("tree", {"tree": "t1"}) in page.links("library")
    assert ("check", {"tree": "t1"}) in page.links("library")
    assert held().entry.added_by == THIS_COMPUTER.login


def test_without_a_title_nothing_is_kept(open_page: OpenPage) -> None:
    page = press(typed_in(open_page("trees"), NEWICK), "Put into the library")
    assert [one.value for one in page.app.error] == ["Give the tree a title, so that people find it."]


def test_what_was_lost_is_told_and_the_first_of_many_is_chosen(open_page: OpenPage) -> None:
    page = typed_in(open_page("trees"), NEXUS)
    text = page.text()
    assert "9 of 10 trees read" in text
    assert "1 thing could not be read" in text
    assert "brackets still open" in text
    assert page.app.multiselect[0].value == [0]


@pytest.mark.parametrize(
    ("text", "why"), [("((A,B)", "brackets still open"), ("hello", "no file of trees that is known")]
)
def test_what_is_no_tree_is_answered_in_words(open_page: OpenPage, text: str, why: str) -> None:
    page = typed_in(open_page("trees"), text)
    assert len(page.app.error) == 1
    assert why in page.app.error[0].value
    page = typed_in(page, NEWICK)
    assert not page.app.error


def test_the_report_tells_matched_and_unmatched(open_page: OpenPage, tree: Entry) -> None:
    page = open_page("check", tree="t1")
    table = page.markup("tips_table")
    assert "Nobodysaurus" in table
    assert "Lufengosaurus" not in table
    page.fill(tips="all")
    assert page.query == {"tree": "t1", "tips": "all"}
    assert "Lufengosaurus huenei" in page.markup("tips_table")


def test_a_tip_is_put_right_with_an_age_and_its_source(open_page: OpenPage, tree: Entry) -> None:
    page = open_page("check", tree="t1").choose("tips_table", "Nobodysaurus")
    page.app.selectbox(key="tip_taxon_Nobodysaurus").set_value("Yunnanosaurus")
    page.app.number_input(key="tip_first_Nobodysaurus").set_value(195.0)
    page.app.number_input(key="tip_last_Nobodysaurus").set_value(190.0)
    page.app.text_input(key="tip_source_Nobodysaurus").set_value("Young 1942")
    press(page, "Save")
    match = next(one for one in held().matching.tips if one.tip == "Nobodysaurus")
    assert match.range is not None
    assert (match.taxon, match.how, match.source, match.range.first_appearance) == (
        "Yunnanosaurus", "said", "Young 1942", 195.0,
    )  # fmt: skip
    assert "Young 1942" in page.fill(tips="all").markup("tips_table")


def test_an_age_without_a_source_is_refused(open_page: OpenPage, tree: Entry) -> None:
    page = open_page("check", tree="t1").choose("tips_table", "Nobodysaurus")
    page.app.number_input(key="tip_first_Nobodysaurus").set_value(195.0)
    press(page, "Save")
    assert "say where this age is from" in page.app.error[0].value


def test_a_tree_is_removed_and_brought_back(open_page: OpenPage, tree: Entry) -> None:
    page = open_page("check", tree="t1").press("remove_tree")
    assert "It is out of the library." in page.app.success[0].value
    library = page.go("trees")
    assert "library" not in library.pictures()
    library.press("back_t1")
    assert "A *tree*" in library.markup("library")


def test_a_key_that_is_none_leads_to_the_library(open_page: OpenPage) -> None:
    page = open_page("check", tree="t77")
    assert "There is no tree" in page.app.info[0].value


def test_no_english_is_left_in_the_chinese_pages(open_page: OpenPage, tree: Entry) -> None:
    library = open_page("trees", lang="zh")
    assert "详情" in library.markup("library") or "详细" in library.markup("library")
    page = open_page("check", tree="t1", tips="all", lang="zh")
    assert "目录中没有" in page.markup("tips_table")
    assert "Put right" not in page.markup("tips_table")


def test_hostile_names_stay_text(open_page: OpenPage) -> None:
    newick = "('<script>hostile()</script>','[hostile](x)','\"onfocus=hostile()');"
    with database.writing() as connection:
        content = newick.encode()
        about = {"title": "<script>hostile()</script> ![hostile](x)", "note": "[hostile](x)"}
        keeping.keep(connection, THIS_COMPUTER, "<b>.nwk", content, read_content(content), about)
    for page in (open_page("trees"), open_page("check", tree="t1", tips="all")):
        assert "<script>hostile" not in page.html()
        assert all("[hostile](x)" not in one.value for one in page.app.markdown)
    page.choose("tips_table", "&lt;script&gt;hostile()&lt;/script&gt;")


def test_a_file_of_characters_leads_to_the_page_of_characters(open_page: OpenPage) -> None:
    page = typed_in(open_page("trees"), "#NEXUS begin data; dimensions nchar=2; matrix\nA 01\nB 1?\n; end;")
    assert "matrix of 2 taxa × 2 characters" in page.text()
    next(one for one in page.app.text_input if one.label == "Title").set_value("Two")
    press(page, "Put into the library")
    table = open_page("check", tree="t1")
    assert "Show its characters" in table.text()
    assert "tips_table" not in table.pictures()
