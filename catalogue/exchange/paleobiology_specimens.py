"""Specimens of the Paleobiology Database: bones that somebody measured or that carry a name, most with their museum number.

Each row becomes a published record of its own, part of the find (occurrence) that the Paleobiology Database ties it to, where that
one is in the catalogue. It does not become a specimen of a museum of ours: the number is kept, but the museum's own record, with its
label and its place, is the museum's to make.
"""

import re

from catalogue.exchange.formats import Cells, Format, RefusedRow
from catalogue.exchange.paleobiology_cells import (
    DATASET,
    FOUND,
    doubts,
    found,
    linked,
    number,
    references,
    remarks,
    text,
)
from catalogue.messages import message
from catalogue.parts import PART_OF

_MUSEUM = re.compile(r"^([A-Z]{2,8})(?=[ -]\S*\d)")
"""Letters that stand for a museum before a number: ANSP 9995."""
_SIDES = {"left": "left", "right": "right", "both": "left and right", "medial": "midline"}
_TYPES = {"some paratypes": "paratype"}


def draft(cells: Cells) -> dict[str, object]:
    """A draft of a row.

    Raises
    ------
    RefusedRow
        When it has no number, or no age that can be understood.
    """
    key, occurrence = number(cells, "specimen_no"), linked(cells, "occurrence_no")
    if not key:
        raise RefusedRow(message("The row has no specimen_no, the number by which the Paleobiology Database knows it."))
    label, kind = text(cells, "specimen_id"), text(cells, "is_type")
    museum = _MUSEUM.match(label)
    record = f"specimen {key}{f', occurrence {occurrence}' if occurrence else ''}"
    return {
        "occurrence_id": f"pbdb:spm:{key}",
        **found(cells),
        "institution_code": museum[1] if museum else "",
        "catalog_number": label,
        "type_status": _TYPES.get(kind, kind),
        "sex": text(cells, "specimen_sex"),
        "occurrence_remarks": remarks(cells, text(cells, "comments")),
        "associated_references": references(cells, record),
        "pieces": _pieces(cells),
        "relations": _relations(occurrence),
    }


def _pieces(cells: Cells) -> list[dict[str, str]]:
    element, side, count = text(cells, "specimen_part"), text(cells, "specimen_side"), text(cells, "n_measured")
    if not element:
        return []
    piece = {"element": element, "side": _SIDES.get(side.casefold(), "")}
    return [piece | {"piece_count": "" if count in {"0", "1"} else count, "remarks": "" if piece["side"] else side}]


def _relations(occurrence: str) -> list[dict[str, str]]:
    """To the find there: by its key where the catalogue has it, else in words."""
    if not occurrence:
        return []
    return [
        {
            "relationship_of_resource": PART_OF,
            "of": f"pbdb:occ:{occurrence}",
            "related_resource": f"{DATASET} occurrence {occurrence}",
        }
    ]


def contradiction(numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str]) -> RefusedRow:
    """Why the second of two rows with one specimen_no is not taken."""
    first, second = numbers
    taken = dict.fromkeys(column for field in fields for column in SPECIMENS.columns.get(field, ()))
    different = [column for column in taken if rows[0].get(column, "") != rows[1].get(column, "")]
    return RefusedRow(
        message(
            "Rows {first} and {second} have the same specimen_no, but differ in {columns}. Row {first} was taken; which one is right?",
            first=first,
            second=second,
            columns=", ".join(different),
        ),
        message("The specimen_no stands further up already, in a row that says something else."),
    )


SPECIMENS = Format(
    name="Paleobiology Database specimens",
    needs=(("specimen_no",), ("accepted_name", "identified_name"), ("early_interval", "stage", "max_ma")),
    columns={
        "occurrence_id": ("specimen_no",),
        **FOUND,
        "institution_code": ("specimen_id",),
        "catalog_number": ("specimen_id",),
        "type_status": ("is_type",),
        "sex": ("specimen_sex",),
        "occurrence_remarks": ("comments", "accepted_name", "identified_name", "difference", "museum", "cc"),
        "associated_references": (
            "occurrence_no",
            "collection_no",
            "primary_reference",
            "ref_author",
            "ref_pubyr",
            "reference_no",
        ),
        "pieces": ("specimen_part", "specimen_side", "n_measured"),
        "relations": ("occurrence_no",),
    },
    draft=draft,
    doubts=doubts,
    contradiction=contradiction,
)
