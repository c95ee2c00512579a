"""What publications say is found by name, by the find that names a site, and by nobody from whom the site is withheld."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens, withholding
from catalogue.exchange import pipeline
from catalogue.exchange.out import published as files
from catalogue.messages import CatalogueError
from catalogue.published import reading
from catalogue.published.entries import folded
from catalogue.rights import THIS_COMPUTER, VISITOR

COLLECTIONS = b"""collection_no,collection_name,n_occs,formation,state,lat,lng
11805,"Shawan, Lufeng",3,Lufeng,Yunnan,25.1,102.1
118,=Dawa,1,Lufeng,Yunnan,25.2,102.2
9,Solnhofen,1,Solnhofen,Bayern,,
"""
FINDS = b"""occurrence_no,accepted_name,early_interval,collection_no,formation
1,Lufengosaurus huenei,Hettangian,11805,Lufeng
2,Sinosaurus triassicus,Hettangian,11805,Lufeng
3,Yunnanosaurus huangi,Sinemurian,118,Lufeng
11805,Archaeopteryx,Tithonian,9,Solnhofen
"""


@pytest.fixture
def sites(connection: Connection) -> Connection:
    for name, content in (("collections.csv", COLLECTIONS), ("finds.csv", FINDS)):
        pipeline.commit(connection, THIS_COMPUTER, name, content)
    return connection


def site(connection: Connection, number: int, who: Any = VISITOR) -> reading.Site | None:
    find = specimens.get(connection, f"pbdb:occ:{number}", who=who)
    return reading.site_of(connection, find, who=who)


def names(page: Any) -> list[str]:
    return [entry.says.title for entry in page.entries]


def test_a_find_leads_to_its_site_and_to_what_else_was_found_there(sites: Connection) -> None:
    found = site(sites, 1)
    assert found is not None
    assert found.locality is not None
    assert (found.number, found.locality.title) == ("11805", "Shawan, Lufeng")
    assert [one.scientific_name for one in found.others.specimens] == ["Sinosaurus triassicus"]
    alone = site(sites, 3)
    assert alone is not None
    assert alone.others.total == 0


def test_a_site_is_named_by_a_find_before_its_list_comes_in(connection: Connection) -> None:
    pipeline.commit(connection, THIS_COMPUTER, "finds.csv", FINDS)
    found = site(connection, 1)
    assert found is not None
    assert (found.number, found.locality, found.others.total) == ("11805", None, 1)


def test_lists_are_searched_by_name_without_capitals_and_accents(sites: Connection) -> None:
    assert names(reading.find(sites, "locality", "SHAWÁN")) == ["Shawan, Lufeng"]
    assert names(reading.find(sites, "locality", "100%_")) == []
    assert names(reading.find(sites, "locality", size=2, page=2)) == ["Solnhofen"]


def test_a_locality_is_withheld_as_a_find_from_it_would_be(sites: Connection) -> None:
    withholding.add_rule(sites, THIS_COMPUTER, "formation", "Lufeng")
    assert names(reading.find(sites, "locality", who=VISITOR)) == ["Solnhofen"]
    assert reading.find(sites, "locality", "shawan", who=VISITOR).total == 0
    assert "Shawan" not in files.content(sites, "locality", "geojson", who=VISITOR)
    assert "Shawan" in files.content(sites, "locality", "geojson", who=THIS_COMPUTER)
    assert site(sites, 1) is None
    assert site(sites, 1, THIS_COMPUTER) is not None


def test_a_locality_is_withheld_where_one_find_from_it_is(sites: Connection) -> None:
    version = specimens.get(sites, "pbdb:occ:2", who=THIS_COMPUTER).version
    specimens.amend(sites, THIS_COMPUTER, "pbdb:occ:2", {"site_withheld": "yes"}, version=version)
    assert "Shawan, Lufeng" not in names(reading.find(sites, "locality", who=VISITOR))
    found = site(sites, 1)
    assert found is not None
    assert (found.locality, found.others.total) == (None, 0)


def test_localities_go_out_as_geojson_and_csv(sites: Connection) -> None:
    held = json.loads(files.content(sites, "locality", "geojson", who=VISITOR))
    assert [(one["id"], one["geometry"]) for one in held["features"]] == [
        ("pbdb:col:118", {"type": "Point", "coordinates": [102.2, 25.2]}),
        ("pbdb:col:11805", {"type": "Point", "coordinates": [102.1, 25.1]}),
        ("pbdb:col:9", None),
    ]
    lines = files.content(sites, "locality", "csv", "dawa", who=VISITOR).splitlines()
    assert lines[0].startswith("key,number,locality,")
    assert lines[1].startswith("pbdb:col:118,118,'=Dawa,")
    with pytest.raises(CatalogueError, match="csv"):
        files.content(sites, "name", "geojson", who=VISITOR)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Lufeng Formation", "Lufeng"),
        ("“Lance”", "lance"),
        ("Altmühltal?", "altmuhltal"),
        ("Yixian Fm.", "Yixian"),
        ("禄丰组", "禄丰组"),
    ],
)
def test_names_are_compared_without_their_rank_and_marks(written: str, same: str) -> None:
    assert folded(written) == folded(same)
