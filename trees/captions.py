"""Where the names of clades and the marks of what was new go on a drawn tree, clear of lines, forks, ranges and labels."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trees.clade_names import Caption, Edges, Ground, place_names
from trees.layout import CLADE, COLLAPSED
from trees.marks import BAR, FAN
from trees.novelties import Star, place_stars
from trees.sheet import MARGIN, Sheet


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
    named = [place for place in sheet.layout.places if place.name and place.kind == CLADE]
    if not named and not sheet.news:
        return Annotations({}, {})
    ground = Ground(_ends(sheet), cell=sheet.row_height, top=sheet.top)
    ground.take_all(taken)
    stars = place_stars(sheet, ground)
    ground.take_all(_forks(sheet))
    if sheet.form == "slanted":
        for place in sheet.layout.places[1:]:
            index = place.index
            ground.take_line(sheet.start(place), sheet.start_y(place), sheet.x[index], sheet.y[index])
    texts = {
        place.index: (f"{place.name} {second}", place.name)
        if (second := sheet.labels.get(place.name))
        else (place.name,)
        for place in named
    }
    captions = place_names(sheet.layout, sheet.x, sheet.y, sheet.row_height, texts, ground, MARGIN)
    return Annotations(captions, stars)


def _ends(sheet: Sheet) -> Iterator[Edges]:
    """Branch, range or triangle, and label of each tip and folded clade."""
    x_of, y_of, starts, ends, root = sheet.x, sheet.y, sheet.label_starts, sheet.label_ends, sheet.axis.left
    straight, height = sheet.form != "slanted", sheet.row_height
    bar, fan, letters = BAR / 2 * height, FAN * height, 0.37 * height
    for place in sheet.layout.ends:
        index, parent = place.index, place.parent
        x, y, start = x_of[index], y_of[index], starts[index]
        if straight or parent < 0:
            yield x_of[parent] if parent >= 0 else root, y - 0.8, x, y + 0.8
        half = fan if place.kind == COLLAPSED else bar
        yield x, y - half, start, y + half
        yield start - 4, y - letters, ends[index], y + letters


def _forks(sheet: Sheet) -> Iterator[Edges]:
    """The branch to each fork, its dot, and the line across its branches."""
    x_of, y_of, root, top, height = sheet.x, sheet.y, sheet.axis.left, sheet.row(0), sheet.row_height
    straight, across = sheet.form != "slanted", sheet.form == "rectangular"
    for place in sheet.layout.places:
        if place.kind == CLADE:
            index, parent = place.index, place.parent
            x, y = x_of[index], y_of[index]
            if straight or parent < 0:
                yield x_of[parent] if parent >= 0 else root, y - 0.8, x, y + 0.8
            if across:
                yield x - 0.8, top + place.top * height, x + 0.8, top + place.bottom * height
            dot = 3.5 if place.name else 0.0
            yield x - dot, y - dot, x + dot, y + dot
