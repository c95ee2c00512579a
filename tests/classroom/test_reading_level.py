"""`classroom.reading_level`: easy texts are easy, hard ones are hard, and names count for nothing."""

import pytest

from classroom.checking import check_lesson
from classroom.lessons import read_lesson
from classroom.reading_level import chinese_sentence, school_year, syllables

EASY = "The cat sat on the mat. It was a big cat. We saw it run."
HARD = (
    "The palaeobiogeographical interpretation of disarticulated accumulations necessitates taphonomic considerations concerning "
    "differential preservation, hydrodynamic transportation and considerable stratigraphical condensation."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("mountain", 2), ("dinosaur", 3), ("table", 2), ("made", 1), ("walked", 1), ("wanted", 2), ("the", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_year_by_hand() -> None:
    # 15 words, 3 sentences, 15 syllables: 0.39 * 5 + 11.8 * 1 - 15.59
    assert school_year("The cat sat on the mat. It was a big cat. We saw it run.") == pytest.approx(
        max(0.0, 1.95 + 11.8 - 15.59)
    )
    assert school_year(HARD) > 15
    assert school_year("") == 0.0


def test_names_in_italics_count_for_little() -> None:
    assert school_year("We saw *Parasaurolophus* run.") == school_year("We saw it run.")


def test_chinese_sentences_are_measured_by_their_characters() -> None:
    assert chinese_sentence("恐龙很大。它们吃植物！") == 4.5
    assert chinese_sentence(EASY) == 0.0


@pytest.mark.parametrize(
    ("text", "wrong"), [(EASY, False), (HARD, True), ("恐龙很大。", False), ("很" * 60 + "。", True)]
)
def test_a_lesson_that_is_too_hard_is_told_so(text: str, wrong: bool) -> None:
    lesson = read_lesson(f"---\ntitle: T\n---\n# One\n\n{text}")
    assert bool(check_lesson(lesson, lambda key: True)) is wrong
