"""Which imports are under way, written down beside the database, so that the next start can say which one did not end.

What an import writes is one transaction: when the program is killed, nothing of it was kept. But the transaction takes its own traces
with it. So before it begins a small file is written in the data folder, and taken away when it has ended, well or not. A file that is
there although nobody holds it tells of an import that did not end, unless the book of imports knows the same file: then only
the taking away was missed.
"""

import json
import logging
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, select

from catalogue.rights import Person, require
from catalogue.settings import settings
from catalogue.tables import imports

if sys.platform != "win32":
    import fcntl

_FOLDER = "imports_under_way"
_TOLD_FOR = timedelta(days=30)
_log = logging.getLogger("bonebed")
_here: set[str] = set()
"""The files of this process."""


@dataclass(frozen=True)
class Begun:
    """An import that began.

    Parameters
    ----------
    begun : str
        When, ISO 8601 in UTC.
    made_by : str
        The login of the person.
    """

    file_name: str
    file_sha256: str
    made_by: str
    begun: str


@contextmanager
def written_down(who: Person, file_name: str, file_sha256: str) -> Iterator[None]:
    """While an import is under way; to be put around its transaction.

    A data folder that cannot be written to does not keep anybody from importing: then only the note is missing.
    """
    one = Begun(file_name, file_sha256, who.login, _now().isoformat(timespec="seconds"))
    file = _folder() / f"{uuid.uuid4().hex}.json"
    held: IO[str] | None = None
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        held = file.open("x", encoding="utf-8")  # held as long as the import lasts
        _lock(held)
        json.dump(asdict(one), held)
        held.flush()
        os.fsync(held.fileno())
    _here.add(file.name)
    try:
        yield
    finally:
        _here.discard(file.name)
        with suppress(OSError):
            file.unlink(missing_ok=True)
        if held is not None:
            with suppress(OSError):
                held.close()


def unfinished(connection: Connection, who: Person) -> list[Begun]:
    """The imports that began in the last thirty days and did not end; the newest first. Nothing of them was kept.

    Of one file the last time is told. Once the same file came in, its note is left out.

    Raises
    ------
    NotAllowed
        When the person may not see who changed what.
    """
    require(who, "see_history")
    return _unfinished(connection)


def forget(who: Person, one: Begun) -> None:
    """Take the note of an import that did not end away, once a person has seen it.

    Raises
    ------
    NotAllowed
        As for `unfinished`.
    """
    require(who, "see_history")
    for file in _folder().glob("*.json"):
        left = _left_behind(file)
        if left is not None and left.file_sha256 == one.file_sha256:
            with suppress(OSError):
                file.unlink(missing_ok=True)


def tell_log(connection: Connection) -> None:
    """Write a line into the log for each import that did not end; asked at each start."""
    for one in _unfinished(connection):
        _log.warning(
            "An import of %r by %s, begun %s, did not end; nothing of it was kept.",
            one.file_name,
            one.made_by or "–",
            one.begun,
        )


def _unfinished(connection: Connection) -> list[Begun]:
    left = [(file, one) for file in _folder().glob("*.json") if (one := _left_behind(file)) is not None]
    oldest = (_now() - _TOLD_FOR).isoformat(timespec="seconds")
    untold = [file for file, one in left if one.begun < oldest or _came_in(connection, one)]
    for file in untold:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    told = sorted((one for file, one in left if file not in untold), key=lambda one: one.begun)
    return sorted({one.file_sha256: one for one in told}.values(), key=lambda one: one.begun, reverse=True)


def _left_behind(file: Path) -> Begun | None:
    """What a file tells, when no import holds it."""
    if file.name in _here:
        return None
    try:
        with file.open("r+", encoding="utf-8") as held:
            _lock(held)
            return Begun(**json.load(held))
    except (OSError, ValueError, TypeError):
        return None


def _came_in(connection: Connection, one: Begun) -> bool:
    column = imports.c
    same = select(column.id).where(column.file_sha256 == one.file_sha256, column.imported_at >= one.begun)
    return connection.scalar(same.limit(1)) is not None


def _lock(held: IO[str]) -> None:
    """Hold a file for this process, until it ends or closes it; `OSError` when another process does."""
    if sys.platform != "win32":
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _folder() -> Path:
    return settings().data_dir / _FOLDER


def _now() -> datetime:
    return datetime.now(UTC)
