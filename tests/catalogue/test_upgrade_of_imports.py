"""A database that was filled before imports knew who made them: after the upgrade the book knows it from the history."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from catalogue import imports
from catalogue.database import migrate, open_database, reading, writing
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.rights import THIS_COMPUTER
from tests.postgresql import PostgreSQL

BEFORE = "0026"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the former version with two imports, one of them with its edit, opened by this one."""
    if request.param == "sqlite":
        engine = _opened(f"sqlite:///{tmp_path / 'former.sqlite3'}")
        yield engine
        engine.dispose()
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.fresh(template="template0") as address:
        engine = _opened(address.render_as_string(hide_password=False))
        yield engine
        engine.dispose()


def _opened(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    migrate(engine, BEFORE)
    names = "file_name, file_sha256, format, imported_at, read, accepted, changed, unchanged, rejected"
    with engine.begin() as connection:
        for name in ("a.csv", "b.csv"):
            connection.execute(
                text(f"INSERT INTO imports ({names}) VALUES ('{name}', '', 'x', '2026-01-01', 1, 1, 0, 0, 0)")
            )
        edit = (
            "INSERT INTO edits (kind, made_at, made_by, why, import_id) VALUES ('import', '2026-01-01', 'anna', '', 1)"
        )
        connection.execute(text(edit))
    engine.dispose()
    return open_database(url)


def test_the_book_knows_who_made_an_import(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        entries = imports.book(connection, THIS_COMPUTER)
    assert [(one.batch.file_name, one.batch.made_by, one.edit) for one in entries] == [
        ("b.csv", "", None),
        ("a.csv", "anna", 1),
    ]


def test_maps_of_columns_can_be_saved(upgraded: Engine) -> None:
    columns = ColumnMap({"Fundort": "locality"})
    with writing(upgraded) as connection:
        saved.save(connection, THIS_COMPUTER, "Register", ("Fundort",), columns)
        assert saved.for_headings(connection, ("Fundort",)) == ColumnMap(columns.targets, {}, "Register")
