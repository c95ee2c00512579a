"""Signing in, signing out and choosing a password: our own routes, for Streamlit itself can set no cookie.

The session's token goes into a cookie that scripts cannot read. A form counts only when it comes from our own page: the browser
says so (Sec-Fetch-Site, or else Origin), and it brings the same random token in a cookie and in a hidden field. Each sign-in makes a
new session, so a token that somebody planted beforehand opens nothing.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from ipaddress import ip_address
from typing import Literal
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalogue import database
from catalogue.messages import CatalogueError, message
from catalogue.people import one_time_links, sessions
from catalogue.people.passwords import SHORTEST
from catalogue.rights import VISITOR
from catalogue.settings import settings
from screens.pages import PAGES
from screens.parts import who
from screens.parts.plain_page import Field, Page, language_of, render
from screens.parts.prefix import prefix
from screens.words import LANGUAGES, marked

FORM_COOKIE = "bonebed_form"
_LARGEST_FORM = 10_000
"""Bytes that a form may have."""
_log = logging.getLogger("bonebed")

marked("To the collection")
_LOGIN = Field("login", marked("Login"), "username")
_PASSWORD = Field("password", marked("Password"), "current-password", "password")
_NEW = Field(
    "new_password",
    marked("New password"),
    "new-password",
    "password",
    hint=marked("At least 10 characters. Three or four words do well."),
)
assert str(SHORTEST) in _NEW.hint
_AGAIN = Field("again", marked("New password again"), "new-password", "password")
_NAME = Field("name", marked("Your name, as others see it"), "name")

_SIGN_IN = Page(marked("Sign in"), fields=(_LOGIN, _PASSWORD), button=marked("Sign in"))
_SIGN_OUT = Page(
    marked("Sign out"), intro=message("You can go on reading without signing in."), button=marked("Sign out")
)
_CHANGE = Page(
    marked("Change password"),
    intro=message("You stay signed in here, and are signed out everywhere else."),
    fields=(_PASSWORD, _NEW, _AGAIN),
    button=marked("Change password"),
)
_FIRST = Page(
    marked("The first administrator"),
    intro=message("Bonebed has no administrator yet. Whoever fills this in becomes one, and can invite the others."),
    button=marked("Become administrator"),
)
_WELCOME = Page(marked("Choose your password"), fields=(_NEW, _AGAIN), button=marked("Keep this password"))
_NOTHING_HERE = Page(
    marked("There is nothing here"), complaint=message("Signing in with a password is switched off here."), status=404
)
_STALE = message("This form came from elsewhere, or was open for too long. Please fill it in once more.")
_NOT_ALIKE = message("The two new passwords are not alike.")

_EMPTY = message("Please fill in every line.")
_NO_LINK = message("This link was used before, or is too old. Ask whoever runs Bonebed here for a new one.")

Form = dict[str, str]
Act = Callable[[Request, Form], Response]


def routes() -> Sequence[BaseRoute]:
    """The addresses of this module."""
    return [
        Route(f"{prefix()}/{path}", endpoint, methods=["GET", "POST"])
        for path, endpoint in (
            ("sign-in", _sign_in),
            ("sign-out", _sign_out),
            ("password", _password),
            ("first-administrator/{token}", _first_administrator),
            ("welcome/{token}", _welcome),
        )
    ]


def refuse_strangers() -> None:
    """End the start when everyone on a network could change records without having been asked for it.

    Raises
    ------
    SystemExit
        When sign-in is off by default, and the server listens beyond this computer.
    """
    address = str(st.get_option("server.address") or "0.0.0.0")  # noqa: S104
    if "sign_in" in settings().model_fields_set or _is_this_computer(address):
        return
    raise SystemExit(
        f"Bonebed would be open to everyone who can reach {address}, and whoever comes could change records. Set BONEBED_SIGN_IN=local "
        "to have people sign in, or BONEBED_SIGN_IN=off to do without all the same. See docs/people.md."
    )


def announce_first_administrator() -> None:
    """Write the link for the first administrator into the server's log, where nobody can manage people yet."""
    mode = settings().sign_in
    if mode == "off":
        return
    with database.writing() as connection:
        token = one_time_links.for_first_administrator(connection, with_password=mode == "local")
    if token:
        _log.warning(
            "Nobody can manage people yet. To become the first administrator, open this link; it works once, for a day:\n\n    %s\n",
            f"{_own_address()}/first-administrator/{token}",
        )


