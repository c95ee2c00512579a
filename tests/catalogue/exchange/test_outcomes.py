"""`catalogue.exchange.outcomes`: many rows in little memory say what was put in."""

from catalogue.exchange.outcomes import RowOutcome, RowOutcomes, outcomes_of
from catalogue.messages import message

ROWS = [
    RowOutcome(2, "accepted", "x:1", "Lufengosaurus"),
    RowOutcome(5, "rejected", "", "?", message("No name."), message("No name.")),
    RowOutcome(3, "unchanged", "x:1", "Lufengosaurus", repeats=2),
    RowOutcome(4, "changed", "x:\ud800", "Sinosaurus", kept=("formation",)),
]


def test_rows_are_given_back_in_the_order_of_the_file() -> None:
    rows = outcomes_of(ROWS)
    assert list(rows) == ROWS
    rows.sort()
    in_order = sorted(ROWS, key=lambda row: row.number)
    assert list(rows) == in_order
    assert (rows[1], rows[-1], rows[1:3]) == (in_order[1], in_order[3], in_order[1:3])
    assert (rows.repeated(), rows.kept(), list(rows.summaries())) == (1, 1, [message("No name.")])


def test_rows_are_counted_and_chosen_by_what_became_of_them() -> None:
    rows = outcomes_of([*ROWS, RowOutcome(6, "accepted", "x:2", "Sinosaurus")])
    assert rows.counts() == {"accepted": 2, "changed": 1, "unchanged": 1, "rejected": 1}
    assert [row.number for row in rows.having("accepted")] == [2, 6]
    assert [row.number for row in rows.having("accepted", most=1)] == [2]


def test_what_is_said_of_many_rejected_rows_is_held_once() -> None:
    rows = outcomes_of(
        RowOutcome(n, "rejected", "", "", message("{n} is bad.", n=n % 2), message("Bad.")) for n in range(2, 6)
    )
    assert [str(row.reason) for row in rows] == ["0 is bad.", "1 is bad.", "0 is bad.", "1 is bad."]
    assert rows[0].reason is rows[2].reason
    assert len(list(rows.summaries())) == 4


def test_alike_are_those_with_the_same_rows() -> None:
    assert outcomes_of(ROWS) == outcomes_of(ROWS)
    assert outcomes_of(ROWS) != outcomes_of(ROWS[:3])
    assert outcomes_of(ROWS) != outcomes_of([*ROWS[:3], RowOutcome(4, "changed", "x:3")])
    assert len(RowOutcomes()) == 0
