"""What becomes of a file, row by row: foretold by a preview, or reported by an import."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from catalogue.messages import Message

RowResult: TypeAlias = Literal["accepted", "changed", "unchanged", "rejected"]


@dataclass(frozen=True)
class RowOutcome:
    """What becomes of one row.

    Parameters
    ----------
    number : int
        The row in the file as a spreadsheet counts them, headings included, from 1.
    outcome : str
        ``accepted`` (new), ``changed``, ``unchanged`` or ``rejected``.
    occurrence_id : str
        Key of the record; blank when the row has none.
    name : str
        The identification as the row gives it.
    reason : Message or None
        Why the row is rejected, in full.
    summary : Message or None
        The reason under which rejected rows are counted together.
    repeats : int or None
        The row that this one repeats word for word.
    cells : tuple of str
        The row as it stands in the file.
    """

    number: int
    outcome: RowResult
    occurrence_id: str = ""
    name: str = ""
    reason: Message | None = None
    summary: Message | None = None
    repeats: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcomes:
    """What becomes of a file, row by row.

    Parameters
    ----------
    file_name, format : str
        The file and the name of its format.
    encoding : str
        How the bytes became text: ``UTF-8``, ``UTF-16``, ``Windows-1252``, ``GB18030``.
    encoding_is_guess : bool
        True when nothing in the file says so; a person should look at the accents.
    delimiter : str
        What parts the cells: ``,``, ``;``, ``|`` or a tab.
    columns : tuple of str
        The headings as they stand in the file.
    columns_left : tuple of str
        The headings from which nothing is taken.
    rows : tuple of RowOutcome
        In the order of the file.
    """

    file_name: str
    format: str
    encoding: str
    encoding_is_guess: bool
    delimiter: str
    columns: tuple[str, ...]
    columns_left: tuple[str, ...]
    rows: tuple[RowOutcome, ...]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)

    @property
    def read(self) -> int:
        """How many rows were read, headings apart."""
        return len(self.rows)

    @property
    def accepted(self) -> int:
        """How many rows are new records."""
        return self._counts["accepted"]

    @property
    def changed(self) -> int:
        """How many rows change a record."""
        return self._counts["changed"]

    @property
    def unchanged(self) -> int:
        """How many rows are in the catalogue as they are, or repeat another row of the file."""
        return self._counts["unchanged"]

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken."""
        return self._counts["rejected"]

    @property
    def repeated(self) -> int:
        """How many of the unchanged rows repeat another row of the file."""
        return sum(row.repeats is not None for row in self.rows)

    @property
    def rejects(self) -> tuple[RowOutcome, ...]:
        """The rejected rows."""
        return tuple(row for row in self.rows if row.outcome == "rejected")

    def reasons(self) -> list[tuple[Message, int]]:
        """Why rows are rejected and how many for each reason, most frequent first; they add up to `rejected`."""
        summaries = {str(row.summary): row.summary for row in self.rows if row.summary is not None}
        counted = Counter(str(row.summary) for row in self.rejects)
        return [(summaries[text], count) for text, count in counted.most_common()]

    def as_json(self) -> dict[str, object]:
        """The numbers for a program to read."""
        return {
            "format": self.format,
            "read": self.read,
            "accepted": self.accepted,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "reasons": {str(reason): count for reason, count in self.reasons()},
        }


@dataclass(frozen=True)
class Preview(Outcomes):
    """What would become of a file; nothing is written."""


@dataclass(frozen=True)
class Report(Outcomes):
    """What became of a file; `import_id` is its number in the book of imports, None when it brought nothing new."""

    import_id: int | None = None
