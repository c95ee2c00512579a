"""A record whose exact site is withheld, as visitors may see it: a coarser place, and nothing that would give the exact one away.

`FATES` says of every field what becomes of it, and `PART_FATES` of every field of a part; what stands in neither is left blank.
The place becomes the middle of a cell of a grid. What a collector, a day, a bed or a field number betrays is blanked with it, for
with a field book in hand each of them leads to the site. Both functions are pure.

References
----------
Chapman, A. D. 2020. Current best practices for generalizing sensitive species occurrence data. GBIF Secretariat, Copenhagen.
doi:10.15468/doc-5jp4-5g10
"""

import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal, TypeAlias

from catalogue.media.kinds import Medium
from catalogue.parts import PARTS, STATEMENTS, OtherNumber, Part, Parts, Relation
from catalogue.records import Measurement, Specimen
from catalogue.settings import settings

Fate: TypeAlias = Literal["shown", "blank", "cell", "county", "year", "told", "translated"]
"""Shown as it is; left blank; the place of a grid; shown unless the grid is as wide as a county; reduced to the year; told what was
done; texts in other languages, of the fields that are shown."""

FATES: Mapping[str, Fate] = {
    "occurrence_id": "shown",
    "basis_of_record": "shown",
    "institution_code": "shown",
    "catalog_number": "shown",
    "record_number": "blank",
    "verbatim_identification": "shown",
    "scientific_name": "shown",
    "identification_qualifier": "shown",
    "scientific_name_authorship": "shown",
    "taxon_rank": "shown",
    "genus": "shown",
    "higher_classification": "shown",
    "type_status": "shown",
    "identified_by": "shown",
    "date_identified": "shown",
    "identification_references": "shown",
    "identification_remarks": "blank",
    "preparations": "shown",
    "preservation": "shown",
    "individual_count": "shown",
    "sex": "shown",
    "life_stage": "shown",
    "disposition": "shown",
    "verbatim_label": "blank",
    "earliest_interval": "shown",
    "latest_interval": "shown",
    "max_ma": "shown",
    "min_ma": "shown",
    "timescale": "shown",
    "verbatim_age": "blank",
    "lithostratigraphic_group": "shown",
    "formation": "shown",
    "member": "shown",
    "bed": "blank",
    "lithostratigraphic_terms": "blank",
    "lowest_biostratigraphic_zone": "shown",
    "highest_biostratigraphic_zone": "shown",
    "country_code": "shown",
    "state_province": "shown",
    "county": "county",
    "locality": "blank",
    "verbatim_locality": "blank",
    "minimum_elevation_in_meters": "blank",
    "maximum_elevation_in_meters": "blank",
    "verbatim_coordinates": "blank",
    "geodetic_datum": "blank",
    "decimal_latitude": "cell",
    "decimal_longitude": "cell",
    "coordinate_uncertainty_in_meters": "cell",
    "georeferenced_by": "blank",
    "georeferenced_date": "blank",
    "georeference_protocol": "blank",
    "georeference_sources": "blank",
    "event_date": "year",
    "field_number": "blank",
    "recorded_by": "blank",
    "occurrence_remarks": "blank",
    "associated_references": "shown",
    "dataset_name": "shown",
    "rights_holder": "shown",
    "license": "shown",
    "information_withheld": "told",
    "data_generalizations": "told",
    "site_withheld": "blank",
    "translations": "translated",
    "created": "shown",
    "modified": "shown",
    "version": "shown",
    "import_id": "shown",
}
"""What becomes of each field of a record."""

_SHOWN_OF_PARTS: Mapping[str, str] = {
    STATEMENTS: "occurrence_id measurement_type measurement_value measurement_unit measurement_accuracy measurement_method reference",
    "identifications": "verbatim_identification scientific_name_authorship type_status identified_by date_identified "
    "identification_references",
    "pieces": "element side piece_count preparations prepared_by date_prepared catalog_number",
    "citations": "bibliographic_citation pages citation_role doi",
    "other_numbers": "other_catalog_number institution_code number_kind",
    "relations": "relationship_of_resource related_occurrence_id",
    "absolute_ages": "age_ma error_ma error_meaning dating_method reference",
    "storage": "storage_location what since",
    "condition_reports": "checked_on condition checked_by treatment next_check_due",
    "media": "sha256 kind format width height bytes license credit focus_x focus_y focus_width focus_height added_by added_at",
}
PART_FATES: Mapping[str, Mapping[str, Fate]] = {
    name: {
        field.name: "translated"
        if field.name == "translations"
        else "shown"
        if field.name in _SHOWN_OF_PARTS.get(name, "").split()
        else "blank"
        for field in fields(kind)
    }
    for name, kind in PARTS.items()
}
"""What becomes of each field of a part, list by list: remarks, captions and specimens elsewhere are free texts that may name a place."""

WITHHELD = (
    "Exact locality, coordinates, bed, collector, day of collecting, field numbers and remarks are withheld; "
    "the collection may give them on request."
)
_COARSER = "Coordinates are the middle of a cell of {grid} degrees; the date of collecting is reduced to its year."
_AS_WIDE_AS_A_COUNTY = "1"
_METRES_OF_LATITUDE, _METRES_OF_LONGITUDE = 111_694.0, 111_320.0
"""The longest degree of the Earth along a meridian (at the poles), and along the equator, in m; so that the circle is never too small."""
_ROUNDED = 100.0
"""The radius is rounded up to so many metres: more digits would feign a knowledge that was taken away."""


def _empty(default: object) -> Any:
    return default if isinstance(default, str | None) else ""


