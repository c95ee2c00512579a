"""The door out: found records become a file, whole or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from zipfile import ZipFile

from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found
from catalogue.exchange.out.kinds import KINDS, Kind
from catalogue.exchange.out.zipped import CITATION, entry
from catalogue.messages import CatalogueError, message


class CannotWrite(CatalogueError):
    """A file cannot be written where it was wanted."""


@dataclass(frozen=True)
class Written:
    """What went into a file.

    Parameters
    ----------
    records : int
        How many records it holds.
    without_place : int
        How many were left out, for they have no coordinates.
    bytes : int
        Its size.
    """

    records: int
    without_place: int
    bytes: int


def write(found: Found, kind: str, to: Path, *, with_citation: bool = False) -> Written:
    """Write found records to a file of some kind. A file that was there is replaced only when the new one is complete.

    Parameters
    ----------
    kind : str
        One of `catalogue.exchange.out.kinds.KINDS`.
    with_citation : bool
        Whether to put the file into a zip, with citation and licence beside it.

    Raises
    ------
    CannotWrite
        When the folder is not there, may not be written to, or is full.
    """
    chosen = KINDS[kind]
    try:
        with _beside(to) as unfinished:
            chosen.write(found, unfinished)
            if with_citation:
                _put_beside_citation(found, chosen, unfinished)
            size = unfinished.stat().st_size
            unfinished.replace(to)
    except OSError as error:
        raise CannotWrite(message("{file} cannot be written: {why}.", file=to, why=error.strerror or error)) from error
    left_out = found.without_place if chosen.places_only else 0
    return Written(len(found) - left_out, left_out, size)


def content(found: Found, kind: str, *, with_citation: bool = False) -> bytes:
    """The same as bytes, for a download."""
    with tempfile.TemporaryDirectory(prefix="bonebed-") as folder:
        to = Path(folder) / "out"
        write(found, kind, to, with_citation=with_citation)
        return to.read_bytes()


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """An empty place in the same folder, so that the finished file can be moved in one step; gone when the work fails."""
    if to.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    with tempfile.TemporaryDirectory(prefix=".bonebed-", dir=to.parent) as folder:
        yield Path(folder) / to.name


def _put_beside_citation(found: Found, kind: Kind, file: Path) -> None:
    plain = file.rename(file.with_name("plain"))
    with ZipFile(file, "w") as bundle:
        with plain.open("rb") as source, bundle.open(entry(f"bonebed.{kind.suffix}"), "w", force_zip64=True) as target:
            copyfileobj(source, target)
        bundle.writestr(entry(CITATION), about(found).text())
