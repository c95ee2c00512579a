"""Drawings set down as a PDF, with exact positions and every font embedded."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from catalogue.labels.marks import Block, Code, Drawing, Letters, Mark, Shape, Stroke, dark_bars, modules
from catalogue.labels.subset import subset
from catalogue.labels.typefaces import Face

_LANGUAGES = {"zh": "zh-Hans"}
_writing = threading.Lock()  # reportlab keeps its fonts in one table for the whole process


@dataclass(frozen=True)
class PrintedPage:
    """One page and what lies on it, each drawing with the place of its top left corner; all in mm."""

    width: float
    height: float
    placed: Sequence[tuple[float, float, Drawing]]


def write_pdf(pages: Iterable[PrintedPage], *, title: str, language: str = "en") -> bytes:
    """Write pages as a PDF document.

    Parameters
    ----------
    pages : iterable of PrintedPage
    title : str
        Shown by readers in the window's title.
    language : str
        Of the document: ``en`` or ``zh``, for screen readers.

    Returns
    -------
    bytes
    """
    pages = list(pages)
    file = BytesIO()
    with _writing, _fonts_of(drawing for page in pages for _, _, drawing in page.placed) as fonts:
        first = next(iter(fonts.values()), None)  # else reportlab names Helvetica, which is not embedded
        canvas = Canvas(file, lang=_LANGUAGES.get(language, "en"), pageCompression=1, initialFontName=first)
        canvas.setTitle(title)
        canvas.setCreator("Bonebed")
        for page in pages:
            canvas.setPageSize((page.width * mm, page.height * mm))
            for x, y, drawing in page.placed:
                for mark in drawing.marks:
                    _set_down(canvas, mark, x, page.height - y, fonts)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


@contextmanager
def _fonts_of(drawings: Iterable[Drawing]) -> Iterator[Mapping[Face, str]]:
    """Give reportlab the fonts of a document, and take them away again: it would keep them for ever, and mix up their names."""
    used: dict[Face, set[str]] = {}
    for drawing in drawings:
        for mark in drawing.marks:
            if isinstance(mark, Letters):
                used.setdefault(mark.face, set()).update(mark.text)
    names = {face: f"Bonebed{number}" for number, face in enumerate(used)}
    fonts = [TTFont(names[face], subset(face, characters)) for face, characters in used.items()]
    try:
        for font in fonts:
            pdfmetrics.registerFont(font)
        yield names
    finally:
        for font in fonts:
            pdfmetrics._fonts.pop(font.fontName, None)
            pdfmetrics._dynFaceNames.pop(font.face.name, None)


def _set_down(canvas: Canvas, mark: Mark, left: float, top: float, fonts: Mapping[Face, str]) -> None:
    """Set one mark; `left` and `top` are where its drawing begins, in mm from the left and from the bottom."""
    match mark:
        case Letters():
            canvas.setFillColor(_color(mark.color))
            canvas.setFont(fonts[mark.face], mark.size)
            canvas.drawString((left + mark.x) * mm, (top - mark.y) * mm, mark.text)
        case Block():
            _block(canvas, mark, left, top)
        case Stroke():
            canvas.setStrokeColor(_color(mark.color))
            canvas.setLineWidth(mark.line * mm)
            canvas.line(*((left + mark.x1) * mm, (top - mark.y1) * mm, (left + mark.x2) * mm, (top - mark.y2) * mm))
        case Shape():
            _shape(canvas, mark, left, top)
        case Code():
            _code(canvas, mark, left, top)


def _block(canvas: Canvas, block: Block, left: float, top: float) -> None:
    if block.fill:
        canvas.setFillColor(_color(block.fill))
    if block.stroke:
        canvas.setStrokeColor(_color(block.stroke))
        canvas.setLineWidth(block.line * mm)
    canvas.rect(
        (left + block.x) * mm,
        (top - block.y - block.height) * mm,
        block.width * mm,
        block.height * mm,
        stroke=int(bool(block.stroke)),
        fill=int(bool(block.fill)),
    )


def _shape(canvas: Canvas, shape: Shape, left: float, top: float) -> None:
    path = canvas.beginPath()
    for step, numbers in shape.steps:
        points = [
            (left + shape.x + shape.scale * number) * mm if i % 2 == 0 else (top - shape.y - shape.scale * number) * mm
            for i, number in enumerate(numbers)
        ]
        match step:
            case "M":
                path.moveTo(*points)
            case "L":
                path.lineTo(*points)
            case "C":
                path.curveTo(*points)
            case _:
                path.close()
    canvas.setFillColor(_color(shape.fill))
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)  # 0: even-odd, as the outlines were drawn


def _code(canvas: Canvas, code: Code, left: float, top: float) -> None:
    square = code.size / len(modules(code.link)) * mm
    x, y = (left + code.x) * mm, (top - code.y) * mm
    path = canvas.beginPath()
    for column, row, length in dark_bars(code.link):
        path.rect(x + column * square, y - (row + 1) * square, length * square, square)
    canvas.setFillColor(_color("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


def _color(written: str) -> Color:
    return HexColor(written)
