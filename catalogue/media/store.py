"""Where photographs and scans lie: each under the SHA-256 of its content, so that it is kept once and cannot change unnoticed.

``media/ab/abcdef…`` is the file itself, ``media/ab/abcdef….320`` and ``….1280`` its small pictures. Nothing is ever overwritten or
deleted here: what was taken from a record can be brought back.
"""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from catalogue.media.kinds import CleanFile
from catalogue.settings import settings

_KEY = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    """The folder of the store."""
    return Path(settings().media_dir) if settings().media_dir else settings().data_dir / "media"


def keep(file: CleanFile) -> str:
    """Put a file and its small pictures into the store; returns its key, the SHA-256 of its content."""
    key = sha256(file.content).hexdigest()
    for side, picture in file.previews.items():
        _write(_place(key, side), picture)
    _write(_place(key), file.content)
    return key


def path_of(key: str, side: int | None = None) -> Path | None:
    """Where a file lies, or its small picture; None for what is no key and for what the store does not hold."""
    if not _KEY.fullmatch(key):
        return None
    place = _place(key, side)
    return place if place.is_file() else None


def _place(key: str, side: int | None = None) -> Path:
    return folder() / key[:2] / (key if side is None else f"{key}.{side}")


def _write(place: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, even when the power fails."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
