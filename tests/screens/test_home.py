"""The first page: what this is, four doors, and the collection at a glance."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.geological_time import timescale
from catalogue.records import Specimen


def test_the_doors_lead_to_specimens_map_tree_and_class(open_page: Callable[..., Any]) -> None:
    doors = open_page().links("doors")
    assert [address for address, _query in doors][:4] == ["specimens", "map", "tree", "lessons"]
    for address, query in doors:
        assert open_page().go(address, query).address == address


def test_museum_specimens_and_published_finds_are_counted_apart(
    open_page: Callable[..., Any], records: list[Specimen]
) -> None:
    own = sum(record.is_own for record in records)
    tiles = next(
        element.proto.body
        for element in open_page().elements()
        if element.type == "html" and "tile" in element.proto.body
    )
    assert [int(number) for number in re.findall(r"<b>(\d+)</b>", tiles)] == [own, len(records) - own]
    assert 0 < own < len(records)


def test_the_bars_count_what_lived_in_each_period(open_page: Callable[..., Any], records: list[Specimen]) -> None:
    screen = open_page()
    counted = [int(number) for number in re.findall(r"<b>(\d+)</b>", screen.markup("periods"))]
    spans = [timescale()[name].span for name in screen.names("periods")]
    assert counted == [sum(r.max_ma > span.min_ma and r.min_ma < span.max_ma for r in records) for span in spans]
    assert len(spans) == 6


def test_a_bar_opens_the_specimens_of_its_period(open_page: Callable[..., Any]) -> None:
    screen = open_page().choose("periods", "Late Jurassic")
    assert (screen.address, screen.query) == ("specimens", {"interval": "Late Jurassic"})


def test_the_newest_records_come_first_and_open(open_page: Callable[..., Any]) -> None:
    screen = open_page()
    newest = screen.names("newest")
    assert newest[0] == "bonebed:ivpp-v15"
    assert len(newest) == 4
    assert screen.choose("newest", newest[1]).query == {"id": newest[1]}


@pytest.mark.parametrize(("lang", "named"), [("en", "Lufengosaurus"), ("zh", "禄丰龙")])
def test_the_picture_is_the_dated_tree(open_page: Callable[..., Any], lang: str, named: str) -> None:
    drawn = open_page(lang=lang).markup("portrait")
    assert "bonebed-tree" in drawn
    assert named in drawn
