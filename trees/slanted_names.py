"""Find a place for the names of clades on a slanted drawing, where lines cross the rows of others: everything on it may be in the way."""

import numpy as np

from trees.clade_names import AIR, ASIDE, DROP, RISE, SIZE, Caption, moved, shifts_of, wishes
from trees.ground import Edges, Floats, Ground, Ints, Taken, boxes_of
from trees.lettering import text_width
from trees.sheet import MARGIN, Sheet


def place_names_anywhere(sheet: Sheet, taken: Taken) -> dict[int, Caption]:
    """Place the names of clades: above the branch, below it, or right of the fork, near its middle.

    Returns
    -------
    dict
        By index, a caption for each clade that found room.
    """
    wanted = [(place, text, shifts_of(sheet, place)) for place, texts in wishes(sheet) for text in texts]
    if not wanted:
        return {}
    x, y = (np.array([of[place.index] for place, *_ in wanted]) for of in (sheet.x, sheet.y))
    width = np.array([text_width(text, SIZE) for _, text, _ in wanted]) + 2 * AIR
    before, after, reach = (
        x - ASIDE + AIR - width,
        x + ASIDE - AIR,
        np.array([abs(shifts[-1]) for *_, shifts in wanted]),
    )
    upper, lower = (boxes_of(before, base - RISE, before + width, base + DROP) for base in (y - 4.2, y + SIZE + 1))
    beside = boxes_of(after, y + 0.35 * SIZE - RISE - reach, after + width, y + 0.35 * SIZE + DROP + reach)
    clear = [taken.free(boxes) & (before >= MARGIN) for boxes in (upper, lower)]
    near = _near(beside, np.flatnonzero(~(clear[0] | clear[1])), taken)
    ways = [
        list(zip(fits.tolist(), map(tuple, boxes.tolist()), strict=True))
        for fits, boxes in zip(clear, (upper, lower), strict=True)
    ]
    ground, captions = Ground(), {}
    for number, (place, text, shifts) in enumerate(wanted):
        if place.index in captions:
            continue
        box: Edges | None = next(
            (spot for fits, spot in (way[number] for way in ways) if fits and ground.free(spot)), None
        )
        if box is None and number in near:
            spot: Edges = tuple(beside[number].tolist())
            box = moved(spot, [*near[number], *ground.near(spot)], shifts)
        if box is not None:
            ground.take(box)
            captions[place.index] = Caption(text, box[0] + AIR, box[1] + RISE)
    return captions


def _near(boxes: Floats, numbers: Ints, taken: Taken) -> dict[int, list[tuple[float, float]]]:
    """The upper and lower edges of what meets some of the boxes, by their number."""
    at, other = taken.meetings(boxes[numbers])
    edges: dict[int, list[tuple[float, float]]] = {number: [] for number in numbers.tolist()}
    for number, top, bottom in zip(numbers[at].tolist(), *taken.boxes[other][:, [1, 3]].T.tolist(), strict=True):
        edges[number].append((top, bottom))
    return edges
