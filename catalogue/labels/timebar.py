"""A find's place in time as a bar to print: the periods in their official colours, and above them the find in the colour of its age."""

from dataclasses import dataclass

from catalogue.colours import looks_dark
from catalogue.geological_time import AgeRange, timescale
from catalogue.labels import contents
from catalogue.labels.contents import Content
from catalogue.labels.lettering import Paragraph, Piece, fit, text_width
from catalogue.labels.marks import INK, QUIET, Block, Mark, Stroke

_SINCE_DINOSAURS = 252.0
_SINCE_ANIMALS = 539.0
_LEAST_MARK = 1.2


@dataclass(frozen=True)
class TimeBar:
    """The marks of a bar and the height they take, in mm."""

    marks: tuple[Mark, ...]
    height: float


def time_bar(content: Content, x: float, bottom: float, width: float, band: float, *, named: bool = False) -> TimeBar:
    """Draw the bar.

    Parameters
    ----------
    content : Content
    x, bottom, width : float
        Where it lies, in mm.
    band : float
        Height of the periods' band in mm.
    named : bool
        Whether both languages are written into the band, one below the other; else the first alone.
    """
    span = content.span
    oldest = _SINCE_DINOSAURS if span.max_ma <= _SINCE_DINOSAURS else _SINCE_ANIMALS
    scale = 2.3 * band
    flag = 0.55 * band
    figures = 0.52 * scale * 0.3528 + 0.6
    top = bottom - figures - band
    marks: list[Mark] = []
    letters: list[Mark] = []
    for unit in timescale().of_rank("period", AgeRange(oldest, 0)):
        left = x + width * (1 - min(unit.span.max_ma, oldest) / oldest)
        right = x + width * (1 - unit.span.min_ma / oldest)
        marks.append(Block(left, top, right - left, band, fill=unit.color))
        labels = (
            [unit.label(language) for language in content.languages] if named else [unit.label(content.languages[0])]
        )
        letters += _written(labels, left, top, right - left, band, scale, ink_on(unit.color))
    begins, ends = (x + width * (1 - min(age, oldest) / oldest) for age in (span.max_ma, span.min_ma))
    wide = max(ends - begins, _LEAST_MARK)
    begins = min(begins, x + width - wide)
    marks.append(Block(begins, top - flag - 0.4, wide, flag, fill=contents.color(content), stroke=INK, line=0.2))
    marks.append(Block(begins, top, wide, band, stroke=INK, line=0.25))
    marks += _figures(x, width, oldest, top + band, 0.52 * scale)
    return TimeBar((*marks, *letters), figures + band + flag + 0.6)


def _written(
    labels: list[str], x: float, y: float, width: float, height: float, scale: float, ink: str
) -> tuple[Mark, ...]:
    """The names of a period, where they have room; else nothing, for the colour still tells."""
    size = scale * (0.6 if len(labels) < 2 else 0.44)
    if any(text_width(label, size) > width - 1 for label in labels):
        return ()
    paragraphs = [Paragraph((Piece(label),), size, leading=1.1, color=ink) for label in labels]
    return fit(paragraphs, x, y, width, height, align="center", valign="middle").letters


def _figures(x: float, width: float, oldest: float, y: float, size: float) -> list[Mark]:
    marks: list[Mark] = []
    step = 50 if oldest < 300 else 100
    for age in range(0, int(oldest) + 1, step):
        at = x + width * (1 - age / oldest)
        marks.append(Stroke(at, y, at, y + 0.5, 0.12, QUIET))
        label = f"{age} Ma" if age == 0 else f"{age}"
        room = text_width(label, size) + 0.2
        left = min(max(x, at - room / 2), x + width - room)
        marks += fit([Paragraph((Piece(label),), size, color=QUIET)], left, y + 0.4, room, 99).letters
    return marks


def ink_on(color: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    return "#ffffff" if looks_dark(color) else INK
