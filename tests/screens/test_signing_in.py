"""Signing in through our own pages: forged forms, planted sessions, cookies and what is not given away."""

import logging
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from catalogue import database
from catalogue.people import accounts as people
from catalogue.people import one_time_links, sessions
from catalogue.rights import THIS_COMPUTER, VISITOR, Role
from catalogue.settings import settings
from screens import serving, signing_in
from screens.parts import who

PASSWORD = "three calm red bones"
AT = "http://testserver"


def _who(request: Request) -> JSONResponse:
    return JSONResponse(who.of_cookies(request.cookies).login)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sign-in with passwords, and nobody there yet."""
    monkeypatch.setenv("BONEBED_SIGN_IN", "local")
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    yield
    database.engine().dispose()
    database._engine_of.cache_clear()


@pytest.fixture
def browser(local: None) -> Callable[..., TestClient]:
    """Makes browsers before our routes; each sends what a browser sends along."""

    def open_browser(address: str = AT, **headers: str) -> TestClient:
        app = Starlette(routes=[*serving.routes(), Route("/who", _who)], middleware=serving.middleware())
        sent = {"origin": address} | headers
        return TestClient(app, base_url=address, headers=sent, follow_redirects=False)

    return open_browser


@pytest.fixture
def mei(local: None) -> str:
    """An administrator who has chosen a password."""
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "mei", "Mei Lin", Role.ADMINISTRATOR)
        token = one_time_links.invite(connection, THIS_COMPUTER, "mei")
        return one_time_links.choose_password(connection, token, PASSWORD)


def fill(client: TestClient, path: str, **given: str) -> Any:
    """Open a form and send it, as a person does."""
    page = client.get(path)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token, page.text
    return client.post(path, data={"form_token": token[1], **given})


def sign_in(client: TestClient, path: str = "/sign-in", password: str = PASSWORD) -> Any:
    return fill(client, path, login="mei", password=password)


def complaint(answer: Any) -> str:
    found = re.search(r'role="alert">([^<]*)<', answer.text)
    return unescape(found[1]) if found else ""


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser()
    answer = sign_in(client)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("./?lang=")
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(sessions.COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert client.get("/who").json() == "mei"


def test_over_https_cookies_go_over_https_only(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser("https://testserver")
    cookies = client.get("/sign-in").headers.get_list("set-cookie") + sign_in(client).headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)


@pytest.mark.parametrize("what", ["login", "password", "neither"])
def test_a_failure_does_not_tell_which_logins_exist(browser: Callable[..., TestClient], mei: str, what: str) -> None:
    client = browser()
    given = {"login": "mei", "password": "wrong"} if what == "password" else {"login": "ghost", "password": PASSWORD}
    answer = fill(client, "/sign-in", **given)
    assert answer.status_code == 403
    assert "That did not work." in complaint(answer)
    assert sessions.COOKIE not in answer.headers.get("set-cookie", "")
    assert answer.text.replace("ghost", "mei") == fill(client, "/sign-in", login="mei", password="wrong").text


def test_after_five_failures_the_page_says_the_same_to_the_right_password(
    browser: Callable[..., TestClient], mei: str
) -> None:
    client = browser()
    failed = [sign_in(client, password="wrong") for _ in range(sessions.FAILURES_ALLOWED)]
    assert {answer.text for answer in [*failed, sign_in(client)]} == {failed[0].text}
    assert client.get("/who").json() == ""


def test_failures_are_logged_without_what_was_typed(
    browser: Callable[..., TestClient], mei: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="bonebed"):
        fill(browser(), "/sign-in", login="my password by mistake", password="hush hush")
    assert "failed" in caplog.text
    assert "mistake" not in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{AT}.evil.example"},
        {"origin": "https://evil.example", "referer": f"{AT}/sign-in"},
        {"origin": "", "referer": "https://evil.example/testserver"},
        {"origin": "", "referer": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/password"])
def test_a_form_from_elsewhere_is_refused_even_with_the_right_token(
    browser: Callable[..., TestClient], mei: str, headers: dict[str, str], path: str
) -> None:
    client = browser()
    sign_in(client)
    page = client.get(path)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token
    given = {"form_token": token[1], "login": "mei", "password": PASSWORD}
    new = {"new_password": "four new calm bones", "again": "four new calm bones"}
    answer = client.post(path, data=given | new, headers=headers)
    assert answer.status_code == 403
    assert "came from elsewhere" in complaint(answer)
    assert client.get("/who").json() == "mei"
    assert sessions.sign_in("mei", PASSWORD)


def test_a_browser_that_names_only_the_page_before_is_believed(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser(origin="", referer=f"{AT}/sign-in")
    assert sign_in(client).status_code == 303
    assert sign_in(browser(**{"sec-fetch-site": "same-origin"})).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_form_without_the_token_of_its_cookie_is_refused(
    browser: Callable[..., TestClient], mei: str, token: str
) -> None:
    client = browser()
    client.get("/sign-in")
    data = {"form_token": token, "login": "mei", "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 403
    assert browser().post("/sign-in", data=data).status_code == 403
    assert client.get("/who").json() == ""


def test_the_cookie_of_forms_stays_with_our_own_pages(browser: Callable[..., TestClient]) -> None:
    (cookie,) = browser().get("/sign-in").headers.get_list("set-cookie")
    assert cookie.startswith(signing_in.FORM_COOKIE)
    assert "SameSite=strict" in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize("body", [b"x" * 20_000, b"\xff\xfe", b"&".join(b"a=1" for _ in range(100)), b"", b"{}"])
def test_a_strange_body_is_refused(browser: Callable[..., TestClient], body: bytes) -> None:
    client = browser()
    client.get("/sign-in")
    assert client.post("/sign-in", content=body).status_code == 403


def test_a_session_planted_beforehand_opens_nothing_and_is_ended(browser: Callable[..., TestClient], mei: str) -> None:
    planted = sessions.sign_in("mei", PASSWORD)
    for token in (planted, "a-made-up-token"):
        client = browser()
        client.cookies.set(sessions.COOKIE, token)
        answer = sign_in(client)
        cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(sessions.COOKIE))
        assert token not in cookie
        with database.reading() as connection:
            assert sessions.person_of(connection, token) == VISITOR


def test_signing_out_ends_the_session_and_forgets_the_cookie(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser()
    sign_in(client)
    token = client.cookies[sessions.COOKIE]
    assert client.get("/sign-out").status_code == 200
    assert client.get("/who").json() == "mei"
    assert fill(client, "/sign-out").status_code == 303
    assert sessions.COOKIE not in client.cookies
    client.cookies.set(sessions.COOKIE, token)
    assert client.get("/who").json() == ""


def test_a_revoked_session_is_a_visitors(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser()
    sign_in(client)
    with database.writing() as connection:
        people.sign_out_everywhere(connection, THIS_COMPUTER, "mei")
    assert client.get("/who").json() == ""
    assert client.get("/password").headers["location"].startswith("./sign-in?")


def test_the_password_is_changed_by_who_knows_it(browser: Callable[..., TestClient], mei: str) -> None:
    client = browser()
    sign_in(client)
    new = {"new_password": "four new calm bones", "again": "four new calm bones"}
    assert "That did not work" in complaint(fill(client, "/password", password="wrong", **new))
    assert "not alike" in complaint(fill(client, "/password", password=PASSWORD, **(new | {"again": "x"})))
    assert fill(client, "/password", password=PASSWORD, **new).status_code == 303
    assert client.get("/who").json() == "mei"
    assert sign_in(browser()).status_code == 403
    assert sign_in(browser(), password="four new calm bones").status_code == 303


@pytest.mark.parametrize(
    ("to", "location"),
    [
        ("", "./?lang=English"),
        ("map", "./map?lang=English"),
        ("specimen?id=a%3A1", "./specimen?id=a%3A1&lang=English"),
        ("https://evil.example", "./?lang=English"),
        ("//evil.example", "./?lang=English"),
        ("../../evil", "./?lang=English"),
        ("\\\\evil.example", "./?lang=English"),
        ("map?x=1\r\nSet-Cookie: a=b", "./map?x=1%0D%0ASet-Cookie%3A+a%3Db&lang=English"),
        ("javascript:alert(1)", "./?lang=English"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_ours_only(
    browser: Callable[..., TestClient], mei: str, to: str, location: str
) -> None:
    client = browser()
    client.get("/sign-in")
    data = {"form_token": client.cookies[signing_in.FORM_COOKIE], "login": "mei", "password": PASSWORD}
    answer = client.post("/sign-in", params={"to": to, "lang": "en"}, data=data)
    assert answer.headers["location"] == location


def test_what_was_typed_comes_back_harmless_and_the_password_not_at_all(browser: Callable[..., TestClient]) -> None:
    answer = fill(browser(), "/sign-in", login='"><script>alert(1)</script>', password="hush hush hush")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "hush" not in answer.text


def test_an_empty_line_is_named_as_such(browser: Callable[..., TestClient]) -> None:
    assert complaint(fill(browser(), "/sign-in", login="", password="x")) == "Please fill in every line."


def test_pages_are_not_kept_framed_or_scripted(browser: Callable[..., TestClient]) -> None:
    answer = browser().get("/sign-in")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
    assert "http" not in re.sub(r"<style>.*</style>|<link [^>]*data:[^>]*>", "", answer.text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("asked", "accepts", "title"),
    [
        ("?lang=zh", "en", "登录"),
        ("?lang=English", "zh-CN", "Sign in"),
        ("", "zh-CN,zh", "登录"),
        ("", "de", "Sign in"),
    ],
)
def test_pages_speak_the_language_of_the_link_or_of_the_browser(
    browser: Callable[..., TestClient], asked: str, accepts: str, title: str
) -> None:
    assert f"<h1>{title}</h1>" in browser().get(f"/sign-in{asked}", headers={"accept-language": accepts}).text


def _link_in(log: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+(/first-administrator/\S+)", log)
    assert found
    return found[1]


def test_the_log_of_the_first_start_holds_the_first_administrators_link(
    browser: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="bonebed"):
        signing_in.announce_first_administrator()
    client, link = browser(), _link_in(caplog.text)
    given = {"login": "Mei", "name": "Mei Lin", "new_password": PASSWORD, "again": PASSWORD}
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200  # looking does not use it up
    assert "at least 10" in complaint(fill(client, link, **(given | {"new_password": "short", "again": "short"})))
    answer = fill(client, link, **given)
    assert (answer.status_code, answer.headers["location"]) == (303, "../?lang=English")
    assert client.get("/who").json() == "mei"
    assert browser().get(link).status_code == 404
    caplog.clear()
    signing_in.announce_first_administrator()
    assert caplog.text == ""


def test_an_invitation_is_filled_in_once(browser: Callable[..., TestClient], mei: str) -> None:
    with database.writing() as connection:
        people.add(connection, THIS_COMPUTER, "jun", "Jun", Role.STUDENT)
        link = f"/welcome/{one_time_links.invite(connection, THIS_COMPUTER, 'jun')}"
    client = browser()
    assert "You sign in as “jun”." in client.get(link).text
    assert fill(client, link, new_password=PASSWORD, again=PASSWORD).status_code == 303
    assert client.get("/who").json() == "jun"
    assert "used before" in complaint(browser().get(link))


@pytest.mark.parametrize("path", ["/welcome/x", "/first-administrator/x", "/first-administrator/' OR 1=1 --"])
def test_a_made_up_link_opens_nothing(browser: Callable[..., TestClient], path: str) -> None:
    answer = browser().get(path)
    assert answer.status_code == 404
    assert "<form" not in answer.text


@pytest.mark.parametrize("mode", ["off", "oidc"])
def test_where_nobody_has_a_password_there_is_nothing_to_sign_in_with(
    browser: Callable[..., TestClient], mei: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as connection:
        link = f"/welcome/{one_time_links.invite(connection, THIS_COMPUTER, 'mei')}"
    monkeypatch.setenv("BONEBED_SIGN_IN", mode)
    settings.cache_clear()
    for path in ("/sign-in", "/sign-out", "/password", *([link] if mode == "off" else [])):
        answer = browser().get(path)
        assert answer.status_code == 404
        assert "<form" not in answer.text
        assert browser().post(path, data={"login": "mei", "password": PASSWORD}).status_code == 404


def test_where_sign_in_is_off_no_link_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    signing_in.announce_first_administrator()
    assert caplog.text == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_on_this_computer_alone_it_starts_without_sign_in(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)
    signing_in.refuse_strangers()


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::", "bones.example.org", "", None])
def test_open_to_others_it_starts_only_when_told_how_they_sign_in(
    address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)
    with pytest.raises(SystemExit, match="BONEBED_SIGN_IN"):
        signing_in.refuse_strangers()
    for mode in ("off", "local", "oidc"):
        monkeypatch.setenv("BONEBED_SIGN_IN", mode)
        settings.cache_clear()
        signing_in.refuse_strangers()
