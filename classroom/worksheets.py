"""Questions on paper: a worksheet to fill in, and the same with the answers, as pages to print."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from catalogue.colours import looks_dark
from catalogue.geological_time import AgeRange, timescale
from catalogue.labels.contents import outline
from catalogue.labels.flow import MARGIN, Flow, page_words
from catalogue.labels.lettering import Paragraph, Piece, fit
from catalogue.labels.marks import INK, QUIET, Block, Letters, Mark, Shape, Stroke, path_steps
from catalogue.labels.printing import PrintedPage
from catalogue.labels.sheets import PAPERS
from catalogue.labels.typefaces import Style
from catalogue.messages import Message, message
from classroom.questions import HIDDEN, LETTERS, MapFigure, OrderFigure, Question, TreeFigure
from maps.equal_earth import HEIGHT, WIDTH, land_path, projected, rim_path
from trees.layout import TIP, Place, lay_out

Pieces: TypeAlias = Callable[[str], list[tuple[str, bool]]]
"""Parts a text into pieces, each with whether it is the name of a genus."""
_LAND = "#d9cfb6"
_ROW = 7.0
_NAMES = 46.0
"""Room in mm for the names behind a tree."""
_MAP_WIDTH = 150.0
_DASH = 1.4
_ANIMAL, _SMALL_ANIMAL = 46.0, 17.0
"""Width in mm of the outline of an animal that is asked about, and of one in a list."""


def worksheet(
    questions: Sequence[Question],
    *,
    number: int,
    with_answers: bool,
    language: str,
    say: Callable[[Message], str],
    paper: str = "A4",
) -> list[PrintedPage]:
    """The pages of a worksheet.

    Parameters
    ----------
    questions : sequence of Question
        In the same language.
    number : int
        By which the same questions come back; printed at the foot.
    with_answers : bool
    language : str
    say : callable
        Translates a message.
    paper : str
        ``A4`` or ``Letter``.
    """
    flow = Flow(*PAPERS[paper])
    title = message("Answers") if with_answers else message("Worksheet")
    _words(flow, say(title), 20, "bold")
    if not with_answers:
        _words(flow, say(message("Name: {line}   Date: {short}", line="_" * 34, short="_" * 14)), 11)
    for place, question in enumerate(questions, start=1):
        _question(flow, place, question, with_answers, language, say)
    foot = say(message("Bonebed · questions number {number}", number=number))
    return flow.pages(foot, lambda page, pages: say(page_words(page, pages)))


def _question(
    flow: Flow, place: int, question: Question, with_answers: bool, language: str, say: Callable[[Message], str]
) -> None:
    figure = question.figure
    flow.need(30 + _height_of(figure))
    flow.y += 5
    write = partial(_words, flow, pieces_of=question.pieces)
    write(f"{place}. {question.asks}", 12, "bold")
    flow.y += 1
    if isinstance(figure, OrderFigure):
        _order(flow, question, figure, with_answers, language)
    elif isinstance(figure, TreeFigure):
        _tree(flow, figure, language)
    elif isinstance(figure, MapFigure):
        _map(flow, figure)
    else:
        flow.put(*_animal(question, question.asks, MARGIN + flow.room - _ANIMAL, flow.y - 3, _ANIMAL))
    if not isinstance(figure, OrderFigure):
        _choices(flow, question, with_answers)
    if with_answers:
        write(question.because, 10, color=QUIET)


def _height_of(figure: object) -> float:
    if isinstance(figure, TreeFigure):
        return _ROW * len(figure.dated.ranges) + 14
    return _MAP_WIDTH * HEIGHT / WIDTH + 4 if isinstance(figure, MapFigure) else 56.0


def _plain(text: str) -> list[tuple[str, bool]]:
    return [(text, False)]


def _paragraph(text: str, size: float, style: Style, color: str, pieces_of: Pieces) -> Paragraph:
    """A text in a style, and the names of genera in it in italics."""
    slanted: Style = "bold italic" if style == "bold" else "italic"
    pieces = tuple(Piece(part, slanted if is_name else style) for part, is_name in pieces_of(text))
    return Paragraph(pieces, size, color=color)


def _words(flow: Flow, text: str, size: float, style: Style = "regular", color: str = INK, pieces_of: Pieces = _plain) -> None:  # fmt: skip
    setting = fit([_paragraph(text, size, style, color, pieces_of)], MARGIN, 0, flow.room, 999)
    flow.need(setting.height)
    flow.put(*(replace(letters, y=letters.y + flow.y) for letters in setting.letters))
    flow.y += setting.height + 1.2


def _label(text: str, x: float, y: float, size: float, width: float = 60.0, style: Style = "regular", color: str = INK, pieces_of: Pieces = _plain) -> tuple[Letters, ...]:  # fmt: skip
    return fit([_paragraph(text, size, style, color, pieces_of)], x, y, width, 20).letters


def _animal(question: Question, text: str, x: float, y: float, width: float) -> Iterator[Mark]:
    """The outline of the animal that a text names; nothing where its kinship is not known. It has no colour, for that would tell its time."""
    if groups := question.groups_named_in(text):
        yield Shape(x, y, width / 200, outline(groups), QUIET)


def _choices(flow: Flow, question: Question, with_answers: bool) -> None:
    if question.choices == tuple(LETTERS):
        if not with_answers:
            flow.put(*_label("______", MARGIN, flow.y, 12))
        else:
            flow.put(*_label(question.choices[question.right], MARGIN, flow.y, 14, style="bold"))
        flow.y += 8
        return
    for number, choice in enumerate(question.choices):
        flow.need(8)
        right = with_answers and number == question.right
        flow.put(Block(MARGIN + 1, flow.y + 0.8, 3.6, 3.6, fill=INK if right else "", stroke=INK, line=0.3))
        style: Style = "bold" if right else "regular"
        flow.put(*_label(choice, MARGIN + 8, flow.y, 11, flow.room - 10, style, pieces_of=question.pieces))
        flow.y += 6.6


def _order(flow: Flow, question: Question, figure: OrderFigure, with_answers: bool, language: str) -> None:
    """The animals with boxes for their numbers, and a timescale on which to draw them."""
    oldest_first = sorted(figure.listed, key=lambda one: -one[1].max_ma)
    for one in figure.listed:
        flow.put(Block(MARGIN + 1, flow.y, 6.5, 6.5, stroke=INK, line=0.3))
        if with_answers:
            flow.put(*_label(str(oldest_first.index(one) + 1), MARGIN + 3, flow.y + 0.6, 12, style="bold"))
        flow.put(*_animal(question, one[0], MARGIN + 10, flow.y - 1.5, _SMALL_ANIMAL))
        flow.put(*_label(one[0], MARGIN + 13 + _SMALL_ANIMAL, flow.y + 0.8, 11.5, 120, pieces_of=question.pieces))
        flow.y += 11
    flow.y += 4 if not with_answers else 9
    spans = [span for _, span in oldest_first] if with_answers else []
    flow.put(*_timescale(MARGIN, flow.y, flow.room, AgeRange(252.0, 0.0), language))
    for number, span in enumerate(spans, start=1):
        left, right = (_x(age, AgeRange(252.0, 0.0), MARGIN, flow.room) for age in (span.max_ma, span.min_ma))
        flow.put(Block(left, flow.y - 2.4, max(right - left, 1.2), 1.8, fill=INK))
        flow.put(*_label(str(number), left, flow.y - 7.4, 9, style="bold"))
    flow.y += 15


def _x(age: float, span: AgeRange, left: float, width: float) -> float:
    return left + width * (span.max_ma - age) / (span.max_ma - span.min_ma)


def _timescale(left: float, top: float, width: float, span: AgeRange, language: str) -> Iterator[Mark]:
    for unit in timescale().of_rank("period", span):
        begins, ends = min(unit.span.max_ma, span.max_ma), max(unit.span.min_ma, span.min_ma)
        x, right = _x(begins, span, left, width), _x(ends, span, left, width)
        yield Block(x, top, right - x, 6, fill=unit.color, stroke=INK, line=0.1)
        ink = "#ffffff" if looks_dark(unit.color) else INK
        name = unit.label(language)
        if right - x > 2.2 * len(name.encode("gbk", "replace")):
            words = [Paragraph((Piece(name),), 9, color=ink)]
            yield from fit(words, x, top, right - x, 6, align="center", valign="middle").letters
    step = 50 if span.max_ma - span.min_ma > 120 else 20 if span.max_ma - span.min_ma > 40 else 5
    for age in range(0, int(span.max_ma) + 1, step):
        if age >= span.min_ma:
            x = _x(age, span, left, width)
            yield Stroke(x, top + 6, x, top + 7, 0.2, QUIET)
            yield from fit(
                [Paragraph((Piece(f"{age}"),), 7.5, color=QUIET)], x - 8, top + 7, 16, 9, align="center"
            ).letters


def _tree(flow: Flow, figure: TreeFigure, language: str) -> None:
    layout = lay_out(figure.dated)
    youngest = min(place.youngest for place in layout.places)
    span = AgeRange(figure.dated.root_age + 4, max(0.0, youngest - 2))
    width = flow.room - _NAMES
    top = flow.y

    def x(age: float) -> float:
        return _x(age, span, MARGIN, width)

    for place in layout.places:
        y = top + _ROW * (place.y + 0.5)
        if place.parent >= 0:
            above = layout.places[place.parent]
            flow.put(Stroke(x(above.age), top + _ROW * (above.y + 0.5), x(above.age), y, 0.35))
            flow.put(*_way(x(above.age), x(place.age), y, dashed=place.kind == TIP))
        if place.kind == TIP:
            flow.put(*_tip(place, x, y, span))
    flow.y = top + _ROW * layout.rows + 2
    flow.put(*_timescale(MARGIN, flow.y, width, span, language))
    flow.y += 14


def _way(x1: float, x2: float, y: float, *, dashed: bool) -> Iterator[Mark]:
    if not dashed:
        yield Stroke(x1, y, x2, y, 0.35)
        return
    for start in np.arange(x1, x2, 2 * _DASH):
        yield Stroke(float(start), y, min(float(start) + _DASH, x2), y, 0.35)


def _tip(place: Place, x: Callable[[float], float], y: float, span: AgeRange) -> Iterator[Mark]:
    begins, ends = x(place.age), max(x(max(place.youngest, span.min_ma)), x(place.age) + 0.8)
    yield Block(begins, y - 1.2, ends - begins, 2.4, fill=INK)
    hidden = place.name == HIDDEN
    if hidden:
        yield Block(ends + 1.5, y - 2.8, 34, 5.6, stroke=INK, line=0.3)
    yield from _label(place.name, ends + 2.5, y - 2.3, 10.5, 44, "bold" if hidden else "italic")


def _map(flow: Flow, figure: MapFigure) -> None:
    scale = _MAP_WIDTH / WIDTH
    left, top = MARGIN + (flow.room - _MAP_WIDTH) / 2, flow.y
    land = path_steps(land_path(figure.model, round(figure.age_ma)))
    flow.put(Shape(left, top, scale, path_steps(rim_path()), fill="#eef2f0"), Shape(left, top, scale, land, fill=_LAND))
    equator = projected(np.array([(-180.0, 0.0), (180.0, 0.0)])).tolist()
    flow.put(*(replace(dash, color=QUIET) for dash in _way(left + scale * equator[0][0], left + scale * equator[1][0], top + scale * equator[0][1], dashed=True) if isinstance(dash, Stroke)))  # fmt: skip
    for letter, longitude, latitude in figure.places:
        ((x, y),) = projected(np.array([(longitude, latitude)])).tolist()
        at = (left + scale * x, top + scale * y)
        flow.put(Block(at[0] - 2.6, at[1] - 2.6, 5.2, 5.2, fill="#ffffff", stroke=INK, line=0.4))
        flow.put(*fit([Paragraph((Piece(letter, "bold"),), 11)], at[0] - 2.6, at[1] - 2.6, 5.2, 5.2, align="center", valign="middle").letters)  # fmt: skip
    flow.y = top + _MAP_WIDTH * HEIGHT / WIDTH + 3
