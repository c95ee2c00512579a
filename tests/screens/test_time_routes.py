"""The time machine's page: it holds all it needs, withheld sites stay withheld, and a link that asks for nonsense is answered calmly."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.records import Specimen
from screens import serving
from screens.parts import trees
from screens.parts.time_data import SPAN
from tests import withheld
from trees.lineages import lineages_through_time

MOMENTS = (240, 195, 150, 66.5, 0)


@pytest.fixture
def browser(collection: None) -> Iterator[TestClient]:
    yield TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware()))


def given(browser: TestClient, query: str = "lang=en") -> dict[str, Any]:
    answer = browser.get(f"/time?{query}")
    assert answer.status_code == 200
    found = re.search(r'<script type="application/json" id="given">(.*?)</script>', answer.text, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_the_page_holds_every_find_and_its_place(browser: TestClient, records: list[Specimen]) -> None:
    told = given(browser)
    keys = [find[0] for find in told["finds"]]
    assert sorted(keys) == sorted(one.occurrence_id for one in records if one.span.overlaps(SPAN))
    on_map = {keys[number] for place in told["places"] for number in place[5]}
    assert on_map == {one.occurrence_id for one in records if one.has_place and one.occurrence_id in keys}
    assert {fact for unit in told["units"] for fact in unit[6]} == set(range(len(told["facts"])))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_comes_from_elsewhere(browser: TestClient, lang: str) -> None:
    page = browser.get(f"/time?lang={lang}").text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_the_frames_reach_from_today_to_the_end_of_the_slider(browser: TestClient) -> None:
    ages = browser.get(given(browser)["earth"].removeprefix(".")).json()["ages"]
    assert ages[0] == 0 and ages[-1] >= SPAN.max_ma


@pytest.mark.parametrize("age", MOMENTS)
def test_the_tree_that_is_sent_has_the_lineages_of_the_dated_tree(browser: TestClient, age: float) -> None:
    """Counted as the browser counts: a tip within its range, or a branch that has begun and not yet reached its end."""
    nodes = given(browser)["tree"]
    inner = {node[0] for node in nodes}
    known = sum(n not in inner and node[1] >= age >= node[2] for n, node in enumerate(nodes))
    ghosts = sum(node[0] >= 0 and nodes[node[0]][1] >= age > node[1] for node in nodes)
    assert (known, ghosts) == lineages_through_time(trees.dated_now()).at(age)


def test_a_clade_has_its_own_counts(browser: TestClient) -> None:
    whole = browser.get("/time/curve").json()["bins"]
    part = browser.get("/time/curve?clade=Sauropodomorpha").json()
    assert part["clade"] == "Sauropodomorpha" and len(part["bins"]) == len(whole)
    assert all(small[3] <= large[3] for small, large in zip(part["bins"], whole, strict=True))
    assert 0 < sum(row[3] for row in part["bins"]) < sum(row[3] for row in whole)
    assert given(browser, "clade=Sauropodomorpha")["curve"] == part
    assert browser.get("/time/curve?clade=Nothing").status_code == 404


def test_a_link_opens_its_moment(browser: TestClient, records: list[Specimen]) -> None:
    start = given(browser, "at=195&clade=Sauropodomorpha&specimen=" + records[0].occurrence_id)["start"]
    assert start == {"at": 195, "clade": "Sauropodomorpha", "specimen": records[0].occurrence_id, "notes": []}
    alone = given(browser, "specimen=" + records[0].occurrence_id)["start"]
    assert alone["at"] == round(records[0].span.midpoint, 2)


@pytest.mark.parametrize(
    ("query", "at", "notes"),
    [
        ("at=abc", 195, 1), ("at=9999", 252, 1), ("at=-3", 0, 1), ("at=nan", 195, 1), ("at=", 195, 0), ("at=66", 66, 0),
        ("clade=Nonsense", 195, 1), ("specimen=nobody&clade=%3Cscript%3E", 195, 2),
    ],
)  # fmt: skip
def test_nonsense_is_answered_calmly(browser: TestClient, query: str, at: float, notes: int) -> None:
    start = given(browser, query)["start"]
    assert (start["at"], start["clade"], start["specimen"], len(start["notes"])) == (at, "", "", notes)


def test_a_withheld_site_stays_withheld(browser: TestClient, add_record: Callable[..., Specimen]) -> None:
    add_record(**withheld.SPECIMEN)
    told = given(browser)
    assert withheld.KEY in {find[0] for find in told["finds"]}
    assert withheld.betrayed(json.dumps(told, ensure_ascii=False)) == []
