"""Migrations and tables tell the same story, and a filled database loses nothing."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from catalogue import specimens
from catalogue.database import open_database, reading, writing
from catalogue.migrating import migrate
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.tables import metadata


def _is_of_the_word_index(name: str) -> bool:
    """The index of words is made by hand: a virtual table of SQLite with its own, or an index of PostgreSQL."""
    return name.startswith(("specimens_fts", "ix_specimens_words"))


def test_the_schema_equals_the_metadata(database: Engine) -> None:
    options = {
        "include_name": lambda name, _kind, _parents: not _is_of_the_word_index(name or ""),
        "compare_type": True,
    }
    with reading(database) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_migrating_again_keeps_a_filled_database(database: Engine, draft: dict[str, Any]) -> None:
    with writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, draft)
    migrate(database)
    migrate(database)
    again = open_database(database.url.render_as_string(hide_password=False))
    with reading(again) as connection:
        assert specimens.count(connection, Query(text="Lufeng")) == 1
    again.dispose()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_new_database_is_in_write_ahead_mode_with_foreign_keys(database: Engine) -> None:
    with reading(database) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert {"specimens", "measurements", "imports", "alembic_version"} <= set(inspect(database).get_table_names())
