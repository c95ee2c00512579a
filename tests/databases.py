"""What makes databases cheap for the tests: one engine for all that keep nothing, and statements that are compiled once.

A test that asks for `connection` alone works in a transaction that is rolled back, on an engine that stays open: a fiftieth of a second
instead of a quarter on PostgreSQL. One that asks for `database` gets a fresh one, and may keep what it writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event, text

from catalogue.database import open_database

_SEQUENCES = """SELECT 'SELECT ' || string_agg(format('setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value),
last_value IS NOT NULL), ', ') FROM pg_sequences"""
"""Makes the statement that sets each sequence to where it is now; PostgreSQL rolls everything back but those."""


class UnchangedDatabase:
    """An open database that is the same after each test, its next keys too.

    Parameters
    ----------
    url : str
        Where it is; it has to be empty and migrated.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_database(url)
        event.listen(self._engine, "commit", _refuse)
        self._start_over = ""
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect() as connection:
                self._start_over = connection.execute(text(_SEQUENCES)).scalar_one()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, as `catalogue.database.writing` gives it, that is rolled back in the end."""
        with self._engine.execution_options(writes=True).connect() as connection:
            transaction = connection.begin()
            yield connection
            transaction.close()
            if self._start_over:
                connection.exec_driver_sql(self._start_over)

    def close(self) -> None:
        """Close it."""
        self._engine.dispose()


def _refuse(_: Connection) -> None:
    raise AssertionError("A test that keeps what it writes asks for `database` too, and gets one of its own.")


def compiling_once() -> Any:
    """A `create_engine` whose engines of one kind share their dialect, and with it the statements that SQLAlchemy compiled."""
    first: dict[str, Engine] = {}

    def create_engine(url: str) -> Engine:
        made = sqlalchemy.create_engine(url)
        engine = first.setdefault(made.name, made)
        made.dialect, made._compiled_cache = engine.dialect, engine._compiled_cache
        return made

    return create_engine
