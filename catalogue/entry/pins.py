"""Pins: the fields whose values a person carries forward from one specimen to the next, with those values."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from catalogue.rights import Person, require
from catalogue.tables import pins

USUAL: tuple[str, ...] = ("institution_code", "country_code", "state_province", "recorded_by")
"""What is pinned for those who never touched a pin: what a drawer of one expedition has in common."""


def of_person(connection: Connection, who: Person) -> dict[str, str]:
    """A person's pinned fields and the value that each carries forward; blank where there is none yet.

    Raises
    ------
    NotAllowed
        When the person may not add specimens.
    """
    require(who, "add")
    found: dict[str, str] | None = connection.scalar(select(pins.c.fields).where(pins.c.login == who.login))
    return dict.fromkeys(USUAL, "") if found is None else dict(found)


def pin(connection: Connection, who: Person, fields: Iterable[str], typed: Mapping[str, str]) -> None:
    """Pin exactly these fields, with the values that they have now.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    fields : iterable of str
        Names of fields of the form.
    typed : mapping of str to str
        What stands in the form; a field that is not in it is blank.

    Raises
    ------
    NotAllowed
        When the person may not add specimens.
    """
    require(who, "add")
    connection.execute(delete(pins).where(pins.c.login == who.login))
    connection.execute(insert(pins).values(login=who.login, fields={name: typed.get(name, "") for name in fields}))
