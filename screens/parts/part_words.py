"""The words of what a specimen may have many of: titles of the lists, labels of their fields, and the choices in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.lending import ACCESSION_KINDS
from catalogue.parts import RELATIONS
from screens.words import marked


@dataclass(frozen=True)
class ListWords:
    """How a list is called, what one line of it is, and what to say while it is empty."""

    title: str
    add: str
    told: str


LISTS: Mapping[str, ListWords] = {
    "identifications": ListWords(
        marked("Identifications"),
        marked("Add an identification"),
        marked("Each name that the specimen has had, who gave it, when and on what grounds. One of them is current."),
    ),
    "pieces": ListWords(
        marked("Pieces and preparation"),
        marked("Add a piece"),
        marked("The bones, blocks, slices and casts that make up the specimen, and how they were prepared."),
    ),
    "statements": ListWords(
        marked("What is said about it"),
        marked("Add a measurement or statement"),
        marked("Lengths, weights, age at death and the like, each with its unit, its doubt and its source."),
    ),
    "relations": ListWords(
        marked("Belongs together with"),
        marked("Add a relation"),
        marked(
            "Part and counterpart, cast and original, bones of one individual or on one slab, a specimen and what was published of it."
        ),
    ),
    "absolute_ages": ListWords(
        marked("Measured ages"),
        marked("Add a measured age"),
        marked(
            "Ages from a laboratory, such as U-Pb on zircon. They stand beside the intervals and change nothing there."
        ),
    ),
    "citations": ListWords(
        marked("Publications"),
        marked("Add a publication"),
        marked("What was published about the specimen, with page and plate."),
    ),
    "other_numbers": ListWords(
        marked("Other numbers"),
        marked("Add a number"),
        marked("Old numbers, numbers of the field and of other museums. The specimen is found by each of them."),
    ),
    "storage": ListWords(
        marked("Where it is kept"),
        marked("Add a place"),
        marked("Building, room, cabinet and drawer. Visitors do not see this."),
    ),
    "condition_reports": ListWords(
        marked("Condition"),
        marked("Add a condition report"),
        marked("How it was found on a day, what was done, and when to look again. Visitors do not see this."),
    ),
}
"""The lists that are edited a line at a time, in the order of the page."""

FIELDS: Mapping[str, Mapping[str, str]] = {
    "identifications": {
        "verbatim_identification": marked("Scientific name, as on the label"),
        "identified_by": marked("Identified by"),
        "date_identified": marked("Date (year or day)"),
        "identification_remarks": marked("On what grounds"),
        "identification_references": marked("Published in"),
        "type_status": marked("Type status"),
        "scientific_name_authorship": marked("Who named the species"),
    },
    "pieces": {
        "element": marked("Bone or piece"),
        "side": marked("Side"),
        "piece_count": marked("How many"),
        "preparations": marked("Preparation"),
        "prepared_by": marked("Prepared by"),
        "date_prepared": marked("Date (year or day)"),
        "catalog_number": marked("Number of its own"),
        "remarks": marked("Remarks"),
    },
    "statements": {
        "measurement_type": marked("What is measured or stated"),
        "measurement_value": marked("Value"),
        "measurement_unit": marked("Unit"),
        "measurement_accuracy": marked("How certain"),
        "measurement_method": marked("Method"),
        "reference": marked("Source"),
        "measurement_remarks": marked("Remarks"),
    },
    "relations": {
        "relationship_of_resource": marked("This specimen is"),
        "related_occurrence_id": marked("Specimen of this catalogue"),
        "related_resource": marked("or a specimen elsewhere, in words"),
        "relationship_remarks": marked("Remarks"),
    },
    "absolute_ages": {
        "age_ma": marked("Age in million years"),
        "error_ma": marked("Plus or minus, in million years"),
        "error_meaning": marked("What the error means"),
        "dating_method": marked("Method"),
        "material_dated": marked("What was dated"),
        "reference": marked("Source"),
        "remarks": marked("Remarks"),
    },
    "citations": {
        "bibliographic_citation": marked("Publication"),
        "pages": marked("Page, figure, plate"),
        "citation_role": marked("What it does"),
        "doi": marked("DOI"),
        "remarks": marked("Remarks"),
    },
    "other_numbers": {
        "other_catalog_number": marked("Number"),
        "institution_code": marked("Whose number it is"),
        "number_kind": marked("Kind of number"),
        "remarks": marked("Remarks"),
    },
    "storage": {
        "storage_location": marked("Place"),
        "what": marked("What of it (blank: all)"),
        "since": marked("Kept there since"),
        "remarks": marked("Remarks"),
    },
    "condition_reports": {
        "checked_on": marked("Looked at on"),
        "checked_by": marked("By whom"),
        "condition": marked("Condition"),
        "treatment": marked("What was done"),
        "next_check_due": marked("Look again by (such as 2027-03-31)"),
        "remarks": marked("Remarks"),
    },
}
"""The fields of each list, in the order of its form."""

LONG = frozenset(
    {"identification_remarks", "remarks", "measurement_remarks", "relationship_remarks", "condition", "treatment"}
)
"""Fields that take several lines."""

EXAMPLES: Mapping[str, str] = {
    "verbatim_identification": "Lufengosaurus huenei or L. magnus",
    "identified_by": "C. C. Young",
    "measurement_type": marked("length of the femur"),
    "measurement_value": marked("about 57"),
    "measurement_unit": "cm",
    "preparations": marked("cast in plaster"),
    "dating_method": "U-Pb, CA-ID-TIMS",
    "material_dated": marked("zircon from the tuff 2 m above"),
    "error_meaning": marked("2σ, analytical"),
    "number_kind": marked("field number"),
    "storage_location": marked("room 2, cabinet 14, drawer 3"),
    "related_resource": marked("cast in another museum, with its number"),
}
"""What may be written there, shown in the empty field."""

_RELATION_WORDS = (
    marked("part of"),
    marked("has part"),
    marked("counterpart of"),
    marked("cast of"),
    marked("has cast"),
    marked("same individual as"),
    marked("on the same slab as"),
    marked("published as"),
    marked("publication of"),
)
_ACCESSION_WORDS = (
    marked("gift"),
    marked("purchase"),
    marked("fieldwork"),
    marked("exchange"),
    marked("transfer"),
    marked("found in collection"),
)
ACCESSIONS: Mapping[str, str] = {"": "–"} | dict(zip(ACCESSION_KINDS, _ACCESSION_WORDS, strict=True))
CHOICES: Mapping[str, Mapping[str, str]] = {
    "relationship_of_resource": dict(zip(RELATIONS, _RELATION_WORDS, strict=True)),
}
"""Fields that are chosen from a list which nobody may change, and each choice in words."""
BOOKS: Mapping[str, Mapping[str, str]] = {
    "loan": {
        "number": marked("Number"),
        "borrower": marked("Borrower"),
        "contact": marked("Contact"),
        "purpose": marked("Purpose"),
        "sent": marked("Sent on (such as 2026-03-01)"),
        "due": marked("Due back on"),
        "returned": marked("Came back on"),
        "remarks": marked("Remarks"),
    },
    "accession": {
        "number": marked("Number"),
        "received_from": marked("Received from"),
        "received_on": marked("Received on (such as 2026-03-01)"),
        "accession_kind": marked("How it came in"),
        "terms": marked("Terms"),
        "remarks": marked("Remarks"),
    },
}
"""The fields of loans and accessions, in the order of their forms."""
