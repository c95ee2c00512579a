"""A filled database of the time before notes: searches stay their owners', nothing is shared by itself, and notes can be kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from catalogue import specimens
from catalogue.database import migrate, open_database, reading, writing
from catalogue.notes import listing, lists, on_records
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role
from catalogue.searching import saved_searches
from tests.conftest import LUFENGOSAURUS
from tests.postgresql import PostgreSQL

BEFORE = "0025"
LI = Person("li", "Li Na", Role.STUDENT)


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
    saved = "INSERT INTO saved_searches (name, asked, saved_at, saved_by) VALUES (:name, '{}', '2026-01-01', :by)"
    with former.begin() as connection:
        for name, by in (("Lufeng", "li"), ("types", THIS_COMPUTER.login)):
            connection.execute(text(saved), {"name": name, "by": by})
    former.dispose()
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_each_saved_search_stays_with_its_owner(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        for who, names in ((LI, ["Lufeng"]), (THIS_COMPUTER, ["types"]), (VISITOR, [])):
            assert [one.name for one in saved_searches.all_saved(connection, who)] == names


def test_notes_and_lists_can_be_kept(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        record = specimens.add(connection, THIS_COMPUTER, LUFENGOSAURUS)
        note = on_records.write(connection, LI, record.occurrence_id, "长颈")
        made = listing.make(connection, LI, "禄丰")
        listing.put(connection, LI, made.id, [record.occurrence_id])
    with reading(upgraded) as connection:
        assert on_records.of_record(connection, LI, record.occurrence_id) == [note]
        assert lists.opened(connection, LI, made.id).specimens == [record]
