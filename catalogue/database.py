"""The database: opened, brought to the newest form by Alembic, and handed out as connections.

SQLite (write-ahead log, foreign keys on) is the embedded default; `BONEBED_DATABASE_URL` puts the same code on PostgreSQL.
Both keep the same promises: one writer at a time, and a reader who sees one state from its first question to its last.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from catalogue.faults import in_words
from catalogue.settings import settings
from catalogue.tables import touched

_opening = threading.Lock()
_ONE_WRITER = "SELECT pg_advisory_xact_lock(7061181)"
"""Waits until no other transaction of Bonebed writes, as ``BEGIN IMMEDIATE`` does on SQLite. The number is ours."""


def open_database(url: str) -> Engine:
    """Open a database and migrate it to the newest form; a missing SQLite file is made, built-in words are filled in.

    Parameters
    ----------
    url : str
        SQLAlchemy URL, ``sqlite:////folder/bonebed.sqlite3`` or ``postgresql+psycopg://…``.
    """
    from catalogue.migrating import migrate

    engine = connected(url)
    migrate(engine)
    _add_missing_words(engine)
    _settle(engine)
    return engine


def connected(url: str) -> Engine:
    """A database that is open elsewhere in its newest form, as it is."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _add_missing_words(engine: Engine) -> None:
    """Give a database the built-in words that it never had; asked by reading first, for writing waits for others."""
    from catalogue.vocabularies.built_in import add_missing, missing

    with reading(engine) as connection:
        lacking = missing(connection)
    if lacking:
        with writing(engine) as connection:
            add_missing(connection)


def _settle(engine: Engine) -> None:
    """Bring up to date what stands beside the records, where this release knows more names of formations; asked by reading first."""
    from catalogue.settling import is_settled, settle

    with reading(engine) as connection:
        if is_settled(connection):
            return
    with writing(engine) as connection:
        if not is_settled(connection):
            settle(connection)


@cache
def _engine_of(url: str) -> Engine:
    from catalogue import under_way
    from catalogue.collection import fill_if_new

    engine = open_database(url)
    with reading(engine) as connection:
        under_way.tell_log(connection)
    if settings().built_in_collection:
        with writing(engine) as connection:
            fill_if_new(connection)
    return engine


def engine() -> Engine:
    """The database of this process, opened, migrated and filled at the first call."""
    with _opening:
        return _engine_of(settings().database)


@contextmanager
def reading(of: Engine | None = None) -> Iterator[Connection]:
    """A connection for reading: all that is asked of it is answered from one state of the records."""
    opened = of or engine()
    if opened.dialect.name == "postgresql":
        opened = opened.execution_options(isolation_level="REPEATABLE READ")
    with opened.connect() as connection:
        yield connection


def revision(connection: Connection) -> str:
    """A text that changes whenever a record does; for caches of what follows from all records."""
    return str(connection.scalar(select(func.max(touched.c.id))) or 0)


@contextmanager
def writing(of: Engine | None = None) -> Iterator[Connection]:
    """A connection in one transaction: all that is written is kept together, or nothing is.

    Raises
    ------
    NotWritten
        When the disk is full, or another writer does not come to an end.
    """
    with told_plainly(), (of or engine()).execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the database or the disk could not do is told in words for people.

    Raises
    ------
    NotWritten
        When the disk is full, or another writer does not come to an end.
    """
    try:
        yield
    except (DBAPIError, OSError) as error:
        plain = in_words(error)
        if plain is None:
            raise
        raise plain from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(_ONE_WRITER)
