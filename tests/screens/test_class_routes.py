"""Lessons in front of a class, on its devices and in a showcase: what each page holds, and that a device can neither lead nor count twice."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from classroom.lessons import built_in_lessons
from screens import class_routes, join_routes, serving

QUESTION = next(number for number, step in enumerate(built_in_lessons()["extinct", "en"].steps) if step.answers)


@pytest.fixture
def wall(collection: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The browser of whoever presents."""
    monkeypatch.setattr(join_routes, "_WAIT_SECONDS", 0.05)
    yield device()


def device() -> TestClient:
    """Another browser before the same server."""
    return TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware()))


def opened(wall: TestClient) -> dict[str, Any]:
    room: dict[str, Any] = wall.post("/join", json={"lesson": "extinct", "language": "en"}).json()
    return room


def lead(wall: TestClient, room: dict[str, Any], **what: object) -> None:
    assert wall.post(f"/join/{room['code']}/lead", json={"key": room["key"], **what}).status_code == 200


@pytest.mark.parametrize(("key", "language"), list(built_in_lessons()))
def test_each_lesson_is_a_page_that_needs_nothing_more(wall: TestClient, key: str, language: str) -> None:
    page = wall.get(f"/lesson/{key}?lang={language}").text
    lesson = built_in_lessons()[key, language]
    assert page.count('<section class="slide') == len(lesson.steps)
    assert 'class="missing"' not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert len(re.findall(r"<figure>.*?<svg", page, re.DOTALL)) == len(lesson.steps), "no step is without its picture"


def test_what_is_not_there_leads_to_the_shelf(wall: TestClient) -> None:
    answer = wall.get("/lesson/nothing", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].startswith("/lessons")
    assert wall.get("/lesson/nothing/notes").status_code == 404


def test_the_notes_stand_in_the_second_window_only(wall: TestClient) -> None:
    note = "What else are they good for?"
    assert note in wall.get("/lesson/extinct/notes?lang=en").text
    assert note not in wall.get("/lesson/extinct?lang=en").text


def test_a_device_follows(wall: TestClient) -> None:
    room, phone = opened(wall), device()
    assert phone.get(f"/join?code={room['code'].lower()}").status_code == 200
    before = phone.get(f"/join/{room['code']}/state?seen=0").json()
    lead(wall, room, step=2)
    after = phone.get(f"/join/{room['code']}/state?seen={before['changes']}").json()
    assert (before["step"], after["step"]) == (0, 2)
    assert "One branch became birds" in phone.get(f"/join/{room['code']}/slides/2").text


def test_a_slide_goes_out_packed_may_be_kept_and_is_the_same_for_browsers_that_cannot_unpack(wall: TestClient) -> None:
    slide = f"/join/{opened(wall)['code']}/slides/3"
    packed, plain = wall.get(slide), wall.get(slide, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert "immutable" in packed.headers["cache-control"]


def test_a_device_that_knows_all_waits_and_is_told_the_same(wall: TestClient) -> None:
    room = opened(wall)
    seen = wall.get(f"/join/{room['code']}/state?seen=0").json()
    assert wall.get(f"/join/{room['code']}/state?seen={seen['changes']}").json() == seen


def test_a_thousand_answers_of_one_device_are_one(wall: TestClient) -> None:
    room, one, other = opened(wall), device(), device()
    lead(wall, room, step=QUESTION)
    for phone, choices in ((one, [0, 1, 2] * 30), (other, [2])):
        phone.get(f"/join/{room['code']}")
        for choice in choices:
            assert phone.post(f"/join/{room['code']}/answers", json={"step": QUESTION, "choice": choice}).json() == {"counts": True}  # fmt: skip
    told = wall.get(f"/join/{room['code']}/tally?key={room['key']}").json()
    assert told == {"devices": 2, "tally": [0, 0, 2, 0]}


def test_the_right_answer_is_told_to_devices_once_it_is_uncovered(wall: TestClient) -> None:
    room, phone = opened(wall), device()
    lead(wall, room, step=QUESTION)
    slide = phone.get(f"/join/{room['code']}/slides/{QUESTION}").text
    covered = phone.get(f"/join/{room['code']}/state?seen=0").json()
    because = "their bones still show it"
    assert "data-right" not in slide and because not in slide and because not in json.dumps(covered)
    assert covered["right"] == []
    lead(wall, room, step=QUESTION, shows_answer=True)
    told = phone.get(f"/join/{room['code']}/state?seen=0").json()
    assert told["right"] == [2] and because in told["because"]


@pytest.mark.parametrize(
    "sent",
    ["no json", "[]", '{"step": "1", "choice": 0}', '{"step": 0}', '{"choice": 9, "step": 9}', "x" * 5000, ""],
)
def test_an_answer_that_is_none_does_not_count(wall: TestClient, sent: str) -> None:
    room, phone = opened(wall), device()
    phone.get(f"/join/{room['code']}")
    assert phone.post(f"/join/{room['code']}/answers", content=sent).json() == {"counts": False}


def test_only_whoever_opened_the_class_leads_it(wall: TestClient) -> None:
    room, phone = opened(wall), device()
    assert phone.post(f"/join/{room['code']}/lead", json={"key": "guess", "step": 3}).status_code == 404
    assert phone.get(f"/join/{room['code']}/tally?key=guess").status_code == 404
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    stolen = wall.post(f"/join/{room['code']}/lead", json={"key": room["key"], "step": 3}, headers=elsewhere)
    assert stolen.status_code == 404
    assert wall.get(f"/join/{room['code']}/state?seen=0").json()["step"] == 0


def test_a_closed_class_is_gone_for_everyone(wall: TestClient) -> None:
    room, phone = opened(wall), device()
    lead(wall, room, close=True)
    for address in ("", "/state?seen=0", "/slides/0", f"/tally?key={room['key']}"):
        assert phone.get(f"/join/{room['code']}{address}").status_code == 404
    assert "No class meets under this code" in phone.get(f"/join?code={room['code']}&lang=en").text


def test_the_showcase_offers_four_tours_and_no_way_out(wall: TestClient) -> None:
    doors = wall.get("/kiosk?lang=zh").text
    assert doors.count("<button") == 4
    for key in class_routes.TOURS:
        page = wall.get(f"/kiosk/{key}?lang=zh").text
        out = [href for href in re.findall(r'<a [^>]*href="([^"#]+)"', page) if not href.startswith("/kiosk")]
        assert out == []
    assert wall.get("/kiosk/nothing", follow_redirects=False).headers["location"].startswith("/kiosk")


def test_a_quiz_is_a_lesson_whose_number_brings_it_back(wall: TestClient) -> None:
    page = wall.get("/lesson/q4711?lang=en").text
    assert page.count('<section class="slide') == 5
    assert page.count('<ol class="answers">') == 5
    assert wall.get("/lesson/q4711?lang=en").text == page != wall.get("/lesson/q4712?lang=en").text
    assert wall.post("/join", json={"lesson": "q4711", "language": "zh"}).status_code == 200
