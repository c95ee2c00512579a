"""Found records made into parts of a file, portion by portion; many of them by two processes (`catalogue.second_process`)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Generic, TypeAlias, TypeVar

from sqlalchemy.exc import DBAPIError

from catalogue.database import connected, reading, revision
from catalogue.exchange.out.found import Found, Portion, Portions
from catalogue.rights import Person
from catalogue.second_process import SecondProcess, is_to_be_had, shared

Made = TypeVar("Made")
_Piece: TypeAlias = tuple[int, Sequence[int]]

FROM_RECORDS = 20_000
"""Records from which on a second process is worth its start."""


def made(found: Found, make: Callable[[Portion], Made], *, lists: bool = False) -> Iterator[Made]:
    """What a function makes of each portion of found records, in their order.

    Parameters
    ----------
    make : callable
        Called in another process too where it can be handed over, as a function of a module can be, and a `functools.partial` of one.
    lists : bool
        Whether it needs the lists of the records.
    """
    alone = _Making(Portions(found.connection, found.who, lists=lists), make)
    second = _second(found, alone, lists) if len(found) >= FROM_RECORDS and is_to_be_had() else None
    return map(alone, found.pieces()) if second is None else shared(found.pieces(), second)


class _Making(Generic[Made]):
    """Makes what is wanted of the records with some keys."""

    def __init__(self, portions: Portions, make: Callable[[Portion], Made]) -> None:
        self._portions, self.make = portions, make

    def __call__(self, piece: _Piece) -> Made:
        return self.make(self._portions.of(piece))


def _second(found: Found, alone: _Making[Made], lists: bool) -> SecondProcess[_Piece, Made] | None:
    url = found.connection.engine.url.render_as_string(hide_password=False)
    given = url, revision(found.connection), found.who, lists, alone.make
    return SecondProcess.if_possible(
        (_elsewhere, given), alone=alone, sent=lambda piece: piece, received=lambda _piece, said: said
    )


def _elsewhere(
    url: str, seen: str, who: Person, lists: bool, make: Callable[[Portion], Made]
) -> "_Making[Made] | None":
    """In the other process: how keys are answered; None where the records are not those that were seen, or the database is not to be had."""
    stack = ExitStack()
    try:
        connection = stack.enter_context(reading(connected(url)))
        is_same = revision(connection) == seen
    except DBAPIError:
        return None
    if not is_same:
        return None
    _OPEN.append(stack)
    return _Making(Portions(connection, who, lists=lists), make)


_OPEN: list[ExitStack] = []
"""Connections that stay open as long as the process lasts."""
