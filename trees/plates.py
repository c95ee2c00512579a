"""Pictures of animals with their names, as plates beside the tips of a portrait: the ways to put one, and how it is drawn.

An animal stands on the end of its range, hangs from it, or follows behind it, the name below or beside. The pictures are
outlines of 200 by 110 that look to the right, to where time goes.
"""

import re
from collections.abc import Iterator

from trees.ground import Box
from trees.layout import Place
from trees.lettering import text_width
from trees.room import THICK, Plate
from trees.svg import element, text

NAME_SIZE = 15.0
LARGE, SMALL = 116.0, 66.0
_WORTH = {LARGE: 26.0, 104.0: 20.0, 92.0: 14.0, 80.0: 8.0, SMALL: 0.0}
_VIEW_BOX = (200.0, 110.0)
_GAP = 9.0
_LINE = 1.25 * NAME_SIZE
_HANGING = 5.0
_HEIGHTS = (0.6, 0.8, 0.4, 1.0, 0.2)
_ALONE, _BESIDE, _BELOW, _STACKED = "alone", "beside", "below", "stacked"


def outline(markup: str) -> str:
    """What the ``<svg>`` element of a picture holds; blank where there is none."""
    found = re.search(r"<svg\b[^>]*>(.*)</svg>", markup, re.DOTALL)
    return found[1].strip() if found else ""


def name_width(name: str, second: str) -> float:
    """Pixels from the end of a range to the end of both names in one line."""
    return _GAP + text_width(f"{name} {second}".strip(), NAME_SIZE)


def picture_width(width: float) -> float:
    """Pixels from the end of a range to the end of a picture of `width` that follows behind it."""
    return _GAP + width


def name_plate(name: str, second: str) -> Plate:
    """A name without a picture, after the end of the range."""
    return Plate(_ALONE, (_line(_GAP, 0, name_width(name, second) - _GAP, 1),))


def picture_plates(name: str, second: str, *, limit: float, edge: float, favour: float) -> list[Plate]:
    """The ways to put a picture with its name.

    Parameters
    ----------
    name, second : str
        What to write; `second` may be blank.
    limit, edge : float
        Pixels from the end of the range at which the picture and the name must end.
    favour : float
        By which the room that a larger picture may cost is multiplied.

    Returns
    -------
    list of Plate
        The largest first; their last box is that of the name.
    """
    plates = [
        plate
        for width, worth in _WORTH.items()
        for plate in (
            *_upon_the_range(width, worth * favour, name, second),
            *(_behind_the_range(width, worth * favour, name, second) if picture_width(width) <= limit else ()),
        )
    ]
    return [plate for plate in plates if max(box.right for box in plate.boxes) <= edge]


def draw_plate(
    place: Place, plate: Plate, x: float, y: float, *, picture: str, color: str, second: str, said: str
) -> str:
    """A plate at the tip that ends at (x, y), as something to choose.

    Parameters
    ----------
    place : Place
    plate : Plate
    x, y : float
        Pixels.
    picture : str
        The outline, as `outline` gives it; used only where the plate has a place for it.
    color : str
        Of the outline.
    second : str
        Second name; may be blank.
    said : str
        What the tip says of itself.
    """
    *animals, written = plate.boxes
    left, top = min(-6.0, *(box.left for box in plate.boxes)) - 2, min(-6.0, *(box.top for box in plate.boxes)) - 2
    right, bottom = max(box.right for box in plate.boxes) + 5, max(6.0, *(box.bottom for box in plate.boxes)) + 2
    hit = element("rect", class_="hit", x=x + left, y=y + top, width=right - left, height=bottom - top, rx=6)
    drawn = [_animal(picture, box, x, y, color) for box in animals]
    name = _name(place.name, second, written, plate.key == _STACKED, x, y)
    return element(
        "g",
        element("title", text(said)),
        hit,
        *drawn,
        name,
        class_="tip",
        data_name=place.name,
        tabindex="0",
        role="button",
        aria_label=said,
    )


def _upon_the_range(width: float, worth: float, name: str, second: str) -> Iterator[Plate]:
    height = width * _VIEW_BOX[1] / _VIEW_BOX[0]
    written = name_plate(name, second).boxes
    for top in (-height - THICK, _HANGING):
        yield Plate(_ALONE, (Box(-width, top, 0, top + height), *written), worth)


def _behind_the_range(width: float, worth: float, name: str, second: str) -> Iterator[Plate]:
    height = width * _VIEW_BOX[1] / _VIEW_BOX[0]
    written = name_width(name, second) - _GAP
    for part in _HEIGHTS:
        animal = Box(_GAP, -part * height, _GAP + width, (1 - part) * height)
        right, middle = animal.right + 5, animal.top + 0.62 * height
        yield Plate(_BELOW, (animal, _line(_GAP, animal.bottom + _LINE / 2, written, 1)), worth)
        yield Plate(_BESIDE, (animal, _line(right, middle, written, 1)), worth)
        if second:
            stacked = max(text_width(name, NAME_SIZE), text_width(second, NAME_SIZE))
            yield Plate(_STACKED, (animal, _line(right, middle, stacked, 2)), worth + 1)


def _line(left: float, middle: float, width: float, lines: int) -> Box:
    return Box(left, middle - lines * _LINE / 2, left + width, middle + lines * _LINE / 2)


def _animal(picture: str, box: Box, x: float, y: float, color: str) -> str:
    scale = (box.right - box.left) / _VIEW_BOX[0]
    move = f"translate({x + box.left:.2f} {y + box.top:.2f}) scale({scale:.4f})"
    return element(
        "g", picture, class_="animal", transform=move, style=f"color:color-mix(in srgb,{color} 78%,var(--ink))"
    )


def _name(name: str, second: str, box: Box, stacked: bool, x: float, y: float) -> str:
    parts = [element("tspan", text(name), class_="name")]
    if second and stacked:
        parts.append(element("tspan", text(second), class_="second", x=x + box.left, dy=_LINE))
    elif second:
        parts.append(element("tspan", text(second), class_="second", dx=0.4 * NAME_SIZE))
    base = y + box.top + 0.8 * _LINE
    return element("text", *parts, class_="label", x=x + box.left, y=base, font_size=NAME_SIZE)
