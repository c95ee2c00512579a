"""What a specimen may have many of: identifications, pieces, references, numbers, relations, ages, places, reports and media.

Each list is one field of its record: it is amended, written down in the history, undone and restored as a whole, under its name in
`PARTS`. A part has no life of its own; it goes and comes back with its record. Texts may be blank, which means "not stated".

References
----------
Darwin Core classes Identification, MaterialEntity, ResourceRelationship and MeasurementOrFact, and the extension
ChronometricAge; https://dwc.tdwg.org
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias

from catalogue.media.kinds import Medium
from catalogue.records import Measurement


@dataclass(frozen=True)
class Identification:
    """A name that the specimen had before, or that somebody else gave it; the current one stands in the record itself.

    Parameters
    ----------
    verbatim_identification : str
        As written: "cf. Lufengosaurus", "Lufengosaurus or Yunnanosaurus".
    identification_remarks : str
        On what grounds.
    """

    verbatim_identification: str
    scientific_name_authorship: str = ""
    type_status: str = ""
    identified_by: str = ""
    date_identified: str = ""
    identification_references: str = ""
    identification_remarks: str = ""


@dataclass(frozen=True)
class Piece:
    """A bone, a block, a slice, a cast: a part of the specimen, and how it was prepared.

    Parameters
    ----------
    side : str
        A word of the vocabulary ``side``, or blank.
    piece_count : str
        How many; a text, so that "about 20" stays.
    """

    element: str
    side: str = ""
    piece_count: str = ""
    preparations: str = ""
    prepared_by: str = ""
    date_prepared: str = ""
    catalog_number: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Citation:
    """A publication that speaks of the specimen, where in it, and what it does there.

    Parameters
    ----------
    bibliographic_citation : str
        The citation, or a key of the built-in publications.
    pages : str
        Pages, figures, plates.
    citation_role : str
        A word of the vocabulary ``citation_role``, or blank.
    """

    bibliographic_citation: str
    pages: str = ""
    citation_role: str = ""
    doi: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class OtherNumber:
    """Another number of the specimen: an old one, that of another museum, of the field, of a publication."""

    other_catalog_number: str
    institution_code: str = ""
    number_kind: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Relation:
    """How the specimen belongs to another one; kept once, read from both ends (see `catalogue.relations`).

    Parameters
    ----------
    relationship_of_resource : str
        One of `RELATIONS`, read from this record: this one is "part of" that one.
    related_occurrence_id : str
        Key of another record of this catalogue; blank when it is elsewhere.
    related_resource : str
        In words, a specimen outside of this catalogue; blank when it is inside.
    """

    relationship_of_resource: str
    related_occurrence_id: str = ""
    related_resource: str = ""
    relationship_remarks: str = ""


@dataclass(frozen=True)
class AbsoluteAge:
    """A measured age; it stands beside the intervals and does not replace them.

    Parameters
    ----------
    age_ma : float
        In Ma.
    error_ma : float or None
        Plus or minus, in Ma; None when not stated.
    error_meaning : str
        What the error means, such as "2σ, analytical".
    material_dated : str
        What was dated, such as "zircon from the tuff 2 m above".
    """

    age_ma: float
    error_ma: float | None = None
    error_meaning: str = ""
    dating_method: str = ""
    material_dated: str = ""
    reference: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class StoragePlace:
    """Where the specimen, or a piece of it, is kept: building, room, cabinet, drawer."""

    storage_location: str
    what: str = ""
    since: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class ConditionReport:
    """How somebody found the specimen on a day, what was done, and when to look again (ISO dates)."""

    checked_on: str
    condition: str
    checked_by: str = ""
    treatment: str = ""
    next_check_due: str = ""
    remarks: str = ""


Part: TypeAlias = (
    Measurement
    | Identification
    | Piece
    | Citation
    | OtherNumber
    | Relation
    | AbsoluteAge
    | StoragePlace
    | ConditionReport
    | Medium
)
Parts: TypeAlias = Mapping[str, list[Any]]
"""The parts of one record, by the names of `PARTS`; each list holds its own class."""

STATEMENTS = "statements"
IDENTIFICATIONS = "identifications"
RELATED = "relations"
MEDIA = "media"
PARTS: Mapping[str, type[Part]] = {
    STATEMENTS: Measurement,
    IDENTIFICATIONS: Identification,
    "pieces": Piece,
    "citations": Citation,
    "other_numbers": OtherNumber,
    RELATED: Relation,
    "absolute_ages": AbsoluteAge,
    "storage": StoragePlace,
    "condition_reports": ConditionReport,
    MEDIA: Medium,
}
"""The lists that a record holds, and what is in them."""

FOR_STAFF: frozenset[str] = frozenset({"storage", "condition_reports"})
"""The lists that are shown only to whoever may see where specimens are stored."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    STATEMENTS: ("measurement_type", "measurement_value"),
    IDENTIFICATIONS: ("verbatim_identification",),
    "pieces": ("element",),
    "citations": ("bibliographic_citation",),
    "other_numbers": ("other_catalog_number",),
    RELATED: ("relationship_of_resource",),
    "absolute_ages": ("age_ma",),
    "storage": ("storage_location",),
    "condition_reports": ("checked_on", "condition"),
    MEDIA: ("license", "credit"),
}
"""The fields without which a part says nothing."""

