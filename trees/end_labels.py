"""The labels at the ends of a drawn tree: name, dagger, second label and number of specimens, right of each tip."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from trees.layout import COLLAPSED, Place
from trees.lettering import text_width
from trees.sheet import LABEL_OFFSETS, Sheet
from trees.svg import quoted


class Span(NamedTuple):
    """A stretch of a label in one kind of letters, with its size and the space before it in pixels."""

    kind: str
    text: str
    size: float
    space: float = 0.0


def end_label(
    place: Place, labels: Mapping[str, str], counts: Mapping[str, int], row_height: float, *, timed: bool = True
) -> list[Span]:
    """What stands right of a tip or of a folded clade; the dagger only where time is known."""
    size = max(7.0, min(13.5, 0.66 * row_height))
    spans = [Span("name", place.name or (f"{place.example} …" if place.example else ""), size)]
    if place.kind == COLLAPSED:
        spans.append(Span("second", f"({place.tips})", 0.88 * size, 5))
    if not place.living and timed:
        spans.append(_dagger(0.88 * size))
    if labels.get(place.name):
        spans.append(Span("second", labels[place.name], 0.92 * size, 8))
    if counts.get(place.name):
        spans.append(Span("count", f"◆ {counts[place.name]}", 0.82 * size, 9))
    return spans


@cache
def _dagger(size: float) -> Span:
    return Span("dagger", "†", size, 3)


def label_width(spans: list[Span]) -> float:
    """Pixels that a label takes."""
    return sum([text_width(written, size) + space for _kind, written, size, space in spans])


def label_offset(place: Place) -> float:
    """Pixels from the end of a range to its label; the mark of a living tip needs some."""
    return LABEL_OFFSETS[place.living > 0]


def label_start(sheet: Sheet, place: Place) -> float:
    """Pixels from the left at which a label begins."""
    return sheet.axis.x(place.youngest) + label_offset(place)


def spans_markup(spans: list[Span]) -> str:
    """The stretches of a label as SVG."""
    return "".join(
        [
            f'<tspan class="{kind}"{_measures(space, size)}>{quoted(written)}</tspan>'
            for kind, written, size, space in spans
            if written
        ]
    )


@cache
def _measures(before: float, size: float) -> str:
    """The attributes of a stretch; there are few different ones."""
    return f' dx="{before:g}" font-size="{size:.4g}"' if before else f' font-size="{size:.4g}"'
