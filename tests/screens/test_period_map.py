"""The map: the finds of one time, each a door; what has no place is listed beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from screens.period_map import PERIODS

OpenPage = Callable[..., Any]


def expected(records: list[Specimen], name: str, *, placed: bool) -> list[str]:
    """The finds of an interval, counted by hand."""
    span = timescale()[name].span
    of_time = [record for record in records if record.max_ma > span.min_ma and record.min_ma < span.max_ma]
    return sorted(record.occurrence_id for record in of_time if record.has_place is placed)


def on_map(screen: Any) -> list[str]:
    """The keys of the finds on the map."""
    return sorted(row[0] for row in screen.finds_on_map())


def test_the_choice_of_the_issue_is_there(open_page: OpenPage) -> None:
    chosen = ("Triassic", "Early Jurassic", "Middle Jurassic", "Late Jurassic", "Early Cretaceous", "Late Cretaceous")
    assert chosen == PERIODS
    screen = open_page("map")
    assert [b.label for b in screen.app.button if str(b.key).startswith("period_")] == list(chosen)


@pytest.mark.parametrize("name", PERIODS)
def test_a_button_shows_the_finds_of_its_time_in_its_colour(
    open_page: OpenPage, records: list[Specimen], name: str
) -> None:
    unit = timescale()[name]
    screen = open_page("map").press(f"period_{unit.symbol}")
    assert on_map(screen) == expected(records, name, placed=True)
    assert f'"color":"{unit.color.upper()}"' in screen.maps()[0]["feature_group"].upper().replace("COLOR", "color")


@pytest.mark.parametrize("name", ["Hettangian", "Jurassic", "Mesozoic", "Maastrichtian"])
def test_any_interval_can_be_chosen_and_linked(open_page: OpenPage, records: list[Specimen], name: str) -> None:
    chosen, linked = open_page("map").fill(interval=name), open_page("map", interval=name)
    assert on_map(chosen) == on_map(linked) == expected(records, name, placed=True)
    assert chosen.query == linked.query == {"interval": name}


def test_finds_without_a_place_are_listed(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("map", interval="Jurassic")
    assert sorted(screen.names("unplaced")) == expected(records, "Jurassic", placed=False) != []


def test_every_time_at_once_has_a_link_too(open_page: OpenPage, records: list[Specimen]) -> None:
    chosen = open_page("map").fill(interval="")
    everything = sorted(record.occurrence_id for record in records if record.has_place)
    assert on_map(chosen) == everything
    assert on_map(open_page("map", **chosen.query)) == everything


def test_the_other_conditions_hold_on_the_map(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("map", interval="Jurassic", taxon="Theropoda", country="CN", kind="own")
    found = {r.occurrence_id: r for r in records}
    assert on_map(screen)
    for key in on_map(screen):
        assert "|Theropoda|" in found[key].higher_classification
        assert found[key].country_code == "CN"
        assert found[key].is_own


def test_a_dot_shows_its_card_which_opens_the_record(open_page: OpenPage) -> None:
    screen = open_page("map").click_find("bonebed:ivpp-v15")
    assert screen.names("clicked") == ["bonebed:ivpp-v15"]
    opened = screen.choose("clicked", "bonebed:ivpp-v15")
    assert (opened.address, opened.query) == ("specimen", {"id": "bonebed:ivpp-v15"})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_dot_leads_to_its_record_in_the_readers_language(open_page: OpenPage, lang: str) -> None:
    for row in open_page("map", lang=lang).finds_on_map():
        assert row[-1].startswith("../../specimen?id=")
        assert ("lang=English" in row[-1]) is (lang == "en")


def test_a_time_without_finds_is_said(open_page: OpenPage) -> None:
    screen = open_page("map", interval="Cambrian")
    assert on_map(screen) == []
    assert screen.app.caption


def test_the_earth_then_carries_the_finds_and_has_a_link(open_page: OpenPage) -> None:
    today, then = open_page("map"), open_page("map", earth="then")
    placed = {row[0]: row[1:3] for row in today.finds_on_map()}
    carried = {row[0]: row[1:3] for row in then.finds_on_map()}
    assert carried.keys() <= placed.keys()
    assert len(carried) > 0.9 * len(placed)
    assert all(carried[key] != placed[key] for key in carried)
    assert then.query == {"earth": "then", "age": "188"}
    assert any("Scotese" in text for text in then.texts())
    again = open_page("map", **{**then.query, "model": "wright2013", "age": "200"})
    assert again.query == {"earth": "then", "age": "200", "model": "wright2013"}
    assert any("Wright" in text for text in again.texts())


@pytest.mark.parametrize(("name", "written"), [("age", "5000"), ("age", "x"), ("model", "nobody"), ("earth", "flat")])
def test_an_address_that_means_nothing_on_the_ancient_earth(open_page: OpenPage, name: str, written: str) -> None:
    screen = open_page("map", **{"earth": "then", name: written})
    assert screen.query.get(name) != written or name == "age"
    assert screen.finds_on_map()


def test_only_the_earth_today_says_that_all_are_drawn(open_page: OpenPage) -> None:
    said = "finds are drawn"
    assert any(said in line for line in open_page("map").texts())
    assert not any(said in line for line in open_page("map", earth="then").texts())
