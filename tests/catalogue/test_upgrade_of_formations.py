"""A database of the time when a rule knew a formation by one spelling: opened now, its sites are withheld and its finds found by all names."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text, update

from catalogue import finding, settling, withholding
from catalogue.database import open_database, reading, writing
from catalogue.rights import Person, Role
from catalogue.searching.query import Query
from catalogue.tables import settled
from tests.conftest import Fill, closing_engine

BEFORE = "0036"
CATALOGUER = Person("ana", "Ana", Role.CATALOGUER)
RECORD: dict[str, Any] = {
    "basis_of_record": "FossilSpecimen",
    "scientific_name": "Sinosaurus triassicus",
    "verbatim_identification": "Sinosaurus triassicus",
    "max_ma": 201.4,
    "min_ma": 199.5,
    "locality": "Shawan",
    "version": 3,
    "translations": "{}",
    "is_withheld": False,
}
WRITTEN = {"ruled": "禄丰组", "open": "禄丰组", "other": "Yixian", "plain": "Zigong"}
RULE = {"field": "formation", "value": "Lufeng", "made_by": "cur", "made_at": "2026-01-01T00:00:00+00:00"}


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database of the former version with four records and a rule for the Lufeng, opened by this one."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    needed = [column for column in inspect(connection).get_columns("specimens") if not column["nullable"]]
    texts = {column["name"]: "" for column in needed if column["name"] != "id"}
    for key, formation in WRITTEN.items():
        words = {"search_text": f"sinosaurus triassicus {formation.lower()} shawan"}
        own = {
            "occurrence_id": key,
            "catalog_number": key,
            "formation": formation,
            "site_withheld": "no" if key == "open" else "",
        }
        _insert(connection, "specimens", texts | RECORD | words | own)
    _insert(connection, "withholding_rules", dict.fromkeys(("why", "ended_by", "ended_at"), "") | RULE)


def _insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def test_a_rule_that_was_there_protects_a_formation_under_its_other_names(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        assert [withholding.is_withheld(connection, key) for key in WRITTEN] == [True, False, False, False]
        assert finding.get(connection, "ruled").locality == ""
        assert finding.get(connection, "ruled", who=CATALOGUER).locality == "Shawan"
        assert finding.count(connection, Query(text="shawan")) == 3
        assert finding.count(connection, Query(text="shawan"), who=CATALOGUER) == 4


def test_records_that_were_there_are_found_by_the_other_names_and_are_no_newer(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        assert finding.count(connection, Query(text="lufeng")) == 2
        assert finding.count(connection, Query(text="义县")) == 1
        assert {finding.get(connection, key).version for key in WRITTEN} == {3}


def test_it_is_done_once_and_again_when_more_names_are_known(upgraded: Engine) -> None:
    url = upgraded.url.render_as_string(hide_password=False)
    with writing(upgraded) as connection:
        assert settling.is_settled(connection)
        assert settling.settle(connection) == 0
        connection.execute(text("UPDATE specimens SET search_text = 'stale', is_withheld = (1 = 0)"))
    open_database(url).dispose()
    with writing(upgraded) as connection:
        assert not withholding.is_withheld(connection, "ruled"), "nothing is looked at when no more names are known"
        connection.execute(update(settled).values(settled_by="fewer"))
    open_database(url).dispose()
    with reading(upgraded) as connection:
        assert withholding.is_withheld(connection, "ruled")
        assert finding.count(connection, Query(text="lufeng")) == 2
