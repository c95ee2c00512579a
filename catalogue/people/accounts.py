"""The people who work with the collection: their accounts and their roles.

What an account may do is told in `catalogue.rights`; how one signs in, in `catalogue.people.sessions`. Whoever changes accounts hands over
who they are, and needs the right `manage_people`. The last administrator can be neither demoted nor shut out.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, update

from catalogue.messages import CatalogueError, message
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role, require
from catalogue.tables import people, sessions

_MORE_IN_LOGINS = frozenset("._@+-")


class NoSuchPerson(CatalogueError):
    """There is nobody under that login."""


class InvalidPerson(CatalogueError):
    """The login or the name of a new person will not do."""


class LastAdministrator(CatalogueError):
    """The change would leave nobody who can manage people."""


@dataclass(frozen=True)
class Account:
    """What administrators see of a person.

    Parameters
    ----------
    login, name : str
        What the person signs in with, and what others see.
    role : Role
        See `catalogue.rights`.
    disabled : bool
        Whether the person is shut out.
    has_password : bool
        Whether the person has chosen a password; never so for those who sign in through their institution.
    locked_until : str
        Until when sign-in is refused after too many failures, ISO 8601 in UTC; blank when it is not.
    created : str
        When the account was made, ISO 8601 in UTC.
    open_sessions : int
        In how many browsers the person is signed in.
    """

    login: str
    name: str
    role: Role
    disabled: bool
    has_password: bool
    locked_until: str
    created: str
    open_sessions: int


def stamp(moment: datetime) -> str:
    """A moment as it is kept: ISO 8601 in UTC, always of the same length, so that texts compare as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def normal_login(login: str) -> str:
    """A login in the one form in which it is kept: without blanks around it, in small letters."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def accounts(connection: Connection, who: Person, *, at: datetime | None = None) -> list[Account]:
    """Everybody who has an account, in the order of their logins."""
    require(who, "manage_people")
    return [_account(row, at or now()) for row in connection.execute(_with_open_sessions(at or now()))]


def account(connection: Connection, who: Person, login: str, *, at: datetime | None = None) -> Account:
    """One account.

    Raises
    ------
    NoSuchPerson
        When there is nobody under that login.
    """
    require(who, "manage_people")
    wanted = _with_open_sessions(at or now()).where(people.c.login == normal_login(login))
    row = connection.execute(wanted).first()
    if row is None:
        raise _nobody(login)
    return _account(row, at or now())


def name_of(connection: Connection, who: Person, login: str) -> str:
    """What others see of whoever did something; the login itself where there is no account, as with an institution's own people.

    Raises
    ------
    NotAllowed
        When `who` may not see who did what.
    """
    require(who, "see_history")
    return connection.scalar(select(people.c.name).where(people.c.login == login)) or login


def add(connection: Connection, who: Person, login: str, name: str, role: Role) -> Account:
    """Make an account without a password; see `catalogue.people.one_time_links.invite` for how its owner chooses one.

    Raises
    ------
    InvalidPerson
        When the login is taken or will not do.
    """
    require(who, "manage_people")
    return _add(connection, login, name, role)


def _add(connection: Connection, login: str, name: str, role: Role) -> Account:
    login, name = normal_login(login), " ".join(unicodedata.normalize("NFC", name).split())
    _check(connection, login, name)
    made = stamp(now())
    connection.execute(
        insert(people).values(
            login=login, name=name or login, role=role, password_hash="", failed_attempts=0, locked_until="",
            disabled=False, created=made,
        )
    )  # fmt: skip
    return Account(login, name or login, role, False, False, "", made, 0)


def _check(connection: Connection, login: str, name: str) -> None:
    if not _can_be_login(login):
        raise InvalidPerson(
            message("“{login}” cannot be a login: 2 to 100 letters, digits or . _ @ + - without blanks.", login=login)
        )
    if len(name) > 200 or not name.isprintable():
        raise InvalidPerson(message("A name may have at most 200 characters."))
    taken = connection.scalar(select(people.c.id).where(people.c.login == login)) is not None
    if taken or login == THIS_COMPUTER.login:
        raise InvalidPerson(message("There is already a person with the login “{login}”.", login=login))


def _can_be_login(login: str) -> bool:
    return 2 <= len(login) <= 100 and all(letter.isalnum() or letter in _MORE_IN_LOGINS for letter in login)


def set_role(connection: Connection, who: Person, login: str, role: Role) -> None:
    """Give a person another role; it counts from their next click.

    Raises
    ------
    NoSuchPerson, LastAdministrator
    """
    require(who, "manage_people")
    before = account(connection, who, login)
    if role != Role.ADMINISTRATOR:
        _keep_one_administrator(connection, before)
    connection.execute(update(people).where(people.c.login == before.login).values(role=role))


def set_disabled(connection: Connection, who: Person, login: str, disabled: bool) -> None:
    """Shut a person out and end their sessions, or let them in again; their name in the history stays.

    Raises
    ------
    NoSuchPerson, LastAdministrator
    """
    require(who, "manage_people")
    before = account(connection, who, login)
    if disabled:
        _keep_one_administrator(connection, before)
    connection.execute(update(people).where(people.c.login == before.login).values(disabled=disabled))
    if disabled:
        end_sessions(connection, before.login)


def end_sessions(connection: Connection, login: str, *, at: datetime | None = None) -> int:
    """Sign a person out everywhere; returns of how many sessions. Asked for through `sign_out_everywhere`."""
    of_person = select(people.c.id).where(people.c.login == normal_login(login)).scalar_subquery()
    ended = update(sessions).where(sessions.c.person_id == of_person, sessions.c.revoked == "")
    return connection.execute(ended.values(revoked=stamp(at or now()))).rowcount


def sign_out_everywhere(connection: Connection, who: Person, login: str) -> int:
    """End all sessions of a person: by an administrator, or by the person; returns how many were open."""
    if who.login != normal_login(login) or not who.login:
        require(who, "manage_people")
    return end_sessions(connection, login)


def has_administrator(connection: Connection, *, with_password: bool = True) -> bool:
    """Whether somebody can sign in and manage people.

    Parameters
    ----------
    connection : Connection
    with_password : bool
        Whether to count only those who have chosen a password; not so where an institution signs people in.
    """
    able = and_(people.c.role == Role.ADMINISTRATOR, people.c.disabled.is_(False))
    if with_password:
        able = and_(able, people.c.password_hash != "")
    return connection.scalar(select(func.count()).select_from(people).where(able)) != 0


def person_of_institution(
    connection: Connection,
    claims: Mapping[str, object],
    *,
    login_claim: str,
    groups_claim: str,
    roles: Mapping[str, Role],
) -> Person:
    """Who an institution says is here (OpenID Connect), with the role of their account or of their groups.

    An account counts before groups, so that an administrator can narrow or shut out anybody. Who has neither is a visitor.
    An e-mail address counts only where the institution says that it has verified it.

    Parameters
    ----------
    claims : mapping
        The claims of the identity token.
    login_claim : str
        The claim that is the login, such as ``email``, ``preferred_username`` or ``sub``.
    groups_claim : str
        The claim that lists the groups of the person.
    roles : mapping of str to Role
        Which role each group brings; of several, the widest counts.
    """
    login = normal_login(str(claims.get(login_claim) or ""))
    if not _can_be_login(login) or login == THIS_COMPUTER.login:
        return VISITOR
    if login_claim == "email" and claims.get("email_verified") not in (True, "true"):
        return VISITOR
    name = "".join(letter for letter in str(claims.get("name") or login)[:200] if letter.isprintable())
    row = connection.execute(select(people).where(people.c.login == login)).first()
    if row is not None:
        return VISITOR if row.disabled else Person(row.login, row.name, Role(row.role))
    role = _widest(claims.get(groups_claim), roles)
    return VISITOR if role == Role.VISITOR else Person(login, name, role)


def _widest(groups: object, roles: Mapping[str, Role]) -> Role:
    given = [groups] if isinstance(groups, str) else groups if isinstance(groups, list | tuple) else []
    order = list(Role)
    return max(
        (roles[group] for group in given if isinstance(group, str) and group in roles),
        key=order.index,
        default=Role.VISITOR,
    )


def _keep_one_administrator(connection: Connection, leaving: Account) -> None:
    if leaving.role != Role.ADMINISTRATOR or leaving.disabled:
        return
    # All administrators are locked, not counted, so that two who demote each other at once do not both succeed.
    others = (
        select(people.c.login)
        .where(people.c.role == Role.ADMINISTRATOR, people.c.disabled.is_(False))
        .with_for_update()
    )
    if set(connection.scalars(others)) <= {leaving.login}:
        raise LastAdministrator(
            message("“{login}” is the last administrator. Make somebody else administrator first.", login=leaving.login)
        )


def _with_open_sessions(at: datetime) -> Select[tuple[object, ...]]:
    open_now = and_(sessions.c.person_id == people.c.id, sessions.c.revoked == "", sessions.c.expires > stamp(at))
    counted = select(func.count()).select_from(sessions).where(open_now).scalar_subquery()
    return select(people, counted.label("open_sessions")).order_by(people.c.login)


def _account(row: Row[tuple[object, ...]], at: datetime) -> Account:
    return Account(
        login=row.login,
        name=row.name,
        role=Role(row.role),
        disabled=bool(row.disabled),
        has_password=row.password_hash != "",
        locked_until=row.locked_until if row.locked_until > stamp(at) else "",
        created=row.created,
        open_sessions=row.open_sessions,
    )


def _nobody(login: str) -> NoSuchPerson:
    return NoSuchPerson(message("There is nobody with the login “{login}”.", login=login))
