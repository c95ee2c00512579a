"""Where the headings of a sheet are: below a title, and sometimes in two rows, "Place" merged over "Latitude" and "Longitude"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from catalogue.exchange.reading.tables import Record

LOOKED_AT = 20
"""Rows among which the headings are looked for."""


@dataclass(frozen=True)
class Merged:
    """Cells that are merged into one: rows from 1 and columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def below_titles(records: Iterable[Record], merged: Sequence[Merged] = ()) -> Iterator[Record]:
    """The records from the headings on; headings in two rows made one, the lower word where there is one.

    A title, a date, a remark stand above the headings in less than half as many cells as the widest of the first rows has.
    """
    going = iter(records)
    first = list(islice(going, LOOKED_AT))
    if not first:
        return
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in first]
    place = next(place for place, count in enumerate(filled) if 2 * count > max(filled) or count == max(filled))
    number, cells = first[place]
    rest = first[place + 1 :]
    if rest and any(one.first_row == one.last_row == number and one.first_column < one.last_column for one in merged):
        cells = _joined(cells, rest.pop(0)[1])
    yield number, cells
    yield from chain(rest, going)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    width = max(len(upper), len(lower))
    above, below = ([*cells, *[""] * (width - len(cells))] for cells in (upper, lower))
    return [low if low.strip() else high for high, low in zip(above, below, strict=True)]
