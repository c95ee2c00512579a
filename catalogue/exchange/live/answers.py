"""Answers that were fetched once, kept in the data folder, so that no question burdens the service twice.

Each answer is two files in the folder ``pbdb``: the table as it came, and what is known of it. They may be deleted at any time.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from catalogue.exchange.live.asking import Question
from catalogue.settings import settings

MOST_KEPT = 50
"""Answers that are kept; the oldest go first."""


@dataclass(frozen=True)
class Answer:
    """What the service answered.

    Parameters
    ----------
    found : int
        Records that it found.
    warnings : tuple of str
        What it had to say about the question, in its own words.
    fetched_at : str
        ISO 8601 in UTC.
    content : bytes
        The table, as a file of the service has it.
    is_kept : bool
        Whether it was fetched before, and not just now.
    """

    question: Question
    found: int
    warnings: tuple[str, ...]
    fetched_at: str
    content: bytes
    is_kept: bool = False

    @property
    def age_seconds(self) -> float:
        """How long ago it was fetched."""
        return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(self.fetched_at)).total_seconds())


def folder() -> Path:
    """Where the answers lie."""
    return settings().data_dir / "pbdb"


def kept(address: str, question: Question) -> Answer | None:
    """The answer to a question that was asked before; None when there is none, or its files are not whole."""
    place = folder() / _key(address, question)
    try:
        told = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
        content = place.with_suffix(".csv").read_bytes()
        if told["sha256"] != sha256(content).hexdigest():
            return None
        datetime.fromisoformat(told["fetched_at"])
        return Answer(question, int(told["found"]), tuple(told["warnings"]), told["fetched_at"], content, is_kept=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(address: str, question: Question, found: int, warnings: tuple[str, ...], content: bytes) -> Answer:
    """Keep an answer in place of an older one to the same question."""
    fetched_at = datetime.now(UTC).isoformat(timespec="seconds")
    told = {
        "question": asdict(question),
        "address": address,
        "found": found,
        "warnings": list(warnings),
        "fetched_at": fetched_at,
        "sha256": sha256(content).hexdigest(),
    }
    place = folder() / _key(address, question)
    place.parent.mkdir(parents=True, exist_ok=True)
    _write(place.with_suffix(".csv"), content)
    _write(place.with_suffix(".json"), json.dumps(told, ensure_ascii=False, indent=1).encode())
    _forget_oldest()
    return Answer(question, found, warnings, fetched_at, content)


def _key(address: str, question: Question) -> str:
    return sha256(json.dumps([address, asdict(question)], sort_keys=True).encode()).hexdigest()


def _write(place: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_oldest() -> None:
    oldest = sorted(folder().glob("*.json"), key=lambda place: place.stat().st_mtime)[:-MOST_KEPT]
    for place in oldest:
        place.unlink(missing_ok=True)
        place.with_suffix(".csv").unlink(missing_ok=True)
