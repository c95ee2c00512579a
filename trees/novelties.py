"""Marks for what was new: a star on the branch to a clade of which features are told.

A branch with several has one star with their number. Where the branch is too short for it the star stands beside it on a stem, if there it
covers no label; the foot of the stem is in the middle of the branch all the same, and no mark ever moves a fork.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trees.ground import Edges, Ground
from trees.layout import TIP, Place
from trees.sheet import Sheet
from trees.svg import quoted, text

_HALF = 7.0
_LEAST_BRANCH = 2.6 * _HALF
_STEM = 9.0


class Star(NamedTuple):
    """The middle of a star in pixels, and how far up from it its branch lies; negative for down, zero for on it."""

    x: float
    y: float
    stem: float = 0.0


def star(x: float, y: float, half: float = _HALF) -> str:
    """The outline of a star of four points around a place."""
    inner = 0.3 * half
    long, short = half - inner, inner
    return (
        f"M{x:.2f} {y - half:.2f}l{short:g} {long:g} {long:g} {short:g} {-long:g} {short:g} {-short:g} {long:g}"
        f" {-short:g} {-long:g} {-long:g} {-short:g} {long:g} {-short:g}Z"
    )


def new_places(sheet: Sheet) -> list[Place]:
    """The visible clades with something new on the branch to them."""
    return (
        [place for place in sheet.layout.places if place.kind != TIP and sheet.news.get(place.key)]
        if sheet.news
        else []
    )


def place_stars(sheet: Sheet, taken: Iterable[Edges]) -> dict[int, Star]:
    """Where the stars go, by index of the clade, as far as can be clear of each other and of boxes that are taken."""
    stars, ground = {}, Ground(taken)
    for place in new_places(sheet):
        start, x = sheet.start(place), sheet.x[place.index]
        middle = Star((start + x) / 2, (sheet.start_y(place) + sheet.y[place.index]) / 2)
        beside = (middle._replace(y=middle.y - _STEM, stem=_STEM), middle._replace(y=middle.y + _STEM, stem=-_STEM))
        found = middle
        if x - start < _LEAST_BRANCH:
            found = next((one for one in beside if ground.free(box_of(one))), middle)
        ground.take(box_of(found))
        stars[place.index] = found
    return stars


def box_of(one: Star) -> Edges:
    """What a star takes, in pixels."""
    return one.x - _HALF - 1, one.y - _HALF - 1, one.x + _HALF + 1, one.y + _HALF + 1


def draw_stars(sheet: Sheet, stars: Mapping[int, Star]) -> list[str]:
    """The stars, above all lines. They are for hands: who listens hears of them with the clade."""
    return [draw_star(sheet, sheet.layout.places[index], one) for index, one in stars.items()]


def draw_star(sheet: Sheet, place: Place, one: Star) -> str:
    """One star, with the names of what is new."""
    names = sheet.news[place.key]
    stem = f'<path class="stem" d="M{one.x:.2f} {one.y:.2f}v{one.stem:g}"/>' if one.stem else ""
    number = f'<text x="{one.x + 7:.2f}" y="{one.y - 3:.2f}">{len(names)}</text>' if len(names) > 1 else ""
    told = "&#10;".join(text(name) for name in names)
    # in a drawing to explore, the window tells the names at once, to the keyboard as well
    title = "" if sheet.every_node else f"<title>{told}</title>"
    return (
        f'<g class="novelty" data-pick="{quoted(place.key)}" data-of="{place.index}" data-new="{told}" aria-hidden="true">'
        f'{title}{stem}<path d="{star(one.x, one.y)}"/>{number}</g>'
    )
