"""Places of finds: cells on a map, the nearest place, close places, spans of taxa; each view has a link."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue.records import Specimen

OpenPage = Callable[..., Any]


def test_the_cells_hold_every_find_with_coordinates(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("places", what="finds", cell="1000")
    assert screen.query == {"what": "finds", "cell": "1000"}
    assert sum(int(row[5]) for row in screen.cells_on_map()) == sum(record.has_place for record in records)


def test_the_nearest_place_comes_first(open_page: OpenPage) -> None:
    markup = open_page("places", part="near", latitude="25.15", longitude="102.08").markup("places_near")
    assert "0.0 km" in markup.split("<tr>")[2]


@pytest.mark.parametrize(("part", "key"), [("close", "places_close"), ("spans", "places_spans")])
def test_tables_speak_the_readers_language(open_page: OpenPage, part: str, key: str) -> None:
    screen = open_page("places", part=part, within="100", lang="zh")
    assert screen.markup(key).count("<tr>") > 3
    assert "公里" in screen.markup(key)


def test_what_a_link_cannot_mean_is_left_out(open_page: OpenPage) -> None:
    assert open_page("places", what="x", cell="3", quota="0", latitude="91", within="7").query == {}
    assert "None of these finds has coordinates." in open_page("places", coordinates="no").text()