PART_OF, HAS_PART, CAST_OF, HAS_CAST = "part of", "has part", "cast of", "has cast"
PUBLISHED_AS, PUBLICATION_OF = "published as", "publication of"
RELATIONS: Mapping[str, str] = {
    PART_OF: HAS_PART,
    HAS_PART: PART_OF,
    "counterpart of": "counterpart of",
    CAST_OF: HAS_CAST,
    HAS_CAST: CAST_OF,
    "same individual as": "same individual as",
    "on the same slab as": "on the same slab as",
    PUBLISHED_AS: PUBLICATION_OF,
    PUBLICATION_OF: PUBLISHED_AS,
}
"""Each relation, and the same one read from the other end."""
DATES: frozenset[str] = frozenset({"date_identified", "date_prepared", "since", "checked_on", "next_check_due"})
"""Fields of parts that hold a date by ISO 8601, a year at least."""


def nothing() -> dict[str, list[Any]]:
    """The parts of a record that has none."""
    return {name: [] for name in PARTS}


def plain(part: Part) -> dict[str, object]:
    """A part as the history and the tables keep it: its fields by name."""
    return {name: value for name, value in asdict(part).items() if name != "occurrence_id"}


def all_plain(parts: Parts) -> dict[str, object]:
    """The parts of a record as its history keeps them."""
    return {name: [plain(part) for part in listed] for name, listed in parts.items()}


def part_of(name: str, occurrence_id: str, held: object) -> Part:
    """A part from its fields by name, as the history keeps them; a part is given back."""
    kind: Any = PARTS[name]
    if isinstance(held, kind):
        return held  # type: ignore[no-any-return]
    assert isinstance(held, Mapping)
    known = {field.name for field in fields(kind)}
    values = {key: value for key, value in held.items() if key in known}
    return kind(**(values | ({"occurrence_id": occurrence_id} if "occurrence_id" in known else {})))  # type: ignore[no-any-return]


def words_of(parts: Parts) -> list[str]:
    """The words of parts by which their specimen is found; where things are kept is for the staff alone."""
    if not parts:
        return []
    return [text for name, fields_ in _WORDS.items() for part in parts.get(name, ()) for text in _texts(part, fields_)]


def _texts(part: Part, names: Iterable[str]) -> Iterable[str]:
    return (str(getattr(part, name)) for name in names if getattr(part, name))


_WORDS: Mapping[str, tuple[str, ...]] = {
    STATEMENTS: ("measurement_type", "measurement_value", "measurement_remarks"),
    IDENTIFICATIONS: ("verbatim_identification", "identified_by", "identification_remarks"),
    "pieces": ("element", "preparations", "prepared_by", "catalog_number", "remarks"),
    "citations": ("bibliographic_citation", "doi", "remarks"),
    "other_numbers": ("other_catalog_number", "institution_code", "number_kind", "remarks"),
    RELATED: ("related_resource", "relationship_remarks"),
    "absolute_ages": ("dating_method", "material_dated", "reference", "remarks"),
    MEDIA: ("caption", "credit"),
}
