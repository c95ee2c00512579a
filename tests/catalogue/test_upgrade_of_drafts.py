"""A filled database of the time before drafts: everything is there, and drafts, pins and templates can be kept in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from catalogue.database import migrate, open_database, reading, writing
from catalogue.entry import drafts, pins, templates
from catalogue.entry.drafts import Unsaved
from catalogue.rights import THIS_COMPUTER
from tests.postgresql import PostgreSQL

BEFORE = "0024"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database that was filled before, opened now."""
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path / 'former.sqlite3'}")
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.fresh(template="template0") as address:
        yield from _opened(address.render_as_string(hide_password=False))


def _opened(url: str) -> Iterator[Engine]:
    former = create_engine(url, poolclass=NullPool)
    migrate(former, BEFORE)
    saved = "INSERT INTO saved_searches (name, asked, saved_at, saved_by) VALUES ('Lufeng', '{}', '2026-01-01', 'li')"
    with former.begin() as connection:
        connection.execute(text(saved))
    former.dispose()
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_what_was_there_stays_and_drafts_pins_and_templates_can_be_kept(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        kept = drafts.keep(connection, THIS_COMPUTER, Unsaved("k", "add", "", 0, {"locality": "大洼"}))
        pins.pin(connection, THIS_COMPUTER, ["bed"], {"bed": "3"})
        template = templates.save(connection, THIS_COMPUTER, "禄丰", {"bed": "3"}, shared=True)
    with reading(upgraded) as connection:
        assert connection.scalar(text("SELECT name FROM saved_searches")) == "Lufeng"
        assert drafts.of_person(connection, THIS_COMPUTER, "add") == [kept]
        assert pins.of_person(connection, THIS_COMPUTER) == {"bed": "3"}
        assert templates.all_for(connection, THIS_COMPUTER) == [template]
