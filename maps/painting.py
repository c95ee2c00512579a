"""A drawing for print as a picture: what `catalogue.labels.marks` draws with, painted dot by dot."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from catalogue.labels.marks import POINT, Block, Drawing, Letters, Mark, Shape, Stroke

_FINER = 2
"""A picture is painted so many times as large, and made smaller, so that its edges are smooth."""


def as_png(drawing: Drawing, dots_per_inch: int = 200) -> bytes:
    """A page of maps as a PNG."""
    scale = dots_per_inch / 25.4
    size = (round(drawing.width * scale), round(drawing.height * scale))
    picture = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER), "white")
    brush = ImageDraw.Draw(picture)
    for mark in drawing.marks:
        _paint(brush, mark, scale * _FINER)
    file = BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(file, "PNG", dpi=(dots_per_inch, dots_per_inch), optimize=True)
    return file.getvalue()


def _paint(brush: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    match mark:
        case Block():
            box = [mark.x * scale, mark.y * scale, (mark.x + mark.width) * scale, (mark.y + mark.height) * scale]
            brush.rectangle(
                box, fill=mark.fill or None, outline=mark.stroke or None, width=max(1, round(mark.line * scale))
            )
        case Stroke():
            ends = [mark.x1 * scale, mark.y1 * scale, mark.x2 * scale, mark.y2 * scale]
            brush.line(ends, fill=mark.color, width=max(1, round(mark.line * scale)))
        case Shape():
            corners = [
                ((mark.x + x * mark.scale) * scale, (mark.y + y * mark.scale) * scale) for x, y in _corners(mark)
            ]
            if len(corners) > 2:
                brush.polygon(corners, fill=mark.fill)
        case Letters():
            font = ImageFont.truetype(str(mark.face.path), round(mark.size * POINT * scale), index=mark.face.number)
            brush.text((mark.x * scale, mark.y * scale), mark.text, fill=mark.color, font=font, anchor="ls")


def _corners(shape: Shape) -> Iterator[tuple[float, float]]:
    """The outline of a shape of one ring as corners; a curve becomes eight short lines."""
    at = (0.0, 0.0)
    for step, numbers in shape.steps:
        if step == "C":
            a, b, c, d, e, f = numbers
            for n in range(1, 9):
                t, u = n / 8, 1 - n / 8
                weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                yield (
                    sum(w * v for w, v in zip(weights, (at[0], a, c, e), strict=True)),
                    sum(w * v for w, v in zip(weights, (at[1], b, d, f), strict=True)),
                )
            at = (e, f)
        elif numbers:
            at = (numbers[0], numbers[1])
            yield at
