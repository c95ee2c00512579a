"""The labels at the ends of a drawn tree: name, dagger, second label and number of specimens, right of each tip."""

from collections.abc import Mapping
from dataclasses import dataclass

from trees.layout import COLLAPSED, Place
from trees.lettering import text_width
from trees.sheet import MARGIN, Sheet
from trees.svg import text


@dataclass(frozen=True)
class Span:
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
        spans.append(Span("dagger", "†", 0.88 * size, 3))
    if labels.get(place.name):
        spans.append(Span("second", labels[place.name], 0.92 * size, 8))
    if counts.get(place.name):
        spans.append(Span("count", f"◆ {counts[place.name]}", 0.82 * size, 9))
    return spans


def label_width(spans: list[Span]) -> float:
    """Pixels that a label takes."""
    return sum(text_width(span.text, span.size) + span.space for span in spans)


def label_offset(place: Place) -> float:
    """Pixels from the end of a range to its label; the mark of a living tip needs some."""
    return 11.0 if place.living else 7.0


def label_start(sheet: Sheet, place: Place) -> float:
    """Pixels from the left at which a label begins."""
    return sheet.axis.x(place.youngest) + label_offset(place)


def label_end(sheet: Sheet, place: Place, spans: list[Span]) -> float:
    """Pixels from the left at which a label ends, with the air after it."""
    return label_start(sheet, place) + label_width(spans) + MARGIN


def written_label(sheet: Sheet, place: Place, spans: list[Span]) -> str:
    """A label as SVG."""
    y = sheet.y[place.index] + 0.34 * spans[0].size
    return f'<text class="label" x="{label_start(sheet, place):.2f}" y="{y:.2f}">{spans_markup(spans)}</text>'


def spans_markup(spans: list[Span]) -> str:
    """The stretches of a label as SVG."""
    return "".join(_span(span) for span in spans if span.text)


def _span(span: Span) -> str:
    space = f' dx="{span.space:g}"' if span.space else ""
    return f'<tspan class="{span.kind}"{space} font-size="{span.size:.4g}">{text(span.text)}</tspan>'
