"""The map: the finds of one time, each a door; what has no place is listed beside it."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from screens.parts import map_layers
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


def test_an_age_outside_the_chosen_time_is_told(open_page: OpenPage) -> None:
    beyond = open_page("map", earth="then", age="5000")
    told = [toast.value for toast in beyond.app.toast]
    assert told == ["5,000 million years ago is outside the chosen time. Shown is 201 million years ago."]
    assert beyond.query["age"] == "201"
    assert not open_page("map", earth="then", age="200").app.toast


@pytest.mark.parametrize(("name", "written"), [("age", "5000"), ("age", "x"), ("model", "nobody"), ("earth", "flat")])
def test_an_address_that_means_nothing_on_the_ancient_earth(open_page: OpenPage, name: str, written: str) -> None:
    screen = open_page("map", **{"earth": "then", name: written})
    assert screen.query.get(name) != written or name == "age"
    assert screen.finds_on_map()


def test_only_the_earth_today_says_that_all_are_drawn(open_page: OpenPage) -> None:
    said = "finds are drawn"
    assert any(said in line for line in open_page("map").texts())
    assert not any(said in line for line in open_page("map", earth="then").texts())


def test_those_without_coordinates_have_a_link(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("map", interval="Jurassic")
    missing = len(expected(records, "Jurassic", placed=False))
    link = next(e.proto for e in screen.elements() if e.type == "page_link" and "without coordinates" in e.proto.label)
    assert str(missing) in link.label
    opened = open_page("specimens", interval="Jurassic", coordinates="no")
    assert f"**{missing} records**" in screen_markdown(opened)


def screen_markdown(screen: Any) -> list[str]:
    return [element.value for element in screen.app.markdown]


def test_colours_have_names_and_numbers(open_page: OpenPage) -> None:
    screen = open_page("map", interval="Mesozoic", colour="country")
    legend = next(body for body in screen.html().splitlines() if "map-legend" in body)
    assert "China" in legend
    assert sum(int(number) for number in re.findall(r"<b>(\d+)</b>", legend)) == len(on_map(screen))


def test_of_very_many_finds_the_map_asks_for_its_window(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_layers, "AT_ONCE", 3)
    layer = open_page("map", taxon="Theropoda", interval="any", layer="points").maps()[0]["feature_group"]
    assert "../../map-window?taxon=Theropoda&layer=points&colour=age&lang=en" in layer.replace("\\u0026", "&")


@pytest.mark.parametrize("kind", ["density", "formations", "rarefied"])
def test_other_layers_open_by_their_link(open_page: OpenPage, kind: str) -> None:
    assert open_page("map", layer=kind).query == {"layer": kind}


def test_cells_of_taxa_hold_all_that_is_drawn(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("map", layer="taxa", interval="Jurassic")
    told = [(finds, taxa) for _, _, _, _, _, finds, taxa, _ in screen.cells_on_map()]
    assert sum(int(finds) for finds, _ in told) == len(expected(records, "Jurassic", placed=True))
    table = screen.html().partition("Middle of the cell")[2]
    assert sorted(re.findall(r"</th><td>([\d,]+)</td><td>([\d,]+)</td>", table)) == sorted(told)


def tell(screen: Any, text: str) -> Any:
    """What the map's script sends when something besides a find was chosen."""
    sent = {"last_object_clicked_popup": text}
    return screen.run(WidgetState(id=screen._maps()[0].id, json_value=json.dumps(sent)))


def test_a_bubble_shows_its_list(open_page: OpenPage, records: list[Specimen]) -> None:
    keys = on_map(open_page("map"))[:12]
    screen = tell(open_page("map"), f"finds={','.join(quote(key) for key in keys)}; 1")
    assert sorted(screen.names("chosen")) == keys
    assert "**12 finds here**" in screen_markdown(screen)


def test_an_area_shows_what_lies_in_it_and_has_a_link(open_page: OpenPage, records: list[Specimen]) -> None:
    drawn = tell(open_page("map", interval="Jurassic"), "area=95.0000,20.0000;115.0000,45.0000; 1")
    assert drawn.query["area"] == "95,20;115,45"
    inside = [
        record
        for record in records
        if record.occurrence_id in on_map(drawn)
        and 95 <= (record.decimal_longitude or 0) <= 115
        and 20 <= (record.decimal_latitude or 0) <= 45
    ]
    assert f"**{len(inside)} finds in the area**" in screen_markdown(drawn)
    again = open_page("map", **drawn.query)
    assert sorted(again.names("in_area")) == sorted(record.occurrence_id for record in inside)
    assert "area" not in again.press("area_away").query


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("area=0,0;10,10;10,0;0,10; 1", "crosses itself"),
        ("area=181,0;185,10; 1", "is not on the Earth"),
        ("area=x; 1", "An area is written"),
    ],
)
def test_an_area_that_is_none_is_told(open_page: OpenPage, text: str, why: str) -> None:
    screen = tell(open_page("map"), text)
    assert [why in error.value for error in screen.app.error] == [True]
    assert "area" not in screen.query


def test_a_place_is_found_by_its_name(open_page: OpenPage) -> None:
    screen = open_page("map").fill(place="云南")
    button = next(b for b in screen.app.button if str(b.key).startswith("place_"))
    assert "云南" in button.label
    assert '"go":{"turn":1,"bounds":' in screen.press(button.key).maps()[0]["feature_group"]
