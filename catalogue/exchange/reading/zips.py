"""Zipped files of strangers: opened without unpacking to the disk, and refused when they would unpack to more than they should."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from catalogue.exchange.reading.limits import HIGHEST_RATIO, LARGEST_PART, LARGEST_UNPACKED, MOST_FILES, SMALL
from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.messages import message

_PIECE = 2**16
_DAMAGED = message("The zipped file is damaged or was cut off. Was it downloaded or copied completely?")


class Archive(zipfile.ZipFile):
    """A zipped file that takes no more memory than its list of contents says.

    Python unpacks a file whole before it compares its size with the list; here it goes bit by bit and stops there.
    """

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """A file of the archive in memory."""
        with self.open(name, pwd=pwd) as stream:
            return b"".join(iter(lambda: stream.read(_PIECE), b""))


def opened(content: bytes) -> Archive:
    """The archive, once its own list of contents promises no harm. What is unpacked is never more than that list says.

    Raises
    ------
    UnreadableFile
        When it is damaged, protected with a password, or unpacks to too much.
    """
    try:
        archive = Archive(io.BytesIO(content))
        entries = archive.infolist()
    except Exception as error:  # what a damaged list of contents raises is anybody's guess
        raise UnreadableFile(_DAMAGED) from error
    if len(entries) > MOST_FILES:
        raise UnreadableFile(
            message(
                "The zipped file holds {count} files; at most {most} are read.", count=len(entries), most=MOST_FILES
            )
        )
    whole = sum(entry.file_size for entry in entries)
    steep = any(entry.file_size > SMALL + HIGHEST_RATIO * entry.compress_size for entry in entries)
    if whole > LARGEST_UNPACKED or steep or whole > SMALL + HIGHEST_RATIO * len(content):
        raise UnreadableFile(
            message(
                "The zipped file would unpack to {size} MB, which no honest table of its size does. It was not unpacked.",
                size=whole // 2**20,
            )
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            message("This zipped file is protected with a password. Save it without one and choose that file.")
        )
    return archive


@contextmanager
def unpacking() -> Iterator[None]:
    """Say what a damaged archive raises in our words."""
    try:
        yield
    except UnreadableFile:
        raise
    except Exception as error:  # as above: zlib, struct, seeks to nowhere, what is not implemented, …
        raise UnreadableFile(_DAMAGED) from error


def part(archive: Archive, name: str) -> IO[bytes]:
    """A file of the archive, to be read bit by bit."""
    with unpacking():
        return archive.open(name)


def whole(archive: Archive, name: str) -> bytes:
    """A file of the archive in memory.

    Raises
    ------
    UnreadableFile
        When it is damaged or too large for that.
    """
    with unpacking():
        if archive.getinfo(name).file_size > LARGEST_PART:
            raise UnreadableFile(
                message(
                    "“{name}” in the zipped file is larger than {most} MB.", name=name[-60:], most=LARGEST_PART // 2**20
                )
            )
        return archive.read(name)
