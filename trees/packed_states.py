"""A character matrix as bits, for a search that counts steps by the million: a bit for each state, a column for each kind of character."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from trees.matrices import Matrix, states

Bits: TypeAlias = npt.NDArray[np.uint64]
Weights: TypeAlias = npt.NDArray[np.int64]
EVERYTHING = np.uint64(2**64 - 1)
"""Of a cell of which nothing is known."""


def packed(matrix: Matrix, order: Sequence[int]) -> tuple[Bits, Weights]:
    """Sets of states as bits, a row for each taxon; columns that are alike are counted once with their weight."""
    columns: dict[tuple[int, ...], int] = {}
    for number, character in enumerate(matrix.characters):
        cells = [states(matrix.cells[row][number]) for row in order]
        symbols = sorted(set().union(*cells))
        parts = _steps(cells, symbols) if character.ordered else [[_bits(cell, symbols) for cell in cells]]
        for part in parts:
            columns[tuple(part)] = columns.get(tuple(part), 0) + 1
    sets = np.array(list(columns), np.uint64).T
    return np.ascontiguousarray(sets), np.array(list(columns.values()), np.int64)


def _bits(cell: frozenset[str], symbols: Sequence[str]) -> int:
    return sum(1 << symbols.index(state) for state in cell) if cell else int(EVERYTHING)


def _steps(cells: Sequence[frozenset[str]], symbols: Sequence[str]) -> list[list[int]]:
    """An ordered character as one column for each step between its states: below it, above it, or not known."""
    columns = []
    for step in range(1, len(symbols)):
        above = set(symbols[step:])
        columns.append([(1 * bool(cell - above) | 2 * bool(cell & above)) if cell else 3 for cell in cells])
    distances = [max(1, _place(after) - _place(before)) for before, after in pairwise(symbols)]
    return [column for column, times in zip(columns, distances, strict=True) for _ in range(times)]


def _place(symbol: str) -> int:
    return int(symbol, 36) if symbol.isalnum() and symbol.isascii() else 0
