"""The history of a record: every change with a way back, and any two versions side by side, also of what was removed."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, past, specimens
from catalogue.people import accounts as people
from catalogue.rights import THIS_COMPUTER, Person, Role
from catalogue.vocabularies import editing as vocabularies

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"


def held() -> Any:
    with database.reading() as connection:
        return specimens.get(connection, KEY, who=THIS_COMPUTER)


@pytest.fixture
def amended(collection: None) -> None:
    """Three versions: another formation, then another locality and a piece."""
    for changes in (
        {"formation": "Fengjiahe"},
        {"locality": "Shawan, north of Lufeng", "pieces": [{"element": "skull", "side": "left"}]},
    ):
        with database.writing() as connection:
            specimens.amend(connection, THIS_COMPUTER, KEY, changes, version=held().version, why="new <map>")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_shows_two_versions_side_by_side(open_page: OpenPage, amended: None, lang: str) -> None:
    screen = open_page("history", id=KEY, lang=lang, **{"from": "1", "to": "3"})
    table = screen.markup("versions")
    assert "<ins>Fengjiahe</ins>" in table
    assert "<del>" in table
    assert "<ins>, north of Lufeng</ins>" in table
    assert "<ins>skull</ins>" in table
    assert not screen.app.exception


def test_what_is_the_same_is_shown_on_demand(open_page: OpenPage, amended: None) -> None:
    differing = open_page("history", id=KEY, **{"from": "2", "to": "3"}).markup("versions")
    assert "Lufengosaurus" not in differing
    assert "Fengjiahe" not in differing
    everything = open_page("history", id=KEY, **{"from": "2", "to": "3", "all": "yes"}).markup("versions")
    assert "Lufengosaurus" in everything
    assert "<ins>skull</ins>" in everything


def test_a_version_is_chosen_by_who_when_and_why(open_page: OpenPage, amended: None) -> None:
    screen = open_page("history", id=KEY, **{"from": "1", "to": "3"})
    assert "new <map>" in screen.app.selectbox(key="to").options[0]
    screen.fill(**{"from": "2"})
    assert "Fengjiahe" not in screen.markup("versions")


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", ""])
def test_a_version_that_is_none_is_not_shown(open_page: OpenPage, amended: None, asked: str) -> None:
    screen = open_page("history", id=KEY, **{"from": asked, "to": "3"})
    assert screen.app.selectbox(key="from").value == "2"
    assert not screen.app.exception


def test_one_field_is_brought_back(open_page: OpenPage, amended: None) -> None:
    screen = open_page("history", id=KEY, **{"from": "1", "to": "3"})
    screen.fill(compare_fields=["formation"]).press("back_to_1")
    assert (held().formation, held().locality) == ("Lufeng", "Shawan, north of Lufeng")


def test_the_whole_record_is_brought_back(open_page: OpenPage, amended: None) -> None:
    with database.reading() as connection:
        first = past.record(connection, KEY, who=THIS_COMPUTER).at(1)
    open_page("history", id=KEY, **{"from": "1", "to": "3"}).press("back_to_1")
    with database.reading() as connection:
        record = past.record(connection, KEY, who=THIS_COMPUTER)
    assert record.at(4) == first


def test_versions_of_a_removed_record_are_compared_and_brought_back(open_page: OpenPage, amended: None) -> None:
    held_name = f"{held().catalog_number} · {held().verbatim_identification}"
    with database.writing() as connection:
        specimens.remove(connection, THIS_COMPUTER, KEY, version=3)
    screen = open_page("history", id=KEY, **{"from": "1", "to": "3"})
    assert screen.app.warning[0].value == f"This record was removed: {held_name}"
    assert "<ins>Fengjiahe</ins>" in screen.markup("versions")
    screen.press("back_to_1")
    assert held().formation == "Lufeng"


def test_what_people_wrote_is_no_markup(open_page: OpenPage, collection: None) -> None:
    with database.writing() as connection:
        specimens.amend(connection, THIS_COMPUTER, KEY, {"formation": "<img src=x onerror=alert(1)>"}, version=1)
    table = open_page("history", id=KEY, **{"from": "1", "to": "2"}).markup("versions")
    assert "<img" not in table
    assert "&lt;" in table


def test_the_list_of_all_changes_says_what_each_was_about(open_page: OpenPage, amended: None) -> None:
    with database.writing() as connection:
        vocabularies.add(connection, THIS_COMPUTER, "sex", {"term": "gynandromorph"})
    word, record, *_others, first = [line for line in open_page("history").texts() if "record" in line and "·" in line]
    assert word.endswith("· Lists of words")
    assert record.endswith(f"· {held().catalog_number} · {held().verbatim_identification}")
    assert "· 155 records ·" in first


def test_people_are_called_by_the_name_that_others_see(open_page: OpenPage, collection: None) -> None:
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "anna", "Anna *Berg*", Role.CURATOR)
        anna = Person("anna", "Anna *Berg*", Role.CURATOR)
        specimens.amend(connection, anna, KEY, {"formation": "Fengjiahe"}, version=1)
    assert "· Anna *Berg* ·" in open_page("history").text().replace("\\", "")
