"""``python -m catalogue export``: found records as a file, from the command line.

What is asked is the same as on the page of a search, under the same names (`docs/search.md`).
"""

import argparse
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalogue.api.asking import query_of
from catalogue.api.parameters import FILTERS, ORDER, read_parameters
from catalogue.command_lines import progress
from catalogue.database import reading
from catalogue.exchange.doubtful_places import from_maps
from catalogue.exchange.out import published
from catalogue.exchange.out.checking import check
from catalogue.exchange.out.findings import Verdict
from catalogue.exchange.out.found import Found, find
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.published import CALLED
from catalogue.exchange.out.writing import Written, write
from catalogue.messages import CatalogueError, message
from catalogue.rights import THIS_COMPUTER, VISITOR

BAD_INPUT = 2
"""Exit status when what is asked cannot be understood, or the file cannot be written."""
_ASKED = tuple(one for one in (*FILTERS, ORDER) if one.name != "q")


def add_parser(commands: Any) -> None:
    """Add the command to those of the command line."""
    parser: argparse.ArgumentParser = commands.add_parser("export", help="write found records to a file")
    parser.add_argument("words", nargs="*", help="words that the records must have; none for all records")
    parser.add_argument(
        "--format", metavar="FORMAT", help=f"one of {', '.join(KINDS)}; as the name of the file ends, if left out"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write; a file that is there is replaced")
    parser.add_argument("--published", choices=CALLED, help="instead of records: what was taken over from publications")
    parser.add_argument("--as-visitor", action="store_true", help="make withheld sites coarser, as visitors see them")
    parser.add_argument("--check", action="store_true", help="say what GBIF would refuse or flag")
    for one in _ASKED:
        parser.add_argument(f"--{one.name}", metavar=one.name.upper(), help=str(one.meaning))


def run(given: Namespace) -> int:
    """Run the command and return its exit status: 0, or 2 with one line on standard error."""
    try:
        for line in _export(given):
            print(line)
    except CatalogueError as error:
        print(error.message, file=sys.stderr)
        return BAD_INPUT
    return 0


def _export(given: Namespace) -> list[str]:
    if given.published:
        return _export_published(given)
    given.format = given.format or _by_ending(given.out)
    if given.format not in KINDS:
        raise CatalogueError(
            message("Choose a format: {formats}.", formats=", ".join(f"--format {one}" for one in KINDS))
        )
    if given.out is None and not given.check:
        raise CatalogueError(
            message("Say where to write, as in {example}.", example=f"--out fossils.{KINDS[given.format].suffix}")
        )
    asked = [(one.name, getattr(given, one.name)) for one in _ASKED if getattr(given, one.name) is not None]
    values = read_parameters((*FILTERS, ORDER), [("q", " ".join(given.words)), *asked])
    who = VISITOR if given.as_visitor else THIS_COMPUTER
    with reading() as connection:
        found = replace(find(connection, query_of(values), who, order=values["order"]), progress=progress())
        told = _verdict(check(found, from_maps("places", "country_at"))) if given.check else []
        if given.out is not None:
            told += _summary(found, given, _write(found, given))
    return told


def _by_ending(out: Path | None) -> str | None:
    """The format that the name of a file tells; a zip may be several things."""
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    return next((kind.name for kind in KINDS.values() if kind.suffix == ending != "zip"), None)


def _export_published(given: Namespace) -> list[str]:
    """Words choose by the name alone; the other questions are those of records."""
    if given.format is None or given.out is None:
        raise CatalogueError(
            message("Say which format and where to write, as in {example}.", example="--format csv --out strata.csv")
        )
    who = VISITOR if given.as_visitor else THIS_COMPUTER
    with reading() as connection:
        kind, words = CALLED[given.published], " ".join(given.words)
        size = published.write(connection, kind, given.format, given.out, words, who=who)
    return [f"{given.out}: {size:,} bytes"]


def _write(found: Found, given: Namespace) -> Written:
    """A name that ends in .zip gets the file with its citation beside it, where it cannot hold that itself."""
    zipped = given.out.suffix.lower() == ".zip" and KINDS[given.format].suffix != "zip"
    return write(found, given.format, given.out, with_citation=zipped)


def _summary(found: Found, given: Namespace, written: Written) -> list[str]:
    kind = KINDS[given.format]
    lines = [f"{given.out}: {_count(written.records)}, {written.bytes:,} bytes"]
    if written.without_place:
        lines.append(f"{_count(written.without_place)} without coordinates left out")
    if found.withheld:
        coarser = given.as_visitor or kind.always_coarser
        how = "coarser, as visitors see them" if coarser else "exact: keep the file to yourself, or use --as-visitor"
        sites = "1 withheld site is" if found.withheld == 1 else f"{found.withheld} withheld sites are"
        lines.append(f"{sites} {how}")
    return lines


def _count(records: int) -> str:
    return f"{records} {'record' if records == 1 else 'records'}"


def _verdict(verdict: Verdict) -> list[str]:
    lines = [
        f"GBIF check of {_count(verdict.records)}: {len(verdict.refused)} to mend, {len(verdict.flagged)} to look at"
    ]
    for one in verdict.findings:
        count = f"{_count(one.count)}: " if one.count else ""
        setting = f" Whoever runs this Bonebed can also set {one.setting}." if one.setting else ""
        lines.append(f"  {one.severity}  {count}{one.what} {one.remedy}{setting}")
        if one.records:
            lines.append(f"           {', '.join(one.records[:5])}{', …' if one.count > 5 else ''}")
    return lines
