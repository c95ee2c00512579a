"""The API behind its addresses: what is told to whom, in which form, how it is kept, and what is said when it cannot be."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue import database, specimens
from catalogue.media import keeping as media
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role
from catalogue.settings import settings
from screens import serving
from screens.parts import asking, who
from tests.catalogue.photographs_and_scans import telephone_jpeg

AWKWARD = "urn:catalog/IVPP//V 15?a=1&b#c;禄丰"
CATALOGUER = Person("anna", "Anna", Role.CATALOGUER)
OTHER_SITE = {"Origin": "https://elsewhere.example"}


def browser() -> TestClient:
    return TestClient(
        Starlette(routes=serving.routes(), middleware=serving.middleware()), raise_server_exceptions=False
    )


@pytest.fixture
def client(collection: None) -> Iterator[TestClient]:
    """A program before the API of the built-in collection."""
    yield browser()


@pytest.fixture
def with_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    """People sign in, so there are visitors."""
    monkeypatch.setenv("BONEBED_SIGN_IN", "local")
    settings.cache_clear()


def problem(answer: Any) -> dict[str, Any]:
    """What a problem document says."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    assert answer.headers["cache-control"] == "no-store"
    return told


def test_the_link_of_a_search_is_the_link_of_its_answer(client: TestClient) -> None:
    shown_only_on_the_screen = {"view", "lang"}
    taken = {one["name"] for one in client.get("/api").json()["paths"]["/api/specimens"]["get"]["parameters"]}
    assert asking.DEFAULTS.keys() | {"order", "page", "size"} <= taken
    assert taken.isdisjoint(shown_only_on_the_screen)


def test_every_record_can_be_reached_by_following_next(client: TestClient, records: list[Specimen]) -> None:
    address: str | None = "/api/specimens?size=50&order=catalog_number"
    seen: list[str] = []
    while address:
        answer = client.get(address)
        page = answer.json()
        seen += [one["occurrenceID"] for one in page["specimens"]]
        address = page.get("next")
        assert (address or "no next page") in answer.headers["link"] or address is None
    assert sorted(seen) == sorted(one.occurrence_id for one in records)


def test_every_record_answers_at_its_own_address(client: TestClient) -> None:
    for one in client.get("/api/specimens?size=1000").json()["specimens"]:
        answer = client.get(one["self"])
        assert answer.status_code == 200
        assert answer.json().items() >= one.items()


@pytest.mark.parametrize("key", [AWKWARD, "/", "a/b", "a\nb", "ä b", "localities.geojson"])
def test_a_key_may_hold_anything(client: TestClient, add_record: Callable[..., Specimen], key: str) -> None:
    if "\n" not in key:
        add_record(occurrence_id=key, verbatim_identification="Lufengosaurus", earliest_interval="Hettangian")
        [found] = [one for one in client.get("/api/specimens?q=T 1").json()["specimens"] if one["occurrenceID"] == key]
        assert client.get(found["self"]).json()["occurrenceID"] == key
    else:
        assert problem(client.get("/api/specimens/a%0Ab"))["status"] == 404


def test_one_record_is_to_be_had_as_linked_data(client: TestClient) -> None:
    answer = client.get("/api/specimens/bonebed:ivpp-v15", headers={"Accept": "application/ld+json"})
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.json()["@id"] == "http://testserver/specimen?id=bonebed:ivpp-v15"


def test_photographs_have_their_address(client: TestClient, add_record: Callable[..., Specimen]) -> None:
    record = add_record(verbatim_identification="Lufengosaurus", earliest_interval="Hettangian")
    kept = media.receive(THIS_COMPUTER, telephone_jpeg(), license="CC0-1.0", credit="Anna")
    with database.writing() as connection:
        media.add(connection, THIS_COMPUTER, record.occurrence_id, [kept], version=1)
    [told] = client.get(f"/api/specimens/{record.occurrence_id}").json()["media"]
    assert told["format"] == "image/jpeg"
    assert client.get(told["accessURI"]).headers["content-type"] == "image/jpeg"
    assert "addedBy" in told
    [told] = client.get(f"/api/specimens/{record.occurrence_id}", headers=OTHER_SITE).json()["media"]
    assert "addedBy" not in told


def test_places_taxa_and_intervals_answer(client: TestClient) -> None:
    places = client.get("/api/localities.geojson?country=CN")
    assert places.headers["content-type"] == "application/geo+json"
    assert places.json()["features"]
    assert client.get("/api/taxa?q=lufeng").json()["taxa"]
    assert client.get("/api/intervals?rank=period").json()["intervals"]


def test_browsers_get_a_page_that_needs_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/api", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert 'lang="en"' in page.text
    assert "Words that the record must have" in page.text
    assert "记录中必须出现的词" in client.get("/api?lang=zh", headers={"Accept": "text/html"}).text


def test_the_examples_of_the_page_work(client: TestClient) -> None:
    import re
    from html import unescape

    page = client.get("/api", headers={"Accept": "text/html"}).text
    links = [unescape(link) for link in re.findall(r'href="(http://testserver/api/[^"]+)"', page)]
    assert len(links) >= 8
    for link in links:
        assert client.get(link).status_code == 200


