"""The catalogue number that comes next: offered to the person, never given unasked."""

import re

from sqlalchemy import Connection, select

from catalogue.records import OWN
from catalogue.rights import Person, require
from catalogue.tables import specimens

_LAST_DIGITS = re.compile(r"^(.*?)(\d{1,15})$", re.DOTALL)
_TRIES = 50


def following(number: str) -> str:
    """The number after one that ends in digits, with as many digits: ``LFGT 0123`` gives ``LFGT 0124``; else blank."""
    match = _LAST_DIGITS.match(number)
    if not match or not match[2].isascii():
        return ""
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}d}"


def next_free(connection: Connection, who: Person, institution_code: str, number: str) -> str:
    """The first number after one that no specimen of the museum has yet; blank when none is near.

    Raises
    ------
    NotAllowed
        When the person may not add specimens.
    """
    require(who, "add")
    offered: list[str] = []
    while len(offered) < _TRIES and (number := following(number)):
        offered.append(number)
    column = specimens.c
    taken = set(
        connection.scalars(
            select(column.catalog_number).where(
                column.basis_of_record == OWN,
                column.institution_code == institution_code,
                column.catalog_number.in_(offered),
            )
        )
    )
    return next((one for one in offered if one not in taken), "")
