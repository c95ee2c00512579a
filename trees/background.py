"""Work that takes long, in a thread of its own: it tells how far it is, and ends soon after it is asked to.

At most two such pieces of work run at once, so that a class that presses the button together does not slow the museum's pages; the others
wait for their turn. What is running knows nothing of the page that shows it.
"""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from catalogue.messages import CatalogueError, Message, message
from trees.errors import TreeError

Result = TypeVar("Result")
AT_ONCE = 2
_turn = threading.BoundedSemaphore(AT_ONCE)
_PATIENCE = 0.05
"""Seconds between two looks whether a piece of work that waits for its turn was cancelled."""


class Cancelled(CatalogueError):
    """The work was asked to end."""

    def __init__(self) -> None:
        super().__init__(message("The work was stopped."))


class Work(Generic[Result]):
    """One piece of work.

    Parameters
    ----------
    task : callable
        Given the work itself; calls `tell` or `note` now and then, and ends early where they
        say so. What it returns is `result`.
    """

    def __init__(self, task: "Callable[[Work[Result]], Result]") -> None:
        self.done, self.of, self.best = 0.0, 0, 0
        self.result: Result | None = None
        self.problem: Message | None = None
        self._stop, self._over, self._began = threading.Event(), threading.Event(), 0.0
        self._task = task

    def start(self) -> "Work[Result]":
        """Begin, as soon as there is a free turn."""
        threading.Thread(target=self._run, name="bonebed-work", daemon=True).start()
        return self

    def cancel(self) -> None:
        """Ask the work to end."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        """Whether nothing is running any more."""
        return self._over.is_set()

    @property
    def waiting(self) -> bool:
        """Whether it has not had its turn yet."""
        return not self._began

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, self.done / self.of) if self.of else 0.0

    @property
    def seconds_left(self) -> float | None:
        """About how long it will take; None while that cannot be told."""
        if not self.done or not self._began:
            return None
        return (time.monotonic() - self._began) / self.done * (self.of - self.done)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over; whether it is."""
        return self._over.wait(seconds)

    def check(self) -> None:
        """End here when that was asked for.

        Raises
        ------
        Cancelled
        """
        if self.cancelled:
            raise Cancelled

    def note(self, done: float, of: int, best: int = 0) -> bool:
        """Say how far the work is; whether it is to go on."""
        self.done, self.of, self.best = done, of, best
        return not self.cancelled

    def tell(self, done: float, of: int, best: int = 0) -> None:
        """Say how far the work is, and end here when that was asked for.

        Raises
        ------
        Cancelled
        """
        self.note(done, of, best)
        self.check()

    def _run(self) -> None:
        try:
            while not _turn.acquire(timeout=_PATIENCE):
                self.check()
        except Cancelled:
            self._over.set()
            return
        try:
            self._began = time.monotonic()
            self.result = self._task(self)
        except Cancelled:
            pass
        except (TreeError, CatalogueError) as error:
            self.problem = error.message
        except Exception:
            self.problem = message("This did not work: something went wrong that nobody foresaw.")
            raise
        finally:
            _turn.release()
            self._over.set()
