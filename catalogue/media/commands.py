"""``python -m catalogue pictures FOLDER``: photographs put with their specimens by the names of their files."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.command_lines import CommandLine, progress
from catalogue.database import reading, writing
from catalogue.media.arriving import Arrived, of_folder, of_uploads
from catalogue.media.by_number import Picture, Terms, add, counts, look, preview, receive
from catalogue.media.kinds import LICENSES
from catalogue.media.matching import match
from catalogue.messages import CatalogueError
from catalogue.rights import THIS_COMPUTER

if TYPE_CHECKING:
    from argparse import _SubParsersAction

REFUSED = 2
"""Exit status when the folder cannot be read, or nothing could be kept."""


def add_parser(commands: "_SubParsersAction[CommandLine]") -> None:
    """Add ``pictures`` to the commands."""
    parser = commands.add_parser("pictures", help="put photographs with the specimens whose numbers their files bear")
    parser.add_argument("folder", type=Path, help="a folder, or one zipped file")
    parser.add_argument(
        "--licence", required=True, choices=list(LICENSES), help="under which terms others may use them"
    )
    parser.add_argument("--credit", required=True, help="who is to be named: the photographer, the museum")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")
    parser.add_argument("--json", action="store_true", help="print the numbers and every file as JSON")


def run(given: argparse.Namespace) -> int:
    """Match, look and add; returns the exit status: 0, or 2 when the folder cannot be read or nothing could be kept."""
    try:
        pictures = _put(given)
    except (CatalogueError, OSError) as error:
        said = error.message if isinstance(error, CatalogueError) else error.strerror
        print(f"{given.folder}: {said}", file=sys.stderr)
        return REFUSED
    print(json.dumps(_as_json(pictures), ensure_ascii=False) if given.json else _told(pictures, dry_run=given.dry_run))
    return 0


def _put(given: argparse.Namespace) -> Sequence[Picture]:
    arrived = _arrived(given.folder)
    told = progress()
    with reading() as connection:
        matches = match(connection, [one.name for one in arrived])
    seen = look(THIS_COMPUTER, arrived, progress=told)
    with reading() as connection:
        pictures = preview(connection, THIS_COMPUTER, matches, seen)
    if not given.dry_run:
        terms = Terms(given.licence, given.credit)
        received = receive(THIS_COMPUTER, arrived, pictures, terms, progress=told)
        with writing() as connection:
            add(connection, THIS_COMPUTER, received)
    return pictures


def _arrived(place: Path) -> list[Arrived]:
    return of_uploads([(place.name, place.read_bytes())]) if place.is_file() else of_folder(place)


def _as_json(pictures: Sequence[Picture]) -> dict[str, object]:
    return {
        "files": len(pictures),
        **{str(fate): number for fate, number in counts(pictures).items()},
        "pictures": [
            {
                "name": one.name,
                "fate": one.fate,
                "specimen": one.owner.occurrence_id if one.owner else "",
                "reason": str(one.reason or ""),
                "nearest": [owner.label for owner in one.nearest],
            }
            for one in pictures
        ],
    }


def _told(pictures: Sequence[Picture], *, dry_run: bool) -> str:
    lines = [
        f"{len(pictures):>8} files",
        *(f"{number:>8} {fate.replace('_', ' ')}" for fate, number in counts(pictures).items()),
    ]
    for one in pictures:
        if one.fate == "refused":
            lines.append(f"  {one.name}: {one.reason}")
        elif one.fate == "no_specimen":
            near = ", ".join(owner.label for owner in one.nearest)
            lines.append(f"  {one.name}: which specimen?{f' Near: {near}' if near else ''}")
    return "\n".join([*lines, "Dry run: nothing was kept."] if dry_run else lines)
