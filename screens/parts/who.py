"""Who is here: read from the session's cookie or from the institution, and shown beside the language.

Screens ask `who()` and hand the answer to the catalogue, which decides what that person may do; our own routes ask
`of_cookies(request.cookies)`.
"""

import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from catalogue import database, rights
from catalogue.people import accounts as people
from catalogue.people import sessions
from catalogue.rights import THIS_COMPUTER, VISITOR, Action, Person, Role
from catalogue.settings import settings
from screens.words import _, as_typed, say

SIGNED_OUT = "_signed_out"
"""In the session while the browser still has to forget what it holds of somebody who signed out."""
_CACHED = "_who"
_CHECKED_FOR_SECONDS = 2.0


def who(*, fresh: bool = False) -> Person:
    """The person in front of this screen: a visitor unless signed in; everyone where sign-in is off.

    Within two seconds the answer of the last time serves again, so that a page asks the database once; `fresh` asks it now.
    """
    if settings().sign_in == "off":
        return THIS_COMPUTER
    known = st.session_state.get(_CACHED)
    if known is not None and not fresh and time.monotonic() < known[0]:
        return known[1]  # type: ignore[no-any-return]
    person = (
        _of_institution(_claims_of_streamlit()) if settings().sign_in == "oidc" else _of_session(st.context.cookies)
    )
    st.session_state[_CACHED] = (time.monotonic() + _CHECKED_FOR_SECONDS, person)
    return person


def may(action: Action) -> bool:
    """Whether to offer something on the screen; the catalogue asks again when it is done."""
    return rights.may(who(), action)


def of_cookies(cookies: Mapping[str, str]) -> Person:
    """The person behind a request to one of our own routes."""
    if settings().sign_in == "off":
        return THIS_COMPUTER
    return _of_institution(_claims_of_cookies(cookies)) if settings().sign_in == "oidc" else _of_session(cookies)


def name_of(person: Person) -> str:
    """What to call somebody on the screen."""
    if person.login == THIS_COMPUTER.login:
        return _("This computer")
    return _("Visitor") if person == VISITOR else person.name


def called(login: str) -> str:
    """What to call whoever did something: by the name that others see, not by what they sign in with."""
    if login in {THIS_COMPUTER.login, ""}:
        return _("this computer")
    with database.reading() as connection:
        return people.name_of(connection, who(), login)


def role_words(role: Role) -> str:
    """A role in the reader's language."""
    return say(rights.ROLE_WORDS[role])


def show(address: str) -> None:
    """The link to sign in, or the menu of the person; nothing where sign-in is off.

    Parameters
    ----------
    address : str
        The page that is shown, to which signing in leads back.
    """
    if settings().sign_in == "off":
        return
    person = who()
    with st.container(key="who"):
        if person == VISITOR:
            offer_sign_in(address, place="head")
        else:
            _menu(person)


def sign_in_href(address: str) -> str:
    """The address of the sign-in page that leads back to a page with the parameters it has now."""
    parameters = {name: value for name, value in st.query_params.to_dict().items() if name != "lang"}
    back = f"{address}?{urlencode(parameters)}" if parameters else address
    return f"./sign-in?{urlencode({'to': back, 'lang': st.session_state['lang']})}"


def offer_sign_in(address: str, *, place: str = "page") -> None:
    """A link or button to sign in, for a visitor; `place` keeps two on one page apart."""
    if who() != VISITOR:
        return
    if settings().sign_in == "oidc":
        st.button(_("Sign in"), key=f"sign_in_{place}", type="tertiary", on_click=st.login)
    else:
        label = _("Sign in")
        st.html(f'<a class="ours sign-in" href="{sign_in_href(address)}" target="_self">{label}</a>')


def _menu(person: Person) -> None:
    with st.popover(name_of(person), type="tertiary"):
        st.markdown(f"**{as_typed(name_of(person))}**  \n{role_words(person.role)}")
        if settings().sign_in == "oidc":
            st.button(_("Sign out"), key="sign_out", on_click=st.logout)
            return
        language = urlencode({"lang": st.session_state["lang"]})
        label = _("Change password")
        st.html(f'<a class="ours" href="./password?{language}" target="_self">{label}</a>')
        st.button(_("Sign out"), key="sign_out", on_click=_sign_out)


def _sign_out() -> None:
    """End the session in the database; the cookie that stays behind opens nothing any more."""
    with database.writing() as connection:
        sessions.sign_out(connection, st.context.cookies.get(sessions.COOKIE, ""))
    st.session_state.pop(_CACHED, None)
    st.session_state[SIGNED_OUT] = True


def _of_session(cookies: Mapping[str, str]) -> Person:
    token = cookies.get(sessions.COOKIE, "")
    if not token:
        return VISITOR
    with database.reading() as connection:
        return sessions.person_of(connection, token)


def _of_institution(claims: Mapping[str, object]) -> Person:
    if not claims:
        return VISITOR
    with database.reading() as connection:
        return people.person_of_institution(
            connection,
            claims,
            login_claim=settings().oidc_login_claim,
            groups_claim=settings().oidc_groups_claim,
            roles=settings().oidc_roles,
        )


def _claims_of_streamlit() -> Mapping[str, object]:
    return dict(st.user) if st.user.get("is_logged_in") else {}


def _claims_of_cookies(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """The claims in Streamlit's signed cookie; there is no public way to read it outside a screen."""
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
    from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    claims = json.loads(signed) if signed else {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") else {}
