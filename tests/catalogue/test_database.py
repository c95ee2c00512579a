"""What is written in one transaction is kept together, or not at all."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue import imports, specimens
from catalogue.collection import FORMAT, drafts, fill_if_new
from catalogue.database import engine, reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings


def test_a_failure_leaves_nothing(database: Engine, draft: dict[str, Any]) -> None:
    with pytest.raises(RuntimeError), writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, draft)
        raise RuntimeError
    with reading(database) as connection:
        assert specimens.count(connection) == 0


def test_a_reader_sees_what_was_kept_before_it_began(database: Engine, draft: dict[str, Any]) -> None:
    with reading(database) as reader:
        assert specimens.count(reader) == 0
        with writing(database) as writer:
            specimens.add(writer, THIS_COMPUTER, draft)
        assert specimens.count(reader) == 0
    with reading(database) as reader:
        assert specimens.count(reader) == 1


def test_the_database_of_the_settings_is_made_and_filled_once(tmp_path: Path) -> None:
    opened = engine()
    assert opened is engine()
    assert (tmp_path / "bonebed" / "bonebed.sqlite3").is_file()
    with reading() as connection:
        assert specimens.count(connection) == len(list(drafts()))
        assert [entry.format for entry in imports.all_imports(connection)] == [FORMAT]
    with writing() as connection:
        assert fill_if_new(connection) == 0
    opened.dispose()


def test_a_new_database_may_stay_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEBED_BUILT_IN_COLLECTION", "false")
    settings.cache_clear()
    with reading() as connection:
        assert specimens.count(connection) == 0
    engine().dispose()


def test_a_database_that_holds_records_is_left_alone(database: Engine, draft: dict[str, Any]) -> None:
    with writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, draft)
        assert fill_if_new(connection) == 0
        assert specimens.count(connection) == 1
