"""Facets count what is there, whatever is asked and whatever changed since; a slow count by hand is the oracle."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, update

from catalogue import specimens, tables
from catalogue.database import reading, writing
from catalogue.finding import with_ids
from catalogue.geological_time import AgeRange, timescale
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.searching import facets
from catalogue.searching.area import read_area
from catalogue.searching.census_at_hand import take_census
from catalogue.searching.facets import Facet
from catalogue.searching.lineages import lineage_of
from catalogue.searching.query import Order, Query
from tests.benchmarks import worlds

ORDERS: tuple[Order, ...] = ("newest", "oldest_age", "youngest_age", "name", "catalog_number")
BLANK: dict[Facet, dict[str, Any]] = {
    "taxon": {"taxon": ""},
    "interval": {"span": None},
    "formation": {"formation": ""},
    "country": {"country_code": ""},
    "type": {"type_status": ""},
    "preservation": {"preservation": ""},
    "image": {"with_image": None},
    "changed": {"changed_within": 0},
    "kind": {"own": True, "published": True},
}
JURASSIC = timescale()["Jurassic"].span
QUERIES = (
    Query(),
    Query(text="lu"),
    Query(text="IVPP V1"),
    Query(text="禄丰"),
    Query(text="???"),
    Query(taxon="Theropoda"),
    Query(taxon="Theropoda", country_code="CN"),
    Query(taxon="Foo"),
    Query(span=JURASSIC),
    Query(span=JURASSIC, within=True),
    Query(span=timescale()["Hettangian"].span, type_status="holotype"),
    Query(span=AgeRange(150, 150)),
    Query(span=JURASSIC, range_ma=AgeRange(180, 100)),
    Query(range_ma=AgeRange(180, 100), within=True),
    Query(preservation="trace fossil", own=False),
    Query(word="type_status:holotype", country_code="CN"),
    Query(own=False, published=False),
    Query(changed_within=30, country_code="US"),
    Query(with_place=True, own=False),
    Query(with_place=False),
    Query(area=read_area("-10,-30;60,40")),
    Query(area=read_area("170,-40;-150,40"), taxon="Theropoda"),
    Query(area=read_area("100,10;190,20;150,60")),
    Query(with_image=True),
    Query(with_image=False, text="museum"),
    Query(formation="Foo", country_code="CN"),
)


@pytest.fixture
def world(database: Engine) -> Engine:
    """A hundred and twenty specimens, the youngest of them entered today."""
    first = datetime.now(UTC) - timedelta(days=119)
    records = list(worlds.specimens_of_a_world(120, seed=7))
    for number, record in enumerate(records):
        made = (first + timedelta(days=number, minutes=-1)).isoformat(timespec="microseconds")
        records[number] = replace(record, created=made, modified=made)
    with writing(database) as connection:
        worlds.write(connection, records)
    return database


def by_hand(connection: Connection, query: Query, facet: Facet) -> dict[str, int]:
    """A facet counted record by record, under the query without the facet's own choice."""
    found = specimens.find(connection, replace(query, **BLANK[facet]), size=None).specimens
    counted = Counter(value for record in found for value in values_of(record, facet, query))
    return {value: count for value, count in counted.items() if value}


def values_of(record: Specimen, facet: Facet, query: Query) -> list[str]:
    taxon = (record.scientific_name, record.genus, record.higher_classification)
    fits: Callable[[AgeRange], bool] = record.span.lies_within if query.within else record.span.overlaps
    modified = datetime.fromisoformat(record.modified)
    of: dict[Facet, list[str]] = {
        "taxon": lineage_of(taxon),
        "interval": [unit.name for unit in timescale() if fits(unit.span)],
        "formation": [record.formation],
        "country": [record.country_code],
        "type": [record.type_status],
        "preservation": [record.preservation],
        "image": ["no"],
        "changed": [str(n) for n in facets.CHANGED_WITHIN if modified >= datetime.now(UTC) - timedelta(days=n)],
        "kind": [record.basis_of_record],
    }
    return of[facet]


def agree(connection: Connection, query: Query) -> None:
    """The census and the database say the same about a query."""
    counts = facets.count(connection, query)
    assert counts.total == specimens.count(connection, query)
    assert {facet: dict(counts.of[facet]) for facet in facets.FACETS} == {
        facet: by_hand(connection, query, facet) for facet in facets.FACETS
    }


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_each_facet_is_counted_without_its_own_choice(world: Engine, query: Query) -> None:
    with reading(world) as connection:
        agree(connection, query)


