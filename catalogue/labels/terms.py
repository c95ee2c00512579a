"""What the report calls the fields of a record and of its lists. A field that is missing here goes under its Darwin Core term."""

import re
from collections.abc import Mapping

from catalogue.messages import Message, message

SECTIONS: tuple[tuple[Message, Mapping[str, Message]], ...] = (
    (
        message("The specimen"),
        {
            "basis_of_record": message("Kind of record"),
            "institution_code": message("Museum"),
            "catalog_number": message("Catalogue number"),
            "verbatim_identification": message("Name as written"),
            "scientific_name": message("Scientific name"),
            "scientific_name_authorship": message("Named by"),
            "taxon_rank": message("Rank"),
            "identification_qualifier": message("Doubt about the name"),
            "higher_classification": message("Groups"),
            "type_status": message("Type"),
            "identified_by": message("Identified by"),
            "date_identified": message("Identified on"),
            "identification_references": message("Identified after"),
            "identification_remarks": message("On what grounds"),
            "preparations": message("What is kept"),
            "preservation": message("How it is preserved"),
            "individual_count": message("Number of animals"),
            "sex": message("Sex"),
            "life_stage": message("Life stage"),
            "disposition": message("Whereabouts"),
            "verbatim_label": message("Text of the old label"),
            "record_number": message("Collector’s number"),
            "field_number": message("Field number"),
            "recorded_by": message("Found by"),
            "event_date": message("Collected"),
            "occurrence_remarks": message("Remarks"),
        },
    ),
    (
        message("When"),
        {
            "earliest_interval": message("Age"),
            "max_ma": message("Million years"),
            "timescale": message("Timescale"),
            "verbatim_age": message("As the source says"),
            "lithostratigraphic_group": message("Rock group"),
            "formation": message("Rock formation"),
            "member": message("Member"),
            "bed": message("Bed"),
            "lithostratigraphic_terms": message("Other rock names"),
            "lowest_biostratigraphic_zone": message("Lowest biozone"),
            "highest_biostratigraphic_zone": message("Highest biozone"),
        },
    ),
    (
        message("Where"),
        {
            "locality": message("Place"),
            "verbatim_locality": message("Place as written"),
            "minimum_elevation_in_meters": message("Lowest height above the sea, m"),
            "maximum_elevation_in_meters": message("Greatest height above the sea, m"),
            "verbatim_coordinates": message("Coordinates as written"),
            "decimal_latitude": message("Latitude, longitude"),
            "geodetic_datum": message("Datum of the written coordinates"),
            "coordinate_uncertainty_in_meters": message("Uncertain by"),
            "georeferenced_by": message("Located by"),
            "georeferenced_date": message("Located on"),
            "georeference_protocol": message("How it was located"),
            "georeference_sources": message("Located after"),
            "information_withheld": message("Withheld"),
            "data_generalizations": message("Made less exact"),
            "site_withheld": message("Exact site withheld, by the record itself"),
        },
    ),
    (
        message("Sources"),
        {
            "associated_references": message("Published in"),
            "dataset_name": message("Collection"),
            "rights_holder": message("Rights holder"),
            "license": message("Licence"),
        },
    ),
    (
        message("The record"),
        {
            "occurrence_id": message("Key of the record"),
            "created": message("Entered"),
            "modified": message("Last changed"),
            "version": message("Version"),
            "import_id": message("Import"),
        },
    ),
)
"""The sections of a report, each with its fields in their order; the last one comes at the very end."""

STATEMENTS = message("What is said about it")
OTHER = message("Further particulars")
LISTS: Mapping[str, Message] = {
    "identifications": message("Other names it was given"),
    "pieces": message("Parts and preparations"),
    "citations": message("Where it is cited"),
    "other_numbers": message("Other numbers"),
    "relations": message("Specimens that belong with it"),
    "absolute_ages": message("Measured ages"),
    "storage": message("Where it is kept"),
    "condition_reports": message("Condition reports"),
    "media": message("Photographs and scans"),
}
"""Titles of the lists of a record, by their names in `catalogue.parts.PARTS`."""

OF_LISTS: Mapping[str, Message] = {
    "side": message("Side"),
    "piece_count": message("How many"),
    "prepared_by": message("Prepared by"),
    "date_prepared": message("Prepared on"),
    "remarks": message("Remarks"),
    "pages": message("Pages"),
    "citation_role": message("What it does there"),
    "number_kind": message("Kind of number"),
    "relationship_remarks": message("Remarks"),
    "error_ma": message("± Ma"),
    "error_meaning": message("What the error means"),
    "dating_method": message("Method"),
    "material_dated": message("What was dated"),
    "reference": message("Source"),
    "what": message("What is kept"),
    "since": message("Since"),
    "condition": message("Condition"),
    "checked_by": message("Checked by"),
    "treatment": message("What was done"),
    "next_check_due": message("To be checked again by"),
    "credit": message("Credit"),
    "caption": message("Caption"),
    "doi": message("DOI"),
    "related_occurrence_id": message("Key of the record"),
    "related_resource": message("Specimen elsewhere"),
}
"""Names of the fields of lists, where they are not those of a record."""

NOT_PRINTED = frozenset(
    [
        "occurrence_id",
        "translations",
        "sha256",
        "format",
        "width",
        "height",
        "bytes",
        "focus_x",
        "focus_y",
        "focus_width",
        "focus_height",
        "added_by",
        "added_at",
    ]
)
"""Fields of lists that say nothing about the specimen; translations are printed in their language."""


def term(name: str) -> Message | str:
    """What a field is called; its Darwin Core term where we have no word for it."""
    known = {key: words for _, terms in SECTIONS for key, words in terms.items()} | dict(OF_LISTS)
    return known.get(name) or re.sub(r"_(\w)", lambda found: found[1].upper(), name)
