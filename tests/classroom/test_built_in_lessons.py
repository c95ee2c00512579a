"""`data/lessons`: each lesson is there in both languages, has six to ten steps, and nothing in it is missing or wrong."""

import pytest

from classroom.__main__ import main
from classroom.lessons import built_in_lessons

KEYS = {"extinct", "phylogeny", "jurassic-map", "record", "age"}


def test_all_is_well_in_the_built_in_lessons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out


def test_each_lesson_is_there_in_both_languages() -> None:
    assert set(built_in_lessons()) == {(key, language) for key in KEYS for language in ("en", "zh")}


@pytest.mark.parametrize("lesson", built_in_lessons().values(), ids=lambda lesson: f"{lesson.key}.{lesson.language}")
def test_a_lesson_has_six_to_ten_steps_with_notes_and_names_its_sources(lesson) -> None:  # type: ignore[no-untyped-def]
    assert 6 <= len(lesson.steps) <= 10
    assert lesson.references and lesson.minutes and lesson.ages
    assert all(step.notes for step in lesson.steps)
