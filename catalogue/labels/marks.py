"""What a label consists of, before anyone knows whether it goes to paper or to the screen.

Positions and lengths are in mm from the top left corner of the label or page, sizes of letters in points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import segno

from catalogue.labels.typefaces import Face

POINT = 25.4 / 72
"""Millimetres in a point."""

_TOGETHER = 0.05
"""Millimetres between letters that belong together, for what was rounded."""

INK = "#1d1a15"
QUIET = "#5b5449"


@dataclass(frozen=True)
class Letters:
    """Text in one face, its baseline beginning at (x, y)."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    color: str = INK

    @property
    def end(self) -> float:
        """Where the next letters of the line begin."""
        return self.x + sum(map(self.face.width, self.text)) * self.size * POINT

    def goes_on(self, before: "Letters") -> bool:
        """Whether it stands right behind others on their line, as where the face changes within a sentence."""
        return self.y == before.y and abs(self.x - before.end) < _TOGETHER


@dataclass(frozen=True)
class Block:
    """A rectangle; `fill` or `stroke` may be blank. `line` is the width of the stroke in mm."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.15


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    line: float = 0.15
    color: str = INK


@dataclass(frozen=True)
class Shape:
    """An outline of absolute steps (``M``, ``L``, ``C``, ``Z`` with their numbers), put at (x, y) and scaled to mm."""

    x: float
    y: float
    scale: float
    steps: tuple[tuple[str, tuple[float, ...]], ...]
    fill: str = INK


@dataclass(frozen=True)
class Code:
    """A QR code of a link, `size` mm wide."""

    x: float
    y: float
    size: float
    link: str


Mark = Letters | Block | Stroke | Shape | Code


@dataclass(frozen=True)
class Drawing:
    """One label or one page, ready to be set down.

    Parameters
    ----------
    width, height : float
        In mm.
    marks : tuple of Mark
    """

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def smallest(self) -> float:
        """Size of its smallest letters in points; infinite when there are none."""
        return min((mark.size for mark in self.marks if isinstance(mark, Letters)), default=float("inf"))

    @property
    def text(self) -> str:
        """All that is written on it, what stands together each line."""
        lines: list[str] = []
        before: Letters | None = None
        for mark in self.marks:
            if isinstance(mark, Letters):
                if before is not None and mark.goes_on(before):
                    lines[-1] += mark.text
                else:
                    lines.append(mark.text)
                before = mark
        return "\n".join(lines)

    @property
    def module(self) -> float:
        """Width in mm of the smallest square of its QR codes; infinite when there is none."""
        return min((mark.size / len(modules(mark.link)) for mark in self.marks if isinstance(mark, Code)), default=1e9)


@cache
def _qr(link: str) -> tuple[bytes, ...]:
    return tuple(bytes(row) for row in segno.make(link, error="m", micro=False).matrix)


def modules(link: str) -> tuple[bytes, ...]:
    """The squares of a QR code, without margin, row by row; 1 is dark. Error correction M: 15 % may be damaged."""
    return _qr(link)


def dark_bars(link: str) -> Iterator[tuple[int, int, int]]:
    """The dark squares of a QR code, joined in each row: (column, row, length)."""
    for y, row in enumerate(modules(link)):
        for bar in re.finditer(b"\x01+", row):
            yield bar.start(), y, bar.end() - bar.start()


_PART = re.compile(r"[MLlcCzZ]|-?\d*\.?\d+")
_NUMBERS = {"M": 2, "L": 2, "l": 2, "c": 6, "C": 6}


def path_steps(d: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """The steps of an SVG path of straight lines and cubic curves (``M L l C c z``), made absolute.

    >>> path_steps("M1 2l3 0z")
    (('M', (1.0, 2.0)), ('L', (4.0, 2.0)), ('Z', ()))
    """
    steps: list[tuple[str, tuple[float, ...]]] = []
    x = y = 0.0
    command, numbers = "", list[float]()
    for part in _PART.findall(d):
        if part in "zZ":
            steps.append(("Z", ()))
        elif part.isalpha():
            command, numbers = part, []
        else:
            numbers.append(float(part))
            if len(numbers) == _NUMBERS[command]:
                if command.islower():
                    numbers = [number + (y if i % 2 else x) for i, number in enumerate(numbers)]
                x, y = numbers[-2:]
                steps.append((command.upper(), tuple(numbers)))
                numbers = []
    return tuple(steps)
