"""Which records bear which catalogue numbers, and which keys are there: asked for many at once, by imports."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, bindparam, select

from catalogue import among
from catalogue.records import OWN
from catalogue.tables import specimens

Number: TypeAlias = tuple[object, object]
"""Institution and catalogue number of a museum's own specimen."""
_AT_ONCE = 400


@cache
def _bearers(dialect: str) -> Select[Any]:
    column = specimens.c
    return select(column.catalog_number, column.occurrence_id, column.verbatim_identification).where(
        column.basis_of_record == OWN,
        column.institution_code == bindparam("owner"),
        among.is_one_of(column.catalog_number, "numbers", dialect),
    )


def bearers(connection: Connection, wanted: Collection[Number]) -> dict[Number, dict[str, str]]:
    """Who bears some numbers: the key and the name of each specimen, by number; numbers that nobody bears are left out."""
    dialect = connection.dialect.name
    found: dict[Number, dict[str, str]] = {}
    by_owner: dict[str, list[str]] = {}
    for owner, number in wanted:
        by_owner.setdefault(str(owner), []).append(str(number))
    for owner, borne in by_owner.items():  # the index begins with the institution
        for some in _some(sorted(borne)):
            asked = {"owner": owner, "numbers": among.given(some, dialect)}
            for number, key, name in connection.execute(_bearers(dialect), asked).all():
                found.setdefault((owner, number), {})[key] = name
    return found


def holder(connection: Connection, number: Number, but: str) -> str | None:
    """The name of a specimen that bears a number, the one under the key `but` aside; None when the number is free."""
    column = specimens.c
    query = select(column.verbatim_identification).where(
        column.basis_of_record == OWN,
        column.institution_code == number[0],
        column.catalog_number == number[1],
        column.occurrence_id != but,
    )
    found: str | None = connection.scalar(query)
    return found


def present(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of some keys under which there is a record."""
    column = specimens.c.occurrence_id
    return {key for some in _some(sorted(keys)) for key in connection.scalars(select(column).where(column.in_(some)))}


def _some(texts: list[str]) -> Iterable[list[str]]:
    return (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
