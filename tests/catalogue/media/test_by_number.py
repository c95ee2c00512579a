"""`catalogue.media.by_number`: what would become of each file, and all of it added as one step with one undo."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from catalogue import specimens, undoing
from catalogue.checking import InvalidDraft
from catalogue.media import keeping, store
from catalogue.media.arriving import Arrived, of_uploads
from catalogue.media.by_number import Added, Picture, Stopped, Terms, add, counts, look, preview, receive
from catalogue.media.kinds import RefusedFile
from catalogue.media.matching import match
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.stored import NoSuchSpecimen
from tests.catalogue.photographs_and_scans import SVG, file_of, picture, png_with_place, telephone_jpeg

TERMS = Terms("CC-BY-4.0", "Lufeng Dinosaur Museum")
CURATOR = Person("anna", "Anna", Role.CURATOR)
CATALOGUER = Person("ben", "Ben", Role.CATALOGUER)
BONE, OTHER = "w:lufengosaurus", "w:sinosaurus"
FILES = [
    ("IVPP V15.jpg", telephone_jpeg()),
    ("ivpp v34_1.png", png_with_place()),
    ("IVPP V15 again.jpg", telephone_jpeg()),
    ("IVPP V15.svg", SVG),
    ("skull.jpg", telephone_jpeg(size=(70, 40))),
]


def looked_at(connection: Connection, arrived: Sequence[Arrived]) -> tuple[Picture, ...]:
    matches = match(connection, [one.name for one in arrived])
    return preview(connection, CURATOR, matches, look(CURATOR, arrived))


def put(connection: Connection, files: list[tuple[str, bytes]]) -> Added:
    arrived = of_uploads(files)
    return add(connection, CURATOR, receive(CURATOR, arrived, looked_at(connection, arrived), TERMS))


def kept(connection: Connection, key: str) -> list[str]:
    return [one.sha256 for one in keeping.of_specimen(connection, key)]


def test_each_file_has_one_fate_and_the_counts_add_up(small_world: Connection) -> None:
    pictures = looked_at(small_world, of_uploads(FILES))
    assert [one.fate for one in pictures] == ["added", "added", "already_there", "refused", "no_specimen"]
    assert sum(counts(pictures).values()) == len(FILES)
    assert "SVG" in str(pictures[3].reason)
    assert pictures[0].small.startswith(b"RIFF")


def test_looking_keeps_nothing(small_world: Connection) -> None:
    looked_at(small_world, of_uploads(FILES))
    assert not store.folder().exists()
    assert kept(small_world, BONE) == []


def test_what_is_added_is_what_was_foretold_and_one_undo_takes_it_back(small_world: Connection) -> None:
    pictures = looked_at(small_world, of_uploads(FILES))
    added = put(small_world, FILES)
    assert (added.pictures, added.records) == (2, 2)
    assert kept(small_world, BONE) == [pictures[0].sha256]
    assert kept(small_world, OTHER) == [pictures[1].sha256]
    [medium] = keeping.of_specimen(small_world, BONE)
    assert (medium.license, medium.credit, medium.added_by) == (TERMS.license, TERMS.credit, "anna")
    assert added.edit is not None
    undone = undoing.undo(small_world, CURATOR, added.edit.id)
    assert set(undone.records) == {BONE, OTHER}
    assert kept(small_world, BONE) == kept(small_world, OTHER) == []


def test_the_same_files_again_change_nothing(small_world: Connection) -> None:
    put(small_world, FILES)
    version = specimens.get(small_world, BONE).version
    pictures = looked_at(small_world, of_uploads(FILES))
    assert [one.fate for one in pictures] == [
        "already_there",
        "already_there",
        "already_there",
        "refused",
        "no_specimen",
    ]
    assert put(small_world, FILES) == Added(None, 0, 0)
    assert specimens.get(small_world, BONE).version == version


def test_new_pictures_come_after_those_that_are_there(small_world: Connection) -> None:
    put(small_world, FILES[:1])
    put(small_world, [("IVPP V15 b.png", file_of(picture((9, 9)), "PNG"))])
    formats = [one.format for one in keeping.of_specimen(small_world, BONE)]
    assert formats == ["jpeg", "png"]


def test_what_somebody_added_meanwhile_stays_and_is_not_added_twice(small_world: Connection) -> None:
    arrived = of_uploads(FILES[:1])
    received = receive(CURATOR, arrived, looked_at(small_world, arrived), TERMS)
    put(small_world, FILES[:1])
    assert add(small_world, CURATOR, received) == Added(None, 0, 0)
    assert len(kept(small_world, BONE)) == 1


def test_stopped_on_the_way_it_changes_no_record(small_world: Connection) -> None:
    arrived = of_uploads(FILES)
    pictures = looked_at(small_world, arrived)
    told: list[tuple[int, int]] = []

    def stop(done: int, whole: int) -> bool:
        told.append((done, whole))
        return done < 1

    with pytest.raises(Stopped):
        receive(CURATOR, arrived, pictures, TERMS, progress=stop)
    assert told == [(0, 2), (1, 2)]
    assert kept(small_world, BONE) == []
    with pytest.raises(Stopped):
        look(CURATOR, arrived, progress=stop)


def test_a_record_removed_meanwhile_keeps_all_from_being_written(small_world: Connection) -> None:
    arrived = of_uploads(FILES[:2])
    received = receive(CURATOR, arrived, looked_at(small_world, arrived), TERMS)
    specimens.remove(small_world, CURATOR, OTHER, version=1)
    with pytest.raises(NoSuchSpecimen):
        add(small_world, CURATOR, received)
    assert kept(small_world, BONE) == []


def test_a_file_that_changed_since_it_was_looked_at_is_refused(small_world: Connection) -> None:
    pictures = looked_at(small_world, of_uploads(FILES[:1]))
    with pytest.raises(RefusedFile, match="changed since you looked"):
        receive(CURATOR, of_uploads([("IVPP V15.jpg", png_with_place())]), pictures, TERMS)


@pytest.mark.parametrize("terms", [Terms("", "Museum"), Terms("CC0-1.0", " ")])
def test_licence_and_credit_are_needed(small_world: Connection, terms: Terms) -> None:
    arrived = of_uploads(FILES[:1])
    received = receive(CURATOR, arrived, looked_at(small_world, arrived), terms)
    with pytest.raises(InvalidDraft):
        add(small_world, CURATOR, received)
    assert kept(small_world, BONE) == []


def test_whoever_may_not_import_may_do_none_of_it(small_world: Connection) -> None:
    arrived = of_uploads(FILES[:1])
    pictures = looked_at(small_world, arrived)
    for act in (
        lambda: look(CATALOGUER, arrived),
        lambda: preview(small_world, CATALOGUER, [], []),
        lambda: receive(CATALOGUER, arrived, pictures, TERMS),
        lambda: add(small_world, CATALOGUER, receive(THIS_COMPUTER, arrived, pictures, TERMS)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert kept(small_world, BONE) == []
