"""The pages Lessons and Write a lesson: the shelf, a copy to begin with, saving, what is said of mistakes, and every version."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database
from catalogue.rights import THIS_COMPUTER, VISITOR
from classroom import writing
from classroom.lessons import built_in_lessons
from screens.parts import who

OpenPage = Callable[..., Any]
TEXT = "---\ntitle: Our dig\n---\n\n# First\nspecimen: bonebed:ivpp-v15\n\nA bone."


@pytest.fixture
def kept(collection: None) -> writing.Written:
    with database.writing() as connection:
        return writing.write(connection, THIS_COMPUTER, {"en": TEXT})


def newest(key: str) -> writing.Written:
    with database.reading() as connection:
        return writing.versions(connection, key)[0]


def test_the_shelf_has_every_lesson_with_its_link(open_page: OpenPage) -> None:
    markup = open_page("lessons").markup("built_in")
    for (key, language), lesson in built_in_lessons().items():
        if language == "en":
            assert f"./lesson/{key}?lang=en" in markup and lesson.title in markup


def test_a_lesson_is_written_saved_and_changed(open_page: OpenPage) -> None:
    page = open_page("write-lesson")
    page.fill(write_lessons_en=TEXT).press("save_lesson")
    assert newest("l1").texts == {"en": TEXT, "zh": ""}
    page.fill(write_lessons_en=TEXT + "\nMore.").press("save_lesson")
    assert (newest("l1").version, newest("l1").texts["en"][-5:]) == (2, "More.")
    assert "Our dig" in open_page("lessons").markup("own")


def test_a_copy_of_a_built_in_lesson_stands_in_both_languages(open_page: OpenPage) -> None:
    page = open_page("write-lesson", copy="record")
    assert page.app.session_state["write_lessons_zh"] == writing.built_in_text("record", "zh")
    assert "Nothing is missing in this lesson." in [one.value for one in page.app.success]


def test_what_is_wrong_is_said_with_its_step_and_line(open_page: OpenPage) -> None:
    page = open_page("write-lesson").fill(write_lessons_en=TEXT.replace("ivpp-v15", "nothing"))
    assert any("Step 1, line 5" in one.value for one in page.app.warning)


def test_what_is_no_lesson_is_not_saved(open_page: OpenPage) -> None:
    page = open_page("write-lesson").fill(write_lessons_en="words").press("save_lesson")
    assert [one.value for one in page.app.error] == ["A lesson needs a title in its head and at least one step."]
    assert page.app.session_state["write_lessons_en"] == "words"


def test_taken_off_the_shelf_and_brought_back(open_page: OpenPage, kept: writing.Written) -> None:
    page = open_page("write-lesson", lesson=kept.key).press("remove_lesson")
    assert newest(kept.key).removed
    page.press("bring_1")
    assert not newest(kept.key).removed


def test_the_second_saver_keeps_the_text(open_page: OpenPage, kept: writing.Written) -> None:
    page = open_page("write-lesson", lesson=kept.key)
    with database.writing() as connection:
        writing.amend(connection, THIS_COMPUTER, kept.key, {"en": TEXT + "\ntheirs"}, version=1)
    page.fill(write_lessons_en=TEXT + "\nmine").press("save_lesson")
    assert page.app.error[0].value.startswith("Somebody changed this lesson")
    assert newest(kept.key).texts["en"].endswith("theirs")
    assert page.app.session_state["write_lessons_en"].endswith("mine")


def test_what_was_typed_is_offered_again_after_a_reload_with_every_step_back(open_page: OpenPage) -> None:
    one, two = TEXT, TEXT + "\nMore."
    open_page("write-lesson").fill(write_lessons_en=one).fill(write_lessons_en=two)
    page = open_page("write-lesson")
    assert "Our dig" in page.text()
    page.press("continue_0")
    assert page.app.session_state["write_lessons_en"] == two
    page.press("undo_text")
    assert page.app.session_state["write_lessons_en"] == one
    page.press("redo_text").press("save_lesson")
    assert newest("l1").texts["en"] == two
    assert "continue_0" not in {button.key for button in open_page("write-lesson").app.button}


def test_a_draft_of_an_older_version_is_not_written_over_a_newer_one(
    open_page: OpenPage, kept: writing.Written
) -> None:
    open_page("write-lesson", lesson=kept.key).fill(write_lessons_en=TEXT + "\nmine")
    with database.writing() as connection:
        writing.amend(connection, THIS_COMPUTER, kept.key, {"en": TEXT + "\ntheirs"}, version=1)
    page = open_page("write-lesson", lesson=kept.key).press("continue_0").press("save_lesson")
    assert page.app.error[0].value.startswith("Somebody changed this lesson")
    assert newest(kept.key).texts["en"].endswith("theirs")


def test_a_visitor_reads_and_does_not_write(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "who", lambda **_: VISITOR)
    assert "Lessons of this museum" not in open_page("lessons").text()
    assert "write_lessons_en" not in open_page("write-lesson").app.session_state
