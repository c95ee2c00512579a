"""Drawings set down as SVG for the screen, with the outlines of the very letters that will be printed.

A sheet is shown without its letters, as printers show it: grey bars where the lines are. One label is shown in full.
"""

from collections.abc import Iterable, Sequence
from html import escape

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.svgPathPen import SVGPathPen

from catalogue.labels.marks import POINT, Block, Code, Drawing, Letters, Mark, Shape, Stroke, dark_bars, modules
from catalogue.labels.typefaces import Face

_PAPER = "#ffffff"


def draw_label(drawing: Drawing, *, described: str) -> str:
    """One label as an SVG, 1 unit a millimetre; all that is written on it is read out.

    Parameters
    ----------
    drawing : Drawing
    described : str
        What it is, for people who cannot see it; the text of the label follows.
    """
    glyphs: dict[tuple[Face, str], str] = {}
    body = "".join(_set_down(mark, glyphs) for mark in drawing.marks)
    outlines = "".join(
        f'<path id="{name}" d="{_outline(face, character)}"/>' for (face, character), name in glyphs.items()
    )
    said = escape(f"{described}: {' · '.join(drawing.text.splitlines())}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="printed" viewBox="0 0 {drawing.width:g} {drawing.height:g}" '
        f'role="img" aria-label="{said}"><title>{said}</title><defs>{outlines}</defs>'
        f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="{_PAPER}"/>{body}</svg>'
    )


def draw_sheet(
    width: float,
    height: float,
    placed: Sequence[tuple[float, float, Drawing]],
    free: Iterable[tuple[float, float, float, float]],
    *,
    described: str,
) -> str:
    """One sheet as an SVG: where each label goes, and which places stay empty.

    Parameters
    ----------
    width, height : float
        Of the paper in mm.
    placed : sequence of (x, y, Drawing)
    free : iterable of (x, y, width, height)
        Places of labels that stay empty.
    described : str
        What it is, for people who cannot see it.
    """
    said = escape(described)
    empty = "".join(
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}" fill="none" stroke="#b9b2a4" stroke-width=".4" stroke-dasharray="2 1.5"/>'
        for x, y, w, h in free
    )
    body = "".join(
        f'<g transform="translate({x:.2f} {y:.2f})">{"".join(map(_greeked, drawing.marks))}</g>'
        for x, y, drawing in placed
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="printed" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{said}"><title>{said}</title><rect width="{width:g}" height="{height:g}" fill="{_PAPER}"/>{empty}{body}</svg>'
    )


def _set_down(mark: Mark, glyphs: dict[tuple[Face, str], str]) -> str:
    match mark:
        case Letters():
            return _letters(mark, glyphs)
        case Code():
            square = mark.size / len(modules(mark.link))
            bars = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in dark_bars(mark.link))
            return f'<path transform="translate({mark.x:.3f} {mark.y:.3f}) scale({square:.5f})" d="{bars}" shape-rendering="crispEdges"/>'
        case _:
            return _plain(mark)


def _greeked(mark: Mark) -> str:
    match mark:
        case Letters():
            em = mark.size * POINT
            width = sum(mark.face.width(character) for character in mark.text.strip()) * em
            return _rect(mark.x, mark.y - 0.5 * em, width, 0.42 * em, "#8b8478") if width else ""
        case Code():
            return _rect(mark.x, mark.y, mark.size, mark.size, "#6b6558")
        case _:
            return _plain(mark)


def _plain(mark: Block | Stroke | Shape) -> str:
    match mark:
        case Block():
            stroke = f' stroke="{mark.stroke}" stroke-width="{mark.line:g}"' if mark.stroke else ""
            return _rect(mark.x, mark.y, mark.width, mark.height, mark.fill or "none", stroke)
        case Stroke():
            return f'<path d="M{mark.x1:.3f} {mark.y1:.3f}L{mark.x2:.3f} {mark.y2:.3f}" stroke="{mark.color}" stroke-width="{mark.line:g}"/>'
        case Shape():
            steps = "".join(f"{step}{' '.join(f'{number:g}' for number in numbers)}" for step, numbers in mark.steps)
            return f'<path transform="translate({mark.x:.3f} {mark.y:.3f}) scale({mark.scale:.5f})" fill="{mark.fill}" fill-rule="evenodd" d="{steps}"/>'


def _rect(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    return f'<rect x="{x:.3f}" y="{y:.3f}" width="{width:.3f}" height="{height:.3f}" fill="{fill}"{more}/>'


def _letters(mark: Letters, glyphs: dict[tuple[Face, str], str]) -> str:
    scale = mark.size * POINT / mark.face.units
    x, uses = 0.0, []
    for character in mark.text:
        if not character.isspace():
            name = glyphs.setdefault((mark.face, character), f"printed-{len(glyphs)}")
            uses.append(f'<use href="#{name}" x="{x:.0f}"/>')
        x += mark.face.width(character) * mark.face.units
    return f'<g transform="translate({mark.x:.3f} {mark.y:.3f}) scale({scale:.6f} -{scale:.6f})" fill="{mark.color}">{"".join(uses)}</g>'


def _outline(face: Face, character: str) -> str:
    drawn = RecordingPen()
    drawn.value = face.outline(character)
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.0f}")
    drawn.replay(pen)
    return str(pen.getCommands())
