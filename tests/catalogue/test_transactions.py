"""`catalogue.transactions` and `catalogue.lending`: what left the house, what came in, what is overdue, and every step undone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from catalogue import history, lending, specimens, transactions, undoing
from catalogue.checking import InvalidDraft
from catalogue.lending import Accession, DueCheck, Loan, NoSuchTransaction
from catalogue.rights import NotAllowed, Person, Role
from catalogue.transactions import TransactionChanged
from tests.thoroughness import often

ANNA = Person("anna", "Anna", Role.CURATOR)
BEN = Person("ben", "Ben", Role.CATALOGUER)
BONE, OTHER = "w:lufengosaurus", "w:doubtful"
LOAN: dict[str, Any] = {
    "number": "L 2026/1",
    "borrower": "Yunnan University",
    "purpose": "CT scan",
    "sent": "2026-03-01",
    "due": "2026-09-01",
    "occurrence_ids": [BONE, OTHER],
}


@pytest.fixture
def loan(small_world: Connection) -> Loan:
    kept = transactions.add(small_world, ANNA, "loan", LOAN)
    assert isinstance(kept, Loan)
    return kept


def test_a_loan_is_seen_from_each_of_its_specimens(small_world: Connection, loan: Loan) -> None:
    assert loan.occurrence_ids == (OTHER, BONE)
    assert lending.of_specimen(small_world, "loan", BONE, who=ANNA) == [loan]
    assert lending.of_specimen(small_world, "loan", "w:bird", who=ANNA) == []
    assert lending.all_of(small_world, ANNA, "loan") == [loan]


def test_a_loan_is_overdue_from_the_day_after(small_world: Connection, loan: Loan) -> None:
    assert lending.overdue(small_world, date(2026, 9, 1), who=ANNA).loans == ()
    assert lending.overdue(small_world, date(2026, 9, 2), who=ANNA).loans == (loan,)
    assert loan.is_overdue(date(2026, 9, 2))
    back = transactions.amend(small_world, ANNA, "loan", loan.id, {"returned": "2026-09-20"}, version=1)
    assert lending.overdue(small_world, date(2026, 9, 30), who=ANNA).loans == ()
    assert not back.is_overdue(date(2026, 9, 30))


def test_a_specimen_is_to_be_looked_at_again_by_its_latest_report(small_world: Connection) -> None:
    first = {"checked_on": "2024-01-10", "condition": "pyrite", "next_check_due": "2025-01-10"}
    specimens.amend(small_world, ANNA, BONE, {"condition_reports": [first]}, version=1)
    assert lending.overdue(small_world, date(2025, 2, 1), who=ANNA).checks == (DueCheck(BONE, "2025-01-10", "pyrite"),)
    again = {"checked_on": "2025-02-03", "condition": "stable", "next_check_due": "2027-01-10"}
    specimens.amend(small_world, ANNA, BONE, {"condition_reports": [again, first]}, version=2)
    assert lending.overdue(small_world, date(2026, 1, 1), who=ANNA).checks == ()


def test_an_accession_is_kept(small_world: Connection) -> None:
    typed = {
        "number": "A 7",
        "received_from": "a farmer of Dawa",
        "received_on": "2025-05-02",
        "occurrence_ids": [BONE],
    }
    kept = transactions.add(small_world, ANNA, "accession", typed | {"accession_kind": "gift"})
    assert kept == Accession("A 7", "a farmer of Dawa", "2025-05-02", "gift", occurrence_ids=(BONE,), id=kept.id)
    assert lending.of_specimen(small_world, "accession", BONE, who=ANNA) == [kept]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"number": ""}, ["number"]),
        ({"number": "L 2026/1"}, ["number"]),
        ({"borrower": " ", "due": ""}, ["borrower", "due"]),
        ({"due": "next year"}, ["due"]),
        ({"due": "2026-02-01"}, ["due"]),
        ({"returned": "2026-01-01"}, ["returned"]),
        ({"occurrence_ids": ["nobody"]}, ["occurrence_ids"]),
        ({"occurrence_ids": [BONE]}, ["occurrence_ids"]),
    ],
)
def test_a_bad_loan_is_refused(small_world: Connection, loan: Loan, changes: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(InvalidDraft) as error:
        transactions.add(small_world, ANNA, "loan", LOAN | {"number": "L 2", "occurrence_ids": []} | changes)
    assert [problem.field for problem in error.value.problems] == fields
    assert lending.all_of(small_world, ANNA, "loan") == [loan]


def test_only_who_keeps_the_book_may_write_and_read_it(small_world: Connection, loan: Loan) -> None:
    with pytest.raises(NotAllowed):
        transactions.add(small_world, BEN, "loan", LOAN | {"number": "L 2"})
    with pytest.raises(NotAllowed):
        transactions.amend(small_world, BEN, "loan", loan.id, {"borrower": "x"}, version=1)
    with pytest.raises(NotAllowed):
        transactions.remove(small_world, BEN, "loan", loan.id)
    with pytest.raises(NotAllowed):
        lending.all_of(small_world, BEN, "loan")
    with pytest.raises(NotAllowed):
        undoing.undo(small_world, BEN, history.edits_of(small_world, limit=1)[0].id)


def test_the_second_saver_is_told(small_world: Connection, loan: Loan) -> None:
    transactions.amend(small_world, ANNA, "loan", loan.id, {"borrower": "IVPP"}, version=1)
    with pytest.raises(TransactionChanged):
        transactions.amend(small_world, ANNA, "loan", loan.id, {"borrower": "LDM"}, version=1)


def test_only_what_differs_is_written_down(small_world: Connection, loan: Loan) -> None:
    assert transactions.amend(small_world, ANNA, "loan", loan.id, {"borrower": LOAN["borrower"]}, version=1) == loan
    transactions.amend(small_world, ANNA, "loan", loan.id, {"due": "2026-10-01"}, version=1)
    past = history.of_record(small_world, transactions.key_of(loan))
    assert [(made.field, made.before, made.after) for made in past] == [
        ("due", "2026-09-01", "2026-10-01"), ("", None, {}),
    ]  # fmt: skip


def test_what_is_not_there_is_told(small_world: Connection) -> None:
    with pytest.raises(NoSuchTransaction):
        lending.get(small_world, "loan", 99)


def test_an_added_loan_that_was_changed_since_stays(small_world: Connection, loan: Loan) -> None:
    adding = history.edits_of(small_world, limit=1)[0].id
    transactions.amend(small_world, ANNA, "loan", loan.id, {"due": "2026-10-01"}, version=1)
    assert len(undoing.undo(small_world, ANNA, adding).kept) == 1
    assert lending.get(small_world, "loan", loan.id).due == "2026-10-01"


def test_a_field_that_was_changed_again_stays(small_world: Connection, loan: Loan) -> None:
    transactions.amend(small_world, ANNA, "loan", loan.id, {"due": "2026-10-01", "purpose": "casting"}, version=1)
    first = history.edits_of(small_world, limit=1)[0].id
    transactions.amend(small_world, ANNA, "loan", loan.id, {"due": "2026-11-01"}, version=2)
    undone = undoing.undo(small_world, ANNA, first)
    now = lending.get(small_world, "loan", loan.id)
    assert (now.due, now.purpose) == ("2026-11-01", "CT scan")
    assert [kept.fields for kept in undone.kept] == [("due",)]


STEPS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"due": st.sampled_from(["2026-10-01", "2027-01-01"])}),
        st.fixed_dictionaries({"occurrence_ids": st.lists(st.sampled_from([BONE, OTHER, "w:bird"]), unique=True)}),
        st.fixed_dictionaries({"returned": st.sampled_from(["", "2026-09-20"])}),
        st.just("remove"),
    ),
    max_size=6,
)


@settings(max_examples=often(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_steps_undone_in_turn_give_back_the_start(small_world: Connection, steps: list[Any]) -> None:
    with small_world.begin_nested() as savepoint:
        start = transactions.add(small_world, ANNA, "loan", LOAN)
        first = history.edits_of(small_world, limit=1)[0].id
        for step in steps:
            try:
                version = lending.get(small_world, "loan", start.id).version
            except NoSuchTransaction:
                break
            if step == "remove":
                transactions.remove(small_world, ANNA, "loan", start.id)
            else:
                transactions.amend(small_world, ANNA, "loan", start.id, step, version=version)
        for made in [one for one in history.edits_of(small_world, limit=100) if one.id > first]:
            assert undoing.undo(small_world, ANNA, made.id).kept == ()
        back = lending.get(small_world, "loan", start.id)
        assert (back.due, back.returned, back.occurrence_ids) == (start.due, start.returned, start.occurrence_ids)
        savepoint.rollback()


def test_visitors_are_told_nothing_of_the_book(small_world: Connection) -> None:
    transactions.add(small_world, ANNA, "loan", LOAN)
    assert lending.of_specimen(small_world, "loan", BONE) == []
    assert lending.overdue(small_world, date(2030, 1, 1)) == lending.Overdue()
