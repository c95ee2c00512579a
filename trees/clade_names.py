"""Find a place for the names of clades on a drawn tree, largest clade first, where they touch nothing else.

A name goes above its branch, or below it, or right of the split, near its middle. Where none of these is free it is left out; the picture
still tells it when the clade is pointed at.

In a rectangular drawing each clade has its rows to itself: left of its fork only the lines of those above it pass through them, right of it lies
only what is below it. So only those few are looked at, and names and marks that were placed before; not the thousands of other lines.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trees.ground import LINE, Edges, Ground
from trees.layout import CLADE, COLLAPSED, Place
from trees.lettering import text_width
from trees.sheet import BAR, FAN, MARGIN, Sheet

SIZE = 10.5
RISE, DROP = 0.86 * SIZE, 0.22 * SIZE
"""Pixels that letters take above and below their base line."""
AIR = 3.0
"""Pixels left and right of a name."""
ASIDE = 7.0
"""Pixels between a fork and its name."""
_DOT, _LETTERS = 3.5, 0.37
"""Half of what the dot of a fork takes in pixels, and a label in rows."""
_SHIFTS = (0, *(sign * step for step in range(2, 44, 2) for sign in (-1, 1)))


class _Lines(NamedTuple):
    """Of each node, as plain lists because they are looked through for each name: where it lies, its first and last branch, its parent and its name."""

    x: list[float]
    y: list[float]
    tops: list[float]
    bottoms: list[float]
    parents: list[int]
    names: list[str]


class Caption(NamedTuple):
    """The name of a clade and where its text starts: left end and base line in pixels."""

    text: str
    x: float
    y: float


def place_names(sheet: Sheet, ground: Ground) -> dict[int, Caption]:
    """Place the names of the clades of a rectangular drawing.

    Parameters
    ----------
    sheet : Sheet
    ground : Ground
        What is taken beside the tree itself; the names placed are added.

    Returns
    -------
    dict
        By index, a caption for each clade that found room.
    """
    captions: dict[int, Caption] = {}
    children, places = _children(sheet), sheet.layout.places
    parents, names = [place.parent for place in places], [place.name for place in places]
    lines = _Lines(sheet.x, sheet.y, sheet.tops, sheet.bottoms, parents, names)
    for place, texts in wishes(sheet):
        for text in texts:
            width = text_width(text, SIZE)
            box = _at_branch(sheet, lines, place, width, ground) or _at_fork(sheet, place, width, children, ground)
            if box is not None:
                ground.take(box)
                captions[place.index] = Caption(text, box[0] + AIR, box[1] + RISE)
                break
    return captions


def wishes(sheet: Sheet) -> Iterator[tuple[Place, Sequence[str]]]:
    """The clades with a name, the largest first, and what to write: with the second label, or without where that is too long."""
    named = [place for place in sheet.layout.forks if place.name]
    for place in sorted(named, key=lambda place: -place.tips):
        second = sheet.labels.get(place.name)
        yield place, (f"{place.name} {second}", place.name) if second else (place.name,)


def shifts_of(sheet: Sheet, place: Place) -> Sequence[float]:
    """Pixels by which a name beside a fork may move, the nearest first, negative for up; the fork reaches as far up as down."""
    return _SHIFTS[: 1 + 2 * int((place.bottom - place.top) * sheet.row_height / 4)]


def _children(sheet: Sheet) -> list[list[Place]]:
    children: list[list[Place]] = [[] for _ in sheet.layout.places]
    for place in sheet.layout.places[1:]:
        children[place.parent].append(place)
    return children


def _at_branch(sheet: Sheet, lines: _Lines, place: Place, width: float, ground: Ground) -> Edges | None:
    """A box above or below the branch to a clade, within its rows, that no line of those above it crosses."""
    x, y, height = lines.x[place.index], lines.y[place.index], sheet.row_height
    left, right = x - ASIDE - width - AIR, x - ASIDE + AIR
    if left < MARGIN:
        return None
    least, most = y - (place.y - place.first_row + 0.5) * height, y + (place.last_row - place.y + 0.5) * height
    for base in (y - 4.2, y + SIZE + 1):
        box = (left, base - RISE, right, base + DROP)
        if least <= box[1] and box[3] <= most and not _crossed(lines, place.parent, box) and ground.free(box):
            return box
    return None


def _crossed(lines: _Lines, at: int, box: Edges) -> bool:
    """Whether a line or a dot of a clade or of those above it crosses a box that lies in the rows of one below."""
    left, top, right, bottom = box
    xs, ys, tops, bottoms, parents, names = lines
    while at >= 0:
        x, y = xs[at], ys[at]
        if x + _DOT <= left:
            return False
        if tops[at] < bottom and top < bottoms[at] and x - LINE < right and left < x + LINE:
            return True
        if y - _DOT < bottom and top < y + _DOT:
            if left < x and y - LINE < bottom and top < y + LINE:
                return True
            if names[at] and x - _DOT < right:
                return True
        at = parents[at]
    return False


def _at_fork(
    sheet: Sheet, place: Place, width: float, children: Sequence[Sequence[Place]], ground: Ground
) -> Edges | None:
    """A box right of a fork, as near to its middle as what is below it leaves free."""
    x, y = sheet.x[place.index], sheet.y[place.index] + 0.35 * SIZE
    shifts = shifts_of(sheet, place)
    reach = abs(shifts[-1])
    box = (x + ASIDE - AIR, y - RISE - reach, x + ASIDE + width + AIR, y + DROP + reach)
    return moved(box, [*_below(sheet, children, place, box), *ground.near(box)], shifts)


def moved(box: Edges, near: Sequence[tuple[float, float]], shifts: Sequence[float]) -> Edges | None:
    """Where a name within a box has its place: in the middle, or after the first of some shifts that clears all upper and lower edges nearby."""
    left, top, right, bottom = box
    reach = abs(shifts[-1])
    for shift in shifts:
        upper, lower = top + reach + shift, bottom - reach + shift
        for its_top, its_bottom in near:
            if upper < its_bottom and its_top < lower:
                break
        else:
            return left, upper, right, lower
    return None


def _below(
    sheet: Sheet, children: Sequence[Sequence[Place]], clade: Place, box: Edges
) -> Iterator[tuple[float, float]]:
    """The upper and lower edges of what is below a clade, as far as it reaches into the columns and rows of a box."""
    left, upper, right, lower = box
    x_of, y_of, starts, row, height = sheet.x, sheet.y, sheet.label_starts, sheet.row(0), sheet.row_height
    todo = list(children[clade.index])
    while todo:
        place = todo.pop()
        if row + (place.last_row + 0.5) * height < upper or row + (place.first_row - 0.5) * height > lower:
            continue
        x, y = x_of[place.index], y_of[place.index]
        if x > left:
            yield y - LINE, y + LINE
        if x - _DOT >= right:
            continue
        if place.kind == CLADE:
            if place.name and x + _DOT > left:
                yield y - _DOT, y + _DOT
            if x - LINE < right and x + LINE > left:
                yield sheet.tops[place.index], sheet.bottoms[place.index]
            if x < right:
                todo += children[place.index]
        else:
            if x < right:
                half = FAN if place.kind == COLLAPSED else BAR / 2
                yield y - half * height, y + half * height
            if starts[place.first_row] - 4 < right:
                yield y - _LETTERS * height, y + _LETTERS * height
