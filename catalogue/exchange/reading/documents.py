"""OpenDocument spreadsheets (``.ods``): a sheet becomes a table of texts, read piece by piece.

What OpenDocument states once for many cells (``number-columns-repeated``) is written out within bounds; remarks pinned to cells are left out.

References
----------
OASIS 2021. Open Document Format for Office Applications (OpenDocument) Version 1.3, part 3.
"""

from collections.abc import Iterator, Sequence
from typing import IO
from xml.etree.ElementTree import Element

from catalogue.exchange.reading.heading_rows import below_titles
from catalogue.exchange.reading.limits import MOST_COLUMNS, MOST_ROWS_OF_A_SHEET
from catalogue.exchange.reading.markup import attributes, events, local
from catalogue.exchange.reading.numbers import plain_number
from catalogue.exchange.reading.spool import Spool
from catalogue.exchange.reading.tables import Record, Table, UnreadableFile, refuse_wide, rows_below
from catalogue.exchange.reading.tables import without_trailing_blanks as trimmed
from catalogue.exchange.reading.workbooks import chosen, first_table
from catalogue.exchange.reading.zips import Archive, part, whole
from catalogue.messages import message

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


def read_document(archive: Archive, sheet: str = "") -> Table:
    """Read a sheet of an OpenDocument spreadsheet.

    Parameters
    ----------
    archive : Archive
        From `catalogue.exchange.reading.zips.opened`.
    sheet : str
        Which one; the first with a table on it that is not hidden where blank.

    Raises
    ------
    UnreadableFile
        When it is damaged, protected with a password, or has no such sheet.
    """
    if _MANIFEST in archive.namelist() and b"encryption-data" in whole(archive, _MANIFEST):
        raise UnreadableFile(
            message("This spreadsheet is protected with a password. Save it without one and choose that file.")
        )
    sheets, hidden = _sheets(part(archive, _CONTENT))
    return first_table(_tables(archive, sheets, hidden, sheet), sheet, len(sheets))


def _tables(archive: Archive, sheets: tuple[str, ...], hidden: tuple[str, ...], sheet: str) -> Iterator[Table]:
    for name in chosen(sheets, hidden, sheet):
        spool = Spool().extend(_records(part(archive, _CONTENT), name))
        if sheet or next(iter(spool), None) is not None:
            grid = rows_below(lambda spool=spool: below_titles(spool))  # type: ignore[misc]
            yield Table(
                "", False, "", grid.headings, grid.rows, "ODS", "", name, sheets, hidden, notes=grid.notes
            )  # fmt: skip


def _sheets(stream: IO[bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of all sheets, and of those that are hidden."""
    invisible: set[str] = set()
    sheets: dict[str, str] = {}
    style = ""
    for event, element in events(stream, starts=True):
        kind = local(element.tag)
        if event == "start":
            given = attributes(element)
            if kind == "style":
                style = given.get("name", "")
            elif kind == "table-properties" and given.get("display") == "false":
                invisible.add(style)
            elif kind == "table":
                sheets[given.get("name", "")] = given.get("style-name", "")
        elif kind in {"table-row", "table"}:
            element.clear()
    return tuple(sheets), tuple(name for name, style in sheets.items() if style in invisible)


def _records(stream: IO[bytes], wanted: str) -> Iterator[Record]:
    number, inside = 1, False
    table: Element | None = None
    for event, element in events(stream, starts=True):
        kind = local(element.tag)
        if kind == "table":
            if event == "end" and inside:
                return
            inside = event == "start" and attributes(element).get("name", "") == wanted
            table = element
        elif kind == "table-row" and event == "end":
            if inside:
                cells = trimmed(_cells(element))
                times = _times(element, "number-rows-repeated")
                refuse_wide(len(cells))
                yield from _repeated(number, cells, times)
                number += times
            element.clear()
            if table is not None:
                table.clear()  # rows that were read, forgotten


def _repeated(number: int, cells: Sequence[str], times: int) -> Iterator[Record]:
    if not cells:
        return
    for place in range(number, number + times):
        if place > MOST_ROWS_OF_A_SHEET:
            raise UnreadableFile(
                message("The table has more than {most} rows. Divide it into several files.", most=MOST_ROWS_OF_A_SHEET)
            )
        yield place, cells


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for element in row:
        if local(element.tag) not in {"table-cell", "covered-table-cell"}:
            continue
        text = _text(element)
        times = _times(element, "number-columns-repeated")
        if len(cells) + times > 2 * MOST_COLUMNS:
            if not text:  # the blank rest of a row
                break
            refuse_wide(len(cells) + times)
        cells += [text] * times
    return cells


def _times(element: Element, name: str) -> int:
    written = attributes(element).get(name, "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _text(cell: Element) -> str:
    """A cell as a person reads it; numbers and dates as they are kept, for how they are shown depends on the program."""
    given = attributes(cell)
    kind = given.get("value-type", "")
    if kind in {"float", "percentage", "currency"} and given.get("value"):
        return _number(given["value"])
    if kind == "date" and given.get("date-value"):
        return given["date-value"].removesuffix("T00:00:00")
    if kind == "boolean" and given.get("boolean-value"):
        return given["boolean-value"].upper()
    return "\n".join(_words(paragraph) for paragraph in cell if local(paragraph.tag) == "p")


def _number(written: str) -> str:
    try:
        return plain_number(float(written))
    except ValueError:
        return written


def _words(paragraph: Element) -> str:
    """The text of a paragraph; spaces and tabs are elements of their own."""
    if local(paragraph.tag) == "annotation":
        return ""
    words = [paragraph.text or ""]
    for element in paragraph:
        kind = local(element.tag)
        if kind == "s":
            words.append(" " * min(_times(element, "c"), 100))
        else:
            words.append({"tab": "\t", "line-break": "\n"}.get(kind) or _words(element))
        words.append(element.tail or "")
    return "".join(words)
