"""Accounts: who may change them, which logins will do, and that an administrator always remains."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue.people import accounts as people
from catalogue.people.accounts import InvalidPerson, LastAdministrator, NoSuchPerson, person_of_institution
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role

ADMINISTRATOR = Person("mei", "Mei Lin", Role.ADMINISTRATOR)
BELOW = [Person("jun", "Jun", role) for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture
def staff(connection: Connection) -> Connection:
    """An administrator and a cataloguer."""
    people.add(connection, THIS_COMPUTER, "mei", "Mei Lin", Role.ADMINISTRATOR)
    people.add(connection, THIS_COMPUTER, "jun", "Jun Zhao", Role.CATALOGUER)
    return connection


def test_a_person_is_added_without_a_password_and_listed(staff: Connection) -> None:
    mei, jun = sorted(people.accounts(staff, ADMINISTRATOR), key=lambda account: account.name, reverse=True)
    assert (mei.login, mei.name, mei.role) == ("mei", "Mei Lin", Role.ADMINISTRATOR)
    assert (jun.has_password, jun.disabled, jun.open_sessions, jun.locked_until) == (False, False, 0, "")


@pytest.mark.parametrize("who", BELOW, ids=lambda person: person.role)
@pytest.mark.parametrize(
    "deed",
    [
        lambda c, who: people.accounts(c, who),
        lambda c, who: people.account(c, who, "jun"),
        lambda c, who: people.add(c, who, "new", "New", Role.VISITOR),
        lambda c, who: people.set_role(c, who, "jun", Role.ADMINISTRATOR),
        lambda c, who: people.set_disabled(c, who, "mei", True),
        lambda c, who: people.sign_out_everywhere(c, who, "mei"),
    ],
    ids=["accounts", "account", "add", "set_role", "set_disabled", "sign_out_everywhere"],
)
def test_whoever_is_not_an_administrator_is_refused(
    staff: Connection, who: Person, deed: Callable[[Connection, Person], Any]
) -> None:
    before = people.accounts(staff, ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        deed(staff, who)
    assert people.accounts(staff, ADMINISTRATOR) == before


def test_one_may_sign_oneself_out_everywhere_but_a_visitor_nobody(staff: Connection) -> None:
    assert people.sign_out_everywhere(staff, Person("jun", "Jun", Role.CATALOGUER), "JUN") == 0
    with pytest.raises(NotAllowed):
        people.sign_out_everywhere(staff, VISITOR, "")


@pytest.mark.parametrize("login", ["Mei", " mei ", "MEI", "ｍｅｉ"])
def test_a_login_is_taken_however_it_is_written(staff: Connection, login: str) -> None:
    with pytest.raises(InvalidPerson, match="already a person"):
        people.add(staff, ADMINISTRATOR, login, "Another", Role.STUDENT)


@pytest.mark.parametrize("login", ["", "x", "a b", "a\nb", "<script>", "a" * 101, "a/b", "a\u202eb", "this computer"])
def test_a_login_that_could_deceive_is_refused(staff: Connection, login: str) -> None:
    with pytest.raises(InvalidPerson, match="cannot be a login"):
        people.add(staff, ADMINISTRATOR, login, "Another", Role.STUDENT)


def test_nobody_can_pass_for_this_computer(staff: Connection) -> None:
    with pytest.raises(InvalidPerson):
        people.add(staff, ADMINISTRATOR, THIS_COMPUTER.login, "Me", Role.STUDENT)


@pytest.mark.parametrize("name", ["x" * 201, "Mei\u202eLin", "Mei\x00"])
def test_a_name_that_could_deceive_is_refused(staff: Connection, name: str) -> None:
    with pytest.raises(InvalidPerson):
        people.add(staff, ADMINISTRATOR, "new", name, Role.STUDENT)


def test_chinese_logins_and_names_are_welcome_and_a_missing_name_is_the_login(staff: Connection) -> None:
    assert people.add(staff, ADMINISTRATOR, "林梅", " 林  梅 ", Role.STUDENT).name == "林 梅"
    assert people.add(staff, ADMINISTRATOR, "li@museum.cn", "", Role.STUDENT).name == "li@museum.cn"


def test_a_role_is_changed(staff: Connection) -> None:
    people.set_role(staff, ADMINISTRATOR, "jun", Role.CURATOR)
    assert people.account(staff, ADMINISTRATOR, "jun").role == Role.CURATOR


def test_the_last_administrator_stays_until_there_is_another(staff: Connection) -> None:
    with pytest.raises(LastAdministrator, match="last administrator"):
        people.set_role(staff, ADMINISTRATOR, "mei", Role.CURATOR)
    with pytest.raises(LastAdministrator):
        people.set_disabled(staff, ADMINISTRATOR, "mei", True)
    people.set_role(staff, ADMINISTRATOR, "jun", Role.ADMINISTRATOR)
    people.set_disabled(staff, ADMINISTRATOR, "mei", True)
    with pytest.raises(LastAdministrator):
        people.set_disabled(staff, ADMINISTRATOR, "jun", True)


def test_nobody_under_a_login_is_said(staff: Connection) -> None:
    with pytest.raises(NoSuchPerson, match="“ghost”"):
        people.set_role(staff, ADMINISTRATOR, "ghost", Role.CURATOR)


def test_an_administrator_counts_once_able_to_sign_in(staff: Connection) -> None:
    assert not people.has_administrator(staff)
    assert people.has_administrator(staff, with_password=False)


ROLES = {"staff": Role.CATALOGUER, "heads": Role.CURATOR}


def _arrive(connection: Connection, claim: str = "email", **claims: object) -> Person:
    return person_of_institution(connection, claims, login_claim=claim, groups_claim="groups", roles=ROLES)


def test_an_account_counts_before_groups(staff: Connection) -> None:
    arrived = _arrive(staff, "sub", sub="Jun", name="J. Z.", groups=["heads"])
    assert arrived == Person("jun", "Jun Zhao", Role.CATALOGUER)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["staff"], Role.CATALOGUER),
        (["staff", "heads", "football"], Role.CURATOR),
        (["heads", "staff"], Role.CURATOR),
        ("staff", Role.CATALOGUER),
    ],
)
def test_without_an_account_the_widest_group_counts(staff: Connection, groups: object, role: Role) -> None:
    assert _arrive(staff, "sub", sub="Li", name="Li Na", groups=groups) == Person("li", "Li Na", role)


@pytest.mark.parametrize(
    "groups", [None, [], ["football"], "administrator", ["administrator"], {"heads": 1}, 7, [["heads"]]]
)
def test_with_neither_one_is_a_visitor(staff: Connection, groups: object) -> None:
    assert _arrive(staff, "sub", sub="li", groups=groups) == VISITOR


def test_one_who_was_shut_out_reads_whatever_the_institution_says(staff: Connection) -> None:
    people.set_disabled(staff, ADMINISTRATOR, "jun", True)
    assert _arrive(staff, "sub", sub="jun", groups=["heads"]) == VISITOR


@pytest.mark.parametrize("verified", [None, False, "false", "yes", 0])
def test_an_address_that_is_not_verified_is_nobodys(staff: Connection, verified: object) -> None:
    people.add(staff, ADMINISTRATOR, "li@museum.cn", "Li", Role.CURATOR)
    assert _arrive(staff, email="li@museum.cn", email_verified=verified, groups=["heads"]) == VISITOR
    assert _arrive(staff, email="Li@museum.cn", email_verified=True).role == Role.CURATOR


@pytest.mark.parametrize("login", [None, "", " ", "a b", "a|b", THIS_COMPUTER.login])
def test_without_a_login_of_ones_own_one_is_a_visitor(staff: Connection, login: object) -> None:
    assert _arrive(staff, "sub", sub=login, groups=["heads"]) == VISITOR


def test_who_did_something_is_called_by_name_where_there_is_an_account(staff: Connection) -> None:
    assert people.name_of(staff, Person("jun", "Jun", Role.CATALOGUER), "mei") == "Mei Lin"
    assert people.name_of(staff, ADMINISTRATOR, "ann@museum.example") == "ann@museum.example"
    with pytest.raises(NotAllowed):
        people.name_of(staff, VISITOR, "mei")
