"""Records as rows of texts under the headings of `catalogue.exchange.out.terms`, column by column.

The ages stand as Darwin Core wants them, each rank in its own pair of columns, filled from the chart: a Hettangian specimen is also
Early Jurassic, Jurassic, Mesozoic and Phanerozoic.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import groupby, repeat
from typing import Any

from catalogue.exchange.cells import FORMULA_SIGNS, harmless
from catalogue.exchange.out.found import Portion
from catalogue.exchange.out.terms import AGES, COLUMNS, FIELDS, genus_of, ranked, term
from catalogue.records import BLANK, Specimen

_NUMBERS = (float, float | None, int, int | None)
NUMBERS = frozenset(term(field.name) for field in fields(Specimen) if field.type in _NUMBERS) & frozenset(COLUMNS)
"""The headings under which numbers stand."""
Value = str | float | None
"""What stands in a cell of a file that tells numbers from texts."""
_RUN = re.compile(f"\x00'*[{re.escape(FORMULA_SIGNS)}]")
STATED = COLUMNS[: -len(AGES)]
"""The headings of `stated`."""


def columns(portion: Portion) -> list[Sequence[str]]:
    """The cells of a portion as texts, a sequence for each of `COLUMNS`."""
    return [*stated(portion), *zip(*ages(portion), strict=True)]


def ages(portion: Portion) -> Iterator[tuple[str, ...]]:
    """What stands under `catalogue.exchange.out.terms.AGES`, record by record."""
    return map(ranked, portion.columns["earliest_interval"], portion.columns["latest_interval"])


def stated(portion: Portion) -> list[Sequence[str]]:
    """The cells of the other columns, which stand before those of the age."""
    held = portion.columns
    return [*(_texts(name, held[name]) for name in FIELDS), genera(portion)]


def genera(portion: Portion) -> list[str]:
    """What stands under ``genus``."""
    held = portion.columns
    return list(map(genus_of, held["genus"], held["scientific_name"], held["taxon_rank"]))


def values(portion: Portion) -> dict[str, Sequence[Value]]:
    """The columns of `COLUMNS` under which any record says something: numbers as numbers, all of them with a point, None for what is blank."""
    held = portion.columns
    of_age = zip(*map(_ranked_values, held["earliest_interval"], held["latest_interval"]), strict=True)
    aged = {name: column for name, column in zip(AGES, of_age, strict=True) if any(column)}
    return {**stated_values(portion), **aged}


@cache
def _ranked_values(earliest: str, latest: str) -> tuple[str | None, ...]:
    return tuple(name or None for name in ranked(earliest, latest))


def stated_values(portion: Portion) -> dict[str, Sequence[Value]]:
    """The same without the columns of the age."""
    held = portion.columns
    told: dict[str, Sequence[Value]] = {
        term(name): floats(held[name]) if _SPELT.get(name) is _numbers else _texts(name, held[name])
        for name in FIELDS
        if held[name].count(BLANK.get(name, "")) < len(portion)
    }
    told["genus"] = genera(portion)
    return {name: said(column) for name, column in told.items() if column.count("") < len(column)}


def said(column: Sequence[Value]) -> Sequence[Value]:
    """A column with None for what is blank."""
    return [None if value == "" else value for value in column] if "" in column else column


def floats(column: Sequence[float | None]) -> list[float | None]:
    """Numbers, all of them with a point."""
    return [None if value is None else float(value) for value in column]


def without_blanks(columns: Sequence[Sequence[str]], between: str) -> Iterator[Iterable[str]]:
    """The columns, with those that stand together and hold nothing as one: what parts their cells. They are half of all as a rule."""
    for is_filled, alike in groupby(columns, any):
        if is_filled:
            yield from alike
        else:
            yield repeat(between * (len(list(alike)) - 1))


def guarded(portion: Portion) -> list[Sequence[str]]:
    """As `columns`, with every cell that a spreadsheet would run as a formula behind an apostrophe."""
    return [
        all_harmless(heading, cells, "\x00".join(cells))
        for heading, cells in zip(COLUMNS, columns(portion), strict=True)
    ]


def all_harmless(heading: str, cells: Sequence[str], together: str) -> Sequence[str]:
    """The cells of a column, harmless; one look at all of them `together`, joined by NUL, is far quicker than one at each."""
    if heading in NUMBERS or not any(map(together.__contains__, FORMULA_SIGNS)) or not _RUN.search("\x00" + together):
        return cells
    return list(map(harmless, cells))


def number(value: float | None) -> str:
    """A number in the fewest digits that give it back exactly, blank when there is none."""
    return "" if value is None else repr(value).removesuffix(".0")


def _numbers(values: Sequence[float | None]) -> Sequence[str]:
    """The same for many, all at once in half of the time."""
    distinct = set(values)
    if 2 * len(distinct) < len(values):
        known = {value: number(value) for value in distinct}
        return list(map(known.__getitem__, values))
    together = "\x00".join(map(repr, values)) + "\x00"
    return together.replace(".0\x00", "\x00").replace("None\x00", "\x00").split("\x00")[:-1]


@cache
def groups(higher_classification: str) -> str:
    """The groups of a record as Darwin Core writes lists: ``Dinosauria | Theropoda``."""
    return " | ".join(group for group in higher_classification.split("|") if group)


def _texts(name: str, values: Sequence[Any]) -> Sequence[str]:
    spelt = _SPELT.get(name)
    return values if spelt is None else spelt(values)


_SPELT: Mapping[str, Callable[[Sequence[Any]], Sequence[str]]] = {
    **{field.name: _numbers for field in fields(Specimen) if field.type in _NUMBERS},
    "higher_classification": lambda values: list(map(groups, values)),
}
