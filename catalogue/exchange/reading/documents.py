"""OpenDocument spreadsheets (``.ods``): a sheet becomes a table of texts, read piece by piece.

What OpenDocument states once for many cells (``number-columns-repeated``) is written out within bounds; remarks pinned to cells are left out.

References
----------
OASIS 2021. Open Document Format for Office Applications (OpenDocument) Version 1.3, part 3.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import IO, TypeAlias
from xml.etree.ElementTree import Element

from catalogue.exchange.reading.limits import MOST_COLUMNS, MOST_ROWS_OF_A_SHEET
from catalogue.exchange.reading.markup import attributes, events, local
from catalogue.exchange.reading.numbers import plain_number
from catalogue.exchange.reading.sheets import Failed
from catalogue.exchange.reading.spool import Spool
from catalogue.exchange.reading.tables import Record, Table, UnreadableFile, refuse_wide
from catalogue.exchange.reading.tables import without_trailing_blanks as trimmed
from catalogue.exchange.reading.workbooks import Spooled, chosen, first_table, table_of
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
    failed: dict[str, Failed] = {}

    def records(name: str, rows: Iterable[_Row]) -> Iterator[Record]:
        failed[name] = []  # a sheet that was looked at before is read anew
        return _records(rows, failed[name])

    spooled = (
        Spooled(name, Spool().extend(records(name, _rows_of(archive, name)))) for name in chosen(sheets, hidden, sheet)
    )
    found = first_table(spooled, sheet, hidden, len(sheets))
    others = ((name, records(name, rows)) for name, rows in _each(archive) if name != found.name)
    return table_of(found, others, "ODS", sheets, hidden, failed)


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


_Row: TypeAlias = tuple[str, int, Element]
"""A row: the name of its sheet, its number there, and what is written in it."""


def _each(archive: Archive) -> Iterator[tuple[str, Iterator[_Row]]]:
    """The sheets with their rows, in one way through the file."""
    return groupby(_rows(part(archive, _CONTENT)), key=itemgetter(0))


def _rows_of(archive: Archive, wanted: str) -> Iterator[_Row]:
    for name, rows in _each(archive):
        if name == wanted:
            yield from rows
            return


def _rows(stream: IO[bytes]) -> Iterator[_Row]:
    number, name = 1, ""
    table: Element | None = None
    for event, element in events(stream, starts=True):
        kind = local(element.tag)
        if kind == "table":
            number, name, table = 1, attributes(element).get("name", ""), element
        elif kind == "table-row" and event == "end":
            yield name, number, element
            number += _times(element, "number-rows-repeated")
            element.clear()
            if table is not None:
                table.clear()  # rows that were read, forgotten


def _records(rows: Iterable[_Row], failed: Failed) -> Iterator[Record]:
    for _, number, element in rows:
        cells = trimmed(_cells(element))
        failed += ((number, text) for text in _errors(element, cells))
        refuse_wide(len(cells))
        yield from _repeated(number, cells, _times(element, "number-rows-repeated"))


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


def _errors(row: Element, cells: Sequence[str]) -> Iterator[str]:
    """What cells show whose formula failed."""
    if any(map(_like_an_error, cells)):
        for element in row:
            if _like_an_error(text := _text(element)) and attributes(element).get("value-type") == "error":
                yield text


def _like_an_error(text: str) -> bool:
    return text.startswith(("#", "Err:"))


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
