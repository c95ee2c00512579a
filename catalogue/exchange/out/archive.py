"""Found records as a Darwin Core Archive, as GBIF takes it: ``occurrence.txt``, extensions, ``meta.xml`` and ``eml.xml`` in a zip.

Text files have tabs between cells and a line a row, UTF-8. The same records make the same file, byte for byte: rows are sorted by
their keys and the zip carries no time. The sites of withheld records are always made coarser.

References
----------
Wieczorek, J. et al. 2014. Darwin Core text guide. Biodiversity Information Standards (TDWG). http://rs.tdwg.org/dwc/terms/guides/text
"""

import tempfile
from array import array
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple
from zipfile import ZipFile

from catalogue.exchange.out.about import About, about
from catalogue.exchange.out.core import DEFAULTS, addresses, core_lines, flattened
from catalogue.exchange.out.eml import Extent, eml
from catalogue.exchange.out.extensions import EXTENSIONS, Extension
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.making import made
from catalogue.exchange.out.markup import attribute
from catalogue.exchange.out.terms import DWC
from catalogue.exchange.out.zipped import CITATION, entry, pressing
from catalogue.rights import VISITOR

CORE = "occurrence.txt"
_IN_MEMORY = 8_000_000
"""Bytes of an extension that are kept in memory before the disk is used."""


def write(found: Found, to: Path) -> None:
    """Write the archive of found records, whoever asks, as a visitor may see them."""
    found = replace(found, who=VISITOR, keys=_sorted(found))
    told, extent, newest = about(found, newest=""), Extent(), ""
    with ZipFile(to, "w") as archive, ExitStack() as stack:
        lists = [stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY)) for _ in EXTENSIONS]
        with pressing(archive, CORE) as core:
            core.write(_lines([[name.rpartition("/")[2] for name in addresses()]]))
            for piece in made(found, partial(_piece, told), lists=True):
                core.write(piece.core)
                extent.add(piece.extent)
                newest = max(newest, piece.newest)
                for rows, file in zip(piece.lists, lists, strict=True):
                    file.write(rows)
        told = replace(told, dated=newest[:10])
        filled = [(extension, file) for extension, file in zip(EXTENSIONS, lists, strict=True) if file.tell()]
        for extension, file in filled:
            _write_extension(archive, extension, file)
        for name, text in (
            ("meta.xml", meta([extension for extension, _ in filled])),
            ("eml.xml", eml(told, extent)),
            (CITATION, told.text()),
        ):
            archive.writestr(entry(name), text.encode())


class _Piece(NamedTuple):
    """What some records put into an archive: lines of its core and of each of `EXTENSIONS`, how far they reach and when they were changed last."""

    core: bytes
    lists: list[bytes]
    extent: Extent
    newest: str


def _piece(told: About, portion: Portion) -> _Piece:
    held, extent = portion.columns, Extent()
    extent.add_places(held["decimal_latitude"], held["decimal_longitude"])
    extent.add_ages(held["max_ma"], held["min_ma"])
    extent.add_groups(set(held["higher_classification"]))
    core = b"\n".join([*map(str.encode, core_lines(portion, told)), b""])
    lists = [_lines(_extension_rows(portion, one)) for one in EXTENSIONS]
    return _Piece(core, lists, extent, max(held["modified"]))


def meta(extensions: Sequence[Extension]) -> str:
    """The whole of ``meta.xml``: which files there are, and what each of their columns is."""
    form = 'encoding="UTF-8" fieldsTerminatedBy="\\t" linesTerminatedBy="\\n" fieldsEnclosedBy="" ignoreHeaderLines="1"'
    core = _fields(addresses())
    core += [
        f"    <field default={attribute(value)} term={attribute(DWC + name)}/>" for name, value in DEFAULTS.items()
    ]
    parts = ['<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">']
    parts += [f'  <core rowType="{DWC}Occurrence" {form}>', f"    <files><location>{CORE}</location></files>"]
    parts += ['    <id index="0"/>', *core, "  </core>"]
    for one in extensions:
        parts += [
            f'  <extension rowType="{one.row_type}" {form}>',
            f"    <files><location>{one.file}</location></files>",
        ]
        parts += ['    <coreid index="0"/>', *_fields(one.terms, first=1), "  </extension>"]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *parts, "</archive>", ""])


def _fields(terms: Sequence[str], first: int = 0) -> list[str]:
    return [f'    <field index="{index}" term={attribute(term)}/>' for index, term in enumerate(terms, first)]


def _sorted(found: Found) -> Sequence[int]:
    """The keys of the found records in the order of what they are called, which is that of code points in every database."""
    collation = 'COLLATE "C"' if found.connection.dialect.name == "postgresql" else ""
    in_order = found.connection.exec_driver_sql(f"SELECT id FROM specimens ORDER BY occurrence_id {collation}")  # noqa: S608
    assert in_order.cursor is not None
    wanted = bytearray(max(found.keys, default=0) + 1)  # a byte a key; a set takes sixty
    for key in found.keys:
        wanted[key] = True
    return array("q", (key for (key,) in iter(in_order.cursor.fetchone, None) if key < len(wanted) and wanted[key]))


def _extension_rows(portion: Portion, extension: Extension) -> Iterable[Sequence[str]]:
    for key in sorted({key for name in extension.lists for key in portion.parts.get(name, ())}):
        for name, cells in extension.lists.items():
            rows = (cells(key, place, part) for place, part in enumerate(portion.listed(name, key), 1))
            yield from ([key, *map(flattened, row)] for row in rows if row is not None)


def _write_extension(archive: ZipFile, extension: Extension, rows: IO[bytes]) -> None:
    rows.seek(0)
    with archive.open(entry(extension.file), "w", force_zip64=True) as file:
        file.write(_lines([["coreid", *(name.rpartition("/")[2] for name in extension.terms)]]))
        copyfileobj(rows, file)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    return "".join(["\t".join(row) + "\n" for row in rows]).encode()
