"""The page Worksheets and quizzes: the number in the link, both files, other questions, and an empty catalogue."""

from collections.abc import Callable
from typing import Any

from screens.parts import quizzes

OpenPage = Callable[..., Any]


def test_the_number_stands_in_the_link_and_brings_the_same_questions(open_page: OpenPage) -> None:
    page = open_page("worksheet", number="4711")
    assert page.query == {"number": "4711"}
    for question in quizzes.questions(4711, "en"):
        assert question.asks.split("(")[0][:40] in page.markup("page_1") + page.markup("page_2")


def test_other_questions_have_another_number(open_page: OpenPage) -> None:
    page = open_page("worksheet", number="4711").press("other_questions")
    assert page.query["number"] != "4711"


def test_a_number_that_is_none_is_passed_over(open_page: OpenPage) -> None:
    for written in ("x", "-1", "0", "99999999"):
        assert 1 <= int(open_page("worksheet", number=written).query["number"]) <= quizzes.LARGEST_SEED


def test_both_files_are_there_in_the_readers_language(open_page: OpenPage) -> None:
    open_page("worksheet", number="5")
    blank, solved = (quizzes.pdf(5, "zh", with_answers=answers) for answers in (False, True))
    assert blank.startswith(b"%PDF") and solved.startswith(b"%PDF") and blank != solved
