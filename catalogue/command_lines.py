"""How commands are understood on all command lines of Bonebed: what is wrong with one is said in a plain line, with exit status 2."""

import argparse
import sys
import time
from collections.abc import Callable
from typing import NoReturn

UNREADABLE = 2
"""Exit status when a command, or what it is given, cannot be used."""
STOPPED = 130
"""Exit status when somebody stopped the command, as shells have it."""


class CommandLine(argparse.ArgumentParser):
    """Says what is wrong with a command in one line that names the way to help; so do the commands below it."""

    def error(self, message: str) -> NoReturn:
        """End with the line, without the list of all options before it."""
        self.exit(UNREADABLE, f"{message}. See: {self.prog} --help\n")


def progress() -> Callable[[int, int], None] | None:
    """Tells in one line of the terminal how much of long work is done and how many seconds are left; None where no terminal shows it.

    Work may begin anew, as where records are checked before they are written; so do the seconds then.
    """
    if not sys.stderr.isatty():
        return None
    started, before = time.monotonic(), 0

    def tell(done: int, whole: int) -> None:
        nonlocal started, before
        if done < before:
            started = time.monotonic()
        before = done
        left = (time.monotonic() - started) * (whole - done) / done if done else 0.0
        line = f"\r{100 * done // whole if whole else 100:3} % · {left:.0f} s left "
        print(line, end="" if done < whole else "\n", file=sys.stderr, flush=True)

    return tell
