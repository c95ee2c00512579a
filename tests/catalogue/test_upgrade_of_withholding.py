"""A database that was filled before sites could be withheld: nothing is withheld, all is found, and rules work on what was there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from catalogue import finding, withholding
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER, Person, Role
from catalogue.searching.query import Query
from tests.conftest import Fill, closing_engine

BEFORE = "0022"
CATALOGUER = Person("ana", "Ana", Role.CATALOGUER)
FILLED: dict[str, Any] = {
    "occurrence_id": "k",
    "basis_of_record": "FossilSpecimen",
    "catalog_number": "IVPP V15",
    "verbatim_identification": "Lufengosaurus huenei",
    "scientific_name": "Lufengosaurus huenei",
    "genus": "Lufengosaurus",
    "higher_classification": "|Dinosauria|Lufengosaurus|",
    "earliest_interval": "Hettangian",
    "latest_interval": "Hettangian",
    "max_ma": 201.4,
    "min_ma": 199.5,
    "formation": "Lufeng",
    "locality": "Shawan",
    "version": 2,
    "translations": "{}",
    "search_text": "lufengosaurus huenei lufeng shawan",
}


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database of the former version with one record and a part in it, opened by this one."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    needed = [column for column in inspect(connection).get_columns("specimens") if not column["nullable"]]
    texts = {column["name"]: "" for column in needed if column["name"] != "id" and column["default"] is None}
    row = texts | FILLED
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO specimens ({', '.join(row)}) VALUES ({values})"), row)
    piece = "element, side, piece_count, preparations, prepared_by, date_prepared, catalog_number"
    connection.execute(
        text(
            f"INSERT INTO pieces (specimen_id, position, {piece}, remarks) "
            "VALUES ((SELECT max(id) FROM specimens), 0, 'femur', '', '', '', '', '', '', 'from the upper quarry')"
        )
    )


def test_nothing_is_withheld_and_everything_is_found(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        found = finding.get(connection, "k")
        assert (found.locality, found.site_withheld, found.version) == ("Shawan", "", 2)
        assert not withholding.is_withheld(connection, "k")
        assert withholding.rules(connection, THIS_COMPUTER) == []
        for who in (CATALOGUER, finding.VISITOR):
            assert finding.count(connection, Query(text="shawan lufeng"), who=who) == 1
            assert finding.count(connection, Query(text="solnhofen"), who=who) == 0


def test_a_rule_withholds_what_was_there_before(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        rule = withholding.add_rule(connection, THIS_COMPUTER, "taxon", "Dinosauria")
    with reading(upgraded) as connection:
        assert finding.get(connection, "k").locality == ""
        assert finding.listed(connection, "k", "pieces")[0].remarks == ""
        for words in ("shawan", "quarry"):
            assert finding.count(connection, Query(text=words)) == 0
            assert finding.count(connection, Query(text=words), who=CATALOGUER) == 1
    with writing(upgraded) as connection:
        withholding.end_rule(connection, THIS_COMPUTER, rule.id)
        assert finding.count(connection, Query(text="shawan quarry")) == 1
