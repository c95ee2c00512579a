"""Words by which records are found: accents, Chinese pairs, and queries that mean no harm."""

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.geological_time import AgeRange, timescale
from catalogue.search import Order, Query, words


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
