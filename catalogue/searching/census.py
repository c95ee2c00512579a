"""The census: a few columns of all records, held in memory, so that counting a million of them takes milliseconds.

Each column keeps its distinct values once and, for each record, a number that says which it has. A census is never
changed; a newer state is a new `Census` that shares what did not change. Ask `catalogue.searching.census_at_hand` for one that is in step with the database.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, func, select
from sqlalchemy.pool import Pool

from catalogue.searching.query import has_image
from catalogue.tables import specimens

Numbers: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]
Measures: TypeAlias = npt.NDArray[np.float64]

CHUNK = 20_000
"""Rows that are read at a time."""

_column = specimens.c
READ: dict[str, tuple[Any, ...]] = {
    "basis_of_record": (_column.basis_of_record,),
    "taxon": (_column.scientific_name, _column.genus, _column.higher_classification),
    "age": (_column.max_ma, _column.min_ma),
    "formation": (_column.formation,),
    "country_code": (_column.country_code,),
    "type_status": (_column.type_status,),
    "preservation": (_column.preservation,),
    "with_image": (has_image(),),
}
"""The columns that are coded, and what of a record makes their value."""
_FIRST = (
    *(_column.id, _column.institution_code, _column.catalog_number, _column.created, _column.modified),
    *(_column.is_withheld, _column.decimal_latitude, _column.decimal_longitude),
)
"""Those that are read before them."""
_NUMBER = re.compile(r"^(\D*)(\d{0,18})(.*)$", re.DOTALL)


class Known(dict[Hashable, int]):
    """Distinct values and their codes; a value that is not known yet gets the next code.

    `derived` is for what follows from the values alone, so that it need not be found out for each state anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self.derived: Any = None

    def __missing__(self, value: Hashable) -> int:
        code = self[value] = len(self)
        return code


@dataclass(frozen=True)
class Coded:
    """A column: its distinct values, each once, and for each record the place of its value among them.

    Parameters
    ----------
    known : Known
        Values and their codes; shared by all later states of the column, which only add to it.
    codes : array of int32
        For each record, the code of its value.
    """

    known: Known = field(default_factory=Known)
    codes: Codes = field(default_factory=lambda: np.empty(0, np.int32))

    @property
    def values(self) -> list[Any]:
        """The distinct values, by their codes."""
        return list(self.known)

    def value(self, place: int) -> Any:
        """The value of the record at a place."""
        return self.values[self.codes[place]]

    def encode(self, values: Iterable[Hashable]) -> Codes:
        """The codes of some values; new ones are added to those known."""
        return np.fromiter(map(self.known.__getitem__, values), np.int32)

    def counts(self, places: Numbers) -> Numbers:
        """How many of the records at some places have each value."""
        return np.bincount(self.codes[places], minlength=len(self.known)).astype(np.int64)

    def having(self, wanted: Mask) -> Mask:
        """For each record, whether its value is one of those wanted."""
        return wanted[self.codes]


@dataclass(frozen=True)
class Census:
    """The state of all records at one moment.

    Parameters
    ----------
    touched : int
        The last entry of `touched` that it knows.
    ids : array of int64
        The key of each record in the database; a record keeps its place.
    places : array of int64
        For each key the place of its record; -1 where there is none.
    alive : array of bool
        False where a record was removed.
    coded : mapping
        The columns, by name; besides those of `READ` the parts of the catalogue number, ``series`` and ``rest``.
    counted : mapping
        Columns of whole numbers: ``number`` (of the catalogue number), ``created`` and ``modified`` (in microseconds), and
        ``withheld`` (1 where the exact site is).
    measured : mapping
        ``latitude`` and ``longitude`` as they are stored, in degrees; nan where there is none. Ask `catalogue.searching.positions`
        for them, which knows who may see them.
    kept : dict
        What was found out about this state, for those who ask again.
    """

    touched: int
    ids: Numbers
    places: Numbers
    alive: Mask
    coded: dict[str, Coded]
    counted: dict[str, Numbers]
    measured: dict[str, Measures]
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    def mask_of(self, ids: Numbers) -> Mask:
        """For each record, whether its key is among `ids`."""
        mask = np.zeros(len(self), np.bool_)
        places = self.places[ids[ids < len(self.places)]]
        mask[places[places >= 0]] = True
        return mask


_read: "WeakKeyDictionary[Pool, int]" = WeakKeyDictionary()
"""For each database the key of the record that was read last while its census is, or was, taken."""


def progress(connection: Connection) -> tuple[int, int]:
    """How far a census that is being taken is: the key of the record that was read last, and the largest key."""
    largest = connection.scalar(select(func.max(_column.id))) or 0
    return min(largest, _read.get(connection.engine.pool, 0)), largest


