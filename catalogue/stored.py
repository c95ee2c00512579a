"""The records as they are stored, exact, for the code that writes them. People are never shown what comes from here.

Whatever is read for a person goes through `catalogue.finding`, which makes the place of withheld records coarser; a test sees to it
that no screen imports this module.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, literal, select, union_all

from catalogue import among
from catalogue.messages import CatalogueError, message
from catalogue.parts import PARTS, part_of
from catalogue.records import Specimen, specimen_from
from catalogue.tables import PART_TABLES, specimens

COLUMNS = [specimens.c[field.name] for field in fields(Specimen)]
"""The columns that make a `Specimen`, in the order of its fields."""
_FIELDS = tuple(field.name for field in fields(Specimen))


@cache
def _under_keys(dialect: str) -> Select[Any]:
    return select(*COLUMNS).where(among.is_one_of(specimens.c.occurrence_id, "keys", dialect))


class NoSuchSpecimen(CatalogueError):
    """There is no record under that key."""


def specimen_of(row: Row[Any]) -> Specimen:
    """A row that begins with `COLUMNS`, as a record."""
    return specimen_from(dict(zip(_FIELDS, row, strict=False)))


def rows_of(connection: Connection, occurrence_ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """The records under some keys as rows of `COLUMNS`, by key, as the driver hands them over: quick, for many of them.

    Those that are not there are left out; `specimen_of_row` makes a record of one.
    """
    dialect = connection.dialect.name
    result = connection.execute(_under_keys(dialect), {"keys": among.given(occurrence_ids, dialect)})
    assert result.cursor is not None
    rows = result.cursor.fetchall()
    result.close()
    return {row[0]: row for row in rows}


def specimen_of_row(row: Sequence[Any]) -> Specimen:
    """A row of `rows_of` as a record; drivers hand JSON over as text or as what it says."""
    values = dict(zip(_FIELDS, row, strict=True))
    if isinstance(texts := values["translations"], str):
        values["translations"] = json.loads(texts)
    return specimen_from(values)


def get(connection: Connection, occurrence_id: str) -> Specimen:
    """One record.

    Raises
    ------
    NoSuchSpecimen
        When there is none under that key.
    """
    row = connection.execute(select(*COLUMNS).where(specimens.c.occurrence_id == occurrence_id)).first()
    if row is None:
        raise no_such(occurrence_id)
    return Specimen(**row._mapping)


def no_such(occurrence_id: str) -> NoSuchSpecimen:
    """That there is no record under a key, in words."""
    return NoSuchSpecimen(
        message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=occurrence_id)
    )


def listed(connection: Connection, occurrence_id: str, name: str) -> list[Any]:
    """One list of a record, in the order of entry; `name` is one of `catalogue.parts.PARTS`."""
    key = select(specimens.c.id).where(specimens.c.occurrence_id == occurrence_id)
    return _listed(connection, connection.scalar(key), occurrence_id, name)


def parts_of(connection: Connection, occurrence_id: str) -> dict[str, list[Any]]:
    """All lists of a record, by the names of `catalogue.parts.PARTS`; empty ones too."""
    key = connection.scalar(select(specimens.c.id).where(specimens.c.occurrence_id == occurrence_id))
    filled = set(connection.scalars(_FILLED, {"specimen_id": key}))
    return {name: _listed(connection, key, occurrence_id, name) if name in filled else [] for name in PARTS}


_FILLED = union_all(
    *(
        select(literal(name, literal_execute=True)).where(
            exists().where(table.c.specimen_id == bindparam("specimen_id"))
        )
        for name, table in PART_TABLES.items()
    )
)
"""Which lists of a record hold anything: most records have few, and each list that is not read is time saved."""


def _listed(connection: Connection, specimen_id: int | None, occurrence_id: str, name: str) -> list[Any]:
    column = PART_TABLES[name].c
    names = (field.name for field in fields(PARTS[name]) if field.name != "occurrence_id")
    query = select(*(column[name] for name in names)).where(column.specimen_id == specimen_id)
    rows = connection.execute(query.order_by(column.position, column.id))
    return [part_of(name, occurrence_id, row._mapping) for row in rows]
