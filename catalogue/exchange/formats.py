"""What the pipeline must know about a format of files: its name, its columns, and how a row becomes a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.messages import CatalogueError, Message

Cells: TypeAlias = Mapping[str, str]
"""A row of a file: column name to what stands in the cell, as it stands."""


class RefusedRow(CatalogueError):
    """A row that cannot become a draft.

    Parameters
    ----------
    message : Message
        Why, with all particulars.
    summary : Message or None
        The same without particulars such as row numbers, under which rows are counted; None when the message will do.
    """

    def __init__(self, message: Message, summary: Message | None = None) -> None:
        super().__init__(message)
        self.summary = summary or message


@dataclass(frozen=True)
class Format:
    """A format of files with one record a row.

    Parameters
    ----------
    name : str
        What people call it.
    needs : tuple of tuple of str
        Columns that a file must have: one of each group.
    columns : mapping of str to tuple of str
        The columns from which each field of a record is taken; to name the column in reasons and to tell which columns are left.
    draft : callable
        Makes a draft with an `occurrence_id` of a row. Raises `RefusedRow`.
    contradiction : callable
        Says of two rows with one `occurrence_id` that differ, given the numbers of the first and the second row, both rows and the
        names of the fields that differ, why the second is not taken.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    draft: Callable[[Cells], dict[str, object]]
    contradiction: Callable[[tuple[int, int], tuple[Cells, Cells], list[str]], RefusedRow]

    def missing(self, columns: tuple[str, ...]) -> list[str]:
        """What a file with these columns lacks: ``["occurrence_no", "accepted_name or identified_name"]``."""
        return [" or ".join(group) for group in self.needs if not set(group) & set(columns)]

    def left(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of a file from which nothing is taken."""
        taken = {column for group in self.columns.values() for column in group}
        return tuple(column for column in columns if column not in taken)

    def column_of(self, field: str, cells: Cells) -> str:
        """The column from which a field of this row came; blank when from none."""
        present = [column for column in self.columns.get(field, ()) if column in cells]
        return next((column for column in present if cells[column].strip()), present[0] if present else "")
