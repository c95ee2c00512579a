"""The same file again changes nothing, also where several of its rows are about one specimen and not all of them can be taken."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from catalogue import history, specimens, undoing
from catalogue.exchange.pipeline import commit, preview
from catalogue.rights import THIS_COMPUTER
from tests.thoroughness import often

NUMBER, KEY, AGE, KIND = "Cat. No.", "occurrenceID", "Age", "basisOfRecord"
_UNKNOWN_AGE = "“Lufengian” is not an interval that we know"
_TWICE = "Rows 2 and 3 are about the same specimen"


def table(heading: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    """Specimens of one species."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Name", *heading), *(("Lufengosaurus", *row) for row in rows)])
    return text.getvalue().encode()


def comes_in_once(connection: Connection, content: bytes) -> list[tuple[str, str]]:
    """Import a file twice, and say what became of its rows, and why."""
    first = commit(connection, THIS_COMPUTER, "a.csv", content)
    second = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert (second.accepted, second.changed, second.rejected) == (0, 0, first.rejected)
    assert second.reasons() == first.reasons()
    assert [str(row.reason) for row in second.rejects] == [str(row.reason) for row in first.rejects]
    return [(row.outcome, str(row.reason or "")) for row in first.rows]


@pytest.mark.parametrize(
    ("heading", "rows", "outcomes", "reason"),
    [
        pytest.param(
            (NUMBER, AGE),
            [("V 1", "Lufengian"), ("V 1", "Hettangian")],
            ["rejected", "accepted"],
            _UNKNOWN_AGE,
            id="the first of two rows has no age",
        ),
        pytest.param(
            (NUMBER, KEY, AGE),
            [("V 1", "", "Lufengian"), ("V 1", "x", "Hettangian")],
            ["rejected", "accepted"],
            _UNKNOWN_AGE,
            id="the second has a key besides",
        ),
        pytest.param(
            (NUMBER, KEY, AGE),
            [("V 1", "x", "Hettangian"), ("V 1", "", "Norian")],
            ["accepted", "rejected"],
            _TWICE,
            id="the second has the number of the first, and no key",
        ),
        pytest.param(
            (NUMBER, KEY, AGE),
            [("V 1", "x", "Hettangian"), ("V 1", "", "Hettangian")],
            ["accepted", "unchanged"],
            "",
            id="and says the same",
        ),
        pytest.param(
            (NUMBER, KEY, AGE, "Latitude", "Longitude"),
            [("", "x", "Norian", "95", "102.1"), ("V 1", "x", "Norian", "25.1", "102.1")],
            ["rejected", "accepted"],
            "Latitude",
            id="the first has a wrong place and no number",
        ),
        pytest.param(
            (NUMBER, KEY, AGE, KIND),
            [("V 1", "", "Norian", "MaterialCitation"), ("V 1", "x", "Hettangian", "FossilSpecimen")],
            ["accepted", "accepted"],
            "",
            id="a published find is not known by the number of a museum's specimen",
        ),
    ],
)
def test_which_row_counts_does_not_hang_on_what_is_there(
    connection: Connection, heading: tuple[str, ...], rows: list[tuple[str, ...]], outcomes: list[str], reason: str
) -> None:
    became = comes_in_once(connection, table(heading, *rows))
    assert [outcome for outcome, _ in became] == outcomes
    assert "".join(why for _, why in became).startswith(reason)


