"""What publications suggest for a record: the age of its formation, the name in use, the groups of a name that our own table lacks."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange import pipeline
from catalogue.published import reading, suggesting
from catalogue.rights import THIS_COMPUTER
from catalogue.taxonomy import taxonomy

STRATA = b"""record_type,group,formation,member,lithology,max_ma,min_ma,cc_list,n_colls,n_occs
str,,Lufeng,,,201.3,190.8,CN,6,8
str,,Lufeng,Shawan,,201.3,199.3,CN,8,20
str,,Lufeng,Elsewhere,,100,99,US,1,1
str,,Ageless,,,,,CN,1,1
"""
TAXA = b"""orig_no,taxon_no,taxon_rank,taxon_name,difference,accepted_name,parent_name
1,1,genus,Novosaurus,,Novosaurus,Novosauridae
2,2,family,Novosauridae,,Novosauridae,Theropoda
3,3,species,Novosaurus bonus,subjective synonym of,Novosaurus melior,Novosaurus
4,4,genus,Circulus,,Circulus,Circulidae
5,5,family,Circulidae,,Circulidae,Circulus
6,6,genus,Lufengosaurus,,Lufengosaurus,Novosauridae
"""


@pytest.fixture
def lists(connection: Connection) -> Connection:
    for content in (STRATA, TAXA):
        pipeline.commit(connection, THIS_COMPUTER, "list.csv", content)
    return connection


def test_a_formation_is_as_old_as_its_units_in_that_country(lists: Connection) -> None:
    age = suggesting.age_of_formation(lists, "Lufeng Formation", "CN")
    assert age == suggesting.PublishedAge("Hettangian", "Sinemurian", 201.3, 190.8, 14)
    for name in ("禄丰组", "Lufeng Fm.", "Formación Lufeng"):
        assert suggesting.age_of_formation(lists, name, "CN") == age
        assert reading.find(lists, "rock_unit", name).total == 3
    everywhere = suggesting.age_of_formation(lists, "lufeng")
    assert everywhere is not None
    assert (everywhere.max_ma, everywhere.min_ma) == (201.3, 99.0)
    assert suggesting.age_of_formation(lists, "Ageless") is None
    assert suggesting.age_of_formation(lists, "") is None


def test_groups_of_a_name_that_our_table_lacks_come_by_its_published_parents(lists: Connection) -> None:
    assert "Novosaurus" not in taxonomy()
    assert suggesting.groups(lists, "Novosaurus bonus") == (
        *taxonomy().lineage("Theropoda"),
        "Novosauridae",
        "Novosaurus",
    )
    assert suggesting.groups(lists, "Circulus") == ()
    assert suggesting.groups(lists, "Lufengosaurus huenei") == (), "our own table stands above"


def test_a_name_that_somebody_types_gets_its_published_groups(lists: Connection, draft: dict[str, Any]) -> None:
    added = specimens.add(lists, THIS_COMPUTER, draft | {"verbatim_identification": "Novosaurus bonus"})
    assert added.higher_classification.endswith("|Theropoda|Novosauridae|Novosaurus|")
    other = specimens.add(lists, THIS_COMPUTER, draft | {"catalog_number": "IVPP V16"})
    assert "Novosauridae" not in other.higher_classification


def test_the_name_in_use_is_told(lists: Connection) -> None:
    found = suggesting.accepted(lists, ["Novosaurus bonus", "Novosaurus", "Unknownia"])
    assert {name: one.accepted_name for name, one in found.items()} == {"Novosaurus bonus": "Novosaurus melior"}
