"""Text poured onto pages, one line below the other: headings, rows of terms, tables, and a foot with the number of the page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalogue.labels.lettering import Paragraph, Piece, Setting, fit
from catalogue.labels.marks import QUIET, Drawing, Letters, Mark, Stroke
from catalogue.labels.printing import PrintedPage
from catalogue.labels.typefaces import Style
from catalogue.messages import Message, message

MARGIN = 18.0
_TERM = 46.0
_GAP = 3.0
_LINE = 3.5


class Flow:
    """Pages that fill up from the top. Lengths in mm.

    Parameters
    ----------
    width, height : float
        Of the paper.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._bottom = height - MARGIN - 6
        self._pages: list[list[Mark]] = [[]]
        self.y = MARGIN
        self._on_new_page: Callable[[], None] | None = None

    @property
    def room(self) -> float:
        """Width between the margins in mm."""
        return self.width - 2 * MARGIN

    def put(self, *marks: Mark) -> None:
        """Put marks on the page at their own places."""
        self._pages[-1].extend(marks)

    def heading(self, title: str) -> None:
        """A heading with a line, never alone at the foot of a page."""
        self.y += 4
        self.need(16)
        setting = fit([Paragraph((Piece(title, "bold"),), 12)], MARGIN, self.y, self.room, 99)
        self.put(*setting.letters)
        self.y += setting.height + 0.6
        self.line()
        self.y += 1.2

    def line(self) -> None:
        """A line from margin to margin."""
        self.put(Stroke(MARGIN, self.y, self.width - MARGIN, self.y, 0.15, QUIET))

    def row(self, term: str, text: str) -> None:
        """A term and what is known, which may run over to the next page."""
        left = fit([Paragraph((Piece(term),), 9.5, color=QUIET)], MARGIN, 0, _TERM - 3, 999)
        right = text_block(text, MARGIN + _TERM, self.room - _TERM)
        self.need(min(max(left.height, right.height), 14))
        self.put(*(replace(one, y=one.y + self.y) for one in left.letters))
        after = self.y + left.height
        self.pour(right.letters, right.height)
        self.y = max(self.y, after) + 0.9

    def table(
        self, widths: Sequence[float], titles: Sequence[str], rows: Sequence[Sequence[Sequence[Paragraph]]]
    ) -> None:
        """A table whose headings come again at the top of each page; a row that fits onto a page is not parted.

        Parameters
        ----------
        widths : sequence of float
            Of the columns in mm, together at most `room`.
        titles : sequence of str
        rows : sequence of sequence of sequence of Paragraph
            The paragraphs of each cell of each row.
        """
        heads = [[Paragraph((Piece(title, "bold"),), 9)] for title in titles]

        def head() -> None:
            self._cells(widths, heads)

        self.need(24)
        head()
        self._on_new_page = head
        for row in rows:
            self._cells(widths, row)
        self._on_new_page = None

    def _cells(self, widths: Sequence[float], cells: Sequence[Sequence[Paragraph]]) -> None:
        left, letters, height = MARGIN, list[Letters](), 0.0
        for width, paragraphs in zip(widths, cells, strict=True):
            setting = fit(paragraphs, left, 0, width - _GAP, float("inf"))
            letters += setting.letters
            height = max(height, setting.height)
            left += width
        if height < self._bottom - MARGIN - 20:
            self.need(height + 1.2)
        self.pour(sorted(letters, key=lambda one: one.y), height)
        self.y += 0.8
        self.line()
        self.y += 1.2

    def pour(self, letters: Sequence[Letters], height: float) -> None:
        """Letters that stand below each other from the height 0, over as many pages as they take."""
        shift = self.y
        for one in letters:
            if one.y + shift > self._bottom:
                self._turn()
                shift = self.y + _LINE - one.y
            self.put(replace(one, y=one.y + shift))
        self.y = shift + height

    def need(self, height: float) -> None:
        """Go to the next page when there is less room than that."""
        if self.y + height > self._bottom:
            self._turn()

    def _turn(self) -> None:
        self._pages.append([])
        self.y = MARGIN
        if self._on_new_page is not None:
            again, self._on_new_page = self._on_new_page, None
            again()
            self._on_new_page = again

    def pages(self, foot: str, page_words: Callable[[int, int], str]) -> list[PrintedPage]:
        """The pages with their feet: on the left `foot`, on the right what `page_words` makes of its number and the count."""
        count = len(self._pages)
        printed = []
        for number, marks in enumerate(self._pages, start=1):
            below = self._foot(foot, page_words(number, count))
            drawing = Drawing(self.width, self.height, (*marks, *below))
            printed.append(PrintedPage(self.width, self.height, [(0.0, 0.0, drawing)]))
        return printed

    def _foot(self, left: str, right: str) -> Iterator[Letters]:
        y = self.height - MARGIN
        yield from fit([Paragraph((Piece(left),), 8, color=QUIET)], MARGIN, y, self.room - 35, 8).letters
        x = self.width - MARGIN - 33
        yield from fit([Paragraph((Piece(right),), 8, color=QUIET)], x, y, 33, 8, align="right").letters


def page_words(page: int, pages: int) -> Message:
    """The number of a page, and how many there are."""
    return message("Page {page} of {pages}", page=page, pages=pages)


def cell(text: str, size: float = 9, style: Style = "regular") -> list[Paragraph]:
    """The paragraphs of a cell: one for each line of a text."""
    return [Paragraph((Piece(line, style),), size) for line in text.split("\n") if line.strip()]


def text_block(text: str, x: float, width: float) -> Setting:
    """Text in paragraphs, at 10 points, from the height 0."""
    return fit([Paragraph((Piece(line),), 10) for line in text.split("\n") if line.strip()], x, 0, width, float("inf"))
