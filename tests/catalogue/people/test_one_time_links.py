"""Links that open once: the first administrator's, and the one behind which a password is chosen."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, select

from catalogue.database import reading, writing
from catalogue.people import accounts as people
from catalogue.people import one_time_links, sessions
from catalogue.people.accounts import InvalidPerson, NoSuchPerson
from catalogue.people.one_time_links import LASTS, LinkIsSpent
from catalogue.people.sessions import UnfitPassword
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from catalogue.tables import one_time_links as links

PASSWORD = "three calm red bones"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _first(connection: Connection) -> str:
    token = one_time_links.for_first_administrator(connection, at=NOON)
    assert token
    return token


def _become(connection: Connection, token: str, login: str = "Mei", at: datetime = NOON) -> str:
    return one_time_links.make_first_administrator(connection, token, login, "Mei Lin", PASSWORD, at=at)


def test_the_first_administrator_is_made_once(connection: Connection) -> None:
    token = _first(connection)
    assert one_time_links.look_up(connection, token, at=NOON).purpose == "first_administrator"
    assert _become(connection, token) == "mei"
    assert people.account(connection, THIS_COMPUTER, "mei").role == Role.ADMINISTRATOR
    assert one_time_links.for_first_administrator(connection, at=NOON) is None
    with pytest.raises(LinkIsSpent):
        _become(connection, token, "eve")


def test_a_new_start_makes_the_link_before_useless(connection: Connection) -> None:
    before, after = _first(connection), _first(connection)
    with pytest.raises(LinkIsSpent):
        _become(connection, before)
    assert _become(connection, after)


def test_a_link_is_of_no_use_once_there_is_an_administrator(connection: Connection) -> None:
    token = _first(connection)
    people.add(connection, THIS_COMPUTER, "boss", "", Role.ADMINISTRATOR)
    invitation = one_time_links.invite(connection, THIS_COMPUTER, "boss", at=NOON)
    one_time_links.choose_password(connection, invitation, PASSWORD, at=NOON)
    with pytest.raises(LinkIsSpent):
        _become(connection, token)


def test_a_link_grows_old(connection: Connection) -> None:
    with pytest.raises(LinkIsSpent):
        _become(connection, _first(connection), at=NOON + LASTS["first_administrator"])
    people.add(connection, THIS_COMPUTER, "jun", "", Role.STUDENT)
    token = one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON)
    with pytest.raises(LinkIsSpent):
        one_time_links.choose_password(connection, token, PASSWORD, at=NOON + LASTS["choose_password"])


def test_a_mistake_does_not_spend_the_link(database: Engine) -> None:
    with writing(database) as connection:
        token = _first(connection)
    with pytest.raises(UnfitPassword), writing(database) as connection:
        one_time_links.make_first_administrator(connection, token, "mei", "Mei", "short", at=NOON)
    with pytest.raises(InvalidPerson), writing(database) as connection:
        _become(connection, token, "no blanks please")
    with reading(database) as connection:
        assert people.accounts(connection, THIS_COMPUTER) == []
    with writing(database) as connection:
        assert _become(connection, token)


def test_where_an_institution_signs_in_the_first_administrator_has_no_password(connection: Connection) -> None:
    token = one_time_links.for_first_administrator(connection, with_password=False, at=NOON)
    assert token
    one_time_links.make_first_administrator(connection, token, "mei@museum.cn", "Mei", None, at=NOON)
    assert not people.account(connection, THIS_COMPUTER, "mei@museum.cn").has_password
    assert one_time_links.for_first_administrator(connection, with_password=False, at=NOON) is None


def test_an_invitation_lets_its_owner_choose_a_password_once(database: Engine) -> None:
    with writing(database) as connection:
        people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.CATALOGUER)
        token = one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON)
    with writing(database) as connection:
        assert one_time_links.look_up(connection, token, at=NOON).login == "jun"
        assert one_time_links.choose_password(connection, token, PASSWORD, at=NOON) == "jun"
    assert sessions.sign_in("jun", PASSWORD, at=NOON, of=database)
    with pytest.raises(LinkIsSpent), writing(database) as connection:
        one_time_links.choose_password(connection, token, "another fine word", at=NOON)


def test_a_new_password_by_link_ends_sessions_and_lifts_the_lock(database: Engine) -> None:
    test_an_invitation_lets_its_owner_choose_a_password_once(database)
    old = sessions.sign_in("jun", PASSWORD, at=NOON, of=database)
    for _ in range(sessions.FAILURES_ALLOWED):
        with pytest.raises(sessions.SignInFailed):
            sessions.sign_in("jun", "wrong", at=NOON, of=database)
    with writing(database) as connection:
        token = one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON)
        one_time_links.choose_password(connection, token, "another fine word", at=NOON)
    with reading(database) as connection:
        assert sessions.person_of(connection, old, at=NOON) == VISITOR
    assert sessions.sign_in("jun", "another fine word", at=NOON, of=database)


def test_a_second_invitation_makes_the_first_useless(connection: Connection) -> None:
    people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.CATALOGUER)
    before, after = (one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON) for _ in range(2))
    with pytest.raises(LinkIsSpent):
        one_time_links.look_up(connection, before, at=NOON)
    assert one_time_links.look_up(connection, after, at=NOON)


def test_one_who_is_shut_out_has_no_link(connection: Connection) -> None:
    people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.CATALOGUER)
    token = one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON)
    people.set_disabled(connection, THIS_COMPUTER, "jun", True)
    with pytest.raises(LinkIsSpent):
        one_time_links.choose_password(connection, token, PASSWORD, at=NOON)


def test_a_link_serves_its_own_purpose_only(connection: Connection) -> None:
    first = _first(connection)
    people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.STUDENT)
    invitation = one_time_links.invite(connection, THIS_COMPUTER, "jun", at=NOON)
    with pytest.raises(LinkIsSpent):
        one_time_links.choose_password(connection, first, PASSWORD, at=NOON)
    with pytest.raises(LinkIsSpent):
        _become(connection, invitation)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_invites(connection: Connection, role: Role) -> None:
    people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.STUDENT)
    with pytest.raises(NotAllowed):
        one_time_links.invite(connection, Person("jun", "Jun", role), "jun")


def test_nobody_can_be_invited_who_is_not_there(connection: Connection) -> None:
    with pytest.raises(NoSuchPerson):
        one_time_links.invite(connection, THIS_COMPUTER, "ghost")


def test_the_database_does_not_know_the_token(connection: Connection) -> None:
    token = _first(connection)
    assert connection.scalars(select(links.c.token_hash)).all() == [sessions.hash_of(token)]
    with pytest.raises(LinkIsSpent):
        one_time_links.look_up(connection, sessions.hash_of(token), at=NOON)
