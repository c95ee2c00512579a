"""A second process that prepares rows of a large table, so that two processors work where one would.

The helper (`catalogue.exchange.helper`) is told once what the table is, gets some rows at a time, and offers what each makes if it is new.
This process judges the rows in their order, and prepares some itself while the helper is busy. A small table is not worth a process.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from catalogue.exchange.preparing import Offers, Prepared, Preparer
from catalogue.exchange.reading import Row, Table
from catalogue.faults import NotWritten
from catalogue.holding import batches
from catalogue.messages import message

FROM_ROWS = 15_000
"""Rows from which on a helper is worth its start, which takes as long as judging half of them."""
_LOOK = 1
"""Batches after which we know whether the rows are new."""
_SENT = 4
"""Batches that lie with the helper: one in work, and the next ones, so that it need not wait while we look at some ourselves."""
_AHEAD = 12
"""Batches that are prepared before their turn, while the helper has one that comes before them."""
_PIPE = 2**20
"""Bytes that lie in a pipe, where the system lets us choose."""
_ROOT = Path(__file__).resolve().parents[2]


def prepared_batches(
    table: Table, preparer: Preparer, size: int, *, is_worth_it: Callable[[], bool]
) -> Generator[list[Prepared], None, None]:
    """The rows of a table in their order, prepared, some at a time.

    Parameters
    ----------
    is_worth_it : callable
        Whether rows are mostly new just now; what a helper offers is of use for such rows alone.

    Raises
    ------
    NotWritten
        When the helper ended before its time.
    """
    going = batches(table.rows, size)
    if len(table.rows) >= FROM_ROWS and (os.cpu_count() or 1) > 1:
        for batch in islice(going, _LOOK):
            yield preparer.drafted(batch)
        helper = _helper(table, preparer) if is_worth_it() else None
        if helper is not None:
            with closing(helper):
                yield from _shared(going, preparer, helper, is_worth_it)
    for batch in going:
        yield preparer.drafted(batch)


def _shared(
    going: Iterator[Sequence[Row]], preparer: Preparer, helper: "Helper", is_worth_it: Callable[[], bool]
) -> Iterator[list[Prepared]]:
    ahead: deque[list[Prepared] | None] = deque()  # None where the helper has the batch
    while True:
        while helper.has_time and is_worth_it() and len(ahead) < _AHEAD and (batch := next(going, None)):
            helper.send(batch)
            ahead.append(None)
        if ahead and (ahead[0] is not None or helper.has_answered):
            yield ahead.popleft() or helper.answer()
        elif len(ahead) < _AHEAD and (batch := next(going, None)):
            ahead.append(preparer.drafted(batch))
        elif ahead:
            yield ahead.popleft() or helper.answer()
        else:
            return


def _helper(table: Table, preparer: Preparer) -> "Helper | None":
    """A helper; None where the format of the table cannot be handed over, or no process can be had."""
    try:
        return Helper(pickle.dumps((preparer.handed_over(), table.headings), pickle.HIGHEST_PROTOCOL))
    except (pickle.PicklingError, AttributeError, TypeError, OSError):
        return None


class Helper:
    """The process, and the two threads that carry to it and fetch from it, so that neither side waits for the other's pipe.

    Parameters
    ----------
    begin : bytes
        What it is told at its start.
    """

    def __init__(self, begin: bytes) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "catalogue.exchange.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
            pipesize=_PIPE,
        )
        self._with_it: deque[list[Row]] = deque()
        self._outgoing: SimpleQueue[bytes | None] = SimpleQueue()
        self._incoming: SimpleQueue[bytes] = SimpleQueue()
        self._is_up = False
        self._threads = [Thread(target=self._carry, daemon=True), Thread(target=self._fetch, daemon=True)]
        self._outgoing.put(begin)
        for thread in self._threads:
            thread.start()

    @property
    def has_time(self) -> bool:
        """Whether it takes another batch; not before it is up, for until then we are quicker alone, and so if it never comes up."""
        if not self._is_up:
            with suppress(Empty):
                self._is_up = bool(self._incoming.get_nowait())
        return self._is_up and len(self._with_it) < _SENT

    @property
    def has_answered(self) -> bool:
        """Whether the next answer is there."""
        return not self._incoming.empty()

    def send(self, rows: Sequence[Row]) -> None:
        """Give it some rows."""
        self._with_it.append(list(rows))
        told = [(row.number, row.written, row.surplus, row.extensions) for row in rows]
        self._outgoing.put(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))

    def answer(self) -> list[Prepared]:
        """What it offers for the rows that it was given first; waits for that.

        Raises
        ------
        NotWritten
            When it ended before its time.
        """
        said = self._incoming.get()
        if not said:
            raise NotWritten(
                message(
                    "A part of the program that reads the file was ended from outside, perhaps for want of memory. Nothing was changed. Try again."
                )
            )
        offers = Offers(*pickle.loads(said))  # noqa: S301  our own process
        return [
            Prepared(row, offer=offer) for row, offer in zip(self._with_it.popleft(), offers.unpacked(), strict=True)
        ]

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _carry(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            while (said := self._outgoing.get()) is not None:
                put(pipe, said)
        except (OSError, ValueError):
            pass  # it ended; that is told where its answer is missed

    def _fetch(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        try:
            while said := got(pipe):
                self._incoming.put(said)
        finally:
            self._incoming.put(b"")


def put(pipe: IO[bytes], said: bytes) -> None:
    """Write something into a pipe, with its length before it."""
    pipe.write(len(said).to_bytes(8, "big") + said)
    pipe.flush()


def got(pipe: IO[bytes]) -> bytes:
    """What the other side put into a pipe; nothing when it ended."""
    length = int.from_bytes(pipe.read(8), "big")
    said = pipe.read(length) if length else b""
    return said if len(said) == length else b""
