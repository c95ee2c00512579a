"""What a record holds: the fields of a specimen, of a statement about it, and of an import.

The fields of `Specimen` are the columns of its table: one list for the database, the form and the exports. Names are Darwin
Core terms in snake_case; the few that are ours say so.

References
----------
Wieczorek, J. et al. 2012. Darwin Core: an evolving community-developed biodiversity data standard. PLoS ONE 7: e29715.
doi:10.1371/journal.pone.0029715
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from catalogue.geological_time import AgeRange
from catalogue.names import genus_is_certain

OWN = "FossilSpecimen"
PUBLISHED = "MaterialCitation"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Specimen:
    """One record: a specimen of a museum, or a find known from a publication. A blank text means "not stated".

    Parameters
    ----------
    occurrence_id : str
        Stable key, the last part of the record's link.
    basis_of_record : str
        ``FossilSpecimen`` (in a museum, with a catalogue number) or ``MaterialCitation`` (a published find).
    scientific_name, identification_qualifier, genus : str
        Read from `verbatim_identification` by `catalogue.names.parse_name`.
    higher_classification : str
        The groups that hold the taxon, itself included, widest first, each between bars: ``|Dinosauria|Theropoda|``.
    earliest_interval, latest_interval : str
        Names of the ICS chart (ours; Darwin Core parts them by rank).
    max_ma, min_ma : float
        Older and younger end of those intervals in Ma on the chart `timescale`.
    verbatim_age : str
        The age as the source states it (ours).
    decimal_latitude, decimal_longitude : float or None
        Degrees, WGS84; None when not known.
    coordinate_uncertainty_in_meters : float or None
        Radius in m that surely holds the place; None when not stated.
    identified_by, date_identified, identification_references, identification_remarks : str
        Who gave the current name, when, in which publication and on what grounds; earlier names are in
        `catalogue.parts.Identification`.
    preservation : str
        How the fossil is preserved, a word of the vocabulary of that name (ours; near PBDB's mode of preservation).
    individual_count : int or None
        How many animals the bones come from; None when not counted.
    minimum_elevation_in_meters, maximum_elevation_in_meters : float or None
        Height of the site above the sea in m; None when not known.
    verbatim_label : str
        The label as it reads, word for word.
    site_withheld : str
        Whether the exact site is withheld from visitors (ours): ``yes``, ``no``, or blank to follow the rules of
        `catalogue.withholding`.
    translations : mapping
        Texts of some fields in other languages (ours): ``{"zh": {"locality": "禄丰"}}``.
    version : int
        Counts the changes of the record (ours), from 1.
    """

    occurrence_id: str
    basis_of_record: str
    institution_code: str = ""
    catalog_number: str = ""
    record_number: str = ""
    verbatim_identification: str = ""
    scientific_name: str = ""
    identification_qualifier: str = ""
    scientific_name_authorship: str = ""
    taxon_rank: str = ""
    genus: str = ""
    higher_classification: str = ""
    type_status: str = ""
    identified_by: str = ""
    date_identified: str = ""
    identification_references: str = ""
    identification_remarks: str = ""
    preparations: str = ""
    preservation: str = ""
    individual_count: int | None = None
    sex: str = ""
    life_stage: str = ""
    disposition: str = ""
    verbatim_label: str = ""
    earliest_interval: str = ""
    latest_interval: str = ""
    max_ma: float = 0.0
    min_ma: float = 0.0
    timescale: str = ""
    verbatim_age: str = ""
    lithostratigraphic_group: str = ""
    formation: str = ""
    member: str = ""
    bed: str = ""
    lithostratigraphic_terms: str = ""
    lowest_biostratigraphic_zone: str = ""
    highest_biostratigraphic_zone: str = ""
    country_code: str = ""
    state_province: str = ""
    county: str = ""
    locality: str = ""
    verbatim_locality: str = ""
    minimum_elevation_in_meters: float | None = None
    maximum_elevation_in_meters: float | None = None
    verbatim_coordinates: str = ""
    geodetic_datum: str = ""
    decimal_latitude: float | None = None
    decimal_longitude: float | None = None
    coordinate_uncertainty_in_meters: float | None = None
    georeferenced_by: str = ""
    georeferenced_date: str = ""
    georeference_protocol: str = ""
    georeference_sources: str = ""
    event_date: str = ""
    field_number: str = ""
    recorded_by: str = ""
    occurrence_remarks: str = ""
    associated_references: str = ""
    dataset_name: str = ""
    rights_holder: str = ""
    license: str = ""
    information_withheld: str = ""
    data_generalizations: str = ""
    site_withheld: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    created: str = ""
    modified: str = ""
    version: int = 1
    import_id: int | None = None

    @property
    def span(self) -> AgeRange:
        """Its age as a range in Ma."""
        return AgeRange(self.max_ma, self.min_ma)

    @property
    def is_own(self) -> bool:
        """Whether a museum holds it, as against a find known from a publication."""
        return self.basis_of_record == OWN

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it belongs to, the widest first."""
        return tuple(group for group in self.higher_classification.split("|") if group)

    @property
    def has_place(self) -> bool:
        """Whether it can be drawn on a map."""
        return self.decimal_latitude is not None and self.decimal_longitude is not None

    @property
    def dates_its_genus(self) -> bool:
        """Whether its age counts for its genus: the genus is named without doubt."""
        return genus_is_certain(self.identification_qualifier)

    def text(self, name: str, language: str = "en") -> str:
        """A text of the record in the reader's language, or as it was entered where there is no translation."""
        return self.translations.get(language[:2], {}).get(name) or str(getattr(self, name) or "")


BLANK: Mapping[str, str | None] = {
    **{one.name: "" for one in fields(Specimen) if one.type is str},
    **{one.name: None for one in fields(Specimen) if one.type in (float | None, int | None)},
}
"""The texts and numbers of a record, with what stands in each of which nothing is said."""


def specimen_from(values: Mapping[str, object]) -> Specimen:
    """A record of a value for every field, as ``Specimen(**values)`` in a tenth of the time; imports make a million of them."""
    specimen = object.__new__(Specimen)
    vars(specimen).update(values)
    return specimen


@dataclass(frozen=True)
class Measurement:
    """A statement about a specimen with its value, unit, doubt and source; all texts, so that "about 4" stays "about 4"."""

    occurrence_id: str
    measurement_type: str
    measurement_value: str
    measurement_unit: str = ""
    measurement_accuracy: str = ""
    measurement_method: str = ""
    measurement_remarks: str = ""
    reference: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self, name: str, language: str = "en") -> str:
        """A text of the statement in the reader's language, or as it was entered."""
        return self.translations.get(language[:2], {}).get(name) or str(getattr(self, name))


