"""The lists of records as extensions of a Darwin Core Archive: one file each, a row a part, tied to its record by `occurrenceID`.

What has no extension (pieces, publications, other numbers) and what an extension would lose goes with its record, see
`catalogue.exchange.out.core`.

References
----------
GBIF's registered extensions, https://rs.gbif.org/extensions.html. Chronometric Age extension, https://tdwg.github.io/chrono
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from mimetypes import MimeTypes
from typing import Any
from urllib.parse import SplitResult, urlsplit

from catalogue.exchange.out.about import link_of
from catalogue.exchange.out.cells import number
from catalogue.exchange.out.terms import CHRONO, DCTERMS, DWC, GBIF, license_address
from catalogue.facts import cite
from catalogue.media.kinds import CONTENT_TYPES, PHOTOGRAPH, Medium
from catalogue.names import UnreadableName, parse_name
from catalogue.parts import IDENTIFICATIONS, MEDIA, RELATED, STATEMENTS, AbsoluteAge, Citation, Identification, Relation
from catalogue.records import Measurement
from catalogue.settings import settings


@dataclass(frozen=True)
class Extension:
    """A file of an archive beside the records.

    Parameters
    ----------
    file : str
        Its name in the archive.
    row_type : str
        The class of its rows, as an address.
    terms : tuple of str
        The addresses of its columns, behind the key of the record.
    lists : mapping
        The lists of `catalogue.parts.PARTS` that it holds, each with the cells of a part, given the key of its record and its place in
        the list from 1; None when it has no row.
    """

    file: str
    row_type: str
    terms: tuple[str, ...]
    lists: Mapping[str, Callable[[str, int, Any], tuple[str, ...] | None]]


def _identification(key: str, place: int, one: Identification) -> tuple[str, ...]:
    try:
        name = parse_name(one.verbatim_identification)
        parsed = (name.scientific_name, name.qualifier, one.scientific_name_authorship or name.authorship)
    except UnreadableName:
        parsed = (one.verbatim_identification, "", one.scientific_name_authorship)
    told = (one.type_status, one.identified_by, one.date_identified, cited(one.identification_references))
    return (f"{key}#identification-{place}", one.verbatim_identification, *parsed, *told, one.identification_remarks)


def _medium(key: str, _: int, one: Medium) -> tuple[str, ...] | None:
    """A photograph or scan has a row only when visitors can reach it: GBIF fetches it from there."""
    public = settings().public_url.rstrip("/")
    if not public:
        return None
    photograph = one.kind == PHOTOGRAPH
    place = f"{public}/photographs/{one.sha256}/full" if photograph else f"{public}/scans/{one.sha256}"
    kind = "StillImage" if photograph else "InteractiveResource"
    terms = license_address(one.license) or one.license
    return (kind, CONTENT_TYPES.get(one.format, ""), place, link_of(key), one.caption, one.credit, terms, one.credit)


def _figure(key: str, _: int, one: Citation) -> tuple[str, ...] | None:
    """A picture that lies elsewhere in the web is known as a publication of figures; one of its own is no picture, but speaks of it."""
    link = one.bibliographic_citation.strip()
    place = _web_address(link) if one.citation_role == "figures" else None
    if place is None or place.netloc.endswith("doi.org"):
        return None
    kind, _encoding = _KINDS_OF_FILES.guess_type(place.path, strict=False)
    is_file = (kind or "").startswith("image/")
    where = (kind or "", link, link_of(key)) if is_file else ("", "", link)
    return ("StillImage", *where, one.remarks, "", "", "")


def _web_address(text: str) -> SplitResult | None:
    """The parts of an address of the web; None where a text is none, or one that no program could follow."""
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    return address if address.scheme in {"http", "https"} and " " not in text else None


_KINDS_OF_FILES = MimeTypes()
"""As Python knows them by itself, and so the same on each computer."""


def _measurement(key: str, place: int, one: Measurement) -> tuple[str, ...]:
    remarks = "; ".join(text for text in (one.measurement_remarks, one.reference and cite(one.reference)) if text)
    told = (one.measurement_type, one.measurement_value, one.measurement_accuracy, one.measurement_unit)
    return (f"{key}#measurement-{place}", *told, one.measurement_method, remarks)


def _relation(key: str, place: int, one: Relation) -> tuple[str, ...]:
    other = one.related_occurrence_id or one.related_resource
    return (f"{key}#relation-{place}", key, other, one.relationship_of_resource, one.relationship_remarks)


def _age(key: str, place: int, one: AbsoluteAge) -> tuple[str, ...]:
    """Older and younger end where the error is known; the terms want one system for both, which is Ma."""
    error = one.error_ma or 0.0
    said = (
        f"{number(one.age_ma)} ± {number(one.error_ma)} Ma" if one.error_ma is not None else f"{number(one.age_ma)} Ma"
    )
    years = "" if one.error_ma is None else _reckoned(one.error_ma * 1_000_000)
    ends = (
        _reckoned(one.age_ma + error),
        "Ma",
        _reckoned(max(0.0, one.age_ma - error)),
        "Ma",
        years,
        one.error_meaning,
    )
    how = (one.dating_method, one.material_dated, cited(one.reference), one.remarks)
    return (f"{key}#age-{place}", said, *ends, *how)


def _reckoned(value: float) -> str:
    """A number that was reckoned, without the dust of reckoning."""
    return f"{value:.10g}"


def cited(keys: str) -> str:
    """Publications in words, for keys of the built-in ones; what is no key stays."""
    return " | ".join(cite(key.strip()) for key in keys.split("|") if key.strip())


def _all(base: str, names: str) -> tuple[str, ...]:
    return tuple(f"{base}{name}" for name in names.split())


EXTENSIONS: tuple[Extension, ...] = (
    Extension(
        "identification.txt",
        f"{DWC}Identification",
        _all(
            DWC,
            "identificationID verbatimIdentification scientificName identificationQualifier scientificNameAuthorship "
            "typeStatus identifiedBy dateIdentified identificationReferences identificationRemarks",
        ),
        {IDENTIFICATIONS: _identification},
    ),
    Extension(
        "multimedia.txt",
        f"{GBIF}Multimedia",
        _all(DCTERMS, "type format identifier references description creator license rightsHolder"),
        {MEDIA: _medium, "citations": _figure},
    ),
    Extension(
        "measurementorfact.txt",
        f"{DWC}MeasurementOrFact",
        _all(
            DWC,
            "measurementID measurementType measurementValue measurementAccuracy measurementUnit "
            "measurementMethod measurementRemarks",
        ),
        {STATEMENTS: _measurement},
    ),
    Extension(
        "resourcerelationship.txt",
        f"{DWC}ResourceRelationship",
        _all(DWC, "resourceRelationshipID resourceID relatedResourceID relationshipOfResource relationshipRemarks"),
        {RELATED: _relation},
    ),
    Extension(
        "chronometricage.txt",
        f"{CHRONO}ChronometricAge",
        _all(
            CHRONO,
            "chronometricAgeID verbatimChronometricAge earliestChronometricAge earliestChronometricAgeReferenceSystem "
            "latestChronometricAge latestChronometricAgeReferenceSystem chronometricAgeUncertaintyInYears "
            "chronometricAgeUncertaintyMethod chronometricAgeProtocol materialDated chronometricAgeReferences "
            "chronometricAgeRemarks",
        ),
        {"absolute_ages": _age},
    ),
)
"""The extensions of an archive, in the order of its ``meta.xml``."""
