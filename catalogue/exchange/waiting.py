"""What waits while a table is judged: rows for others about the same record, and judgements for the moment when all is kept."""

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from catalogue.exchange.formats import Format
from catalogue.exchange.reading import Row, Table
from catalogue.taking_over import Judgement

_IN_MEMORY = 4 * 2**20


class News:
    """Judgements that wait to be kept, in the order of their rows; in a file of our own once they are many.

    The file has no name, so that the system takes it away however we end.
    """

    def __init__(self) -> None:
        self.count = 0
        self._batches: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def add(self, judgements: list[Judgement]) -> None:
        """Put a batch in."""
        if not judgements:
            return
        self.count += len(judgements)
        batch = pickle.dumps(judgements, protocol=pickle.HIGHEST_PROTOCOL)
        self._size += len(batch)
        if self._file is None and self._size <= _IN_MEMORY:
            self._batches.append(batch)
            return
        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115  closed by `close`
        self._file.write(batch)

    def batches(self) -> Iterator[list[Judgement]]:
        """Take all out, as they were put in."""
        for batch in self._batches:
            yield pickle.loads(batch)  # noqa: S301  our own bytes
        if self._file is not None:
            self._file.seek(0)
            with suppress(EOFError):
                while True:
                    yield pickle.load(self._file)  # noqa: S301

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()


class Together:
    """Brings rows that may be about one record together, where a format has such rows; all others pass one by one."""

    def __init__(self, table: Table, of: Format) -> None:
        self._key = of.same_record if of.identification is not None else None
        self._left: Counter[str] = Counter()
        self._waiting: dict[str, list[Row]] = {}
        if self._key is not None:
            counted = Counter(self._key(row.cells) for row in table.rows)
            self._left = Counter({key: count for key, count in counted.items() if count > 1 and key})

    def complete(self, row: Row) -> list[list[Row]]:
        """The groups that are complete with this row."""
        key = self._key(row.cells) if self._key is not None else ""
        if key not in self._left:
            return [[row]]
        waiting = self._waiting.setdefault(key, [])
        waiting.append(row)
        return [self._waiting.pop(key)] if len(waiting) == self._left[key] else []
