"""Matrices of characters: which state each taxon has of each.

A cell is a short text, as palaeontologists write it: ``0``; ``{01}`` (one of these, not known which); ``(01)`` (both occur);
``?`` (not known); ``-`` (cannot apply: no teeth, no shape of teeth). Missing and inapplicable are never the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MISSING, INAPPLICABLE = "?", "-"
_NO_STATES = frozenset("?-{}()")


@dataclass(frozen=True)
class Character:
    """One character.

    Parameters
    ----------
    name : str
        What it is about; blank when the file does not say.
    states : mapping of str to str
        Symbol to the words for it.
    ordered : bool
        Whether the way from 0 to 2 leads over 1.
    """

    name: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False


@dataclass(frozen=True)
class Matrix:
    """A matrix as it was read.

    Parameters
    ----------
    taxa : tuple of str
        The rows.
    cells : tuple of tuple of str
        A row for each taxon, a cell for each character.
    characters : tuple of Character
        The columns.
    title : str
        Of the block, where it has one.
    continuous : bool
        Whether cells are numbers, or ranges such as ``1.2-1.5``.
    """

    taxa: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    characters: tuple[Character, ...]
    title: str = ""
    continuous: bool = False

    def row(self, taxon: str) -> tuple[str, ...]:
        """The cells of a taxon.

        Raises
        ------
        ValueError
            When there is no such taxon.
        """
        return self.cells[self.taxa.index(taxon)]


def states(cell: str) -> frozenset[str]:
    """The states that a cell allows; none when it is missing or inapplicable.

    >>> sorted(states("{01}"))
    ['0', '1']
    """
    return frozenset(cell) - _NO_STATES
