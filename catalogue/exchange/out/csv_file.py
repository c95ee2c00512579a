"""Found records as a CSV file: a line each, with the column names of Darwin Core."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from catalogue.exchange.out.cells import guarded
from catalogue.exchange.out.found import Found, MoreColumns, Portion
from catalogue.exchange.out.terms import COLUMNS

_LINE_END = "\r\n"
_QUOTED = (",", '"', "\r", "\n")


def csv_lines(portions: Iterable[Portion], more: MoreColumns | None = None) -> Iterator[str]:
    """The file, in portions.

    Parameters
    ----------
    portions : iterable of Portion
        The records, in the order of the lines.
    more : MoreColumns, optional
        Columns behind those of Darwin Core.

    Yields
    ------
    str
        Lines that end in CR LF. A cell that a spreadsheet would run as a formula is set behind an apostrophe.
    """
    yield ",".join([*COLUMNS, *(more.names if more else ())]) + _LINE_END
    for portion in portions:
        quoted = map(_quoted, [*guarded(portion), *(more.cells(portion) if more else ())])
        yield _LINE_END.join([*map(",".join, zip(*quoted, strict=True)), ""])


def write(found: Found, to: Path) -> None:
    """Write the file, UTF-8 without a byte order mark; the same records make the same file."""
    with to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(found.portions(), found.more))


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    """Cells as RFC 4180 wants them. Most columns hold nothing to quote, which one look at all their cells tells."""
    if not any(cells):
        return cells
    together = "\x00".join(cells)
    marks = [mark for mark in _QUOTED if mark in together]
    if not marks:
        return cells
    if len(marks) == 1:
        (mark,) = marks
        return [_in_quotes(cell) if mark in cell else cell for cell in cells]
    return [_in_quotes(cell) if any(mark in cell for mark in marks) else cell for cell in cells]


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
