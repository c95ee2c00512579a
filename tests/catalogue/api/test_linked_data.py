"""A record as JSON-LD: each key has an address, texts have their languages, and nothing of the record is lost."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue.api import answers
from catalogue.api.addresses import Addresses
from catalogue.api.linked_data import as_json_ld, context
from catalogue.rights import VISITOR

BASE = "https://museum.example"


@pytest.fixture
def told(small_world: Connection) -> dict[str, Any]:
    return answers.specimen(small_world, VISITOR, "w:lufengosaurus", Addresses(BASE, lambda medium: ""))


def test_the_record_is_an_occurrence_under_its_stable_link(told: dict[str, Any]) -> None:
    linked = as_json_ld(told, BASE)
    assert linked["@id"] == f"{BASE}/specimen?id=w:lufengosaurus"
    assert linked["@type"] == ["dwc:Occurrence", "dwc:FossilSpecimen"]


def test_texts_in_other_languages_stand_beside_the_first(told: dict[str, Any]) -> None:
    linked = as_json_ld(told, BASE)
    assert linked["locality"] == ["Shawan, Lúfeng", {"@value": "禄丰沙湾", "@language": "zh"}]
    assert "translations" not in linked


def test_nothing_else_is_changed(told: dict[str, Any]) -> None:
    linked = as_json_ld(told, BASE)
    same = told.keys() - {"translations", "locality"}
    assert {name: linked[name] for name in same} == {name: told[name] for name in same}


def test_each_key_leads_to_its_definition_and_what_is_ours_to_the_api(told: dict[str, Any]) -> None:
    known = context(BASE)
    assert known["catalogNumber"] == "dwc:catalogNumber"
    assert known["dwc"] == "http://rs.tdwg.org/dwc/terms/"
    assert known["license"] == "dcterms:license"
    assert known["@vocab"] == f"{BASE}/api#"
    assert "maxMa" not in known
    assert told.keys() - known.keys() <= {
        "maxMa", "minMa", "timescale", "translations", "created", "version", "earliestInterval", "latestInterval"
    }  # fmt: skip
