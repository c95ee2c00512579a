"""The answers about records: pages that lead on, records with their lists, places with their finds; each as its reader may see it."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.api import answers
from catalogue.api.addresses import Addresses
from catalogue.api.endpoints import LOCALITIES, SPECIMEN_LIST
from catalogue.api.paging import Paging
from catalogue.api.parameters import read_parameters
from catalogue.finding import NoSuchSpecimen
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person

BASE = "https://museum.example/bones"
ADDRESSES = Addresses(BASE, lambda medium: f"/photographs/{medium.sha256}")
NOBODY = Person("", "", "nobody")  # type: ignore[arg-type]


def ask(connection: Connection, who: Person = VISITOR, **written: str) -> dict[str, Any]:
    asked = read_parameters(SPECIMEN_LIST.parameters, written.items())
    return answers.specimens(connection, who, asked, Paging(ADDRESSES, SPECIMEN_LIST.path, written))


def places(connection: Connection, **written: str) -> dict[str, Any]:
    asked = read_parameters(LOCALITIES.parameters, written.items())
    return answers.localities(connection, VISITOR, asked, Paging(ADDRESSES, LOCALITIES.path, written))


def test_pages_lead_through_all_records_once(small_world: Connection) -> None:
    seen, page = [], ask(small_world, order="name", size="3")
    assert (page["total"], page["page"], page["size"]) == (4, 1, 3)
    assert "previous" not in page
    assert page["next"] == f"{BASE}/api/specimens?order=name&size=3&page=2"
    seen += page["specimens"]
    page = ask(small_world, order="name", size="3", page="2")
    assert "next" not in page
    assert page["previous"] == f"{BASE}/api/specimens?order=name&size=3&page=1"
    seen += page["specimens"]
    names = [one["scientificName"] for one in seen]
    assert len(names) == 4
    assert names == sorted(names)


def test_places_count_records_that_have_one(small_world: Connection, draft: dict[str, Any]) -> None:
    nowhere = {"decimal_latitude": "", "decimal_longitude": "", "catalog_number": "V1", "occurrence_id": "w:nowhere"}
    specimens.add(small_world, THIS_COMPUTER, draft | nowhere)
    page = places(small_world, size="1", page="4")
    assert (page["total"], "next" in page, len(page["features"])) == (4, False, 1)
    assert ask(small_world)["total"] == 5
    assert places(small_world, coordinates="no")["features"] == []


def test_a_page_behind_the_last_is_empty_and_leads_back(small_world: Connection) -> None:
    page = ask(small_world, size="3", page="9")
    assert page["specimens"] == []
    assert page["previous"] == f"{BASE}/api/specimens?size=3&page=2"
    nothing = ask(small_world, q="nowhere", page="2")
    assert nothing["total"] == 0
    assert nothing.keys().isdisjoint({"previous", "next"})


def test_what_narrows_a_search_narrows_the_answer(small_world: Connection) -> None:
    keys = {
        tuple(written.items()): {one["occurrenceID"] for one in ask(small_world, **written)["specimens"]}
        for written in ({"taxon": "Theropoda"}, {"interval": "Early Jurassic", "kind": "own"}, {"country": "DE"})
    }
    assert list(keys.values()) == [
        {"w:sinosaurus", "w:bird"},
        {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"},
        {"w:bird"},
    ]


def test_facets_are_counted_when_they_are_asked_for(small_world: Connection) -> None:
    assert "facets" not in ask(small_world)
    assert ask(small_world, country="CN", facets="country,formation")["facets"] == {
        "country": {"CN": 3, "DE": 1},
        "formation": {"Lufeng": 3},
    }


def test_a_record_speaks_darwin_core_and_leads_to_itself(small_world: Connection) -> None:
    [found] = ask(small_world, q="V15")["specimens"]
    assert found["catalogNumber"] == "IVPP V15"
    assert found["earliestAgeOrLowestStage"] == "Hettangian"
    assert found["decimalLatitude"] == 25.1
    assert "recordNumber" not in found
    assert found["translations"] == {"zh": {"locality": "禄丰沙湾"}}
    assert found["references"] == f"{BASE}/specimen?id=w:lufengosaurus"
    assert found["self"] == f"{BASE}/api/specimens/w:lufengosaurus"


def test_one_record_has_its_lists_and_publications_in_words(connection: Connection, draft: dict[str, Any]) -> None:
    lists = {
        "identifications": [{"verbatim_identification": "Gryponyx"}],
        "citations": [{"bibliographic_citation": "young1941", "pages": "3"}],
    }
    key = "urn:a/禄 丰?"
    specimens.add(
        connection, THIS_COMPUTER, draft | lists | {"occurrence_id": key, "associated_references": "young1941"}
    )
    found = answers.specimen(connection, VISITOR, key, ADDRESSES)
    assert found["self"] == f"{BASE}/api/specimens/urn:a%2F%E7%A6%84%20%E4%B8%B0%3F"
    assert found["identifications"] == [{"verbatimIdentification": "Gryponyx"}]
    [citation] = found["citations"]  # type: ignore[misc]
    assert citation["pages"] == "3"
    assert "Young" in citation["bibliographicCitation"]
    assert found["associatedReferences"] == citation["bibliographicCitation"]
    assert "pieces" not in found


def test_the_last_change_is_that_of_the_record_changed_last(small_world: Connection) -> None:
    newest = max(one.modified for one in specimens.find(small_world).specimens)
    assert answers.last_changed(small_world) == newest


def test_nothing_was_changed_where_there_is_nothing(connection: Connection) -> None:
    assert answers.last_changed(connection) == ""


def test_a_relation_is_read_from_both_ends(small_world: Connection, draft: dict[str, Any]) -> None:
    related = {"relationship_of_resource": "cast of", "related_occurrence_id": "w:bird", "relationship_remarks": "1990"}
    cast = {"occurrence_id": "w:cast", "catalog_number": "V1", "relations": [related]}
    specimens.add(small_world, THIS_COMPUTER, draft | cast)
    from_cast = answers.specimen(small_world, VISITOR, "w:cast", ADDRESSES)["relations"]
    from_bird = answers.specimen(small_world, VISITOR, "w:bird", ADDRESSES)["relations"]
    [one], [other] = from_cast, from_bird  # type: ignore[misc]
    assert (one["relationshipOfResource"], other["relationshipOfResource"]) == ("cast of", "has cast")
    assert one.keys() == other.keys()
    assert "w:bird" in one.values()
    assert "w:cast" in other.values()


def test_lists_for_the_staff_are_for_the_staff(connection: Connection, draft: dict[str, Any]) -> None:
    storage = {"storage": [{"storage_location": "Cabinet 7"}], "occurrence_id": "w:1"}
    specimens.add(connection, THIS_COMPUTER, draft | storage)
    assert "storage" in answers.specimen(connection, THIS_COMPUTER, "w:1", ADDRESSES)
    assert "storage" not in answers.specimen(connection, VISITOR, "w:1", ADDRESSES)


def test_a_record_that_is_not_there_is_said_to_be(small_world: Connection) -> None:
    with pytest.raises(NoSuchSpecimen, match="“w:none”"):
        answers.specimen(small_world, VISITOR, "w:none", ADDRESSES)


def test_who_may_not_read_reads_nothing(small_world: Connection) -> None:
    with pytest.raises(NotAllowed):
        ask(small_world, NOBODY)
    with pytest.raises(NotAllowed):
        answers.specimen(small_world, NOBODY, "w:bird", ADDRESSES)


def test_a_place_is_a_feature_with_all_that_was_found_there(small_world: Connection, draft: dict[str, Any]) -> None:
    nowhere = {"decimal_latitude": "", "decimal_longitude": "", "catalog_number": "V1", "occurrence_id": "w:nowhere"}
    specimens.add(small_world, THIS_COMPUTER, draft | nowhere)
    found = places(small_world, country="CN", order="catalog_number")
    assert found["type"] == "FeatureCollection"
    assert found["total"] == 3
    [feature] = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [102.1, 25.1]}
    told = feature["properties"]
    assert told["occurrenceIDs"] == ["w:lufengosaurus", "w:sinosaurus", "w:doubtful"]
    assert (told["count"], told["maxMa"], told["minMa"]) == (3, 201.4, 174.7)
    assert told["locality"] == "Shawan, Lúfeng"
    assert "coordinateUncertaintyInMeters" not in told


def test_the_mark_of_a_withheld_site_is_for_the_staff(small_world: Connection) -> None:
    withheld = replace(specimens.get(small_world, "w:bird"), site_withheld="yes")
    assert "siteWithheld" not in answers.record(withheld, VISITOR, ADDRESSES)
    assert answers.record(withheld, THIS_COMPUTER, ADDRESSES)["siteWithheld"] == "yes"
