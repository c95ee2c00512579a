"""Maps of columns kept under a name, for everybody, and found again by the headings of a table."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from catalogue.checking import InvalidDraft, check_text
from catalogue.exchange.mapping.columns import ColumnMap, known_as
from catalogue.exchange.mapping.headings import LEFT_OUT, TARGETS
from catalogue.exchange.reading import UnreadableFile
from catalogue.messages import Problem, message
from catalogue.rights import Person, require
from catalogue.tables import column_maps

LONGEST_NAME = 80
"""Characters of the name of a map."""


def save(connection: Connection, who: Person, name: str, columns: Iterable[str], given: ColumnMap) -> ColumnMap:
    """Keep a map under a name; one of that name is replaced.

    Parameters
    ----------
    columns : iterable of str
        The headings of the table for which it was made; a table with the same ones finds it again.

    Raises
    ------
    NotAllowed
        When the person may not import.
    InvalidDraft
        When the name cannot be kept.
    """
    require(who, "import")
    name = _checked(name)
    connection.execute(delete(column_maps).where(column_maps.c.name == name))
    connection.execute(
        insert(column_maps).values(
            name=name,
            headings=_known_by(columns),
            targets=dict(given.targets),
            fixed=dict(given.fixed),
            made_by=who.login,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
    )
    return ColumnMap(given.targets, given.fixed, name)


def rename(connection: Connection, who: Person, name: str, new: str) -> str:
    """Keep a map under another name; returns the name as it is kept.

    Raises
    ------
    NotAllowed
        When the person may not import.
    InvalidDraft
        When the name cannot be kept, or is that of another map.
    """
    require(who, "import")
    new = _checked(new)
    if new != name and new in names(connection):
        said = message("There are other meanings under the name “{name}”. Choose another name.", name=new)
        raise InvalidDraft([Problem("name", said)])
    connection.execute(update(column_maps).where(column_maps.c.name == name).values(name=new))
    return new


def remove(connection: Connection, who: Person, name: str) -> None:
    """Forget a map.

    Raises
    ------
    NotAllowed
        When the person may not import.
    """
    require(who, "import")
    connection.execute(delete(column_maps).where(column_maps.c.name == name))


def names(connection: Connection) -> list[str]:
    """The names of all maps, in alphabetical order."""
    return list(connection.scalars(select(column_maps.c.name).order_by(column_maps.c.name)))


def named(connection: Connection, name: str) -> ColumnMap | None:
    """The map of a name; None when there is none."""
    return _first(connection, column_maps.c.name == name)


def for_headings(connection: Connection, columns: Iterable[str]) -> ColumnMap | None:
    """The newest map that was made for a table with the same headings, in whatever order; None when there is none."""
    return _first(connection, column_maps.c.headings == _known_by(columns))


def from_json(content: bytes) -> ColumnMap:
    """A map from a file: ``{"columns": {"Fundort": "locality"}, "fixed": {"institution_code": "SMNS"}}``.

    Raises
    ------
    UnreadableFile
        When it is no such file, or names something that a column cannot mean.
    """
    try:
        held = json.loads(content)
        targets, fixed = dict(held["columns"]), dict(held.get("fixed", {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        said = message(
            "The map of columns cannot be read. It looks like {example}.",
            example='{"columns": {"Fundort": "locality"}, "fixed": {}}',
        )
        raise UnreadableFile(said) from error
    for target in (*targets.values(), *fixed):
        if target not in (*TARGETS, LEFT_OUT):
            raise UnreadableFile(
                message("“{target}” is not something that a column can mean.", target=str(target)[:60])
            )
    return ColumnMap(
        {str(column): str(target) for column, target in targets.items()},
        {str(name): str(text) for name, text in fixed.items()},
    )


def as_json(given: ColumnMap) -> str:
    """A map as a file, for `from_json`."""
    return json.dumps({"columns": dict(given.targets), "fixed": dict(given.fixed)}, ensure_ascii=False, indent=1)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    problems = check_text("name", name)
    if not name or len(name) > LONGEST_NAME:
        problems = [Problem("name", message("Give a name of at most {most} characters.", most=LONGEST_NAME))]
    if problems:
        raise InvalidDraft(problems)
    return name


def _first(connection: Connection, wanted: object) -> ColumnMap | None:
    query = select(column_maps).where(wanted).order_by(column_maps.c.id.desc()).limit(1)  # type: ignore[arg-type]
    row = connection.execute(query).first()
    return ColumnMap(row.targets, row.fixed, row.name) if row is not None else None


def _known_by(columns: Iterable[str]) -> str:
    """A digest of the headings, whatever their order and capitals."""
    folded = sorted({known_as(column) for column in columns})
    return hashlib.sha256(json.dumps(folded, ensure_ascii=False).encode()).hexdigest()
