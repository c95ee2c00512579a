"""Find a place for the names of clades on a drawn tree, largest clade first, where they touch nothing else.

A name goes above its branch, or below it, or right of the split, near its middle. Where none of these is free it is left out; the picture
still tells it when the clade is pointed at.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trees.layout import Layout
from trees.lettering import text_width

SIZE = 10.5
_RISE, _DROP = 0.86 * SIZE, 0.22 * SIZE
"""Pixels that letters take above and below their base line."""
_CELL = 24.0
_STEP = 10.0
_SHIFTS = (0, *(sign * step for step in range(2, 44, 2) for sign in (-1, 1)))


class Box(NamedTuple):
    """A rectangle in pixels that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Caption(NamedTuple):
    """The name of a clade and where its text starts: left end and base line in pixels."""

    text: str
    x: float
    y: float


Edges = tuple[float, float, float, float]
"""A box as plain numbers: a large tree has thousands."""


class Ground:
    """Which parts of a picture are taken, kept by horizontal strips so that looking up stays quick.

    Parameters
    ----------
    boxes : iterable of Box
        What is taken from the start.
    cell : float
        Height of a strip in pixels; where nearly everything stays within rows, best that of a row.
    top : float
        Pixels from the top at which a strip begins.
    """

    def __init__(self, boxes: Iterable[Edges] = (), *, cell: float = _CELL, top: float = 0.0) -> None:
        self._strips: defaultdict[int, list[Edges]] = defaultdict(list)
        self._share, self._top = 1 / cell, top
        self.take_all(boxes)

    def take(self, box: Edges) -> None:
        """Mark `box` as taken."""
        self.take_all((box,))

    def take_all(self, boxes: Iterable[Edges]) -> None:
        """Mark all of them as taken."""
        strips, share, above = self._strips, self._share, self._top
        for box in boxes:
            first, last = int((box[1] - above) * share), int((box[3] - above) * share)
            strips[first].append(box)
            for strip in range(first + 1, last + 1):
                strips[strip].append(box)

    def take_line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Mark a slanting line as taken, by small boxes along it."""
        steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) // _STEP))
        step_x, step_y = (to_x - x) / steps, (to_y - y) / steps
        half_x, half_y = abs(step_x) / 2, abs(step_y) / 2 + 0.8
        middles = ((x + step_x * (step + 0.5), y + step_y * (step + 0.5)) for step in range(steps))
        self.take_all((x - half_x, y - half_y, x + half_x, y + half_y) for x, y in middles)

    def free(self, box: Edges) -> bool:
        """Whether nothing that is taken meets `box`."""
        left, top, right, bottom = box
        share, above = self._share, self._top
        for strip in range(int((top - above) * share), int((bottom - above) * share) + 1):
            # written out: a large tree asks this a hundred thousand times
            for other_left, other_top, other_right, other_bottom in self._strips.get(strip, ()):
                if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
                    return False
        return True

    def first_free(self, box: Edges, shifts: Sequence[float]) -> float | None:
        """The first of some ways down, in pixels and negative for up, after which nothing meets `box`; None when there is none."""
        left, top, right, bottom = box
        share, above = self._share, self._top
        first, last = int((top + min(shifts) - above) * share), int((bottom + max(shifts) - above) * share)
        near = [
            (other_top, other_bottom)
            for strip in range(first, last + 1)
            for other_left, other_top, other_right, other_bottom in self._strips.get(strip, ())
            if left < other_right and other_left < right
        ]
        for shift in shifts:
            upper, lower = top + shift, bottom + shift
            for other_top, other_bottom in near:
                if upper < other_bottom and other_top < lower:
                    break
            else:
                return shift
        return None


def place_names(
    layout: Layout,
    x_of: Mapping[int, float],
    y_of: Mapping[int, float],
    row_height: float,
    texts: Mapping[int, Sequence[str]],
    ground: Ground,
    left: float,
) -> dict[int, Caption]:
    """Place the names of clades.

    Parameters
    ----------
    layout : Layout
    x_of, y_of : mapping of int to float
        Pixels from the left and from the top of each node, by its index.
    row_height : float
        Pixels.
    texts : mapping of int to sequence of str
        For the index of each clade to be named, what to write, longest first.
    ground : Ground
        What is taken already; the names placed are added.
    left : float
        Pixels left of which nothing may reach.

    Returns
    -------
    dict
        A caption for each clade that found room.
    """
    captions: dict[int, Caption] = {}
    for place in sorted((layout.places[index] for index in texts), key=lambda place: (-place.tips, place.index)):
        index = place.index
        # a fork stands in the middle of its branches, so that it reaches as far up as down
        half = (place.bottom - place.top) * row_height / 2
        shifts = _SHIFTS[: 1 + 2 * int(half // 2)]
        for text in texts[index]:
            spot = _spot(x_of[index], y_of[index], text_width(text, SIZE), shifts, ground, left)
            if spot is not None:
                captions[index] = Caption(text, *spot)
                break
    return captions


def _spot(
    x: float, y: float, width: float, shifts: Sequence[float], ground: Ground, left: float
) -> tuple[float, float] | None:
    """Left end and base line above the branch, below it, or beside the split and near its middle, which is taken then.

    None where none of these is free.
    """
    start = x - 7 - width
    if start - 3 >= left:
        for base in (y - 4.2, y + SIZE + 1):
            box = (start - 3, base - _RISE, start + width + 3, base + _DROP)
            if ground.free(box):
                ground.take(box)
                return start, base
    start, base = x + 7, y + 0.35 * SIZE
    shift = ground.first_free((start - 3, base - _RISE, start + width + 3, base + _DROP), shifts)
    if shift is None:
        return None
    base += shift
    ground.take((start - 3, base - _RISE, start + width + 3, base + _DROP))
    return start, base
