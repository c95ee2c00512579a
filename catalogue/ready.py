"""New records as rows that only need to be written: made while a file is judged, before the database is held.

What many records have alike, blank fields above all, is left out of their rows and written down once; that makes the rows a third as
long, in the file where they wait as on their way into the database.
"""

import json
import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

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
_PLAIN = tuple(
    str(column.name)
    for column in specimens.c
    if column.name not in {"id", *_OF_US} and not isinstance(column.type, JSON)
)
_COLUMNS = (*_PLAIN, "translations")
_plain_of = itemgetter(*_PLAIN)
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
    return *_plain_of({**values, **words}), json.dumps(texts) if texts else "{}"


def together(rows: list[Row]) -> Ready:
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
