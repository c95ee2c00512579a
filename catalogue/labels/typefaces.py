"""The typefaces of labels, and where they come from: Source Serif for Latin letters, Noto Serif and Noto Sans for Chinese.

They come as packages with Bonebed and are embedded in every PDF, so that it prints anywhere. A character that none of them
holds is looked for in the fonts of the computer. Outlines are read with fontTools from any kind of font (TrueType, CFF,
collection, variable), which is why `catalogue.labels.subset` can embed those that reportlab cannot read.
"""

import os
import sys
import threading
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont, TTLibError

from catalogue.messages import CatalogueError, message

Style = Literal["regular", "italic", "bold", "bold italic"]
Chinese = Literal["serif", "sans"]

MISSING = "□"
_NO_EMBEDDING = 0x0002
_reading = threading.RLock()  # fontTools reads parts of a font when they are asked for, and not for two threads at once

_LATIN: dict[Style, str] = {
    "regular": "SourceSerifPro-Regular.ttf",
    "italic": "SourceSerifPro-It.ttf",
    "bold": "SourceSerifPro-Semibold.ttf",
    "bold italic": "SourceSerifPro-SemiboldIt.ttf",
}
_CHINESE: dict[Chinese, str] = {"serif": "NotoSerifSC-Regular.otf", "sans": "NotoSansSC-Regular.otf"}

_INSTALLED = (
    ("NotoSerifCJK-Regular.ttc", 2),
    ("NotoSansCJK-Regular.ttc", 2),
    ("wqy-zenhei.ttc", 0),
    ("wqy-microhei.ttc", 0),
    ("uming.ttc", 0),
    ("simsun.ttc", 0),
    ("msyh.ttc", 0),
    ("Deng.ttf", 0),
    ("Songti.ttc", 0),
    ("STHeiti Light.ttc", 0),
    ("Arial Unicode.ttf", 0),
    ("malgun.ttf", 0),
    ("DejaVuSerif.ttf", 0),
    ("DejaVuSans.ttf", 0),
    ("LiberationSerif-Regular.ttf", 0),
    ("times.ttf", 0),
    ("Times New Roman.ttf", 0),
    ("seguisym.ttf", 0),
)
"""Fonts of Debian, Windows and macOS that hold much, and which face of a collection is meant (Noto's is the Chinese one)."""


class NoTypeface(CatalogueError):
    """There is no font at all to write with."""


class Face:
    """One font with its measures and outlines. Compared by identity; use `chain`.

    Parameters
    ----------
    path : Path
    number : int
        Which face of a collection; 0 for a plain font.
    """

    def __init__(self, path: Path, number: int = 0) -> None:
        self.path, self.number = path, number
        with _reading:
            self._font = TTFont(BytesIO(path.read_bytes()), fontNumber=number, lazy=True)
            self._names: dict[int, str] = self._font.getBestCmap() or {}
            self.units: int = self._font["head"].unitsPerEm
            self.ascent: int = self._font["hhea"].ascent
            self.descent: int = self._font["hhea"].descent
            self.embeddable = not self._font["OS/2"].fsType & _NO_EMBEDDING
            location = (
                {axis.axisTag: axis.defaultValue for axis in self._font["fvar"].axes} if self._is_variable else {}
            )
            if "wght" in location:
                location["wght"] = 400
            self._glyphs = self._font.getGlyphSet(location=location or None)
        self._widths: dict[str, float] = {}
        self._outlines: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}

    @property
    def _is_variable(self) -> bool:
        return "fvar" in self._font

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return self.path.stem

    def holds(self, character: str) -> bool:
        """Whether it has a glyph for a character."""
        return ord(character) in self._names

    def width(self, character: str) -> float:
        """The advance of a character it holds, in ems."""
        if character not in self._widths:
            with _reading:
                self._widths[character] = self._glyphs[self._names[ord(character)]].width / self.units
        return self._widths[character]

    def outline(self, character: str) -> list[tuple[str, tuple[Any, ...]]]:
        """The outline of a character it holds, as steps of a fontTools pen in font units, without components."""
        if character not in self._outlines:
            with _reading:
                pen = DecomposingRecordingPen(self._glyphs)
                self._glyphs[self._names[ord(character)]].draw(pen)
                self._outlines[character] = pen.value
        return self._outlines[character]


@cache
def chain(style: Style = "regular", chinese: Chinese = "serif") -> tuple[Face, ...]:
    """The faces in which a character is looked for, in their order; fonts of the computer are added by `face_for`.

    Raises
    ------
    NoTypeface
        When the packages with the typefaces are missing and the computer has no font that we know either.
    """
    folder = _package("font_source_serif_pro", "files")
    latin = [folder / name for name in dict.fromkeys((_LATIN[style], _LATIN["regular"]))] if folder else []
    home = _package("pylopdf_fonts_zh_cn")
    han = [home / name for name in dict.fromkeys((_CHINESE[chinese], *_CHINESE.values()))] if home else []
    faces = [face for path in (*latin, *han) if (face := _open(path, 0))]
    if not faces:
        faces = list(islice(_installed(), 1))
    if not faces:
        raise NoTypeface(
            message(
                "There is no font to write labels with. Install Bonebed's packages again: python -m pip install -r requirements.txt"
            )
        )
    return tuple(faces)


@cache
def face_for(character: str, style: Style = "regular", chinese: Chinese = "serif") -> Face | None:
    """The first face that holds a character: ours, then one of the computer; None when there is none."""
    for face in chain(style, chinese):
        if face.holds(character):
            return face
    return next((face for face in _installed() if face.holds(character)), None)


def chinese_face() -> Face | None:
    """The face in which Chinese is written; None when neither our packages nor the computer have one."""
    return face_for("龙")


def comes_with_bonebed(face: Face) -> bool:
    """Whether a face is one of our packages, and so the same on every computer."""
    return face.path.name in {*_LATIN.values(), *_CHINESE.values()}


def _installed() -> Iterator[Face]:
    """The fonts of the computer that we know and may embed, best first; each is opened only when it is asked for."""
    for path, number in _present():
        face = _open(path, number)
        if face and face.embeddable:
            yield face


@cache
def _present() -> tuple[tuple[Path, int], ...]:
    """Where the fonts that we know lie on this computer."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*.tt[cf]")) if folder.is_dir() else ():
            found.setdefault(path.name.lower(), path)
    return tuple((found[name.lower()], number) for name, number in _INSTALLED if name.lower() in found)


def _folders() -> Iterator[Path]:
    """Where systems keep their fonts."""
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library" / "Fonts")
    else:
        yield from (
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            Path.home() / ".local" / "share" / "fonts",
        )


@cache
def _open(path: Path, number: int) -> Face | None:
    try:
        return Face(path, number)
    except (OSError, TTLibError, KeyError):
        return None


def _package(name: str, *below: str) -> Path | None:
    """The folder of a package that holds fonts; None where it is not installed."""
    spec = find_spec(name)
    return Path(spec.origin).parent.joinpath(*below) if spec and spec.origin else None
