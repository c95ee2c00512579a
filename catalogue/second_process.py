"""A second process that does a part of long work, so that two processors work where one would.

The work lies in pieces of which each can be done by itself. The other process is told once what to do, then gets some pieces ahead. This
one does some itself while the other is busy, and all that are left if the other does not come up, or ends before its time.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, Generic, Self, TypeAlias, TypeVar

Piece = TypeVar("Piece")
Made = TypeVar("Made")
Begin: TypeAlias = tuple[Callable[..., Callable[[Any], Any] | None], tuple[Any, ...]]

_SENT = 4
"""Pieces that lie with the other process: one in work, and the next ones, so that it need not wait while we do some ourselves."""
_AHEAD = 12
"""Pieces that are done before their turn, while the other process has one that comes before them."""
_PIPE = 2**20
"""Bytes that lie in a pipe, where the system lets us choose."""
_YOUNG = 20_000
"""New objects after which Python looks for those that hold each other; nearly all are gone by themselves."""
_ROOT = Path(__file__).resolve().parents[1]


def is_to_be_had() -> bool:
    """Whether there is a second processor, without which a second process only costs."""
    return (os.cpu_count() or 1) > 1


def shared(
    pieces: Iterator[Piece], second: "SecondProcess[Piece, Made]", *, is_worth_it: Callable[[], bool] = lambda: True
) -> Generator[Made, None, None]:
    """What is made of pieces, in their order, by whichever process has time.

    Parameters
    ----------
    second : SecondProcess
        Ended when this is.
    is_worth_it : callable
        Whether to give the other process more pieces just now.
    """
    ahead: deque[Made | None] = deque()  # None where the other process has the piece
    with closing(second):
        while True:
            while second.has_time and is_worth_it() and len(ahead) < _AHEAD and (piece := next(pieces, None)):
                second.send(piece)
                ahead.append(None)
            is_ready = bool(ahead) and (ahead[0] is not None or second.has_answered)
            if not is_ready and len(ahead) < _AHEAD and (piece := next(pieces, None)):
                ahead.append(second.alone(piece))
            elif ahead:
                made = ahead.popleft()
                yield second.answer() if made is None else made
            else:
                return


class SecondProcess(Generic[Piece, Made]):
    """The process, and the two threads that carry to it and fetch from it, so that neither side waits for the other's pipe.

    Parameters
    ----------
    begin : tuple
        A function and what it is called with over there; it returns the function that answers, or None when it cannot help.
    alone : callable
        Does a piece in this process.
    sent : callable
        What is handed over of a piece.
    received : callable
        Makes of a piece and what was answered what `alone` would have made of it.
    """

    def __init__(
        self,
        begin: Begin,
        *,
        alone: Callable[[Piece], Made],
        sent: Callable[[Piece], Any],
        received: Callable[[Piece, Any], Made],
    ) -> None:
        self.alone, self._sent, self._received = alone, sent, received
        told = _packed(begin)
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))},
        )
        for pipe in (self._process.stdin, self._process.stdout):
            _widen(pipe)
        self._with_it: deque[Piece] = deque()
        self._outgoing: SimpleQueue[bytes | None] = SimpleQueue()
        self._incoming: SimpleQueue[bytes] = SimpleQueue()
        self._is_up = self._is_gone = False
        self._threads = [Thread(target=self._carry, daemon=True), Thread(target=self._fetch, daemon=True)]
        self._outgoing.put(told)
        for thread in self._threads:
            thread.start()

    @classmethod
    def if_possible(cls, begin: Begin, **how: Any) -> Self | None:
        """The process; None where `begin` cannot be handed over, or no process can be had."""
        try:
            return cls(begin, **how)
        except (pickle.PicklingError, AttributeError, TypeError, OSError):
            return None

    @property
    def has_time(self) -> bool:
        """Whether it takes another piece; not before it is up, for until then we are quicker alone, and so if it never comes up."""
        if not self._is_up and not self._is_gone:
            with suppress(Empty):
                self._note_start(self._incoming.get_nowait())
        return self._is_up and len(self._with_it) < _SENT

    @property
    def has_answered(self) -> bool:
        """Whether to ask for the next answer takes no waiting for it."""
        return self._is_gone or not self._incoming.empty()

    def send(self, piece: Piece) -> None:
        """Give it a piece."""
        self._with_it.append(piece)
        self._outgoing.put(_packed(self._sent(piece)))

    def answer(self) -> Made:
        """What is made of the piece that it was given first; waits for that. If it is gone, the piece is done here."""
        said = b"" if self._is_gone else self._incoming.get()
        piece = self._with_it.popleft()
        if not said:
            self._is_up, self._is_gone = False, True
            return self.alone(piece)
        return self._received(piece, pickle.loads(said))  # noqa: S301  our own process

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was not told any more
                    pipe.close()
        self._process.wait()

    def _note_start(self, said: bytes) -> None:
        self._is_up, self._is_gone = bool(said), not said

    def _carry(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            while (said := self._outgoing.get()) is not None:
                _put(pipe, said)
        except (OSError, ValueError):
            pass  # it ended; that is noticed where its answer is missed

    def _fetch(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        try:
            while said := _got(pipe):
                self._incoming.put(said)
        finally:
            self._incoming.put(b"")


def help_with(asked: IO[bytes], answered: IO[bytes]) -> None:
    """What the second process does: answer until nothing is asked any more."""
    opening, given = pickle.loads(_got(asked))  # noqa: S301  our own process
    answer = opening(*given)
    if answer is None:
        return
    _put(answered, _packed("up"))
    while told := _got(asked):
        _put(answered, _packed(answer(pickle.loads(told))))  # noqa: S301


def _widen(pipe: IO[bytes] | None) -> None:
    """Let more lie in a pipe, where the system lets us choose and somebody with as many pipes may; without that it is only slower."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)  # type: ignore[arg-type]


def _packed(said: object) -> bytes:
    return pickle.dumps(said, pickle.HIGHEST_PROTOCOL)


def _put(pipe: IO[bytes], said: bytes) -> None:
    """Write something into a pipe, with its length before it."""
    pipe.write(len(said).to_bytes(8, "big") + said)
    pipe.flush()


def _got(pipe: IO[bytes]) -> bytes:
    """What the other side put into a pipe; nothing when it ended."""
    length = int.from_bytes(pipe.read(8), "big")
    said = pipe.read(length) if length else b""
    return said if len(said) == length else b""


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the command at a terminal stops whoever asks
    gc.freeze()
    gc.set_threshold(_YOUNG)
    with suppress(OSError):  # whoever asked is gone
        help_with(sys.stdin.buffer, sys.stdout.buffer)
