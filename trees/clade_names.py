"""Find a place for the names of clades on a drawn tree, largest clade first, where they touch nothing else.

A name goes above its branch, or below it, or right of the split, near its middle. Where none of these is free it is left out; the picture
still tells it when the clade is pointed at.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from trees.layout import Layout, Place
from trees.lettering import text_width

SIZE = 10.5
_CELL = 24.0
_STEP = 10.0
_SHIFTS = tuple(sign * step for step in range(2, 44, 2) for sign in (-1, 1))


@dataclass(frozen=True)
class Box:
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


@dataclass(frozen=True)
class Caption:
    """The name of a clade and where its text starts: left end and base line in pixels."""

    text: str
    x: float
    y: float


class Ground:
    """Which parts of a picture are taken, kept by horizontal strips so that looking up stays quick."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._strips: dict[int, list[tuple[float, float, float, float]]] = {}
        for box in boxes:
            self.take(box)

    def take(self, box: Box) -> None:
        """Mark `box` as taken."""
        edges = (box.left, box.top, box.right, box.bottom)
        for strip in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            held = self._strips.get(strip)
            if held is None:
                self._strips[strip] = [edges]
            else:
                held.append(edges)

    def take_line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Mark a slanting line as taken, by small boxes along it."""
        steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) // _STEP))
        for step in range(steps):
            at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
            next_x, next_y = x + (to_x - x) * (step + 1) / steps, y + (to_y - y) * (step + 1) / steps
            self.take(Box(min(at_x, next_x), min(at_y, next_y) - 0.8, max(at_x, next_x), max(at_y, next_y) + 0.8))

    def free(self, box: Box) -> bool:
        """Whether nothing that is taken meets `box`."""
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        for strip in range(int(top // _CELL), int(bottom // _CELL) + 1):
            # written out: a large tree asks this a hundred thousand times
            for other_left, other_top, other_right, other_bottom in self._strips.get(strip, ()):
                if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
                    return False
        return True


def place_names(
    layout: Layout,
    x_of: dict[int, float],
    row: Callable[[float], float],
    texts: dict[int, list[str]],
    ground: Ground,
    left: float,
) -> dict[int, Caption]:
    """Place the names of clades.

    Parameters
    ----------
    layout : Layout
    x_of : dict
        Pixels from the left of each node, by its index.
    row : callable
        Gives the pixels from the top of a row.
    texts : dict
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
        for box, caption in _candidates(place, texts[place.index], x_of[place.index], row):
            if box.left >= left and ground.free(box):
                ground.take(box)
                captions[place.index] = caption
                break
    return captions


def _candidates(
    place: Place, texts: list[str], x: float, row: Callable[[float], float]
) -> Iterator[tuple[Box, Caption]]:
    y, top, bottom = row(place.y), row(place.top), row(place.bottom)
    for text in texts:
        width = text_width(text, SIZE)
        beside = y + 0.35 * SIZE
        spots = [(x - 7 - width, y - 4.2), (x - 7 - width, y + SIZE + 1), (x + 7, beside)]
        spots += [(x + 7, beside + shift) for shift in _SHIFTS if top <= y + shift <= bottom]
        for left, base in spots:
            yield Box(left - 3, base - 0.86 * SIZE, left + width + 3, base + 0.22 * SIZE), Caption(text, left, base)
