"""What all parts of one drawn tree share: the tree in its places, the axis of time, the words, and how a row becomes pixels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from catalogue.geological_time import Timescale
from trees.colours import INK, interval_beginning, legible
from trees.dating import METHODS, DatedTree
from trees.layout import TIP, Layout, Place, TimeAxis
from trees.paints import OTHER
from trees.uncertainty import Spread
from trees.undated import has_time

MARGIN = 14.0
LABEL_OFFSETS = (7.0, 11.0)
"""Pixels from the end of a range to its label, of the extinct and of the living."""
BAR, FAN = 0.34, 0.36
"""Shares of a row: the thickness of a range, and half of the usual height of a triangle."""
_MOST_AGES = 65536
INK_ON_BOTH = legible(INK)
Form = Literal["rectangular", "slanted", "circular"]


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
    form : {"rectangular", "slanted", "circular"}
        Whether branches run along time and then across, or straight to their fork, or time runs outwards from the middle.
    every_node : bool
        Whether clades without a name can be chosen too, and forks be folded.
    paints : sequence of str or None
        A colour in place of the epoch's, by number of the node in the survey; empty where the epochs give the colours.
    legend : sequence of (str, str)
        What those colours stand for.
    spreads : mapping of int to Spread
        Within what the age of a fork falls, by number of the node.
    pictures : mapping of str to str
        Outline of an animal, as SVG, by tip or clade.
    news : mapping of str to sequence of str
        Names of the new features on the branch to a clade, by its key.
    rooms : sequence of float
        Pixels that the label of each tip and folded clade takes, with its outline, in the order of `Layout.ends`.
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
    form: Form = "rectangular"
    every_node: bool = False
    paints: Sequence[str | None] = ()
    legend: Sequence[tuple[str, str]] = ()
    spreads: Mapping[int, Spread] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    news: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rooms: Sequence[float] = ()

    @cached_property
    def timed(self) -> bool:
        """Whether the axis counts millions of years."""
        return has_time(self.dated)

    @cached_property
    def by_fossils(self) -> bool:
        """Whether fossils date the tree, so that time without them is a ghost lineage."""
        return self.dated.method in METHODS

    @cached_property
    def path(self) -> frozenset[int]:
        """The selected node and all above it."""
        return (
            frozenset(place.index for place in self.layout.path_to_root(self.selected))
            if self.selected
            else frozenset()
        )

    @cached_property
    def thread(self) -> list[Place]:
        """The clades that lead to what is alive today; none where nothing or everything is, or where another way stands out."""
        root = self.layout.places[0]
        if not self.timed or self.selected is not None or self.paints or not 0 < root.living < root.tips:
            return []
        return [place for place in self.layout.places if place.living and place.kind != TIP]

    @cached_property
    def x(self) -> list[float]:
        """Pixels from the left of each node."""
        left, oldest, scale = self.axis.left, self.axis.oldest, self.axis.pixels_per_myr
        return [left + (oldest - place.age) * scale for place in self.layout.places]

    @cached_property
    def y(self) -> list[float]:
        """Pixels from the top of each node."""
        top, height = self.row(0), self.row_height
        return [top + place.y * height for place in self.layout.places]

    @cached_property
    def tops(self) -> list[float]:
        """Pixels from the top of the first branch of each node; of an end, its own."""
        top, height = self.row(0), self.row_height
        return [top + place.top * height for place in self.layout.places]

    @cached_property
    def bottoms(self) -> list[float]:
        """Pixels from the top of the last branch of each node."""
        top, height = self.row(0), self.row_height
        return [top + place.bottom * height for place in self.layout.places]

    @cached_property
    def label_starts(self) -> list[float]:
        """Pixels from the left at which the label of each tip and folded clade begins; the mark of a living one needs some."""
        left, oldest, scale = self.axis.left, self.axis.oldest, self.axis.pixels_per_myr
        return [
            left + (oldest - place.youngest) * scale + LABEL_OFFSETS[place.living > 0] for place in self.layout.ends
        ]

    @cached_property
    def label_ends(self) -> list[float]:
        """Pixels from the left at which each label ends, with its outline and the air after it."""
        return [start + room + MARGIN for start, room in zip(self.label_starts, self.rooms, strict=True)]

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

    def start_y(self, place: Place) -> float:
        """Pixels from the top at which the branch to a node begins: its own row, or slanted that of its fork."""
        return self.y[place.parent] if self.form == "slanted" and place.parent >= 0 else self.y[place.index]

    def paint(self, place: Place) -> str:
        """The colour of a tip's range or of a folded clade."""
        if self.paints:
            return self.paints[place.node] or OTHER
        return self.color(place.age) if self.timed else INK_ON_BOTH

    def branch_style(self, place: Place) -> str:
        """The colour of a branch as an attribute; blank where nothing sets it apart."""
        if not self.paints:
            return ""
        color = self.paints[place.node]
        return f' style="stroke:{color};opacity:1;stroke-width:1.8"' if color else ""

    def color(self, age_ma: float) -> str:
        """The readable colour of the epoch that begins with or before an age."""
        return self._epochs[age_ma][0]

    def interval(self, age_ma: float) -> str:
        """The name of the epoch of an age."""
        return self._epochs[age_ma][1]

    @cached_property
    def _epochs(self) -> "_Epochs":
        return _epochs_of(self.timescale, self.language)


class _Epochs(dict[float, tuple[str, str]]):
    """Colour and name of the epoch of an age; looked up once, for they are asked several times for each tip."""

    def __init__(self, timescale: Timescale, language: str) -> None:
        super().__init__()
        self._timescale, self._language = timescale, language

    def __missing__(self, age_ma: float) -> tuple[str, str]:
        if len(self) >= _MOST_AGES:
            self.clear()
        unit = interval_beginning(self._timescale, age_ma)
        self[age_ma] = found = (legible(unit.color), unit.label(self._language)) if unit else (INK, "")
        return found


_epochs_of = lru_cache(maxsize=8)(_Epochs)
