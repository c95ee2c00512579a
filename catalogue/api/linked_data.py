"""One record as JSON-LD: the same answer, with the meaning of each key behind it, so that programs of the semantic web understand it.

Terms of Darwin Core and Dublin Core lead to their definitions; what is ours gets an address under that of the API. Texts in other
languages stand beside the first one, each with its language.

References
----------
Sporny, M. et al. 2020. JSON-LD 1.1. W3C Recommendation. https://www.w3.org/TR/json-ld11/
"""

from collections.abc import Mapping

from catalogue.api.addresses import API
from catalogue.exchange.out.as_terms import TERMS
from catalogue.exchange.out.terms import CHRONO, DCTERMS, DWC

MEDIA_TYPE = "application/ld+json"
_LINK = {"@type": "@id"}
_OF_AGES = {
    "datingMethod": "chrono:chronometricAgeProtocol",
    "materialDated": "chrono:materialDated",
    "reference": "chrono:chronometricAgeReferences",
    "remarks": "chrono:chronometricAgeRemarks",
}
"""What the parts of a measured age are called in the extension ChronometricAge."""
_OF_LISTS = (
    "measurementType",
    "measurementValue",
    "measurementUnit",
    "measurementAccuracy",
    "measurementMethod",
    "measurementRemarks",
    "relationshipOfResource",
    "relationshipRemarks",
)
"""Terms of Darwin Core that stand in lists alone."""
_MOMENT = {"@id": "dcterms:modified", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}


def context(base: str) -> dict[str, object]:
    """What the keys of a record mean, as a JSON-LD context; `base` is the address of Bonebed."""
    terms = {name: _short(address) for name, address in TERMS.items() if address}
    return {
        "@version": 1.1,
        "@vocab": f"{base}{API}#",
        "dwc": DWC,
        "dcterms": DCTERMS,
        "chrono": CHRONO,
        **terms,
        **{name: f"dwc:{name}" for name in _OF_LISTS},
        "modified": _MOMENT,
        "references": {"@id": "dcterms:references", **_LINK},
        "self": _LINK | {"@id": "dcterms:hasFormat"},
        "accessURI": {"@id": "http://rs.tdwg.org/ac/terms/accessURI", **_LINK},
        "absoluteAges": {"@id": "chrono:ChronometricAge", "@context": _OF_AGES},
    }


def as_json_ld(document: Mapping[str, object], base: str) -> dict[str, object]:
    """A record of `catalogue.api.answers.specimen` as JSON-LD."""
    told = {name: _with_languages(value) for name, value in _merged(document).items()}
    kind = {"@id": document["references"], "@type": ["dwc:Occurrence", f"dwc:{document['basisOfRecord']}"]}
    return {"@context": context(base), **kind, **told}


def _short(address: str) -> str:
    return address.replace(DWC, "dwc:").replace(DCTERMS, "dcterms:")


def _with_languages(value: object) -> object:
    if isinstance(value, list):
        return [_merged(part) if isinstance(part, Mapping) else part for part in value]
    return value


def _merged(held: Mapping[str, object]) -> dict[str, object]:
    """Texts in other languages beside the first one, in place of ``translations``."""
    translations = held.get("translations")
    merged = {name: value for name, value in held.items() if name != "translations"}
    if not isinstance(translations, Mapping):
        return merged
    for language, texts in translations.items():
        for name, text in texts.items():
            before = merged.get(name, [])
            listed = before if isinstance(before, list) else [before]
            merged[name] = [*listed, {"@value": text, "@language": language}]
    return merged
