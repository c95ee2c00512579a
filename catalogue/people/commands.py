"""``python -m catalogue people …``: accounts from the command line, for whoever runs the server.

Nobody signs in here: who can run the command can read the database anyway. No password is ever typed here either; its owner chooses
it through a link that opens once.
"""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from catalogue.command_lines import CommandLine
from catalogue.database import reading, writing
from catalogue.messages import CatalogueError
from catalogue.people import accounts as people
from catalogue.people import one_time_links
from catalogue.rights import THIS_COMPUTER, Role
from catalogue.settings import settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

REFUSED = 2
"""Exit status when what was asked cannot be done."""


def add_parser(commands: "_SubParsersAction[CommandLine]") -> None:
    """Add the command and what can be done with it."""
    parser = commands.add_parser("people", help="list the people who sign in, invite them, change what they may do")
    todo = parser.add_subparsers(dest="people_command", required=True)
    listing = todo.add_parser("list", help="list everybody")
    listing.add_argument("--json", action="store_true", help="print the list as JSON")
    adding = todo.add_parser("add", help="add a person and print the link with which they choose a password")
    adding.add_argument("login")
    adding.add_argument("--name", default="", help="the name that others see; left out: the login")
    adding.add_argument("--role", type=Role, choices=list(Role), default=Role.CATALOGUER, help="left out: cataloguer")
    changing = todo.add_parser("role", help="give a person another role")
    changing.add_argument("login")
    changing.add_argument("role", type=Role, choices=list(Role))
    for name, told in (
        ("disable", "shut a person out and end their sessions"),
        ("enable", "let a person in again"),
        ("sign-out", "end all sessions of a person"),
        ("reset-link", "print a link with which a person chooses a new password"),
    ):
        todo.add_parser(name, help=told).add_argument("login")


def run(given: argparse.Namespace) -> int:
    """Do what was asked and return the exit status: 0, or 2 when it cannot be done."""
    try:
        print(_list(as_json=given.json) if given.people_command == "list" else _change(given))
    except CatalogueError as error:
        print(error.message, file=sys.stderr)
        return REFUSED
    return 0


def _list(*, as_json: bool) -> str:
    with reading() as connection:
        everybody = people.accounts(connection, THIS_COMPUTER)
    if as_json:
        return json.dumps([asdict(account) for account in everybody], ensure_ascii=False)
    if not everybody:
        return "Nobody has an account yet."
    wide = max(len(account.login) for account in everybody)
    return "\n".join(
        f"{account.login:<{wide}}  {account.role:<13}  {'shut out' if account.disabled else 'may sign in':<11}  {account.name}"
        for account in everybody
    )


def _change(given: argparse.Namespace) -> str:
    login = given.login
    with writing() as connection:
        match given.people_command:
            case "add":
                made = people.add(connection, THIS_COMPUTER, login, given.name, given.role)
                added = f"{made.login} was added as {made.role}."
                if settings().sign_in == "oidc":
                    return added
                return f"{added}\n{_link(one_time_links.invite(connection, THIS_COMPUTER, made.login))}"
            case "role":
                people.set_role(connection, THIS_COMPUTER, login, given.role)
                return f"{login} is now {given.role}."
            case "disable" | "enable" as what:
                people.set_disabled(connection, THIS_COMPUTER, login, what == "disable")
                return f"{login} is shut out." if what == "disable" else f"{login} may sign in again."
            case "sign-out":
                ended = people.sign_out_everywhere(connection, THIS_COMPUTER, login)
                return f"{ended} sessions of {login} were ended."
            case _:
                return _link(one_time_links.invite(connection, THIS_COMPUTER, login))


def _link(token: str) -> str:
    return f"Put this behind the address of your Bonebed and hand it over; it opens once, within seven days:\n/welcome/{token}"
