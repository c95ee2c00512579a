"""What GBIF would refuse or flag: each issue found where it is, and nothing found where all is well."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue.exchange.out import findings
from catalogue.exchange.out.checking import check, is_type_status
from catalogue.exchange.out.findings import Verdict
from catalogue.exchange.out.found import Found, find
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.tables import PART_TABLES, specimens
from tests.catalogue.exchange.out.conftest import Finds

WELL: dict[str, Any] = {"type_status": "", "event_date": "1938", "country_code": "CN", "license": ""}


@pytest.fixture
def all_well(world: Connection) -> Connection:
    """The world with nothing to remark."""
    place = {"decimal_latitude": 25.1, "decimal_longitude": 102.1, "coordinate_uncertainty_in_meters": 100.0}
    world.execute(specimens.update().values(**WELL, **place))
    return world


def issues(verdict: Verdict) -> dict[str, tuple[str, int]]:
    return {one.issue: (one.severity, one.count) for one in verdict.findings}


def everything(connection: Connection) -> Found:
    return find(connection, Query(), THIS_COMPUTER)


def test_where_all_is_well_nothing_is_said(all_well: Connection, described: None) -> None:
    verdict = check(everything(all_well), lambda latitude, longitude: "CN")
    assert (verdict.findings, verdict.records) == ((), 3)


def test_a_data_set_that_says_nothing_of_itself_is_refused(all_well: Connection) -> None:
    verdict = check(everything(all_well))
    assert [one.issue for one in verdict.refused] == [
        "dataset title",
        "dataset description",
        "publishing organisation",
        "contact",
        "license",
    ]
    assert all(
        one.setting.startswith("BONEBED_DATASET_") and "BONEBED" not in str(one.remedy) for one in verdict.refused
    )


@pytest.mark.parametrize(
    ("values", "issue", "severity"),
    [
        ({"event_date": ""}, "eventDate", "flagged"),
        ({"event_date": "1938-02-30"}, "RECORDED_DATE_INVALID", "flagged"),
        ({"event_date": "1939/1938"}, "RECORDED_DATE_INVALID", "flagged"),
        ({"event_date": "1492"}, "RECORDED_DATE_UNLIKELY", "flagged"),
        ({"event_date": "9999-01-01"}, "RECORDED_DATE_UNLIKELY", "flagged"),
        ({"date_identified": "1938-13"}, "IDENTIFIED_DATE_INVALID", "flagged"),
        ({"georeferenced_date": "2999"}, "GEOREFERENCED_DATE_UNLIKELY", "flagged"),
        ({"decimal_latitude": 0.0, "decimal_longitude": 0.0}, "ZERO_COORDINATE", "flagged"),
        ({"decimal_latitude": 91.0}, "COORDINATE_OUT_OF_RANGE", "flagged"),
        ({"decimal_latitude": None, "decimal_longitude": None}, "coordinates", "flagged"),
        ({"coordinate_uncertainty_in_meters": None}, "coordinateUncertaintyInMeters", "flagged"),
        ({"country_code": ""}, "country", "flagged"),
        ({"country_code": "QX"}, "COUNTRY_INVALID", "flagged"),
        ({"type_status": "the best one"}, "TYPE_STATUS_INVALID", "flagged"),
        ({"individual_count": 0}, "INDIVIDUAL_COUNT_INVALID", "flagged"),
        ({"basis_of_record": "HumanObservation"}, "BASIS_OF_RECORD_INVALID", "refused"),
        ({"scientific_name": ""}, "scientificName", "refused"),
        ({"license": "all rights reserved"}, "record license", "refused"),
        ({"license": "CC-BY-SA-4.0"}, "record license", "refused"),
        ({"occurrence_id": ""}, "occurrenceID missing", "refused"),
        ({"occurrence_id": "W:UNPLACED"}, "occurrenceID", "refused"),
    ],
)
def test_each_issue_is_found_once(
    all_well: Connection, described: None, values: dict[str, Any], issue: str, severity: str
) -> None:
    all_well.execute(specimens.update().where(specimens.c.occurrence_id == "w:holotype").values(**values))
    verdict = check(everything(all_well), lambda latitude, longitude: "CN")
    assert issues(verdict) == {issue: (severity, 1)}
    assert len(verdict.findings[0].records) == 1


def test_a_place_in_another_country_is_flagged(all_well: Connection, described: None) -> None:
    verdict = check(everything(all_well), lambda latitude, longitude: "MM")
    assert issues(verdict) == {
        "COUNTRY_COORDINATE_MISMATCH": ("flagged", 2)
    }  # not the coarser place of a withheld site
    at_sea = check(everything(all_well), lambda latitude, longitude: None)
    assert at_sea.findings == ()


def medium(connection: Connection, terms: str) -> None:
    key = connection.scalar(specimens.select().with_only_columns(specimens.c.id))
    texts = {"sha256": "a" * 64, "kind": "photograph", "format": "jpeg", "license": terms, "credit": "Wang"}
    blank = {"caption": "", "translations": {}, "added_by": "", "added_at": ""}
    row = {"specimen_id": key, "position": 0, "width": 1, "height": 1, "bytes": 1, **texts, **blank}
    connection.execute(PART_TABLES["media"].insert().values(**row))


def test_photographs_need_a_licence_that_gbif_takes(all_well: Connection, described: None) -> None:
    medium(all_well, "CC-BY-SA-4.0")
    assert issues(check(everything(all_well))) == {"media license": ("flagged", 1)}


def test_photographs_need_a_link(all_well: Connection) -> None:
    medium(all_well, "CC-BY-4.0")
    assert issues(check(everything(all_well)))["MULTIMEDIA_URI_INVALID"] == ("flagged", 1)


def test_refusals_come_first_and_many_records_are_named_in_part(
    finds: Finds, described: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "SHOWN", 1)
    verdict = check(finds())
    severities = [one.severity for one in verdict.findings]
    assert severities == sorted(severities, reverse=True)
    assert all(len(one.records) == min(one.count, 1) for one in verdict.findings)


def test_nothing_to_publish_is_refused(finds: Finds, described: None) -> None:
    assert issues(check(finds(query=Query(text="nowhere")))) == {"records": ("refused", 0)}


@pytest.mark.parametrize("status", ["holotype", "Paratype", "holotype | paratype", "Lectotype of Lufengosaurus magnus"])
def test_type_status_of_the_code_is_known(status: str) -> None:
    assert is_type_status(status)


@pytest.mark.parametrize("status", ["figured", "best", "holotype?? maybe", ""])
def test_other_type_status_is_not(status: str) -> None:
    assert not is_type_status(status)
