"""Where the bytes of a file are: in memory, as after an upload, or on the disk, where they are read piece by piece whenever they are needed.

A file on the disk may be saved anew by somebody while it is read, several times over, for one import. What was read first would then not
fit what is read later; so its size and time are looked at whenever it is opened, and a file that changed is refused.
"""

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from catalogue.exchange.reading.limits import LARGEST_IN_MEMORY
from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.messages import message

Opened: TypeAlias = Callable[[], IO[bytes]]
"""Opens a file at its beginning, each time anew."""

_PIECE = 2**20


@dataclass(frozen=True)
class OnDisk:
    """A file on the disk, as it was when it was chosen.

    Parameters
    ----------
    size : int
        In bytes.
    state : tuple of int
        Which file it is on the disk, and when it was last written to.
    """

    path: Path
    size: int
    state: tuple[int, ...]

    def open(self) -> IO[bytes]:
        """The file at its beginning.

        Raises
        ------
        UnreadableFile
            When it is gone, or was written to since it was chosen.
        """
        try:
            stream = self.path.open("rb")
        except OSError as error:
            raise unopened(error) from error
        now = os.fstat(stream.fileno())
        if (now.st_size, _state(now)) != (self.size, self.state):
            stream.close()
            raise UnreadableFile(
                message(
                    "The file was changed while it was read. Nothing was kept; choose it again when it is complete."
                )
            )
        return stream


Content: TypeAlias = bytes | OnDisk
"""All of a file, wherever it is."""


def chosen_on_disk(path: Path) -> Content:
    """A file that somebody names; what can be read only once, such as a pipe, is read at once.

    Raises
    ------
    OSError
        When there is none, or it cannot be opened.
    """
    with path.open("rb") as stream:
        now = os.fstat(stream.fileno())
        return OnDisk(path, now.st_size, _state(now)) if stat.S_ISREG(now.st_mode) else stream.read()


def opener(content: Content) -> Opened:
    """What opens a file each time anew."""
    return content.open if isinstance(content, OnDisk) else lambda: io.BytesIO(content)


def size(content: Content) -> int:
    """Its bytes."""
    return content.size if isinstance(content, OnDisk) else len(content)


def pieces(content: Content) -> Iterator[bytes]:
    """The bytes, some at a time.

    Raises
    ------
    UnreadableFile
        When the file cannot be read.
    """
    with opener(content)() as stream:
        try:
            while piece := stream.read(_PIECE):
                yield piece
        except OSError as error:
            raise unopened(error) from error


def beginning(content: Content, most: int) -> bytes:
    """The first bytes."""
    with opener(content)() as stream:
        return stream.read(most)


def in_memory(content: Content) -> bytes:
    """All bytes at once, for those kinds of files that cannot be read otherwise.

    Raises
    ------
    UnreadableFile
        When they are too many.
    """
    if size(content) > LARGEST_IN_MEMORY:
        raise UnreadableFile(
            message(
                "A file of this kind may have {most} MB at most. Save the table as CSV (UTF-8), which may be of any size.",
                most=LARGEST_IN_MEMORY // 2**20,
            )
        )
    return b"".join(pieces(content)) if isinstance(content, OnDisk) else content


def digest(content: Content) -> str:
    """The SHA-256 by which the book of imports knows a file, as hexadecimal digits."""
    reckoned = hashlib.sha256()
    for piece in pieces(content):
        reckoned.update(piece)
    return reckoned.hexdigest()


def unopened(error: OSError) -> UnreadableFile:
    """What to say of a file that the system does not give."""
    return UnreadableFile(message("The file cannot be opened: {why}.", why=error.strerror))


def _state(now: os.stat_result) -> tuple[int, ...]:
    return now.st_dev, now.st_ino, now.st_mtime_ns
