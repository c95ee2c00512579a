"""The papers of a loan on the screen: seen as they will be printed, in either language, and opened from the book."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, transactions
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings

OpenPage = Callable[..., Any]
LOAN = {"number": "L 1", "borrower": "AMNH", "sent": "2020-03-01", "due": "2099-09-01"}


@pytest.fixture
def loan(collection: None) -> str:
    with database.writing() as connection:
        made = transactions.add(connection, THIS_COMPUTER, "loan", LOAN | {"occurrence_ids": ["bonebed:ivpp-v15"]})
    return str(made.id)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("which", "said"), [("form", "Loan form"), ("receipt", "Receipt for a returned loan")])
def test_the_paper_is_seen_as_it_is_printed(open_page: OpenPage, loan: str, lang: str, which: str, said: str) -> None:
    screen = open_page("loans", papers=loan, paper=which, words="en", lang=lang)
    page = screen.markup(f"papers_{which}_0")
    for text in (said, "L 1", "AMNH", "IVPP V15", "2020-03-01"):
        assert text in page, text
    assert not screen.app.exception


def test_lender_address_and_conditions_come_from_the_settings(
    open_page: OpenPage, loan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONEBED_LENDER", "Lufeng Museum")
    monkeypatch.setenv("BONEBED_LENDER_ADDRESS", "Museum Road 1 | 651200 Lufeng")
    monkeypatch.setenv("BONEBED_LOAN_CONDITIONS", "No sampling. | Credit us.")
    settings.cache_clear()
    page = open_page("loans", papers=loan, words="en").markup("papers_form_0")
    for text in ("Lufeng Museum", "651200 Lufeng", "1. No sampling.", "2. Credit us."):
        assert text in page, text


def test_without_a_setting_the_museum_of_the_specimens_lends(open_page: OpenPage, loan: str) -> None:
    screen = open_page("loans", papers=loan)
    assert screen.app.text_input(key="lender").value == "IVPP"
    assert screen.app.text_area(key="loan_conditions").value == ""


def test_what_is_changed_here_is_on_the_paper(open_page: OpenPage, loan: str) -> None:
    screen = open_page("loans", papers=loan, words="en").fill(lender="Elsewhere", loan_conditions="Handle with care.")
    assert "Elsewhere" in screen.markup("papers_form_0")
    assert "1. Handle with care." in screen.markup("papers_form_0")


@pytest.mark.parametrize("number", ["99", "0", "x"])
def test_a_loan_that_is_not_in_the_book_is_said_to_be_missing(open_page: OpenPage, loan: str, number: str) -> None:
    screen = open_page("loans", papers=number)
    assert bool(screen.app.warning) == number.isdecimal()
    assert not screen.app.exception


def test_the_link_of_the_code_shows_that_loan_alone(open_page: OpenPage, loan: str) -> None:
    with database.writing() as connection:
        other = transactions.add(connection, THIS_COMPUTER, "loan", LOAN | {"number": "L 2"})
    screen = open_page("loans", entry=loan)
    assert "L 1" in screen.markup(f"entry_{loan}")
    assert f"entry_{other.id}" not in screen.pictures()
    assert f"entry_{other.id}" in open_page("loans").pictures()