@dataclass(frozen=True)
class DatedFind:
    """The age of one find: all that a tree needs to know of a specimen.

    Parameters
    ----------
    taxon : str
        Its genus, or the wider group that is named.
    max_ma, min_ma : float
        Older and younger end of its age, in Ma.
    occurrence_id : str
        Key of the record.
    """

    taxon: str
    max_ma: float
    min_ma: float
    occurrence_id: str


@dataclass(frozen=True)
class Import:
    """One import: which file, when, by whom (a login), and what became of its rows."""

    id: int
    file_name: str
    file_sha256: str
    format: str
    imported_at: str
    read: int
    accepted: int
    changed: int
    unchanged: int
    rejected: int
    made_by: str = ""


@dataclass(frozen=True)
class Edit:
    """One act of one person: everything that it changed belongs together and can be undone together.

    Parameters
    ----------
    kind : str
        ``add``, ``amend``, ``bulk``, ``import``, ``remove``, ``restore`` or ``undo``.
    made_at : str
        When, ISO 8601 in UTC.
    made_by : str
        Login of the person, or the program's own name for what came with it.
    why : str
        The reason that was given; may be blank.
    undoes : int or None
        The edit that this one took back.
    import_id : int or None
        The import that it belongs to.
    """

    id: int
    kind: str
    made_at: str
    made_by: str
    why: str
    undoes: int | None
    import_id: int | None


@dataclass(frozen=True)
class Change:
    """What an edit did to one field of one record.

    Parameters
    ----------
    version : int
        The record's version after the edit.
    field : str
        A field of `Specimen`, a list of `catalogue.parts.PARTS`, or blank for the record as a whole: it was added (`before` is None) or removed
        (`before` is all that it held).
    before, after : object
        The values.
    """

    edit: Edit
    occurrence_id: str
    version: int
    field: str
    before: object
    after: object
