"""Many rows written at once: by the driver itself, and on SQLite with the index of words brought up to date by the thousand.

A trigger that runs for each row makes SQLite begin and end a statement of its own each time, and its index of words write down what
it holds in memory; that is most of the time that a row takes. So while a large import adds records, the two triggers that follow each
new record are taken away and their work is done for many records together, all in the one transaction: when it is given up,
triggers and index are as they were.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Connection, Table, text

MANY = 2_000
"""Records from which on it pays to take the triggers away; others then read the form of the tables anew, once."""
_TOGETHER = 20_000
"""Records whose words are indexed with one statement; more would need more memory, and delay *cancel*."""
_FOLLOWING = ("specimens_fts_insert", "touched_insert")
"""The triggers that follow each new record."""
_FOLLOWING_CHANGES = ("specimens_fts_update", "touched_update")
"""The triggers that follow each record that is written again."""
_SOME = "FROM specimens WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id"
_OLD_WORDS = (
    "INSERT INTO specimens_fts(specimens_fts, rowid, search_text, site_words) "
    f"SELECT 'delete', id, search_text, site_words {_SOME}"
)
_NEW_WORDS = (
    f"INSERT INTO specimens_fts(rowid, search_text, site_words) SELECT id, search_text, site_words {_SOME}",
    f"INSERT INTO touched(specimen_id) SELECT id {_SOME}",
)
"""What these triggers do, for many records: the words as they were are taken out before, and those that came are put in after."""
_FOLLOWED = (
    "INSERT INTO specimens_fts(rowid, search_text, site_words) "
    "SELECT id, search_text, site_words FROM specimens WHERE id > :last ORDER BY id",
    "INSERT INTO touched(specimen_id) SELECT id FROM specimens WHERE id > :last ORDER BY id",
)
"""What these triggers do, for many records."""
_CACHE = "PRAGMA cache_size"
_LARGE_CACHE = -48 * 1024
"""Of SQLite, in KiB (negative, as it wants it), while many records are written; what is kept on the disk is the same with any. It holds the
indexes of half a million random keys, whose pages would else be written and read again and again."""
_GATHERED = "INSERT INTO specimens_fts(specimens_fts, rank) VALUES ('hashsize', {size})"
_MUCH_GATHERED, _USUALLY_GATHERED = 16 * 2**20, 2**20
"""Bytes of the index of words that SQLite gathers in memory before it writes them down: each writing is a part of the index that must be
brought together with the others later, which took half of the time."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of a table; each has a value for every column but ``id``.

    Parameters
    ----------
    rows : sequence of mapping
        Values by the names of the columns; what else a mapping holds is passed over.
    """
    names, values_of, in_json = _columns_of(table)
    ready = [values_of(row) + tuple([_as_json(row[name]) for name in in_json]) for row in rows]
    insert_tuples(connection, table, names, ready)


def insert_tuples(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    alike: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Write rows whose values are as the database takes them: JSON as text.

    Parameters
    ----------
    names : sequence of str
        The columns of the rows.
    alike : mapping
        Further columns that hold the same in all rows.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        same = tuple(alike.values())
        _copy(connection, table, (*names, *alike), [(*row, *same) for row in rows])
        return
    signs = ", ".join(["?"] * len(names) + [_literal(value) for value in alike.values()])
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join((*names, *alike))}) VALUES ({signs})",  # noqa: S608  see `_literal`
        list(rows),
    )


def _literal(value: object) -> str:
    """A value as it stands in a statement of SQLite; a text as hexadecimal digits, so that nothing in it is read as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return f"CAST(X'{value.encode().hex()}' AS TEXT)" if value else "''"
    return repr(float(value) if isinstance(value, float) else int(value))  # type: ignore[call-overload]


@contextmanager
def many_added(connection: Connection, count: int) -> Iterator[Callable[[], None]]:
    """While so many new records are written; what comes out is to be called now and then, after each batch of them.

    After an error the transaction, or the savepoint around it, must be rolled back.
    """
    if connection.dialect.name != "sqlite" or count < MANY:
        yield lambda: None
        return
    cache = connection.exec_driver_sql(_CACHE).scalar_one()
    connection.exec_driver_sql(f"{_CACHE} = {_LARGE_CACHE}")
    connection.exec_driver_sql(_GATHERED.format(size=_MUCH_GATHERED))
    try:
        triggers = _without_triggers(connection, _FOLLOWING)
        follow = _Following(connection)
        yield follow
        follow.now()
        for written in triggers:
            connection.exec_driver_sql(written)
        connection.exec_driver_sql(_GATHERED.format(size=_USUALLY_GATHERED))
    finally:
        connection.exec_driver_sql(f"{_CACHE} = {cache}")


@contextmanager
def many_rewritten(
    connection: Connection, count: int
) -> Iterator[Callable[[Sequence[int], Callable[[], object]], None]]:
    """While the words of so many records are written again; what comes out writes some, given their keys and what writes them.

    After an error the transaction, or the savepoint around it, must be rolled back.
    """
    if connection.dialect.name != "sqlite" or count < MANY:
        yield _written_by_triggers
        return

    def rewrite(ids: Sequence[int], write: Callable[[], object]) -> None:
        some = {"ids": json.dumps(list(ids))}
        connection.execute(text(_OLD_WORDS), some)
        write()
        for statement in _NEW_WORDS:
            connection.execute(text(statement), some)

    triggers = _without_triggers(connection, _FOLLOWING_CHANGES)
    yield rewrite
    for written in triggers:
        connection.exec_driver_sql(written)


def _written_by_triggers(_: Sequence[int], write: Callable[[], object]) -> None:
    write()


def _without_triggers(connection: Connection, names: Sequence[str]) -> list[str]:
    """Take triggers away; gives how they were written."""
    written = []
    for name in names:
        query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        written.append(str(connection.execute(query, {"name": name}).scalar_one()))
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return written


class _Following:
    """Does for many new records what their triggers would have done for each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last = self._newest()

    def __call__(self) -> None:
        """Follow, when enough records are new."""
        if self._newest() - self._last >= _TOGETHER:
            self.now()

    def now(self) -> None:
        """Follow all that are new."""
        newest = self._newest()
        for statement in _FOLLOWED:
            self._connection.execute(text(statement), {"last": self._last})
        self._last = newest

    def _newest(self) -> int:
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM specimens").scalar_one())


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL's own way for many rows."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@lru_cache(maxsize=16)
def _columns_of(table: Table) -> tuple[tuple[str, ...], Callable[[Mapping[str, Any]], tuple[Any, ...]], list[str]]:
    """The columns but the key, those of JSON last; how the values of the others are taken from a row; and those of JSON."""
    columns = [column for column in table.c if column.name != "id"]
    plain = [column.name for column in columns if not isinstance(column.type, JSON)]
    in_json = [column.name for column in columns if isinstance(column.type, JSON)]
    return (*plain, *in_json), itemgetter(*plain), in_json


def _as_json(value: object) -> str:
    return "{}" if value == {} else json.dumps(value)
