"""Spread the rows of a tree so that pictures have their place beside its tips, and nothing lies below them.

A row is as high as any other at first. Where a picture with its name would touch a line, a range or another picture, the rows
above and below its own move apart, just as far as it takes. Moving apart never brings two things closer, so a picture that
has its place keeps it. One for which the height does not suffice is left out. In the end each grows as far as it is free to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trees.ground import Box
from trees.layout import CLADE, Layout, Place, TimeAxis

AIR = 4.0
THIN, THICK = 0.5, 2.0
"""Half of what a branch takes, and of what a range takes, in pixels."""


@dataclass(frozen=True)
class Plate:
    """One way to put a picture and its name at a tip.

    Parameters
    ----------
    key : str
        By which whoever asked knows it again.
    boxes : tuple of Box
        What it takes, in pixels from the end of the tip's range.
    worth : float
        How many pixels of height more than another way it may cost.
    """

    key: str
    boxes: tuple[Box, ...]
    worth: float = 0.0

    def at(self, x: float, y: float) -> list[Box]:
        """The boxes at a tip whose range ends at (x, y)."""
        return [Box(x + box.left, y + box.top, x + box.right, y + box.bottom) for box in self.boxes]


@dataclass(frozen=True)
class Spread:
    """Rows with room between them.

    Parameters
    ----------
    y : mapping of int to float
        Pixels from the top of each node, by its index.
    plates : mapping of int to Plate
        What found its place, by the index of the tip.
    row_height : float
        Pixels of a row without the room.
    """

    y: Mapping[int, float]
    plates: Mapping[int, Plate]
    row_height: float


@dataclass(frozen=True)
class Frame:
    """What is given before rows are spread.

    Parameters
    ----------
    layout : Layout
        The tree, nothing folded.
    axis : TimeAxis
        From Ma to pixels.
    top, bottom : float
        Pixels between which the rows go.
    taken : tuple of Box
        Parts above the first row that are taken, in pixels.
    """

    layout: Layout
    axis: TimeAxis
    top: float
    bottom: float
    taken: tuple[Box, ...] = ()

    def heights(self, gaps: Sequence[float], row_height: float) -> dict[int, float]:
        """Pixels from the top of each node: of a tip by its row and the gaps above, of a clade between its branches."""
        below: dict[int, list[float]] = {}
        y: dict[int, float] = {}
        rows, edge = [], self.top
        for gap in gaps:
            rows.append(edge + gap + 0.5 * row_height)
            edge += gap + row_height
        for place in reversed(self.layout.places):
            branches = below.get(place.index)
            y[place.index] = (min(branches) + max(branches)) / 2 if branches else rows[place.first_row]
            below.setdefault(place.parent, []).append(y[place.index])
        return y


def spread_rows(frame: Frame, wanted: Sequence[tuple[Place, Sequence[Plate]]], least_row: float) -> Spread:
    """Give rows their places, with room for plates.

    Parameters
    ----------
    frame : Frame
        The tree and where it goes.
    wanted : sequence of (Place, sequence of Plate)
        Tips, the most wanted first, each with the ways to put its picture. The one that needs the least room for what it
        is worth is taken; of equals the first. A tip that has found its place is not placed again.
    least_row : float
        The least height of a row in pixels.

    Returns
    -------
    Spread
    """
    gaps = [0.0] * (frame.layout.rows + 1)
    spare = frame.bottom - frame.top - least_row * frame.layout.rows
    plates: dict[int, Plate] = {}
    for place, ways in wanted:
        if place.index in plates:
            continue
        left, best = spare - sum(gaps), None
        obstacles = _Obstacles(frame, frame.heights(gaps, least_row), plates)
        for plate in ways:
            if best is not None and best[0] <= -plate.worth:
                continue
            above, below = obstacles.missing(place, plate, frame.bottom - left)
            price = above + below - plate.worth
            if above + below <= left and (best is None or price < best[0]):
                best = price, above, below, plate
        if best is not None:
            _, above, below, plates[place.index] = best
            gaps[place.first_row] += above
            gaps[place.first_row + 1] += below
    row_height = (frame.bottom - frame.top - sum(gaps)) / frame.layout.rows
    y = frame.heights(gaps, row_height)
    return Spread(y, _grown(frame, y, wanted, plates), row_height)


def _grown(
    frame: Frame,
    y: Mapping[int, float],
    wanted: Sequence[tuple[Place, Sequence[Plate]]],
    plates: Mapping[int, Plate],
) -> dict[int, Plate]:
    """Each plate, or one of more worth that fits without moving anything."""
    grown = dict(plates)
    for place, ways in wanted:
        if grown.get(place.index) in ways:
            now = grown.pop(place.index)
            obstacles = _Obstacles(frame, y, grown)
            better = sorted((plate for plate in ways if plate.worth > now.worth), key=lambda plate: -plate.worth)
            fitting = (plate for plate in better if not any(obstacles.missing(place, plate, frame.bottom)))
            grown[place.index] = next(fitting, now)
    return grown


class _Obstacles:
    """What lies above and below the row of a tip: lines, ranges and plates, each with its first and last row."""

    def __init__(self, frame: Frame, y: Mapping[int, float], plates: Mapping[int, Plate]) -> None:
        self._frame, self._y = frame, y
        self._boxes: list[tuple[int, int, Box]] = [(-1, -1, box) for box in frame.taken]
        self._boxes += [(place.first_row, place.last_row, box) for place, box in line_boxes(frame, y)]
        for index, plate in plates.items():
            place = frame.layout.places[index]
            boxes = plate.at(frame.axis.x(place.youngest), y[index])
            self._boxes += [(place.first_row, place.last_row, box) for box in boxes]

    def missing(self, place: Place, plate: Plate, bottom: float) -> tuple[float, float]:
        """Pixels that a plate lacks above and below the row of its tip; infinite where its own lineage is in the way."""
        boxes = plate.at(self._frame.axis.x(place.youngest), self._y[place.index])
        above = max(self._frame.top - min(box.top for box in boxes), 0.0)
        below = max(max(box.bottom for box in boxes) - bottom, 0.0)
        left, right = min(box.left for box in boxes) - AIR, max(box.right for box in boxes) + AIR
        for first, last, taken in self._boxes:
            if taken.left >= right or taken.right <= left:
                continue
            for box in boxes:
                if box.left - AIR < taken.right and taken.left < box.right + AIR:
                    if last < place.first_row:
                        above = max(above, taken.bottom + AIR - box.top)
                    elif first > place.last_row:
                        below = max(below, box.bottom + AIR - taken.top)
                    elif box.meets(taken):
                        return float("inf"), float("inf")
        return above, below


def line_boxes(frame: Frame, y: Mapping[int, float]) -> list[tuple[Place, Box]]:
    """What branches, ranges and splits take, each with the node it belongs to."""
    places, axis = frame.layout.places, frame.axis
    branches: dict[int, list[float]] = {}
    boxes = []
    for place in places:
        branches.setdefault(place.parent, []).append(y[place.index])
        left = axis.x(places[place.parent].age) if place.parent >= 0 else axis.left
        end = axis.x(place.age if place.kind == CLADE else place.youngest)
        half = THIN if place.kind == CLADE else THICK
        boxes.append((place, Box(left, y[place.index] - half, end + half, y[place.index] + half)))
    for place in places:
        if place.kind == CLADE:
            x, ends = axis.x(place.age), branches[place.index]
            boxes.append((place, Box(x - THIN, min(ends), x + THIN, max(ends))))
    return boxes
