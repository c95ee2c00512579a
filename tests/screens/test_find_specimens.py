"""The list: each condition narrows it, each view has a link, and a period finds its ages."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.geological_time import timescale
from catalogue.records import Specimen

OpenPage = Callable[..., Any]
ALL = 10_000


def total(screen: Any) -> int:
    """How many records the page says it found."""
    found = re.search(r"\d[\d,]*", screen.app.markdown[0].value)
    assert found
    return int(found[0].replace(",", ""))


def listed(screen: Any) -> list[str]:
    """The keys of all found records, over all pages."""
    keys = screen.names("found") if screen.app.session_state["page"] == 1 else []
    while screen.app.pagination and screen.app.pagination[0].value < screen.app.pagination[0].num_pages:
        screen.app.pagination[0].select(screen.app.pagination[0].value + 1)
        keys += screen.run().names("found")
    return list(keys)


def test_all_records_are_there_24_a_page(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("specimens")
    assert total(screen) == len(records)
    assert len(screen.names("found")) == 24
    assert sorted(listed(screen)) == sorted(record.occurrence_id for record in records)


def test_a_period_finds_its_ages(open_page: OpenPage, records: list[Specimen]) -> None:
    found = set(listed(open_page("specimens", interval="Early Jurassic")))
    span = timescale()["Early Jurassic"].span
    assert found == {r.occurrence_id for r in records if r.max_ma > span.min_ma and r.min_ma < span.max_ma}
    intervals = {r.earliest_interval for r in records if r.occurrence_id in found}
    assert {"Early Jurassic", "Hettangian", "Sinemurian"} <= intervals


@pytest.mark.parametrize(
    "words",
    ["huenei holotype", "LUFENGOSAURUS hue", "禄丰 huenei", "ivpp v15 lufeng", "禄丰龙 沙湾", "Shawan jurassic"],
)
def test_words_narrow_the_list(open_page: OpenPage, records: list[Specimen], words: str) -> None:
    screen = open_page("specimens").fill(q=words)
    assert "bonebed:ivpp-v15" in screen.names("found")
    assert "bonebed:ivpp-v34" not in screen.names("found") or "huenei" not in words
    assert 1 <= total(screen) < len(records) / 4
    assert screen.query == {"q": words}


@pytest.mark.parametrize("taxon", ["Sauropodomorpha", "Aves", "Sinosaurus"])
def test_a_group_holds_its_members(open_page: OpenPage, records: list[Specimen], taxon: str) -> None:
    found = listed(open_page("specimens").fill(taxon=taxon))
    assert sorted(found) == sorted(r.occurrence_id for r in records if f"|{taxon}|" in r.higher_classification)
    assert found


def test_a_country_narrows_the_list(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("specimens").fill(country="AR")
    assert total(screen) == sum(record.country_code == "AR" for record in records) > 0


@pytest.mark.parametrize(("kind", "own"), [("own", True), ("published", False)])
def test_museum_specimens_and_published_finds_are_told_apart(
    open_page: OpenPage, records: list[Specimen], kind: str, own: bool
) -> None:
    screen = open_page("specimens").fill(kind=kind)
    assert sorted(listed(screen)) == sorted(r.occurrence_id for r in records if r.is_own is own)
    assert ('class="card own"' in screen.markup("found")) is own
    assert ('class="card published"' in screen.markup("found")) is not own


def test_conditions_add_up_and_stand_in_the_link(open_page: OpenPage) -> None:
    asked = {"interval": "Jurassic", "taxon": "Theropoda", "country": "CN", "kind": "own", "q": "ivpp"}
    chosen, linked = open_page("specimens").fill(**asked), open_page("specimens", **asked)
    assert chosen.query == linked.query == asked
    assert listed(chosen) == listed(linked) != []


@pytest.mark.parametrize(
    "nonsense",
    [
        {"interval": "Foozian"}, {"taxon": "<script>"}, {"country": "Atlantis"}, {"kind": "x"}, {"order": "x"}, {"view": "x"},
        {"page": "0"}, {"page": "-1"}, {"page": "²"}, {"page": "9" * 400},
    ],
)  # fmt: skip
def test_a_link_that_means_nothing_shows_everything(
    open_page: OpenPage, records: list[Specimen], nonsense: dict[str, str]
) -> None:
    screen = open_page("specimens", **nonsense)
    assert total(screen) == len(records)
    assert screen.query == {}


@pytest.mark.parametrize(
    "words", ["zzzz", "%", '"', "NEAR(", "a AND", "*", "；'--", "<script>alert(1)</script>", "x" * 3000]
)
def test_odd_words_are_answered(open_page: OpenPage, words: str) -> None:
    screen = open_page("specimens", q=words)
    assert screen.app.info or screen.names("found")
    assert "<script>" not in screen.html()


def test_nothing_found_says_what_to_do(open_page: OpenPage) -> None:
    screen = open_page("specimens", q="zzzz")
    assert total(screen) == 0
    assert screen.app.info
    assert [link.proto.page for link in screen.app.get("page_link")] == ["specimens"]


def test_cards_and_table_show_the_same(open_page: OpenPage) -> None:
    cards = open_page("specimens", taxon="Theropoda")
    table = open_page("specimens", taxon="Theropoda").fill(view="table")
    assert "<table" in table.markup("found")
    assert "<table" not in cards.markup("found")
    assert table.names("found") == cards.names("found")
    assert table.query == {"taxon": "Theropoda", "view": "table"}


def test_the_order_can_be_chosen(open_page: OpenPage, records: list[Specimen]) -> None:
    oldest = listed(open_page("specimens").fill(order="oldest_age"))
    ages = {record.occurrence_id: record.max_ma for record in records}
    assert [ages[key] for key in oldest] == sorted(ages.values(), reverse=True)


def test_a_page_has_a_link_and_a_new_question_begins_at_the_first(open_page: OpenPage) -> None:
    screen = open_page("specimens", page="2")
    second = screen.names("found")
    assert second != open_page("specimens").names("found")
    narrowed = screen.fill(kind="own")
    assert narrowed.query == {"kind": "own"}
    assert narrowed.app.session_state["page"] == 1


def test_a_page_beyond_the_last_is_the_last(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("specimens", page="999")
    last = -(-len(records) // 24)
    assert screen.query == {"page": str(last)}
    assert len(screen.names("found")) == len(records) - 24 * (last - 1)


@pytest.mark.parametrize("view", ["cards", "table"])
def test_a_record_opens(open_page: OpenPage, view: str) -> None:
    screen = open_page("specimens", q="huenei", view=view).choose("found", "bonebed:ivpp-v15")
    assert (screen.address, screen.query) == ("specimen", {"id": "bonebed:ivpp-v15"})


def test_a_page_can_be_turned_by_its_number(open_page: OpenPage) -> None:
    screen = open_page("specimens")
    screen.app.pagination[0].select(3)
    assert screen.run().query == {"page": "3"}
    assert screen.names("found") == open_page("specimens", page="3").names("found")
