"""Searches that people keep by a name: what was asked, in the words of the search's link.

A saved search belongs to its person; one saved while sign-in is off, to this computer. Others see it, visitors too, only when a curator
has shared one of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from catalogue.messages import CatalogueError, message
from catalogue.rights import Person, may, require
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
    shared : bool
        Whether everybody sees it.
    """

    name: str
    asked: Mapping[str, str]
    saved_at: str
    saved_by: str
    shared: bool = False


def save(connection: Connection, who: Person, name: str, asked: Mapping[str, str]) -> SavedSearch:
    """Keep a search for oneself; one of the same person and name is replaced, and not shared any more.

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
        insert(saved_searches).values(
            name=name, asked=saved.asked, saved_at=saved.saved_at, saved_by=who.login, shared=False
        )
    )
    return saved


def all_saved(connection: Connection, who: Person) -> list[SavedSearch]:
    """The searches that a person sees, their own and the shared ones, by name; a visitor sees those that are shared."""
    column = saved_searches.c
    seen = or_(column.shared.is_(True), column.saved_by == who.login)
    rows = connection.execute(
        select(column.name, column.asked, column.saved_at, column.saved_by, column.shared)
        .where(seen)
        .order_by(column.id)
    )
    return sorted((SavedSearch(**row._mapping) for row in rows), key=lambda saved: saved.name.casefold())


def share(connection: Connection, who: Person, saved: SavedSearch) -> None:
    """Share one of one's own searches with everybody, visitors included.

    Raises
    ------
    NotAllowed
        When the person may not share searches.
    """
    require(who, "share_searches")
    connection.execute(update(saved_searches).where(_is(saved), _of(who)).values(shared=True))


def may_end_sharing(who: Person, saved: SavedSearch) -> bool:
    """Whether a person may take a search back from everybody: its owner, and whoever may share searches."""
    return saved.shared and (saved.saved_by == who.login or may(who, "share_searches"))


def end_sharing(connection: Connection, who: Person, saved: SavedSearch) -> None:
    """Take a shared search back: its owner alone sees it from now on.

    Raises
    ------
    NotAllowed
        When it is somebody else's and the person may not share searches.
    """
    require(who, "keep_private_notes" if saved.saved_by == who.login else "share_searches")
    connection.execute(update(saved_searches).where(_is(saved)).values(shared=False))


def forget(connection: Connection, who: Person, saved: SavedSearch) -> None:
    """Throw one of one's own searches away; one that is somebody else's, or not there any more, is let be.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    """
    require(who, "keep_private_notes")
    connection.execute(delete(saved_searches).where(_is(saved), _of(who)))


def _is(saved: SavedSearch) -> ColumnElement[bool]:
    return and_(saved_searches.c.name == saved.name, saved_searches.c.saved_by == saved.saved_by)


def _of(who: Person) -> ColumnElement[bool]:
    return saved_searches.c.saved_by == who.login
