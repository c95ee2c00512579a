"""Signing in, staying signed in, and signing out.

A session is a random token in the browser's cookie; the database keeps only its digest, when it ends and whether it was revoked.
The role is read afresh each time, so that a change of role counts at once. After five failures in a row a login is locked for a
minute, and for twice as long with each further failure, up to an hour. Failures, locks, unknown and disabled logins all look alike
from outside, and take equally long.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from catalogue.database import reading, writing
from catalogue.messages import CatalogueError, message
from catalogue.people import passwords
from catalogue.people.accounts import normal_login, now, stamp
from catalogue.rights import VISITOR, Person, Role
from catalogue.tables import people, sessions

COOKIE = "bonebed_session"
LASTS = timedelta(hours=12)
"""How long a session lasts: a working day."""
FAILURES_ALLOWED = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


class SignInFailed(CatalogueError):
    """Login and password do not open the door; which of them is wrong is not said."""


class UnfitPassword(CatalogueError):
    """A new password is too short, too long, or too easy to guess."""


def lock_after(failures: int) -> timedelta:
    """For how long a login is locked after so many failures in a row."""
    if failures < FAILURES_ALLOWED:
        return timedelta(0)
    doublings = min(failures - FAILURES_ALLOWED, 10)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def sign_in(
    login: str, password: str, *, user_agent: str = "", at: datetime | None = None, of: Engine | None = None
) -> str:
    """Check login and password and open a session.

    The attempt is counted as a failure before the password is looked at, in a transaction of its own, and forgiven afterwards: so
    a hundred attempts at once are counted as a hundred.

    Parameters
    ----------
    user_agent : str
        What the browser calls itself, kept for the person to recognise the session.
    at : datetime or None
        The moment; None is now.
    of : Engine or None
        The database; None is that of the settings.

    Returns
    -------
    str
        The token for the cookie; always a new one.

    Raises
    ------
    SignInFailed
        Login unknown, disabled or locked, or password wrong.
    """
    login, moment = normal_login(login), at or now()
    kept = _checked(login, password, moment, of)
    with writing(of) as connection:
        # The password may have been changed, or the person shut out, while this one was digested.
        still = (people.c.login == login, people.c.password_hash == kept, people.c.disabled.is_(False))
        if connection.execute(update(people).where(*still).values(failed_attempts=0, locked_until="")).rowcount != 1:
            raise _failed()
        return _open(connection, login, user_agent, moment)


def _checked(login: str, password: str, moment: datetime, of: Engine | None) -> str:
    """The digest that a password was found to match."""
    kept = _count_attempt(login, moment, of)
    if not passwords.matches(kept, password):
        raise _failed()
    return kept


def _failed() -> SignInFailed:
    return SignInFailed(
        message(
            "That did not work. Check login and password; after {failures} failures in a row a login rests for a while.",
            failures=FAILURES_ALLOWED,
        )
    )


def _count_attempt(login: str, moment: datetime, of: Engine | None) -> str:
    """Count an attempt; returns the digest of the password, or a blank where no password will do."""
    with writing(of) as connection:
        unlocked = update(people).where(
            people.c.login == login, people.c.disabled.is_(False), people.c.locked_until <= stamp(moment)
        )
        counted = connection.execute(
            unlocked.values(failed_attempts=people.c.failed_attempts + 1).returning(
                people.c.failed_attempts, people.c.password_hash
            )
        ).first()
        if counted is None:
            # A write that changes nothing, so that an unknown login takes as long as a known one.
            somebody = people.c.id == select(func.min(people.c.id)).scalar_subquery()
            connection.execute(update(people).where(somebody).values(failed_attempts=people.c.failed_attempts))
            return ""
        lock = lock_after(counted.failed_attempts)
        if lock:
            locked = update(people).where(people.c.login == login)
            connection.execute(locked.values(locked_until=stamp(moment + lock)))
        return str(counted.password_hash)


def _open(connection: Connection, login: str, user_agent: str, moment: datetime) -> str:
    token = secrets.token_urlsafe(32)
    long_gone = stamp(moment - timedelta(days=30))
    connection.execute(delete(sessions).where(sessions.c.expires < long_gone))
    person = select(people.c.id).where(people.c.login == login).scalar_subquery()
    row = {"created": stamp(moment), "expires": stamp(moment + LASTS), "user_agent": user_agent[:200], "revoked": ""}
    connection.execute(insert(sessions).values(token_hash=hash_of(token), person_id=person, **row))
    return token


def hash_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, of no use to whoever reads the database."""
    return sha256(token.encode()).hexdigest()


def person_of(connection: Connection, token: str, *, at: datetime | None = None) -> Person:
    """Who is signed in with a token; a visitor when it is unknown, expired or revoked, or the person is disabled."""
    if not token:
        return VISITOR
    row = connection.execute(
        select(people.c.login, people.c.name, people.c.role)
        .join_from(sessions, people)
        .where(
            sessions.c.token_hash == hash_of(token),
            sessions.c.revoked == "",
            sessions.c.expires > stamp(at or now()),
            people.c.disabled.is_(False),
        )
    ).first()
    return Person(row.login, row.name, Role(row.role)) if row else VISITOR


@dataclass(frozen=True)
class Session:
    """Where a person is signed in: since when, until when, and what the browser calls itself."""

    created: str
    expires: str
    user_agent: str


def open_sessions(connection: Connection, login: str, *, at: datetime | None = None) -> list[Session]:
    """The sessions of a person that are open, the newest first."""
    wanted = (
        select(sessions.c.created, sessions.c.expires, sessions.c.user_agent)
        .join_from(sessions, people)
        .where(people.c.login == normal_login(login), sessions.c.revoked == "", sessions.c.expires > stamp(at or now()))
        .order_by(sessions.c.created.desc())
    )
    return [Session(*row) for row in connection.execute(wanted)]


def sign_out(connection: Connection, token: str, *, at: datetime | None = None) -> None:
    """End one session; the token is of no use afterwards, wherever it lies."""
    ended = update(sessions).where(sessions.c.token_hash == hash_of(token), sessions.c.revoked == "")
    connection.execute(ended.values(revoked=stamp(at or now())))


def change_password(token: str, old: str, new: str, *, at: datetime | None = None, of: Engine | None = None) -> None:
    """Give the signed-in person a new password, if they know the old one, and end their other sessions.

    Raises
    ------
    SignInFailed
        When nobody is signed in with the token, or the old password is wrong; counted as for `sign_in`.
    UnfitPassword
        When the new password will not do.
    """
    moment = at or now()
    with reading(of) as connection:
        login = person_of(connection, token, at=moment).login
    problem = passwords.problem_with(new, login)
    if problem:
        raise UnfitPassword(problem)
    kept = _checked(login, old, moment, of)
    fresh = passwords.digest(new)
    with writing(of) as connection:
        still = (people.c.login == login, people.c.password_hash == kept, people.c.disabled.is_(False))
        changed = update(people).where(*still).values(password_hash=fresh, failed_attempts=0, locked_until="")
        if connection.execute(changed).rowcount != 1:
            raise _failed()
        person = select(people.c.id).where(people.c.login == login).scalar_subquery()
        others = (sessions.c.person_id == person, sessions.c.token_hash != hash_of(token), sessions.c.revoked == "")
        connection.execute(update(sessions).where(*others).values(revoked=stamp(moment)))