def test_an_answer_is_asked_for_anew_by_its_tag(client: TestClient, add_record: Callable[..., Specimen]) -> None:
    for address in ("/api/specimens?q=lufeng", "/api/specimens/bonebed:ivpp-v15", "/api/taxa", "/api/intervals"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    add_record(verbatim_identification="Lufengosaurus", earliest_interval="Hettangian")
    changed = client.get("/api/intervals", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json() != first.json()


def test_what_changed_lately_has_a_tag_of_its_content(client: TestClient) -> None:
    first = client.get("/api/specimens?changed=7")
    assert client.get("/api/specimens?changed=7", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_an_answer_says_when_it_changed(client: TestClient) -> None:
    told = client.get("/api/specimens/bonebed:ivpp-v15")
    assert told.headers["last-modified"].endswith(" GMT")
    assert client.get("/api/specimens").headers["last-modified"].endswith(" GMT")


def test_an_answer_belongs_to_its_reader_alone(
    client: TestClient, with_visitors: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_visitor = client.get("/api/specimens")
    assert "private" in as_visitor.headers["cache-control"]
    assert {"Cookie", "Accept", "Origin"} <= {name.strip() for name in as_visitor.headers["vary"].split(",")}
    monkeypatch.setattr(who, "of_cookies", lambda cookies: CATALOGUER)
    as_staff = client.get("/api/specimens", headers={"If-None-Match": as_visitor.headers["etag"]})
    assert as_staff.status_code == 200
    assert as_staff.headers["etag"] != as_visitor.headers["etag"]


def test_each_reader_gets_what_that_person_may_see(
    client: TestClient, with_visitors: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Person] = []
    get = specimens.get
    monkeypatch.setattr("catalogue.finding.get", lambda *args, who: read.append(who) or get(*args, who=who))
    monkeypatch.setattr(who, "of_cookies", lambda cookies: CATALOGUER)
    client.get("/api/specimens/bonebed:ivpp-v15")
    client.get("/api/specimens/bonebed:ivpp-v15", headers={"Origin": "http://testserver"})
    client.get("/api/specimens/bonebed:ivpp-v15", headers=OTHER_SITE)
    assert read == [CATALOGUER, CATALOGUER, VISITOR]


def test_who_may_not_read_is_told_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "of_cookies", lambda _: Person("", "", "nobody"))  # type: ignore[arg-type]
    for address in ("/api/specimens", "/api/specimens/bonebed:ivpp-v15", "/api/taxa", "/api/intervals", "/api/localities.geojson"):  # fmt: skip
        assert problem(client.get(address))["status"] == 403


def test_other_sites_may_read_where_there_are_visitors(client: TestClient, with_visitors: None) -> None:
    asked = client.options("/api/specimens", headers=OTHER_SITE)
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    answer = client.get("/api/specimens", headers=OTHER_SITE)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert client.get("/api/specimens?x=1").headers["access-control-allow-origin"] == "*"


def test_other_sites_may_not_read_the_catalogue_of_a_single_computer(client: TestClient) -> None:
    answer = client.get("/api/specimens", headers=OTHER_SITE)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_what_cannot_be_understood_is_said_parameter_by_parameter(client: TestClient) -> None:
    told = problem(client.get("/api/specimens?kind=mine&size=0"))
    assert told["title"] == "Bad Request"
    assert [one["parameter"] for one in told["errors"]] == ["kind", "size"]
    assert told["errors"][0]["allowed"] == ["all", "own", "published"]


def test_a_problem_is_told_in_the_language_of_the_reader(client: TestClient) -> None:
    told = problem(client.get("/api/specimens?size=0", headers={"Accept-Language": "zh-CN"}))
    assert told["detail"] == "“size”必须是 1 到 1000 之间的整数。"


@pytest.mark.parametrize("address", ["/api/", "/api/species", "/api/specimens/none", "/api/specimens/", "/api/a%0Ab"])
def test_what_is_not_there_is_a_problem_too(client: TestClient, address: str) -> None:
    assert problem(client.get(address))["title"] == "Not Found"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    answer = client.request(method, "/api/specimens/bonebed:ivpp-v15")
    assert problem(answer)["status"] == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_form_that_is_not_to_be_had_is_said(client: TestClient) -> None:
    answer = client.get("/api/specimens", headers={"Accept": "text/csv"})
    assert "application/json" in problem(answer)["detail"]
    assert answer.status_code == 406


def test_head_is_a_get_without_its_content(client: TestClient) -> None:
    told = client.head("/api/specimens/bonebed:ivpp-v15")
    assert told.status_code == 200
    assert told.headers["etag"] == client.get("/api/specimens/bonebed:ivpp-v15").headers["etag"]


def test_too_many_questions_have_to_wait(collection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_API_PER_MINUTE", "3")
    settings.cache_clear()
    client = browser()
    assert [client.get(place).status_code for place in ("/api", "/api/taxa", "/api/none")] == [200, 200, 404]
    answer = client.get("/api/specimens")
    assert "3 questions in a minute" in problem(answer)["detail"]
    assert 1 <= int(answer.headers["retry-after"]) <= 20


def test_a_fault_of_ours_is_logged_and_not_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("password of the database")

    monkeypatch.setattr("catalogue.finding.revision", broken)
    answer = client.get("/api/specimens")
    assert problem(answer)["status"] == 500
    assert "password" not in answer.text
    assert "password of the database" in caplog.text


def test_addresses_in_answers_are_those_of_the_museum(collection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_PUBLIC_URL", "https://museum.example/bones/")
    settings.cache_clear()
    told = browser().get("/api/specimens/bonebed:ivpp-v15").json()
    assert told["self"] == "https://museum.example/bones/api/specimens/bonebed:ivpp-v15"
    assert json.dumps(told).count("testserver") == 0


def test_a_prefix_of_the_server_is_kept(collection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "screens.parts.prefix.st.get_option", lambda name: "bones" if name == "server.baseUrlPath" else ""
    )
    told = browser().get("/bones/api/specimens/bonebed:ivpp-v15").json()
    assert told["self"] == "http://testserver/bones/api/specimens/bonebed:ivpp-v15"
