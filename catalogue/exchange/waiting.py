"""What waits while a table is judged, for the moment when all is kept; in a file, so that a million rows need little memory."""

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from catalogue.ready import InPack, Ready, Row, from_bytes, to_bytes
from catalogue.taking_over import Judgement

_IN_MEMORY = 4 * 2**20


@dataclass(frozen=True)
class Batch:
    """What is to be kept of some rows: records that are only to be written, and judgements that need more."""

    ready: Ready | None
    judgements: list[Judgement]

    def __len__(self) -> int:
        return len(self.judgements) + (len(self.ready.rows) if self.ready is not None else 0)


class News:
    """What waits to be kept, in the order of the rows; in a file of our own once it is much.

    The file has no name, so that the system takes it away however we end.
    """

    def __init__(self) -> None:
        self.count = 0
        self._batches: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def add(self, rows: Sequence[Row | InPack], judgements: list[Judgement]) -> None:
        """Put a batch in: rows of `catalogue.ready`, and judgements on others."""
        if not rows and not judgements:
            return
        self.count += len(rows) + len(judgements)
        batch = pickle.dumps((to_bytes(rows) if rows else b"", judgements), pickle.HIGHEST_PROTOCOL)
        self._size += len(batch)
        if self._file is None and self._size <= _IN_MEMORY:
            self._batches.append(batch)
            return
        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115  closed by `close`
        self._file.write(batch)

    def batches(self) -> Iterator[Batch]:
        """Take all out, as they were put in."""
        for batch in self._batches:
            yield _batch(pickle.loads(batch))  # noqa: S301  our own bytes
        if self._file is not None:
            self._file.seek(0)
            with suppress(EOFError):
                while True:
                    yield _batch(pickle.load(self._file))  # noqa: S301

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()


def _batch(held: tuple[bytes, list[Judgement]]) -> Batch:
    ready, judgements = held
    return Batch(from_bytes(ready) if ready else None, judgements)
