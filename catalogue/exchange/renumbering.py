"""Rows that want a number which another record of the catalogue has: put off until it is known whether a row of the file moves that one on.

A file may hand numbers on from record to record, in any order of its rows. What comes later about a record whose row waits, or asks for a record by a
number that is waited for, waits behind it, so that the same row counts as if nothing had to wait. Records that hand their numbers round in a
circle keep what they have: their rows are rejected, each time alike.
"""

from collections import defaultdict, deque

from catalogue.exchange.preparing import Prepared
from catalogue.numbers import Number


class Renumbering:
    """The rows that wait for a number."""

    def __init__(self) -> None:
        self._rows: dict[str, deque[Prepared]] = {}
        self._holder: dict[str, str] = {}
        self._waiters: defaultdict[str, list[str]] = defaultdict(list)
        self._ready: deque[str] | None = None
        self._wanted: set[Number] = set()
        self._behind: list[Prepared] = []
        self._circling: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._rows or self._behind)

    @property
    def has_numbered(self) -> bool:
        """Whether rows wait that want a number of their own."""
        return bool(self._rows)

    def is_waiting(self, key: str) -> bool:
        """Whether a row about this record waits, and may yet give it another number."""
        return key in self._rows and key not in self._circling

    def takes(self, one: Prepared) -> bool:
        """Put a row off that must wait behind others; False when it need not."""
        if one.number is not None and one.number in self._wanted:
            self._behind.append(one)
        elif one.key in self._rows:
            self._rows[one.key].append(one)
        else:
            return False
        return True

    def put_off(self, one: Prepared, number: Number, holder: str) -> None:
        """Put a row off that wants a number, until it is known whether the record under the key `holder` keeps it."""
        self._rows.setdefault(one.key, deque()).appendleft(one)
        self._holder[one.key] = holder
        self._waiters[holder].append(one.key)
        self._wanted.add(number)

    def ready(self) -> Prepared | None:
        """A row that need not wait any longer, taken out; None when each waits for another one. Who came first is ready first."""
        if self._ready is None:
            self._ready = deque(self._rows)
        while self._ready:
            key = self._ready.popleft()
            if key not in self._rows:
                continue
            holder = self._holder.get(key, "")
            if holder not in self._rows:
                return self._taken(key)
            self._waiters[holder].append(key)  # that one waits anew, with another row
        return None

    def circle(self) -> list[Prepared]:
        """The rows of records that wait for each other in a circle, taken out, when none is ready; what waits behind them is ready then."""
        way: list[str] = []
        key = next(iter(self._rows))
        while key not in self._circling:
            self._circling.add(key)
            way.append(key)
            key = self._holder[key]
        keys = way[way.index(key) :]
        self._circling.difference_update(way[: way.index(key)])
        return [self._taken(one) for one in keys]

    def last(self) -> list[Prepared]:
        """Rows that asked for a record by a number, taken out when all others had their turn."""
        behind, self._behind = self._behind, []
        self._wanted.clear()
        return behind

    def _taken(self, key: str) -> Prepared:
        assert self._ready is not None
        self._holder.pop(key, None)
        one = self._rows[key].popleft()
        if self._rows[key]:
            self._ready.appendleft(key)
        else:
            del self._rows[key]
            self._ready.extend(self._waiters.pop(key, ()))
        return one
