"""Change a matrix of characters: a cell, or what a character is called and whether it is ordered. Each change gives a new matrix.

What is typed is checked first: a symbol of the matrix, ``?`` for not known, ``-`` for cannot apply, ``{01}`` for one of several, ``(01)``
for several side by side; in a matrix of measurements a number or a range.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from catalogue.messages import message
from trees.errors import TreeError
from trees.matrices import INAPPLICABLE, MISSING, Character, Matrix

_SYMBOLS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_MEASURE = re.compile(rf"{_NUMBER}(?:-{_NUMBER})?")
MOST_UNDONE = 200


@dataclass(frozen=True)
class Version:
    """A matrix that is being edited, with all it was before.

    Parameters
    ----------
    matrix : Matrix
        As it is now.
    before : tuple of Matrix
        What it was, the oldest first.
    """

    matrix: Matrix
    before: tuple[Matrix, ...] = ()

    def changed(self, matrix: Matrix) -> "Version":
        """The next version; the same where nothing changed."""
        return self if matrix == self.matrix else Version(matrix, (*self.before, self.matrix)[-MOST_UNDONE:])

    def undone(self) -> "Version":
        """One step back; the same where there is none."""
        return Version(self.before[-1], self.before[:-1]) if self.before else self


def read_cell(written: str, *, allowed: Collection[str] = (), continuous: bool = False) -> str:
    """What somebody typed, as a cell.

    Parameters
    ----------
    written : str
        Blanks and commas within brackets do not count; a blank cell is one that is not known.
    allowed : collection of str
        The symbols of the character; any letter or digit when empty.
    continuous : bool
        Whether the matrix holds measurements.

    Raises
    ------
    TreeError
        When it is no cell, or names a state that the character does not have.
    """
    cell = re.sub(r"[\s,/]+", "", written)
    if cell in {"", MISSING, INAPPLICABLE}:
        return cell or MISSING
    if continuous:
        if not _MEASURE.fullmatch(cell):
            raise TreeError(
                message(
                    "“{cell}” is no measurement. Write a number such as 12.5, a range such as 12-15, or ?.",
                    cell=written,
                )
            )
        return cell
    inside = dict.fromkeys(cell[1:-1] if len(cell) > 1 else cell)
    brackets = len(cell) == 1 or cell[0] + cell[-1] in {"{}", "()"}
    if not inside or not brackets or not set(inside) <= _SYMBOLS:
        raise TreeError(
            message("“{cell}” is no state. Write one such as 0, several such as {{01}} or (01), ? or -.", cell=written)
        )
    unknown = sorted(set(inside) - set(allowed)) if allowed else []
    if unknown:
        raise TreeError(
            message(
                "The character has no state “{state}”; it has {states}.", state=unknown[0], states=", ".join(allowed)
            )
        )
    if len(inside) == 1:
        return next(iter(inside))
    return cell[0] + "".join(sorted(inside)) + cell[-1]


def with_cell(matrix: Matrix, taxon: str, character: int, cell: str) -> Matrix:
    """The matrix with another cell.

    Raises
    ------
    ValueError
        When there is no such taxon.
    """
    row = matrix.taxa.index(taxon)
    cells = list(matrix.cells[row])
    cells[character] = cell
    return replace(matrix, cells=(*matrix.cells[:row], tuple(cells), *matrix.cells[row + 1 :]))


def with_character(
    matrix: Matrix, character: int, *, name: str, states: Mapping[str, str], ordered: bool
) -> Matrix:  # fmt: skip
    """The matrix with another name, other words for states, or another kind of a character."""
    changed = Character(
        name.strip(), {symbol: words.strip() for symbol, words in states.items() if words.strip()}, ordered
    )
    characters = list(matrix.characters)
    characters[character] = changed
    return replace(matrix, characters=tuple(characters))


def measured(cell: str) -> float | None:
    """The number in a cell of a matrix of measurements: of a range its middle; None where nothing is known.

    >>> measured("12-16")
    14.0
    """
    match = re.fullmatch(rf"({_NUMBER})(?:[-/]({_NUMBER}))?", cell)
    if match is None:
        return None
    return (float(match[1]) + float(match[2])) / 2 if match[2] else float(match[1])
