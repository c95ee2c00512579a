"""A small world with a list of every kind, a withheld site, and texts that try every way of writing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out.found import Found, find
from catalogue.rights import THIS_COMPUTER, Person
from catalogue.searching.query import Query
from catalogue.settings import settings

HOLOTYPE: dict[str, Any] = {
    "occurrence_id": "w:holotype",
    "institution_code": "IVPP",
    "catalog_number": "IVPP V15",
    "verbatim_identification": "Lufengosaurus huenei Young, 1941",
    "type_status": "holotype",
    "earliest_interval": "Hettangian",
    "latest_interval": "Sinemurian",
    "lithostratigraphic_group": "Lufeng Group",
    "formation": "Lufeng",
    "member": "Shawan",
    "bed": "5",
    "lithostratigraphic_terms": "dark red beds",
    "lowest_biostratigraphic_zone": "zone A",
    "highest_biostratigraphic_zone": "zone B",
    "country_code": "CN",
    "locality": "Shawan & <Dawa>,\tLúfeng\n禄丰 “=1+1”",
    "decimal_latitude": 25.1,
    "decimal_longitude": 102.1,
    "coordinate_uncertainty_in_meters": 100,
    "event_date": "1938-11",
    "recorded_by": "M. N. Bien",
    "occurrence_remarks": "=HYPERLINK(\"x\") ]]> & \\ ' \u3000",
    "associated_references": "young1941 | Somebody (1999). A book with {braces} & 5 % $.",
    "license": "CC BY 4.0",
    "translations": {"zh": {"locality": "禄丰沙湾", "state_province": "云南"}},
    "identifications": [
        {"verbatim_identification": "cf. Gyposaurus", "identified_by": "Young", "date_identified": "1940"},
        {"verbatim_identification": "Dinosauria indet."},
    ],
    "statements": [
        {"measurement_type": "femur length", "measurement_value": "about 560", "measurement_unit": "mm", "reference": "young1941"}
    ],
    "pieces": [{"element": "femur", "side": "left", "remarks": "+1"}],
    "citations": [{"bibliographic_citation": "barrett2005", "pages": "810"}, {"bibliographic_citation": "Unknown, 1950", "doi": "10.1/x"}],
    "other_numbers": [{"other_catalog_number": "V 15a", "institution_code": "GSC"}],
    "absolute_ages": [{"age_ma": 195.2, "error_ma": 0.4, "dating_method": "U-Pb"}],
    "storage": [{"storage_location": "Room 3"}],
    "condition_reports": [{"checked_on": "2020-01-02", "condition": "good"}],
}  # fmt: skip
OTHERS: tuple[dict[str, Any], ...] = (
    {
        "occurrence_id": "w:withheld",
        "catalog_number": "V 2",
        "verbatim_identification": "?Sinosaurus triassicus",
        "earliest_interval": "Early Jurassic",
        "country_code": "CN",
        "locality": "Secret gully",
        "bed": "7",
        "decimal_latitude": 25.1234,
        "decimal_longitude": 102.5678,
        "event_date": "1999-07-08",
        "site_withheld": "yes",
        "relations": [{"relationship_of_resource": "same individual as", "related_occurrence_id": "w:holotype"}],
    },
    {
        "occurrence_id": "w:unplaced",
        "basis_of_record": "MaterialCitation",
        "verbatim_identification": "Theropoda indet.",
        "earliest_interval": "Jurassic",
    },
)

Finds = Callable[..., Found]


@pytest.fixture
def world(connection: Connection) -> Connection:
    """Three records: a holotype with lists, one with a withheld site, one without a place."""
    for draft in (HOLOTYPE, *OTHERS):
        specimens.add(connection, THIS_COMPUTER, draft)
    return connection


@pytest.fixture
def finds(world: Connection) -> Finds:
    """Finds records of the world, all of them unless asked otherwise."""

    def found(who: Person = THIS_COMPUTER, query: Query | None = None) -> Found:
        return find(world, query or Query(), who, order="name")

    return found


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> None:
    """A data set that says of itself all that GBIF wants."""
    for name, text in {
        "DATASET_TITLE": "Dinosaurs of <Lufeng> & beyond",
        "DATASET_DESCRIPTION": "First paragraph.\nSecond & last.",
        "DATASET_ORGANIZATION": "Lufeng Museum",
        "DATASET_CONTACT": "Wang Tao",
        "DATASET_EMAIL": "tao@museum.example",
        "DATASET_LICENSE": "CC-BY-4.0",
        "PUBLIC_URL": "https://bones.museum.example/",
    }.items():
        monkeypatch.setenv(f"BONEBED_{name}", text)
    settings.cache_clear()


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """Where to write."""
    return tmp_path / "out.file"
