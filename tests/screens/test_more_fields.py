"""The folded fields of the form, an age suggested by a formation, and another name in the form."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.records import Specimen
from screens.parts import more_fields

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"


def record(key: str = KEY) -> Specimen:
    with database.reading() as connection:
        return specimens.get(connection, key)


def names(key: str = KEY) -> list[str]:
    with database.reading() as connection:
        return [one.verbatim_identification for one in specimens.listed(connection, key, "identifications")]


def test_each_folded_field_is_one_of_the_record_and_in_one_group() -> None:
    grouped = [name for group in more_fields._GROUPS.values() for name in group]
    assert sorted(grouped) == sorted(more_fields.LABELS)
    assert more_fields.LABELS.keys() <= Specimen.__dataclass_fields__.keys()


def test_the_folded_fields_are_saved_and_shown(open_page: OpenPage) -> None:
    screen = open_page("amend", id=KEY)
    screen.fill(amend_life_stage="adult", amend_individual_count="2", amend_minimum_elevation_in_meters="1560").press(
        "save"
    )
    assert (record().life_stage, record().individual_count, record().minimum_elevation_in_meters) == (
        "adult",
        2,
        1560.0,
    )
    shown = open_page("specimen", id=KEY).markup("labels")
    assert "adult" in shown and "1560 m" in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [("individual_count", "1.5"), ("date_identified", "long ago"), ("maximum_elevation_in_meters", "99999")],
)
def test_a_wrong_folded_field_is_named(open_page: OpenPage, field: str, typed: str) -> None:
    before = record()
    screen = open_page("amend", id=KEY).fill(**{f"amend_{field}": typed}).press("save")
    assert any(more_fields.LABELS[field] in error.value for error in screen.app.error)
    assert record() == before


def test_another_name_keeps_the_old_one_and_what_the_form_shows(open_page: OpenPage) -> None:
    old = record().verbatim_identification
    screen = open_page("amend", id=KEY)
    screen.fill(amend_verbatim_identification="cf. Yunnanosaurus", amend_identified_by="B. Li").press("save")
    assert (record().verbatim_identification, record().identified_by) == ("cf. Yunnanosaurus", "B. Li")
    assert names() == [old]


def test_a_record_of_one_interval_stays_of_one_and_what_that_does_to_the_tree_is_told_to_the_end(
    open_page: OpenPage,
) -> None:
    screen = open_page("amend", id=KEY).fill(amend_earliest_interval="Carnian").press("save")
    assert (record().earliest_interval, record().latest_interval) == ("Carnian", "Carnian")
    _key, changes = screen.app.session_state["just_added"]
    said = [str(change) for change in changes]
    assert said[0].startswith("Lufengosaurus now begins")
    assert [line.split(" ")[0] for line in said[-3:]] == ["and", "Lineages", "Agreement"]


def test_a_slip_of_the_pen_leaves_no_old_name(open_page: OpenPage) -> None:
    screen = open_page("amend", id=KEY).fill(amend_verbatim_identification="Lufengosaurus magnus")
    screen.fill(amend_name="slip").press("save")
    assert record().verbatim_identification == "Lufengosaurus magnus"
    assert names() == []


def test_a_formation_suggests_an_age_and_never_sets_it(open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_formation="lufeng")
    offered = [caption.value for caption in screen.app.caption if "Other finds" in caption.value]
    assert len(offered) == 1 and "Early Jurassic" in offered[0]
    assert screen.app.session_state["add_earliest_interval"] is None
    screen.press("add_age_0")
    assert screen.app.session_state["add_earliest_interval"]
    assert not [caption for caption in screen.app.caption if "Other finds" in caption.value]


def test_an_unknown_formation_suggests_nothing(open_page: OpenPage) -> None:
    screen = open_page("add").fill(add_formation="Nowhere")
    assert not [caption for caption in screen.app.caption if "Other finds" in caption.value]
