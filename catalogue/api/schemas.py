"""The shape of each answer as JSON Schema, for the OpenAPI document; a test holds answers against it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from catalogue.exchange.out.as_terms import TERMS
from catalogue.exchange.out.terms import term
from catalogue.media.kinds import CONTENT_TYPES
from catalogue.parts import MEDIA, PARTS
from catalogue.records import Specimen

Schema = dict[str, Any]

_TEXT, _NUMBER, _COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer", "minimum": 0}
_LINK = {"type": "string", "format": "uri"}
_TYPES: Mapping[object, Schema] = {
    float: _NUMBER,
    float | None: _NUMBER,
    int: {"type": "integer"},
    int | None: {"type": "integer"},
}
_TRANSLATIONS: Schema = {
    "type": "object",
    "description": "Texts in other languages, by language and term.",
    "additionalProperties": {"type": "object", "additionalProperties": _TEXT},
}


def ref(name: str) -> Schema:
    """A pointer to one of `schemas`."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas() -> dict[str, Schema]:
    """All of them, by name."""
    return {
        "Specimen": _object(_record() | _lists(), needed=("occurrenceID", "basisOfRecord", "references", "self")),
        "SpecimenPage": _page("specimens", ref("Specimen"), facets=_facets()),
        "TaxonPage": _page("taxa", _taxon()),
        "Intervals": _object({"timescale": _TEXT, "total": _COUNT, "intervals": _list(_interval())}),
        "Localities": _page("features", _feature(), type={"const": "FeatureCollection"}),
        "LinkedSpecimen": {
            "type": "object",
            "description": "A Specimen as JSON-LD 1.1.",
            "required": ["@context", "@id", "@type", "occurrenceID"],
            "properties": {"@context": {"type": "object"}, "@id": _LINK, "@type": _list(_TEXT)},
        },
        "Problem": _problem(),
    }


def _object(properties: Mapping[str, Schema], needed: tuple[str, ...] | None = None) -> Schema:
    """An object with these properties and no others; all are needed unless said otherwise."""
    required = list(properties if needed is None else needed)
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _record() -> dict[str, Schema]:
    types = {term(field.name): _TYPES.get(field.type, _TEXT) for field in fields(Specimen)}
    terms = {
        name: {**types.get(name, _TEXT), **({"description": address} if address else {})}
        for name, address in TERMS.items()
    }
    links = {
        "references": {**_LINK, "description": "The stable link of the record, for people and programs."},
        "self": {**_LINK, "description": "The record in this API."},
    }
    return {**terms, "translations": _TRANSLATIONS, **links}


def _lists() -> dict[str, Schema]:
    return {term(name): _list(_part(name)) for name in PARTS}


def _part(name: str) -> Schema:
    properties = {
        term(field.name): _TYPES.get(field.type, _TEXT)
        for field in fields(PARTS[name])
        if field.name not in ("occurrence_id", "translations")
    }
    if name == MEDIA:
        properties |= {"accessURI": _LINK, "format": {"enum": list(CONTENT_TYPES.values())}}
    return _object({**properties, "translations": _TRANSLATIONS}, needed=())


def _page(name: str, item: Schema, **more: Schema) -> Schema:
    frame: dict[str, Schema] = {"total": _COUNT, "page": _COUNT, "size": _COUNT, "self": _LINK}
    needed = (*(one for one in more if one != "facets"), *frame, name)
    return _object({**more, **frame, "previous": _LINK, "next": _LINK, name: _list(item)}, needed)


def _facets() -> Schema:
    counts = {"type": "object", "additionalProperties": _COUNT}
    return {
        "type": "object",
        "description": "For each facet that was asked for: its values with their number of records.",
        "additionalProperties": counts,
    }


def _taxon() -> Schema:
    properties: dict[str, Schema] = {
        "scientificName": _TEXT,
        "taxonRank": _TEXT,
        "parentNameUsage": _TEXT,
        "vernacularNames": {"type": "object", "additionalProperties": _TEXT},
        "lineage": _list(_TEXT),
        "count": _COUNT,
    }
    return _object(properties, needed=("scientificName", "lineage", "count"))


def _interval() -> Schema:
    names = {"type": "object", "additionalProperties": _TEXT}
    properties: dict[str, Schema] = {
        **dict.fromkeys(("name", "rank", "parent", "color", "symbol"), _TEXT),
        **dict.fromkeys(("maxMa", "maxMaError", "minMa", "minMaError"), _NUMBER),
        **dict.fromkeys(("names", "chronostratigraphicNames"), names),
        "count": _COUNT,
    }
    return _object(properties, needed=("name", "rank", "maxMa", "minMa", "color", "names", "count"))


def _feature() -> Schema:
    texts = ("locality", "formation", "stateProvince", "countryCode", "dataGeneralizations", "scientificName")
    numbers = ("coordinateUncertaintyInMeters", "maxMa", "minMa")
    properties: dict[str, Schema] = {
        **dict.fromkeys(texts, _TEXT),
        **dict.fromkeys(numbers, _NUMBER),
        "count": _COUNT,
        "occurrenceIDs": _list(_TEXT),
    }
    point: dict[str, Schema] = {
        "type": {"const": "Point"},
        "coordinates": {**_list(_NUMBER), "minItems": 2, "maxItems": 2},
    }
    return _object(
        {
            "type": {"const": "Feature"},
            "geometry": _object(point),
            "properties": _object(properties, needed=("maxMa", "minMa", "count", "occurrenceIDs")),
        }
    )


def _problem() -> Schema:
    fault = _object({"parameter": _TEXT, "detail": _TEXT, "allowed": _list(_TEXT)}, needed=("parameter", "detail"))
    properties: dict[str, Schema] = {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": _list(fault),
    }
    return _object(properties, needed=("type", "title", "status", "detail"))
