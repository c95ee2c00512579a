"""Found records as a CSV file: a line each, with the column names of Darwin Core."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from catalogue.exchange.out.cells import STATED, ages, all_harmless, stated, without_blanks
from catalogue.exchange.out.found import Found, MoreColumns, Portion
from catalogue.exchange.out.making import made
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
    yield _heading(more)
    for portion in portions:
        yield _lines(portion, more)


def write(found: Found, to: Path) -> None:
    """Write the file, UTF-8 without a byte order mark; the same records make the same file."""
    with to.open("wb") as file:
        file.write(_heading(found.more).encode())
        file.writelines(made(found, partial(_encoded, more=found.more)))


def _heading(more: MoreColumns | None) -> str:
    return ",".join([*COLUMNS, *(more.names if more else ())]) + _LINE_END


def _lines(portion: Portion, more: MoreColumns | None) -> str:
    columns = [*map(_written, STATED, stated(portion)), list(map(_of_age, ages(portion)))]
    columns += map(_written, more.names, more.cells(portion)) if more else ()
    return _LINE_END.join([*map(",".join, zip(*without_blanks(columns, ","), strict=False)), ""])


def _encoded(portion: Portion, more: MoreColumns | None) -> bytes:
    return _lines(portion, more).encode()


@cache
def _of_age(names: tuple[str, ...]) -> str:
    """The cells of an age, which many records have alike."""
    return ",".join(_written("", names))


def _written(heading: str, cells: Sequence[str]) -> Sequence[str]:
    """Cells of a column as RFC 4180 wants them, harmless. Most columns hold nothing to change, which one look at all their cells tells."""
    if not any(cells):
        return cells
    together = "\x00".join(cells)
    cells = all_harmless(heading, cells, together)
    marks = [mark for mark in _QUOTED if mark in together]
    if not marks:
        return cells
    if len(marks) == 1:
        (mark,) = marks
        return [_in_quotes(cell) if mark in cell else cell for cell in cells]
    return [_in_quotes(cell) if any(mark in cell for mark in marks) else cell for cell in cells]


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
