"""From a row and a map of columns to a draft: each field from its columns, what is not understood into the remarks, with a note.

Fields of which the table says nothing are left out of the draft, so that a record that is there keeps them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from catalogue.checking import LONGEST_KEY
from catalogue.exchange.cells import as_before
from catalogue.exchange.formats import Cells, Drafted, RefusedRow
from catalogue.exchange.mapping.columns import REJECT_REASON, ColumnMap
from catalogue.exchange.mapping.headings import FIELDS, OF_THE_NAME, REMARKS
from catalogue.exchange.mapping.naming import NAME_TARGETS, groups_of, name_of
from catalogue.exchange.mapping.placing import place_of, remarks_of_place
from catalogue.exchange.mapping.timing import AGE_TARGETS, DATE_TARGETS, age_of, dates_of
from catalogue.messages import Message, message
from catalogue.records import OWN, PUBLISHED, UNKNOWN

_SAYS_NOTHING = frozenset({"NA", "N/A", "n/a", "NULL", "null", "\\N", "#N/A", "#REF!", "#VALUE!"})
_BASES = {
    **dict.fromkeys(
        (
            "fossilspecimen",
            "preservedspecimen",
            "materialentity",
            "materialsample",
            "specimen",
            "own",
            "化石标本",
            "标本",
        ),
        OWN,
    ),
    **dict.fromkeys(("materialcitation", "occurrence", "literature", "published", "citation"), PUBLISHED),
}
_IN_STEPS = frozenset(
    {
        *(
            "occurrence_id",
            "basis_of_record",
            "verbatim_identification",
            "identification_qualifier",
            "higher_classification",
        ),
        *("earliest_interval", "latest_interval", "verbatim_age", "country_code", "locality", "verbatim_coordinates"),
        *("decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters", "event_date", "date_identified"),
        *("georeferenced_date", "minimum_elevation_in_meters", "maximum_elevation_in_meters", "individual_count"),
        *("occurrence_remarks", "translations", "taxon_rank", *OF_THE_NAME),
    }
)
"""Fields that are made in steps of their own; every other one is taken as it stands."""
_MOST_REMEMBERED = 8_192
"""Results that each step keeps."""


Columns: TypeAlias = Mapping[str, tuple[str, ...]]
"""The columns of each target."""
Step: TypeAlias = Callable[["RowReader"], None]
_Result: TypeAlias = tuple[dict[str, Any], list[Message], list[str]]
"""What a step makes of a row: values of the draft, notes, and sentences for the remarks."""


class RowReader:
    """One row under a map: what stands in the columns of a target, and what is to be told of it."""

    __slots__ = ("_fixed", "_of", "_said", "cells", "draft", "remarks")

    def __init__(self, cells: Cells, of: "Columns", fixed: Mapping[str, str], said: dict[str, str]) -> None:
        self.cells = cells
        self.draft = Drafted()
        self.remarks: list[str] = []
        self._of = of
        self._fixed = fixed
        self._said = said

    def alike(self) -> "RowReader":
        """The same row, of which nothing is drafted yet."""
        return RowReader(self.cells, self._of, self._fixed, self._said)

    def has(self, *targets: str) -> bool:
        """Whether the table says anything of one of these, in this row or in others."""
        for target in targets:  # noqa: SIM110  a loop, for this is asked twenty times a row
            if target in self._of or target in self._fixed:
                return True
        return False

    def text(self, target: str) -> str:
        """What the row says, or what is fixed for all rows; blank when nothing."""
        return self._said.get(target) or self._fixed.get(target, "")

    def said(self, target: str) -> str:
        """What the row itself says."""
        return self._said.get(target, "")

    def columns(self, target: str) -> tuple[str, ...]:
        """The columns of a target."""
        return self._of.get(target, ())

    def heading(self, target: str) -> str:
        """The first column of a target, for people."""
        return self._of.get(target, (target,))[0]

    def fixed(self, target: str) -> str:
        """What is fixed for all rows that say nothing."""
        return self._fixed.get(target, "")

    def each(self, target: str) -> list[tuple[str, str]]:
        """Column and text of all columns of a target that say something."""
        found = [(column, self.cells.get(column, "").strip()) for column in self._of.get(target, ())]
        return [(column, as_before(text)) for column, text in found if text and text not in _SAYS_NOTHING]

    def aside(self, target: str, text: str) -> None:
        """Put what was not understood into the remarks, with its heading."""
        self.remarks.append(_sentence(self.heading(target), text))


class Drafter:
    """Makes drafts of the rows of one table.

    Parameters
    ----------
    given : ColumnMap
        What its columns mean.
    keys_are_unique : bool
        Whether ``occurrenceID`` is a key for the whole world, as Darwin Core wants it; else bare numbers get the institution before them.
    """

    def __init__(self, given: ColumnMap, *, keys_are_unique: bool) -> None:
        columns: dict[str, tuple[str, ...]] = {}
        for column, target in given.targets.items():
            if target:
                columns[target] = (*columns.get(target, ()), column)
        self._columns = columns
        self._fixed = {target: text.strip() for target, text in given.fixed.items() if text.strip()}
        self._plain = tuple(
            name for name in FIELDS if name not in _IN_STEPS and (name in columns or name in self._fixed)
        )
        self._keys_are_unique = keys_are_unique
        self._pairs = [(target, column) for target, of in columns.items() for column in of]
        self._steps = [
            _Remembered(step, [target for target in targets if target in columns]) if targets else step
            for step, targets in _STEPS
        ]

    def __call__(self, cells: Cells) -> Drafted:
        """The draft of a row.

        Raises
        ------
        RefusedRow
            When what it states cannot be.
        """
        row = RowReader(cells, self._columns, self._fixed, self._said(cells))
        draft = row.draft
        for name in self._plain:
            draft[name] = row.text(name)
        for step in self._steps:
            step(row)
        _take_remarks(row)
        self._take_key(row)
        return draft

    def _said(self, cells: Cells) -> dict[str, str]:
        """What the cells say of each target; the first column that says something counts."""
        said: dict[str, str] = {}
        get = cells.get
        for target, column in self._pairs:
            text = get(column)
            if text and (text := text.strip()) and text not in _SAYS_NOTHING and target not in said:
                said[target] = as_before(text) if text[0] == "'" else text
        return said

    def _take_key(self, row: RowReader) -> None:
        draft = row.draft
        written, gbif = row.text("occurrence_id"), row.text("gbif_id")
        owner = str(draft.get("institution_code") or draft.get("dataset_name") or "")
        number = str(draft.get("catalog_number") or "")
        if written:
            bare = written.isascii() and written.isdigit() and not self._keys_are_unique
            draft["occurrence_id"] = f"{owner}:{written}" if bare and owner else f"id:{written}" if bare else written
        elif gbif:
            draft["occurrence_id"] = f"gbif:{gbif}"
        elif number:
            draft["occurrence_id"] = f"urn:catalog:{owner}:{number}"[:LONGEST_KEY]
            draft.number = (str(draft.get("institution_code") or ""), number)
        else:
            draft["occurrence_id"] = f"row:{_digest(row.cells)}"


class _Remembered:
    """A step whose result follows from a few columns alone: what their cells gave once they give again, for names, ages and days come
    again and again in a table.

    Parameters
    ----------
    step : callable
    targets : sequence of str
        Those of which the table has columns; the step looks at no other cells.
    """

    def __init__(self, step: "Step", targets: Sequence[str]) -> None:
        self._step = step
        self._targets = targets
        self._known: dict[tuple[str, ...], _Result] = {}

    def __call__(self, row: RowReader) -> None:
        said = tuple([row.said(target) for target in self._targets])
        values, notes, remarks = self._known.get(said) or self._done(row, said)
        row.draft.update(values)
        row.draft.notes += notes
        row.remarks += remarks

    def _done(self, row: RowReader, said: tuple[str, ...]) -> _Result:
        alike = row.alike()
        self._step(alike)
        result = (dict(alike.draft), alike.draft.notes, alike.remarks)
        if alike.draft.refused_if_new is not None:  # not kept: an error raised again and again holds on to the rows before
            row.draft.refused_if_new = alike.draft.refused_if_new
            return result
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[said] = result
        return result


def _digest(cells: Cells) -> str:
    """The same for the same cells, whatever the file and the order of its columns; also of columns of which nothing is taken, for
    two finds may differ in these alone."""
    said = {
        column: as_before(cell.strip()) for column, cell in cells.items() if cell.strip() and column != REJECT_REASON
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


@lru_cache(maxsize=256)
def _basis(written: str) -> str:
    return _BASES.get(written.casefold().replace("_", "").replace(" ", "").replace("-", ""), written)


def _take_basis(row: RowReader) -> None:
    written = row.text("basis_of_record")
    basis = _basis(written) or (OWN if row.text("catalog_number") else PUBLISHED)
    if written:
        row.draft["basis_of_record"] = basis
    else:
        row.draft.defaults["basis_of_record"] = basis
    if basis == OWN and row.has("locality") and not row.text("locality"):
        row.draft["locality"] = UNKNOWN
    elif row.has("locality"):
        row.draft["locality"] = row.text("locality")
    elif basis == OWN:
        row.draft.defaults["locality"] = UNKNOWN


def _take_name(row: RowReader) -> None:
    name, aside = name_of(row)
    if name or row.has("verbatim_identification", *OF_THE_NAME):
        row.draft["verbatim_identification"] = name
    row.remarks.extend(aside)
    if row.has("taxon_rank"):
        row.draft["taxon_rank"] = row.text("taxon_rank").casefold()
    groups = groups_of(row)
    if groups or row.has("higher_classification"):
        row.draft["higher_classification"] = groups


def _take_age(row: RowReader) -> None:
    age = age_of(row)
    row.draft |= age.values
    row.draft.notes += age.notes
    if age.refusal is not None:
        row.draft.refused_if_new = age.refusal


def _take_place(row: RowReader) -> None:
    row.draft |= place_of(row)
    remarks_of_place(row)


def _take_dates(row: RowReader) -> None:
    row.draft |= dates_of(row)


def _take_count(row: RowReader) -> None:
    if not row.has("individual_count"):
        return
    text = row.text("individual_count")
    whole = text.removesuffix(".0")
    if not text or (whole.isascii() and whole.isdigit() and int(whole) > 0):
        row.draft["individual_count"] = whole
        return
    row.draft["individual_count"] = ""
    row.aside("individual_count", text)
    row.draft.notes.append(
        message(
            "{column}: “{value}” is not a whole number. It stands in the remarks.",
            column=row.heading("individual_count"),
            value=text[:60],
        )
    )


def _take_translations(row: RowReader) -> None:
    text = row.text("translations")
    if not text:
        return
    try:
        held = json.loads(text)
    except ValueError:
        held = None
    if isinstance(held, dict):
        row.draft["translations"] = held
    else:
        row.draft.notes.append(
            message(
                "{column}: “{value}” is not understood and left out.",
                column=row.heading("translations"),
                value=text[:60],
            )
        )


def _take_remarks(row: RowReader) -> None:
    for column, text in row.each(REMARKS):
        row.remarks.append(_sentence(column, text))
    if row.remarks or row.has("occurrence_remarks", REMARKS):
        row.draft["occurrence_remarks"] = " ".join(filter(None, (row.text("occurrence_remarks"), *row.remarks)))


def _sentence(heading: str, text: str) -> str:
    return f"{heading}: {text}" if text.endswith((".", "。", "!", "?")) else f"{heading}: {text}."


_STEPS: tuple[tuple[Step, tuple[str, ...]], ...] = (
    (_take_basis, ()),
    (_take_name, NAME_TARGETS),
    (_take_age, (*AGE_TARGETS, "verbatim_age")),
    (_take_place, ()),
    (_take_dates, DATE_TARGETS),
    (_take_count, ()),
    (_take_translations, ()),
)
"""The steps in their order, and the only targets that some of them look at."""


def contradiction(
    numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str], columns: Mapping[str, tuple[str, ...]]
) -> RefusedRow:
    """Why the second of two rows about one record is not taken."""
    first, second = numbers
    taken = dict.fromkeys(column for field in fields for column in columns.get(field, ()))
    different = [column for column in taken if rows[0].get(column, "") != rows[1].get(column, "")] or fields
    return RefusedRow(
        message(
            "Rows {first} and {second} are about the same specimen, but differ in {columns}. Row {first} was taken; which one is right?",
            first=first,
            second=second,
            columns=", ".join(different),
        ),
        message("The specimen stands further up already, in a row that says something else."),
    )
