"""`catalogue.media.keeping`: photographs and scans of a record, with rights, history, undo, removal and restoring."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import history, specimens, undoing
from catalogue.checking import InvalidDraft
from catalogue.media import keeping as media
from catalogue.media import store as media_store
from catalogue.media.kinds import LICENSES, Medium, RefusedFile
from catalogue.parts import MEDIA
from catalogue.rights import VISITOR, NotAllowed, Person, Role
from catalogue.searching.query import Query
from catalogue.specimens import Conflict
from tests.catalogue.photographs_and_scans import HTML, binary_stl, png_with_place, telephone_jpeg

ANNA = Person("anna", "Anna", Role.CURATOR)
STUDENT = Person("sam", "Sam", Role.STUDENT)


@pytest.fixture
def key(connection: Connection, draft: dict[str, Any]) -> str:
    return specimens.add(connection, ANNA, draft | {"occurrence_id": "k"}).occurrence_id


def photograph(content: bytes | None = None, **said: Any) -> Medium:
    said = {"license": "CC-BY-4.0", "credit": "Anna", "caption": "Skull"} | said
    return media.receive(ANNA, content or telephone_jpeg(), **said)


def latest(connection: Connection) -> int:
    return history.edits_of(connection, limit=1)[0].id


def test_what_is_added_is_there_in_its_order(connection: Connection, key: str) -> None:
    one, two = photograph(), photograph(binary_stl())
    changed = media.add(connection, ANNA, key, [one, two], version=1, why="new photographs")
    assert changed.version == 2
    assert media.of_specimen(connection, key) == [one, two]
    assert (one.kind, one.format, one.width, one.height, one.added_by) == ("photograph", "jpeg", 60, 40, "anna")
    assert (two.kind, two.width) == ("scan", 0)
    assert media_store.path_of(one.sha256) is not None


def test_it_stands_in_the_history_before_and_after(connection: Connection, key: str) -> None:
    one = photograph()
    media.add(connection, ANNA, key, [one], version=1, why="new photographs")
    made = history.of_record(connection, key)[0]
    assert (made.field, made.edit.kind, made.edit.made_by, made.edit.why) == ("media", "amend", "anna", "new photographs")  # fmt: skip
    assert made.before == []
    assert isinstance(made.after, list) and made.after[0]["sha256"] == one.sha256


def test_adding_and_taking_away_are_undone(connection: Connection, key: str) -> None:
    one, two = photograph(), photograph(png_with_place())
    media.add(connection, ANNA, key, [one, two], version=1)
    adding = latest(connection)
    media.remove(connection, ANNA, key, one.sha256, version=2)
    assert media.of_specimen(connection, key) == [two]
    undoing.undo(connection, ANNA, latest(connection))
    assert media.of_specimen(connection, key) == [one, two]
    undoing.undo(connection, ANNA, adding)
    assert media.of_specimen(connection, key) == []
    assert media_store.path_of(one.sha256) is not None


def test_a_record_that_is_removed_and_restored_has_its_photographs_again(connection: Connection, key: str) -> None:
    one = photograph(translations={"zh": {"caption": "头骨"}})
    media.add(connection, ANNA, key, [one], version=1)
    specimens.remove(connection, ANNA, key, version=2)
    assert media.shown_to(connection, ANNA, one.sha256) is None
    specimens.restore(connection, ANNA, key)
    assert media.of_specimen(connection, key) == [one]


def test_what_is_said_is_changed_and_the_order_too(connection: Connection, key: str) -> None:
    one, two = photograph(), photograph(png_with_place())
    media.add(connection, ANNA, key, [one, two], version=1)
    said: dict[str, object] = {"caption": "Femur", "focus_x": 0.25, "focus_y": 0.5}
    media.describe(connection, ANNA, key, one.sha256, said, version=2)
    assert media.of_specimen(connection, key)[0] == replace(one, **said)  # type: ignore[arg-type]
    media.arrange(connection, ANNA, key, [two, one], version=3)
    assert media.first_photographs(connection, [key])[key].sha256 == two.sha256


def test_nothing_that_differs_leaves_no_trace(connection: Connection, key: str) -> None:
    one = photograph()
    media.add(connection, ANNA, key, [one], version=1)
    assert media.arrange(connection, ANNA, key, [one], version=2).version == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"license": ""}, "license"),
        ({"license": "mine"}, "license"),
        ({"credit": "  "}, "credit"),
        ({"caption": "x" * 200_000}, "caption"),
        ({"caption": "\x00"}, "caption"),
        ({"translations": {"zh": "头骨"}}, "translations"),
        ({"focus_x": 0.5}, "focus_x"),
        ({"focus_x": 2.0, "focus_y": 0.5}, "focus_x"),
        ({"focus_x": float("nan"), "focus_y": 0.5}, "focus_x"),
        ({"focus_x": 0.1, "focus_y": 0.1, "focus_width": 0.2}, "focus_x"),
        ({"sha256": "0" * 64}, "sha256"),
        ({"format": "svg"}, "sha256"),
        ({"kind": "scan"}, "sha256"),
        ({"width": -1}, "sha256"),
    ],
)
def test_what_must_not_be_kept_is_refused_by_field(
    connection: Connection, key: str, said: dict[str, Any], field: str
) -> None:
    wrong = replace(photograph(), **said)
    with pytest.raises(InvalidDraft) as refused:
        media.add(connection, ANNA, key, [wrong], version=1)
    assert {problem.field for problem in refused.value.problems} == {f"{MEDIA}.0.{field}"}
    assert media.of_specimen(connection, key) == []


@pytest.mark.parametrize("license", LICENSES)
def test_each_licence_is_taken(connection: Connection, key: str, license: str) -> None:
    media.add(connection, ANNA, key, [photograph(license=license)], version=1)
    assert media.of_specimen(connection, key)[0].license == license


def test_the_same_file_twice_is_refused(connection: Connection, key: str) -> None:
    content = telephone_jpeg()
    media.add(connection, ANNA, key, [photograph(content)], version=1)
    with pytest.raises(InvalidDraft, match="already"):
        media.add(connection, ANNA, key, [photograph(content, caption="again")], version=2)


def test_the_second_saver_is_told(connection: Connection, key: str) -> None:
    media.add(connection, ANNA, key, [photograph()], version=1)
    with pytest.raises(Conflict):
        media.add(connection, ANNA, key, [photograph(png_with_place())], version=1)


@pytest.mark.parametrize("person", [VISITOR, STUDENT])
def test_who_may_not_amend_may_neither_send_nor_change(connection: Connection, key: str, person: Person) -> None:
    one = photograph()
    media.add(connection, ANNA, key, [one], version=1)
    with pytest.raises(NotAllowed):
        media.receive(person, telephone_jpeg(), license="CC0-1.0", credit="me")
    with pytest.raises(NotAllowed):
        media.remove(connection, person, key, one.sha256, version=2)
    assert media.of_specimen(connection, key) == [one]


def test_a_refused_file_leaves_nothing_in_the_store() -> None:
    with pytest.raises(RefusedFile):
        media.receive(ANNA, HTML, license="CC0-1.0", credit="me")
    assert not media_store.folder().exists()


def test_the_first_photograph_and_never_a_scan_stands_for_a_record(connection: Connection, key: str) -> None:
    scan, one = photograph(binary_stl()), photograph()
    assert media.first_photographs(connection, [key, "nowhere"]) == {}
    media.add(connection, ANNA, key, [scan, one], version=1)
    assert media.first_photographs(connection, [key, "nowhere"]) == {key: one}


def test_only_what_stands_with_a_record_is_shown(connection: Connection, key: str) -> None:
    one = photograph()
    assert media.shown_to(connection, ANNA, one.sha256) is None
    media.add(connection, ANNA, key, [one], version=1)
    assert media.shown_to(connection, VISITOR, one.sha256) == one
    assert media.shown_to(connection, Person("", "", "nobody"), one.sha256) is None  # type: ignore[arg-type]


def test_a_specimen_is_found_by_what_is_said_of_its_photographs(connection: Connection, key: str) -> None:
    media.add(connection, ANNA, key, [photograph(caption="Trochanter quartus")], version=1)
    assert specimens.count(connection, Query(text="trochanter")) == 1


def test_records_with_a_photograph_are_found_and_a_scan_alone_is_none(connection: Connection, key: str) -> None:
    media.add(connection, ANNA, key, [photograph(binary_stl())], version=1)
    assert specimens.count(connection, Query(with_image=True)) == 0
    media.add(connection, ANNA, key, [photograph()], version=2)
    assert specimens.count(connection, Query(with_image=True)) == 1
    assert specimens.count(connection, Query(with_image=False)) == 0
