"""The report of a specimen: everything that is known about a record, on as many pages as it takes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalogue.labels import contents
from catalogue.labels.contents import Content
from catalogue.labels.lettering import Paragraph, Piece, Setting, fit
from catalogue.labels.marks import QUIET, Code, Drawing, Letters, Mark, Shape, Stroke
from catalogue.labels.particulars import Section, sections
from catalogue.labels.printing import PrintedPage
from catalogue.labels.sheets import PAPERS
from catalogue.labels.timebar import time_bar
from catalogue.messages import message
from catalogue.parts import Parts

_MARGIN = 18.0
_TERM = 46.0
_PAGE = message("Page {page} of {pages}")


def report(
    content: Content, parts: Parts | None = None, *, paper: str = "A4", more: Iterable[Section] = ()
) -> list[PrintedPage]:
    """The pages of a report.

    Parameters
    ----------
    content : Content
        The record, the languages and its link.
    parts : mapping
        The lists of the record that may be shown, by the names of `catalogue.parts.PARTS`.
    paper : str
        ``A4`` or ``Letter``.
    more : iterable of Section
        Further sections, for what is kept outside the record.

    Returns
    -------
    list of PrintedPage
    """
    flow = _Flow(*PAPERS[paper])
    _head(content, flow)
    *known, of_record = sections(content, parts)
    for section in (*known, *more, of_record):
        flow.heading(section.title)
        for term, text in section.lines:
            flow.row(term, text)
    return flow.pages(content)


class _Flow:
    """Lines poured onto pages, one below the other."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._bottom = height - _MARGIN - 6
        self._pages: list[list[Mark]] = [[]]
        self.y = _MARGIN

    @property
    def room(self) -> float:
        """Width between the margins in mm."""
        return self.width - 2 * _MARGIN

    def put(self, *marks: Mark) -> None:
        """Put marks on the page at their own places."""
        self._pages[-1].extend(marks)

    def heading(self, title: str) -> None:
        """A heading with a line, never alone at the foot of a page."""
        self.y += 4
        self._need(16)
        setting = fit([Paragraph((Piece(title, "bold"),), 12)], _MARGIN, self.y, self.room, 99)
        self.put(*setting.letters)
        self.y += setting.height + 0.6
        self.put(Stroke(_MARGIN, self.y, self.width - _MARGIN, self.y, 0.15, QUIET))
        self.y += 1.2

    def row(self, term: str, text: str) -> None:
        """A term and what is known, which may run over to the next page."""
        left = fit([Paragraph((Piece(term),), 9.5, color=QUIET)], _MARGIN, 0, _TERM - 3, 999)
        right = text_block(text, _MARGIN + _TERM, self.room - _TERM)
        self._need(min(max(left.height, right.height), 14))
        self.put(*(replace(one, y=one.y + self.y) for one in left.letters))
        after = self.y + left.height
        self._pour(right)
        self.y = max(self.y, after) + 0.9

    def _pour(self, setting: Setting) -> None:
        shift = self.y
        for letters in setting.letters:
            if letters.y + shift > self._bottom:
                self._turn()
                shift = self.y + 3.5 - letters.y
            self.put(replace(letters, y=letters.y + shift))
        self.y = shift + setting.height

    def _need(self, height: float) -> None:
        if self.y + height > self._bottom:
            self._turn()

    def _turn(self) -> None:
        self._pages.append([])
        self.y = _MARGIN

    def pages(self, content: Content) -> list[PrintedPage]:
        """The pages with their feet."""
        count = len(self._pages)
        printed = []
        for number, marks in enumerate(self._pages, start=1):
            words = content.say(replace(_PAGE, values={"page": number, "pages": count}), content.languages[0])
            known = contents.number(content) or content.specimen.verbatim_identification
            foot = self._foot(" · ".join(filter(None, (known, content.link))), words)
            drawing = Drawing(self.width, self.height, (*marks, *foot))
            printed.append(PrintedPage(self.width, self.height, [(0.0, 0.0, drawing)]))
        return printed

    def _foot(self, left: str, right: str) -> Iterator[Letters]:
        y = self.height - _MARGIN
        yield from fit([Paragraph((Piece(left),), 8, color=QUIET)], _MARGIN, y, self.room - 35, 8).letters
        yield from fit(
            [Paragraph((Piece(right),), 8, color=QUIET)], self.width - _MARGIN - 33, y, 33, 8, align="right"
        ).letters


def text_block(text: str, x: float, width: float) -> Setting:
    """Text in paragraphs, at 10 points, from the height 0."""
    return fit([Paragraph((Piece(line),), 10) for line in text.split("\n") if line.strip()], x, 0, width, float("inf"))


def _head(content: Content, flow: _Flow) -> None:
    """Name, animal, QR code, what is told about it, and its place in time."""
    code = 24.0 if content.link else 0.0
    animal = 44.0
    right = flow.width - _MARGIN
    name = fit(
        [
            Paragraph(contents.name(content), 26, leading=1.1),
            Paragraph((Piece(content.joined(contents.common_name)),), 15, color=QUIET),
            Paragraph((Piece(contents.number(content), "bold"),), 12, gap=0.3),
            Paragraph((Piece(content.joined(contents.type_status)),), 11, color=QUIET),
        ],
        _MARGIN,
        flow.y - 2,
        flow.room - code - animal - 8,
        60,
    )
    flow.put(
        *name.letters,
        Shape(right - code - 4 - animal, flow.y, animal / 200, contents.silhouette(content), "#3b352b"),
        *([Code(right - code, flow.y, code, content.link)] if code else []),
    )
    flow.y += max(name.height, code, animal * 0.55) + 2
    bar = time_bar(content, _MARGIN, 0, flow.room, 7, named=True)
    flow.y += bar.height
    flow.put(*(_moved(mark, flow.y) for mark in bar.marks))
    ages = [contents.years_ago(content, language) for language in content.languages]
    words = fit([Paragraph((Piece("  ".join(ages)),), 10.5)], _MARGIN, flow.y + 0.5, flow.room, 20)
    flow.put(*words.letters)
    flow.y += words.height + 1


def _moved(mark: Mark, down: float) -> Mark:
    if isinstance(mark, Stroke):
        return replace(mark, y1=mark.y1 + down, y2=mark.y2 + down)
    return replace(mark, y=mark.y + down)
