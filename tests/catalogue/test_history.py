"""`catalogue.history` and the writing half of `catalogue.specimens`: amend, conflict, remove, restore, and their traces."""

import pytest
from sqlalchemy import Connection

from catalogue import history, specimens
from catalogue.checking import Draft, InvalidDraft
from catalogue.records import Measurement
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from catalogue.searching.query import Query
from catalogue.specimens import Conflict, NoSuchSpecimen

ANNA = Person("anna", "Anna", Role.CURATOR)
BEN = Person("ben", "Ben", Role.CURATOR)


@pytest.fixture
def key(connection: Connection, draft: Draft) -> str:
    specimens.add(connection, ANNA, draft | {"occurrence_id": "k"})
    return "k"


def told(connection: Connection, key: str) -> list[tuple[str, str, object, object]]:
    """The history of a record without what follows from other fields: who, field, before, after; newest first."""
    past = history.of_record(connection, key)
    return [
        (made.edit.made_by, made.field, made.before, made.after) for made in past if made.field not in history.DERIVED
    ]


def test_adding_leaves_one_trace(connection: Connection, key: str) -> None:
    assert told(connection, key) == [("anna", "", None, {})]


def test_only_what_differs_is_written_down(connection: Connection, key: str) -> None:
    changed = specimens.amend(
        connection, BEN, key, {"formation": "Fengjiahe", "county": "Lufeng"}, version=1, why="new map"
    )
    held = specimens.get(connection, key)
    assert changed == held
    assert (held.version, held.formation) == (2, "Fengjiahe")
    fields = {field for _, field, _, _ in told(connection, key)}
    assert "formation" in fields
    assert "locality" not in fields
    assert history.of_record(connection, key)[0].edit.why == "new map"
    assert specimens.count(connection, Query(text="Fengjiahe")) == 1


def test_the_same_again_leaves_no_trace(connection: Connection, key: str) -> None:
    before = told(connection, key)
    same = specimens.get(connection, key)
    assert specimens.amend(connection, BEN, key, {"formation": same.formation}, version=1) == same
    assert told(connection, key) == before
    assert history.edits_of(connection)[0].made_by == "anna"


def test_the_second_saver_is_told_what_the_first_one_changed(connection: Connection, key: str) -> None:
    specimens.amend(connection, ANNA, key, {"formation": "Fengjiahe"}, version=1)
    with pytest.raises(Conflict, match="anna changed this record") as conflict:
        specimens.amend(connection, BEN, key, {"formation": "Zhanghe"}, version=1)
    assert conflict.value.theirs.formation == "Fengjiahe"
    assert [made.field for made in conflict.value.since] == ["formation"]
    assert specimens.get(connection, key).formation == "Fengjiahe"


def test_a_bad_amendment_is_refused_whole(connection: Connection, key: str) -> None:
    with pytest.raises(InvalidDraft, match="Latitude"):
        specimens.amend(connection, BEN, key, {"formation": "Fengjiahe", "decimal_latitude": 91}, version=1)
    assert specimens.get(connection, key).version == 1


def test_statements_are_amended_with_their_record(connection: Connection, key: str) -> None:
    about = [Measurement(key, "body mass", "about 4", "t"), Measurement(key, "height", "about 3", "m")]
    specimens.amend(connection, BEN, key, {"statements": about}, version=1)
    assert specimens.statements(connection, key) == about
    assert [field for _, field, _, _ in told(connection, key)] == ["statements", ""]


def test_a_removed_record_comes_back_as_it_was(connection: Connection, key: str) -> None:
    about = [Measurement(key, "body mass", "about 4", "t")]
    before = specimens.amend(connection, BEN, key, {"statements": about}, version=1)
    specimens.remove(connection, BEN, key, version=2, why="entered twice")
    with pytest.raises(NoSuchSpecimen):
        specimens.get(connection, key)
    assert specimens.count(connection) == 0
    back = specimens.restore(connection, ANNA, key)
    assert specimens.held_by(connection, back) == specimens.held_by(connection, before)
    assert (back.version, back.created) == (4, before.created)


def test_what_was_not_removed_cannot_be_restored(connection: Connection, key: str) -> None:
    with pytest.raises(NoSuchSpecimen, match="was removed"):
        specimens.restore(connection, ANNA, key)


def test_a_removed_record_does_not_take_its_number_back_from_another(
    connection: Connection, key: str, draft: Draft
) -> None:
    specimens.remove(connection, BEN, key, version=1)
    specimens.add(connection, ANNA, draft | {"occurrence_id": "other"})
    with pytest.raises(InvalidDraft, match="already in use"):
        specimens.restore(connection, ANNA, key)


def test_an_earlier_version_can_be_reckoned_back(connection: Connection, key: str) -> None:
    first = specimens.held_by(connection, specimens.get(connection, key))
    specimens.amend(
        connection, BEN, key, {"formation": "Fengjiahe", "verbatim_identification": "Yunnanosaurus"}, version=1
    )
    second = specimens.held_by(connection, specimens.get(connection, key))
    specimens.amend(connection, BEN, key, {"formation": "Zhanghe"}, version=2)
    now = specimens.held_by(connection, specimens.get(connection, key))
    past = history.of_record(connection, key)
    assert [history.state_at(now, past, version) for version in (1, 2, 3)] == [first, second, now]


def test_visitors_write_nothing(connection: Connection, key: str, draft: Draft) -> None:
    with pytest.raises(NotAllowed):
        specimens.add(connection, VISITOR, draft | {"occurrence_id": "v", "catalog_number": "V"})
    with pytest.raises(NotAllowed):
        specimens.amend(connection, VISITOR, key, {"formation": "Fengjiahe"}, version=1)
    with pytest.raises(NotAllowed):
        specimens.remove(connection, VISITOR, key, version=1)
    with pytest.raises(NotAllowed):
        specimens.restore(connection, VISITOR, key)
    assert len(history.edits_of(connection)) == 1
    assert specimens.count(connection) == 1


@pytest.mark.parametrize("why", ["nul\x00", "half \ud800", "x" * 10_001])
def test_a_reason_that_cannot_be_kept_is_refused_and_nothing_is_written(
    connection: Connection, key: str, why: str
) -> None:
    with pytest.raises(InvalidDraft):
        specimens.amend(connection, BEN, key, {"formation": "Fengjiahe"}, version=1, why=why)
    assert specimens.get(connection, key).version == 1
    assert len(history.edits_of(connection)) == 1


def test_edits_are_listed_newest_first(connection: Connection, key: str) -> None:
    specimens.amend(connection, THIS_COMPUTER, key, {"formation": "Fengjiahe"}, version=1)
    kinds = [edit.kind for edit in history.edits_of(connection)]
    assert kinds == ["amend", "add"]
    newest = history.edits_of(connection, limit=1)[0]
    assert [edit.kind for edit in history.edits_of(connection, before=newest.id)] == ["add"]
    assert history.edit(connection, newest.id) == newest
    with pytest.raises(history.NoSuchEdit, match="number 999"):
        history.edit(connection, 999)
