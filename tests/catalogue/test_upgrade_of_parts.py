"""A database that was filled before there were parts: after the upgrade all is there, and what was removed can be brought back."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from catalogue import history, specimens, undoing
from catalogue.database import reading, writing
from catalogue.parts import Piece, nothing
from catalogue.records import Measurement
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from tests.conftest import Fill, closing_engine

BEFORE = "0020"
_TEXTS = (
    "institution_code catalog_number scientific_name identification_qualifier scientific_name_authorship taxon_rank genus "
    "higher_classification type_status preparations timescale verbatim_age lithostratigraphic_group formation member bed "
    "country_code state_province county locality georeference_protocol georeference_sources event_date recorded_by "
    "occurrence_remarks associated_references dataset_name"
)
SPECIMEN: dict[str, Any] = {
    **dict.fromkeys(_TEXTS.split(), ""),
    "basis_of_record": "FossilSpecimen",
    "catalog_number": "IVPP V15",
    "verbatim_identification": "Lufengosaurus huenei",
    "scientific_name": "Lufengosaurus huenei",
    "genus": "Lufengosaurus",
    "earliest_interval": "Hettangian",
    "latest_interval": "Hettangian",
    "max_ma": 201.4,
    "min_ma": 199.5,
    "locality": "Shawan",
    "translations": "{}",
    "created": "2026-01-01",
    "modified": "2026-01-02",
    "version": 2,
    "search_text": "lufengosaurus huenei shawan",
}
REMOVED: dict[str, Any] = {
    **{name: value for name, value in SPECIMEN.items() if name not in {"version", "modified", "search_text"}},
    "occurrence_id": "removed",
    "catalog_number": "IVPP V16",
    "translations": {},
    "decimal_latitude": None,
    "decimal_longitude": None,
    "coordinate_uncertainty_in_meters": None,
    "statements": [
        {"measurement_type": "height", "measurement_value": "about 3", "measurement_unit": "m", "translations": {}}
    ],
    "import_id": None,
}


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database of the former version, with a record, a statement, a history and a removed record in it, opened by this one."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    row = SPECIMEN | {"occurrence_id": "k"}
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO specimens ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)
    for value in ("about 4", "about 5"):
        connection.execute(
            text(
                "INSERT INTO measurements (specimen_id, measurement_type, measurement_value, measurement_unit, "
                "measurement_accuracy, measurement_method, measurement_remarks, reference, translations) "
                "VALUES ((SELECT max(id) FROM specimens), 'body mass', :value, 't', '', '', '', '', '{}')"
            ),
            {"value": value},
        )
    for kind in ("amend", "remove"):
        edit = "INSERT INTO edits (kind, made_at, made_by, why) VALUES (:kind, '2026-01-02', 'anna', '')"
        connection.execute(text(edit), {"kind": kind})
    told = (
        "INSERT INTO changes (edit_id, occurrence_id, version, field, before, after) "
        "VALUES (:edit, :key, :version, :field, :before, :after)"
    )
    formation = {"edit": 1, "key": "k", "version": 2, "field": "formation", "before": '"Lufeng"', "after": '""'}
    gone = {"edit": 2, "key": "removed", "version": 2, "field": "", "before": json.dumps(REMOVED), "after": None}
    connection.execute(text(told), [formation, gone])


def test_a_filled_database_keeps_its_records_and_their_statements(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        held = specimens.get(connection, "k")
        assert (held.catalog_number, held.version, held.identified_by, held.individual_count) == (
            "IVPP V15",
            2,
            "",
            None,
        )
        stated = [Measurement("k", "body mass", value, "t") for value in ("about 4", "about 5")]
        assert specimens.parts_of(connection, "k") == nothing() | {"statements": stated}
        assert specimens.count(connection, Query(text="Shawan")) == 1


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        assert undoing.undo(connection, THIS_COMPUTER, 1).kept == ()
        assert specimens.get(connection, "k").formation == "Lufeng"
        assert undoing.undo(connection, THIS_COMPUTER, 2).kept == ()
        assert specimens.get(connection, "removed").catalog_number == "IVPP V16"
        assert specimens.statements(connection, "removed") == [Measurement("removed", "height", "about 3", "m")]


def test_old_and_new_fields_are_amended_together(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        draft = {"verbatim_identification": "Yunnanosaurus", "sex": "undetermined", "pieces": [Piece("femur")]}
        specimens.amend(connection, THIS_COMPUTER, "k", draft, version=2)
        first = specimens.statements(connection, "k")[0]
        specimens.amend(connection, THIS_COMPUTER, "k", {"statements": [first]}, version=3)
        assert specimens.statements(connection, "k") == [first]
        past = history.of_record(connection, "k")
        before = history.state_at(specimens.held_by(connection, specimens.get(connection, "k")), past, 2)
        assert (before["verbatim_identification"], before["sex"], before["pieces"]) == ("Lufengosaurus huenei", "", [])