@pytest.mark.parametrize("order", ORDERS)
def test_pages_come_in_the_order_of_the_database(world: Engine, order: Order) -> None:
    query = Query(country_code="CN")
    with reading(world) as connection:
        expected = specimens.find(connection, query, order=order, size=None).specimens
        if order == "catalog_number":
            expected.sort(key=lambda s: (s.institution_code, int(s.catalog_number.partition(" V")[2] or -1)))
        pages = [facets.search(connection, query, order=order, page=page, size=4) for page in range(1, 9)]
    found = [record for page in pages for record in page.specimens]
    assert found == expected
    assert {page.total for page in pages} == {len(expected)}


def test_what_is_written_counts_at_once(world: Engine, draft: dict[str, Any]) -> None:
    chance = random.Random(3)
    with reading(world) as connection:
        facets.count(connection, Query())
    for step in range(9):
        with writing(world) as connection:
            keys = [record.occurrence_id for record in specimens.find(connection, size=None).specimens]
            key, deed = chance.choice(keys), step % 3
            if deed == 0:
                number = {"catalog_number": f"NEW {step}", "formation": "Never before", "country_code": "ZW"}
                specimens.add(connection, THIS_COMPUTER, draft | number)
            elif deed == 1:
                version = specimens.get(connection, key).version
                specimens.remove(connection, THIS_COMPUTER, key, version=version)
            else:
                changed = update(tables.specimens).where(tables.specimens.c.occurrence_id == key)
                connection.execute(changed.values(formation=f"Renamed {step}", min_ma=0.0))
        with reading(world) as connection:
            for query in (Query(text="lufeng"), Query(country_code="ZW")):
                agree(connection, query)


def test_what_was_not_kept_never_counted(world: Engine) -> None:
    with pytest.raises(RuntimeError), writing(world) as connection:
        connection.execute(delete(tables.specimens))
        assert facets.count(connection, Query()).total == 0
        raise RuntimeError
    with reading(world) as connection:
        assert facets.count(connection, Query()).total == 120


def test_after_very_many_changes_the_census_is_taken_anew(world: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalogue.searching.census_at_hand.MOST_TOUCHED", 5)
    with reading(world) as connection:
        before = take_census(connection)
    with writing(world) as connection:
        connection.execute(update(tables.specimens).values(country_code="AQ"))
    with reading(world) as connection:
        assert facets.count(connection, Query()).of["country"] == {"AQ": 120}
        assert before.coded["country_code"].values != ["AQ"]


def test_a_list_of_changes_that_was_cut_short_is_noticed(world: Engine) -> None:
    with reading(world) as connection:
        facets.count(connection, Query())
    with writing(world) as connection:
        connection.execute(update(tables.specimens).values(country_code="AQ"))
        newest = specimens.revision(connection)
        connection.execute(delete(tables.touched).where(tables.touched.c.id < int(newest)))
    with reading(world) as connection:
        assert facets.count(connection, Query()).of["country"] == {"AQ": 120}


def test_an_empty_catalogue_can_be_searched(database: Engine, draft: dict[str, Any]) -> None:
    with reading(database) as connection:
        assert facets.search(connection, Query()).specimens == []
        assert facets.search(connection, Query(text="x", taxon="y")).total == 0
    with writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, draft)
    with reading(database) as connection:
        assert facets.search(connection, Query(text="lufeng")).total == 1


@pytest.mark.parametrize("written", ["IVPP V9", "ivpp-v9", "V9", "v9"])
def test_the_very_number_comes_first(connection: Connection, draft: dict[str, Any], written: str) -> None:
    for number in ("IVPP V900", "IVPP V9", "IVPP V91"):
        specimens.add(connection, THIS_COMPUTER, draft | {"catalog_number": number, "occurrence_id": number})
    specimens.add(connection, THIS_COMPUTER, draft | {"catalog_number": "X 1", "occurrence_remarks": "with IVPP V9"})
    found = facets.search(connection, Query(text=written), order="newest")
    assert found.specimens[0].catalog_number == "IVPP V9"
    assert len(found.specimens) == found.total == specimens.count(connection, Query(text=written))
    second = facets.search(connection, Query(text=written), order="newest", page=2, size=1)
    assert second.specimens == found.specimens[1:2]


def test_the_groups_of_a_taxon_know_what_holds_them(small_world: Connection) -> None:
    parents = facets.count(small_world, Query()).parents
    assert parents["Lufengosaurus huenei"] == "Lufengosaurus"
    assert parents["Theropoda"] == "Saurischia"
    assert parents["Animalia"] == ""


def test_all_found_keys_come_in_their_order(world: Engine) -> None:
    with reading(world) as connection:
        keys = facets.found_keys(connection, Query(own=False), order="name")
        names = [record.scientific_name for record in with_ids(connection, keys)]
    assert names == sorted(names) and len(names) > 5
