"""The process that helps with a large table: told what the table is, it offers for some rows at a time what each makes if it is new.

It reads from its standard input and answers on its standard output; see `catalogue.exchange.helping`. It ends with whoever started it.
"""

import gc
import pickle
import sys
from contextlib import suppress
from typing import IO

from catalogue.exchange.helping import got, put
from catalogue.exchange.preparing import Preparer
from catalogue.exchange.reading import Row

_YOUNG = 20_000
"""New objects after which Python looks for those that hold each other; nearly all of a row are gone by themselves."""


def help_with(asked: IO[bytes], answered: IO[bytes]) -> None:
    """Answer until nothing is asked any more."""
    preparer: Preparer
    preparer, headings = pickle.loads(got(asked))  # noqa: S301  our own process
    put(answered, pickle.dumps([]))
    while told := got(asked):
        rows = [Row(number, headings, *rest) for number, *rest in pickle.loads(told)]  # noqa: S301
        put(answered, pickle.dumps(tuple(preparer.offers(rows)), pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    gc.freeze()
    gc.set_threshold(_YOUNG)
    with suppress(BrokenPipeError):  # whoever asked is gone
        help_with(sys.stdin.buffer, sys.stdout.buffer)
