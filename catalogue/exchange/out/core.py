"""The records of a Darwin Core Archive: the cells of ``occurrence.txt``, and what Darwin Core has no term for.

The latter goes into ``dynamicProperties`` as JSON, under names of Bonebed: Ma, texts in other languages, pieces, publications.
So other programs find all that they know, and Bonebed takes back all that there was.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.countries import country_name
from catalogue.exchange.bonebed_json import OWN_KEY, lists_of
from catalogue.exchange.out import cells
from catalogue.exchange.out.about import About, link_of
from catalogue.exchange.out.as_terms import translated
from catalogue.exchange.out.extensions import cited
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.terms import COLUMNS, OURS, address, license_address

_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_DERIVED = ("country", "references", "dynamicProperties")
TERMS = (*(name for name in COLUMNS if name not in OURS), *_DERIVED)
"""The columns of ``occurrence.txt``."""
DEFAULTS: Mapping[str, str] = {"occurrenceStatus": "present", "kingdom": "Animalia", "nomenclaturalCode": "ICZN"}
"""What holds for every record."""
_KEYED = ("associatedReferences", "identificationReferences")
_OURS = tuple(name for name in COLUMNS if name in OURS - {"maxMa", "minMa", "translations", "created", "version"})


def addresses() -> list[str]:
    """The columns of ``occurrence.txt`` as addresses."""
    return [address(name) for name in TERMS]


def core_rows(portion: Portion, about: About) -> Iterator[tuple[str, ...]]:
    """The rows of ``occurrence.txt``, without line breaks and tabs, for which the file has no way of writing."""
    ours = portion.columns
    for row, earliest, latest, oldest, youngest in zip(
        cells.rows(portion),
        ours["earliest_interval"],
        ours["latest_interval"],
        ours["max_ma"],
        ours["min_ma"],
        strict=True,
    ):
        stated = dict(zip(COLUMNS, row, strict=True))
        told = _for_all(stated, about)
        flat = {name: flattened(text) for name, text in told.items()}
        rest: dict[str, Any] = {
            "earliestInterval": earliest,
            "latestInterval": latest,
            "maxMa": oldest,
            "minMa": youngest,
        }
        rest |= {name: stated[name] for name in _OURS if stated[name]}
        if stated["translations"]:
            rest["translations"] = translated(json.loads(stated["translations"]))
        rest |= {name: stated[name] for name in TERMS if name in stated and flat[name] != stated[name]}
        rest |= lists_of(portion, stated["occurrenceID"])
        flat["dynamicProperties"] = json.dumps({OWN_KEY: rest}, ensure_ascii=False)
        yield tuple(flat[name] for name in TERMS)


def flattened(text: str) -> str:
    """A text in one line."""
    return _BREAKS.sub(" ", text)


def _for_all(stated: Mapping[str, str], about: About) -> dict[str, str]:
    """A record in terms that need no knowledge of Bonebed: publications in words, licences as addresses, the datum named."""
    told = {**stated, **dict.fromkeys(_DERIVED, "")}
    for name in _KEYED:
        told[name] = cited(stated[name])
    told["license"] = license_address(stated["license"]) or stated["license"] or about.license_address
    if stated["decimalLatitude"] and not stated["geodeticDatum"]:
        told["geodeticDatum"] = "EPSG:4326"
    told["country"] = country_name(stated["countryCode"]) if stated["countryCode"] else ""
    told["references"] = link_of(stated["occurrenceID"])
    told["datasetName"] = stated["datasetName"] or about.title
    return told
