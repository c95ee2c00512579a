"""`classroom.lessons` and `classroom.checking`: a file is read as far as it goes, and each trouble has its step and line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.checking import check_languages, check_lesson
from classroom.lessons import Lesson, read_lesson

LESSON = """---
title: Are dinosaurs really extinct?
ages: 10-16
minutes: 45
references: young1941
---

# The world of Lufeng
map: Early Jurassic
taxon: Sauropodomorpha
age: 195 Ma

Ferns and conifers grew here.
There was no grass.

> Ask what is missing.

# The first Chinese dinosaur
specimen: bonebed:ivpp-v15

Here it is.

# Who is nearer to us?
question:
- [ ] Stegosaurus
- [x] Tyrannosaurus

because: It lived 66 million years ago.
"""


def troubles(text: str) -> list[tuple[int, int, str]]:
    lesson = read_lesson(text, "x.en.md")
    return [(one.step, one.line, str(one.what)) for one in check_lesson(lesson, lambda key: key == "bonebed:ivpp-v15")]


def test_a_lesson_is_read_with_its_steps() -> None:
    lesson = read_lesson(LESSON, "extinct.zh.md")
    assert (lesson.key, lesson.language, lesson.title, lesson.ages) == (
        "extinct",
        "zh",
        "Are dinosaurs really extinct?",
        "10-16",
    )
    assert lesson.references == ("young1941",)
    first, second, third = lesson.steps
    assert (first.kind, first.of, first.taxon, first.age_ma) == ("map", "Early Jurassic", "Sauropodomorpha", 195.0)
    assert first.text == "Ferns and conifers grew here.\nThere was no grass."
    assert (first.notes, first.line) == ("Ask what is missing.", 8)
    assert (second.kind, second.of) == ("specimen", "bonebed:ivpp-v15")
    assert [(answer.text, answer.right) for answer in third.answers] == [
        ("Stegosaurus", False),
        ("Tyrannosaurus", True),
    ]
    assert third.because == "It lived 66 million years ago."


def test_nothing_is_wrong_with_a_good_lesson() -> None:
    assert troubles(LESSON) == []


@pytest.mark.parametrize(
    ("change", "step", "line", "words"),
    [
        (("map: Early Jurassic", "map: Lufengian"), 1, 8, "“Lufengian” is no interval"),
        (("age: 195 Ma", "age: 250"), 1, 8, "250 Ma is not in the Early Jurassic, which lasted from 201.4 to 174.7 Ma"),
        (("age: 195 Ma", "age: long ago"), 1, 11, "“long ago” is no age in Ma"),
        (("age: 195 Ma", "age: 5000"), 1, 11, "5000 Ma is no age of the Earth"),
        (("taxon: Sauropodomorpha", "taxon: Nessie"), 1, 8, "“Nessie” is no taxon"),
        (("v15", "v99999"), 2, 18, "There is no specimen “bonebed:ivpp-v99999”"),
        (("Here it is.", "<script>alert(1)</script>"), 2, 21, "HTML and scripts are not shown"),
        (("Here it is.", "clade: Aves"), 2, 21, "it shows “specimen” already"),
        (("- [x]", "- [ ]"), 3, 23, "No answer is marked as right"),
        (("because:", "perhaps:"), 3, 23, "does not say why"),
        (("question:\n", ""), 3, 23, "the step is no question"),
        (("references: young1941", "references: nobody1900"), 0, 1, "no publication “nobody1900”"),
        (("ages: 10-16", "colour: red"), 0, 3, "The head knows"),
        (("title: Are dinosaurs really extinct?", "title:"), 0, 1, "The head has no title"),
    ],
)  # fmt: skip
def test_each_trouble_has_its_step_and_line(change: tuple[str, str], step: int, line: int, words: str) -> None:
    found = troubles(LESSON.replace(*change))
    assert any((one, at) == (step, line) and words in what for one, at, what in found), found


def test_a_lesson_without_head_or_steps_says_so_and_the_rest_is_there() -> None:
    assert "does not begin with a head" in troubles("# A step\n\nText.\n")[0][2]
    assert [step.title for step in read_lesson("# A step\n\nText.\n").steps] == ["A step"]
    assert any("There is no step" in what for _, _, what in troubles("---\ntitle: T\n---\n"))
    assert any("no end" in what for _, _, what in troubles("---\ntitle: T\n# A step\ntext\n"))


def test_both_languages_show_the_same() -> None:
    english = read_lesson(LESSON, "x.en.md")

    def told(other: Lesson) -> list[str]:
        return [str(what) for what in check_languages([english, other])]

    assert told(read_lesson(LESSON, "x.zh.md")) == []
    assert "step 2 does not show the same" in told(read_lesson(LESSON.replace("v15", "v16"), "x.zh.md"))[0]
    assert "3 steps in English, 2 in Chinese" in told(read_lesson(LESSON.split("# Who")[0], "x.zh.md"))[0]
    assert "no file in the language “zh”" in next(str(what) for what in check_languages([english]))


@given(st.text(alphabet="#-:> []xab\n\r\ufeff<", max_size=200))
def test_any_text_is_a_lesson_or_has_its_troubles(text: str) -> None:
    lesson = read_lesson(text)
    assert lesson.steps or lesson.troubles
    assert all(1 <= one.line <= len(text.splitlines()) + 2 for one in lesson.troubles)
