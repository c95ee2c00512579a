"""The letters of a figure: its faces, the lines of its title, and an SVG that looks alike where our face is not installed.

Only `trees.figure_worker` imports it, for Qt measures the letters.
"""

import re
from pathlib import Path
from xml.sax.saxutils import unescape

from PyQt5.QtGui import QFont, QFontDatabase, QFontMetricsF

_PIECES = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")
"""What of a title stays on one line: a word, or a Chinese letter."""
_TEXT = re.compile(r"(<text\b[^>]*?)\s*>([^<]*)</text>")


def lines_of_title(title: str, font: QFont, width: float) -> list[str]:
    """A title on as many lines as the width asks for; one that is wider would make all else smaller."""
    measure, lines = QFontMetricsF(font), [""]
    for piece in _PIECES.findall(title):
        if lines[-1] and measure.horizontalAdvance((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def put_right(file: Path, width_mm: float, family: str) -> None:
    """Write the size that was asked for into an SVG, for Qt takes its pixels for those of a screen; and faces for where its own is not installed."""
    written = file.read_text(encoding="utf-8")
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', written)[0])
    size = f'width="{width_mm:g}mm" height="{width_mm * height / width:.2f}mm"'
    written = re.sub(r'width="[\d.]+mm" height="[\d.]+mm"', size, written, count=1)
    faces = f'font-family="{family}, Times New Roman, Liberation Serif, Noto Serif CJK SC, serif"'
    written = _TEXT.sub(lambda text: _as_wide(text, family), written)
    file.write_text(written.replace(f'font-family="{family}"', faces), encoding="utf-8")


def _as_wide(text: re.Match[str], family: str) -> str:
    """A text that takes the same room whatever face it is set in: where ours is not installed, a wider one would be cut at the edge."""
    begun, inside = text.groups()
    weight = QFont.Weight.Bold if 'font-weight="700"' in begun else QFont.Weight.Normal
    size = re.search(r'font-size="(\d+)pt"', begun)
    if size is None:
        return text.group()
    font = QFont(family, int(size[1]), weight, 'font-style="italic"' in begun)
    room = QFontMetricsF(font).horizontalAdvance(unescape(inside))
    return f'{begun} textLength="{room:.2f}" lengthAdjust="spacingAndGlyphs">{inside}</text>' if room else text.group()


def family_of(fonts: list[str]) -> str:
    """The name of the first of some fonts; what it does not hold is taken from the others."""
    keys = [QFontDatabase.addApplicationFont(font) for font in fonts]
    names = [name for key in keys for name in QFontDatabase.applicationFontFamilies(key)]
    if names:
        QFont.insertSubstitutions(names[0], names[1:])
    return names[0] if names else "serif"
