"""People: who works with the collection, as what, and since when; for administrators.

A person is invited by a link that opens once, which the administrator hands over; nobody but its owner ever sees a password.
"""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy import Connection

from catalogue import database
from catalogue.messages import CatalogueError
from catalogue.people import accounts as people
from catalogue.people import one_time_links, sessions
from catalogue.people.accounts import Account
from catalogue.rights import Person, Role
from catalogue.settings import settings
from screens.parts.picture import still
from screens.parts.who import role_words, who
from screens.words import _, language, say, several

_ROLES: list[Role] = [role for role in Role if role != Role.VISITOR]
_LINK = "people_link"
_DONE = "people_done"


def show() -> None:
    """The page."""
    st.title(_("People"))
    if settings().sign_in == "off":
        st.info(
            _(
                "Sign-in is off: whoever uses this computer may do everything. To give people logins and roles, start Bonebed with BONEBED_SIGN_IN=local; see docs/people.md."
            )
        )
        return
    with database.reading() as connection:
        everybody = people.accounts(connection, who())
    _tell()
    still(_table(everybody), key="people", language=language())
    left, right = st.columns(2, gap="large")
    with left:
        _change(everybody)
    with right:
        _invite()


def _table(everybody: Sequence[Account]) -> str:
    titles = (_("Full name"), _("Login"), _("Role"), _("State"), _("Since"))
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    rows = "".join(
        f"<tr><td>{escape(account.name)}</td><td>{escape(account.login)}</td><td>{escape(role_words(account.role))}</td>"
        f"<td>{escape(_state(account))}</td><td>{escape(account.created[:10])}</td></tr>"
        for account in everybody
    )
    return f'<div class="table-frame"><table class="specimens"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _state(account: Account) -> str:
    if account.disabled:
        return _("shut out")
    if account.locked_until:
        return _("locked for a while after wrong passwords")
    if settings().sign_in == "oidc":
        return _("may sign in")
    if account.open_sessions:
        return several("signed in, in {n} browser", "signed in, in {n} browsers", account.open_sessions)
    if not account.has_password:
        return _("invited, no password yet")
    return _("not signed in")


def _change(everybody: Sequence[Account]) -> None:
    st.subheader(_("Change"))
    by_login = {account.login: account for account in everybody}
    if not by_login:
        return
    login = st.selectbox(
        _("Person"), list(by_login), format_func=lambda login: f"{by_login[login].name} · {login}", key="people_login"
    )
    chosen = by_login[login]
    _change_role(chosen)
    if settings().sign_in == "local":
        _sessions(chosen)
    with st.container(horizontal=True):
        if settings().sign_in == "local" and not chosen.disabled:
            st.button(_("New link to choose a password"), key="people_reset", on_click=_make_link, args=(login,))
        if chosen.open_sessions:
            st.button(_("Sign out everywhere"), key="people_end", on_click=_end_sessions, args=(login,))
        label = _("Let in again") if chosen.disabled else _("Shut out")
        st.button(label, key="people_disable", on_click=_disable, args=(login, not chosen.disabled))


def _change_role(chosen: Account) -> None:
    roles = [*_ROLES, Role.VISITOR] if chosen.role == Role.VISITOR else _ROLES
    role = st.selectbox(
        _("Role"), roles, index=roles.index(chosen.role), format_func=role_words, key=f"people_role_{chosen.login}"
    )
    if role != chosen.role:
        what = _("Make {name} {role}").format(name=chosen.name, role=role_words(role))
        st.button(what, key="people_change", type="primary", on_click=_set_role, args=(chosen.login, role))


def _sessions(chosen: Account) -> None:
    with database.reading() as connection:
        opened = sessions.open_sessions(connection, chosen.login)
    for session in opened:
        since = session.created[:16].replace("T", " ")
        st.caption(
            _("Signed in since {since} UTC: {browser}").format(since=since, browser=_browser(session.user_agent))
        )


def _browser(user_agent: str) -> str:
    """What a browser calls itself, in one word or two where it is a known one."""
    for mark, name in (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")):
        if mark in user_agent:
            system = next(
                (name for name in ("Windows", "Android", "iPhone", "Mac OS", "Linux") if name in user_agent), ""
            )
            return f"{name}, {system}" if system else name
    return "".join(letter for letter in user_agent[:60] if letter.isalnum() or letter in " ./;-") or _(
        "unknown browser"
    )


def _invite() -> None:
    st.subheader(_("Invite somebody"))
    with st.form("invite", border=False):
        local = settings().sign_in == "local"
        st.text_input(
            _("Login"),
            key="invite_login",
            help=None if local else _("As the institution knows the person, such as the e-mail address."),
        )
        st.text_input(_("Name, as others see it"), key="invite_name")
        st.selectbox(_("Role"), _ROLES, index=1, format_func=role_words, key="invite_role")
        st.form_submit_button(_("Invite"), type="primary", on_click=_add)


def _tell() -> None:
    done: str = st.session_state.pop(_DONE, "")
    if done.startswith("!"):
        st.error(done[1:])
    elif done:
        st.success(done)
    token: str = st.session_state.pop(_LINK, "")
    if token:
        st.info(_("Hand over this link. It opens once, within seven days, and is shown only now:"))
        st.code(_address(token), language=None, wrap_lines=True)


def _address(token: str) -> str:
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder}/welcome/{token}" if parts.netloc else f"/welcome/{token}"


def _do(work: Callable[[Connection, Person], str]) -> None:
    """Change something in one transaction, as who one is now, and say afterwards what was done or why not."""
    try:
        with database.writing() as connection:
            st.session_state[_DONE] = work(connection, who(fresh=True))
    except CatalogueError as error:
        st.session_state[_DONE] = f"!{say(error.message)}"


def _add() -> None:
    login, name, role = (st.session_state[f"invite_{part}"] for part in ("login", "name", "role"))

    def work(connection: Connection, me: Person) -> str:
        made = people.add(connection, me, login, name, role)
        if settings().sign_in == "local":
            st.session_state[_LINK] = one_time_links.invite(connection, me, made.login)
        return _("{name} may now sign in as {role}.").format(name=made.name, role=role_words(role))

    _do(work)
    if not st.session_state[_DONE].startswith("!"):
        st.session_state["invite_login"] = st.session_state["invite_name"] = ""


def _make_link(login: str) -> None:
    def work(connection: Connection, me: Person) -> str:
        st.session_state[_LINK] = one_time_links.invite(connection, me, login)
        return ""

    _do(work)


def _set_role(login: str, role: Role) -> None:
    def work(connection: Connection, me: Person) -> str:
        people.set_role(connection, me, login, role)
        return _("{login} is now {role}.").format(login=login, role=role_words(role))

    _do(work)


def _disable(login: str, disabled: bool) -> None:
    def work(connection: Connection, me: Person) -> str:
        people.set_disabled(connection, me, login, disabled)
        said = _("{login} is shut out.") if disabled else _("{login} may sign in again.")
        return said.format(login=login)

    _do(work)


def _end_sessions(login: str) -> None:
    def work(connection: Connection, me: Person) -> str:
        ended = people.sign_out_everywhere(connection, me, login)
        return several("Signed out in {n} browser.", "Signed out in {n} browsers.", ended)

    _do(work)
