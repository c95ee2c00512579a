"""What becomes of a file, row by row: foretold by a preview, or reported by an import."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from operator import eq
from typing import Literal, NamedTuple, TypeAlias, get_args, overload

from catalogue.compact import Texts
from catalogue.exchange.mapping.columns import ColumnMap, Proposal
from catalogue.exchange.noted_rows import NotedRows
from catalogue.exchange.reading import Table
from catalogue.messages import Message

RowResult: TypeAlias = Literal["accepted", "changed", "unchanged", "rejected"]
_RESULTS: tuple[RowResult, ...] = get_args(RowResult)
_ROWS_OF_A_NOTE = 20
"""How many rows of each note are told by their numbers."""
_CODES = {result: code for code, result in enumerate(_RESULTS)}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a row changes in one field of a record that is there."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
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
    kept : tuple of str
        The fields in which the record stays as it is, because a person changed them since they were imported.
    """

    number: int
    outcome: RowResult
    occurrence_id: str = ""
    name: str = ""
    reason: Message | None = None
    summary: Message | None = None
    repeats: int | None = None
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[str, ...] = ()
    note: Message | None = None


class _More(NamedTuple):
    """What a `RowOutcome` tells beyond number, outcome, key and name."""

    reason: Message | None
    summary: Message | None
    repeats: int | None
    changes: tuple[FieldChange, ...]
    kept: tuple[str, ...]
    note: Message | None


_NO_MORE = _More(None, None, None, (), (), None)

_MOST_SAID = 10_000
"""Reasons that are looked for among those of rows before."""


class RowOutcomes(Sequence[RowOutcome]):
    """What becomes of the rows of a file. Of most rows little is to be told, and that is held in little memory."""

    def __init__(self) -> None:
        self.keys = Texts()
        self._names = Texts()
        self._numbers = array("I")
        self._codes = bytearray()
        self._sorted: Sequence[int] | None = None
        self._more: dict[int, _More] = {}
        self._said: dict[tuple[tuple[str, str], ...], _More] = {}

    def add(self, row: RowOutcome) -> int:
        """Add what becomes of a row, and say at which place of `keys` it stands."""
        place = self.add_plain(row.number, row.outcome, row.occurrence_id, row.name)
        if row.outcome == "rejected":
            self._more[place] = self._refused(row)
        elif (more := _More(None, None, row.repeats, row.changes, row.kept, row.note)) != _NO_MORE:
            self._more[place] = more
        return place

    def _refused(self, row: RowOutcome) -> _More:
        """What is told of a rejected row; what is told of many is held once."""
        said = tuple((one.template, str(one)) for one in (row.reason, row.summary) if one is not None)
        known = self._said.get(said)
        if known is None:
            known = _More(row.reason, row.summary, row.repeats, row.changes, row.kept, row.note)
            if len(self._said) < _MOST_SAID:
                self._said[said] = known
        return known

    def add_plain(self, number: int, outcome: RowResult, key: str, name: str) -> int:
        """The same for a row of which nothing else is to be told."""
        self.keys.append(key)
        self._names.append(name)
        self._numbers.append(number)
        self._codes.append(_CODES[outcome])
        return len(self._codes) - 1

    @property
    def _order(self) -> Sequence[int]:
        """The places of the rows, in the order of the file."""
        return range(len(self._codes)) if self._sorted is None else self._sorted

    def sort(self) -> None:
        """Bring the rows into the order of the file."""
        if any(one > next_one for one, next_one in pairwise(self._numbers)):
            self._sorted = array("Q", sorted(range(len(self)), key=self._numbers.__getitem__))

    def counts(self) -> Counter[str]:
        """How many rows came to each outcome."""
        return Counter({name: self._codes.count(code) for code, name in enumerate(_RESULTS)})

    def repeated(self) -> int:
        """How many rows repeat another one."""
        return sum(more.repeats is not None for more in self._more.values())

    def kept(self) -> int:
        """In how many rows something stays as people changed it."""
        return sum(bool(more.kept) for more in self._more.values())

    def summaries(self) -> Iterator[Message]:
        """The reasons under which rejected rows are counted, one for each row, in the order of the file."""
        told = (more for place in self._order if (more := self._more.get(place)) is not None)
        return (more.summary for more in told if more.summary is not None)

    def having(self, outcome: RowResult, most: int | None = None) -> list[RowOutcome]:
        """The first rows with an outcome."""
        code = _RESULTS.index(outcome)
        return [self._at(place) for place in islice((one for one in self._order if self._codes[one] == code), most)]

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, place: int) -> RowOutcome: ...
    @overload
    def __getitem__(self, place: slice) -> list[RowOutcome]: ...
    def __getitem__(self, place: int | slice) -> RowOutcome | list[RowOutcome]:
        wanted = self._order[place]
        return self._at(wanted) if isinstance(wanted, int) else [self._at(one) for one in wanted]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowOutcomes) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        raise TypeError("rows are added while a file is judged")

    def _at(self, place: int) -> RowOutcome:
        result, more = _RESULTS[self._codes[place]], self._more.get(place, _NO_MORE)
        return RowOutcome(self._numbers[place], result, self.keys[place], self._names[place], *more)


