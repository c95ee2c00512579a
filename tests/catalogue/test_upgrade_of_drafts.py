"""A filled database of the time before drafts: everything is there, and drafts, pins and templates can be kept in it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from catalogue.database import reading, writing
from catalogue.entry import drafts, pins, templates
from catalogue.entry.drafts import Unsaved
from catalogue.rights import THIS_COMPUTER
from tests.conftest import Fill, closing_engine

BEFORE = "0024"


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database that was filled before, opened now."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    saved = "INSERT INTO saved_searches (name, asked, saved_at, saved_by) VALUES ('Lufeng', '{}', '2026-01-01', 'li')"
    connection.execute(text(saved))


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
