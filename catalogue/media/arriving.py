"""Many photographs that arrive together: files, a folder, or one zipped file, each read only when its turn comes.

Nothing is ever unpacked to the disk, so the name of a file in an archive leads nowhere; it is a name and no more.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catalogue.exchange.reading import UnreadableFile
from catalogue.exchange.reading.zips import Archive, opened, unpacking
from catalogue.media.kinds import RefusedFile
from catalogue.messages import message
from catalogue.settings import settings

MOST_PICTURES = 5_000
"""Files that are taken at once."""
_PASSED_OVER = frozenset({"__macosx", "@eadir"})
"""Folders in which systems keep notes of their own."""
_NOTES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Arrived:
    """One file that may be a photograph.

    Parameters
    ----------
    name : str
        Its name, with its folders.
    size : int
        In bytes, as stated.
    read : callable
        Gives the content.
    """

    name: str
    size: int
    read: Callable[[], bytes]

    def content(self) -> bytes:
        """All of it.

        Raises
        ------
        RefusedFile
            When it is larger than a photograph may be, or cannot be read.
        """
        most = settings().max_media_mb
        if self.size > most * 2**20:
            raise RefusedFile(message("The file is larger than {most} MiB (BONEBED_MAX_MEDIA_MB).", most=most))
        try:
            return self.read()
        except (OSError, UnreadableFile) as error:
            raise RefusedFile(message("The file cannot be read. Is it damaged, or was it moved?")) from error


def of_uploads(files: Iterable[tuple[str, bytes]]) -> list[Arrived]:
    """The files of an upload; those of zipped ones one by one.

    Raises
    ------
    UnreadableFile
        When a zipped file is damaged, protected, or would unpack to too much; also when there are too many.
    """
    found: list[Arrived] = []
    for name, content in files:
        if content.startswith(b"PK\x03\x04"):
            found += _of_archive(opened(content))
        else:
            found.append(Arrived(name, len(content), partial(bytes, content)))
    return _not_too_many(found)


def of_folder(folder: Path) -> list[Arrived]:
    """The files below a folder, in the order of their names; links that lead elsewhere are passed over.

    Raises
    ------
    UnreadableFile
        When it is no folder, or holds too many.
    """
    if not folder.is_dir():
        raise UnreadableFile(message("There is no folder “{folder}”.", folder=str(folder)))
    return _not_too_many(_below(folder))


def _below(folder: Path) -> Iterator[Arrived]:
    for inside, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_of_the_system(name))
        for name in sorted(names):
            file = Path(inside) / name
            if not _is_of_the_system(name) and file.is_file() and not file.is_symlink():
                yield Arrived(str(file.relative_to(folder)), file.stat().st_size, file.read_bytes)


def _of_archive(archive: Archive) -> list[Arrived]:
    return [
        Arrived(entry.filename, entry.file_size, partial(_unpacked, archive, entry.filename))
        for entry in archive.infolist()
        if not entry.is_dir() and not any(map(_is_of_the_system, entry.filename.replace("\\", "/").split("/")))
    ]


def _unpacked(archive: Archive, name: str) -> bytes:
    with unpacking():
        return archive.read(name)


def _is_of_the_system(name: str) -> bool:
    return name.casefold() in _PASSED_OVER | _NOTES or (name.startswith(".") and name not in {".", ".."})


def _not_too_many(found: Iterable[Arrived]) -> list[Arrived]:
    kept: list[Arrived] = []
    for one in found:
        if len(kept) == MOST_PICTURES:
            raise UnreadableFile(
                message("These are more than {most} files. Send them in several turns.", most=f"{MOST_PICTURES:,}")
            )
        kept.append(one)
    return kept
