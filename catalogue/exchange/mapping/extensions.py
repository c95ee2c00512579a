"""The further tables of a Darwin Core archive, and sheets of a workbook: identifications, measurements, relations, measured ages and media
become lists of a record.

Pictures themselves are not fetched; a link to one, with its licence, is kept as a citation. Rows of the list of identifications that say what
the record says already are left out, and so are relations that name no other end.

References
----------
Darwin Core text guide, https://dwc.tdwg.org/text; extensions of GBIF, https://rs.gbif.org/extensions.html
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalogue.checking import as_number
from catalogue.exchange.bonebed_json import LISTS, parts_of_cells
from catalogue.exchange.formats import Cells, Drafted, Extensions
from catalogue.exchange.mapping.headings import folded
from catalogue.exchange.mapping.values import read_date
from catalogue.messages import message
from catalogue.parts import IDENTIFICATIONS, RELATED, RELATIONS, STATEMENTS

_OWN_WORDS = {"ispartof": "part of", "haspart": "has part", "castof": "cast of", "samespecimenas": "same individual as"}


def lists_of(extensions: Extensions, draft: Drafted) -> dict[str, object]:
    """The lists that the further tables bring; a table that is not known is told by a note. Those of Bonebed's own sheets come as they are."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for kind, rows in extensions.items():
        if kind in LISTS:
            lists.setdefault(LISTS[kind], []).extend(parts_of_cells(LISTS[kind], rows, draft))
            continue
        read = _READERS.get(kind)
        if read is None:
            draft.notes.append(message("The table “{kind}” of the archive is not read.", kind=kind))
            continue
        name, parts = read(rows, draft)
        lists.setdefault(name, []).extend(parts)
    return {name: parts for name, parts in lists.items() if parts}


def _get(row: Cells, *terms: str) -> str:
    for term in terms:
        text = row.get(term, "").strip()
        if text:
            return text
    return ""


def _identifications(rows: Sequence[Cells], draft: Drafted) -> tuple[str, list[dict[str, Any]]]:
    current = " ".join(str(draft.get("verbatim_identification", "")).split())
    names = []
    for row in rows:
        name = _get(row, "verbatimIdentification", "scientificName", "genus")
        is_current = _get(row, "identificationVerificationStatus", "isCurrent", "dateIdentified") and name == current
        verdict = _get(row, "acceptedIdentification", "identificationCurrent").casefold()
        if (
            not name
            or verdict in {"true", "1", "yes"}
            or (is_current and _same(row, draft))
            or (name == current and _same(row, draft))
        ):
            continue
        names.append(
            {
                "verbatim_identification": name,
                "scientific_name_authorship": _get(row, "scientificNameAuthorship"),
                "type_status": _get(row, "typeStatus"),
                "identified_by": _get(row, "identifiedBy"),
                "date_identified": read_date(_get(row, "dateIdentified")).iso,
                "identification_references": _get(row, "identificationReferences"),
                "identification_remarks": _get(row, "identificationRemarks"),
            }
        )
    return IDENTIFICATIONS, names


def _same(row: Cells, draft: Drafted) -> bool:
    """Whether a listed identification is the current one: by the same person on the same day, as far as both say."""
    return all(
        not _get(row, term) or not draft.get(field) or _get(row, term) == draft[field]
        for term, field in (("identifiedBy", "identified_by"), ("dateIdentified", "date_identified"))
    )


def _statements(rows: Sequence[Cells], draft: Drafted) -> tuple[str, list[dict[str, Any]]]:
    whole = [
        row for row in rows if _get(row, "measurementType", "verbatimMeasurementType") and _get(row, "measurementValue")
    ]
    if len(whole) < len(rows):
        draft.notes.append(message("A measurement that does not say what is measured, or its value, is left out."))
    return STATEMENTS, [
        {
            "measurement_type": _get(row, "measurementType", "verbatimMeasurementType"),
            "measurement_value": _get(row, "measurementValue"),
            "measurement_unit": _get(row, "measurementUnit"),
            "measurement_accuracy": _get(row, "measurementAccuracy"),
            "measurement_method": _get(row, "measurementMethod"),
            "measurement_remarks": _get(row, "measurementRemarks"),
            "reference": _get(row, "measurementReferences", "references", "reference"),
        }
        for row in whole
    ]


def _relations(rows: Sequence[Cells], draft: Drafted) -> tuple[str, list[dict[str, Any]]]:
    relations = []
    for row in rows:
        kind = _get(row, "relationshipOfResource")
        plain = folded(kind)
        known = plain if plain in RELATIONS else _OWN_WORDS.get(plain.replace(" ", ""))
        other = _get(row, "relatedResourceID")
        words = _get(row, "relatedResource", "scientificName", "relatedResourceID")
        if known and (other or words):
            relations.append(
                {
                    "relationship_of_resource": known,
                    "related_resource": words or other,
                    "related_occurrence_id": "",
                    "of": other,
                    "relationship_remarks": _get(row, "relationshipRemarks"),
                }
            )
        elif kind:
            draft.notes.append(
                message("The relation “{value}” is not one that we know and is left out.", value=kind[:60])
            )
    return RELATED, relations


def _absolute_ages(rows: Sequence[Cells], draft: Drafted) -> tuple[str, list[dict[str, Any]]]:
    ages = []
    for row in rows:
        older, younger = _ma(_get(row, "earliestChronometricAge")), _ma(_get(row, "latestChronometricAge"))
        known = [age for age in (older, younger) if age is not None]
        if not known:
            written = _get(row, "verbatimChronometricAge")
            if written:
                draft.notes.append(message("The measured age “{value}” is not read as one in Ma.", value=written[:60]))
            continue
        error = _ma(_get(row, "chronometricAgeUncertaintyInYears"))
        half = abs(known[0] - known[-1]) / 2
        ages.append(
            {
                "age_ma": round(sum(known) / len(known), 6),
                "error_ma": round(error / 1e6, 6) if error is not None else round(half, 6) if half else None,
                "error_meaning": _get(row, "chronometricAgeUncertaintyMethod"),
                "dating_method": _get(row, "chronometricAgeProtocol"),
                "material_dated": _get(row, "materialDated"),
                "reference": _get(row, "chronometricAgeReferences"),
                "remarks": _get(row, "chronometricAgeRemarks"),
            }
        )
    return "absolute_ages", ages


def _ma(text: str) -> float | None:
    try:
        return as_number(text.replace(",", ".")) if text else None
    except ValueError:
        return None


def _media(rows: Sequence[Cells], _: Drafted) -> tuple[str, list[dict[str, Any]]]:
    links = []
    for row in rows:
        link = _get(row, "identifier", "accessURI", "references", "furtherInformationURL")
        said = (
            _get(row, "title", "description", "caption"),
            _get(row, "creator", "credit"),
            _get(row, "license", "rights", "UsageTerms"),
        )
        if link:
            links.append(
                {"bibliographic_citation": link, "citation_role": "figures", "remarks": "; ".join(filter(None, said))}
            )
    return "citations", links


_READERS: Mapping[str, Callable[[Sequence[Cells], Drafted], tuple[str, list[dict[str, Any]]]]] = {
    "Identification": _identifications,
    "MeasurementOrFact": _statements,
    "ExtendedMeasurementOrFact": _statements,
    "ResourceRelationship": _relations,
    "ChronometricAge": _absolute_ages,
    "Multimedia": _media,
    "Image": _media,
}