def test_a_row_without_an_age_changes_a_record_that_no_other_row_is_about(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", table((NUMBER, AGE), ("V 1", "Hettangian"), ("V 2", "Norian")))
    content = table((NUMBER, AGE, "Sex"), ("V 1", "", "female"), ("V 2", "Norian", ""), ("V 1", "", "female"))
    report = preview(connection, "b.csv", content)
    assert [(row.outcome, row.repeats) for row in report.rows] == [
        ("changed", None),
        ("unchanged", None),
        ("unchanged", 2),
    ]
    comes_in_once(connection, content)
    kept = specimens.get(connection, "urn:catalog::V 1")
    assert (kept.sex, kept.earliest_interval) == ("female", "Hettangian")


@pytest.mark.parametrize(
    ("rows", "outcomes"),
    [
        pytest.param(
            [("V 2", "", "Norian"), ("V 2", "x", "Hettangian"), ("", "x", "Hettangian")],
            ["rejected", "accepted", "rejected"],
            id="a row without a key means the specimen that has its number, further down too",
        ),
        pytest.param(
            [("V 2", "urn:catalog::V 1", "Hettangian"), ("V 1", "", "Hettangian"), ("V 1", "x", "Hettangian")],
            ["accepted", "unchanged", "accepted"],
            id="and not one whose key only looks like that number",
        ),
        pytest.param(
            [("V 1", "x", "Norian"), ("V 1", "y", "Norian"), ("", "y", "Norian"), ("V 1", "y", "Norian")],
            ["accepted", "rejected", "rejected", "rejected"],
            id="a number is taken, and no other row counts for who wanted it",
        ),
        pytest.param(
            [("V 1", "urn:catalog::V 1", ""), ("V 1", "", "Norian")],
            ["rejected", "rejected"],
            id="a row without a key makes nothing where one with the very key is refused",
        ),
        pytest.param(
            [("V 1", "", ""), ("V 1", "x", "Norian")],
            ["rejected", "accepted"],
            id="a row with neither key nor age finds what a row below it makes, and makes nothing",
        ),
    ],
)
def test_a_number_that_several_rows_ask_for_comes_in_once(
    connection: Connection, rows: list[tuple[str, ...]], outcomes: list[str]
) -> None:
    assert [outcome for outcome, _ in comes_in_once(connection, table((NUMBER, KEY, AGE), *rows))] == outcomes


def test_the_reason_of_the_row_that_counts_stands_with_the_others(connection: Connection) -> None:
    rows = [("V 1", "x", "Norian"), ("V 1", "y", "Norian"), ("", "y", "Norian"), ("V 1", "y", "Norian")]
    reasons = [why for _, why in comes_in_once(connection, table((NUMBER, KEY, AGE), *rows))]
    assert reasons[3] == reasons[1]
    assert (
        reasons[2]
        == f"Row 3 is about the same specimen and cannot be taken, so this one is not either. Row 3: {reasons[1]}"
    )


_HEADINGS = (NUMBER, KEY, AGE, KIND, "Latitude", "Longitude")
_BEFORE = st.lists(
    st.tuples(
        st.sampled_from(["V 1", "V 2", "V 3"]),
        st.sampled_from(["x", "y", "urn:catalog::V 1", "urn:catalog::V 2"]),
        st.just("Norian"),
    ),
    max_size=3,
)
_ROWS = st.tuples(
    st.sampled_from(["V 1", "V 2", "V 3", ""]),
    st.sampled_from(["", "", "x", "y", "urn:catalog::V 1", "urn:catalog::V 2"]),
    st.sampled_from(["Norian", "Norian", "Hettangian", "", "Lufengian"]),
    st.sampled_from(["FossilSpecimen", "", "MaterialCitation"]),
    st.sampled_from(["25.1", "", "95"]),
    st.sampled_from(["102.1", ""]),
)


def test_a_row_known_by_its_number_does_not_take_another_number_away(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", table((NUMBER, AGE), ("V 1", "Norian")))
    commit(connection, THIS_COMPUTER, "b.csv", table((NUMBER, KEY), ("V 2", "urn:catalog::V 1")))
    report = commit(connection, THIS_COMPUTER, "a.csv", table((NUMBER, AGE), ("V 1", "Norian")))
    assert [(row.outcome, row.kept) for row in report.rows] == [("unchanged", ("catalog_number",))]
    assert borne(connection) == {"urn:catalog::V 1": "V 2"}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@settings(max_examples=often(240), derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_BEFORE, width=st.integers(2, len(_HEADINGS)), rows=st.lists(_ROWS, min_size=2, max_size=6))
def test_any_rows_about_few_specimens_come_in_once(
    connection: Connection, before: list[tuple[str, ...]], width: int, rows: list[tuple[str, ...]]
) -> None:
    trial = connection.begin_nested()
    try:
        commit(connection, THIS_COMPUTER, "before.csv", table(_HEADINGS[:3], *before))
        comes_in_once(connection, table(_HEADINGS[:width], *(row[:width] for row in rows)))
    finally:
        trial.rollback()  # the next example begins with an empty catalogue, also after one that failed


_THREE = table((NUMBER, KEY, AGE), *((f"V {n}", f"k{n}", "Norian") for n in (1, 2, 3)))
"""What is in the catalogue before: three specimens with a number each."""


def borne(connection: Connection) -> dict[str, str]:
    found = specimens.find(connection, size=None).specimens
    return {one.occurrence_id: one.catalog_number for one in found}


@pytest.mark.parametrize(
    ("rows", "outcomes", "numbers"),
    [
        pytest.param(
            [("V 2", "k1"), ("V 3", "k2"), ("V 4", "k3")],
            ["changed"] * 3,
            ["V 2", "V 3", "V 4"],
            id="all move up by one",
        ),
        pytest.param(
            [("V 4", "k3"), ("V 3", "k2"), ("V 2", "k1")], ["changed"] * 3, ["V 2", "V 3", "V 4"], id="from the end"
        ),
        pytest.param(
            [("V 2", "k3"), ("V 1", "k2"), ("V 9", "k1")],
            ["changed"] * 3,
            ["V 9", "V 1", "V 2"],
            id="and they move down",
        ),
        pytest.param(
            [("V 2", "k4"), ("V 9", "k2")],
            ["accepted", "changed"],
            ["V 1", "V 9", "V 3", "V 2"],
            id="a new one follows",
        ),
        pytest.param(
            [("V 2", "k1"), ("V 1", "k2"), ("V 3", "k4")], ["rejected"] * 3, ["V 1", "V 2", "V 3"], id="two swap theirs"
        ),
        pytest.param(
            [("V 2", "k1"), ("V 2", ""), ("V 9", "k2")],
            ["changed", "unchanged", "changed"],
            ["V 2", "V 9", "V 3"],
            id="a row that asks by the number means who has it in the end",
        ),
    ],
)
def test_numbers_are_handed_on_in_one_run(
    connection: Connection, rows: list[tuple[str, ...]], outcomes: list[str], numbers: list[str]
) -> None:
    commit(connection, THIS_COMPUTER, "before.csv", _THREE)
    content = table((NUMBER, KEY, AGE), *((*row, "Norian") for row in rows))
    assert [outcome for outcome, _ in comes_in_once(connection, content)] == outcomes
    assert borne(connection) == {f"k{n}": number for n, number in enumerate(numbers, start=1)}
    if "rejected" not in outcomes:
        undoing.undo(connection, THIS_COMPUTER, history.edits_of(connection)[0].id)
        assert borne(connection) == {"k1": "V 1", "k2": "V 2", "k3": "V 3"}
