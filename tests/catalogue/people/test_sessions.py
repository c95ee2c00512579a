"""Signing in: what opens the door, what closes it, and that failures all look alike. The clock is handed in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select, update

from catalogue.database import reading, writing
from catalogue.people import accounts as people
from catalogue.people import passwords, sessions
from catalogue.people.sessions import (
    FAILURES_ALLOWED,
    SignInFailed,
    UnfitPassword,
    lock_after,
    person_of,
    sign_in,
    sign_out,
)
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role
from catalogue.tables import people as people_table
from catalogue.tables import sessions as sessions_table

PASSWORD = "three calm red bones"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def house(database: Engine) -> Iterator[Engine]:
    """Mei, an administrator, and Jun, a cataloguer, with the same password; Li was invited and has none."""
    kept = passwords.digest(PASSWORD)
    with writing(database) as connection:
        for login, role in (("mei", Role.ADMINISTRATOR), ("jun", Role.CATALOGUER), ("li", Role.STUDENT)):
            people.add(connection, THIS_COMPUTER, login, login.title(), role)
        connection.execute(update(people_table).where(people_table.c.login != "li").values(password_hash=kept))
    yield database


def _here(house: Engine, token: str, at: datetime = NOON) -> Person:
    with reading(house) as connection:
        return person_of(connection, token, at=at)


def _fail(house: Engine, times: int = 1, *, login: str = "jun", at: datetime = NOON) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in(login, "a wrong password", at=at, of=house)


def test_login_and_password_open_a_session(house: Engine) -> None:
    token = sign_in(" JUN ", PASSWORD, user_agent="Firefox/140", at=NOON, of=house)
    assert _here(house, token) == Person("jun", "Jun", Role.CATALOGUER)
    with reading(house) as connection:
        (opened,) = sessions.open_sessions(connection, "jun", at=NOON)
    assert opened.user_agent == "Firefox/140"


def test_the_database_does_not_know_the_token(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    with reading(house) as connection:
        kept = connection.scalars(select(sessions_table.c.token_hash)).all()
    assert kept == [sessions.hash_of(token)]
    assert _here(house, kept[0]) == VISITOR


def test_each_sign_in_makes_a_new_token(house: Engine) -> None:
    assert len({sign_in("jun", PASSWORD, at=NOON, of=house) for _ in range(3)}) == 3


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "0" * 64])
def test_an_unknown_token_is_a_visitors(house: Engine, token: str) -> None:
    assert _here(house, token) == VISITOR


def test_a_session_ends_by_itself(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    assert _here(house, token, NOON + sessions.LASTS - SECOND) != VISITOR
    assert _here(house, token, NOON + sessions.LASTS) == VISITOR


def test_signing_out_ends_this_session_alone(house: Engine) -> None:
    here, there = (sign_in("jun", PASSWORD, at=NOON, of=house) for _ in range(2))
    with writing(house) as connection:
        sign_out(connection, here, at=NOON)
    assert _here(house, here) == VISITOR
    assert _here(house, there).login == "jun"


def test_an_administrator_ends_all_sessions_of_a_person(house: Engine) -> None:
    tokens = [sign_in("jun", PASSWORD, at=NOON, of=house) for _ in range(3)]
    other = sign_in("mei", PASSWORD, at=NOON, of=house)
    with writing(house) as connection:
        assert people.sign_out_everywhere(connection, _here(house, other), "jun") == 3
    assert {_here(house, token) for token in tokens} == {VISITOR}
    assert _here(house, other).login == "mei"


def test_shutting_out_ends_sessions_at_once_and_letting_in_again_does_not_revive_them(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    with writing(house) as connection:
        people.set_disabled(connection, THIS_COMPUTER, "jun", True)
    assert _here(house, token) == VISITOR
    _fail(house)
    with writing(house) as connection:
        people.set_disabled(connection, THIS_COMPUTER, "jun", False)
    assert _here(house, token) == VISITOR
    assert sign_in("jun", PASSWORD, at=NOON, of=house)


def test_a_change_of_role_counts_in_the_open_session(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    with writing(house) as connection:
        people.set_role(connection, THIS_COMPUTER, "jun", Role.STUDENT)
    assert _here(house, token).role == Role.STUDENT


def test_the_lock_grows_with_each_failure_up_to_an_hour() -> None:
    grows = [lock_after(failures) // MINUTE for failures in range(13)]
    assert grows == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert lock_after(10**6) == HOUR


def test_after_five_failures_even_the_right_password_waits(house: Engine) -> None:
    _fail(house, FAILURES_ALLOWED)
    for at in (NOON, NOON + MINUTE - SECOND):
        with pytest.raises(SignInFailed):
            sign_in("jun", PASSWORD, at=at, of=house)
    assert sign_in("jun", PASSWORD, at=NOON + MINUTE, of=house)


def test_another_failure_after_the_wait_locks_for_twice_as_long(house: Engine) -> None:
    _fail(house, FAILURES_ALLOWED)
    _fail(house, at=NOON + MINUTE)
    with pytest.raises(SignInFailed):
        sign_in("jun", PASSWORD, at=NOON + 3 * MINUTE - SECOND, of=house)
    assert sign_in("jun", PASSWORD, at=NOON + 3 * MINUTE, of=house)


def test_attempts_during_the_wait_do_not_lengthen_it(house: Engine) -> None:
    _fail(house, FAILURES_ALLOWED + 20)
    assert sign_in("jun", PASSWORD, at=NOON + MINUTE, of=house)


def test_success_forgives_the_failures_before(house: Engine) -> None:
    for _ in range(3):
        _fail(house, FAILURES_ALLOWED - 1)
        assert sign_in("jun", PASSWORD, at=NOON, of=house)


def test_guesses_at_the_same_moment_are_all_counted(house: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(passwords, "matches", lambda kept, _password: bool(kept and looked_at.append(kept)))
    with ThreadPoolExecutor(8) as guessers:
        list(guessers.map(lambda _: _fail(house), range(24)))
    assert len(looked_at) == FAILURES_ALLOWED


def test_one_locked_login_does_not_lock_another(house: Engine) -> None:
    _fail(house, FAILURES_ALLOWED)
    assert sign_in("mei", PASSWORD, at=NOON, of=house)


def test_all_failures_say_the_same(house: Engine) -> None:
    with writing(house) as connection:
        people.add(connection, THIS_COMPUTER, "gone", "Gone", Role.CURATOR)
        people.set_disabled(connection, THIS_COMPUTER, "gone", True)
    _fail(house, FAILURES_ALLOWED)
    said = set()
    for login, password in (
        ("mei", "wrong"),
        ("jun", PASSWORD),
        ("ghost", PASSWORD),
        ("gone", PASSWORD),
        ("li", ""),
        ("", ""),
    ):
        with pytest.raises(SignInFailed) as failed:
            sign_in(login, password, at=NOON, of=house)
        said.add(str(failed.value))
    assert len(said) == 1


@pytest.mark.parametrize("login", ["ghost", "gone", "li", "mei", ""])
def test_each_failure_costs_one_digest_and_one_write(
    house: Engine, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(house) as connection:
        people.add(connection, THIS_COMPUTER, "gone", "Gone", Role.CURATOR)
        people.set_disabled(connection, THIS_COMPUTER, "gone", True)
    digested: list[str] = []
    verify = type(passwords._hasher).verify

    def counted(hasher: object, kept: str, password: str) -> bool:
        digested.append(kept)
        return verify(hasher, kept, password)  # type: ignore[arg-type]

    monkeypatch.setattr(type(passwords._hasher), "verify", counted)
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        written.append(statement.split()[0])

    event.listen(house, "before_cursor_execute", note)
    with pytest.raises(SignInFailed):
        sign_in(login, "a wrong password", at=NOON, of=house)
    event.remove(house, "before_cursor_execute", note)
    assert len(digested) == 1
    assert digested[0].startswith("$argon2id$")
    assert "UPDATE" in written


def test_one_who_chose_no_password_cannot_sign_in(house: Engine) -> None:
    for password in ("", "nobody has this password", PASSWORD):
        with pytest.raises(SignInFailed):
            sign_in("li", password, at=NOON, of=house)


def test_a_password_changed_meanwhile_opens_nothing(house: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    matches = passwords.matches

    def slow(kept: str, password: str) -> bool:
        with writing(house) as connection:
            connection.execute(update(people_table).values(password_hash="another"))
        return matches(kept, password)

    monkeypatch.setattr(passwords, "matches", slow)
    with pytest.raises(SignInFailed):
        sign_in("jun", PASSWORD, at=NOON, of=house)


def test_a_new_password_keeps_this_session_and_ends_the_others(house: Engine) -> None:
    here, there = (sign_in("jun", PASSWORD, at=NOON, of=house) for _ in range(2))
    sessions.change_password(here, PASSWORD, "four new calm bones", at=NOON, of=house)
    assert _here(house, here).login == "jun"
    assert _here(house, there) == VISITOR
    _fail(house)
    with pytest.raises(SignInFailed):
        sign_in("jun", PASSWORD, at=NOON, of=house)
    assert sign_in("jun", "four new calm bones", at=NOON, of=house)


def test_without_the_old_password_there_is_no_new_one_and_guesses_are_counted(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInFailed):
            sessions.change_password(token, "a guess", "four new calm bones", at=NOON, of=house)
    with pytest.raises(SignInFailed):
        sessions.change_password(token, PASSWORD, "four new calm bones", at=NOON, of=house)


def test_a_poor_new_password_is_refused_and_a_visitor_has_none(house: Engine) -> None:
    token = sign_in("jun", PASSWORD, at=NOON, of=house)
    with pytest.raises(UnfitPassword):
        sessions.change_password(token, PASSWORD, "short", at=NOON, of=house)
    with pytest.raises(SignInFailed):
        sessions.change_password("nobody's", PASSWORD, "four new calm bones", at=NOON, of=house)


def test_sessions_long_gone_are_swept_out(house: Engine) -> None:
    sign_in("jun", PASSWORD, at=NOON - timedelta(days=60), of=house)
    sign_in("jun", PASSWORD, at=NOON, of=house)
    with reading(house) as connection:
        assert len(connection.scalars(select(sessions_table.c.created)).all()) == 1
