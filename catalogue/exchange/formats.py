"""What the pipeline must know about a format of files: its name, its columns, and how a row becomes a draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any, TypeAlias

from catalogue.exchange.row_judging import RowJudging
from catalogue.mended import TOGETHER
from catalogue.messages import CatalogueError, Message, message

Cells: TypeAlias = Mapping[str, str]
"""A row of a file: column name to what stands in the cell, as it stands."""
Extensions: TypeAlias = Mapping[str, Sequence[Cells]]
"""What further tables of an archive say of a row, by the kind of the table."""


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


class Drafted(dict[str, Any]):
    """A draft made of a row, with what is to be told of it. Fields of which the file says nothing are not in it.

    Attributes
    ----------
    notes : list of Message
        What was not understood and where it went; the row is taken all the same.
    defaults : dict
        Values for a record that is new; one that is there keeps what it has.
    refused_if_new : RefusedRow or None
        What a new record lacks.
    number : tuple of str or None
        Institution and catalogue number by which a specimen of the museum is known, where the row has no key of its own.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.notes: list[Message] = []
        self.defaults: dict[str, Any] = {}
        self.refused_if_new: RefusedRow | None = None
        self.number: tuple[str, str] | None = None


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
    key_columns : tuple of str
        The columns that give rows a key of their own, where rows without one are known by their number.
    same_record : callable, optional
        A key of a row by which rows that may be about one record are found, cheaply; None where each row stands for itself.
    identification : callable, optional
        Which of the identifications of its record a row is, and its place among them: the one with the highest place is the current
        one. Rows of one record with different identifications become one record with a history of names.
    lists : callable, optional
        Makes the lists of a record (`catalogue.parts.PARTS`) of the further tables of an archive, given the draft of its row.
    doubts : callable, optional
        What of a row was not understood although it is taken.
    judged_by : callable, optional
        Judges the rows of a table where they become no records, instead of `catalogue.exchange.judging.Judging`.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    draft: Callable[[Cells], dict[str, object]]
    contradiction: Callable[[tuple[int, int], tuple[Cells, Cells], list[str]], RefusedRow]
    key_columns: tuple[str, ...] = ()
    same_record: Callable[[Cells], str] | None = None
    identification: Callable[[Cells], tuple[str, tuple[int, ...]]] | None = None
    lists: Callable[[Extensions, Drafted], Mapping[str, object]] | None = None
    doubts: Callable[[Cells], list[Message]] | None = None
    judged_by: Callable[..., RowJudging] | None = None

    def missing(self, columns: tuple[str, ...]) -> list[str]:
        """What a file with these columns lacks: ``["occurrence_no", "accepted_name or identified_name"]``."""
        return [" or ".join(group) for group in self.needs if not set(group) & set(columns)]

    def left(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of a file from which nothing is taken."""
        taken = {column for group in self.columns.values() for column in group}
        return tuple(column for column in columns if column not in taken)

    def said(self, cells: Cells) -> dict[str, object]:
        """The draft of a row, without the fields of which the file says nothing, so that a record keeps what it has there.

        A blank cell says that there is nothing; a column that is missing says nothing. Fields that belong together stay together.

        Raises
        ------
        RefusedRow
            When it cannot become one, or is no row but the headings again, as where tables were put one below the other.
        """
        if all(map(eq, cells, cells.values())):
            raise RefusedRow(message("The row repeats the headings."))
        draft = self.draft(cells)
        if isinstance(draft, Drafted):
            return draft
        filled = {name for name, value in draft.items() if value not in ("", None)}
        spoken_of = filled.union(*(group for group in TOGETHER if group & filled))
        for name in [name for name in draft if name not in spoken_of and not self.column_of(name, cells)]:
            del draft[name]
        notes = self.doubts(cells) if self.doubts is not None else []
        if notes:
            draft = Drafted(draft)
            draft.notes.extend(notes)
        return draft

    def column_of(self, field: str, cells: Cells) -> str:
        """The column from which a field of this row came; blank when from none."""
        present = [column for column in self.columns.get(field, ()) if column in cells]
        return next((column for column in present if cells[column].strip()), present[0] if present else "")


def contradiction_by(
    key: str, list_of: Callable[[], Format]
) -> Callable[[tuple[int, int], tuple[Cells, Cells], list[str]], RefusedRow]:
    """Makes what says why the second of two rows about the same thing is not taken.

    Parameters
    ----------
    key : str
        The columns by which the things of the list are known.
    list_of : callable
        Gives the format, which names the columns.
    """

    def say(numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str]) -> RefusedRow:
        taken = dict.fromkeys(column for field in fields for column in list_of().columns.get(field, ()))
        different = ", ".join(column for column in taken if rows[0].get(column, "") != rows[1].get(column, ""))
        first, second = numbers
        return RefusedRow(
            message(
                "Rows {first} and {second} have the same {key}, but differ in {columns}. Row {first} was taken; which one is right?",
                first=first,
                second=second,
                key=key,
                columns=different,
            ),
            message("The {key} stands further up already, in a row that says something else.", key=key),
        )

    return say
