"""The catalogue from the command line.

``python -m catalogue import FILE [--dry-run] [--json]`` takes a file over; ``python -m catalogue export --format FORMAT --out FILE`` writes found records, ``python -m catalogue count`` counts them,
``python -m catalogue pictures FOLDER`` puts photographs with their specimens,
``python -m catalogue people …`` manages those who sign in. The database is the one of the settings (`BONEBED_DATA_DIR`, `BONEBED_DATABASE_URL`).
"""

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import DBAPIError

from catalogue import specimens
from catalogue.command_lines import STOPPED, UNREADABLE, CommandLine
from catalogue.database import reading
from catalogue.exchange import commands as in_commands
from catalogue.exchange.out import commands as out_commands
from catalogue.faults import in_words
from catalogue.media import commands as picture_commands
from catalogue.people import commands as people_commands
from catalogue.settings import settings

__all__ = ["UNREADABLE", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0; 2 when the input cannot be read, 3 when nothing can be written, 130 when it was stopped."""
    given = _parser().parse_args(arguments)
    try:
        settings()
    except ValidationError as error:
        print(*map(_wrong_setting, error.errors()), sep="; ", file=sys.stderr)
        return UNREADABLE
    try:
        return _run(given)
    except KeyboardInterrupt:
        print("Stopped. What was not finished was not kept.", file=sys.stderr)
        return STOPPED
    except (DBAPIError, sqlite3.Error, OSError) as error:
        known = in_words(error)
        if known is None:
            raise
        print(known.message, file=sys.stderr)
        return in_commands.NOT_WRITTEN


def _run(given: argparse.Namespace) -> int:
    if given.command == "people":
        return people_commands.run(given)
    if given.command == "pictures":
        return picture_commands.run(given)
    if given.command == "export":
        return out_commands.run(given)
    if given.command == "count":
        with reading() as connection:
            print(specimens.count(connection))
        return 0
    return in_commands.run(given)


def _wrong_setting(problem: ErrorDetails) -> str:
    name = "_".join(map(str, problem["loc"])).upper()
    return f"BONEBED_{name}: {problem['msg']}, not “{problem['input']}” (docs/settings.md)"


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(prog="python -m catalogue", description="The fossil catalogue of Bonebed.")
    commands = parser.add_subparsers(dest="command", required=True)
    in_commands.add_parser(commands)
    out_commands.add_parser(commands)
    picture_commands.add_parser(commands)
    people_commands.add_parser(commands)
    commands.add_parser("count", help="print how many records the catalogue has")
    return parser


def _print_anything() -> None:
    """Letters that a terminal does not know are shown as question marks, and stop nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    _print_anything()
    sys.exit(main())
