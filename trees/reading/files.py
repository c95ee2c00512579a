"""Read a file of trees, of characters or of ages, whatever its format: it is told by what stands in it, not by its name."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from catalogue.exchange.reading import UnreadableFile
from catalogue.exchange.reading.encodings import decode
from catalogue.messages import message
from trees.errors import TreeError
from trees.reading.ages import is_table_of_ages, read_ages
from trees.reading.doubts import doubts_of
from trees.reading.newick_file import read_newick_file
from trees.reading.nexus import read_nexus
from trees.reading.outcomes import ReadFile
from trees.reading.tnt import read_tnt
from trees.reading.traits import is_table_of_traits, read_traits
from trees.reading.xml import read_xml

_NEXUS = re.compile(r"(?:^|\n)\s*begin\s+[\w.]+\s*;|\n\s*#nexus")
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE\s+\w*xml\b|(?:\w+:)?(?:phyloxml|nexml)\b)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_OF_TNT = ("xread", "tread", "nstates", "mxram", "macro", "taxname", "dread")
_PACKED = {b"PK\x03\x04": "ZIP", b"\x1f\x8b": "GZIP", b"%PDF": "PDF", b"{\\rtf": "RTF", b"\xd0\xcf\x11\xe0": "DOC/XLS"}
_WIDE = {b"\xff\xfe", b"\xfe\xff"}
MOST_BYTES = 100 * 1024 * 1024
"""A larger file is refused; the largest published tree of birds has 400 KB."""


def read_file(path: Path) -> ReadFile:
    """Read a file.

    Raises
    ------
    TreeError
        When it cannot be opened, or holds nothing that is known.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TreeError(message("The file is larger than {most} MiB.", most=MOST_BYTES // 1024**2))
        return read_content(path.read_bytes())
    except OSError as error:
        raise TreeError(message("The file cannot be opened: {why}.", why=error.strerror or str(error))) from error


def read_content(content: bytes) -> ReadFile:
    """Read the bytes of a file; see `read_file`."""
    with _collecting_later():
        read = _read(content)
        if not (read.trees_found or read.matrices or read.ages or read.lost):
            raise TreeError(message("There is neither a tree nor a matrix in this {format} file.", format=read.format))
        return replace(read, doubts=(*read.doubts, *doubts_of(read.trees)))


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Let Python look for garbage afterwards: there is none while a tree grows, and looking doubles the time of a thousand trees."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read(content: bytes) -> ReadFile:
    if len(content) > MOST_BYTES:
        raise TreeError(message("The file is larger than {most} MiB.", most=MOST_BYTES // 1024**2))
    head = content[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith((b"<?xml", b"<phyloxml", b"<nex")):
        return read_xml(content)
    text = _decoded(content)
    if _XML.match(text):
        return read_xml(_DECLARATION.sub("", text).encode())  # UTF-16, or a comment comes first
    start = text.lstrip()[:2000].lower()
    if not start:
        raise TreeError(message("The file is empty."))
    if start.startswith("#nexus") or _NEXUS.search(start):
        return read_nexus(text)
    if start.startswith(_OF_TNT) or "\nxread" in text.lower():
        return read_tnt(text)
    if start[0] in "([#>":
        return read_newick_file(text.lstrip())
    if is_table_of_ages(text):
        table = read_ages(text)
        return ReadFile("table of ages", ages=table, mended=table.mended, lost=table.problems, doubts=table.doubts)
    if is_table_of_traits(text):
        return read_traits(text)
    if "(" in start and ";" in text and "<html" not in start:
        return read_newick_file(text.lstrip())
    raise TreeError(
        message("This is no file of trees that is known: Newick, NEXUS, TNT, phyloXML, NeXML or a table of ages.")
    )


def _decoded(content: bytes) -> str:
    """The text, in whatever encoding; UTF-8, UTF-16, GB18030 and Windows-1252 are told apart as in tables."""
    packed = next((what for start, what in _PACKED.items() if content.startswith(start)), None)
    if packed:
        raise TreeError(
            message("This is {what}, and no text. Unpack or export it, and choose the file of trees.", what=packed)
        )
    try:
        text, _, _ = decode(content.replace(b"\x00", b"") if content[:2] not in _WIDE else content)
    except UnreadableFile:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")  # files put together have several