def taken_anew(connection: Connection, newest: int) -> Census:
    """A census of all records, some 40,000 in a second; `newest` is the last entry of `touched` that they know."""
    coded = {name: Coded() for name in (*READ, "series", "rest")}
    parts = [_Part(rows, coded) for rows in _rows(connection)] or [_Part([], coded)]
    ids = np.concatenate([part.ids for part in parts])
    places = np.full(int(ids.max(initial=0)) + 1, -1, np.int64)
    places[ids] = np.arange(len(ids))
    return Census(
        touched=newest,
        ids=ids,
        places=places,
        alive=np.ones(len(ids), np.bool_),
        coded={
            name: replace(column, codes=np.concatenate([part.codes[name] for part in parts]))
            for name, column in coded.items()
        },
        counted={name: np.concatenate([part.counted[name] for part in parts]) for name in parts[0].counted},
        measured={name: np.concatenate([part.measured[name] for part in parts]) for name in parts[0].measured},
    )


def amended(connection: Connection, held: Census, ids: Sequence[int], newest: int) -> Census:
    """A census in which the records with some keys are as they are now; those that are gone are dead."""
    part = _Part([row for rows in _rows(connection, ids) for row in rows], held.coded)
    largest = max(len(held.places) - 1, int(part.ids.max(initial=0)))
    places = np.concatenate([held.places, np.full(largest + 1 - len(held.places), -1, np.int64)])
    fresh = part.ids[places[part.ids] < 0]
    size = len(held) + len(fresh)
    places[fresh] = np.arange(len(held), size)
    alive = np.concatenate([held.alive, np.zeros(len(fresh), np.bool_)])
    gone = places[[key for key in ids if key < len(places)]]
    alive[gone[gone >= 0]] = False
    at = places[part.ids]
    alive[at] = True
    return Census(
        touched=newest,
        ids=np.concatenate([held.ids, fresh]),
        places=places,
        alive=alive,
        coded={
            name: replace(column, codes=_with(column.codes, size, at, part.codes[name]))
            for name, column in held.coded.items()
        },
        counted={name: _with(numbers, size, at, part.counted[name]) for name, numbers in held.counted.items()},
        measured={name: _with(numbers, size, at, part.measured[name]) for name, numbers in held.measured.items()},
    )


def _with(old: npt.NDArray[Any], size: int, at: Numbers, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    new = np.zeros(size, old.dtype)
    new[: len(old)] = old
    new[at] = values
    return new


class _Part:
    """Some records, coded."""

    def __init__(self, rows: Sequence[Row[Any]], coded: dict[str, Coded]) -> None:
        columns = iter(list(zip(*rows, strict=True)) or [()] * (8 + sum(map(len, READ.values()))))
        self.ids = np.array(next(columns), np.int64)
        museums, numbers = next(columns), next(columns)
        self.counted = {name: moments(next(columns)) for name in ("created", "modified")}
        self.counted["withheld"] = np.array(next(columns), np.int64)
        self.measured = {name: np.array(next(columns), np.float64) for name in ("latitude", "longitude")}
        self.codes: dict[str, Codes] = {}
        for name, read in READ.items():
            values = [next(columns) for _ in read]
            self.codes[name] = coded[name].encode(values[0] if len(values) == 1 else zip(*values, strict=True))
        parts = [_NUMBER.match(number) for number in numbers]
        written = [part.groups() if part else (number, "", "") for part, number in zip(parts, numbers, strict=True)]
        self.codes["series"] = coded["series"].encode(
            (museum, part[0]) for museum, part in zip(museums, written, strict=True)
        )
        self.codes["rest"] = coded["rest"].encode(part[2] for part in written)
        self.counted["number"] = np.array([int(part[1] or -1) for part in written], np.int64)


def _rows(connection: Connection, ids: Sequence[int] | None = None) -> Iterator[Sequence[Row[Any]]]:
    read = [column for columns in READ.values() for column in columns]
    query = select(*_FIRST, *read)
    if ids is None:
        result = connection.execute(query.order_by(_column.id))
        assert result.cursor is not None
        while rows := result.cursor.fetchmany(CHUNK):  # the driver's own rows: half the time of SQLAlchemy's
            _read[connection.engine.pool] = rows[-1][0]
            yield rows
        result.close()
        return
    for start in range(0, len(ids), 500):
        yield connection.execute(query.where(_column.id.in_(ids[start : start + 500])).order_by(_column.id)).all()


def moments(written: Sequence[str]) -> Numbers:
    """ISO 8601 times in UTC as microseconds; what is blank lies at the beginning of time."""
    return np.array([moment[:26] or "0001-01-01" for moment in written], "datetime64[us]").astype(np.int64)
