"""A table of places and ages, row by row, with where each place lay: for `python -m maps position`.

No row is lost: one that has no palaeoposition keeps its cells and gets a reason. The file is read and written in pieces, so that it may be
of any length.
"""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from catalogue.exchange.reading import encodings
from catalogue.exchange.reading.limits import LONGEST_CELL
from catalogue.exchange.reading.lines import Quotes
from catalogue.exchange.reading.tables import UnreadableFile
from catalogue.messages import Message, message
from maps.errors import MapError
from maps.palaeogeography.models import NO_PLATE, PlateModel

ADDED = ("palaeolongitude", "palaeolatitude", "plate_id", "reason")
"""The columns that are added."""
_AT_ONCE = 50_000
_HEAD = 1_000_000
_DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Columns:
    """The headings of the columns that hold the place and the age; with `youngest`, the middle of two ages is meant."""

    longitude: str = "longitude"
    latitude: str = "latitude"
    age: str = "age_ma"
    youngest: str = ""


@dataclass(frozen=True)
class Counted:
    """How many rows there were, and how many got a position."""

    rows: int
    placed: int


def position_table(file: Path, to: Path, model: PlateModel, columns: Columns) -> Counted:
    """Copy a table of text with four columns added.

    Parameters
    ----------
    file : Path
        Comma, semicolon, tab or bar; with a line of headings.
    to : Path
        Is written in UTF-8 with the same delimiter, whole or not at all.

    Raises
    ------
    MapError
        When a file cannot be read or written, or lacks a column.
    """
    if file.resolve() == to.resolve():
        raise MapError(message("{file} would be written over what is read; give another name.", file=to.name))
    try:
        with TemporaryDirectory(prefix=".bonebed-", dir=to.parent) as folder:
            unfinished = Path(folder) / "out.csv"
            counted = _copy(file, unfinished, model, columns)
            unfinished.replace(to)
    except OSError as error:
        raise MapError(
            message("{file}: {why}.", file=error.filename or to, why=error.strerror or str(error))
        ) from error
    return counted


def position_one(longitude: object, latitude: object, age_ma: object, model: PlateModel) -> dict[str, object]:
    """Where one place lay, by the names of `ADDED`; `None` where the model does not say."""
    where, plate, reason = next(_positions([(longitude, latitude, age_ma)], model))
    return dict(zip(ADDED, (*(where or (None, None)), plate, str(reason) if reason else None), strict=True))


