"""The command line: where places lay on the ancient Earth; see ``docs/ancient-earth.md``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from catalogue.command_lines import UNREADABLE, CommandLine
from catalogue.messages import message
from maps.errors import MapError
from maps.palaeogeography import library
from maps.positioning import Columns, position_one, position_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 when the input cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        return _COMMANDS[given.command](given)
    except MapError as error:
        print(error.message, file=sys.stderr)
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(prog="python -m maps", description="Maps of Bonebed: the ancient Earth.")
    commands = parser.add_subparsers(dest="command", required=True)
    position = commands.add_parser("position", help="say where places lay at an age, by a plate model")
    position.add_argument("file", type=Path, nargs="?", help="a table with longitude, latitude and age_ma")
    position.add_argument("--model", default="paleomap", help="see “models”; paleomap when left out")
    position.add_argument("--out", type=Path, metavar="FILE", help="the table with palaeocoordinates")
    position.add_argument("--longitude-column", default="longitude", metavar="NAME")
    position.add_argument("--latitude-column", default="latitude", metavar="NAME")
    position.add_argument("--age-column", default="age_ma", metavar="NAME")
    position.add_argument(
        "--youngest-column", default="", metavar="NAME", help="a second age; the middle of both is meant"
    )
    for name in ("longitude", "latitude", "age"):
        position.add_argument(f"--{name}", metavar="NUMBER", help="of one place, in the stead of a table")
    position.add_argument("--json", action="store_true", help="print the answer as JSON")
    models = commands.add_parser("models", help="list the plate models")
    models.add_argument("--json", action="store_true", help="print them as JSON")
    return parser


def _position(given: argparse.Namespace) -> int:
    model = library.model(given.model)
    one = (given.longitude, given.latitude, given.age)
    if given.file is None:
        if None in one:
            raise MapError(message("Give a table, or --longitude, --latitude and --age of one place."))
        answer = {"model": model.key, **position_one(*one, model)}
    else:
        if one != (None, None, None):
            raise MapError(message("Give a table or one place, not both."))
        if given.out is None:
            raise MapError(message("Say with --out where the table is to be written."))
        columns = Columns(given.longitude_column, given.latitude_column, given.age_column, given.youngest_column)
        counted = position_table(given.file, given.out, model, columns)
        answer = {
            "model": model.key,
            "rows": counted.rows,
            "placed": counted.placed,
            "not_placed": counted.rows - counted.placed,
        }
    _print([answer], given.json, single=True)
    return 0


def _models(given: argparse.Namespace) -> int:
    shelf = library.shelf()
    listed = [library.model(key) for key in shelf.models]
    _print(
        [
            {"key": one.key, "title": one.title, "oldest_ma": one.oldest_ma, "licence": one.licence, "citation": one.citation}
            for one in listed
        ],
        given.json,
    )  # fmt: skip
    for trouble in shelf.troubles:
        print(trouble, file=sys.stderr)
    return UNREADABLE if shelf.troubles else 0


def _print(answers: Sequence[dict[str, object]], as_json: bool, single: bool = False) -> None:
    if as_json:
        print(json.dumps(answers[0] if single else list(answers), ensure_ascii=False))
        return
    for answer in answers:
        for name, value in answer.items():
            print(f"{name}: {'' if value is None else value}")


_COMMANDS = {"position": _position, "models": _models}

if __name__ == "__main__":
    sys.exit(main())
