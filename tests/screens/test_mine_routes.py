"""A visitor's own collection: the server is told keys alone, answers with what everybody may see, and keeps nothing."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.records import Specimen
from screens import mine_routes, serving
from tests import withheld

RECORDS = "/my-collection/records"


@pytest.fixture
def browser(collection: None) -> Iterator[TestClient]:
    yield TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware()))


@pytest.mark.parametrize(("language", "title"), [("en", "My collection"), ("zh", "我的收藏")])
def test_the_page_is_there_in_both_languages(browser: TestClient, language: str, title: str) -> None:
    assert f"<title>{title}</title>" in browser.get(f"/my-collection?lang={language}").text


def test_records_are_told_by_their_keys_and_what_is_not_there_is_left_out(browser: TestClient) -> None:
    told = browser.post(f"{RECORDS}?lang=zh", json=["bonebed:ivpp-v15", "nothing", 7]).json()
    assert list(told) == ["bonebed:ivpp-v15"]
    assert "Lufengosaurus" in told["bonebed:ivpp-v15"]["name"]
    assert "早侏罗世" in told["bonebed:ivpp-v15"]["html"]


def test_a_withheld_site_stays_withheld(browser: TestClient, add_record: Callable[..., Specimen]) -> None:
    add_record(**withheld.SPECIMEN)
    told = browser.post(RECORDS, json=[withheld.KEY]).text
    assert withheld.KEY in told
    assert withheld.betrayed(told) == []


@pytest.mark.parametrize("sent", [b"{]", b'{"keys": 1}', b"null", b"[[1], {}]"])
def test_what_is_no_list_of_keys_is_answered_calmly(browser: TestClient, sent: bytes) -> None:
    answer = browser.post(RECORDS, content=sent)
    assert answer.status_code == 400 or answer.json() == {}


def test_an_endless_list_is_refused(browser: TestClient) -> None:
    assert browser.post(RECORDS, json=["k" * 200] * 1000).status_code == 413
    assert len(browser.post(RECORDS, json=["bonebed:ivpp-v15"] * (mine_routes.MOST + 1)).json()) == 1
