"""Where records lie for whom: a visitor is never led nearer to a withheld site than the cell of its grid."""

import pytest
from sqlalchemy import Engine

from catalogue import specimens, withholding
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching import facets
from catalogue.searching.area import read_area
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.positions import positions
from catalogue.searching.query import Query

EXACT, MIDDLE = "102.18,25.12;102.19,25.13", "102.1,25.1;102.2,25.2"


@pytest.fixture
def withheld(database: Engine) -> Engine:
    """One withheld site at 25.1234, 102.1876 beside an open one."""
    common = {"verbatim_identification": "Lufengosaurus", "earliest_interval": "Sinemurian", "country_code": "CN"}
    with writing(database) as connection:
        for key, mark, latitude in (("a", "yes", 25.1234), ("b", "", 26.5)):
            place = {
                "decimal_latitude": latitude,
                "decimal_longitude": 102.1876,
                "locality": "x",
                "site_withheld": mark,
            }
            draft = {"occurrence_id": key, "catalog_number": key, "institution_code": "M", **common, **place}
            specimens.add(connection, THIS_COMPUTER, draft)
    return database


def test_visitors_get_the_middle_of_the_cell(withheld: Engine) -> None:
    with reading(withheld) as connection:
        census = take_census(connection)
        assert positions(census, THIS_COMPUTER).latitudes.tolist() == [25.1234, 26.5]
        shown = positions(census, VISITOR)
        assert (shown.latitudes[0], shown.longitudes[0]) == (25.15, 102.15)
        assert shown.coarser.tolist() == [True, False]


def test_no_small_box_finds_the_exact_place(withheld: Engine) -> None:
    exact, middle = Query(area=read_area(EXACT)), Query(area=read_area(MIDDLE))
    with reading(withheld) as connection:
        for count in (
            lambda query, who: facets.count(connection, query, who=who).total,
            lambda q, who: specimens.count(connection, q, who=who),
        ):
            assert [count(exact, THIS_COMPUTER), count(exact, VISITOR)] == [1, 0]
            assert [count(middle, THIS_COMPUTER), count(middle, VISITOR)] == [1, 1]
        counted = [
            facets.count(
                connection, Query(area=read_area(f"{102 + x / 100},25.1;{102 + (x + 1) / 100},25.2")), who=VISITOR
            ).total
            for x in range(30)
        ]
        assert [x for x, number in enumerate(counted) if number] == [14, 15]  # the edges of both hold the middle


def test_a_rule_moves_a_record_at_once(withheld: Engine) -> None:
    with reading(withheld) as connection:
        assert not positions(take_census(connection), VISITOR).coarser[1]
    with writing(withheld) as connection:
        withholding.add_rule(connection, THIS_COMPUTER, "country_code", "CN")
    with reading(withheld) as connection:
        assert positions(take_census(connection), VISITOR).latitudes[1] == 26.55
