"""`catalogue.as_held`: what is told at a glance is what a full check would say."""

from typing import Any

import pytest
from sqlalchemy import Connection, event, update

from catalogue import as_held, numbers, specimens, stored, tables
from catalogue.rights import THIS_COMPUTER
from catalogue.taking_over import TakingOver

HELD: dict[str, Any] = {
    "occurrence_id": "x:1",
    "basis_of_record": "FossilSpecimen",
    "institution_code": "LFGT",
    "catalog_number": "V1",
    "verbatim_identification": "Lufengosaurus cf. huenei",
    "earliest_interval": "Hettangian",
    "locality": "Dawa",
    "decimal_latitude": 25.1,
    "decimal_longitude": 0.0,
    "individual_count": 2,
}


@pytest.fixture
def held(connection: Connection) -> Connection:
    specimens.add(connection, THIS_COMPUTER, HELD)
    return connection


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({}, True),
        ({"locality": " Dawa "}, True),
        ({"decimal_latitude": "25.10"}, True),
        ({"decimal_longitude": "0"}, True),
        ({"decimal_longitude": "", "decimal_latitude": ""}, False),
        ({"individual_count": "2"}, True),
        ({"individual_count": ""}, False),
        ({"formation": "", "coordinate_uncertainty_in_meters": None, "translations": {}}, True),
        ({"formation": "Lufeng"}, False),
        ({"translations": {"zh": {"locality": "大洼"}}}, False),
        ({"decimal_latitude": "north"}, False),
        ({"pieces": []}, False),
    ],
)
def test_a_draft_says_what_is_held(held: Connection, said: dict[str, Any], same: bool) -> None:
    (row,) = stored.rows_of(held, ["x:1"]).values()
    draft = {**{name: HELD[name] for name in HELD if name not in said}, **said}
    assert as_held.says_what_is_held(draft, row) == same
    if same:
        assert vars(stored.specimen_of_row(row)) == vars(stored.get(held, "x:1"))


def test_what_follows_otherwise_today_is_checked_anew(held: Connection) -> None:
    """The chart of today dates a record that an older chart dated otherwise, although the file says the same."""
    held.execute(update(tables.specimens).values(max_ma=201.3, timescale="an older chart"))
    door = TakingOver(held)
    door.look_up(["x:1"])
    assert door.judge(HELD).outcome == "changed"


def test_a_number_that_stands_twice_in_a_file_is_seen_although_one_row_says_nothing_new(held: Connection) -> None:
    door = TakingOver(held)
    door.look_up(["x:1", "x:2"], [("LFGT", "V1")])
    assert door.judge(HELD).outcome == "unchanged"
    assert door.bears(("LFGT", "V1"))


def test_bearers_are_found_by_the_index(held: Connection) -> None:
    """Else each batch of an import would read the whole catalogue."""
    asked: list[tuple[str, Any]] = []
    event.listen(held, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    names = numbers.bearers(held, [("LFGT", "V1"), ("IVPP", "V1")])
    assert names == {("LFGT", "V1"): {"x:1": "Lufengosaurus cf. huenei"}}
    if held.dialect.name == "sqlite":
        for statement, given in list(asked):
            plan = held.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
            assert "SEARCH" in str(plan)
            assert "SCAN specimens" not in str(plan)
