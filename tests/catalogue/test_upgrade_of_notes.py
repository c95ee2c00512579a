"""A filled database of the time before notes: searches stay their owners', nothing is shared by itself, and notes can be kept."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.notes import listing, lists, on_records
from catalogue.rights import THIS_COMPUTER, VISITOR, Person, Role
from catalogue.searching import saved_searches
from tests.conftest import LUFENGOSAURUS, Fill, closing_engine

BEFORE = "0025"
LI = Person("li", "Li Na", Role.STUDENT)


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database that was filled before, opened now."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    saved = "INSERT INTO saved_searches (name, asked, saved_at, saved_by) VALUES (:name, '{}', '2026-01-01', :by)"
    for name, by in (("Lufeng", "li"), ("types", THIS_COMPUTER.login)):
        connection.execute(text(saved), {"name": name, "by": by})


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
