"""The book of loans and accessions: entered, found from the specimen, overdue in words, returned, taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, lending, specimens, transactions
from catalogue.rights import THIS_COMPUTER

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"
LOAN = {"number": "L 1", "borrower": "IVPP", "sent": "2020-03-01", "due": "2020-09-01", "occurrence_ids": [KEY]}


def book(kind: str = "loan") -> list[Any]:
    with database.reading() as connection:
        return lending.all_of(connection, THIS_COMPUTER, kind)


def lend(**changes: object) -> None:
    with database.writing() as connection:
        transactions.add(connection, THIS_COMPUTER, "loan", LOAN | changes)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_book_opens_empty(open_page: OpenPage, lang: str) -> None:
    screen = open_page("loans", lang=lang)
    assert screen.app.info
    assert not screen.app.error


def test_a_loan_is_entered_from_a_specimen(open_page: OpenPage, collection: None) -> None:
    screen = open_page("loans", **{"with": KEY})
    screen.fill(book_loan_number="L 2026/1", book_loan_borrower="IVPP", book_loan_due="2099-01-01").press("save")
    assert [(loan.number, loan.borrower, loan.occurrence_ids) for loan in book()] == [("L 2026/1", "IVPP", (KEY,))]
    assert "out, due on 2099-01-01" in screen.text()
    assert "out, due on 2099-01-01" in open_page("specimen", id=KEY).markup("labels")


def test_what_is_wrong_is_said_beside_its_field(open_page: OpenPage) -> None:
    screen = open_page("loans").press("new")
    screen.fill(book_loan_number="L 1", book_loan_borrower="IVPP", book_loan_due="soon").press("save")
    assert ["“soon” is not a day" in error.value for error in screen.app.error] == [True]
    assert book() == []


def test_what_is_overdue_is_said_first(open_page: OpenPage) -> None:
    lend()
    screen = open_page("loans")
    assert "1 loan is overdue" in screen.app.error[0].value
    assert "overdue since 2020-09-01" in screen.markup(f"entry_{book()[0].id}")
    screen.press(f"returned_{book()[0].id}")
    assert book()[0].returned
    assert not screen.app.error


def test_an_overdue_look_at_a_specimen_is_listed(open_page: OpenPage) -> None:
    with database.writing() as connection:
        report = {"checked_on": "2019", "condition": "crack", "next_check_due": "2020-01-01"}
        specimens.amend(connection, THIS_COMPUTER, KEY, {"condition_reports": [report]}, version=1)
    assert "1 specimen is to be looked at again" in open_page("loans").text()


def test_a_loan_is_changed_and_taken_out_and_its_history_opens(open_page: OpenPage) -> None:
    lend()
    number = book()[0].id
    screen = open_page("loans").press(f"change_{number}").fill(book_loan_purpose="CT scan").press("save")
    assert book()[0].purpose == "CT scan"
    told = open_page("history", id=f"loan:{number}").app.table[0].value
    assert told.values.tolist() == [["Purpose", "", "CT scan"]]
    screen.press(f"remove_{number}")
    assert book() == []
    assert not open_page("history", id=f"loan:{number}").app.warning
    opened = open_page("history")
    assert "removed" in opened.text()


def test_an_accession_is_entered(open_page: OpenPage) -> None:
    screen = open_page("loans", book="accession").press("new")
    screen.fill(book_accession_number="A 7", book_accession_accession_kind="gift").press("save")
    assert [(one.number, one.accession_kind) for one in book("accession")] == [("A 7", "gift")]
