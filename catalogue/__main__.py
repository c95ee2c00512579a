"""The catalogue from the command line.

``python -m catalogue import FILE [--dry-run] [--json]`` takes a file over; ``python -m catalogue count`` counts the records,
``python -m catalogue people …`` manages those who sign in. The database is the one of the settings (`BONEBED_DATA_DIR`, `BONEBED_DATABASE_URL`).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.exchange.outcomes import Outcomes
from catalogue.exchange.pipeline import commit, preview
from catalogue.exchange.reading import UnreadableFile
from catalogue.exchange.rejects import rejects_csv
from catalogue.messages import message
from catalogue.people import commands as people_commands
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings

UNREADABLE = 2
"""Exit status when the file cannot be read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 when the input cannot be read."""
    given = _parser().parse_args(arguments)
    if given.command == "people":
        return people_commands.run(given)
    if given.command == "count":
        with reading() as connection:
            print(specimens.count(connection))
        return 0
    try:
        outcomes = _import(given.file, dry_run=given.dry_run)
    except UnreadableFile as error:
        print(f"{given.file}: {error.message}", file=sys.stderr)
        return UNREADABLE
    if given.rejects and outcomes.rejected:
        given.rejects.write_text(rejects_csv(outcomes), encoding="utf-8-sig", newline="")
    print(
        json.dumps(outcomes.as_json(), ensure_ascii=False) if given.json else _summary(outcomes, dry_run=given.dry_run)
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m catalogue", description="The fossil catalogue of Bonebed.")
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="take over a file of the Paleobiology Database (occurrences)")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")
    importing.add_argument("--json", action="store_true", help="print the numbers as JSON")
    importing.add_argument(
        "--rejects", type=Path, metavar="FILE", help="write the rejected rows with their reasons to a CSV file"
    )
    people_commands.add_parser(commands)
    commands.add_parser("count", help="print how many records the catalogue has")
    return parser


def _import(file: Path, *, dry_run: bool) -> Outcomes:
    content = _content(file)
    if dry_run:
        with reading() as connection:
            return preview(connection, file.name, content)
    with writing() as connection:
        return commit(connection, THIS_COMPUTER, file.name, content)


def _content(file: Path) -> bytes:
    most = settings().max_upload_mb
    try:
        if file.stat().st_size > most * 1024 * 1024:
            raise UnreadableFile(message("The file is larger than {most} MiB (BONEBED_MAX_UPLOAD_MB).", most=most))
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(message("The file cannot be opened: {why}.", why=error.strerror)) from error


def _summary(outcomes: Outcomes, *, dry_run: bool) -> str:
    guess = " (guessed)" if outcomes.encoding_is_guess else ""
    again = f" ({outcomes.repeated} repeat another row of the file)" if outcomes.repeated else ""
    lines = [
        f"{outcomes.file_name}: {outcomes.format}, {outcomes.encoding}{guess}",
        f"{outcomes.read:>8} rows read",
        f"{outcomes.accepted:>8} new",
        f"{outcomes.changed:>8} changed",
        f"{outcomes.unchanged:>8} unchanged{again}",
        f"{outcomes.rejected:>8} rejected",
        *(f"{count:>12} {reason}" for reason, count in outcomes.reasons()),
    ]
    return "\n".join([*lines, "Dry run: nothing was kept."] if dry_run else lines)


if __name__ == "__main__":
    sys.exit(main())
