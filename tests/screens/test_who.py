"""Who is here: visitors read, people see what they may do, and a session that ends counts at the next click."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from catalogue import database, specimens
from catalogue.people import accounts as people
from catalogue.people import one_time_links, sessions
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role
from catalogue.settings import settings
from screens import words
from screens.parts import who

PASSWORD = "three calm red bones"


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies of the browser; `AppTest` has none of its own."""
    jar: dict[str, str] = {}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: jar))
    return jar


@pytest.fixture
def sign_in_mode(cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Chooses how people sign in."""

    def choose(mode: str, **more: str) -> None:
        for name, value in ({"BONEBED_SIGN_IN": mode} | more).items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    return choose


@pytest.fixture
def signed_in(collection: None, sign_in_mode: Callable[..., None], cookies: dict[str, str]) -> Callable[[Role], str]:
    """Signs somebody in with a role; returns the token."""
    sign_in_mode("local")

    def sign_in(role: Role) -> str:
        with database.writing() as connection:
            people.add(connection, THIS_COMPUTER, role, f"Mei <{role}>", role)
            token = one_time_links.invite(connection, THIS_COMPUTER, role)
            one_time_links.choose_password(connection, token, PASSWORD)
        cookies[sessions.COOKIE] = sessions.sign_in(role, PASSWORD)
        return cookies[sessions.COOKIE]

    return sign_in


def test_where_sign_in_is_off_everyone_is_this_computer_and_nothing_is_shown(open_page: Callable[..., Any]) -> None:
    screen = open_page()
    assert who.of_cookies({}) == THIS_COMPUTER
    assert not {"Sign in", "Sign out"} & set(screen.texts())


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_visitor_reads_and_may_sign_in(
    open_page: Callable[..., Any], sign_in_mode: Callable[[str], None], lang: str
) -> None:
    sign_in_mode("local")
    screen = open_page("specimens", lang=lang, interval="Toarcian")
    assert words.translated("Sign in", lang) in screen.texts()
    assert "./sign-in?to=specimens%3Finterval%3DToarcian&amp;lang=" in screen.html().replace("&lang", "&amp;lang")


@pytest.mark.parametrize("address", ["add", "import", "people"])
def test_a_page_that_a_visitor_may_not_use_says_so(
    open_page: Callable[..., Any], sign_in_mode: Callable[[str], None], address: str
) -> None:
    sign_in_mode("local")
    screen = open_page(address)
    assert screen.app.info[0].value.startswith("Sign in to do this: ")
    assert [type(widget).__name__ for widget in (*screen.app.text_input, *screen.app.file_uploader)] == []


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.STUDENT, set()),
        (Role.CATALOGUER, {"add"}),
        (Role.CURATOR, {"add", "import"}),
        (Role.ADMINISTRATOR, {"add", "import", "people"}),
    ],
)
def test_each_role_is_offered_what_it_may_use(
    open_page: Callable[..., Any], signed_in: Callable[[Role], str], role: Role, allowed: set[str]
) -> None:
    signed_in(role)
    for address in ("add", "import", "people"):
        refused = [info.value for info in open_page(address).app.info if "you may not do this" in info.value]
        assert bool(refused) is (address not in allowed)


def test_signing_out_makes_a_visitor_at_once(open_page: Callable[..., Any], signed_in: Callable[[Role], str]) -> None:
    token = signed_in(Role.CATALOGUER)
    screen = open_page()
    assert "cataloguer" in screen.text()
    screen.press("sign_out")
    assert "Sign in" in screen.texts()
    assert who.of_cookies({sessions.COOKIE: token}) == VISITOR


def test_an_answer_serves_for_two_seconds_and_no_longer(
    open_page: Callable[..., Any], signed_in: Callable[[Role], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(who.time, "monotonic", lambda: clock[0])
    signed_in(Role.CURATOR)
    screen = open_page()
    with database.writing() as connection:
        people.sign_out_everywhere(connection, THIS_COMPUTER, Role.CURATOR)
    assert "curator" in screen.run().text()
    clock[0] += who._CHECKED_FOR_SECONDS
    assert "Sign in" in screen.run().texts()


def test_a_name_is_shown_as_it_is(open_page: Callable[..., Any], signed_in: Callable[[Role], str]) -> None:
    signed_in(Role.STUDENT)
    assert "Mei \\<student\\>" in open_page().text()


def _cookie(claims: dict[str, object], name: str = USER_COOKIE_NAME) -> dict[str, str]:
    signed = create_signed_value(get_cookie_secret(), name, json.dumps(claims))
    return {USER_COOKIE_NAME: signed.decode()}


def test_the_cookie_of_the_institution_is_read_where_it_is_signed_by_us(
    collection: None, sign_in_mode: Callable[..., None]
) -> None:
    sign_in_mode("oidc", BONEBED_OIDC_LOGIN_CLAIM="sub", BONEBED_OIDC_ROLES='{"heads": "curator"}')
    claims = {"is_logged_in": True, "sub": "li", "name": "Li Na", "groups": ["heads"]}
    assert who.of_cookies(_cookie(claims)) == Person("li", "Li Na", Role.CURATOR)
    assert who.of_cookies(_cookie(claims | {"is_logged_in": False})) == VISITOR
    assert who.of_cookies(_cookie(claims, name="another")) == VISITOR
    assert who.of_cookies({USER_COOKIE_NAME: json.dumps(claims)}) == VISITOR
    assert who.of_cookies({}) == VISITOR


def test_with_an_institution_a_session_with_password_counts_for_nothing(
    signed_in: Callable[[Role], str], sign_in_mode: Callable[..., None]
) -> None:
    token = signed_in(Role.ADMINISTRATOR)
    sign_in_mode("oidc")
    assert who.of_cookies({sessions.COOKIE: token}) == VISITOR


def test_no_screen_acts_as_this_computer_on_behalf_of_others() -> None:
    acting = re.compile(r"\(\s*(\w+,\s*)?THIS_COMPUTER\b")
    screens = Path(who.__file__).parents[1]
    guilty = [path.name for path in screens.rglob("*.py") if acting.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.STUDENT, set()),
        (Role.CATALOGUER, {"Change this record", "History"}),
        (Role.CURATOR, {"Change this record", "History", "Remove this record"}),
    ],
)
def test_a_record_offers_what_the_role_grants(
    open_page: Callable[..., Any], signed_in: Callable[[Role], str], role: Role, offered: set[str]
) -> None:
    signed_in(role)
    texts = set(open_page("specimen", id="bonebed:ivpp-v15").texts())
    assert {"Change this record", "Remove this record"} & texts == offered - {"History"}


def test_what_a_role_does_not_grant_is_refused_even_where_a_button_is_left_over(
    open_page: Callable[..., Any], signed_in: Callable[[Role], str]
) -> None:
    signed_in(Role.CURATOR)
    screen = open_page("specimen", id="bonebed:ivpp-v15")
    with database.writing() as connection:
        people.set_role(connection, THIS_COMPUTER, Role.CURATOR, Role.STUDENT)
    screen.app.session_state["_who"] = (0.0, VISITOR)
    screen.press("remove")
    with database.reading() as connection:
        assert specimens.get(connection, "bonebed:ivpp-v15")
