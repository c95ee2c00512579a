"""Rows that want a number which another record of the catalogue has: put off until it is known whether a row of the file moves that one on.

A file may hand numbers on from record to record, in any order of its rows. Records that hand their numbers round in a circle keep what
they have: their rows are rejected, each time alike.
"""

from collections import defaultdict, deque

from catalogue.exchange.preparing import Prepared


class Renumbering:
    """The rows that wait for a number: of each record one at most."""

    def __init__(self) -> None:
        self._rows: dict[str, Prepared] = {}
        self._holder: dict[str, str] = {}
        self._waiters: defaultdict[str, list[str]] = defaultdict(list)
        self._ready: deque[str] | None = None
        self._circling: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._rows)

    def is_waiting(self, key: str) -> bool:
        """Whether a row about this record waits, and may yet give it another number."""
        return key in self._rows and key not in self._circling

    def first_about(self, key: str) -> int | None:
        """The number of the row about this record that waits; None when none does."""
        return self._rows[key].row.number if key in self._rows else None

    def put_off(self, one: Prepared, holder: str) -> None:
        """Put a row off that wants a number, until it is known whether the record under the key `holder` keeps it."""
        self._rows[one.key] = one
        self._holder[one.key] = holder
        self._waiters[holder].append(one.key)

    def ready(self) -> Prepared | None:
        """A row that need not wait any longer, taken out; None when each waits for another one. Who came first is ready first."""
        if self._ready is None:
            self._ready = deque(self._rows)
        while self._ready:
            key = self._ready.popleft()
            if key in self._rows and self._holder[key] not in self._rows:
                return self._taken(key)
        return None

    def circle(self) -> list[Prepared]:
        """The rows of records that wait for each other in a circle, taken out, when none is ready; those that wait for them are ready then."""
        way: list[str] = []
        key = next(iter(self._rows))
        while key not in self._circling:
            self._circling.add(key)
            way.append(key)
            key = self._holder[key]
        keys = way[way.index(key) :]
        self._circling.difference_update(way[: way.index(key)])
        return [self._taken(one) for one in keys]

    def _taken(self, key: str) -> Prepared:
        assert self._ready is not None
        self._ready.extend(self._waiters.pop(key, ()))
        del self._holder[key]
        return self._rows.pop(key)
