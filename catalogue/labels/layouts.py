"""The layouts of labels: which particulars stand where, for a box, a drawer, a small vial and an exhibition.

Each layout is a function that draws a record into a width and height in mm, so that the same layout serves a sheet to cut and a
sheet of ready-made stickers. Ink stays half a stroke inside the edge.
"""

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.labels import contents
from catalogue.labels.contents import Content
from catalogue.labels.lettering import Paragraph, Piece, Setting, fit
from catalogue.labels.marks import INK, QUIET, Block, Code, Drawing, Mark, Shape
from catalogue.labels.timebar import time_bar
from catalogue.labels.typefaces import Style
from catalogue.messages import Message, message

EDGE = 2.0
_QUIET_ZONE = 1.0


@dataclass(frozen=True)
class Layout:
    """One kind of label.

    Parameters
    ----------
    key : str
        As in the address of the screen.
    title : Message
    width, height : float
        Its own size in mm, for sheets to cut.
    least : (float, float)
        The smallest label in mm on which it is offered.
    draw : callable
        ``draw(content, width, height)`` gives the `Drawing`.
    """

    key: str
    title: Message
    width: float
    height: float
    least: tuple[float, float]
    draw: Callable[[Content, float, float], Drawing]


def _line(text: str, size: float, style: Style = "regular", *, gap: float = 0.0, color: str = INK) -> Paragraph:
    return Paragraph((Piece(text, style),), size, gap=gap, color=color)


def _lines(
    texts: list[str], size: float, style: Style = "regular", *, gap: float = 0.0, color: str = INK
) -> list[Paragraph]:
    return [_line(text, size, style, gap=gap if index == 0 else 0.0, color=color) for index, text in enumerate(texts)]


def _drawn(width: float, height: float, marks: list[Mark], *settings: Setting) -> Drawing:
    letters = (one for setting in settings for one in setting.letters)
    return Drawing(width, height, (*marks, *letters))


def _code(content: Content, right: float, top: float, size: float) -> list[Mark]:
    return [Code(right - size, top, size, content.link)] if content.link else []


def box_label(content: Content, width: float, height: float) -> Drawing:
    """For the box or tray of a specimen: number, name, age, rocks, place, finder, and a strip in the colour of its age."""
    strip = 2.4
    code = min(15.0, 0.4 * height) if content.link else 0.0
    left, right = EDGE + strip + 1.4, width - EDGE
    head = fit(
        [
            _line(contents.number(content), 9.5, "bold"),
            Paragraph(contents.name(content), 12, leading=1.1, gap=0.08),
            _line(content.joined(contents.common_name), 8.5, color=QUIET),
        ],
        left,
        EDGE - 0.4,
        right - left - code - _QUIET_ZONE,
        max(code + 0.8, 0.42 * (height - 2 * EDGE)),
    )
    foot_top = EDGE + max(code, head.height) + 0.6
    foot = fit(
        [
            _line(f"{content.joined(contents.intervals)}  {contents.ages(content)}", 8, "bold"),
            _line(content.joined(contents.rocks), 7.5, gap=0.1),
            *_lines(content.each(contents.place), 7.5),
            _line(
                " · ".join(
                    filter(
                        None, [content.joined(contents.type_status), contents.finders(content, content.languages[0])]
                    )
                ),
                7,
                color=QUIET,
            ),
        ],
        left,
        foot_top,
        right - left,
        height - EDGE - foot_top,
    )
    marks: list[Mark] = [
        Block(EDGE, EDGE, strip, height - 2 * EDGE, fill=contents.color(content), stroke="#1d1a15", line=0.1),
        *_code(content, right, EDGE, code),
    ]
    return _drawn(width, height, marks, head, foot)


