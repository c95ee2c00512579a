"""Outlines of animals beside the tips of a drawn tree; each outline is in the drawing once and used wherever it belongs.

They are drawn 200 by 110 and look to the right. Who drew them is told on the screen, from ``data/silhouettes``.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha1

from trees.layout import Place
from trees.plates import outline
from trees.sheet import Sheet

_SHARE = 0.95
_WRITTEN = 0.92
"""Share of the room of a label that its letters take at most; the room is reckoned generously."""
_WIDE = 200.0 / 110.0


def picture_width(row_height: float) -> float:
    """Pixels that an outline takes beside a label of a row."""
    return _SHARE * row_height * _WIDE


def picture_room(sheet: Sheet, place: Place) -> float:
    """Pixels right of a label for its outline; none where it has none."""
    return picture_width(sheet.row_height) + 10 if place.name in sheet.pictures else 0.0


def picture_start(label_start: float, label_room: float) -> float:
    """Pixels at which the outline after a label begins."""
    return label_start + _WRITTEN * label_room + 8


def define_pictures(pictures: Mapping[str, str]) -> str:
    """The outlines that a drawing uses."""
    different = {_key(markup): outline(markup) for markup in pictures.values()}
    drawn = "".join(
        f'<symbol id="{key}" viewBox="0 0 200 110">{inside}</symbol>' for key, inside in sorted(different.items())
    )
    return f"<defs>{drawn}</defs>" if drawn else ""


def draw_picture(sheet: Sheet, place: Place, x: float, y: float, *, turned: str = "") -> str:
    """The outline of a tip or clade, its left end at `x` and its middle at `y`; blank where it has none."""
    markup = sheet.pictures.get(place.name)
    if not markup:
        return ""
    height = _SHARE * sheet.row_height
    return (
        f'<use class="animal" href="#{_key(markup)}" x="{x:.2f}" y="{y - height / 2:.2f}" width="{height * _WIDE:.2f}" '
        f'height="{height:.2f}" style="color:{sheet.paint(place)}"{turned}/>'
    )


@cache
def _key(markup: str) -> str:
    return f"animal-{sha1(markup.encode(), usedforsecurity=False).hexdigest()[:8]}"
