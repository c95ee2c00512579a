"""What the OpenAPI document promises is what the API does: schemathesis asks what the document allows, and what it does not.

All its checks are on: no error of ours, each status, header, form and schema as described, what is allowed taken, the rest refused.
The ordinary run leaves out that every value at every limit is tried, which is nine tenths of the questions and of the time.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from sqlalchemy import Engine
from starlette.applications import Starlette

from catalogue import database as databases
from catalogue import specimens
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from screens import serving
from tests.conftest import LUFENGOSAURUS
from tests.thoroughness import THOROUGH, often

CONFIG: dict[str, Any] = {
    "seed": 1938,
    "continue-on-failure": True,
    "phases": {"coverage": {"enabled": THOROUGH}},
    "generation": {"max-examples": often(25), "deterministic": True, "database": "none"},
}
_BOXES = st.tuples(st.integers(-180, 180), st.integers(-90, 0), st.integers(-180, 180), st.integers(1, 90))
schemathesis.openapi.format("area", _BOXES.map("{0[0]},{0[1]};{0[2]},{0[3]}".format))
KEYS = ("w:1", "urn:catalog/IVPP/V 15?a#b%", "禄丰：一号")
LISTS: dict[str, Any] = {
    "identifications": [{"verbatim_identification": "Gryponyx", "identified_by": "Young", "date_identified": "1941"}],
    "statements": [{"measurement_type": "length", "measurement_value": "about 6", "measurement_unit": "m"}],
    "absolute_ages": [{"age_ma": 190.5, "error_ma": 0.5, "dating_method": "U-Pb"}],
    "citations": [{"bibliographic_citation": "young1941"}],
    "relations": [{"relationship_of_resource": "cast of", "related_resource": "a cast in Beijing"}],
}


@pytest.fixture
def app(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starlette]:
    """Our routes over three records, whose keys are as awkward as keys can be; `tests/catalogue/api` asks both kinds of databases."""
    monkeypatch.setattr(databases, "engine", lambda: database)
    monkeypatch.setenv("BONEBED_API_PER_MINUTE", "1000000")
    monkeypatch.setenv("BONEBED_SIGN_IN", "local")
    settings.cache_clear()
    with databases.writing(database) as connection:
        for number, key in enumerate(KEYS):
            draft = LUFENGOSAURUS | LISTS | {"occurrence_id": key, "catalog_number": f"V {number}"}
            specimens.add(connection, THIS_COMPUTER, draft)
    return Starlette(routes=serving.routes(), middleware=serving.middleware())


@pytest.mark.parametrize("dialect", ["sqlite", *["postgresql"] * THOROUGH], indirect=True)
def test_the_api_does_what_its_description_promises(app: Starlette) -> None:
    schema = schemathesis.openapi.from_asgi("/api", app, config=SchemathesisConfig.from_dict(CONFIG))
    asked, wrong = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.interactions)
            wrong += told(event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(repr(event))
    assert wrong == []
    assert asked > (300 if THOROUGH else 60)


def told(event: events.ScenarioFinished) -> list[str]:
    """What failed, with the question that shows it."""
    return [
        f"{check.name}: {check.failure_info.failure.title if check.failure_info else ''} {check.failure_info.failure.message if check.failure_info else ''} for {event.recorder.cases[key].value.as_curl_command()}"
        for key, checks in event.recorder.checks.items()
        for check in checks
        if check.status == Status.FAILURE
    ]
