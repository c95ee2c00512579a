"""The book of imports: which file, by whom, when, what became of its rows, and whether it was undone.

An import is one edit of the history, so undoing it is `catalogue.undoing.undo` of that edit.
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from catalogue.records import Import
from catalogue.rights import Person, require
from catalogue.tables import changes, edits, imports, specimens


def begin(connection: Connection, file_name: str, file_sha256: str, format: str, *, made_by: str = "") -> int:
    """Enter an import and return its number; `finish` fills in the counts within the same transaction."""
    counts = dict.fromkeys(("read", "accepted", "changed", "unchanged", "rejected"), 0)
    key = connection.execute(
        insert(imports).values(
            file_name=file_name,
            file_sha256=file_sha256,
            format=format,
            made_by=made_by,
            imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
            **counts,
        )
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish(
    connection: Connection,
    number: int,
    *,
    read: int,
    accepted: int = 0,
    changed: int = 0,
    unchanged: int = 0,
    rejected: int = 0,
) -> None:
    """Enter what became of the rows.

    Raises
    ------
    ValueError
        When the four outcomes do not add up to the rows read.
    """
    if read != accepted + changed + unchanged + rejected:
        raise ValueError(f"{read} rows were read, but {accepted + changed + unchanged + rejected} are accounted for.")
    counts = {"read": read, "accepted": accepted, "changed": changed, "unchanged": unchanged, "rejected": rejected}
    connection.execute(update(imports).where(imports.c.id == number).values(**counts))


def all_imports(connection: Connection) -> list[Import]:
    """All imports, newest first."""
    columns = [imports.c[field.name] for field in fields(Import)]
    return [Import(**row._mapping) for row in connection.execute(select(*columns).order_by(imports.c.id.desc()))]


@dataclass(frozen=True)
class Entry:
    """A page of the book.

    Parameters
    ----------
    batch : Import
    edit : int or None
        The edit of the history that holds all it did.
    undone_by : int or None
        The edit that took it back; None while it stands.
    """

    batch: Import
    edit: int | None
    undone_by: int | None


def book(connection: Connection, who: Person, *, limit: int = 50) -> list[Entry]:
    """The imports, newest first, with what became of them since.

    Raises
    ------
    NotAllowed
        When the person may not see who changed what.
    """
    require(who, "see_history")
    undone = edits.alias()
    query = (
        select(
            *(imports.c[field.name] for field in fields(Import)),
            edits.c.id.label("edit"),
            undone.c.id.label("undone_by"),
        )
        .outerjoin_from(imports, edits, (edits.c.import_id == imports.c.id) & (edits.c.kind == "import"))
        .outerjoin(undone, undone.c.undoes == edits.c.id)
        .order_by(imports.c.id.desc())
        .limit(limit)
    )
    entries = []
    for row in connection.execute(query):
        held = dict(row._mapping)
        edit, undone_by = held.pop("edit"), held.pop("undone_by")
        entries.append(Entry(Import(**held), edit, undone_by))
    return entries


def brought(connection: Connection, number: int, *, most: int) -> list[str]:
    """The keys of records that an import brought and that are still there, the first ones of them."""
    key = specimens.c.occurrence_id
    return list(
        connection.scalars(select(key).where(specimens.c.import_id == number).order_by(specimens.c.id).limit(most))
    )


def changed(connection: Connection, number: int, *, most: int) -> list[str]:
    """The keys under which the history has what an import added or changed, the first ones of them."""
    query = (
        select(changes.c.occurrence_id)
        .join_from(changes, edits)
        .where(edits.c.import_id == number, edits.c.kind == "import")
    )
    return list(
        connection.scalars(query.group_by(changes.c.occurrence_id).order_by(func.min(changes.c.id)).limit(most))
    )
