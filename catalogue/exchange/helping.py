"""Rows of a large table prepared by two processes (`catalogue.second_process`): the other one offers what each row makes if it is new.

This process judges the rows in their order, and prepares some itself while the other is busy. A small table is not worth a process.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice

from catalogue.exchange.preparing import Offers, Prepared, Preparer
from catalogue.exchange.reading import Row, Table
from catalogue.holding import batches
from catalogue.second_process import SecondProcess, is_to_be_had, shared

FROM_ROWS = 15_000
"""Rows from which on a second process is worth its start, which takes as long as judging half of them."""
_LOOK = 1
"""Batches after which we know whether the rows are new."""


def prepared_batches(
    table: Table, preparer: Preparer, size: int, *, is_worth_it: Callable[[], bool]
) -> Generator[list[Prepared], None, None]:
    """The rows of a table in their order, prepared, some at a time.

    Parameters
    ----------
    is_worth_it : callable
        Whether rows are mostly new just now; what is offered is of use for such rows alone.
    """
    going = batches(table.rows, size)
    if len(table.rows) >= FROM_ROWS and is_to_be_had():
        for batch in islice(going, _LOOK):
            yield preparer.drafted(batch)
        second = _second(table, preparer) if is_worth_it() else None
        if second is not None:
            yield from shared(going, second, is_worth_it=is_worth_it)
    for batch in going:
        yield preparer.drafted(batch)


def _second(table: Table, preparer: Preparer) -> SecondProcess[Sequence[Row], list[Prepared]] | None:
    return SecondProcess.if_possible(
        (_offering, (preparer.handed_over(), table.headings)),
        alone=preparer.drafted,
        sent=lambda rows: [(row.number, row.written, row.surplus, row.extensions) for row in rows],
        received=_with_offers,
    )


def _offering(preparer: Preparer, headings: Sequence[str]) -> Callable[[list[tuple[object, ...]]], tuple[object, ...]]:
    """In the other process: how rows are answered."""
    return lambda told: tuple(preparer.offers([Row(number, headings, *rest) for number, *rest in told]))  # type: ignore[arg-type]


def _with_offers(rows: Sequence[Row], said: tuple[object, ...]) -> list[Prepared]:
    offers: Iterator[object] = Offers(*said).unpacked()  # type: ignore[arg-type]
    return [Prepared(row, offer=offer) for row, offer in zip(rows, offers, strict=True)]  # type: ignore[arg-type]
