"""Read a file of trees, of characters or of ages, whatever its format: it is told by what stands in it, not by its name."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalogue.messages import message
from trees.errors import TreeError
from trees.reading.ages import is_table_of_ages, read_ages
from trees.reading.newick_file import read_newick_file
from trees.reading.nexus import read_nexus
from trees.reading.outcomes import ReadFile
from trees.reading.tnt import read_tnt
from trees.reading.xml import read_xml

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
        return _read(content)


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
    start = text.lstrip()[:2000].lower()
    if not start:
        raise TreeError(message("The file is empty."))
    if start.startswith(("#nexus", "begin ")) or "\nbegin " in start:
        return read_nexus(text)
    if start.startswith(("xread", "tread", "nstates", "mxram", "macro", "taxname")) or "\nxread" in text.lower():
        return read_tnt(text)
    if start[0] in "([":
        return read_newick_file(text.lstrip())
    if is_table_of_ages(text):
        table = read_ages(text)
        return ReadFile("table of ages", ages=table, lost=table.problems, doubts=table.doubts)
    if "(" in start and ";" in text:
        return read_newick_file(text.lstrip())
    raise TreeError(
        message("This is no file of trees that is known: Newick, NEXUS, TNT, phyloXML, NeXML or a table of ages.")
    )


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
