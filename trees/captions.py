"""Where the names of clades and the marks of what was new go on a drawn tree, clear of lines, forks, ranges and labels."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from trees.clade_names import Caption, place_names
from trees.ground import LINE, Edges, Floats, Ground, Taken, boxes_along_lines, boxes_of
from trees.layout import COLLAPSED, Place
from trees.novelties import Star, box_of, place_stars
from trees.sheet import BAR, FAN, Sheet
from trees.slanted_names import place_names_anywhere


class Annotations(NamedTuple):
    """Names of clades and marks of what was new, by index of the clade."""

    captions: dict[int, Caption]
    stars: dict[int, Star]


def annotate(sheet: Sheet, taken: Sequence[Edges] = ()) -> Annotations:
    """Names of clades, and marks of what was new, in the places that lines, bars and labels leave free; not for a circle.

    Parameters
    ----------
    sheet : Sheet
    taken : sequence of Edges
        What else is taken.
    """
    if not any(place.name for place in sheet.layout.forks) and not sheet.news:
        return Annotations({}, {})
    stars = place_stars(sheet, [*taken, *map(tuple, _ends(sheet).tolist())] if sheet.news else ())
    others = [*taken, *(box_of(one) for one in stars.values())]
    if sheet.form == "slanted":
        lines = np.concatenate([_ends(sheet), _forks(sheet), np.array(others, dtype=float).reshape(-1, 4)])
        return Annotations(place_names_anywhere(sheet, Taken(lines)), stars)
    return Annotations(place_names(sheet, Ground(others)), stars)


def _ends(sheet: Sheet) -> Floats:
    """Range or triangle, label and, where it lies along its row, branch of each tip and folded clade."""
    ends, height = sheet.layout.ends, sheet.row_height
    index = [place.index for place in ends]
    x, y = np.array(sheet.x)[index], np.array(sheet.y)[index]
    starts, stops = np.array(sheet.label_starts), np.array(sheet.label_ends)
    half = np.array([FAN * height if place.kind == COLLAPSED else BAR / 2 * height for place in ends])
    marks = boxes_of(x, y - half, starts, y + half)
    labels = boxes_of(starts - 4, y - 0.37 * height, stops, y + 0.37 * height)
    return np.concatenate([marks, labels, *([] if sheet.form == "slanted" else [_along(sheet, ends)])])


def _forks(sheet: Sheet) -> Floats:
    """The dot of each fork, and the slanting branches to all nodes."""
    x_of, y_of = np.array(sheet.x), np.array(sheet.y)
    forks = sheet.layout.forks
    index = [place.index for place in forks]
    x, y, dot = x_of[index], y_of[index], np.array([3.5 if place.name else 0.0 for place in forks])
    parents = [place.parent for place in sheet.layout.places[1:]]
    return np.concatenate(
        [
            boxes_of(x - dot, y - dot, x + dot, y + dot),
            boxes_along_lines(x_of[parents], y_of[parents], x_of[1:], y_of[1:]),
            _along(sheet, sheet.layout.places[:1]),
        ]
    )


def _along(sheet: Sheet, places: Sequence[Place]) -> Floats:
    """The branches to some places, along their rows."""
    start = np.array([sheet.start(place) for place in places])
    end, y = (np.array([of[place.index] for place in places]) for of in (sheet.x, sheet.y))
    return boxes_of(start, y - LINE, end, y + LINE)