def outcomes_of(rows: Iterable[RowOutcome]) -> RowOutcomes:
    """Rows that were judged elsewhere, put together."""
    together = RowOutcomes()
    for row in rows:
        together.add(row)
    return together


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
        The headings from which nothing is taken although they say something.
    rows : RowOutcomes
        In the order of the file.
    table : Table or None
        The table as it was read.
    column_map : ColumnMap or None
        What its columns were taken for, where they are mapped.
    proposals : tuple of Proposal
        The same for each column, with the reason.
    noted : NotedRows
        What was not understood, or is doubtful, although the row was taken, and in which rows.
    """

    file_name: str
    format: str
    encoding: str
    encoding_is_guess: bool
    delimiter: str
    columns: tuple[str, ...]
    columns_left: tuple[str, ...]
    rows: RowOutcomes
    table: Table | None = None
    column_map: ColumnMap | None = None
    proposals: tuple[Proposal, ...] = ()
    noted: NotedRows = field(default_factory=NotedRows)

    @cached_property
    def _counts(self) -> Counter[str]:
        return self.rows.counts()

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
        return self.rows.repeated()

    @property
    def kept(self) -> int:
        """In how many rows something stays because people changed it since an earlier import."""
        return self.rows.kept()

    @property
    def rejects(self) -> tuple[RowOutcome, ...]:
        """The rejected rows."""
        return tuple(self.rows.having("rejected"))

    @cached_property
    def notes(self) -> tuple[tuple[Message, int], ...]:
        """What was not understood, or is doubtful, although the row was taken, with the number of rows; the most frequent first."""
        return self.noted.counted()

    @cached_property
    def first_rows_noted(self) -> dict[str, list[int]]:
        """The numbers of the first rows of each note, by its text in English; all are in the file of rows with doubts."""
        return self.noted.first_rows(_ROWS_OF_A_NOTE)

    @cached_property
    def doubtful(self) -> int:
        """On how many rows that were taken something is noted."""
        return len(self.noted)

    @property
    def file_notes(self) -> tuple[Message, ...]:
        """What was left out of the file as a whole: columns that stand twice and differ, rows that belong to nothing."""
        return self.table.notes if self.table is not None else ()

    def reasons(self) -> list[tuple[Message, int]]:
        """Why rows are rejected and how many for each reason, most frequent first; they add up to `rejected`."""
        return self._reasons

    @cached_property
    def _reasons(self) -> list[tuple[Message, int]]:
        said: dict[str, Message] = {}
        counted: Counter[str] = Counter()
        for summary in self.rows.summaries():
            text = str(summary)
            said[text] = summary
            counted[text] += 1
        return [(said[text], count) for text, count in counted.most_common()]

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
            "notes": {str(note): count for note, count in self.notes},
            "note_rows": self.first_rows_noted,
            "columns_left": list(self.columns_left),
            "file_notes": [str(note) for note in self.file_notes],
        }


@dataclass(frozen=True)
class Preview(Outcomes):
    """What would become of a file; nothing is written."""


@dataclass(frozen=True)
class Report(Outcomes):
    """What became of a file; `import_id` is its number in the book of imports, None when it brought nothing new."""

    import_id: int | None = None
