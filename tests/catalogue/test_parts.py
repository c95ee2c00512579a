"""`catalogue.parts`: what a specimen may have many of is amended, found, written down, undone and restored with its record."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from catalogue import history, specimens, undoing
from catalogue.checking import Draft, InvalidDraft
from catalogue.identifying import identify, make_current
from catalogue.parts import (
    NEEDED,
    PARTS,
    AbsoluteAge,
    Citation,
    ConditionReport,
    Identification,
    OtherNumber,
    Piece,
    Relation,
    StoragePlace,
    nothing,
    part_of,
    plain,
)
from catalogue.records import Measurement
from catalogue.rights import VISITOR, NotAllowed, Person, Role
from catalogue.searching.query import Query
from catalogue.specimens import Conflict, NoSuchSpecimen
from catalogue.tables import PART_TABLES
from catalogue.taking_over import put
from tests.thoroughness import often

ANNA = Person("anna", "Anna", Role.CURATOR)
BEN = Person("ben", "Ben", Role.CATALOGUER)

ONE_OF_EACH: dict[str, list[Any]] = {
    "statements": [Measurement("k", "femur length", "about 57", "cm")],
    "identifications": [Identification("Gyposaurus sinensis", identified_by="C. C. Young", date_identified="1941")],
    "pieces": [Piece("femur", side="left", piece_count="1"), Piece("vertebra", piece_count="about 20")],
    "citations": [Citation("Young 1941", pages="pl. 3", citation_role="describes", doi="10.1000/1")],
    "other_numbers": [OtherNumber("38-17", institution_code="GSC", number_kind="field number")],
    "relations": [Relation("cast of", related_resource="IVPP V 20")],
    "absolute_ages": [AbsoluteAge(198.5, 1.2, "2σ", "U-Pb", "zircon")],
    "storage": [StoragePlace("room 2, cabinet 14, drawer 3", what="skull")],
    "condition_reports": [ConditionReport("2026-05-04", "crack in the shaft", next_check_due="2027-05-04")],
}


@pytest.fixture
def key(connection: Connection, draft: Draft) -> str:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"})
    return "k"


def fields_told(connection: Connection, key: str) -> set[str]:
    """The fields that the last edit of a record changed, without those that follow from others."""
    past = history.of_record(connection, key)
    return {made.field for made in past if made.edit == past[0].edit and made.field not in history.DERIVED}


def problems(error: pytest.ExceptionInfo[InvalidDraft]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_each_list_has_its_table_and_its_needs() -> None:
    assert PARTS.keys() == PART_TABLES.keys() == NEEDED.keys()
    for name, kind in PARTS.items():
        names = {field.name for field in fields(kind)} - {"occurrence_id"}
        assert names == set(PART_TABLES[name].c.keys()) - {"id", "specimen_id", "position"}
        assert set(NEEDED[name]) <= names


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_part_is_the_same_after_it_was_written_down(name: str) -> None:
    for part in ONE_OF_EACH[name]:
        assert part_of(name, "k", plain(part)) == part


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_list_is_one_field_of_its_record(connection: Connection, key: str, name: str) -> None:
    before = specimens.held_by(connection, specimens.get(connection, key))
    changed = specimens.amend(connection, BEN, key, {name: ONE_OF_EACH[name]}, version=1)
    assert specimens.listed(connection, key, name, who=ANNA) == ONE_OF_EACH[name]
    assert fields_told(connection, key) == {name}
    assert changed.version == 2
    assert specimens.amend(connection, BEN, key, {name: ONE_OF_EACH[name]}, version=2) == changed
    undoing.undo(connection, BEN, history.edits_of(connection, limit=1)[0].id)
    assert specimens.held_by(connection, specimens.get(connection, key)) == before


def test_a_new_record_brings_its_lists(connection: Connection, draft: Draft) -> None:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"} | ONE_OF_EACH)
    assert specimens.parts_of(connection, "k", who=ANNA) == nothing() | ONE_OF_EACH


def test_a_removed_record_comes_back_with_all_its_lists(connection: Connection, draft: Draft) -> None:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"} | ONE_OF_EACH)
    specimens.remove(connection, ANNA, "k", version=1)
    assert not any(connection.scalar(select(func.count()).select_from(table)) for table in PART_TABLES.values())
    specimens.restore(connection, ANNA, "k")
    assert specimens.parts_of(connection, "k", who=ANNA) == nothing() | ONE_OF_EACH
    assert specimens.count(connection, Query(text="Gyposaurus")) == 1


@pytest.mark.parametrize("words", ["femur", "38-17", "Gyposaurus", "zircon", "IVPP V 20", "57"])
def test_a_specimen_is_found_by_its_parts(connection: Connection, draft: Draft, words: str) -> None:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"} | ONE_OF_EACH)
    assert specimens.count(connection, Query(text=words)) == 1


def test_nobody_finds_a_specimen_by_where_it_is_kept(connection: Connection, draft: Draft) -> None:
    specimens.add(connection, ANNA, draft | ONE_OF_EACH)
    assert specimens.count(connection, Query(text="cabinet")) == specimens.count(connection, Query(text="crack")) == 0


def test_what_the_file_says_of_a_list_is_taken_over(connection: Connection, draft: Draft) -> None:
    taken = draft | {"occurrence_id": "k", "other_numbers": ONE_OF_EACH["other_numbers"]}
    assert put(connection, ANNA, taken) == "accepted"
    assert put(connection, ANNA, taken) == "unchanged"
    assert put(connection, ANNA, draft | {"occurrence_id": "k"}) == "unchanged"
    assert put(connection, ANNA, taken | {"other_numbers": []}) == "changed"
    assert specimens.listed(connection, "k", "other_numbers", who=ANNA) == []


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("pieces", {"element": " "}, "element"),
        ("pieces", {"element": "femur", "date_prepared": "spring"}, "date_prepared"),
        ("identifications", {"verbatim_identification": "禄丰龙"}, "verbatim_identification"),
        ("absolute_ages", {"age_ma": "old"}, "age_ma"),
        ("absolute_ages", {"age_ma": ""}, "age_ma"),
        ("absolute_ages", {"age_ma": 190, "error_ma": "-1"}, "error_ma"),
        ("absolute_ages", {"age_ma": "inf"}, "age_ma"),
        ("condition_reports", {"checked_on": "2026", "condition": "good", "next_check_due": "2027"}, "next_check_due"),
        ("condition_reports", {"checked_on": "2026", "condition": "good", "next_check_due": "2027-02-30"}, "next_check_due"),
        ("relations", {"relationship_of_resource": "friend of", "related_resource": "x"}, "relationship_of_resource"),
        ("relations", {"relationship_of_resource": "part of"}, "related_occurrence_id"),
        ("storage", {"storage_location": "a\x00b"}, "storage_location"),
        ("citations", {"bibliographic_citation": "x" * 10_001}, "bibliographic_citation"),
    ],
)  # fmt: skip
def test_a_bad_part_is_refused_with_its_place(
    connection: Connection, key: str, name: str, row: dict[str, object], field: str
) -> None:
    good = ONE_OF_EACH[name][0]
    with pytest.raises(InvalidDraft) as error:
        specimens.amend(connection, BEN, key, {name: [good, row]}, version=1)
    assert problems(error) == [f"{name}.1.{field}"]
    assert specimens.get(connection, key).version == 1


def test_problems_of_fields_and_lists_are_told_together(connection: Connection, draft: Draft) -> None:
    with pytest.raises(InvalidDraft) as error:
        specimens.add(connection, ANNA, draft | {"decimal_latitude": 91, "pieces": [{}, {}]})
    assert problems(error) == ["decimal_latitude", "pieces.0.element", "pieces.1.element"]


def test_the_second_saver_of_a_list_is_told(connection: Connection, key: str) -> None:
    specimens.amend(connection, ANNA, key, {"pieces": ONE_OF_EACH["pieces"]}, version=1)
    with pytest.raises(Conflict) as conflict:
        specimens.amend(connection, BEN, key, {"pieces": []}, version=1)
    assert [made.field for made in conflict.value.since] == ["pieces"]


def test_visitors_change_no_list(connection: Connection, key: str) -> None:
    with pytest.raises(NotAllowed):
        specimens.amend(connection, VISITOR, key, {"pieces": ONE_OF_EACH["pieces"]}, version=1)


# Names


def names(connection: Connection, key: str) -> list[str]:
    listed = specimens.listed(connection, key, "identifications", who=ANNA)
    return [specimens.get(connection, key).verbatim_identification, *(one.verbatim_identification for one in listed)]


def test_a_new_name_puts_the_old_one_into_the_list_with_all_that_was_known_of_it(
    connection: Connection, key: str
) -> None:
    known = {"identified_by": "C. C. Young", "date_identified": "1941", "scientific_name_authorship": "Young, 1941"}
    specimens.amend(connection, ANNA, key, known | {"type_status": "holotype"}, version=1)
    now = specimens.amend(connection, BEN, key, {"verbatim_identification": "cf. Yunnanosaurus"}, version=2)
    assert (now.identified_by, now.date_identified, now.scientific_name_authorship) == ("", "", "")
    assert now.type_status == "holotype"
    assert specimens.listed(connection, key, "identifications", who=ANNA) == [
        Identification("Lufengosaurus huenei", type_status="holotype", **known)
    ]
    assert specimens.count(connection, Query(text="huenei")) == 1
    undoing.undo(connection, BEN, history.edits_of(connection, limit=1)[0].id)
    assert names(connection, key) == ["Lufengosaurus huenei"]
    assert specimens.get(connection, key).identified_by == "C. C. Young"


def test_an_import_overwrites_no_name_either(connection: Connection, draft: Draft) -> None:
    put(connection, ANNA, draft | {"occurrence_id": "k"})
    put(connection, ANNA, draft | {"occurrence_id": "k", "verbatim_identification": "Yunnanosaurus huangi"})
    assert names(connection, "k") == ["Yunnanosaurus huangi", "Lufengosaurus huenei"]


def test_a_slip_of_the_pen_is_corrected_without_a_trace_in_the_list(connection: Connection, key: str) -> None:
    corrected = {"verbatim_identification": "Lufengosaurus magnus", "identifications": []}
    specimens.amend(connection, ANNA, key, corrected, version=1)
    assert names(connection, key) == ["Lufengosaurus magnus"]


def test_the_same_name_with_other_blanks_is_no_new_name(connection: Connection, key: str) -> None:
    specimens.amend(connection, ANNA, key, {"verbatim_identification": "  Lufengosaurus  huenei "}, version=1)
    assert specimens.get(connection, key).version == 1


def test_names_follow_each_other_and_any_of_them_can_be_made_current(connection: Connection, key: str) -> None:
    identify(
        connection,
        ANNA,
        key,
        {"verbatim_identification": "Yunnanosaurus or Lufengosaurus", "identified_by": "A"},
        version=1,
    )
    identify(connection, ANNA, key, {"verbatim_identification": "Theropoda indet.", "identified_by": "B"}, version=2)
    assert names(connection, key) == ["Theropoda indet.", "Yunnanosaurus or Lufengosaurus", "Lufengosaurus huenei"]
    make_current(connection, ANNA, key, 1, version=3)
    assert names(connection, key) == ["Lufengosaurus huenei", "Yunnanosaurus or Lufengosaurus", "Theropoda indet."]
    listed = specimens.listed(connection, key, "identifications", who=ANNA)
    assert [one.identified_by for one in listed] == ["A", "B"]


# Any sequence of edits

ROWS: dict[str, st.SearchStrategy[Any]] = {
    "pieces": st.builds(Piece, st.sampled_from(["femur", "tibia", "颅骨"]), piece_count=st.sampled_from(["", "2"])),
    "identifications": st.builds(Identification, st.sampled_from(["Theropoda indet.", "cf. Sinosaurus", "Dinosauria"])),
    "other_numbers": st.builds(OtherNumber, st.sampled_from(["1", "2", "3"])),
    "absolute_ages": st.builds(AbsoluteAge, st.floats(0, 300), st.none() | st.floats(0, 5)),
    "storage": st.builds(StoragePlace, st.sampled_from(["room 1", "room 2"])),
    "relations": st.builds(Relation, st.just("cast of"), related_resource=st.sampled_from(["A 1", "A 2"])),
}


def _no_two_alike(listed: list[Any]) -> list[Any]:
    return [one for place, one in enumerate(listed) if one not in listed[:place]]


LISTS = st.sampled_from(sorted(ROWS)).flatmap(
    lambda name: st.fixed_dictionaries({name: st.lists(ROWS[name], max_size=3).map(_no_two_alike)})
)
NAMES = st.fixed_dictionaries(
    {"verbatim_identification": st.sampled_from(["Yunnanosaurus", "cf. Lufengosaurus", "Dinosauria"])}
)
EDITS = st.lists(LISTS | NAMES | st.just("remove"), max_size=8)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_any_edits_of_lists_undone_in_turn_give_back_the_start(
    connection: Connection, draft: Draft, edits: list[Any]
) -> None:
    with connection.begin_nested() as savepoint:
        specimens.add(connection, ANNA, draft | {"occurrence_id": "p", "pieces": [Piece("femur")]})
        start = specimens.held_by(connection, specimens.get(connection, "p"))
        first = history.edits_of(connection, limit=1)[0].id
        states = [start]
        for edit in edits:
            try:
                version = specimens.get(connection, "p").version
            except NoSuchSpecimen:
                break
            if edit == "remove":
                specimens.remove(connection, ANNA, "p", version=version)
            else:
                changed = specimens.amend(connection, ANNA, "p", edit, version=version)
                if changed.version > version:
                    states.append(specimens.held_by(connection, changed))
        for made in [one for one in history.edits_of(connection, limit=100) if one.id > first]:
            assert undoing.undo(connection, ANNA, made.id).kept == ()
        back = specimens.get(connection, "p")
        assert specimens.held_by(connection, back) == start
        past = history.of_record(connection, "p")
        if "remove" not in edits:
            reckoned = [history.state_at(start, past, version + 1) for version in range(len(states))]
            assert reckoned == states
        savepoint.rollback()
