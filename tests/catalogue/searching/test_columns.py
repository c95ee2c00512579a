"""`catalogue.searching.columns`: a column of all records, with nothing in it that somebody may not see."""

import pytest
from sqlalchemy import Connection, select

from catalogue import specimens
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.columns import READABLE, column_of
from catalogue.tables import specimens as table
from tests.withheld import SPECIMEN, canary


@pytest.fixture
def withheld(connection: Connection) -> Connection:
    specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    plain = {name: value for name, value in SPECIMEN.items() if not str(value).startswith("qz")}
    known = {"occurrence_id": "w:open", "catalog_number": "LFGT 9002", "site_withheld": "", "locality": "Dawa"}
    specimens.add(connection, THIS_COMPUTER, plain | known)
    return connection


def test_it_holds_what_the_records_hold(withheld: Connection) -> None:
    census = take_census(withheld)
    for field in READABLE:
        column = column_of(withheld, census, field, THIS_COMPUTER)
        stored = dict(withheld.execute(select(table.c.id, table.c[field])).all())
        assert [column.value(place) for place in range(len(census))] == [stored[key] for key in census.ids.tolist()]


def test_a_withheld_record_gives_nothing_away(withheld: Connection) -> None:
    census = take_census(withheld)
    for field in READABLE:
        column = column_of(withheld, census, field, VISITOR)
        seen = {str(column.value(place)) for place in range(len(census))}
        assert not any("qz" in value for value in seen), field
    localities = column_of(withheld, census, "locality", VISITOR)
    assert sorted(str(localities.value(place)) for place in range(len(census)))[-1] == "Dawa"
    assert canary("locality") in {*column_of(withheld, census, "locality", THIS_COMPUTER).values}


def test_other_fields_are_not_read(withheld: Connection) -> None:
    with pytest.raises(ValueError, match="verbatim_label"):
        column_of(withheld, take_census(withheld), "verbatim_label", THIS_COMPUTER)
