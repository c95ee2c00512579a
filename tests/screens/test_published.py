"""What publications say, where people meet it: its own page, the form, the page of a record, and the report of an import."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue.database import writing
from catalogue.exchange import pipeline
from catalogue.rights import THIS_COMPUTER

OpenPage = Callable[..., Any]
LISTS = (
    "record_type,group,formation,member,lithology,max_ma,min_ma,cc_list,n_colls,n_occs\n"
    'str,,Testfels,,"sandstone,""shale""",201.3,190.8,CN,6,8\nstr,,Testfels,Unten,,201.3,199.3,CN,8,20\n',
    "collection_no,collection_name,n_occs,formation,lat,lng,early_interval\n11805,Shawan,3,Testfels,25.1,102.1,Hettangian\n",
    "taxon_no,orig_no,taxon_name,difference,accepted_name\n1,1,Gyposaurus sinensis,nomen dubium,Lufengosaurus huenei\n",
    "occurrence_no,accepted_name,early_interval,collection_no,formation,cc\n"
    "1,Lufengosaurus huenei,Hettangian,11805,Testfels,CN\n2,Sinosaurus triassicus,Hettangian,11805,Testfels,CN\n",
)


@pytest.fixture
def lists(collection: None) -> None:
    with writing() as connection:
        for content in LISTS:
            pipeline.commit(connection, THIS_COMPUTER, "list.csv", content.encode())


def test_the_page_lists_each_kind(lists: None, open_page: OpenPage) -> None:
    units = open_page("published", q="testfels").text()
    assert all(text in units for text in ("2 entries", "Unten", "201.3–190.8 Ma", "sandstone, shale", "China"))
    assert "疑名" in open_page("published", kind="name", lang="zh").text()
    assert "25.1, 102.1" in open_page("published", kind="locality").text()


def test_the_page_says_what_to_do_while_it_is_empty(open_page: OpenPage) -> None:
    assert "Nothing was taken over yet" in open_page("published").text()


def test_the_form_offers_age_and_name_and_sets_neither(lists: None, open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_verbatim_identification="Gyposaurus sinensis", add_formation="Testfels")
    said = screen.text()
    assert "Testfels Formation as 201.3–190.8 Ma old (14 collections): Hettangian to Sinemurian. Use it?" in said
    assert "uses *Lufengosaurus huenei* for it (nomen dubium)" in said
    assert screen.app.session_state["add_earliest_interval"] is None
    screen.press("add_name_in_use")
    assert screen.app.session_state["add_verbatim_identification"] == "Lufengosaurus huenei"


def test_a_record_shows_its_formation_its_site_and_its_company(lists: None, open_page: OpenPage) -> None:
    said = open_page("specimen", id="pbdb:occ:1").text()
    assert all(text in said for text in ("Its formation in publications", "Unten", "Collection 11805", "Shawan"))
    assert "Sinosaurus triassicus" in said.replace("\n", " ")
