"""Read tables of first and last appearances, as people keep them: CSV, tabs or blanks, with headings in many words.

Each row names a taxon; its ages are numbers in Ma, or names of intervals. What contradicts itself is told and not used.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import Message, message
from trees.errors import TreeError
from trees.ranges import TaxonRange

_HEADINGS = {
    "taxon": (
        "taxon", "taxa", "tip", "tips", "tip label", "name", "species", "genus", "scientificname", "scientific name", "accepted name",
        "taxon name", "tip name", "label", "species name", "genus name", "otu", "otus", "binomial", "物种", "种名", "属名", "学名", "名称", "分类单元", "",
    ),
    "first": (
        "fad", "first", "first appearance", "firstappearance", "first appearance datum", "max ma", "maxma", "max", "max age", "age max",
        "older", "oldest", "oldest age", "older age", "age old", "start", "start age", "first occurrence", "fad age", "首现", "首次出现", "最早",
    ),
    "last": (
        "lad", "last", "last appearance", "lastappearance", "last appearance datum", "min ma", "minma", "min", "min age", "age min",
        "younger", "youngest", "youngest age", "younger age", "age young", "end", "end age", "last occurrence", "lad age", "末现", "末次出现", "最晚",
    ),
    "earliest": ("early interval", "earliest interval", "interval", "stage", "early stage", "age stage", "epoch", "最早地质时代", "地质时代"),
    "latest": ("late interval", "latest interval", "late stage", "最晚地质时代"),
    "occurrence": ("occurrence no", "occurrence id", "occurrenceid"),
}  # fmt: skip
_UNIT = re.compile(r"[(\[（].*?[)\]）]|\b(?:in )?(?:ma|myr|mya)$")
_QUOTED = re.compile(r"""^(["'])(.*)\1$""")
_AGE_UNIT = re.compile(r"\s*(?:Ma|Myr|mya)$", re.IGNORECASE)
_TITLE_LINES = 5
"""Lines that may stand above the headings."""
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
    mended : tuple of Message
        What was put right.
    """

    ranges: Mapping[str, TaxonRange] = field(repr=False)
    problems: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()
    mended: tuple[Message, ...] = ()


def read_ages(text: str) -> AgeTable:
    """Read a table of ages.

    Parameters
    ----------
    text : str
        A line of headings and a line for each taxon, or for each occurrence of one. Lines above the headings are passed over.

    Raises
    ------
    TreeError
        When the headings name no ages; those that are there and those that are needed are named.
    """
    mended: list[Message] = []
    text = text.lstrip("\ufeff")
    rows = [(number, row) for number, row in enumerate(parted_rows(text), 1) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise TreeError(message("A table of ages has a line of headings and a line for each taxon."))
    above = _lines_above([row for _, row in rows])
    if _is_bare([row for _, row in rows]):
        rows.insert(0, (0, ["taxon", "FAD", "LAD"]))
        mended.append(message("There are no headings; the columns were read as taxon, first and last appearance."))
    elif above:
        mended.append(message("Lines above the headings were passed over: {count}.", count=above))
    (_, headings), *body = rows[above:]
    if body and len(body[0][1]) == len(headings) + 1:
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
    for number, row in body:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        try:
            found = _range(cells)
            if found.taxon in ranges and "occurrence" in columns:
                found = _wider(ranges[found.taxon], found)
            elif found.taxon in ranges:
                raise TreeError(message("stands in the table already; the first row counts."))
        except TreeError as error:
            problems.append(
                message("Row {number}, {taxon}: {why}", number=number, taxon=cells["taxon"], why=error.message)
            )
            continue
        ranges[found.taxon] = found
        doubts += _doubts(found, _named(cells), number)
    if "occurrence" in columns:
        mended.append(message("Each row is an occurrence; those of a taxon were put together to its widest range."))
    return AgeTable(ranges, tuple(problems), tuple(doubts), tuple(mended))


def is_table_of_ages(text: str) -> bool:
    """Whether the first lines of a text look like the headings of such a table, or hold a name and two numbers each."""
    rows = [row for row in parted_rows(text.lstrip("\ufeff")[:4000].rpartition("\n")[0] or text[:4000]) if any(row)]
    return _is_bare(rows) or any(_is_headings(row) for row in rows[: _TITLE_LINES + 1])


def _is_headings(row: Sequence[str]) -> bool:
    return len(row) > 1 and bool({"first", "earliest"} & _columns(row).keys())


def _lines_above(rows: Sequence[Sequence[str]]) -> int:
    return next((at for at, row in enumerate(rows[: _TITLE_LINES + 1]) if _is_headings(row)), 0)


def _is_bare(rows: Sequence[Sequence[str]]) -> bool:
    """Whether there are no headings: a name, an older and a younger age on each of the first lines."""
    try:
        ages = [(_number(row[1]), _number(row[2])) for row in rows[:3] if len(row) == 3 and not _is_number(row[0])]
    except TreeError:
        return False
    return len(ages) == len(rows[:3]) > 0 and all(
        old is not None and (young is None or old >= young) for old, young in ages
    )


def _is_number(written: str) -> bool:
    try:
        return _number(written) is not None
    except TreeError:
        return False


def _wider(one: TaxonRange, other: TaxonRange) -> TaxonRange:
    return TaxonRange(
        one.taxon,
        max(one.first_appearance, other.first_appearance),
        min(one.last_appearance, other.last_appearance),
    )


def parted_rows(text: str) -> list[list[str]]:
    """The rows of a table, parted by whatever mark its first lines have most of; ``sep=;`` of a spreadsheet is obeyed."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        return list(csv.reader(io.StringIO(rest), delimiter=first.strip()[4:5] or "\t"))
    head = text.split("\n", _TITLE_LINES + 1)[: _TITLE_LINES + 1]
    delimiter = next(
        (mark for mark in ("\t", ";", "|", ",") if sum(mark in line for line in head) > len(head) / 3), None
    )
    if delimiter:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return [re.findall(r'"[^"]*"|\S+', line) for line in text.splitlines()]


def taxon_column(headings: Sequence[str]) -> int | None:
    """Where the names of taxa stand; None where no heading says so."""
    return _columns(headings).get("taxon")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    written = [
        " ".join(re.sub(r"[\W_]+", " ", _UNIT.sub("", _plain(heading)) or _plain(heading)).split())
        for heading in headings
    ]
    for name, known in _HEADINGS.items():
        at = next((written.index(word) for word in known if word in written), None)
        if at is not None:
            places[name] = at
    return places


def _plain(heading: str) -> str:
    return heading.strip().strip('"').lower().replace("_", " ").strip()


def _range(cells: Mapping[str, str]) -> TaxonRange:
    taxon = " ".join(_QUOTED.sub(r"\2", cells["taxon"].strip()).replace("_", " ").split())
    first, last = _number(cells.get("first", "")), _number(cells.get("last", ""))
    named = _named(cells)
    if first is None and named:
        first, last = named.max_ma, named.min_ma
    if not taxon or first is None:
        raise TreeError(message("there is no taxon.") if not taxon else message("there is no first appearance."))
    last = first if last is None else last
    if math.isnan(first + last) or min(first, last) < 0 or math.isinf(first + last):
        raise TreeError(
            message("ages are million years before today, zero or more, not {first} to {last}.", first=first, last=last)
        )
    if first < last:
        raise TreeError(
            message(
                "its first appearance, {first} Ma, is younger than its last, {last} Ma. Swap them?",
                first=f"{first:g}",
                last=f"{last:g}",
            )
        )
    return TaxonRange(taxon, first, last)


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
    elif named and first == last and named.max_ma - named.min_ma > _TOLERATED:
        yield message(
            "Row {number}: {taxon} is dated to one moment, {age} Ma, while its interval lasts from {older} to {younger} Ma.",
            number=number,
            taxon=found.taxon,
            age=f"{first:g}",
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
    written = written.strip('" \u00a0')
    if written in {"", "NA", "-", "?"}:
        return None
    try:
        return float(_AGE_UNIT.sub("", written).replace(",", "."))
    except ValueError as error:
        raise TreeError(
            message("“{age}” is not an age in Ma. Write a number alone, such as 201.4.", age=written[:40])
        ) from error
