"""What kind of file it is, told by its content; its name may lie."""

import io
import re

from catalogue.exchange.reading import garbled
from catalogue.exchange.reading.darwin_core_archives import description_in, read_archive
from catalogue.exchange.reading.documents import read_document
from catalogue.exchange.reading.geopackages import read_geopackage
from catalogue.exchange.reading.json_lists import read_json
from catalogue.exchange.reading.kml import read_kml
from catalogue.exchange.reading.sources import Content, beginning, in_memory
from catalogue.exchange.reading.tables import Table, UnreadableFile
from catalogue.exchange.reading.text import read_text
from catalogue.exchange.reading.workbooks import read_workbook
from catalogue.exchange.reading.zips import Archive, opened, whole
from catalogue.messages import message

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TABLES = (
    ".csv",
    ".tsv",
    ".txt",
    ".tab",
    ".json",
    ".geojson",
    ".xlsx",
    ".xlsm",
    ".ods",
    ".zip",
    ".gpkg",
    ".kml",
    ".kmz",
)
_ABOUT = re.compile(r"(^|/)(__MACOSX/|\.[^./]|read.?me|licen[cs]e|rights\.txt|citations?\.txt)", re.IGNORECASE)
"""Files of a zip that are about the others."""
_DEEPEST = 3
"""Zips within zips."""


def read_table(
    content: Content, *, file_name: str = "", encoding: str = "", delimiter: str = "", sheet: str = ""
) -> Table:
    """Read a table.

    Parameters
    ----------
    content : Content
        All of a file, in memory or on the disk (`sources.chosen_on_disk`), where tables of text stay; or a table that was pasted, as UTF-8.
    file_name : str
        The name by which people know the file; it decides nothing, for names lie.
    encoding, delimiter : str
        Of a text, where a person knows better; found out where blank.
    sheet : str
        The sheet of a workbook or the layer of a GeoPackage; the first with something in it where blank.

    Raises
    ------
    UnreadableFile
        When it cannot be read; the message says what it is and what can be done.
    """
    return garbled.told(_read(content, encoding, delimiter, sheet, depth=1))


def _read(content: Content, encoding: str, delimiter: str, sheet: str, depth: int) -> Table:
    head = beginning(content, 4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_ZIP):
        return _in_zip(opened(in_memory(content)), encoding, delimiter, sheet, depth)
    if head.startswith(b"SQLite format 3\x00"):
        return read_geopackage(in_memory(content), sheet)
    if head.startswith(_OLE):
        raise _old_workbook(in_memory(content))
    if head.startswith(b"\x1f\x8b"):
        raise UnreadableFile(message("This file is packed with gzip (.gz). Unpack it and choose the file in it."))
    if head.startswith(b"%PDF"):
        raise UnreadableFile(
            message("This is a PDF, not a table. Export the table as CSV (UTF-8) and choose that file.")
        )
    if start.startswith(b"<"):
        return _in_markup(in_memory(content), start)
    if re.match(rb'\{\s*["}]|\[\s*[\[{\]]', start) and not (encoding or delimiter):
        return read_json(in_memory(content))
    return read_text(content, encoding=encoding, delimiter=delimiter)


def _in_zip(archive: Archive, encoding: str, delimiter: str, sheet: str, depth: int) -> Table:
    names = set(archive.namelist())
    meta = description_in(archive)
    if "xl/workbook.xml" in names:
        return read_workbook(archive, sheet)
    if "content.xml" in names and "mimetype" in names:
        return read_document(archive, sheet)
    if meta is not None:
        return read_archive(archive, meta)
    if {"word/document.xml", "ppt/presentation.xml", "Index/Document.iwa", "xl/workbook.bin"} & names:
        raise UnreadableFile(
            message(
                "This is no workbook that we can read. Save the table as .xlsx or CSV (UTF-8) and choose that file."
            )
        )
    tables = [name for name in archive.namelist() if name.lower().endswith(_TABLES) and not _ABOUT.search(name)]
    if len(tables) == 1 and depth < _DEEPEST:
        return _read(whole(archive, tables[0]), encoding, delimiter, sheet, depth + 1)
    if len(tables) > 1:
        raise UnreadableFile(
            message(
                "There are several tables in this zipped file: {names}. Unpack it and choose one of them.",
                names=", ".join(sorted(tables))[:300],
            )
        )
    raise UnreadableFile(message("There is no table in this zipped file that we can read."))


def _in_markup(content: bytes, start: bytes) -> Table:
    if re.search(rb"<(\w+:)?kml[\s>/]", start):
        return read_kml(io.BytesIO(content))
    if b"mso-application" in start or b"schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableFile(
            message("This is a workbook in an old form of XML. Save it as .xlsx or CSV (UTF-8) and choose that file.")
        )
    if re.search(rb"<(!doctype\s+html|html|head|body|table|meta|div)\b", start, re.IGNORECASE):
        raise UnreadableFile(
            message(
                "This is a page of the web, not a table, whatever the name of the file says. Save the table as CSV (UTF-8) and choose that file."
            )
        )
    raise UnreadableFile(
        message(
            "This is XML, but not KML. Of a Darwin Core Archive choose the whole zipped file; else save the table as CSV (UTF-8)."
        )
    )


def _old_workbook(content: bytes) -> UnreadableFile:
    if _ENCRYPTED in content:
        return UnreadableFile(
            message("This workbook is protected with a password. Save it without one and choose that file.")
        )
    return UnreadableFile(
        message("This is an old Excel workbook. Save it as .xlsx, or the table as CSV (UTF-8), and choose that file.")
    )
