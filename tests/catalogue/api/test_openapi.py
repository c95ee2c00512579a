"""The OpenAPI document: whole, true to the tables, and its schemas are schemas."""

import json
from typing import Any

import jsonschema
import pytest
from sqlalchemy import Connection

from catalogue.api import answers
from catalogue.api.addresses import Addresses
from catalogue.api.endpoints import ENDPOINTS
from catalogue.api.openapi import openapi
from catalogue.rights import THIS_COMPUTER

DOCUMENT = openapi("https://museum.example")


def pointers(held: Any) -> set[str]:
    """Every pointer in a document."""
    if isinstance(held, dict):
        return {held["$ref"]} if "$ref" in held else {one for value in held.values() for one in pointers(value)}
    return {one for value in held for one in pointers(value)} if isinstance(held, list) else set()


def test_each_address_is_described_with_its_parameters() -> None:
    assert list(DOCUMENT["paths"]) == [one.path for one in ENDPOINTS]
    for endpoint in ENDPOINTS:
        named = [one["name"] for one in DOCUMENT["paths"][endpoint.path]["get"]["parameters"]]
        assert named == [one.name for one in endpoint.parameters] + (["id"] if "{id}" in endpoint.path else [])


def test_each_pointer_leads_somewhere_and_each_schema_is_one() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert pointers(DOCUMENT) == {f"#/components/schemas/{name}" for name in schemas}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_names_of_operations_are_each_others_only() -> None:
    named = [path["get"]["operationId"] for path in DOCUMENT["paths"].values()]
    assert len(set(named)) == len(named)


def test_a_record_is_what_its_schema_says_and_no_more(small_world: Connection) -> None:
    told = answers.specimen(small_world, THIS_COMPUTER, "w:bird", Addresses("https://m.example", lambda medium: ""))
    schema = DOCUMENT["components"]["schemas"]["Specimen"]
    jsonschema.validate(told, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"colour": "red"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"decimalLatitude": "25"}, schema)


def test_the_document_is_json() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
