"""Zips that are the same for the same content, and the file that says how to cite."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CITATION = "CITATION.txt"
_LEVEL = 2
"""How hard to press: thrice as fast as the usual 6, and a fifth larger."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def entry(name: str) -> ZipInfo:
    """A file of a zip, without the time of writing and the system it was written on."""
    made = ZipInfo(name, _EPOCH)
    made.compress_type = ZIP_DEFLATED
    made._compresslevel = _LEVEL  # type: ignore[attr-defined]  # called compress_level from Python 3.13 on
    made.create_system = 3  # as on Unix, everywhere
    made.external_attr = 0o644 << 16
    return made


@contextmanager
def pressing(archive: ZipFile, name: str, *, force_zip64: bool = True) -> Iterator["Pressed"]:
    """A large file of a zip, pressed while the next part of it is made."""
    with archive.open(entry(name), "w", force_zip64=force_zip64) as file, ThreadPoolExecutor(1) as presser:
        pressed = Pressed(file, presser)
        yield pressed
        pressed.wait()


class Pressed:
    """Takes the parts of the file."""

    def __init__(self, file: IO[bytes], presser: ThreadPoolExecutor) -> None:
        self._file, self._presser = file, presser
        self._under_way: Future[int] | None = None

    def write(self, part: bytes) -> None:
        """Press a part, as soon as the one before it is."""
        self.wait()
        self._under_way = self._presser.submit(self._file.write, part)

    def wait(self) -> None:
        """Wait until all is pressed.

        Raises
        ------
        OSError
            When the disk is full.
        """
        if self._under_way is not None:
            self._under_way.result()
