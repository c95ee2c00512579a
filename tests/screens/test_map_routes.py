"""The address that a map asks for what its window shows: what it answers, to whom, and what it refuses."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue import database, specimens
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching import facets
from catalogue.searching.area import read_area
from catalogue.searching.query import Query
from maps import located
from maps.located import Window
from screens import map_routes
from screens.parts import map_colours
from screens.words import speaking
from tests.withheld import DIGITS, SPECIMEN

WORLD = "-170,-85,190,85,1.5"


@pytest.fixture
def client(collection: None) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=map_routes.routes())) as client:
        yield client


def answer(client: TestClient, **asked: str) -> Any:
    return client.get(map_routes.ADDRESS, params={"window": WORLD, **asked})


@pytest.fixture
def few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_routes, "EACH", 20)


@pytest.mark.parametrize("layer", map_routes.LAYERS)
def test_every_layer_draws_each_find_once(
    client: TestClient, few_each: None, records: list[Specimen], layer: str
) -> None:
    told = answer(client, layer=layer).json()
    placed = sum(one.has_place for one in records)
    counts = [one[2] for name in ("bubbles", "dots", "hexagons") for one in told.get(name, [])]
    assert told["count"] == placed == sum(counts) + len(told.get("rows", []))


def test_every_colour_has_a_legend_that_counts_each_find_once(collection: None) -> None:
    with speaking("en"), database.reading() as connection:
        found = located.find(connection, Query(), VISITOR)
        counts = facets.count(connection, Query())
        for by in map_colours.BY:
            coloured = map_colours.colours(connection, VISITOR, found, by, counts, "")
            drawn = [one for one in coloured.classes if one.count]
            assert sum(one.count for one in drawn) == len(found), by
            assert len({one.label for one in drawn}) == len(drawn), by
            assert by == "age" or len(drawn) <= 12


def test_few_finds_come_one_by_one_in_the_readers_language(client: TestClient) -> None:
    told = answer(client, taxon="Lufengosaurus", lang="zh").json()
    assert told["kind"] == "finds"
    assert told["rows"] and all("侏罗世" in row[4] or "期" in row[4] for row in told["rows"])


def test_nothing_changed_is_said_shortly(client: TestClient) -> None:
    first = answer(client)
    assert "private" in first.headers["cache-control"]
    again = client.get(first.url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "asked",
    [
        {"window": ""},
        {"window": "1,2,3"},
        {"window": "nan,0,1,1,2"},
        {"window": "10,0,-10,5,2"},
        {"window": "0,0,1e9,5,2"},
        {"layer": "lava"},
        {"colour": "taste"},
        {"area": "25,102;26,103"},
        {"sql": "x"},
    ],
)
def test_what_cannot_be_understood_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    assert answer(client, **asked).status_code == 400


def test_a_visitor_is_never_led_nearer_to_a_withheld_site(collection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """By zooming, splitting bubbles, dots, hexagons, small areas and differences of counts alike."""
    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    latitude, longitude = SPECIMEN["decimal_latitude"], SPECIMEN["decimal_longitude"]

    def told(window: Window, layer: str, each: int) -> Any:
        monkeypatch.setattr(map_routes, "EACH", each)
        with speaking("en"), database.reading() as connection:
            return map_routes.window_of(connection, VISITOR, Query(), window, layer, "formation")

    for half in (20.0, 1.0, 0.04, 0.005):
        window = Window(longitude - half, latitude - half, longitude + half, latitude + half, 9)
        for layer in map_routes.LAYERS:
            for each in (0, 300):
                answered = told(window, layer, each)
                assert not any(digits in str(answered) for digits in DIGITS)
                assert answered["count"] == 0 or half > 0.02  # the middle of its cell lies 0.04 degrees away
    cell = Window(102.9, 61.2, 103.0, 61.3, 9)
    assert told(cell, "points", 300)["count"] == 1
    assert told(cell, "points", 300)["rows"][0][1:3] == [61.25, 102.95]


def test_windows_are_the_same_wherever_in_its_cell_a_withheld_site_lies(collection: None) -> None:
    """Whoever compares all that all windows say, before and after the site was moved within its cell, learns nothing of where it lies."""

    def everything() -> list[dict[str, object]]:
        with speaking("en"), database.reading() as connection:
            return [
                map_routes.window_of(connection, VISITOR, query, Window(*window, 9), layer, "age")
                for window in ((102.9, 61.2, 102.95, 61.25), (102.95, 61.2, 103, 61.25), (102, 61, 104, 61.22))
                for layer in map_routes.LAYERS
                for query in (Query(), Query(area=read_area("102.94,61.2;103,61.24")))
            ]

    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    told = everything()
    with database.writing() as connection:
        elsewhere = {"decimal_latitude": 61.2011, "decimal_longitude": 102.9101}
        specimens.amend(connection, THIS_COMPUTER, SPECIMEN["occurrence_id"], elsewhere, version=1)
    assert everything() == told
