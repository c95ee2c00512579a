"""``python -m catalogue import``: a file taken over from the command line, with the same pipeline as on the screen."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from catalogue.command_lines import UNREADABLE, CommandLine, progress
from catalogue.database import reading
from catalogue.exchange.doubtful_places import from_maps
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.exchange.outcomes import Outcomes
from catalogue.exchange.pipeline import Choices, bring_in, opened, preview
from catalogue.exchange.reading import ENCODINGS, Content, UnreadableFile
from catalogue.exchange.reading.sources import chosen_on_disk, in_memory, unopened
from catalogue.exchange.rejects import write_doubts, write_rejects
from catalogue.faults import NotWritten
from catalogue.geological_time import timescale
from catalogue.messages import message
from catalogue.rights import THIS_COMPUTER

NOT_WRITTEN = 3
"""Exit status when there is no room on the disk, or somebody else writes for too long."""
_YOUNG = 20_000
"""New objects after which Python looks for those that hold each other; nearly all of a row are gone by themselves."""
_SHOWN_ROWS = 10
_SIGNS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


def add_parser(commands: "argparse._SubParsersAction[CommandLine]") -> None:
    """Add ``import`` to the commands."""
    importing = commands.add_parser("import", help="take over a file: Darwin Core, Paleobiology Database, or any table")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")
    importing.add_argument("--json", action="store_true", help="print the numbers as JSON")
    importing.add_argument(
        "--rejects", type=Path, metavar="FILE", help="write the rejected rows with their reasons to a CSV file"
    )
    importing.add_argument(
        "--doubts",
        type=Path,
        metavar="FILE",
        help="write the rows that are taken although something in them is doubtful or not understood, with what it is, to a CSV file",
    )
    importing.add_argument("--encoding", default="", help=f"how the text is encoded: {', '.join(ENCODINGS)}")
    importing.add_argument("--delimiter", default="", help="what parts the cells: comma, semicolon, tab or bar")
    importing.add_argument("--sheet", default="", help="the sheet of a workbook")
    importing.add_argument(
        "--age", default="", metavar="INTERVAL", help="the age of all rows that state none, such as “Late Cretaceous”"
    )
    importing.add_argument(
        "--map",
        default="",
        metavar="FILE_OR_NAME",
        help="what the columns mean: a JSON file, or the name of a saved map",
    )


def run(given: argparse.Namespace) -> int:
    """Import a file and return the exit status: 0; 2 when it cannot be read, 3 when nothing can be written."""
    gc.freeze()  # all that is loaded by now stays to the end, and need not be looked through again and again
    gc.set_threshold(_YOUNG)
    try:
        for wanted in (given.rejects, given.doubts):
            _try_to_write(wanted, given.file)
        outcomes = _import(given)
    except UnreadableFile as error:
        print(f"{given.file}: {error.message}", file=sys.stderr)
        return UNREADABLE
    except NotWritten as error:
        print(f"{given.file}: {error.message}", file=sys.stderr)
        return NOT_WRITTEN
    if given.rejects and outcomes.rejected:
        with given.rejects.open("w", encoding="utf-8-sig", errors="replace", newline="") as text:
            write_rejects(outcomes, text)
    if given.doubts and outcomes.notes:
        with given.doubts.open("w", encoding="utf-8-sig", errors="replace", newline="") as text:
            write_doubts(outcomes, text)
    print(_as_json(outcomes) if given.json else _summary(outcomes, dry_run=given.dry_run))
    return 0


def _as_json(outcomes: Outcomes) -> str:
    """The numbers; every letter spelt out where the reader's encoding may not have it."""
    plain = (sys.stdout.encoding or "").casefold().replace("-", "") == "utf8"
    return json.dumps(outcomes.as_json(), ensure_ascii=not plain)


def _name(file: Path) -> str:
    """The name of a file, which some systems write in any bytes, as text."""
    return os.fsencode(file.name).decode("utf-8", errors="replace")


