"""New records as rows that only need to be written: made while a file is judged, before the database is held.

What many records have alike, blank fields above all, is left out of their rows and written down once; that makes the rows a third as
long, in the file where they wait as on their way into the database.
"""

import json
import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import JSON, Connection

from catalogue import history, in_bulk
from catalogue.checking import Values
from catalogue.keeping import of_new
from catalogue.records import specimen_from
from catalogue.rights import Person
from catalogue.tables import specimens
from catalogue.withholding import Rule, beside_by, refuse_mark

Row: TypeAlias = tuple[Any, ...]
_OF_US = tuple(of_new(None))
_LATER: Values = of_new(None) | {"created": "", "modified": ""}
"""What a record gets when it is written, and what stands there until then."""
_BESIDE = ("search_text", "site_words", "is_withheld")
_FIELDS = tuple(
    str(column.name)
    for column in specimens.c
    if column.name not in {"id", *_OF_US, *_BESIDE} and not isinstance(column.type, JSON)
)
_COLUMNS = (*_FIELDS, *_BESIDE, "translations")
_fields_of, _beside_of = itemgetter(*_FIELDS), itemgetter(*_BESIDE)
_AT = {name: place for place, name in enumerate(_COLUMNS)}


@dataclass(frozen=True)
class Ready:
    """Rows of new records.

    Parameters
    ----------
    names : tuple of str
        The columns of the rows.
    rows : list of tuple
    alike : dict
        The columns that all rows have alike, with what stands there.
    """

    names: tuple[str, ...]
    rows: list[Row]
    alike: dict[str, Any]

    def to_bytes(self) -> bytes:
        """The same as bytes; for this program alone, and not for another day."""
        return marshal.dumps((self.names, self.rows, self.alike))


def from_bytes(held: bytes) -> Ready:
    """What `Ready.to_bytes` wrote down."""
    return Ready(*marshal.loads(held))  # noqa: S302  our own bytes


class Pack:
    """Rows that another process brought together; they go into the file as they came, and are only taken apart where some are not wanted.

    Parameters
    ----------
    held : bytes
        As `Ready.to_bytes` wrote them down.
    count : int
        How many rows there are.
    """

    def __init__(self, held: bytes, count: int) -> None:
        self.held = held
        self.count = count

    @cached_property
    def rows(self) -> list[Row]:
        """The rows in full, as `row_of` makes them."""
        ready = from_bytes(self.held)
        at = {name: place for place, name in enumerate(ready.names)}
        return [tuple(row[at[name]] if name in at else ready.alike[name] for name in _COLUMNS) for row in ready.rows]


class InPack(NamedTuple):
    """A row of a pack, by its place there."""

    pack: Pack
    place: int


def row_of(rules: Sequence[Rule], values: Values) -> Row:
    """A new record without lists as a row; its key must have been given.

    Parameters
    ----------
    rules : sequence of Rule
        Those by which sites are withheld now (`catalogue.withholding.in_force`).
    values : dict
        As `catalogue.keeping.checked_values` gives them.
    """
    words = beside_by(rules, specimen_from({**values, **_LATER}), {})
    texts = values["translations"]
    return *_fields_of(values), *_beside_of(words), json.dumps(texts) if texts else "{}"


def to_bytes(rows: Sequence[Row | InPack]) -> bytes:
    """Rows as bytes, as `from_bytes` takes them."""
    packs = {row.pack for row in rows if isinstance(row, InPack)}
    whole = packs.pop() if len(packs) == 1 and all(isinstance(row, InPack) for row in rows) else None
    if whole is not None and whole.count == len(rows):
        return whole.held
    return together([row.pack.rows[row.place] if isinstance(row, InPack) else row for row in rows]).to_bytes()


def together(rows: Sequence[Row]) -> Ready:
    """Rows with what they have alike taken out."""
    columns = list(zip(*rows, strict=True))
    alike = {
        name: cells[0] for name, cells in zip(_COLUMNS, columns, strict=True) if cells.count(cells[0]) == len(cells)
    }
    alike.pop("occurrence_id", None)
    names = tuple(name for name in _COLUMNS if name not in alike)
    return Ready(names, list(zip(*(columns[_AT[name]] for name in names), strict=True)), alike)


def write(connection: Connection, who: Person, ready: Ready, *, edit: int, import_id: int | None) -> None:
    """Write new records and their history.

    Raises
    ------
    NotAllowed
        When a row has a mark by which its site is withheld, and the person may not withhold sites.
    """
    for mark in _cells(ready, "site_withheld"):
        refuse_mark(who, mark)
    in_bulk.insert_tuples(connection, specimens, ready.names, ready.rows, alike={**ready.alike, **of_new(import_id)})
    history.note_added(connection, edit, _cells(ready, "occurrence_id"))


def _cells(ready: Ready, name: str) -> Sequence[Any]:
    if name in ready.alike:
        return [ready.alike[name]]
    place = ready.names.index(name)
    return [row[place] for row in ready.rows]
