"""`classroom.worksheets`: what is printed, with and without the answers, in both languages."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from catalogue.labels.printing import write_pdf
from classroom.questions import World, make_questions
from classroom.worksheets import worksheet
from tests.classroom.worlds import made_world


@pytest.fixture(scope="module")
def world() -> World:
    return made_world("en")


def printed(world: World, *, with_answers: bool, seed: int = 5) -> str:
    pages = worksheet(make_questions(world, seed, count=10), number=seed, with_answers=with_answers, language=world.language, say=str)  # fmt: skip
    reader = PdfReader(BytesIO(write_pdf(pages, title="Worksheet")))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_every_question_is_printed_with_its_choices(world: World) -> None:
    text = printed(world, with_answers=False)
    for one in make_questions(world, 5, count=10):
        assert one.asks in text
        if one.kind != "order":
            assert all(choice in text for choice in one.choices)


def test_reasons_are_printed_with_the_answers_only(world: World) -> None:
    blank, solved = printed(world, with_answers=False), printed(world, with_answers=True)
    for one in make_questions(world, 5, count=10):
        assert one.because not in blank and one.because in solved


def test_the_number_stands_on_every_page(world: World) -> None:
    pages = worksheet(make_questions(world, 5), number=4711, with_answers=False, language="en", say=str)
    assert all("4711" in page.placed[0][2].text for page in pages)


def test_nothing_lies_beyond_the_paper(world: World) -> None:
    for seed in range(5):
        for page in worksheet(make_questions(world, seed), number=seed, with_answers=True, language="en", say=str):
            for mark in page.placed[0][2].marks:
                x, y = getattr(mark, "x", 0.0), getattr(mark, "y", 0.0)
                assert 0 <= x <= page.width and 0 <= y <= page.height


def test_chinese_names_are_printed(world: World) -> None:
    assert "龙" in printed(made_world("zh"), with_answers=False)