def _import(given: argparse.Namespace) -> Outcomes:
    content = _content(given.file)
    doubts = from_maps("doubtful", "doubts_of_places")
    told = progress()
    with reading() as connection:
        choices = Choices(
            given.encoding,
            _SIGNS.get(given.delimiter.casefold(), given.delimiter),
            given.sheet,
            _column_map(connection, given.map) if given.map else None,
        )
        if given.age:
            choices = _with_age(connection, given, content, choices)
        if given.dry_run:
            return preview(connection, _name(given.file), content, choices=choices, progress=told, place_doubts=doubts)
    return bring_in(THIS_COMPUTER, _name(given.file), content, choices=choices, progress=told, place_doubts=doubts)


def _try_to_write(wanted: Path | None, file: Path) -> None:
    """See before anything is kept whether a file of rows, rejected or with doubts, can be written.

    Raises
    ------
    UnreadableFile
        When it cannot, or is the very file that is imported, which would be lost.
    """
    if wanted is None:
        return
    there = wanted.exists()
    if there and file.exists() and wanted.samefile(file):
        raise UnreadableFile(
            message("The rows cannot be written over the file that they come from. Name another file.")
        )
    try:
        wanted.open("a").close()
        if not there:
            wanted.unlink()
    except OSError as error:
        raise UnreadableFile(
            message("{file} cannot be written: {why}.", file=str(wanted), why=error.strerror)
        ) from error


def _with_age(connection: Connection, given: argparse.Namespace, content: Content, choices: Choices) -> Choices:
    """The same choices with one age for all rows that state none."""
    if timescale().find(given.age) is None:
        raise UnreadableFile(
            message("--age: “{age}” is not an interval that we know. Write a name of the chart.", age=given.age[:60])
        )
    columns = opened(connection, _name(given.file), content, choices)[1].columns
    if columns is None:
        raise UnreadableFile(message("--age is for tables whose columns are mapped; this one has a fixed format."))
    return replace(choices, columns=replace(columns, fixed={**columns.fixed, "earliest_interval": given.age}))


def _column_map(connection: Connection, file_or_name: str) -> ColumnMap:
    file = Path(file_or_name)
    if file.is_file():
        return saved.from_json(in_memory(_content(file)))
    known = saved.named(connection, file_or_name)
    if known is None:
        names = ", ".join(saved.names(connection)) or "–"
        raise UnreadableFile(
            message(
                "There is neither a file nor a saved map “{name}”. Saved maps: {names}.", name=file_or_name, names=names
            )
        )
    return known


def _content(file: Path) -> Content:
    try:
        return chosen_on_disk(file)
    except OSError as error:
        raise unopened(error) from error


def _notes(outcomes: Outcomes) -> Iterator[str]:
    """What was not understood or is doubtful, each note with its first rows below it."""
    for note, count in outcomes.notes:
        yield f"{count:>8} × {note}"
        numbers = outcomes.first_rows_noted[str(note)][:_SHOWN_ROWS]
        more = f" and {count - len(numbers)} more" if count > len(numbers) else ""
        yield f"{'':>10} {'row' if count == 1 else 'rows'} {', '.join(map(str, numbers))}{more}"


def _summary(outcomes: Outcomes, *, dry_run: bool) -> str:
    guess = " (guessed)" if outcomes.encoding_is_guess else ""
    again = f" ({outcomes.repeated} repeat another row of the file)" if outcomes.repeated else ""
    kept = f" ({outcomes.kept} keep what people changed since)" if outcomes.kept else ""
    lines = [
        f"{outcomes.file_name}: {', '.join(filter(None, (outcomes.format, outcomes.encoding)))}{guess}",
        f"{outcomes.read:>8} rows read",
        f"{outcomes.accepted:>8} new",
        f"{outcomes.changed:>8} changed{kept}",
        f"{outcomes.unchanged:>8} unchanged{again}",
        f"{outcomes.rejected:>8} rejected",
        *(f"{count:>12} {reason}" for reason, count in outcomes.reasons()),
        *_notes(outcomes),
        *map(str, outcomes.file_notes),
    ]
    if outcomes.columns_left:
        lines.append(f"Columns of which nothing is taken: {', '.join(outcomes.columns_left)}")
    return "\n".join([*lines, "Dry run: nothing was kept."] if dry_run else lines)
