"""The walk through deep time: a link for each step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from screens import class_walk
from screens.class_walk import STEPS

OpenPage = Callable[..., Any]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_each_step_has_its_name_its_facts_and_its_link(open_page: OpenPage, step: int, lang: str) -> None:
    screen = open_page("class", step=str(step), lang=lang)
    assert timescale()[STEPS[step - 1]].label(lang) in screen.markup("head")
    assert sum("step-fact" in element.proto.body for element in screen.elements() if element.type == "html") >= 1


def test_next_and_back_walk_from_end_to_end(open_page: OpenPage) -> None:
    screen = open_page("class")
    assert screen.app.button(key="back").disabled
    for step in range(2, len(STEPS) + 1):
        assert screen.press("next").query == {"step": str(step)}
    assert screen.app.button(key="next").disabled
    assert screen.press("back").query == {"step": str(len(STEPS) - 1)}


@pytest.mark.parametrize("step", ["0", "99", "-1", "x", "1.5", "²", "9" * 5000, ""])
def test_a_step_that_is_none_begins_at_the_beginning(open_page: OpenPage, step: str) -> None:
    screen = open_page("class", step=step)
    assert screen.app.button(key="back").disabled
    assert screen.query == {}


def test_the_finds_of_a_step_lived_then_and_open(open_page: OpenPage, records: list[Specimen]) -> None:
    screen = open_page("class", step=str(STEPS.index("Early Jurassic") + 1))
    span = timescale()["Early Jurassic"].span
    shown = screen.names("lived")
    found = {record.occurrence_id: record for record in records}
    assert shown
    assert all(found[key].max_ma <= span.max_ma and found[key].min_ma >= span.min_ma for key in shown)
    assert screen.choose("lived", shown[0]).query == {"id": shown[0]}


def test_the_walk_tells_of_the_first_dinosaurs_a_world_without_flowers_and_the_branch_that_lived_on(
    open_page: OpenPage,
) -> None:
    told = "\n".join(open_page("class", step=str(step)).text() for step in range(1, len(STEPS) + 1))
    for fact in (
        "230 million",
        "ginkgos and conifers",
        "no grass",
        "No flower",
        "66 million years ago",
        "except one branch: the birds",
    ):
        assert fact in told


def test_what_is_told_is_read_from_the_disk_once(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_page("class", step="3")
    told = screen.text()
    monkeypatch.setattr(class_walk, "read_facts", _unreadable)
    monkeypatch.setattr(class_walk, "FACTS", Path("nowhere"))
    screen.run()
    assert screen.text() == told


def _unreadable(table: str) -> list[dict[str, str]]:
    raise AssertionError(f"{table} is read again")


def test_the_story_of_lufeng_is_told_in_both_languages(open_page: OpenPage) -> None:
    assert "Young" in open_page("class").text()
    assert "杨钟健" in open_page("class", lang="zh").text()


def test_each_step_leads_to_the_earth_of_its_time(open_page: OpenPage) -> None:
    links = [link.proto.query_string for link in open_page("class", step="4").app.get("page_link")]
    assert any("earth=then" in link and "interval=Early+Jurassic" in link for link in links)
