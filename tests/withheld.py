"""A record whose exact site is withheld, with a word of its own in every field and part that visitors may not see.

Whatever is given to a visitor is searched for these words (`CANARIES`) and for the digits of the exact place (`DIGITS`).
"""

from dataclasses import fields
from typing import Any

from catalogue.generalising import FATES, PART_FATES
from catalogue.media.kinds import Medium
from catalogue.parts import PARTS, OtherNumber, Part, Relation
from catalogue.records import Measurement, Specimen

KEY = "w:withheld"
DIGITS = ("61.234", "102.987", "1867.25", "1899.75", "1938-11", "2020-11")
"""Of the exact place, the heights and the days; no time of day and no drawing holds these by chance."""
_TEXTS = tuple(
    field.name
    for field in fields(Specimen)
    if field.type is str and FATES[field.name] == "blank" and field.name not in {"site_withheld", "georeferenced_date"}
)


def canary(*names: str) -> str:
    """A word that occurs nowhere else."""
    return "qz" + "".join(names).replace("_", "")


SPECIMEN: dict[str, Any] = {
    **{name: canary(name) for name in _TEXTS},
    "occurrence_id": KEY,
    "institution_code": "LFGT",
    "catalog_number": "LFGT 9001",
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Sinemurian",
    "formation": "Lufeng",
    "preparations": "skull",
    "country_code": "CN",
    "state_province": "Yunnan",
    "county": "Lufeng City",
    "decimal_latitude": 61.2345,
    "decimal_longitude": 102.9876,
    "coordinate_uncertainty_in_meters": 30.0,
    "minimum_elevation_in_meters": 1867.25,
    "maximum_elevation_in_meters": 1899.75,
    "georeferenced_date": "2020-11-05",
    "event_date": "1938-11-05",
    "site_withheld": "yes",
    "translations": {"zh": {"locality": "秘沟", "state_province": "云南", "recorded_by": "秘人"}},
}
_NEEDED: dict[str, dict[str, Any]] = {
    "statements": {"measurement_type": "body mass", "measurement_value": "about 2"},
    "identifications": {"verbatim_identification": "Gyposaurus sinensis"},
    "pieces": {"element": "femur"},
    "citations": {"bibliographic_citation": "Young 1941"},
    "other_numbers": {"other_catalog_number": "C 12", "number_kind": "old number"},
    "relations": {"relationship_of_resource": "part of", "related_occurrence_id": "w:lufengosaurus"},
    "absolute_ages": {"age_ma": 195.0},
    "storage": {"storage_location": canary("storage", "place")},
    "condition_reports": {"checked_on": "2020-11-05", "condition": canary("condition")},
    "media": {
        "sha256": "0" * 64,
        "kind": "photograph",
        "format": "png",
        "width": 10,
        "height": 10,
        "bytes": 100,
        "license": "CC0-1.0",
        "credit": "Museum",
        "translations": {"zh": {"caption": "秘谷"}},
    },
}


def _part(name: str) -> Part:
    kind: Any = PARTS[name]
    hidden = {
        field.name: canary(name, field.name)
        for field in fields(kind)
        if field.type is str and PART_FATES[name][field.name] == "blank" and field.name != "related_resource"
    }
    more = {"occurrence_id": KEY} if kind is Measurement else {}
    made: Part = kind(**{**hidden, **_NEEDED[name], **more})
    return made


PARTS_OF_IT: dict[str, list[Any]] = {name: [_part(name)] for name in PARTS}
PARTS_OF_IT["other_numbers"].append(OtherNumber(canary("number"), number_kind="field number"))
PARTS_OF_IT["relations"].append(Relation("counterpart of", related_resource=canary("relations", "elsewhere")))
OF_THE_STAFF = frozenset({"storage", "condition_reports"})
CANARIES = (
    *(canary(name) for name in _TEXTS),
    *(
        canary(name, field.name)
        for name, kind in PARTS.items()
        for field in fields(kind)
        if field.type is str and PART_FATES[name][field.name] == "blank" and field.name != "related_resource"
    ),
    canary("number"),
    canary("relations", "elsewhere"),
    canary("storage", "place"),
    canary("condition"),
    "秘沟",
    "秘人",
    "秘谷",
)
assert isinstance(PARTS_OF_IT["media"][0], Medium)


def betrayed(given: object) -> list[str]:
    """Which hidden words and digits occur in what was given to somebody."""
    text = given if isinstance(given, str) else repr(given)
    return [word for word in (*CANARIES, *DIGITS) if word in text]
