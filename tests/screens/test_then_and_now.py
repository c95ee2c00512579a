"""Then and now: each place once on both Earths by the same model, links that reopen the view, and frames that may be kept."""

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.records import Specimen
from screens import earth_routes

OpenPage = Callable[..., Any]


def test_the_link_says_what_is_seen(open_page: OpenPage) -> None:
    asked = {"at": "150", "model": "wright2013", "part": "latitude", "taxon": "Sauropodomorpha", "shown": "plates"}
    screen = open_page("ancient", **asked)
    assert screen.query == asked
    assert open_page("ancient", at="1e9", model="pangaea", part="x", shown="a,steps").query == {"shown": "steps"}


def test_an_age_before_all_maps_is_answered(open_page: OpenPage) -> None:
    screen = open_page("ancient", at="5000")
    assert screen.query["at"] == "540"
    assert [toast.value for toast in screen.app.toast] == [
        "5,000 million years ago is older than these maps reach. Shown is 540 million years ago."
    ]


def test_every_find_with_coordinates_is_at_one_place(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("ancient")
    data = screen.given_to_pictures()["earth_window"]
    placed = [record for record in records if record.has_place]
    assert sorted(find[0] for find in data["finds"]) == sorted(record.occurrence_id for record in placed)
    assert sorted(number for place in data["places"] for number in place[7]) == list(range(len(placed)))
    assert len(data["places"]) == len({(one.decimal_longitude, one.decimal_latitude) for one in placed})
    assert data["earth"].startswith("./assets/earth/paleomap-")
    assert data["other"].startswith("./assets/earth/wright2013-")


def test_frames_are_sent_packed_and_under_their_own_name_only() -> None:
    client = TestClient(Starlette(routes=earth_routes.routes()))
    from maps.palaeogeography.models import built_in_model

    address = earth_routes.frames_href(built_in_model("wright2013")).removeprefix(".")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["model"] == "wright2013"
    for wrong in ("wright2013-000000000000.json", "pangaea-1.json", "..%2f..%2fapp.py"):
        assert client.get(f"/assets/earth/{wrong}").status_code == 404
