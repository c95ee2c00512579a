"""A database that was filled before imports knew who made them: after the upgrade the book knows it from the history."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from catalogue import imports
from catalogue.database import reading, writing
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.rights import THIS_COMPUTER
from tests.conftest import Fill, closing_engine

BEFORE = "0026"


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database of the former version with two imports, one of them with its edit, opened by this one."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    names = "file_name, file_sha256, format, imported_at, read, accepted, changed, unchanged, rejected"
    for name in ("a.csv", "b.csv"):
        connection.execute(
            text(f"INSERT INTO imports ({names}) VALUES ('{name}', '', 'x', '2026-01-01', 1, 1, 0, 0, 0)")
        )
    edit = "INSERT INTO edits (kind, made_at, made_by, why, import_id) VALUES ('import', '2026-01-01', 'anna', '', 1)"
    connection.execute(text(edit))


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
