"""What `meta.xml` says of a Darwin Core Archive: which files, how they are cut, and which column holds which term."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath
from xml.etree.ElementTree import Element

from catalogue.exchange.reading import encodings
from catalogue.exchange.reading.limits import MOST_COLUMNS
from catalogue.exchange.reading.lines import Layout
from catalogue.exchange.reading.markup import attributes, events, local
from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.exchange.reading.zips import Archive, part
from catalogue.messages import message

_ESCAPES = {r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\r\n": "\r\n", r"\\": "\\"}


@dataclass(frozen=True)
class Column:
    """A term of a table: its name, where it stands in the file (None when nowhere), and what stands for a blank."""

    name: str
    index: int | None
    default: str


@dataclass(frozen=True)
class TableOf:
    """The core or a further table of an archive.

    Parameters
    ----------
    row_type : str
        A web address, such as ``http://rs.tdwg.org/dwc/terms/Occurrence``.
    files : tuple of str
        Their places in the archive.
    headings_to_skip : int
        Lines of headings in each file.
    columns : tuple of Column
        In the order of `meta.xml`.
    key : int
        The place of the key among the columns.
    """

    row_type: str
    files: tuple[str, ...]
    layout: Layout
    headings_to_skip: int
    columns: tuple[Column, ...]
    key: int

    @property
    def kind(self) -> str:
        """The last word of the row type: ``Identification``."""
        return last_word(self.row_type)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The terms by their last words: ``catalogNumber``."""
        return tuple(column.name for column in self.columns)

    def in_order(self, record: Sequence[str]) -> list[str]:
        """The cells of a row of the file in the order of the columns."""
        width = len(record)
        return [
            (record[column.index] if column.index is not None and column.index < width else "") or column.default
            for column in self.columns
        ]


@dataclass(frozen=True)
class Description:
    """What an archive holds; `metadata` is the place of the file about the whole."""

    core: TableOf
    extensions: tuple[TableOf, ...]
    metadata: str


def last_word(address: str) -> str:
    """The last word of a web address: ``catalogNumber`` of ``http://rs.tdwg.org/dwc/terms/catalogNumber``."""
    return re.split(r"[/#:]", address.strip().rstrip("/#"))[-1]


def described(archive: Archive, meta: str) -> Description:
    """Read `meta.xml`.

    Raises
    ------
    UnreadableFile
        When it is damaged, describes no core, or names a file that is not there.
    """
    folder = meta.rpartition("/")[0]
    tables: list[tuple[str, TableOf]] = []
    metadata = ""
    for _, element in events(part(archive, meta)):
        kind = local(element.tag)
        if kind in {"core", "extension"}:
            tables.append((kind, _table(archive, folder, element, kind)))
        elif kind in {"archive", "starArchive"}:
            metadata = _within(folder, attributes(element).get("metadata", "eml.xml"))
    cores = [table for kind, table in tables if kind == "core"]
    if len(cores) != 1:
        raise UnreadableFile(
            message(
                "The meta.xml of this Darwin Core Archive describes {count} cores instead of one.", count=len(cores)
            )
        )
    return Description(cores[0], tuple(table for kind, table in tables if kind == "extension"), metadata)


def _table(archive: Archive, folder: str, element: Element, kind: str) -> TableOf:
    given = attributes(element)
    files = tuple(
        _file(archive, folder, (location.text or "").strip())
        for location in element.iter()
        if local(location.tag) == "location"
    )
    if not files:
        raise UnreadableFile(message("The meta.xml of this Darwin Core Archive names no file for a table."))
    columns, key = _columns(element, "id" if kind == "core" else "coreid")
    skipped = _whole_number(given.get("ignoreHeaderLines", "0")) or 0
    return TableOf(given.get("rowType", ""), files, _layout(given), min(skipped, 100), columns, key)


def _file(archive: Archive, folder: str, location: str) -> str:
    place = _within(folder, location)
    if place not in archive.namelist():
        raise UnreadableFile(
            message("The meta.xml of this Darwin Core Archive names “{file}”, which is not in it.", file=location[:100])
        )
    return place


def _within(folder: str, location: str) -> str:
    """A place in the archive; one that leads out of it is found nowhere."""
    return normpath(f"{folder}/{location}" if folder else location)


def _columns(element: Element, key_name: str) -> tuple[tuple[Column, ...], int]:
    keys = [attributes(one).get("index", "") for one in element if local(one.tag) == key_name]
    key_index = _whole_number(keys[0]) if keys else 0
    columns = [_column(attributes(one)) for one in element if local(one.tag) == "field"]
    if len(columns) > MOST_COLUMNS:
        raise UnreadableFile(
            message("The meta.xml of this Darwin Core Archive describes {count} columns.", count=len(columns))
        )
    place = next((place for place, column in enumerate(columns) if column.index == key_index), None)
    if place is None:
        columns.insert(0, Column(key_name, key_index, ""))
        place = 0
    return tuple(columns), place


def _column(given: Mapping[str, str]) -> Column:
    return Column(last_word(given.get("term", "")), _whole_number(given.get("index", "")), given.get("default", ""))


def _whole_number(written: str) -> int | None:
    written = written.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None


def _layout(given: Mapping[str, str]) -> Layout:
    delimiter = _unescaped(given.get("fieldsTerminatedBy", ","))
    quote = _unescaped(given.get("fieldsEnclosedBy", '"'))
    if len(delimiter) != 1 or delimiter in "\r\n" or len(quote) > 1 or quote in {"\r", "\n", delimiter}:
        raise UnreadableFile(
            message(
                "The meta.xml of this Darwin Core Archive parts cells with “{delimiter}”; one character is needed, and another than around the cells. Have it exported with tabs.",
                delimiter=delimiter[:10],
            )
        )
    return Layout(encodings.known(given.get("encoding") or "UTF-8"), 0, delimiter, quote)


def _unescaped(written: str) -> str:
    return _ESCAPES.get(written, written)
