"""A filled database of the time before lessons could be written: its records stay, and lessons can be written."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER
from classroom import writing as lessons
from tests.conftest import Fill, closing_engine


def _fill(connection: Connection) -> None:
    connection.execute(text("INSERT INTO saved_searches (name, asked, saved_at, saved_by) VALUES ('a', '{}', '2026-01-01', 'li')"))  # fmt: skip


def test_lessons_can_be_written_after_the_upgrade(former_database: Callable[[str, Fill], str]) -> None:
    with closing_engine(former_database("0025", _fill)) as engine:
        with writing(engine) as connection:
            made = lessons.write(connection, THIS_COMPUTER, {"en": "---\ntitle: T\n---\n# One\n\nText."})
        with reading(engine) as connection:
            assert lessons.shelf(connection) == [made]
            assert connection.execute(text("SELECT name FROM saved_searches")).scalars().all() == ["a"]
