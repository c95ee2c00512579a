"""Which records bear which catalogue numbers, and which keys are there: asked for many at once, by imports."""

from collections.abc import Collection, Iterable
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, select

from catalogue.records import OWN
from catalogue.tables import specimens

Number: TypeAlias = tuple[object, object]
"""Institution and catalogue number of a museum's own specimen."""
_AT_ONCE = 400


_BEARERS = select(specimens.c.catalog_number, specimens.c.occurrence_id, specimens.c.verbatim_identification).where(
    specimens.c.basis_of_record == OWN,
    specimens.c.institution_code == bindparam("owner"),
    specimens.c.catalog_number.in_(bindparam("numbers", expanding=True)),
)


def bearers(connection: Connection, wanted: Collection[Number]) -> dict[Number, dict[str, str]]:
    """Who bears some numbers: the key and the name of each specimen, by number; numbers that nobody bears are left out."""
    found: dict[Number, dict[str, str]] = {}
    by_owner: dict[str, list[str]] = {}
    for owner, number in wanted:
        by_owner.setdefault(str(owner), []).append(str(number))
    for owner, borne in by_owner.items():  # the index begins with the institution
        for some in _some(sorted(borne)):
            for number, key, name in connection.execute(_BEARERS, {"owner": owner, "numbers": some}).all():
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
