"""Searches that people keep by a name: what was asked, in the words of the search's link.

A person sees the searches saved on this computer while sign-in was off, which belong to everybody, and their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from catalogue.messages import CatalogueError, message
from catalogue.rights import THIS_COMPUTER, Person, require
from catalogue.tables import saved_searches

LONGEST_NAME = 80
"""Characters of a name."""
_MOST_ASKED = 4_000


class NamelessSearch(CatalogueError):
    """A search cannot be saved under a blank or very long name."""


@dataclass(frozen=True)
class SavedSearch:
    """A search with a name.

    Parameters
    ----------
    name : str
        By which people know it.
    asked : mapping of str to str
        The parameters of its link.
    saved_at : str
        When, in UTC.
    saved_by : str
        The login of the person.
    """

    name: str
    asked: Mapping[str, str]
    saved_at: str
    saved_by: str


def save(connection: Connection, who: Person, name: str, asked: Mapping[str, str]) -> SavedSearch:
    """Keep a search; one of the same person and name is replaced.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    who : Person
        To whom it belongs.
    name : str
        How it shall be called; spaces around it do not count.
    asked : mapping of str to str
        The parameters of its link.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    NamelessSearch
        When the name is blank or too long, or so much is asked that no link could hold it.
    """
    require(who, "keep_private_notes")
    name = " ".join(name.split())
    if not name:
        raise NamelessSearch(message("Give the search a name, so that you find it again."))
    if len(name) > LONGEST_NAME or sum(map(len, asked.values())) > _MOST_ASKED:
        raise NamelessSearch(
            message("The name is too long, or the search is. A name may have {most} characters.", most=LONGEST_NAME)
        )
    saved = SavedSearch(name, dict(asked), datetime.now(UTC).isoformat(timespec="seconds"), who.login)
    column = saved_searches.c
    connection.execute(delete(saved_searches).where(column.name == name, column.saved_by == who.login))
    connection.execute(
        insert(saved_searches).values(name=name, asked=saved.asked, saved_at=saved.saved_at, saved_by=who.login)
    )
    return saved


def all_saved(connection: Connection, who: Person) -> list[SavedSearch]:
    """The searches that a person sees, by name."""
    column = saved_searches.c
    rows = connection.execute(
        select(column.name, column.asked, column.saved_at, column.saved_by).where(_seen_by(who)).order_by(column.id)
    )
    return sorted((SavedSearch(**row._mapping) for row in rows), key=lambda saved: saved.name.casefold())


def forget(connection: Connection, who: Person, saved: SavedSearch) -> None:
    """Throw a saved search away; one that is not there any more is no error.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    """
    require(who, "keep_private_notes")
    column = saved_searches.c
    connection.execute(
        delete(saved_searches).where(_seen_by(who), column.name == saved.name, column.saved_by == saved.saved_by)
    )


def _seen_by(who: Person) -> ColumnElement[bool]:
    return saved_searches.c.saved_by.in_({who.login, THIS_COMPUTER.login})
