"""A small TrueType font that holds just the characters of one document, from a font of any kind.

reportlab embeds TrueType outlines only. The Chinese fonts that may be passed on are CFF or variable ones; their curves are
turned into TrueType's quadratic ones, to within a thousandth of the letter's size, for the few hundred characters in use.
"""

from collections.abc import Iterable
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from catalogue.labels.typefaces import Face

_NOTDEF = ".notdef"


def subset(face: Face, characters: Iterable[str]) -> BytesIO:
    """A TrueType font with the given characters, all of which `face` must hold.

    Parameters
    ----------
    face : Face
    characters : iterable of str
        One character each.

    Returns
    -------
    BytesIO
        The font as a file.
    """
    wanted = sorted(set(characters))
    names = {character: f"u{ord(character):04X}" for character in wanted}
    builder = FontBuilder(face.units, isTTF=True)
    builder.setupGlyphOrder([_NOTDEF, *names.values()])
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    builder.setupGlyf({_NOTDEF: Glyph(), **{names[c]: _glyph(face, c) for c in wanted}})
    widths = {names[c]: round(face.width(c) * face.units) for c in wanted}
    glyphs = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {_NOTDEF: (face.units, 0)} | {name: (width, getattr(glyphs[name], "xMin", 0)) for name, width in widths.items()}
    )
    builder.setupHorizontalHeader(ascent=face.ascent, descent=face.descent)
    builder.setupOS2(sTypoAscender=face.ascent, sTypoDescender=face.descent, usWinAscent=face.ascent)
    builder.setupNameTable({"familyName": face.name, "styleName": "Regular", "psName": face.name.replace(" ", "")})
    builder.setupPost(keepGlyphNames=False)
    file = BytesIO()
    builder.save(file)
    file.seek(0)
    return file


def _glyph(face: Face, character: str) -> Glyph:
    pen = TTGlyphPen(None)
    drawn = RecordingPen()
    drawn.value = face.outline(character)
    drawn.replay(Cu2QuPen(pen, face.units / 1000, reverse_direction=_is_cubic(drawn)))
    return pen.glyph()


def _is_cubic(drawn: RecordingPen) -> bool:
    """CFF contours run the other way round than TrueType's."""
    return any(step == "curveTo" for step, _ in drawn.value)
