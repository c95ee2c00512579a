"""One row of a table under a map, as the steps of drafting ask it; and steps that need not be done again for the same cells."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from catalogue.exchange.cells import as_before
from catalogue.exchange.formats import Cells, Drafted
from catalogue.messages import Message

SAYS_NOTHING = frozenset({"NA", "N/A", "n/a", "NULL", "null", "\\N", "#N/A", "#REF!", "#VALUE!"})
"""What programs write where there is nothing."""
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

    def said_of(self, targets: Sequence[str]) -> tuple[str | None, ...]:
        """What the row itself says of some targets; None of those of which it says nothing."""
        return tuple(map(self._said.get, targets))

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
        return [(column, as_before(text)) for column, text in found if text and text not in SAYS_NOTHING]

    def aside(self, target: str, text: str) -> None:
        """Put what was not understood into the remarks, with its heading."""
        self.remarks.append(sentence(self.heading(target), text))


class Remembered:
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
        self._known: dict[tuple[str | None, ...], _Result] = {}

    def __call__(self, row: RowReader) -> None:
        said = row.said_of(self._targets)
        values, notes, remarks = self._known.get(said) or self._done(row, said)
        row.draft.update(values)
        if notes:
            row.draft.notes += notes
        if remarks:
            row.remarks += remarks

    def _done(self, row: RowReader, said: tuple[str | None, ...]) -> _Result:
        alike = row.alike()
        self._step(alike)
        result = (dict(alike.draft), alike.draft.notes, alike.remarks)
        if (
            alike.draft.refused_if_new is not None
        ):  # an error that is raised again and again holds on to the rows before
            row.draft.refused_if_new = alike.draft.refused_if_new
            return result
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[said] = result
        return result


def sentence(heading: str, text: str) -> str:
    """What a column says, for the remarks."""
    return f"{heading}: {text}" if text.endswith((".", "。", "!", "?")) else f"{heading}: {text}."
