"""``python -m catalogue people``: for the day on which the only administrator forgets the password."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.__main__ import main
from catalogue.database import engine, writing
from catalogue.people import one_time_links, sessions
from catalogue.people.commands import REFUSED
from catalogue.settings import settings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "people.md"
PASSWORD = "three calm red bones"


@pytest.fixture(autouse=True)
def _empty_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    yield
    engine().dispose()


def run(*arguments: str) -> int:
    return main(["people", *arguments])


def test_a_person_is_added_invited_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert capsys.readouterr().out == "Nobody has an account yet.\n"
    assert run("add", "Mei", "--name", "Mei Lin", "--role", "curator") == 0
    said = capsys.readouterr().out
    token = re.search(r"^/welcome/(\S+)$", said, re.MULTILINE)
    assert token
    with writing() as connection:
        one_time_links.choose_password(connection, token[1], PASSWORD)
    assert sessions.sign_in("mei", PASSWORD)
    run("list")
    assert capsys.readouterr().out.split() == ["mei", "curator", "may", "sign", "in", "Mei", "Lin"]
    run("list", "--json")
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["login"], told["role"], told["has_password"], told["open_sessions"]) == ("mei", "curator", True, 1)
    assert "password_hash" not in told


def test_role_sessions_and_access_are_changed(capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "mei")
    for arguments, said in (
        (("role", "mei", "student"), "mei is now student."),
        (("disable", "mei"), "mei is shut out."),
        (("enable", "mei"), "mei may sign in again."),
        (("sign-out", "mei"), "0 sessions of mei were ended."),
    ):
        capsys.readouterr()
        assert run(*arguments) == 0
        assert capsys.readouterr().out == f"{said}\n"
    assert run("reset-link", "mei") == 0
    assert "/welcome/" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["role", "ghost", "curator"], ["disable", "ghost"], ["reset-link", "ghost"]])
def test_what_cannot_be_done_is_said_in_one_line(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*command) == REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "There is nobody with the login “ghost”.\n"


def test_the_last_administrator_stays(capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "mei", "--role", "administrator")
    assert run("disable", "mei") == REFUSED
    assert "last administrator" in capsys.readouterr().err


def test_where_an_institution_signs_in_there_is_no_link(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONEBED_SIGN_IN", "oidc")
    settings.cache_clear()
    assert run("add", "mei@museum.cn") == 0
    assert capsys.readouterr().out == "mei@museum.cn was added as cataloguer.\n"


def test_each_command_is_described_and_each_described_one_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    listed = re.search(r"\{([a-z,-]+)\}", capsys.readouterr().out)
    described = re.findall(r"^python -m catalogue people ([a-z-]+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed
    assert set(listed[1].split(",")) == set(described)
