"""Read tables of first and last appearances, as people keep them: CSV, tabs or blanks, with headings in many words.

Each row names a taxon; its ages are numbers in Ma, or names of intervals. What contradicts itself is told and not used.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.ranges import TaxonRange

_HEADINGS = {
    "taxon": ("taxon", "taxa", "tip", "tips", "name", "species", "genus", "scientificname", "scientific_name", ""),
    "first": ("fad", "first", "first_appearance", "firstappearance", "max_ma", "maxma", "max", "older", "oldest"),
    "last": ("lad", "last", "last_appearance", "lastappearance", "min_ma", "minma", "min", "younger", "youngest"),
    "earliest": ("early interval", "early_interval", "earliest_interval", "earliest interval", "interval"),
    "latest": ("late interval", "late_interval", "latest_interval", "latest interval"),
}
_TOLERATED = 4.0
"""Myr by which an age may lie outside of its own interval before that is worth a word: boundaries have moved that much."""


@dataclass(frozen=True)
class AgeTable:
    """First and last appearances by taxon.

    Parameters
    ----------
    ranges : mapping of str to TaxonRange
        Underscores in names are blanks.
    problems : tuple of Message
        Rows that were not used.
    doubts : tuple of Message
        Rows that were used, and contradict themselves.
    """

    ranges: Mapping[str, TaxonRange] = field(repr=False)
    problems: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


def read_ages(text: str) -> AgeTable:
    """Read a table of ages.

    Parameters
    ----------
    text : str
        A line of headings and a line for each taxon.

    Raises
    ------
    TreeError
        When the headings name no ages; those that are there and those that are needed are named.
    """
    rows = [row for row in _rows(text.lstrip("\ufeff")) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise TreeError(message("A table of ages has a line of headings and a line for each taxon."))
    headings, *body = rows
    if len(body[0]) == len(headings) + 1:
        headings = ["", *headings]  # as R writes it: no heading above the names
    columns = _columns(headings)
    if "taxon" not in columns or not {"first", "earliest"} & columns.keys():
        raise TreeError(
            message(
                "The table needs a column of taxa and columns of ages (FAD, LAD). Its headings are: {headings}.",
                headings=", ".join(filter(None, headings))[:200],
            )
        )
    ranges: dict[str, TaxonRange] = {}
    problems: list[Message] = []
    doubts: list[Message] = []
    for number, row in enumerate(body, 2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        try:
            found = _range(cells)
            if found.taxon in ranges:
                raise TreeError(message("stands in the table already; the first row counts."))
        except TreeError as error:
            problems.append(
                message("Row {number}, {taxon}: {why}", number=number, taxon=cells["taxon"], why=error.message)
            )
            continue
        ranges[found.taxon] = found
        doubts += _doubts(found, _named(cells), number)
    return AgeTable(ranges, tuple(problems), tuple(doubts))


def is_table_of_ages(text: str) -> bool:
    """Whether the first line of a text looks like the headings of such a table."""
    first = next(iter(_rows(text.lstrip("\ufeff")[:2000])), [])
    columns = _columns(first)
    return bool({"first", "earliest"} & columns.keys()) and len(first) > 1


def _rows(text: str) -> list[list[str]]:
    head = text.split("\n", 1)[0]
    delimiter = next((mark for mark in ("\t", ";", ",") if mark in head), None)
    if delimiter:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return [re.findall(r'"[^"]*"|\S+', line) for line in text.splitlines()]


def _columns(headings: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    written = [heading.strip().strip('"').lower() for heading in headings]
    for name, known in _HEADINGS.items():
        at = next((written.index(word) for word in known if word in written), None)
        if at is not None:
            places[name] = at
    return places


def _range(cells: Mapping[str, str]) -> TaxonRange:
    taxon = " ".join(cells["taxon"].strip('"').replace("_", " ").split())
    first, last = _number(cells.get("first", "")), _number(cells.get("last", ""))
    named = _named(cells)
    if first is None and named:
        first, last = named.max_ma, named.min_ma
    if not taxon or first is None:
        raise TreeError(message("there is no taxon.") if not taxon else message("there is no first appearance."))
    return TaxonRange(taxon, first, first if last is None else last)


def _doubts(found: TaxonRange, named: AgeRange | None, number: int) -> Iterator[Message]:
    first, last = found.first_appearance, found.last_appearance
    if named and (first > named.max_ma + _TOLERATED or last < named.min_ma - _TOLERATED):
        yield message(
            "Row {number}: {taxon} is dated {first} to {last} Ma, outside of its own interval, {older} to {younger} Ma.",
            number=number,
            taxon=found.taxon,
            first=f"{first:g}",
            last=f"{last:g}",
            older=f"{named.max_ma:g}",
            younger=f"{named.min_ma:g}",
        )


def _named(cells: Mapping[str, str]) -> AgeRange | None:
    chart = timescale()
    earliest = chart.find(cells.get("earliest", ""))
    latest = chart.find(cells.get("latest", "")) if cells.get("latest") else earliest
    if earliest is None or latest is None:
        return None
    return AgeRange(earliest.earliest.span.max_ma, latest.latest.span.min_ma)


def _number(written: str) -> float | None:
    written = written.strip('"')
    if written in {"", "NA", "-", "?"}:
        return None
    try:
        return float(written.replace(",", "."))
    except ValueError as error:
        raise TreeError(message("“{age}” is not an age in Ma.", age=written[:40])) from error