def _own_address() -> str:
    """Where this computer reaches the server."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = str(st.get_option("browser.serverAddress")).replace("localhost", "127.0.0.1")
    return f"{scheme}://{host}:{st.get_option('server.port')}{prefix()}"


def _is_this_computer(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost" or address.startswith("unix:")


async def _sign_in(request: Request) -> Response:
    return await _fill_in(request, _SIGN_IN, _open_session)


def _open_session(request: Request, given: Form) -> Response:
    try:
        token = sessions.sign_in(given["login"], given["password"], user_agent=_browser(request))
    except sessions.SignInFailed:
        _log.warning("A sign-in from %s failed.", request.client.host if request.client else "somewhere")
        raise
    return _signed_in(request, token)


def _browser(request: Request) -> str:
    return request.headers.get("user-agent", "")


async def _sign_out(request: Request) -> Response:
    return await _fill_in(request, _SIGN_OUT, _end_session)


def _end_session(request: Request, given: Form) -> Response:
    with database.writing() as connection:
        sessions.sign_out(connection, request.cookies.get(sessions.COOKIE, ""))
    answer = _to(request, "")
    answer.delete_cookie(sessions.COOKIE, path="/")
    return answer


async def _password(request: Request) -> Response:
    if settings().sign_in == "local" and await run_in_threadpool(who.of_cookies, request.cookies) == VISITOR:
        return _to(request, "sign-in")
    return await _fill_in(request, _CHANGE, _change_password)


def _change_password(request: Request, given: Form) -> Response:
    token = request.cookies.get(sessions.COOKIE, "")
    sessions.change_password(token, given["password"], _chosen(given))
    return _to(request, "")


async def _first_administrator(request: Request) -> Response:
    passwords = (_NEW, _AGAIN) if settings().sign_in == "local" else ()
    page = replace(_FIRST, fields=(_LOGIN, _NAME, *passwords))
    return await _with_link(request, page, "first_administrator", _become_administrator)


def _become_administrator(request: Request, given: Form) -> Response:
    password = _chosen(given) if settings().sign_in == "local" else None
    with database.writing() as connection:
        login = one_time_links.make_first_administrator(
            connection, request.path_params["token"], given["login"], given["name"], password
        )
    return (
        _signed_in(request, sessions.sign_in(login, password, user_agent=_browser(request)))
        if password
        else _to(request, "")
    )


async def _welcome(request: Request) -> Response:
    return await _with_link(request, _WELCOME, "choose_password", _choose_password)


def _choose_password(request: Request, given: Form) -> Response:
    password = _chosen(given)
    with database.writing() as connection:
        login = one_time_links.choose_password(connection, request.path_params["token"], password)
    return _signed_in(request, sessions.sign_in(login, password, user_agent=_browser(request)))


async def _with_link(request: Request, page: Page, purpose: str, act: Act) -> Response:
    """A form behind a one-time link; looking at it does not use the link, for mail programs look too."""
    try:
        link = await run_in_threadpool(_look_up, request.path_params["token"])
        if link.purpose != purpose or settings().sign_in == "off":
            raise one_time_links.LinkIsSpent(_NO_LINK)
    except one_time_links.LinkIsSpent:
        return _show(request, replace(_NOTHING_HERE, complaint=_NO_LINK))
    if link.login:
        page = replace(page, intro=message("You sign in as “{login}”.", login=link.login))
    return await _fill_in(request, page, act, also_with_institution=True)


def _look_up(token: str) -> one_time_links.Link:
    with database.reading() as connection:
        return one_time_links.look_up(connection, token)


async def _fill_in(request: Request, page: Page, act: Act, *, also_with_institution: bool = False) -> Response:
    """Show a form, or do what it asks; what is wrong is said above it, and what was typed stays, but for passwords."""
    if settings().sign_in != "local" and not (also_with_institution and settings().sign_in == "oidc"):
        return _show(request, _NOTHING_HERE)
    if request.method != "POST":
        return _show(request, page)
    given = await _form(request)
    if given is None:
        return _show(request, replace(page, complaint=_STALE, status=403))
    filled = [replace(field, value=given.get(field.name, "") if field.kind == "text" else "") for field in page.fields]
    if any(field.required and not given.get(field.name) for field in page.fields):
        return _show(request, replace(page, fields=filled, complaint=_EMPTY, status=400))
    try:
        return await run_in_threadpool(act, request, given)
    except CatalogueError as error:
        status = 403 if isinstance(error, sessions.SignInFailed) else 400
        return _show(request, replace(page, fields=filled, complaint=error.message, status=status))


async def _form(request: Request) -> Form | None:
    """What was filled in; None when it does not come from a form of ours."""
    if not _from_own_page(request):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return None
    given = {name: values[0] for name, values in fields.items()}
    kept, sent = request.cookies.get(FORM_COOKIE, ""), given.pop("form_token", "")
    return given if kept and secrets.compare_digest(kept.encode(), sent.encode()) else None


def _from_own_page(request: Request) -> bool:
    """Whether the browser says that one of our own pages sends this; a browser that says nothing is not believed."""
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said == "same-origin"
    sender = request.headers.get("origin") or request.headers.get("referer", "")
    return urlsplit(sender).netloc == request.headers.get("host") and sender != ""


def _chosen(given: Form) -> str:
    if given["new_password"] != given["again"]:
        raise sessions.UnfitPassword(_NOT_ALIKE)
    return given["new_password"]


def _show(request: Request, page: Page) -> Response:
    token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    answer = render(page, request, form_token=token, up=_up(request))
    if page.button:
        _set_cookie(request, answer, FORM_COOKIE, token, same_site="strict")
    return answer


def _signed_in(request: Request, token: str) -> Response:
    """Leave with a new session; one that the browser brought along is ended."""
    before = request.cookies.get(sessions.COOKIE, "")
    if before:
        with database.writing() as connection:
            sessions.sign_out(connection, before)
    answer = _to(request, _way_back(request))
    lasts = int(sessions.LASTS.total_seconds())
    _set_cookie(request, answer, sessions.COOKIE, token, same_site="lax", max_age=lasts)
    return answer


def _set_cookie(
    request: Request,
    answer: Response,
    name: str,
    value: str,
    *,
    same_site: Literal["lax", "strict"],
    max_age: int | None = None,
) -> None:
    https = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=max_age, path="/", secure=https, httponly=True, samesite=same_site)


def _way_back(request: Request) -> str:
    """The page from which somebody came to sign in, if it is one of ours."""
    address, _, parameters = request.query_params.get("to", "").partition("?")
    if address not in PAGES:
        return ""
    return f"{address}?{urlencode(parse_qsl(parameters))}" if parameters else address


def _to(request: Request, page: str) -> Response:
    """Go on to a page; in the language of this one."""
    link = f"{_up(request)}{page}{'&' if '?' in page else '?'}{urlencode({'lang': LANGUAGES[language_of(request)]})}"
    return RedirectResponse(link, status_code=303)


def _up(request: Request) -> str:
    """The way to the first page, relative, so that a prefix of the server is kept."""
    return "../" if "token" in request.path_params else "./"
