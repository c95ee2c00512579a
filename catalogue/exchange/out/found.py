"""The records that go out, read in portions: as many at a time as the memory never notices, in the order that was asked for.

A portion holds its records by columns, which is how tables are written fastest. Who may not see withheld sites gets them
as `catalogue.generalising` makes them, whatever the file.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
)

from catalogue.generalising import generalise, generalise_parts
from catalogue.parts import FOR_STAFF, PARTS, Part, part_of
from catalogue.records import BLANK, Specimen, specimen_from
from catalogue.rights import Person, may, require
from catalogue.tables import PART_TABLES, specimens

if TYPE_CHECKING:
    from catalogue.searching.query import Order, Query

AT_ONCE = 250
"""Records in a portion; with 500 the processor waits for its memory, and it takes a sixth longer."""
NAMES = tuple(field.name for field in fields(Specimen))


@dataclass(frozen=True)
class Portion:
    """Some of the found records.

    Parameters
    ----------
    columns : mapping
        For each field of `Specimen` its values, record by record. ``translations`` are JSON, blank where there are none.
    parts : mapping
        For each list of `catalogue.parts.PARTS` that any of these records has: its parts by `occurrence_id`.
    before : int
        How many records go out before these.
    """

    columns: Mapping[str, Sequence[Any]]
    parts: Mapping[str, Mapping[str, Sequence[Part]]]
    before: int = 0

    def __len__(self) -> int:
        return len(self.columns["occurrence_id"])

    def specimens(self) -> Iterator[Specimen]:
        """The same as records."""
        for values in zip(*(self.columns[name] for name in NAMES), strict=True):
            held = dict(zip(NAMES, values, strict=True))
            held["translations"] = json.loads(held["translations"]) if held["translations"] else {}
            yield specimen_from(held)

    def listed(self, name: str, occurrence_id: str) -> Sequence[Any]:
        """One list of one of the records."""
        return self.parts.get(name, {}).get(occurrence_id, ())


@dataclass(frozen=True)
class MoreColumns:
    """Columns that a table gets beyond those of the records, made by a package above this one.

    Parameters
    ----------
    names : tuple of str
        Their headings.
    cells : callable
        Takes a portion and gives for each heading its cells, record by record; blank where there is nothing to say.
    """

    names: tuple[str, ...]
    cells: Callable[[Portion], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Found:
    """What goes out.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.reading`, open until the file is written.
    who : Person
        For whom it is read.
    keys : sequence of int
        The keys of the records in the database, in the order in which they go out.
    more : MoreColumns or None
        Columns besides, which CSV and GeoJSON take.
    progress : callable or None
        Told how many of how many records were taken up.
    """

    connection: Connection
    who: Person
    keys: Sequence[int]
    more: MoreColumns | None = None
    progress: Callable[[int, int], None] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def portions(self, *, lists: bool = False) -> Iterator[Portion]:
        """The records in portions, with their lists when those are wanted."""
        return map(Portions(self.connection, self.who, lists=lists).of, self.pieces())

    def pieces(self) -> Iterator[tuple[int, list[int]]]:
        """The keys of each portion, and how many go out before them."""
        before = 0
        for ids in self._in_pieces():
            yield before, ids
            before += len(ids)
            if self.progress is not None:
                self.progress(before, len(self))

    def _in_pieces(self) -> Iterator[list[int]]:
        return (list(self.keys[start : start + AT_ONCE]) for start in range(0, len(self.keys), AT_ONCE))

    @cached_property
    def newest(self) -> str:
        """When the last of these records was changed, ISO 8601 in UTC; blank when there is none. It dates the file."""
        asked = "SELECT max(modified) FROM specimens WHERE id"
        moments = (self.connection.exec_driver_sql(f"{asked} {_among(ids)}").scalar() for ids in self._in_pieces())
        return max((moment or "" for moment in moments), default="")

    @cached_property
    def without_place(self) -> int:
        """How many of these records have no coordinates."""
        unplaced = or_(specimens.c.decimal_latitude.is_(None), specimens.c.decimal_longitude.is_(None))
        return self._count(unplaced)

    @cached_property
    def withheld(self) -> int:
        """Of how many of these records the exact site is withheld."""
        return self._count(specimens.c.is_withheld)

    def _count(self, wanted: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(specimens).where(wanted, specimens.c.id.in_(_IDS))
        return sum(self.connection.scalar(counted, {"ids": ids}) or 0 for ids in self._in_pieces())


class Portions:
    """Reads portions of one state of the records.

    Parameters
    ----------
    connection : Connection
    who : Person
        For whom they are read.
    lists : bool
        Whether with their lists.
    """

    def __init__(self, connection: Connection, who: Person, *, lists: bool) -> None:
        self._connection, self._who, self._lists = connection, who, lists
        self._said: tuple[str, ...] = ()

    def of(self, piece: tuple[int, Sequence[int]]) -> Portion:
        """The records of one of `Found.pieces`, in the order of the keys."""
        before, ids = piece
        stored = _stored(self._connection, ids, self._said)
        self._said = tuple(name for name in NAMES if name in self._said or name in stored.said)
        return Portion(_shown(stored, self._who), self._parts(ids) if self._lists else {}, before)

    @cached_property
    def _filled(self) -> tuple[str, ...]:
        """The lists that the person may see and that any record has; the others need not be asked for portion by portion."""
        shown = [name for name in PARTS if name not in FOR_STAFF or may(self._who, "see_storage")]
        return tuple(name for name in shown if self._connection.scalar(select(PART_TABLES[name].c.id).limit(1)))

    def _parts(self, ids: Sequence[int]) -> dict[str, dict[str, list[Part]]]:
        found: dict[str, dict[str, list[Part]]] = {}
        exact = may(self._who, "see_exact_sites")
        for name in self._filled:
            by_record: dict[str, list[Part]] = defaultdict(list)
            for owner, withheld, *values in self._connection.execute(_LISTS[name], {"ids": ids}):
                part = part_of(name, owner, dict(zip(_fields_of(name), values, strict=True)))
                shown = [part] if exact or not withheld else generalise_parts({name: [part]})[name]
                by_record[owner] += shown
            if by_record:
                found[name] = by_record
        return found


def _fields_of(name: str) -> list[str]:
    return [field.name for field in fields(PARTS[name]) if field.name != "occurrence_id"]


def _list_of(name: str) -> Select[Any]:
    column = PART_TABLES[name].c
    wanted = (specimens.c.occurrence_id, specimens.c.is_withheld, *(column[one] for one in _fields_of(name)))
    together = select(*wanted).join_from(PART_TABLES[name], specimens, column.specimen_id == specimens.c.id)
    inside = column.specimen_id.in_(_IDS)
    return together.where(inside).order_by(column.specimen_id, column.position, column.id)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True, literal_execute=True)
_LISTS = {name: _list_of(name) for name in PARTS}


@cache
def _exact(dialect: Dialect, names: tuple[str, ...]) -> str:
    """The statement that reads some fields of records as they are stored, up to which of them are wanted.

    Before them stand the key, whether the site is withheld, and whether any field that is left out says anything.
    """
    column = specimens.c
    others = [
        column[name] != "" if blank == "" else column[name].is_not(None)
        for name, blank in BLANK.items()
        if name not in names
    ]
    wanted = select(
        column.id, column.is_withheld, case((or_(false(), *others), 1), else_=0), *(column[name] for name in names)
    )
    return f"{wanted.compile(dialect=dialect, compile_kwargs={'literal_binds': True})} WHERE specimens.id"


def _among(ids: Sequence[int]) -> str:
    """That a key is one of some; our own numbers, quicker than as parameters, and those that follow one another quicker still."""
    lowest, highest = min(ids), max(ids)
    if highest - lowest + 1 == len(ids):
        return f"BETWEEN {lowest} AND {highest}"
    return f"IN ({', '.join(map(str, ids))})"


def find(
    connection: Connection, query: "Query", who: Person, *, order: "Order" = "newest", most: int | None = None
) -> Found:
    """The records that answer a query, for somebody.

    Parameters
    ----------
    most : int or None
        Records at most, the first in the order; None for all.

    Raises
    ------
    NotAllowed
        When the person may not read the catalogue.
    """
    from catalogue.searching import facets  # which another process that only reads need not load

    require(who, "read")
    return Found(connection, who, facets.found_keys(connection, query, order=order, who=who)[:most])


def of_specimens(records: Sequence[Specimen]) -> Portion:
    """Records as a portion without lists."""
    columns: dict[str, list[Any]] = {name: [getattr(record, name) for record in records] for name in NAMES}
    columns["translations"] = [_as_json(texts) for texts in columns["translations"]]
    return Portion(columns, {})


@dataclass(frozen=True)
class _Stored:
    """Some records as they are stored, by columns.

    Parameters
    ----------
    said : mapping
        The fields of which any of them says something, and perhaps others; of all that are missing none does.
    withheld : sequence
        Of which of them the site is withheld.
    """

    said: Mapping[str, Sequence[Any]]
    withheld: Sequence[object]


def _stored(connection: Connection, ids: Sequence[int], said: tuple[str, ...]) -> _Stored:
    """Some records, by what those before them said: of most fields none does, and to read these takes as long as to read the others."""
    told = _read(connection, ids, said) if said else None
    if told is not None and not any(told[2]):
        return _Stored(dict(zip(said, told[3:], strict=True)), told[1])
    _, withheld, _, *columns = _read(connection, ids, NAMES)
    read = dict(zip(NAMES, columns, strict=True))
    speaking = {name: cells for name, cells in read.items() if cells.count(BLANK.get(name, ...)) < len(cells)}
    return _Stored(speaking, withheld)


def _read(connection: Connection, ids: Sequence[int], names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """What `_exact` reads of some records, by columns, in the order of the keys."""
    result = connection.exec_driver_sql(f"{_exact(connection.dialect, names)} {_among(ids)}")
    assert result.cursor is not None
    rows = {row[0]: row for row in result.cursor.fetchall()}  # a third of the time of SQLAlchemy's rows
    result.close()
    return list(zip(*(rows[key] for key in ids if key in rows), strict=True))


def _shown(stored: _Stored, who: Person) -> dict[str, Sequence[Any]]:
    """The columns of some records, as somebody may see them."""
    said, count = stored.said, len(stored.withheld)
    columns: dict[str, Sequence[Any]] = {name: said[name] if name in said else [BLANK[name]] * count for name in NAMES}
    columns["translations"] = [_as_json(texts) for texts in said["translations"]]
    return columns if may(who, "see_exact_sites") else _generalised(columns, stored.withheld)


def _generalised(columns: dict[str, Sequence[Any]], withheld: Sequence[object]) -> dict[str, Sequence[Any]]:
    """The columns with the records that are withheld as visitors may see them."""
    places = [place for place, is_withheld in enumerate(withheld) if is_withheld]
    if not places:
        return columns
    coarser = of_specimens([generalise(one) for one in Portion(_at(columns, places), {}).specimens()]).columns
    changed = {name: list(values) for name, values in columns.items()}
    for name, values in changed.items():
        for place, value in zip(places, coarser[name], strict=True):
            values[place] = value
    return dict(changed)


def _at(columns: Mapping[str, Sequence[Any]], places: Sequence[int]) -> dict[str, list[Any]]:
    return {name: [values[place] for place in places] for name, values in columns.items()}


def _as_json(texts: object) -> str:
    """Translations as JSON, however the driver hands them over; blank where there are none."""
    if not texts or texts == "{}":
        return ""
    return texts if isinstance(texts, str) else json.dumps(texts, ensure_ascii=False)
