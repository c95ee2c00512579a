"""Links that open once: for the first administrator, and for whoever is to choose a password.

The token is in the link alone; the database keeps its digest. The first administrator's link is written into the server's log when
nobody can manage people yet, as Jupyter does; a new start makes the link of the start before useless.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

from catalogue.messages import CatalogueError, message
from catalogue.people import passwords
from catalogue.people.accounts import _add, account, end_sessions, has_administrator, now, stamp
from catalogue.people.sessions import UnfitPassword, hash_of
from catalogue.rights import Person, Role, require
from catalogue.tables import one_time_links as links
from catalogue.tables import people

Purpose = Literal["first_administrator", "choose_password"]
LASTS: dict[Purpose, timedelta] = {
    "first_administrator": timedelta(days=1),
    "choose_password": timedelta(days=7),
}


class LinkIsSpent(CatalogueError):
    """A one-time link is unknown, too old, or was used before; which of them is not said."""


@dataclass(frozen=True)
class Link:
    """A link that still opens: what for, and for whom; the first administrator has no login yet."""

    purpose: Purpose
    login: str
    name: str


def for_first_administrator(
    connection: Connection, *, with_password: bool = True, at: datetime | None = None
) -> str | None:
    """A token for the first administrator, which makes earlier ones useless; None when there is an administrator.

    Parameters
    ----------
    with_password : bool
        Whether an administrator without a password counts for nothing; not so where an institution signs people in.
    """
    if has_administrator(connection, with_password=with_password):
        return None
    connection.execute(delete(links).where(links.c.purpose == "first_administrator"))
    return _make(connection, "first_administrator", None, at or now())


def invite(connection: Connection, who: Person, login: str, *, at: datetime | None = None) -> str:
    """A token with which a person chooses a password, at first or anew; it makes earlier ones useless.

    Raises
    ------
    NoSuchPerson
        When there is nobody under that login.
    """
    require(who, "manage_people")
    invited = account(connection, who, login)
    person_id = connection.scalar(select(people.c.id).where(people.c.login == invited.login))
    connection.execute(delete(links).where(links.c.person_id == person_id))
    return _make(connection, "choose_password", person_id, at or now())


def look_up(connection: Connection, token: str, *, at: datetime | None = None) -> Link:
    """What a link is for, without using it.

    Raises
    ------
    LinkIsSpent
    """
    row = connection.execute(
        select(links.c.purpose, people.c.login, people.c.name, people.c.disabled)
        .outerjoin_from(links, people)
        .where(links.c.token_hash == hash_of(token), links.c.used == "", links.c.expires > stamp(at or now()))
    ).first()
    if row is None or row.disabled:
        raise _spent()
    return Link(row.purpose, row.login or "", row.name or "")


def make_first_administrator(
    connection: Connection, token: str, login: str, name: str, password: str | None, *, at: datetime | None = None
) -> str:
    """Use the first administrator's link: make their account; returns the login as it is kept.

    Parameters
    ----------
    password : str or None
        None where an institution signs people in.

    Raises
    ------
    LinkIsSpent, InvalidPerson, UnfitPassword
    """
    if look_up(connection, token, at=at).purpose != "first_administrator":
        raise _spent()
    if has_administrator(connection, with_password=password is not None):
        raise _spent()
    made = _add(connection, login, name, Role.ADMINISTRATOR)
    if password is not None:
        _set_password(connection, made.login, password)
    _use(connection, token, at or now())
    return made.login


def choose_password(connection: Connection, token: str, password: str, *, at: datetime | None = None) -> str:
    """Use a link to choose a password: ends the person's sessions and lifts a lock; returns the login.

    Raises
    ------
    LinkIsSpent, UnfitPassword
    """
    link = look_up(connection, token, at=at)
    if link.purpose != "choose_password":
        raise _spent()
    _set_password(connection, link.login, password)
    end_sessions(connection, link.login, at=at)
    _use(connection, token, at or now())
    return link.login


def _make(connection: Connection, purpose: Purpose, person_id: int | None, moment: datetime) -> str:
    token = secrets.token_urlsafe(32)
    times = {"created": stamp(moment), "expires": stamp(moment + LASTS[purpose]), "used": ""}
    connection.execute(insert(links).values(token_hash=hash_of(token), purpose=purpose, person_id=person_id, **times))
    return token


def _set_password(connection: Connection, login: str, password: str) -> None:
    problem = passwords.problem_with(password, login)
    if problem:
        raise UnfitPassword(problem)
    kept = passwords.digest(password)
    values = {"password_hash": kept, "failed_attempts": 0, "locked_until": ""}
    connection.execute(update(people).where(people.c.login == login).values(**values))


def _use(connection: Connection, token: str, moment: datetime) -> None:
    """Spend a link; of two who hold it at the same moment, one finds it spent and keeps nothing."""
    spent = update(links).where(links.c.token_hash == hash_of(token), links.c.used == "")
    if connection.execute(spent.values(used=stamp(moment))).rowcount != 1:
        raise _spent()


def _spent() -> LinkIsSpent:
    return LinkIsSpent(
        message("This link was used before, or is too old. Ask whoever runs Bonebed here for a new one.")
    )
