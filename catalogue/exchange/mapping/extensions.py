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
from catalogue.exchange.mapping.naming import with_doubt
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
        name = _name(row)
        is_current = _get(row, "identificationVerificationStatus", "isCurrent", "dateIdentified") and name == current
        verdict = _get(row, "acceptedIdentification", "identificationCurrent").casefold()
        if (
            not name
            or verdict in {"true", "1", "yes"}
            or (is_current and _same(row, draft))
            or (name == current and _same(row, draft))
        ):
            continue
        written = _get(row, "dateIdentified")
        day = read_date(written).iso
        names.append(
            {
                "verbatim_identification": name,
                "scientific_name_authorship": _get(row, "scientificNameAuthorship"),
                "type_status": _get(row, "typeStatus"),
                "identified_by": _get(row, "identifiedBy"),
                "date_identified": day,
                "identification_references": _get(row, "identificationReferences"),
                "identification_remarks": "; ".join(
                    filter(None, (_get(row, "identificationRemarks"), "" if day else written))
                ),
            }
        )
    return IDENTIFICATIONS, names


def _name(row: Cells) -> str:
    """The name of an identification as written, or put together of its parts, with the doubt where it belongs."""
    parts = " ".join(filter(None, (_get(row, one) for one in ("genus", "specificEpithet", "infraspecificEpithet"))))
    composed = _get(row, "scientificName") or parts
    return _get(row, "verbatimIdentification") or with_doubt(composed, _get(row, "identificationQualifier"))


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
        known = [
            age for age in (_ma(row, "earliestChronometricAge"), _ma(row, "latestChronometricAge")) if age is not None
        ]
        if not known:
            written = _get(row, "verbatimChronometricAge", "earliestChronometricAge", "latestChronometricAge")
            if written:
                draft.notes.append(message("The measured age “{value}” is not read as one in Ma.", value=written[:60]))
            continue
        error = _number(_get(row, "chronometricAgeUncertaintyInYears"))
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


def _ma(row: Cells, term: str) -> float | None:
    """One end of a measured age in Ma; None where it is no number, or counts in something that is no time before today."""
    age = _number(_get(row, term))
    unit = _UNITS.get(folded(_get(row, f"{term}ReferenceSystem")).replace(" ", ""))
    return None if age is None or unit is None else age * unit


def _number(text: str) -> float | None:
    try:
        return as_number(text.replace(",", ".")) if text else None
    except ValueError:
        return None


_UNITS: Mapping[str, float] = {
    **dict.fromkeys(
        ("", "ma", "mabp", "mya", "myr", "megaannum", "millionyears", "millionyearsago", "百万年", "百万年前"), 1.0
    ),
    **dict.fromkeys(("ka", "kya", "kyr", "kiloannum", "thousandyearsago"), 1e-3),
    **dict.fromkeys(("bp", "calbp", "ybp", "yearsbp", "yearsbeforepresent", "a", "years", "yearsago"), 1e-6),
}
"""What measured ages are counted in, each in Ma; calendars such as BCE are none of them."""


def _media(rows: Sequence[Cells], draft: Drafted) -> tuple[str, list[dict[str, Any]]]:
    """Links to pictures as publications of figures; of the addresses of a picture the first that can be opened is the link."""
    links = []
    for row in rows:
        addresses = list(dict.fromkeys(filter(None, (row.get(one, "").strip() for one in _ADDRESSES))))
        if not addresses:
            what = _get(row, "title", "description", "caption", "source", "creator") or "–"
            draft.notes.append(message("A picture without an address is left out: “{what}”.", what=what[:60]))
            continue
        link = next(filter(_is_of_the_web, addresses), addresses[0])
        if not _is_of_the_web(link):
            draft.notes.append(
                message(
                    "The picture “{link}” has no address of the web: it is named, and nobody can open it.",
                    link=link[-60:],
                )
            )
        said = [
            *(row.get(one, "").strip() for one in _OF_A_PICTURE),
            *(f"{one}: {text}" for one in _NAMED_OF_A_PICTURE if (text := row.get(one, "").strip()) not in _PLAIN),
            *(one for one in addresses if one != link),
        ]
        remarks = "; ".join(dict.fromkeys(filter(None, said)))
        links.append({"bibliographic_citation": link, "citation_role": "figures", "remarks": remarks})
    return "citations", links


def _is_of_the_web(address: str) -> bool:
    return address.casefold().startswith(("http://", "https://"))


_ADDRESSES = ("identifier", "accessURI", "references", "furtherInformationURL")
_OF_A_PICTURE = (
    "title",
    "description",
    "caption",
    "creator",
    "credit",
    "Credit",
    "rightsHolder",
    "Owner",
    "license",
    "rights",
    "UsageTerms",
)
_PLAIN = frozenset({"", "StillImage"})
_NAMED_OF_A_PICTURE = (
    "type",
    "contributor",
    "publisher",
    "created",
    "CreateDate",
    "source",
    "audience",
    "WebStatement",
)
"""What else is told of a picture, under the name of its column, without which nobody would know what it is."""


_READERS: Mapping[str, Callable[[Sequence[Cells], Drafted], tuple[str, list[dict[str, Any]]]]] = {
    "Identification": _identifications,
    "MeasurementOrFact": _statements,
    "ExtendedMeasurementOrFact": _statements,
    "ResourceRelationship": _relations,
    "ChronometricAge": _absolute_ages,
    "Multimedia": _media,
    "Image": _media,
}
