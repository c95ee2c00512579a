"""The stable link of a record leads people to its page and programs to its data."""

from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from catalogue.labels.contents import record_link
from screens import pages, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
KEYS = ["bonebed:ivpp-v15", "a/b/c", "urn:x?y&z#1", "禄丰"]


async def _page(request: Request) -> PlainTextResponse:
    """Stands in for Streamlit, which gives the same page for every address."""
    return PlainTextResponse(f"the page of {request.query_params.get('id')}", headers={"Vary": "Accept-Encoding"})


@pytest.fixture
def client() -> TestClient:
    routes = [*serving.routes(), Route("/specimen", _page), Route("/specimens", _page)]
    return TestClient(Starlette(routes=routes, middleware=serving.middleware()), follow_redirects=False)


@pytest.mark.parametrize("key", KEYS)
def test_a_browser_gets_the_page_and_the_way_to_the_data(client: TestClient, key: str) -> None:
    answer = client.get(record_link("", key), headers=BROWSER)
    assert answer.text == f"the page of {key}"
    data = f"http://testserver/api/specimens/{quote(key, safe=':')}"
    assert f'<{data}>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]
    assert f'<{record_link("http://testserver", key)}>; rel="cite-as"' in answer.headers["link"]
    assert "Accept" in [name.strip() for name in answer.headers["vary"].split(",")]


@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
@pytest.mark.parametrize("key", KEYS)
def test_a_program_is_sent_to_the_data(client: TestClient, key: str, accept: str) -> None:
    for link in (record_link("", key), f"/id/{quote(key, safe=':')}"):
        answer = client.get(link, headers={"Accept": accept})
        assert answer.status_code == 303
        target = answer.next_request
        assert target is not None
        assert str(target.url) == f"http://testserver/api/specimens/{quote(key, safe=':')}"


@pytest.mark.parametrize("written", ["bonebed:ivpp-v15", "a/b/c", "a%2Fb%2Fc", "%E7%A6%84"])
def test_the_key_may_be_a_part_of_the_path(client: TestClient, written: str) -> None:
    answer = client.get(f"/id/{written}", headers=BROWSER)
    assert answer.status_code == 303
    assert answer.next_request is not None
    page = client.send(answer.next_request)
    assert page.text == {"bonebed:ivpp-v15": "the page of bonebed:ivpp-v15", "%E7%A6%84": "the page of 禄"}.get(
        written, "the page of a/b/c"
    )


def test_a_prefix_that_a_proxy_takes_away_is_kept(client: TestClient) -> None:
    for accept in ("text/html", "application/json"):
        answer = client.get("/id/a/b", headers={"Accept": accept})
        assert answer.headers["location"].startswith("../../")
    answer = client.get("/specimen?id=a", headers={"Accept": "application/json"})
    assert answer.headers["location"] == "./api/specimens/a"


@pytest.mark.parametrize("address", ["/specimen", "/specimen?id=", "/specimens?id=1", "/specimen?lang=en"])
def test_other_pages_are_left_alone(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert "link" not in answer.headers


@pytest.mark.parametrize("address", [address for address in pages.PAGES if address])
def test_no_address_of_ours_lies_below_a_page(client: TestClient, address: str) -> None:
    """The browser's part of Streamlit looks there for its server, and must not find one."""
    assert client.get(f"/{address}/_stcore/health").status_code == 404


def test_only_reading_is_sent_on(client: TestClient) -> None:
    answer = client.post("/specimen?id=a", headers={"Accept": "application/json"})
    assert answer.status_code == 405
