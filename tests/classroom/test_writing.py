"""`classroom.writing`: lessons of one's own keep all their versions, the second saver loses nothing, and only who may writes."""

import pytest
from sqlalchemy import Connection

from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from classroom import writing
from classroom.writing import LONGEST, LessonChanged, LessonRefused, NoSuchLesson

TEXT = "---\ntitle: Our dig\n---\n\n# First\n\nA bone."
STUDENT = Person("li", "Li", Role.STUDENT)


def test_a_lesson_goes_on_the_shelf_and_can_be_read(connection: Connection) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    assert [(one.key, one.title) for one in writing.shelf(connection)] == [(made.key, "Our dig")]
    read = writing.lesson(connection, made.key, "en")
    assert read is not None and read.steps[0].title == "First"


def test_a_language_that_is_not_written_is_read_in_the_other(connection: Connection) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    read = writing.lesson(connection, made.key, "zh")
    assert read is not None and (read.language, read.title) == ("en", "Our dig")


def test_built_in_lessons_are_read_by_the_same_door(connection: Connection) -> None:
    read = writing.lesson(connection, "extinct", "zh")
    assert read is not None and read.language == "zh"
    assert writing.lesson(connection, "nothing", "en") is None


def test_every_version_stays_and_can_be_brought_back(connection: Connection) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    changed = writing.amend(connection, THIS_COMPUTER, made.key, {"en": TEXT + "\nMore."}, version=1)
    gone = writing.remove(connection, THIS_COMPUTER, made.key, version=changed.version)
    assert writing.shelf(connection) == [] and writing.shelf(connection, removed=True) == [gone]
    assert writing.lesson(connection, made.key, "en") is None
    back = writing.bring_back(connection, THIS_COMPUTER, made.key, 1, version=gone.version)
    assert (back.texts, back.version) == (made.texts, 4)
    assert [one.version for one in writing.versions(connection, made.key)] == [4, 3, 2, 1]


def test_the_same_text_makes_no_version(connection: Connection) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    assert writing.amend(connection, THIS_COMPUTER, made.key, {"en": TEXT}, version=1) == made


def test_the_second_saver_is_told_and_nothing_is_overwritten(connection: Connection) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    first = writing.amend(connection, THIS_COMPUTER, made.key, {"en": TEXT + "\n1"}, version=1)
    with pytest.raises(LessonChanged) as told:
        writing.amend(connection, THIS_COMPUTER, made.key, {"en": TEXT + "\n2"}, version=1)
    assert told.value.theirs == first == writing.versions(connection, made.key)[0]


@pytest.mark.parametrize("who", [VISITOR, STUDENT], ids=["visitor", "student"])
def test_who_may_not_write_reads(connection: Connection, who: Person) -> None:
    made = writing.write(connection, THIS_COMPUTER, {"en": TEXT})
    deeds = (
        lambda: writing.write(connection, who, {"en": TEXT}),
        lambda: writing.amend(connection, who, made.key, {"en": TEXT + "x"}, version=1),
        lambda: writing.remove(connection, who, made.key, version=1),
        lambda: writing.bring_back(connection, who, made.key, 1, version=1),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert len(writing.versions(connection, made.key)) == 1


@pytest.mark.parametrize(
    "text", ["", "no head", "---\ntitle: T\n---\nno step", TEXT + "x" * LONGEST, TEXT + "\x00"], ids=range(5)
)
def test_what_is_no_lesson_is_refused(connection: Connection, text: str) -> None:
    with pytest.raises(LessonRefused):
        writing.write(connection, THIS_COMPUTER, {"en": text})


@pytest.mark.parametrize("key", ["l9", "l", "lx", "l-1", "x1", "l99999999999"])
def test_a_key_of_nothing(connection: Connection, key: str) -> None:
    with pytest.raises(NoSuchLesson):
        writing.versions(connection, key)
