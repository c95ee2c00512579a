"""Private notes: several on a record, found by their words, read by their writer and by nobody else."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, text

from catalogue import finding, history, specimens
from catalogue.messages import CatalogueError
from catalogue.notes import on_records
from catalogue.notes.on_records import Note, TooManyNotes
from catalogue.notes.texts import LONGEST_NOTE, UnfitText
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role, may
from catalogue.searching.query import Query
from catalogue.specimens import NoSuchSpecimen

WANG = Person("wang", "Wang Wei", Role.STUDENT)
LI = Person("li", "Li Na", Role.STUDENT)
ADMINISTRATOR = Person("zhou", "Zhou Min", Role.ADMINISTRATOR)
KEY = "w:lufengosaurus"
HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) **bold** $a$",
    "=cmd|'/c calc'!A1",
    "\u202egnp.exe\u2066 abc",
    "'; DROP TABLE private_notes; --",
    "禄丰 🦕\nsecond line\ttab",
)


def written(connection: Connection, who: Person, key: str = KEY) -> list[str]:
    return [note.written for note in on_records.of_record(connection, who, key)]


def test_a_record_has_several_notes_in_their_order(small_world: Connection) -> None:
    first = on_records.write(small_world, WANG, KEY, "  long neck \r\n small head ")
    on_records.write(small_world, WANG, KEY, "ask Li about the teeth")
    assert written(small_world, WANG) == ["long neck \n small head", "ask Li about the teeth"]
    assert first.known_as == "IVPP V15 · Lufengosaurus huenei"
    assert first.made_at == first.changed_at > "2026"


def test_a_note_is_changed_deleted_and_brought_back(small_world: Connection) -> None:
    note = on_records.write(small_world, WANG, KEY, "long nek")
    changed = on_records.amend(small_world, WANG, note, "long neck")
    assert written(small_world, WANG) == ["long neck"]
    assert changed.made_at == note.made_at < changed.changed_at
    on_records.remove(small_world, WANG, changed)
    on_records.remove(small_world, WANG, changed)
    assert written(small_world, WANG) == []
    back = on_records.bring_back(small_world, WANG, changed)
    assert replace(back, id=0) == replace(changed, id=0)
    assert written(small_world, WANG) == ["long neck"]


def test_two_tabs_that_change_the_same_note_get_one_each(small_world: Connection) -> None:
    note = on_records.write(small_world, WANG, KEY, "as it was")
    on_records.amend(small_world, WANG, note, "from the first tab")
    on_records.amend(small_world, WANG, note, "from the second tab")
    assert written(small_world, WANG) == ["from the first tab", "from the second tab"]


def test_a_note_that_was_deleted_meanwhile_is_kept_anew(small_world: Connection) -> None:
    note = on_records.write(small_world, WANG, KEY, "as it was")
    on_records.remove(small_world, WANG, note)
    on_records.amend(small_world, WANG, note, "typed meanwhile")
    assert written(small_world, WANG) == ["typed meanwhile"]


def test_nobody_reaches_anothers_note(small_world: Connection) -> None:
    note = on_records.write(small_world, WANG, KEY, "mine alone")
    for other in (LI, ADMINISTRATOR, THIS_COMPUTER):
        assert on_records.of_record(small_world, other, KEY) == []
        assert on_records.find(small_world, other, "mine") == on_records.find(small_world, other) == []
        on_records.remove(small_world, other, note)
        on_records.amend(small_world, other, note, "theirs")
        assert written(small_world, WANG) == ["mine alone"]


DEEDS: dict[str, Callable[[Connection, Person, Note], object]] = {
    "write": lambda connection, who, note: on_records.write(connection, who, KEY, "x"),
    "amend": lambda connection, who, note: on_records.amend(connection, who, note, "y"),
    "remove": on_records.remove,
    "bring back": on_records.bring_back,
    "of a record": lambda connection, who, note: on_records.of_record(connection, who, KEY),
    "find": lambda connection, who, note: on_records.find(connection, who),
}


@pytest.mark.parametrize("role", Role)
def test_whoever_may_keep_notes_does_each_deed_and_others_none(small_world: Connection, role: Role) -> None:
    note = on_records.write(small_world, WANG, KEY, "mine")
    person = Person("" if role == Role.VISITOR else "ana", "Ana", role)
    for deed in DEEDS.values():
        if may(person, "keep_private_notes"):
            deed(small_world, person, note)
        else:
            with pytest.raises(NotAllowed):
                deed(small_world, person, note)
    assert written(small_world, WANG) == ["mine"]


def test_a_note_leaves_no_trace_outside_its_own_table(small_world: Connection) -> None:
    before = (specimens.get(small_world, KEY), finding.revision(small_world), len(history.of_record(small_world, KEY)))
    on_records.write(small_world, WANG, KEY, "Quxwort")
    assert before == (
        specimens.get(small_world, KEY),
        finding.revision(small_world),
        len(history.of_record(small_world, KEY)),
    )
    for reader in (VISITOR, LI, WANG, ADMINISTRATOR):
        assert specimens.count(small_world, Query(text="quxwort"), who=reader) == 0
    assert "quxwort" not in json.dumps([str(row) for row in small_world.execute(text("SELECT * FROM specimens"))])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_written_comes_back_as_it_is(small_world: Connection, hostile: str) -> None:
    on_records.write(small_world, WANG, KEY, hostile)
    assert written(small_world, WANG) == [hostile]


@pytest.mark.parametrize("unfit", ["", " \n ", "x" * (LONGEST_NOTE + 1), "nul \x00 byte", "half \ud800 pair"])
def test_what_cannot_be_kept_is_refused_and_changes_nothing(small_world: Connection, unfit: str) -> None:
    note = on_records.write(small_world, WANG, KEY, "as it was")
    for deed in (
        lambda: on_records.write(small_world, WANG, KEY, unfit),
        lambda: on_records.amend(small_world, WANG, note, unfit),
    ):
        with pytest.raises(UnfitText):
            deed()
    assert written(small_world, WANG) == ["as it was"]


def test_a_note_needs_a_record(small_world: Connection) -> None:
    with pytest.raises(NoSuchSpecimen):
        on_records.write(small_world, WANG, "w:nothing", "x")


def test_the_notes_of_a_removed_record_stay_and_belong_to_it_again(small_world: Connection) -> None:
    on_records.write(small_world, WANG, KEY, "long neck")
    specimens.remove(small_world, THIS_COMPUTER, KEY, version=1)
    assert [note.known_as for note in on_records.find(small_world, WANG)] == ["IVPP V15 · Lufengosaurus huenei"]
    specimens.restore(small_world, THIS_COMPUTER, KEY)
    assert written(small_world, WANG) == ["long neck"]


def test_notes_are_found_by_the_beginnings_of_their_words_and_by_the_name_of_the_record(
    small_world: Connection,
) -> None:
    on_records.write(small_world, WANG, KEY, "Lúfeng: 长颈 and small teeth")
    on_records.write(small_world, WANG, "w:bird", "feathers")
    for asked, found in (
        ("lufeng TEE", [KEY]),
        ("长颈", [KEY]),
        ("archaeopt", ["w:bird"]),
        ("feathers teeth", []),
        ("", ["w:bird", KEY]),
        ("%", []),
        ("x" * 20_000, []),
    ):
        assert [note.occurrence_id for note in on_records.find(small_world, WANG, asked)] == found, asked


@pytest.mark.parametrize(("limit", "most"), [("MOST_NOTES", 2), ("MOST_CHARACTERS", 10)])
def test_more_than_can_be_kept_is_refused_in_plain_words(
    small_world: Connection, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(on_records, limit, most)
    note = on_records.write(small_world, WANG, KEY, "12345")
    on_records.write(small_world, WANG, KEY, "12345")
    with pytest.raises(TooManyNotes, match=str(most)):
        on_records.write(small_world, WANG, KEY, "6")
    on_records.write(small_world, LI, KEY, "of another")
    on_records.amend(small_world, WANG, note, "1234")
    with pytest.raises(CatalogueError):
        on_records.bring_back(small_world, WANG, replace(note, written="123456789"))
    assert written(small_world, WANG) == ["1234", "12345"]
