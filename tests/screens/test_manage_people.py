"""The page People: inviting, another role, a forgotten password, and shutting out, as an administrator sees it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database
from catalogue.people import accounts as people
from catalogue.people import one_time_links, sessions
from catalogue.people.accounts import Account
from catalogue.rights import THIS_COMPUTER, Role
from catalogue.settings import settings

PASSWORD = "three calm red bones"


@pytest.fixture
def administrator(collection: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Mei, an administrator, signed in."""
    monkeypatch.setenv("BONEBED_SIGN_IN", "local")
    settings.cache_clear()
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "mei", "Mei Lin", Role.ADMINISTRATOR)
        one_time_links.choose_password(connection, one_time_links.invite(connection, THIS_COMPUTER, "mei"), PASSWORD)
    token = sessions.sign_in("mei", PASSWORD, user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537")
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: {sessions.COOKIE: token}))
    return token


@pytest.fixture
def page(open_page: Callable[..., Any], administrator: str) -> Any:
    """The page, with Jun already invited."""
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "jun", "Jun Zhao", Role.CATALOGUER)
    return open_page("people")


def account(login: str) -> Account:
    with database.reading() as connection:
        return people.account(connection, THIS_COMPUTER, login)


def link_on(screen: Any) -> str:
    return screen.app.code[0].value.rsplit("/welcome/", 1)[1] if screen.app.code else ""


def test_everybody_is_listed_with_role_and_state(page: Any) -> None:
    cells = re.findall(r"<td>([^<]*)</td>", page.markup("people"))
    assert cells[:4] == ["Jun Zhao", "jun", "cataloguer", "invited, no password yet"]
    assert cells[5:9] == ["Mei Lin", "mei", "administrator", "signed in, in 1 browser"]


def test_inviting_shows_a_link_once_and_empties_the_form(page: Any) -> None:
    page.fill(invite_login="Li", invite_name="Li Na", invite_role=Role.CURATOR)
    page.app.button[-1].click()
    page.run()
    assert page.app.success[0].value == "Li Na may now sign in as curator."
    token = link_on(page)
    with database.writing() as connection:
        assert one_time_links.choose_password(connection, token, PASSWORD) == "li"
    assert account("li").role == Role.CURATOR
    assert page.app.text_input(key="invite_login").value == ""
    page.run()
    assert link_on(page) == ""


def test_what_will_not_do_is_said_and_what_was_typed_stays(page: Any) -> None:
    page.fill(invite_login="JUN", invite_name="Another Jun")
    page.app.button[-1].click()
    page.run()
    assert "already a person" in page.app.error[0].value
    assert page.app.text_input(key="invite_name").value == "Another Jun"
    assert link_on(page) == ""


def test_another_role_is_given_after_a_second_click(page: Any) -> None:
    page.fill(people_login="jun").fill(people_role_jun=Role.CURATOR)
    assert account("jun").role == Role.CATALOGUER
    page.press("people_change")
    assert account("jun").role == Role.CURATOR
    assert page.app.success[0].value == "jun is now curator."


def test_a_link_for_a_forgotten_password(page: Any) -> None:
    page.fill(people_login="jun").press("people_reset")
    with database.writing() as connection:
        assert one_time_links.choose_password(connection, link_on(page), PASSWORD) == "jun"


def test_shutting_out_and_letting_in_again(page: Any) -> None:
    page.fill(people_login="jun").press("people_disable")
    assert account("jun").disabled
    assert "shut out" in page.markup("people")
    page.press("people_disable")
    assert not account("jun").disabled


def test_the_last_administrator_stays(page: Any) -> None:
    page.fill(people_login="mei").press("people_disable")
    assert "last administrator" in page.app.error[0].value
    assert not account("mei").disabled


def test_sessions_are_named_by_their_browser_and_ended(page: Any, administrator: str) -> None:
    page.fill(people_login="mei")
    assert "Chrome, Linux" in page.app.caption[0].value
    page.press("people_end")
    assert account("mei").open_sessions == 0
    with database.reading() as connection:
        assert sessions.person_of(connection, administrator).login == ""


def test_who_lost_the_right_meanwhile_changes_nothing(page: Any) -> None:
    page.fill(people_login="jun")
    with database.writing() as connection:
        people.set_role(connection, THIS_COMPUTER, "jun", Role.ADMINISTRATOR)
        people.set_role(connection, THIS_COMPUTER, "mei", Role.CURATOR)
    page.press("people_disable")
    assert not account("jun").disabled


def test_names_and_browsers_cannot_bring_markup_along(open_page: Callable[..., Any], administrator: str) -> None:
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "eve", "<img src=x onerror=alert(1)>", Role.STUDENT)
        one_time_links.choose_password(connection, one_time_links.invite(connection, THIS_COMPUTER, "eve"), PASSWORD)
    sessions.sign_in("eve", PASSWORD, user_agent="[x](javascript:alert(1)) <script>")
    page = open_page("people").fill(people_login="eve")
    assert "<img" not in page.markup("people")
    assert "[x]" not in page.app.caption[0].value
    assert "<script>" not in page.app.caption[0].value


def test_where_sign_in_is_off_the_page_says_how_to_turn_it_on(open_page: Callable[..., Any]) -> None:
    assert "BONEBED_SIGN_IN=local" in open_page("people").app.info[0].value
