"""`catalogue.past`: the history as people read it, and the right that it takes."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from catalogue import past, specimens, undoing
from catalogue.rights import VISITOR, NotAllowed, Person, Role
from catalogue.stored import NoSuchSpecimen

ANNA = Person("anna", "Anna", Role.CURATOR)


@pytest.mark.parametrize("read", [past.latest, lambda connection: past.record(connection, "w:bird")])
def test_whoever_does_not_say_who_reads_is_a_visitor(
    small_world: Connection, read: Callable[[Connection], object]
) -> None:
    with pytest.raises(NotAllowed, match="see who changed what"):
        read(small_world)


def test_every_version_can_be_looked_at(small_world: Connection) -> None:
    specimens.amend(small_world, ANNA, "w:bird", {"formation": "Solnhofen"}, version=1, why="new map")
    specimens.amend(small_world, ANNA, "w:bird", {"pieces": [{"element": "feather"}]}, version=2)
    record = past.record(small_world, "w:bird", who=ANNA)
    assert (record.version, list(record.versions)) == (3, [1, 2, 3])
    assert [record.at(version)["formation"] for version in (1, 2, 3)] == ["Altmühltal", "Solnhofen", "Solnhofen"]
    assert [bool(record.at(version)["pieces"]) for version in (1, 2, 3)] == [False, False, True]
    assert record.versions[2].edit.why == "new map"
    with pytest.raises(past.NoSuchVersion, match="no version 4"):
        record.at(4)


def test_a_removed_record_can_still_be_looked_at(small_world: Connection) -> None:
    specimens.amend(small_world, ANNA, "w:bird", {"formation": "Solnhofen"}, version=1)
    there = past.record(small_world, "w:bird", who=ANNA)
    specimens.remove(small_world, ANNA, "w:bird", version=2)
    gone = past.record(small_world, "w:bird", who=ANNA)
    assert (gone.version, list(gone.versions)) == (None, [1, 2])
    assert [gone.at(version) for version in (1, 2)] == [there.at(version) for version in (1, 2)]


def test_the_version_at_which_it_was_removed_is_none(small_world: Connection) -> None:
    specimens.remove(small_world, ANNA, "w:bird", version=1)
    specimens.restore(small_world, ANNA, "w:bird")
    assert list(past.record(small_world, "w:bird", who=ANNA).versions) == [1, 3]


def test_a_record_that_never_was_has_no_past(small_world: Connection) -> None:
    with pytest.raises(NoSuchSpecimen):
        past.record(small_world, "w:nothing", who=ANNA)


def test_a_removed_record_comes_back_as_it_was_at_any_version(small_world: Connection) -> None:
    specimens.amend(small_world, ANNA, "w:bird", {"formation": "Solnhofen"}, version=1)
    specimens.remove(small_world, ANNA, "w:bird", version=2)
    back = undoing.bring_back(small_world, ANNA, "w:bird", 1)
    assert back.formation == "Altmühltal"
    assert specimens.get(small_world, "w:bird", who=ANNA) == back
    with pytest.raises(NotAllowed):
        undoing.bring_back(small_world, VISITOR, "w:bird", 1)


def test_the_latest_edits_say_how_many_records_and_whether_they_stand(small_world: Connection) -> None:
    specimens.amend(small_world, ANNA, "w:bird", {"formation": "Solnhofen"}, version=1)
    made = past.latest(small_world, limit=1, who=ANNA)[0]
    assert (made.edit.kind, made.records, made.occurrence_id, made.undone) == ("amend", 1, "w:bird", False)
    undoing.undo(small_world, ANNA, made.edit.id)
    undo, amend = past.latest(small_world, limit=2, who=ANNA)
    assert (undo.edit.undoes, amend.undone) == (amend.edit.id, True)
    older = past.latest(small_world, before=amend.edit.id, who=ANNA)
    assert [entry.edit.kind for entry in older] == ["add"] * 4
