"""Sheets of labels: paper, where each label lies on it to a tenth of a millimetre, and marks to cut along.

Sheets to cut carry a layout at its own size; those of ready-made stickers have the measures their makers state, and the
layout takes the size of the sticker. All are centred on their paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.labels.layouts import Layout
from catalogue.labels.marks import Drawing, Mark, Stroke
from catalogue.labels.printing import PrintedPage
from catalogue.messages import Message, message

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in mm."""

_MARGIN = 10.0
_MARK, _MARK_OFF = 4.0, 1.0
_GREY = "#8b8478"

MOST_COPIES = 50


@dataclass(frozen=True)
class Sheet:
    """How labels lie on a sheet; all lengths in mm.

    Parameters
    ----------
    key : str
        As in the address of the screen.
    title : Message
    paper : str
        ``A4`` or ``Letter``.
    label_width, label_height : float
    columns, rows : int
    gap_x, gap_y : float
        Between labels.
    to_cut : bool
        Whether it is plain paper with marks to cut along.
    """

    key: str
    title: Message
    paper: str
    label_width: float
    label_height: float
    columns: int
    rows: int
    gap_x: float = 0.0
    gap_y: float = 0.0
    to_cut: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return PAPERS[self.paper]

    @property
    def places(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """From the edge of the paper to the first label."""
        return (self.size[0] - self.columns * self.label_width - (self.columns - 1) * self.gap_x) / 2

    @property
    def top(self) -> float:
        """From the upper edge of the paper to the first label."""
        return (self.size[1] - self.rows * self.label_height - (self.rows - 1) * self.gap_y) / 2

    def place(self, number: int) -> tuple[float, float]:
        """Top left corner of a label, counted from 0 along the rows."""
        row, column = divmod(number, self.columns)
        return (
            self.left + column * (self.label_width + self.gap_x),
            self.top + row * (self.label_height + self.gap_y),
        )


def _sheet_to_cut(layout: Layout, paper: str) -> Sheet:
    width, height = PAPERS[paper]
    columns, rows = (
        int((room - 2 * _MARGIN) // length) for room, length in ((width, layout.width), (height, layout.height))
    )
    title = message(
        "{paper}, to cut: {width} × {height} mm", paper=paper, width=f"{layout.width:g}", height=f"{layout.height:g}"
    )
    return Sheet(f"{paper.lower()}-cut", title, paper, layout.width, layout.height, columns, rows, to_cut=True)


def _stickers(
    name: str, paper: str, size: tuple[float, float], grid: tuple[int, int], gap_x: float, gap_y: float = 0.0
) -> Sheet:
    title = message(
        "{paper}, stickers {width} × {height} mm ({count} a sheet, as Avery {name})",
        paper=paper,
        width=f"{size[0]:.1f}",
        height=f"{size[1]:.1f}",
        count=grid[0] * grid[1],
        name=name,
    )
    return Sheet(name.lower(), title, paper, *size, *grid, gap_x, gap_y)


_READY_MADE = (
    _stickers("L7160", "A4", (63.5, 38.1), (3, 7), 2.5),
    _stickers("L7165", "A4", (99.1, 67.7), (2, 4), 2.5),
    _stickers("L7651", "A4", (38.1, 21.2), (5, 13), 2.5),
    _stickers("5160", "Letter", (66.675, 25.4), (3, 10), 3.175),
)


def sheets_for(layout: Layout) -> dict[str, Sheet]:
    """The sheets on which a layout can be printed, by their key: to cut first, then the ready-made ones that are large enough.

    A sticker more than half again as large in both directions is left out; it is for a larger layout.
    """
    fitting = [
        sheet
        for sheet in _READY_MADE
        if layout.least[0] <= sheet.label_width <= 1.5 * layout.width
        and layout.least[1] <= sheet.label_height <= 1.55 * layout.height
    ]
    return {sheet.key: sheet for sheet in (*(_sheet_to_cut(layout, paper) for paper in PAPERS), *fitting)}


def sheets_needed(sheet: Sheet, labels: int, *, start: int = 1, copies: int = 1) -> int:
    """How many sheets a number of labels takes."""
    return -(-(start - 1 + labels * copies) // sheet.places) if labels else 0


def lay_out(sheet: Sheet, drawings: Sequence[Drawing], *, start: int = 1, copies: int = 1) -> list[PrintedPage]:
    """Put labels on sheets.

    Parameters
    ----------
    sheet : Sheet
    drawings : sequence of Drawing
    start : int
        The first place to use on the first sheet, from 1; those before it were used already.
    copies : int
        Of each label, side by side.

    Returns
    -------
    list of PrintedPage

    Raises
    ------
    ValueError
        When `start` is not a place of the sheet.
    """
    if not 1 <= start <= sheet.places:
        raise ValueError(f"The sheet has places 1 to {sheet.places}; {start} is none of them.")
    places = [drawing for drawing in drawings for _ in range(copies)]
    pages: list[PrintedPage] = []
    position = start - 1
    while places:
        here, places = places[: sheet.places - position], places[sheet.places - position :]
        placed = [(*sheet.place(position + index), drawing) for index, drawing in enumerate(here)]
        marks = [(0.0, 0.0, _cut_marks(sheet))] if sheet.to_cut else []
        pages.append(PrintedPage(*sheet.size, [*marks, *placed]))
        position = 0
    return pages


def _cut_marks(sheet: Sheet) -> Drawing:
    """Ticks in the margins at every cut, and small crosses where cuts meet."""
    width, height = sheet.size
    xs = [sheet.left + column * sheet.label_width for column in range(sheet.columns + 1)]
    ys = [sheet.top + row * sheet.label_height for row in range(sheet.rows + 1)]
    marks: list[Mark] = []
    for x in xs:
        marks.append(Stroke(x, ys[0] - _MARK_OFF - _MARK, x, ys[0] - _MARK_OFF, 0.1, _GREY))
        marks.append(Stroke(x, ys[-1] + _MARK_OFF, x, ys[-1] + _MARK_OFF + _MARK, 0.1, _GREY))
    for y in ys:
        marks.append(Stroke(xs[0] - _MARK_OFF - _MARK, y, xs[0] - _MARK_OFF, y, 0.1, _GREY))
        marks.append(Stroke(xs[-1] + _MARK_OFF, y, xs[-1] + _MARK_OFF + _MARK, y, 0.1, _GREY))
    for x in xs:
        for y in ys:
            marks.append(Stroke(x - 0.7, y, x + 0.7, y, 0.08, _GREY))
            marks.append(Stroke(x, y - 0.7, x, y + 0.7, 0.08, _GREY))
    return Drawing(width, height, tuple(marks))
