"""Words by which records are found: accents, Chinese pairs, and queries that mean no harm."""

from typing import Any

import pytest
from sqlalchemy import Connection, update

from catalogue import specimens, tables
from catalogue.geological_time import AgeRange, timescale
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Order, Query
from catalogue.searching.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lúfeng", ["lufeng"]),
        ("LUFENG Formation", ["lufeng", "formation"]),
        ("禄丰", ["禄丰"]),
        ("禄丰县", ["禄丰", "丰县"]),
        ("龙", ["龙"]),
        ("Lufeng禄丰", ["lufeng", "禄丰"]),
        ("IVPP-V15", ["ivpp", "v15"]),
        ("Ñandú œuvre", ["nandu", "œuvre"]),
        ("", []),
        ('"*(){}; DROP TABLE', ["drop", "table"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lufeng", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
        ("LÚFENG", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
        ("禄丰", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
        ("中国", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
        ("sinos v34", {"w:sinosaurus"}),
        ("IVPP V15", {"w:lufengosaurus"}),
        ("Early Jurassic", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
        ("侏罗纪 solnh", {"w:bird"}),
        ("Germany", {"w:bird"}),
        ("lufeng solnhofen", set()),
        ('" OR 1=1 --', set()),
        ("???", set()),
        ("", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful", "w:bird"}),
    ],
)
def test_records_are_found_by_the_beginnings_of_their_words(
    small_world: Connection, text: str, found: set[str]
) -> None:
    page = specimens.find(small_world, Query(text=text))
    assert {specimen.occurrence_id for specimen in page.specimens} == found
    assert page.total == len(found) == specimens.count(small_world, Query(text=text))


def test_time_by_overlap_and_from_within(small_world: Connection) -> None:
    sinemurian = timescale()["Sinemurian"].span
    overlapping = specimens.find(small_world, Query(span=sinemurian))
    within = specimens.find(small_world, Query(span=sinemurian, within=True))
    assert {s.occurrence_id for s in overlapping.specimens} == {"w:lufengosaurus", "w:sinosaurus"}
    assert {s.occurrence_id for s in within.specimens} == {"w:sinosaurus"}
    assert specimens.count(small_world, Query(span=AgeRange(200, 200))) == 1


def test_a_taxon_is_found_with_all_that_it_holds(small_world: Connection) -> None:
    assert specimens.count(small_world, Query(taxon="Lufengosaurus")) == 2
    assert specimens.count(small_world, Query(taxon="Lufengosaurus huenei")) == 1
    assert specimens.count(small_world, Query(taxon="Sauropodomorpha")) == 2
    assert specimens.count(small_world, Query(taxon="Dinosauria")) == 4
    assert specimens.count(small_world, Query(taxon="Dino%")) == 0


def test_country_and_kind_of_record(small_world: Connection) -> None:
    assert specimens.count(small_world, Query(country_code="DE")) == 1
    assert specimens.count(small_world, Query(own=False)) == 1
    assert specimens.count(small_world, Query(published=False)) == 3
    assert specimens.count(small_world, Query(own=False, published=False)) == 0


@pytest.mark.parametrize(
    ("order", "first"),
    [("oldest_age", "w:lufengosaurus"), ("youngest_age", "w:bird"), ("name", "w:bird"), ("newest", "w:bird")],
)
def test_records_are_sorted(small_world: Connection, order: Order, first: str) -> None:
    assert specimens.find(small_world, order=order).specimens[0].occurrence_id == first


@pytest.mark.parametrize("order", ["newest", "oldest_age", "youngest_age", "name", "catalog_number"])
def test_pages_do_not_overlap_and_leave_nothing_out(small_world: Connection, order: Order) -> None:
    pages = [specimens.find(small_world, order=order, page=page, size=3).specimens for page in (1, 2, 3)]
    keys = [specimen.occurrence_id for page in pages for specimen in page]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert len(set(keys)) == 4


def test_formation_type_and_preservation_are_asked_as_they_stand(small_world: Connection) -> None:
    assert specimens.count(small_world, Query(formation="Altmühltal")) == 1
    assert specimens.count(small_world, Query(formation="altm")) == 0
    assert specimens.count(small_world, Query(type_status="holotype")) == 0
    assert specimens.count(small_world, Query(preservation="skull")) == 0


def test_a_range_in_numbers_narrows_an_interval(small_world: Connection) -> None:
    jurassic = timescale()["Jurassic"].span
    assert specimens.count(small_world, Query(span=jurassic, range_ma=AgeRange(160, 140))) == 1
    assert specimens.count(small_world, Query(range_ma=AgeRange(195, 190))) == 2
    assert specimens.count(small_world, Query(range_ma=AgeRange(200, 190), within=True)) == 1


def test_what_was_changed_lately_is_found(small_world: Connection) -> None:
    assert specimens.count(small_world, Query(changed_within=1)) == 4
    long_ago = update(tables.specimens).where(tables.specimens.c.occurrence_id == "w:bird")
    small_world.execute(long_ago.values(modified="2020-01-01T00:00:00.000000+00:00"))
    assert specimens.count(small_world, Query(changed_within=365)) == 3


def test_two_conditions_that_ask_for_words_do_not_mix(small_world: Connection) -> None:
    assert specimens.count(small_world, Query(text="lufeng", taxon="Sinosaurus")) == 1


def test_texts_are_sorted_alike_on_every_database(connection: Connection, draft: dict[str, Any]) -> None:
    numbers = ["a 1", "B 1", "b 1", "B-1", "Ä 1", "Z 1"]
    for number in numbers:
        specimens.add(connection, THIS_COMPUTER, draft | {"catalog_number": number})
    found = [record.catalog_number for record in specimens.find(connection, order="catalog_number").specimens]
    assert found == sorted(numbers)