_FATED = {field: FATES.get(field.name, "blank") for field in fields(Specimen)}
_BLANK: Mapping[str, Any] = {field.name: _empty(field.default) for field, fate in _FATED.items() if fate == "blank"}
_SHOWN = frozenset(field.name for field, fate in _FATED.items() if fate == "shown")


def generalise(specimen: Specimen, grid: str = "") -> Specimen:
    """A record without its exact site.

    Parameters
    ----------
    specimen : Specimen
        As it is stored.
    grid : str
        Side of the cells in degrees, ``1``, ``0.1`` or ``0.01``; as set when left out.

    Returns
    -------
    Specimen
        The circle of `coordinate_uncertainty_in_meters` (in m) holds the whole cell and the uncertainty that the record had.
    """
    grid = grid or settings().withheld_grid_degrees
    wide = grid == _AS_WIDE_AS_A_COUNTY
    return replace(
        specimen,
        **_BLANK,
        **_cell(specimen, grid),
        county="" if wide else specimen.county,
        event_date="/".join(day[:4] for day in specimen.event_date.split("/")),
        translations=_of(specimen.translations, _SHOWN if wide else _SHOWN | {"county"}),
        information_withheld=_with(specimen.information_withheld, WITHHELD),
        data_generalizations=_with(specimen.data_generalizations, _COARSER.format(grid=grid)),
    )


def middle_of_cell(latitude: float, longitude: float, grid: str = "") -> tuple[float, float]:
    """Latitude and longitude, in degrees, of the middle of the cell that holds a place; `grid` as for `generalise`."""
    grid = grid or settings().withheld_grid_degrees
    return _middle(latitude, grid, 90), _middle(longitude, grid, 180)


def is_generalised(specimen: Specimen) -> bool:
    """Whether a record came through `generalise`."""
    return says_withheld(specimen.information_withheld)


def says_withheld(information_withheld: object) -> bool:
    """Whether what stands in that field was written by `generalise`; may be None."""
    return str(information_withheld or "").endswith(WITHHELD)


def in_its_own_words(specimen: Specimen) -> Specimen:
    """A generalised record without our two English sentences, for a page that tells the same in the reader's language."""
    if not is_generalised(specimen):
        return specimen
    withheld = specimen.information_withheld.removesuffix(WITHHELD).strip()
    coarser = specimen.data_generalizations.rpartition(_COARSER.partition("{")[0])[0].strip()
    return replace(specimen, information_withheld=withheld, data_generalizations=coarser)


def generalise_parts(parts: Parts) -> dict[str, list[Any]]:
    """The parts of a record without what may give its site away; numbers of the field are left out as a whole."""
    return {
        name: [_part(name, part) for part in listed if _KEPT.get(name, lambda _: True)(part)]
        for name, listed in parts.items()
    }


def _part(name: str, part: Part) -> Part:
    fates = PART_FATES[name]
    blank: dict[str, Any] = {
        field.name: _empty(field.default) for field in fields(part) if fates[field.name] == "blank"
    }
    if isinstance(part, Measurement | Medium):
        shown = {field for field, fate in fates.items() if fate == "shown"}
        blank["translations"] = _of(part.translations, shown)
    return replace(part, **blank)


def _is_of_a_museum(number: OtherNumber) -> bool:
    """Whether a number is none of the field: a museum is named with it, or what kind it is, and that is not one of the field."""
    kind = number.number_kind.casefold()
    of_the_field = any(word in kind for word in ("field", "collector", "野外", "采集"))
    return not of_the_field and bool(number.institution_code or kind)


def _is_inside(relation: Relation) -> bool:
    return bool(relation.related_occurrence_id)


_KEPT: Mapping[str, Callable[[Any], bool]] = {"other_numbers": _is_of_a_museum, "relations": _is_inside}


def _of(translations: Mapping[str, Mapping[str, str]], shown: AbstractSet[str]) -> dict[str, dict[str, str]]:
    kept = {
        language: {name: text for name, text in texts.items() if name in shown}
        for language, texts in translations.items()
    }
    return {language: texts for language, texts in kept.items() if texts}


def _with(said: str, more: str) -> str:
    return f"{said} {more}".strip()


def _cell(specimen: Specimen, grid: str) -> dict[str, Any]:
    """The middle of the cell that holds a place, and the radius in m that holds the cell."""
    if specimen.decimal_latitude is None or specimen.decimal_longitude is None:
        return {"decimal_latitude": None, "decimal_longitude": None, "coordinate_uncertainty_in_meters": None}
    latitude, longitude = middle_of_cell(specimen.decimal_latitude, specimen.decimal_longitude, grid)
    uncertainty = _half_diagonal(latitude, float(grid)) + (specimen.coordinate_uncertainty_in_meters or 0.0)
    return {
        "decimal_latitude": latitude,
        "decimal_longitude": longitude,
        "coordinate_uncertainty_in_meters": math.ceil(uncertainty / _ROUNDED) * _ROUNDED,
    }


def _middle(degrees: float, grid: str, most: int) -> float:
    """The middle of a cell, reckoned in decimals so that 25.1 lies in the cell from 25.1; the last cell ends at the most."""
    side = Decimal(grid)
    cell = (Decimal(repr(degrees)) / side).to_integral_value(ROUND_FLOOR)
    return float((min(cell, Decimal(most) / side - 1) + Decimal("0.5")) * side)


def _half_diagonal(latitude: float, side: float) -> float:
    """From the middle of a cell to its farthest corners, those towards the equator, in m."""
    wide = math.cos(math.radians(max(0.0, abs(latitude) - side / 2)))
    return math.hypot(_METRES_OF_LATITUDE * side / 2, _METRES_OF_LONGITUDE * side / 2 * wide)
