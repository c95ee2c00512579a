"""What all parts of one drawn tree share: the tree in its places, the axis of time, the words, and how a row becomes pixels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.geological_time import Timescale
from trees.colours import INK, interval_beginning, legible
from trees.dating import DatedTree
from trees.layout import Layout, Place, TimeAxis

MARGIN = 14.0


@dataclass(frozen=True)
class Sheet:
    """One drawing, before anything is on it.

    Parameters
    ----------
    dated : DatedTree
        What is drawn.
    layout : Layout
        Where its nodes go, in rows and Ma.
    axis : TimeAxis
        From Ma to pixels.
    timescale : Timescale
        Whose epochs give the colours.
    language : str
        Of the names of intervals: ``en`` or ``zh``.
    words : mapping of str to str
        Templates as in `trees.words.WORDS`.
    labels : mapping of str to str
        Second label by tip or clade.
    counts : mapping of str to int
        Specimens by tip.
    link_of : callable, optional
        Gives the address to which a tip or clade leads, or None.
    selected : Place, optional
        The tip or clade to emphasise.
    top, row_height : float
        Pixels.
    """

    dated: DatedTree
    layout: Layout
    axis: TimeAxis
    timescale: Timescale
    language: str
    words: Mapping[str, str]
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    link_of: Callable[[str], str | None] | None
    selected: Place | None
    top: float
    row_height: float

    @cached_property
    def path(self) -> frozenset[int]:
        """The selected node and all above it."""
        return (
            frozenset(place.index for place in self.layout.path_to_root(self.selected))
            if self.selected
            else frozenset()
        )

    @cached_property
    def x(self) -> dict[int, float]:
        """Pixels from the left of each node."""
        return {place.index: self.axis.x(place.age) for place in self.layout.places}

    @cached_property
    def y(self) -> dict[int, float]:
        """Pixels from the top of each node."""
        return {place.index: self.row(place.y) for place in self.layout.places}

    @property
    def bottom(self) -> float:
        """Pixels from the top at which the last row ends."""
        return self.top + self.layout.rows * self.row_height

    def row(self, row: float) -> float:
        """Pixels from the top of the middle of a row."""
        return self.top + (row + 0.5) * self.row_height

    def start(self, place: Place) -> float:
        """Pixels from the left at which the branch to a node begins."""
        return self.x[place.parent] if place.parent >= 0 else self.axis.left

    def color(self, age_ma: float) -> str:
        """The readable colour of the epoch that begins with or before an age."""
        unit = interval_beginning(self.timescale, age_ma)
        return legible(unit.color) if unit else INK

    def interval(self, age_ma: float) -> str:
        """The name of the epoch of an age."""
        unit = interval_beginning(self.timescale, age_ma)
        return unit.label(self.language) if unit else ""
