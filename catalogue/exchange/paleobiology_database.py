"""Occurrences of the Paleobiology Database, as downloaded or as people passed them on: a row becomes a published find.

References
----------
Peters, S. E. and McClennen, M. 2016. The Paleobiology Database application programming interface. Paleobiology 42: 1-7.
doi:10.1017/pab.2015.39
"""

from catalogue.exchange.formats import Cells, Format, RefusedRow
from catalogue.exchange.paleobiology_cells import FOUND, doubts, found, linked, number, references, remarks, text
from catalogue.messages import message


def draft(cells: Cells) -> dict[str, object]:
    """A draft of a row.

    Raises
    ------
    RefusedRow
        When it has no number, or no age that can be understood.
    """
    key = occurrence(cells)
    if not key and (written := text(cells, "occurrence_no")):
        raise RefusedRow(
            message(
                "occurrence_no: “{value}” is no number of the Paleobiology Database. Did a spreadsheet change it? Download the file anew.",
                value=written[:40],
            ),
            message("The occurrence_no is no number of the Paleobiology Database. Did a spreadsheet change it?"),
        )
    if not key:
        raise RefusedRow(
            message("The row has no occurrence_no, the number by which the Paleobiology Database knows it.")
        )
    return {
        "occurrence_id": f"pbdb:occ:{key}",
        **found(cells),
        "occurrence_remarks": remarks(cells),
        "associated_references": references(cells, f"occurrence {key}"),
    }


def occurrence(cells: Cells) -> str:
    """The number by which the Paleobiology Database knows the occurrence of a row; blank when it has none."""
    return number(cells, "occurrence_no")


def identification(cells: Cells) -> tuple[str, tuple[int, ...]]:
    """Which identification of its occurrence a row is, and its place: those marked ``R`` are superseded, later numbers are newer."""
    which = linked(cells, "reid_no")
    return which, (int("R" not in text(cells, "flags").upper()), int(which or 0))


def contradiction(numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str]) -> RefusedRow:
    """Why the second of two rows with one occurrence_no is not taken."""
    first, second = numbers
    taken = dict.fromkeys(column for field in fields for column in OCCURRENCES.columns.get(field, ()))
    different = [column for column in taken if rows[0].get(column, "") != rows[1].get(column, "")]
    return RefusedRow(
        message(
            "Rows {first} and {second} have the same occurrence_no, but differ in {columns}. Row {first} was taken; which one is right?",
            first=first,
            second=second,
            columns=", ".join(different),
        ),
        message("The occurrence_no stands further up already, in a row that says something else."),
    )


OCCURRENCES = Format(
    name="Paleobiology Database occurrences",
    needs=(("occurrence_no",), ("accepted_name", "identified_name"), ("early_interval", "stage", "max_ma")),
    columns={
        "occurrence_id": ("occurrence_no",),
        **FOUND,
        "occurrence_remarks": (
            "accepted_name",
            "identified_name",
            "difference",
            "museum",
            "collection_dates",
            "cc",
            "reid_no",
            "flags",
        ),
        "associated_references": ("collection_no", "primary_reference", "ref_author", "ref_pubyr", "reference_no"),
    },
    draft=draft,
    doubts=doubts,
    contradiction=contradiction,
    same_record=occurrence,
    identification=identification,
)
