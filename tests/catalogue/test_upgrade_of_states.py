"""A filled database of the time before marks: its entries of `touched` keep their numbers, each gets a mark, and writing goes on."""

from collections.abc import Callable

from sqlalchemy import Connection, select, text

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.census_at_hand import take_census
from catalogue.tables import touched
from tests.conftest import LUFENGOSAURUS, Fill, closing_engine

BEFORE = "0046"


def _fill(connection: Connection) -> None:
    for entry, specimen in ((7, 1), (9, 2)):
        connection.execute(text(f"INSERT INTO touched (id, specimen_id) VALUES ({entry}, {specimen})"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval('touched_id_seq', 9)"))


def test_entries_keep_their_numbers_and_get_marks(former_database: Callable[[str, Fill], str]) -> None:
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        with writing(engine) as connection:
            specimens.add(connection, THIS_COMPUTER, LUFENGOSAURUS)
        with reading(engine) as connection:
            entries = connection.execute(select(touched).order_by(touched.c.id)).all()
            assert [(entry.id, entry.specimen_id) for entry in entries[:2]] == [(7, 1), (9, 2)]
            assert entries[2].id == 10
            assert len({entry.mark for entry in entries}) == len(entries)
            assert take_census(connection).touched == entries[-1].id