def _copy(file: Path, to: Path, model: PlateModel, columns: Columns) -> Counted:
    rows = placed = 0
    csv.field_size_limit(LONGEST_CELL)  # an outline in a cell is longer than Python's own limit
    with file.open("rb") as peeked:
        head = peeked.read(_HEAD)
    try:
        encoding = encodings.codec(encodings.found(head)[0])
    except UnreadableFile as error:
        raise MapError(error.message) from error
    first = next((line for line in head.decode(encoding, errors="replace").splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    with (
        file.open(encoding=encoding, errors="replace", newline="") as read,
        to.open("w", encoding="utf-8", newline="") as out,
    ):
        quotes = Quotes()
        records = csv.reader(quotes.through(read), delimiter=delimiter)
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        try:
            headings = next((record for record in records if any(map(str.strip, record))), [])
            wanted = _wanted(file, headings, columns)
            writer.writerow([*headings, *ADDED])
            last: list[str] = []
            while some := list(islice(records, _AT_ONCE)):
                last = some[-1]
                filled = [record for record in some if record]
                done = list(_filled(filled, len(headings), wanted, model, decimal_comma=delimiter in ";\t"))
                writer.writerows(done)
                rows += len(filled)
                placed += sum(row[len(headings)] != "" for row in done)
            if quotes.left_open(last):
                raise csv.Error("a quotation mark opens a text that never ends; the rows behind it would be lost")
        except csv.Error as error:
            raise MapError(
                message("{file}, line {number}: {why}.", file=file.name, number=records.line_num, why=error)
            ) from error
    return Counted(rows, placed)


def _wanted(file: Path, headings: Sequence[str], columns: Columns) -> list[int]:
    there = [heading.strip() for heading in headings]
    if not there:
        raise MapError(message("{file} is empty.", file=file.name))
    named = [name for name in (columns.longitude, columns.latitude, columns.age, columns.youngest) if name]
    for name in named:
        if there.count(name) > 1:
            raise MapError(message("{file} has more than one column “{name}”.", file=file.name, name=name))
        if name not in there:
            raise MapError(
                message("{file} has no column “{name}”. It has: {there}.", file=file.name, name=name, there=", ".join(there)[:400])
            )  # fmt: skip
    for name in ADDED:
        if name in there:
            raise MapError(message("{file} has a column “{name}” already.", file=file.name, name=name))
    return [there.index(name) for name in named]


def _filled(
    records: Sequence[list[str]], width: int, wanted: Sequence[int], model: PlateModel, *, decimal_comma: bool
) -> Iterator[list[str]]:
    """The rows with their new cells; what a row has beyond the headings stays at its end."""
    padded = [record + [""] * (width - len(record)) for record in records]
    asked = (_asked([record[at] for at in wanted], decimal_comma) for record in padded)
    positions = _positions(asked, model, decimal_comma=decimal_comma)
    for record, (where, plate, reason) in zip(padded, positions, strict=True):
        said = [f"{value:.4f}" for value in where] if where else ["", ""]
        yield [*record[:width], *said, "" if plate is None else str(plate), str(reason or ""), *record[width:]]


def _asked(cells: list[str], decimal_comma: bool) -> list[str]:
    """Longitude, latitude and age; of two ages the middle. Where one is no number, that one is told of."""
    if len(cells) == 3:
        return cells
    *place, oldest, youngest = cells
    ages = [_number(age.strip(), decimal_comma) for age in (oldest, youngest)]
    wrong = next((cell for cell, age in zip((oldest, youngest), ages, strict=True) if math.isnan(age)), None)
    return [*place, repr(sum(ages) / 2) if wrong is None else wrong]


def _positions(
    asked: Iterable[Sequence[object]], model: PlateModel, *, decimal_comma: bool = False
) -> Iterator[tuple[tuple[float, float] | None, int | None, Message | None]]:
    """For each place and age where it lay, on which plate, and why the model does not say where."""
    texts = [tuple("" if value is None else str(value).strip() for value in one) for one in asked]
    numbers = np.array([[_number(text, decimal_comma) for text in one] for one in texts]).reshape(-1, 3)
    placed = model.place(numbers[:, :2], numbers[:, 2])
    for one, values, known, point, plate, piece in zip(
        texts, numbers.tolist(), placed.known.tolist(), placed.points.tolist(), placed.plates.tolist(), placed.pieces.tolist(), strict=True
    ):  # fmt: skip
        where = (point[0], point[1]) if known else None
        reason = None if known else _wrong(one, values) or model.why_not(piece, values[2])
        yield where, None if plate == NO_PLATE else plate, reason


def _number(text: str, decimal_comma: bool) -> float:
    """A number; between semicolons or tabs, a comma is that of ``25,1``, as spreadsheets write it in half of Europe."""
    try:
        value = float(text)
    except ValueError:
        try:
            value = float(text.replace("−", "-").replace(",", "." if decimal_comma else ","))
        except ValueError:
            return math.nan
    return value if math.isfinite(value) else math.nan


def _wrong(texts: Sequence[str], values: Sequence[float]) -> Message | None:
    """What is wrong with a longitude, a latitude and an age; None where all three are right."""
    for name, text, value in zip(("longitude", "latitude", "age"), texts, values, strict=True):
        if not text:
            return message("The {name} is blank.", name=name)
        if math.isnan(value):
            return message("The {name} “{text}” is not a number.", name=name, text=text[:40])
    longitude, latitude, _ = values
    if abs(latitude) > 90 and abs(longitude) <= 90 and abs(latitude) <= 180:
        return message("Latitude {latitude} is beyond a pole. Are longitude and latitude swapped?", latitude=texts[1])
    if abs(latitude) > 90:
        return message("Latitude {latitude} is not from -90 to 90.", latitude=texts[1])
    if abs(longitude) > 180:
        return message("Longitude {longitude} is not from -180 to 180.", longitude=texts[0])
    return None