def drawer_label(content: Content, width: float, height: float) -> Drawing:
    """For the front of a drawer: a large name, the animal's outline, and its place in time as a bar."""
    animal_width = 0.29 * width
    animal_height = animal_width * 0.55
    bar = time_bar(content, EDGE + 1, height - EDGE, width - 2 * EDGE - 2, 4.2)
    bar_top = height - EDGE - bar.height
    head = fit(
        [
            Paragraph(contents.name(content), 19, leading=1.08),
            _line(content.joined(contents.common_name), 13, color=QUIET, gap=0.05),
        ],
        EDGE + 1,
        EDGE,
        width - 2 * EDGE - 3 - animal_width,
        min(animal_height + 2, 0.4 * height),
    )
    middle = EDGE + max(head.height, animal_height) + 1
    code = min(17.0, bar_top - middle - 1) if content.link else 0.0
    body = fit(
        [
            _line(contents.number(content), 11, "bold"),
            _line(f"{content.joined(contents.intervals)}  {contents.ages(content)}", 9.5, gap=0.15),
            _line(content.joined(contents.rocks), 8.5),
            *_lines(content.each(contents.place), 8.5),
            _line(content.joined(contents.type_status), 8.5, color=QUIET),
        ],
        EDGE + 1,
        middle,
        width - 2 * EDGE - 2 - (code + _QUIET_ZONE if code else 0),
        bar_top - middle - 0.8,
    )
    marks: list[Mark] = [
        Shape(width - EDGE - 1 - animal_width, EDGE, animal_width / 200, contents.silhouette(content), "#3b352b"),
        *_code(content, width - EDGE - 1, middle, code),
        *bar.marks,
    ]
    return _drawn(width, height, marks, head, body)


def vial_label(content: Content, width: float, height: float) -> Drawing:
    """For a vial or a stub: number, name and age beside a QR code, in a sans serif for Chinese that stays legible when small."""
    edge = 1.0
    code = min(height - 2 * edge - 0.6, 12.0) if content.link else 0.0
    place = content.joined(contents.rocks) or content.joined(contents.place)
    text = fit(
        [
            _line(contents.number(content), 6.5, "bold"),
            Paragraph(contents.name(content), 6, leading=1.08),
            _line(content.joined(contents.intervals), 5),
            _line(place, 5),
        ],
        edge + 0.3,
        edge,
        width - 2 * edge - 0.3 - (code + 1.2 if code else 0),
        height - 2 * edge,
        chinese="sans",
        valign="middle",
    )
    return _drawn(width, height, list(_code(content, width - edge, (height - code) / 2, code)), text)


def exhibition_label(content: Content, width: float, height: float) -> Drawing:
    """To stand beside a mount: large, told in whole sentences, with the animal and its place in time."""
    edge = 9.0
    band = 5.0
    inner = width - 2 * edge
    animal = 0.3 * width
    top = edge + band
    bar = time_bar(content, edge, height - edge + 2, inner, 8.0, named=True)
    bar_top = height - edge + 2 - bar.height
    head = fit(
        [
            Paragraph(contents.name(content), 34, leading=1.08),
            _line(content.joined(contents.common_name), 24, gap=0.1, color=QUIET),
        ],
        edge,
        top,
        inner - animal - 4,
        0.3 * height,
    )
    middle = top + max(head.height, animal * 0.55) + 3
    code = min(20.0, bar_top - middle - 2) if content.link else 0.0
    told = content.each(contents.remarks)
    body = fit(
        [
            *_lines(
                [
                    f"{contents.intervals(content, one)} · {contents.years_ago(content, one)}"
                    for one in content.languages
                ],
                14,
                "bold",
            ),
            *_lines(told, 13, gap=0.5),
            *_lines(content.each(contents.place), 11, gap=0.5, color=QUIET),
            _line(
                " · ".join(filter(None, [contents.number(content), content.joined(contents.type_status)])),
                9,
                gap=0.3,
                color=QUIET,
            ),
        ],
        edge,
        middle,
        inner - (code + 5 if code else 0),
        bar_top - middle - 3,
    )
    marks: list[Mark] = [
        Block(0, 0, width, band, fill=contents.color(content)),
        Shape(width - edge - animal, top, animal / 200, contents.silhouette(content), "#3b352b"),
        *_code(content, width - edge, bar_top - 3 - code, code),
        *bar.marks,
    ]
    return _drawn(width, height, marks, head, body)


LAYOUTS = {
    layout.key: layout
    for layout in (
        Layout("box", message("Box"), 63, 40, (58, 25), box_label),
        Layout("drawer", message("Drawer"), 95, 56, (90, 48), drawer_label),
        Layout("vial", message("Vial"), 38, 14, (32, 12), vial_label),
        Layout("exhibition", message("Exhibition"), 180, 125, (140, 95), exhibition_label),
    )
}
"""All layouts by their key, in the order in which they are offered."""
