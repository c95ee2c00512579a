"""Excel workbooks (``.xlsx``): one sheet becomes a table of texts, dates by ISO 8601.

openpyxl reads how the workbook is made up: its sheets, hidden or not, its number formats, its epoch (1900 or 1904). The sheet itself is
read by `catalogue.exchange.reading.sheets`.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from catalogue.exchange.reading.heading_rows import Merged, below_titles
from catalogue.exchange.reading.limits import LARGEST_PART
from catalogue.exchange.reading.list_sheets import (
    ListSheets,
    OtherSheets,
    headings_of,
    is_list_alone,
    is_list_of_ours,
    says_what_the_file_is,
)
from catalogue.exchange.reading.markup import harmless_beginning
from catalogue.exchange.reading.sheets import Failed, Sheet, shared_texts
from catalogue.exchange.reading.spool import Spool
from catalogue.exchange.reading.tables import Record, Table, UnreadableFile, rows_below
from catalogue.exchange.reading.zips import Archive, part
from catalogue.messages import Message, message

_SHEETS = "worksheets/"
"""The folder of the sheets, which are read as they go by; all else is kept in memory."""
_DAMAGED = message("The workbook is damaged. Open it in a spreadsheet, save it anew, and choose that file.")


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl's reader for what a workbook says of its sheets; the texts and the sheets are read in our quick way.

    Its archive takes no more memory than it says.
    """

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive.fp, read_only=True, data_only=True, keep_links=False)
        self.archive = archive
        self.read_manifest()
        self.read_workbook()
        apply_stylesheet(archive, self.wb)
        self.places: dict[str, str] = {}
        self.failed: dict[str, Failed] = {}
        hidden = []
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                self.places[sheet.name] = relation.target
                hidden += [sheet.name] * (sheet.state != "visible")
        self.hidden = tuple(hidden)

    def sheet(self, name: str) -> Sheet:
        """A sheet, to be read."""
        sheet = Sheet(name, self._texts, self.wb._date_formats, self.wb._timedelta_formats, self.wb.epoch)
        self.failed[name] = sheet.failed
        return sheet

    @cached_property
    def _texts(self) -> list[str]:
        """The texts to which cells refer."""
        named = self.package.find(SHARED_STRINGS)
        return [] if named is None else shared_texts(part(self.archive, named.PartName[1:]))


def read_workbook(archive: Archive, sheet: str = "") -> Table:
    """Read a sheet of a workbook.

    Parameters
    ----------
    archive : Archive
        From `catalogue.exchange.reading.zips.opened`.
    sheet : str
        Which one; the first with a table on it that is not hidden where blank.

    Raises
    ------
    UnreadableFile
        When the workbook is damaged, has no such sheet, or holds formulas without results.
    """
    if any(entry.file_size > LARGEST_PART and _SHEETS not in entry.filename for entry in archive.infolist()):
        raise UnreadableFile(message("The workbook holds more than {most} MB of text.", most=LARGEST_PART // 2**20))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            with part(archive, name) as stream:
                harmless_beginning(stream)  # whichever XML reader openpyxl finds installed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not keep, such as rules for filling in cells
        try:
            return _read(archive, _Reader(archive), sheet)
        except UnreadableFile:
            raise
        except Exception as error:  # the file decides what a damaged workbook raises within openpyxl
            raise UnreadableFile(_DAMAGED) from error


def _read(archive: Archive, reader: _Reader, wanted: str) -> Table:
    sheets = tuple(reader.places)

    def records(name: str, sheet: Sheet) -> Iterator[Record]:
        return sheet.records(part(archive, reader.places[name]))

    def spooled(name: str) -> "Spooled":
        sheet = reader.sheet(name)
        return Spooled(name, Spool().extend(records(name, sheet)), sheet.merged)

    found = first_table(map(spooled, chosen(sheets, reader.hidden, wanted)), wanted, reader.hidden, len(sheets))
    others = ((name, records(name, reader.sheet(name))) for name in sheets if name != found.name)
    return table_of(found, others, "XLSX", sheets, reader.hidden, reader.failed)


@dataclass(frozen=True)
class Spooled:
    """A sheet that was read."""

    name: str
    spool: Spool
    merged: Sequence[Merged] = ()

    def records(self) -> Iterator[Record]:
        """Its records from the headings on."""
        return below_titles(self.spool, self.merged)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Its headings; none where nothing is written on it."""
        _, cells = next(self.records(), (0, ()))
        return headings_of(cells)

    @property
    def may_hold_records(self) -> bool:
        """Whether it is no sheet of notes, no list of the records on another sheet, and not the one that says what the file is."""
        columns = self.headings
        is_table = len({*columns} - {""}) > 1
        return is_table and not is_list_alone(columns) and not says_what_the_file_is(columns, self.records())


def table_of(
    sheet: Spooled,
    others: OtherSheets,
    kind: str,
    sheets: tuple[str, ...],
    hidden: tuple[str, ...],
    failed: Mapping[str, Failed],
) -> Table:
    """A sheet as a table, its rows with what sheets of lists say of them."""
    lists = ListSheets(sheet.name, sheet.headings, others, hidden)
    grid = rows_below(lambda: lists.noted(sheet.records()), lists.of if lists.names else None)
    return Table(
        "",
        False,
        "",
        grid.headings,
        grid.rows,
        kind=kind,
        sheet=sheet.name,
        sheets=sheets,
        hidden_sheets=hidden,
        lists=lists.names,
        notes=(*grid.notes, *lists.notes(), *_told(failed, (sheet.name, *lists.names))),
        blank=grid.blank,
    )


def _told(failed: Mapping[str, Failed], sheets: Iterable[str]) -> Iterator[Message]:
    """What to say of formulas that failed on the sheets that are taken."""
    for name in sheets:
        if cells := failed.get(name):
            yield message(
                "Formulas that failed on the sheet “{sheet}”: {count}, the first in row {row} ({shown}). Mend them before you import.",
                sheet=name,
                count=len(cells),
                row=cells[0][0],
                shown=cells[0][1][:20],
            )


def first_table(read: Iterable[Spooled], wanted: str, hidden: Sequence[str], sheets: int) -> Spooled:
    """The first of some sheets with something in it; one that may not hold records only where no other is left.

    Raises
    ------
    UnreadableFile
        When nothing is written on any sheet, or nothing but lists as Bonebed writes them.
    """
    left: Spooled | None = None
    for sheet in read:
        if wanted:
            return sheet
        if sheet.may_hold_records:
            return sheet if left is None or sheet.name not in hidden else left
        left = left or (sheet if sheet.headings else None)
    if left is None:
        raise no_table(sheets)
    if is_list_of_ours(left.headings):
        raise UnreadableFile(
            message(
                "The sheet “{sheet}” is a list of records, and the sheet with the records themselves is missing. Export the workbook anew, or put that sheet back.",
                sheet=left.name,
            )
        )
    return left


def chosen(sheets: tuple[str, ...], hidden: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """The sheets in which a table is looked for, one after the other.

    Raises
    ------
    UnreadableFile
        When there is no sheet of the wanted name.
    """
    if wanted and wanted not in sheets:
        raise UnreadableFile(
            message(
                "There is no sheet “{wanted}”. There are: {sheets}.",
                wanted=wanted[:60],
                sheets=", ".join(sheets)[:500],
            )
        )
    return (wanted,) if wanted else tuple(sorted(sheets, key=hidden.__contains__))


def no_table(sheets: int) -> UnreadableFile:
    """What to say of a workbook in which nothing is written."""
    return UnreadableFile(
        message("The workbook is empty: nothing is written on any of its sheets ({count}).", count=sheets)
    )
