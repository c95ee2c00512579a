"""What records hold, exactly and with their lists, many at a time: for the code that changes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, exists, literal, select, union_all

from catalogue.parts import PARTS, Parts, all_plain, part_of, plain
from catalogue.records import Specimen
from catalogue.stored import COLUMNS, specimen_of
from catalogue.tables import PART_TABLES, specimens

MADE_BY_US = frozenset({"created", "modified", "version", "import_id"})
"""Fields that nobody types and that no edit is asked to change."""
Listed = TypeVar("Listed")
BATCH = 500
"""Records read, and written, with one statement."""
_KEPT = tuple(field.name for field in fields(Specimen) if field.name not in MADE_BY_US)
_BESIDE = tuple(
    column.name for column in specimens.c if column.name not in {"id", *(one.name for one in fields(Specimen))}
)


@dataclass(frozen=True)
class Held:
    """One record as it is stored.

    Parameters
    ----------
    row : int
        Its key in the database.
    specimen : Specimen
    beside : mapping
        The columns that follow from the record and are none of its fields, such as the words by which it is found.
    parts : mapping
        Its lists, by the names of `catalogue.parts.PARTS`.
    """

    row: int
    specimen: Specimen
    beside: Mapping[str, object]
    parts: Parts

    @cached_property
    def fields(self) -> dict[str, object]:
        """All that it holds, by field, as its history keeps it."""
        return fields_of(self.specimen, self.parts)

    def value(self, name: str) -> object:
        """One field or list, as the history keeps it."""
        return [plain(part) for part in self.parts[name]] if name in PARTS else getattr(self.specimen, name)


def fields_of(specimen: Specimen, parts: Parts) -> dict[str, object]:
    """A record and its lists by field, as the history keeps them."""
    return {name: getattr(specimen, name) for name in _KEPT} | all_plain(parts)


def held(connection: Connection, occurrence_ids: Iterable[str]) -> dict[str, Held]:
    """The records under some keys, with their lists; those that are not there are left out."""
    found: dict[str, Held] = {}
    for batch in batches(list(occurrence_ids)):
        rows = connection.execute(_RECORDS, {"keys": batch}).all()
        keys = {row.id: str(row.occurrence_id) for row in rows}
        parts = _parts(connection, keys)
        for row in rows:
            beside = {name: row._mapping[name] for name in _BESIDE}
            found[row.occurrence_id] = Held(row.id, specimen_of(row), beside, parts[row.id])
    return found


def batches(listed: Sequence[Listed], size: int = BATCH) -> Iterator[Sequence[Listed]]:
    """A long list in pieces, as left out of a size that one statement can take."""
    return (listed[start : start + size] for start in range(0, len(listed), size))


_RECORDS: Select[Any] = select(*COLUMNS, specimens.c.id, *(specimens.c[name] for name in _BESIDE)).where(
    specimens.c.occurrence_id.in_(bindparam("keys", expanding=True))
)
_FILLED = union_all(
    *(
        select(literal(name, literal_execute=True)).where(
            exists().where(table.c.specimen_id.in_(bindparam("rows", expanding=True)))
        )
        for name, table in PART_TABLES.items()
    )
)
"""Which lists of some records hold anything: few do, and each that is not read is time saved."""


def _listing(name: str) -> Select[Any]:
    column = PART_TABLES[name].c
    names = (field.name for field in fields(PARTS[name]) if field.name != "occurrence_id")
    inside = column.specimen_id.in_(bindparam("rows", expanding=True))
    return (
        select(column.specimen_id, *(column[name] for name in names)).where(inside).order_by(column.position, column.id)
    )


_LISTINGS = {name: _listing(name) for name in PARTS}


def _parts(connection: Connection, keys: Mapping[int, str]) -> dict[int, dict[str, list[Any]]]:
    """The lists of some records, by their keys in the database; empty ones too."""
    found: dict[int, dict[str, list[Any]]] = {row: {name: [] for name in PARTS} for row in keys}
    rows = {"rows": list(keys)}
    for name in set(connection.scalars(_FILLED, rows)) if keys else ():
        for line in connection.execute(_LISTINGS[name], rows):
            found[line.specimen_id][name].append(part_of(name, keys[line.specimen_id], line._mapping))
    return found
