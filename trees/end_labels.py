"""The labels at the ends of a drawn tree: name, dagger, second label and number of specimens, right of each tip."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from trees.layout import COLLAPSED, Place
from trees.lettering import text_width
from trees.sheet import LABEL_OFFSETS
from trees.svg import quoted


class Span(NamedTuple):
    """A stretch of a label in one kind of letters, with its size and the space before it in pixels."""

    kind: str
    text: str
    size: float
    space: float = 0.0


class Label(NamedTuple):
    """A label: its stretches, the size of its name and the width of the whole in pixels, and its SVG."""

    spans: tuple[Span, ...]
    size: float
    width: float
    markup: str


def end_label(
    place: Place, labels: Mapping[str, str], counts: Mapping[str, int], row_height: float, *, timed: bool = True
) -> Label:
    """What stands right of a tip or of a folded clade; the dagger only where time is known."""
    name = place.name
    return _label(
        name or (f"{place.example} …" if place.example else ""),
        place.tips if place.kind == COLLAPSED else 0,
        timed and not place.living,
        labels.get(name, ""),
        counts.get(name, 0),
        max(7.0, min(13.5, 0.66 * row_height)),
    )


@lru_cache(maxsize=16384)
def _label(name: str, tips: int, dagger: bool, second: str, count: int, size: float) -> Label:
    """Labels stay the same while a tree is folded and unfolded, so each is put together once."""
    spans = [Span("name", name, size)]
    if tips:
        spans.append(Span("second", f"({tips})", 0.88 * size, 5))
    if dagger:
        spans.append(Span("dagger", "†", 0.88 * size, 3))
    if second:
        spans.append(Span("second", second, 0.92 * size, 8))
    if count:
        spans.append(Span("count", f"◆ {count}", 0.82 * size, 9))
    width = sum([text_width(span.text, span.size) + span.space for span in spans])
    return Label(tuple(spans), size, width, "".join([_span_markup(span) for span in spans if span.text]))


def _span_markup(span: Span) -> str:
    before = f' dx="{span.space:g}"' if span.space else ""
    return f'<tspan class="{span.kind}"{before} font-size="{span.size:.4g}">{quoted(span.text)}</tspan>'


def label_offset(place: Place) -> float:
    """Pixels from the end of a range to its label; the mark of a living tip needs some."""
    return LABEL_OFFSETS[place.living > 0]
