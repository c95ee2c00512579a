"""What is taken on a picture and what is free, so that names and marks never touch.

Lines, ranges and labels of a large tree are thousands of boxes, all known before the first name is placed: `Taken` finds at once which of
the places that come into question meet which of them. Names are placed one after the other; `Ground` remembers those.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_CELL = 24.0
LINE = 0.8
"""Half of what a line takes, in pixels."""
_PIECE, _MOST_PIECES = 10.0, 80
"""Pixels of a piece of a line, and pieces of it at most: the rings of a great ladder are many and long."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


Edges = tuple[float, float, float, float]
"""A box as plain numbers: a large tree has thousands."""


def boxes_of(*edges: Floats | float) -> Floats:
    """Boxes as rows of an array, from their left, upper, right and lower edges."""
    return np.stack(np.broadcast_arrays(*edges), axis=1)


class Taken:
    """Boxes that are taken, sorted into square cells, so that only those of one cell are compared.

    Parameters
    ----------
    boxes : array of float
        As `boxes_of` makes them.
    """

    def __init__(self, boxes: Floats) -> None:
        self.boxes = boxes
        some = boxes if len(boxes) else np.zeros((1, 4))
        self._least = np.floor(some[:, :2].min(axis=0) / _CELL)
        self._most = np.floor(some[:, 2:].max(axis=0) / _CELL) - self._least
        cells, number = self._cells(boxes)
        self._in_order = number[np.argsort(cells, kind="stable")]
        self._counts = np.bincount(cells, minlength=int((self._most + 1).prod()))
        self._first = np.cumsum(self._counts) - self._counts

    def meetings(self, boxes: Floats) -> tuple[Ints, Ints]:
        """Which of some other boxes share more than an edge with which that are taken.

        Returns
        -------
        one, other : array of int
            The numbers of both for each pair; a pair that shares several cells is told several times.
        """
        cells, number = self._cells(boxes)
        found, step = _repeated(self._counts[cells])
        one, other = number[found], self._in_order[self._first[cells[found]] + step]
        (left, top, right, bottom), (its_left, its_top, its_right, its_bottom) = boxes[one].T, self.boxes[other].T
        meet = (left < its_right) & (its_left < right) & (top < its_bottom) & (its_top < bottom)
        return one[meet], other[meet]

    def free(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        """Which of some other boxes meet none that is taken."""
        free = np.ones(len(boxes), dtype=bool)
        free[self.meetings(boxes)[0]] = False
        return free

    def _cells(self, boxes: Floats) -> tuple[Ints, Ints]:
        """The cells in which each box lies, and for each the number of the box; what lies outside is counted to the outermost cells."""
        first = (np.floor(boxes[:, :2] / _CELL) - self._least).clip(0, self._most).astype(np.int64)
        last = (np.floor(boxes[:, 2:] / _CELL) - self._least).clip(0, self._most).astype(np.int64)
        columns, rows = (last - first + 1).T
        number, step = _repeated(columns * rows)
        row, column = np.divmod(step, columns[number])
        return (first[number, 1] + row) * (int(self._most[0]) + 1) + first[number, 0] + column, number


def _repeated(times: Ints) -> tuple[Ints, Ints]:
    """Each number so many times, and which time it is, from 0."""
    number = np.repeat(np.arange(len(times)), times)
    return number, np.arange(len(number)) - np.repeat(np.cumsum(times) - times, times)


def boxes_along_lines(x: Floats, y: Floats, to_x: Floats, to_y: Floats, half: float = LINE) -> Floats:
    """Straight lines as small boxes along them, each line from one point to the other and `half` a width to each side."""
    number, before, after = _pieces(np.maximum(abs(to_x - x), abs(to_y - y)))
    x, y, far_x, far_y = x[number], y[number], (to_x - x)[number], (to_y - y)[number]
    return _between(x + before * far_x, y + before * far_y, x + after * far_x, y + after * far_y, half)


def boxes_along_arcs(x: float, y: float, radius: Floats, angle: Floats, to_angle: Floats) -> Floats:
    """Parts of circles around one middle as small boxes along them, between angles in radians."""
    number, before, after = _pieces(abs(to_angle - angle) * radius)
    radius, start, turn = radius[number], angle[number], (to_angle - angle)[number]
    one, other = start + before * turn, start + after * turn
    return _between(
        x + radius * np.cos(one), y + radius * np.sin(one), x + radius * np.cos(other), y + radius * np.sin(other)
    )


def _pieces(lengths: Floats) -> tuple[Ints, Floats, Floats]:
    """Lines cut into pieces: of which line each piece is, and the shares of it at which the piece begins and ends."""
    count = np.ceil(lengths / _PIECE).clip(1, _MOST_PIECES).astype(np.int64)
    number, step = _repeated(count)
    return number, step / count[number], (step + 1) / count[number]


def _between(x: Floats, y: Floats, to_x: Floats, to_y: Floats, half: float = LINE) -> Floats:
    """Boxes around lines of a common width."""
    return boxes_of(
        np.minimum(x, to_x) - half, np.minimum(y, to_y) - half, np.maximum(x, to_x) + half, np.maximum(y, to_y) + half
    )


def first_free(ways: Floats, taken: Taken) -> dict[int, Edges]:
    """For each of some texts, the first of its ways that is free of what is taken and of the texts before it.

    Parameters
    ----------
    ways : array of float
        Boxes, by way and by text.
    taken : Taken

    Returns
    -------
    dict
        By the number of the text; those that find no place are left out.
    """
    fits = taken.free(ways.reshape(-1, 4)).reshape(ways.shape[:2])
    found: dict[int, Edges] = {}
    ground = Ground()
    for text, way in np.argwhere(fits.T).tolist():
        left, top, right, bottom = ways[way, text].tolist()
        if text not in found and ground.free((left, top, right, bottom)):
            found[text] = left, top, right, bottom
            ground.take(found[text])
    return found


class Ground:
    """Which parts of a picture are taken, kept by horizontal strips so that looking up stays quick.

    Parameters
    ----------
    boxes : iterable of Box
        What is taken from the start.
    """

    def __init__(self, boxes: Iterable[Edges] = ()) -> None:
        self._strips: defaultdict[int, list[Edges]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: Edges) -> None:
        """Mark `box` as taken."""
        for strip in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            self._strips[strip].append(box)

    def free(self, box: Edges) -> bool:
        """Whether nothing that is taken meets `box`."""
        left, top, right, bottom = box
        strips = self._strips
        for strip in range(int(top // _CELL), int(bottom // _CELL) + 1):
            # written out: a large tree asks this a thousand times
            for its_left, its_top, its_right, its_bottom in strips.get(strip, ()):
                if left < its_right and its_left < right and top < its_bottom and its_top < bottom:
                    return False
        return True

    def near(self, box: Edges) -> list[tuple[float, float]]:
        """The upper and lower edges of what is taken in the columns of `box`, about its height; some may be told twice."""
        left, top, right, bottom = box
        return [
            (its_top, its_bottom)
            for strip in range(int(top // _CELL), int(bottom // _CELL) + 1)
            for its_left, its_top, its_right, its_bottom in self._strips.get(strip, ())
            if left < its_right and its_left < right
        ]
