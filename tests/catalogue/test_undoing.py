"""`catalogue.undoing`: one field, one record, one edit taken back; what people changed since stays."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from catalogue import history, specimens, undoing
from catalogue.checking import Draft
from catalogue.rights import Person, Role
from catalogue.specimens import Conflict, NoSuchSpecimen
from catalogue.taking_over import TakingOver
from catalogue.undoing import AlreadyUndone
from tests.thoroughness import often

ANNA = Person("anna", "Anna", Role.CURATOR)
CARL = Person("carl", "Carl", Role.CATALOGUER)


def latest(connection: Connection) -> int:
    return history.edits_of(connection, limit=1)[0].id


@pytest.fixture
def key(connection: Connection, draft: Draft) -> str:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"})
    return "k"


def test_an_added_record_is_taken_back(connection: Connection, key: str) -> None:
    undone = undoing.undo(connection, CARL, latest(connection))
    assert undone.records == (key,)
    assert undone.kept == ()
    with pytest.raises(NoSuchSpecimen):
        specimens.get(connection, key)


def test_an_undo_can_be_undone(connection: Connection, key: str) -> None:
    undone = undoing.undo(connection, ANNA, latest(connection))
    undoing.undo(connection, ANNA, undone.edit)
    assert specimens.get(connection, key).catalog_number


def test_a_record_that_was_changed_since_stays(connection: Connection, key: str) -> None:
    adding = latest(connection)
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe"}, version=1)
    undone = undoing.undo(connection, ANNA, adding)
    assert undone.records == ()
    assert [(kept.occurrence_id, str(kept.reason)) for kept in undone.kept] == [
        (key, "The record was changed since it was added, so it stays.")
    ]


def test_an_amendment_is_undone_field_by_field(connection: Connection, key: str) -> None:
    before = specimens.get(connection, key)
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe", "member": "Shawan"}, version=1)
    first = latest(connection)
    specimens.amend(connection, CARL, key, {"member": "Zhangjiawa"}, version=2)
    undone = undoing.undo(connection, ANNA, first)
    now = specimens.get(connection, key)
    assert (now.formation, now.member) == (before.formation, "Zhangjiawa")
    assert [kept.fields for kept in undone.kept] == [("member",)]
    assert undone.records == (key,)


def test_what_was_undone_is_not_undone_again(connection: Connection, key: str) -> None:
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe"}, version=1)
    number = latest(connection)
    undoing.undo(connection, ANNA, number)
    with pytest.raises(AlreadyUndone):
        undoing.undo(connection, ANNA, number)


def test_an_import_is_undone_but_for_what_people_changed(connection: Connection, draft: Draft) -> None:
    door = TakingOver(connection)
    drafts = [draft | {"occurrence_id": f"k{number}", "catalog_number": f"V{number}"} for number in range(3)]
    edit = door.keep(ANNA, [door.judge(one) for one in drafts])
    specimens.amend(connection, CARL, "k1", {"formation": "Fengjiahe"}, version=1)
    undone = undoing.undo(connection, ANNA, edit)
    assert undone.records == ("k0", "k2")
    assert [kept.occurrence_id for kept in undone.kept] == ["k1"]
    assert specimens.count(connection) == 1


def test_one_field_goes_back_and_the_others_stay(connection: Connection, key: str) -> None:
    first = specimens.get(connection, key)
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe", "member": "Shawan"}, version=1)
    back = undoing.revert(connection, ANNA, key, 1, version=2, only=["member"])
    assert (back.formation, back.member) == ("Fengjiahe", first.member)
    whole = undoing.revert(connection, ANNA, key, 1, version=3)
    assert specimens.held_by(connection, whole)["formation"] == first.formation


def test_going_back_asks_for_the_version_that_was_open(connection: Connection, key: str) -> None:
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe"}, version=1)
    with pytest.raises(Conflict):
        undoing.revert(connection, CARL, key, 1, version=1)


EDITS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"formation": st.sampled_from(["", "Lufeng", "Fengjiahe"])}),
        st.fixed_dictionaries(
            {"verbatim_identification": st.sampled_from(["Yunnanosaurus", "cf. Lufengosaurus", "Dinosauria indet."])}
        ),
        st.fixed_dictionaries(
            {"earliest_interval": st.sampled_from(["Hettangian", "Early Jurassic"]), "latest_interval": st.just("")}
        ),
        st.fixed_dictionaries({"decimal_latitude": st.sampled_from([25.1, -3.0]), "decimal_longitude": st.just(102.0)}),
        st.just("remove"),
    ),
    max_size=8,
)


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_any_edits_undone_in_turn_give_back_the_start(connection: Connection, draft: Draft, edits: list[Any]) -> None:
    with connection.begin_nested() as savepoint:
        specimens.add(connection, ANNA, draft | {"occurrence_id": "p"})
        start = specimens.held_by(connection, specimens.get(connection, "p"))
        first = latest(connection)
        for edit in edits:
            try:
                version = specimens.get(connection, "p").version
            except NoSuchSpecimen:
                break
            if edit == "remove":
                specimens.remove(connection, ANNA, "p", version=version)
            else:
                specimens.amend(connection, ANNA, "p", edit, version=version)
        for made in [one for one in history.edits_of(connection, limit=100) if one.id > first]:
            undoing.undo(connection, ANNA, made.id)
        assert specimens.held_by(connection, specimens.get(connection, "p")) == start
        savepoint.rollback()
