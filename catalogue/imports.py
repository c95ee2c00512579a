"""The book of imports: which file, when, and what became of each of its rows."""

from dataclasses import fields
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from catalogue.records import Import
from catalogue.tables import imports


def begin(connection: Connection, file_name: str, file_sha256: str, format: str) -> int:
    """Enter an import and return its number; `finish` fills in the counts within the same transaction."""
    counts = dict.fromkeys(("read", "accepted", "changed", "unchanged", "rejected"), 0)
    key = connection.execute(
        insert(imports).values(
            file_name=file_name,
            file_sha256=file_sha256,
            format=format,
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
