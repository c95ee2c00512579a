"""What people changed in records that came from files, so that the same files, or newer ones, do not undo their work.

A field is a person's when its last change was made by hand, not by an import; one that somebody undid is theirs as long as it is
not what the last import brought. Records that no import brought have no such fields: there the file is newer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, select

from catalogue.history import DERIVED, WHOLE
from catalogue.holding import batches
from catalogue.parts import Identification
from catalogue.tables import changes, edits

TOGETHER: Sequence[frozenset[str]] = (
    frozenset(Identification.__dataclass_fields__) - {"type_status"} | {"identifications"},
    frozenset({"earliest_interval", "latest_interval", "verbatim_age"}),
    frozenset(
        {
            "decimal_latitude",
            "decimal_longitude",
            "coordinate_uncertainty_in_meters",
            "geodetic_datum",
            "verbatim_coordinates",
            "georeferenced_by",
            "georeferenced_date",
            "georeference_protocol",
            "georeference_sources",
        }
    ),
    frozenset({"minimum_elevation_in_meters", "maximum_elevation_in_meters"}),
    frozenset({"institution_code", "catalog_number"}),
)
"""Fields that make sense together only: half from a person and half from a file would say what neither of them said."""


_Line: TypeAlias = Row[*tuple[Any, ...]]
"""A change: key, field, before, after, and the kind of edit."""


@dataclass
class _Field:
    """The last that was done to a field: by which kind of edit, and what the last import made of it."""

    kind: str
    now: object
    brought: object


def by_people(connection: Connection, occurrence_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The fields of records that people changed after the import that brought them, with those that belong together with them.

    Parameters
    ----------
    occurrence_ids : iterable of str
        Keys of the records; asked with one statement for 500.

    Returns
    -------
    dict of str to frozenset of str
        By key; records without such a field are left out.
    """
    found: dict[str, frozenset[str]] = {}
    for batch in batches(list(occurrence_ids)):
        of_record: defaultdict[str, list[_Line]] = defaultdict(list)
        for row in connection.execute(_PAST.where(changes.c.occurrence_id.in_(batch))):
            of_record[row.occurrence_id].append(row)
        for key, past in of_record.items():
            names = _with_companions(_of_people(past))
            if names:
                found[key] = names
    return found


_PAST = (
    select(changes.c.occurrence_id, changes.c.field, changes.c.before, changes.c.after, edits.c.kind)
    .join_from(changes, edits)
    .where(changes.c.field.not_in(DERIVED))
    .order_by(changes.c.id)
)


def _of_people(past: Iterable[_Line]) -> set[str]:
    """The fields whose last change was made by hand; `past` is one record's, oldest first."""
    known: dict[str, _Field] = {}
    imported = False
    for row in past:
        if row.field == WHOLE:
            if row.kind in {"add", "import"}:  # what was removed and brought back goes on where it was
                known, imported = {}, row.kind == "import"
            continue
        imported = imported or row.kind == "import"
        brought = row.after if row.kind == "import" else known[row.field].brought if row.field in known else row.before
        known[row.field] = _Field(row.kind, row.after, brought)
    return {name for name, one in known.items() if imported and _is_of_people(one)}


def _is_of_people(one: _Field) -> bool:
    return one.kind != "import" and (one.kind != "undo" or one.now != one.brought)


def _with_companions(names: Iterable[str]) -> frozenset[str]:
    own = frozenset(names)
    return own.union(*(group for group in TOGETHER if group & own))


def without(draft: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    """A draft without some fields."""
    left_out = set(names)
    return {name: value for name, value in draft.items() if name not in left_out}
