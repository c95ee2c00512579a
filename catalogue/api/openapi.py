"""The description of the API as an OpenAPI 3.1 document, made from the same tables that answer.

References
----------
OpenAPI Initiative 2021. OpenAPI Specification 3.1.0. https://spec.openapis.org/oas/v3.1.0
"""

from collections.abc import Mapping
from typing import Any

from catalogue.api import endpoints
from catalogue.api.endpoints import ENDPOINTS, HTML, PROBLEM, Endpoint
from catalogue.api.linked_data import MEDIA_TYPE as JSON_LD
from catalogue.api.parameters import Parameter
from catalogue.api.schemas import ref, schemas

VERSION = "1.0.0"
"""Of the API: the first number grows when a program that reads it would have to change."""
_ABOUT = (
    "Reads the catalogue. Keys are terms of Darwin Core (http://rs.tdwg.org/dwc/terms/); ages are in million years (Ma), coordinates "
    "in degrees (WGS84). What is blank in a record is left out. The parameters are those of a search's link."
)
_ANSWERS = {
    endpoints.SPECIMEN_LIST.name: "SpecimenPage",
    endpoints.ONE_SPECIMEN.name: "Specimen",
    endpoints.TAXA.name: "TaxonPage",
    endpoints.INTERVALS.name: "Intervals",
    endpoints.LOCALITIES.name: "Localities",
}
"""The schema of each answer."""
_PROBLEMS = {
    "400": "A parameter is unknown or cannot be understood; the answer says which, and what it may be.",
    "403": "You may not read this catalogue.",
    "404": "There is no such record.",
    "405": "This can only be read (GET, HEAD).",
    "406": "The answer is to be had in other forms only.",
    "429": "Too many questions; Retry-After says when to go on, in seconds.",
}
_HEADERS = {"ETag": {"description": "Changes when the answer may have.", "schema": {"type": "string"}}}


def openapi(base: str) -> dict[str, Any]:
    """The document; `base` is the address of Bonebed."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bonebed",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": base or "/"}],
        "paths": {one.path: {"get": _operation(one)} for one in ENDPOINTS},
        "components": {"schemas": schemas()},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    listed = [_parameter(one) for one in endpoint.parameters]
    if "{id}" in endpoint.path:
        listed.append(_KEY)
    return {
        "operationId": endpoint.name,
        "summary": str(endpoint.summary),
        "parameters": listed,
        "responses": {"200": _answer(endpoint), "304": {"description": "Nothing has changed."}, **_problems(endpoint)},
    }


_KEY = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The key of the record (occurrenceID), percent-encoded.",
    "schema": {"type": "string", "minLength": 1},
    "example": "bonebed:ivpp-v15",
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    listed: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": str(parameter.meaning),
        "schema": dict(parameter.schema),
    }
    return listed | ({"style": "form", "explode": False} if parameter.schema["type"] == "array" else {})


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    content = {form: {"schema": _schema(endpoint, form)} for form in endpoint.forms}
    return {"description": str(endpoint.summary), "headers": _HEADERS, "content": content}


def _schema(endpoint: Endpoint, form: str) -> Mapping[str, Any]:
    if form == HTML:
        return {"type": "string"}
    if endpoint is endpoints.DESCRIPTION:
        return {"type": "object"}
    return ref("LinkedSpecimen" if form == JSON_LD else _ANSWERS[endpoint.name])


def _problems(endpoint: Endpoint) -> dict[str, Any]:
    content = {PROBLEM: {"schema": ref("Problem")}}
    return {
        status: {"description": words, "content": content}
        for status, words in _PROBLEMS.items()
        if status != "404" or "{id}" in endpoint.path
    }
