"""The map as a file: every kind says what it shows, and none tells a visitor more than the screen does."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from maps import sheet
from screens.parts import map_exports
from screens.parts.map_exports import Chosen
from screens.words import speaking
from tests.withheld import DIGITS, SPECIMEN

CHOSEN = Chosen("country", False, "Finds of the Jurassic", "en", "Jurassic")


LUFENGOSAURUS = Query(taxon="Lufengosaurus")


def written(kind: str, person: Person = VISITOR, query: Query = LUFENGOSAURUS, *, near: bool = False) -> bytes:
    with speaking("en"):
        return map_exports.written(query, person, kind, CHOSEN, near=near)


@pytest.fixture
def withheld(collection: None) -> None:
    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)


def test_texts_say_what_age_model_data_and_licence(collection: None) -> None:
    for said in (written("html").decode(), json.loads(written("geojson"))["description"]):
        for part in ("Jurassic.", "finds are drawn", "no plate model", "ICS 2024-12", "Natural Earth", "Licence:"):
            assert part in said


def test_geojson_holds_the_finds_that_are_drawn(collection: None) -> None:
    told = json.loads(written("geojson"))
    with database.reading() as connection:
        drawn = specimens.count(connection, Query(taxon="Lufengosaurus", with_place=True))
    assert len(told["features"]) == drawn > 0
    assert all(feature["geometry"] for feature in told["features"])


@pytest.mark.parametrize("kind", ["html", "geojson"])
def test_a_visitors_file_keeps_a_withheld_site(withheld: None, kind: str) -> None:
    told = written(kind).decode()
    assert SPECIMEN["occurrence_id"] in told
    assert not any(digits in told for digits in DIGITS)
    assert "withheld site is made coarser" in told
    assert any(digits in written(kind, THIS_COMPUTER).decode() for digits in DIGITS[:2])


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_picture_is_the_same_wherever_in_its_cell_a_withheld_site_lies(
    collection: None, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whoever reads every dot of the picture, drawn as near as it can be, learns the cell and no more."""
    # A PDF holds the time at which it was made, also in its typefaces: what is drawn on its page is compared in its stead.
    monkeypatch.setattr(sheet, "as_pdf", lambda drawing, *_: repr(drawing.marks).encode())
    key, query = SPECIMEN["occurrence_id"], Query(formation="Zhaotong")

    def pictures() -> tuple[bytes, bytes]:
        return written(kind, VISITOR, query, near=True), written(kind, THIS_COMPUTER, query, near=True)

    with database.writing() as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN | {"formation": "Zhaotong"})
        beside = {"occurrence_id": "w:beside", "catalog_number": "LFGT 9002", "site_withheld": ""}
        specimens.add(
            connection, THIS_COMPUTER, SPECIMEN | {"formation": "Zhaotong", "decimal_longitude": 104.0} | beside
        )
    seen, exact = pictures()
    with database.writing() as connection:
        moved = {"decimal_latitude": 61.2011, "decimal_longitude": 102.9101}
        specimens.amend(connection, THIS_COMPUTER, key, moved, version=1)
    seen_then, exact_then = pictures()
    assert seen_then == seen
    assert exact_then != exact


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_are_pictures(collection: None, kind: str, begins: bytes) -> None:
    assert written(kind).startswith(begins)


def test_all_times_side_by_side(open_page: Callable[..., Any]) -> None:
    screen = open_page("periods", taxon="Theropoda")
    assert screen.markup("multiples").count('class="small-map"') == 6
    assert screen.markup("multiples").count('id="bonebed-land"') == 1
    assert re.search(r'<a [^>]*href="./map\?taxon=Theropoda&amp;interval=Triassic&amp;', screen.markup("multiples"))
    stages = open_page("periods", interval="Early Jurassic").markup("multiples")
    assert [name in stages for name in ("Hettangian", "Sinemurian", "Pliensbachian", "Toarcian")] == [True] * 4
