"""Setting text: which face holds which character, where a line may end, and how far text must shrink to fit its box.

Text is shown as it is, never obeyed: marks of direction and control characters are taken out, and what no font holds becomes
a small empty square. Nothing is ever cut off: what does not fit is wrapped, then made smaller.

References
----------
W3C. 2020. Requirements for Chinese text layout (clreq), 3.1.2: characters that may not begin or end a line.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from catalogue.labels.marks import INK, POINT, Letters
from catalogue.labels.typefaces import MISSING, Chinese, Face, Style, chain, face_for

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = "（《「『【〈〔［“‘"
_CLOSING = "，。、；：？！）》」』】〉〕］”’…％"
_ATOM = re.compile(
    rf"\s+|[{_OPENING}]*[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+?(?:[-/–](?=\w)|(?=\s|[{_OPENING}]*[{_WIDE}])|$)"
)
_IS_WIDE = re.compile(f"[{_WIDE}]")
_OF_BOTH = frozenset("“”‘’…—·")
"""Punctuation that is wide in Chinese text and narrow in Latin."""

_STEP = 0.96
_MOST_STEPS = 130
_RATHER_SMALLER = 13  # down to some 59 %, a text is made smaller rather than a word broken


@dataclass(frozen=True)
class Piece:
    """Text in one style."""

    text: str
    style: Style = "regular"


@dataclass(frozen=True)
class Paragraph:
    """Text that begins on a line of its own.

    Parameters
    ----------
    pieces : tuple of Piece
    size : float
        In points, where there is room for it.
    leading : float
        From line to line, as a multiple of the size.
    gap : float
        Room before it, as a multiple of the size.
    color : str
    """

    pieces: tuple[Piece, ...]
    size: float
    leading: float = 1.18
    gap: float = 0.0
    color: str = INK


@dataclass(frozen=True)
class _Atom:
    """What stays on one line: characters with their faces, and the width in ems."""

    glyphs: tuple[tuple[str, Face], ...]
    width: float
    blank: bool


@dataclass(frozen=True)
class Setting:
    """Text set into a box: its letters, the height it takes in mm, and by how much it was made smaller (1 is not at all)."""

    letters: tuple[Letters, ...]
    height: float
    scale: float

    @property
    def smallest(self) -> float:
        """Size of its smallest letters, in points."""
        return min((letters.size for letters in self.letters), default=float("inf"))


def clean(text: str) -> str:
    """A text without marks of direction, control characters and needless blanks.

    >>> clean("Lu\u202efeng\u0000 x")
    'Lufeng x'
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = (" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    return re.sub(r" +", " ", "".join(kept)).strip()


def unheld(text: str) -> str:
    """The characters of a text for which no font can be found, each once."""
    return "".join(dict.fromkeys(c for c in clean(text) if not c.isspace() and _usable(c, "regular", "serif") is None))


def _usable(character: str, style: Style, chinese: Chinese) -> Face | None:
    """The face of a character; none for scripts that run from the right, which would be printed in the wrong order."""
    if unicodedata.bidirectional(character) in {"R", "AL"}:
        return None
    return face_for(character, style, chinese)


def _glyphs(pieces: Iterable[Piece], chinese: Chinese) -> list[tuple[str, Face]]:
    written = [(c, piece.style) for piece in pieces for c in _kept_blanks(piece.text)]
    glyphs = []
    for index, (character, style) in enumerate(written):
        face = None
        if character in _OF_BOTH and _beside_wide(written, index):
            face = _usable("中", style, chinese)
            face = face if face and face.holds(character) else None
        face = face or _usable(character, style, chinese)
        if face is None:
            character = MISSING
            face = _usable(MISSING, style, chinese)
        if face is None:
            character, face = "?", chain(style, chinese)[0]
        glyphs.append((character, face))
    return glyphs


def _kept_blanks(text: str) -> str:
    """Cleaned, with a blank at either end kept, for pieces follow one another."""
    cleaned = clean(text)
    return f"{' ' * text[:1].isspace()}{cleaned}{' ' * (text[-1:].isspace() and bool(cleaned))}"


def _beside_wide(written: Sequence[tuple[str, Style]], index: int) -> bool:
    beside = (*written[max(0, index - 1) : index], *written[index + 1 : index + 2])
    return any(_IS_WIDE.match(character) for character, _ in beside)


def _atoms(pieces: Iterable[Piece], chinese: Chinese) -> list[_Atom]:
    glyphs = _glyphs(pieces, chinese)
    text = "".join(character for character, _ in glyphs)
    return [_atom(tuple(glyphs[found.start() : found.end()])) for found in _ATOM.finditer(text)]


def _atom(glyphs: tuple[tuple[str, Face], ...]) -> _Atom:
    return _Atom(glyphs, sum(face.width(character) for character, face in glyphs), glyphs[0][0].isspace())


def _wrap(atoms: Sequence[_Atom], width: float) -> tuple[list[list[_Atom]], bool]:
    """Lines no wider than `width` ems, and whether a word had to be broken for it."""
    lines: list[list[_Atom]] = [[]]
    used, broken = 0.0, False
    for atom in atoms:
        if atom.width > width and not atom.blank:
            broken = True
        for part in _parts(atom, width):
            if used + part.width > width and lines[-1] and not part.blank:
                lines.append([])
                used = 0.0
            if part.blank and not lines[-1]:
                continue
            lines[-1].append(part)
            used += part.width
    return [_without_last_blank(line) for line in lines], broken


def _parts(atom: _Atom, width: float) -> Iterable[_Atom]:
    return [atom] if atom.width <= width or atom.blank else [_atom((glyph,)) for glyph in atom.glyphs]


def _without_last_blank(line: list[_Atom]) -> list[_Atom]:
    return line[:-1] if line and line[-1].blank else line


def text_width(text: str, size: float, style: Style = "regular", chinese: Chinese = "serif") -> float:
    """How wide a text is in one line, in mm; `size` in points."""
    return sum(face.width(character) for character, face in _glyphs([Piece(text, style)], chinese)) * size * POINT


def fit(
    paragraphs: Iterable[Paragraph],
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    chinese: Chinese = "serif",
    align: Literal["left", "center", "right"] = "left",
    valign: Literal["top", "middle", "bottom"] = "top",
) -> Setting:
    """Set paragraphs into a box, at their own sizes or, where they do not fit, all smaller by the same factor.

    Parameters
    ----------
    paragraphs : iterable of Paragraph
        Those without text are left out.
    x, y, width, height : float
        The box in mm; `height` may be infinite.
    chinese : str
        Whether Chinese is written in ``serif`` or ``sans``.
    align, valign : str
        Where the text stands in the box.
    """
    given = [(paragraph, atoms) for paragraph in paragraphs if (atoms := _atoms(paragraph.pieces, chinese))]
    if not given:
        return Setting((), 0.0, 1.0)

    def fits(step: int) -> bool:
        _, taken, broken = _set_lines(given, width, _STEP**step)
        return taken <= height + 1e-6 and (not broken or step > _RATHER_SMALLER)

    step = 0
    if not fits(0):
        low, high = 0, _MOST_STEPS
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if fits(middle) else (middle, high)
        step = high
    lines, taken, _ = _set_lines(given, width, _STEP**step)
    top = y + {"top": 0.0, "middle": (height - taken) / 2, "bottom": height - taken}[valign] if valign != "top" else y
    letters = [
        letters
        for paragraph, line, baseline in lines
        for letters in _place(line, paragraph, x, top + baseline, width, align)
    ]
    return Setting(tuple(letters), taken, _STEP**step)


_Line = tuple[Paragraph, list[_Atom], float]


def _set_lines(
    given: Iterable[tuple[Paragraph, list[_Atom]]], width: float, scale: float
) -> tuple[list[_Line], float, bool]:
    """Lines with their baselines in mm, the height taken, and whether a word was broken."""
    lines: list[_Line] = []
    taken, any_broken = 0.0, False
    for number, (paragraph, atoms) in enumerate(given):
        em = paragraph.size * scale * POINT
        scaled = replace(paragraph, size=paragraph.size * scale)
        taken += paragraph.gap * em if number else 0.0
        wrapped, broken = _wrap(atoms, width / em)
        any_broken = any_broken or broken
        for line in wrapped:
            lines.append((scaled, line, taken + (paragraph.leading - 1) * em / 2 + 0.82 * em))
            taken += paragraph.leading * em
    return lines, taken, any_broken


def _place(
    line: list[_Atom], paragraph: Paragraph, x: float, baseline: float, width: float, align: str
) -> Iterable[Letters]:
    em = paragraph.size * POINT
    free = width - sum(atom.width for atom in line) * em
    x += {"left": 0.0, "center": free / 2, "right": free}[align]
    glyphs = [glyph for atom in line for glyph in atom.glyphs]
    start = 0
    for index in range(1, len(glyphs) + 1):
        if index == len(glyphs) or glyphs[index][1] is not glyphs[start][1]:
            text, face = "".join(character for character, _ in glyphs[start:index]), glyphs[start][1]
            yield Letters(x, baseline, text, face, paragraph.size, paragraph.color)
            x += sum(face.width(character) for character in text) * em
            start = index
