"""A database that was filled before publications had a room, and the collection a description: afterwards both are written."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from catalogue import describing, imports
from catalogue.database import reading, writing
from catalogue.exchange import pipeline
from catalogue.published import reading as published
from catalogue.rights import THIS_COMPUTER
from tests.conftest import Fill, closing_engine

BEFORE = "0028"
STRATA = b"record_type,formation,lithology,max_ma,min_ma,n_colls\nstr,Lufeng,marl,201.3,190.8,6\n"


def _fill(connection: Connection) -> None:
    names = "file_name, file_sha256, format, imported_at, read, accepted, changed, unchanged, rejected, made_by"
    connection.execute(
        text(f"INSERT INTO imports ({names}) VALUES ('a.csv', '', 'x', '2026-01-01', 1, 1, 0, 0, 0, 'anna')")
    )


def test_a_former_database_takes_lists_in(former_database: Callable[[str, Fill], str]) -> None:
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        with writing(engine) as connection:
            pipeline.commit(connection, THIS_COMPUTER, "strata.csv", STRATA)
            describing.amend(connection, THIS_COMPUTER, {"title": "Ours"}, version=0)
        with reading(engine) as connection:
            assert published.count(connection) == {"rock_unit": 1}
            assert describing.described(connection).title == "Ours"
            assert [one.file_name for one in imports.all_imports(connection)] == ["strata.csv", "a.csv"]
