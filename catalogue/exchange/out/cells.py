"""Records as rows of texts under the headings of `catalogue.exchange.out.terms`, column by column.

The ages stand as Darwin Core wants them, each rank in its own pair of columns, filled from the chart: a Hettangian specimen is also
Early Jurassic, Jurassic, Mesozoic and Phanerozoic.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from catalogue.exchange.cells import harmless
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.terms import COLUMNS, FIELDS, ranked, term
from catalogue.records import Specimen

_NUMBERS = (float, float | None, int, int | None)
NUMBERS = frozenset(term(field.name) for field in fields(Specimen) if field.type in _NUMBERS) & frozenset(COLUMNS)
"""The headings under which numbers stand."""
_FIRST = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell that a spreadsheet runs may begin with; see `catalogue.exchange.cells`."""


def columns(portion: Portion) -> list[Sequence[str]]:
    """The cells of a portion as texts, a sequence for each of `COLUMNS`."""
    held = portion.columns
    texts = [_texts(name, held[name]) for name in FIELDS]
    genera = [
        genus if genus in name.split() else ""
        for genus, name in zip(held["genus"], held["scientific_name"], strict=True)
    ]
    ages = zip(*map(ranked, held["earliest_interval"], held["latest_interval"]), strict=True)
    return [*texts, genera, *ages]


def rows(portion: Portion) -> Iterator[tuple[str, ...]]:
    """The cells of a portion as texts, record by record."""
    return zip(*columns(portion), strict=True)


def guarded(portion: Portion) -> list[Sequence[str]]:
    """As `columns`, with every cell that a spreadsheet would run as a formula behind an apostrophe."""
    return [
        cells if heading in NUMBERS else _guarded(cells)
        for heading, cells in zip(COLUMNS, columns(portion), strict=True)
    ]


def number(value: float | None) -> str:
    """A number in the fewest digits that give it back exactly, blank when there is none."""
    return "" if value is None else repr(value).removesuffix(".0")


@cache
def groups(higher_classification: str) -> str:
    """The groups of a record as Darwin Core writes lists: ``Dinosauria | Theropoda``."""
    return " | ".join(group for group in higher_classification.split("|") if group)


def _texts(name: str, values: Sequence[Any]) -> Sequence[str]:
    spelt = _SPELT.get(name)
    if spelt is None:
        return values
    distinct = {value: spelt(value) for value in set(values)}
    return [distinct[value] for value in values]


_SPELT: Mapping[str, Callable[[Any], str]] = {
    **{field.name: number for field in fields(Specimen) if field.type in _NUMBERS},
    "higher_classification": groups,
}


def _guarded(cells: Sequence[str]) -> Sequence[str]:
    """One look at the first letters of all cells is far quicker than one at each cell."""
    if not any(cells) or _FIRST.isdisjoint({cell[:1] for cell in set(cells)}):
        return cells
    return list(map(harmless, cells))
