"""A database that was filled before there were vocabularies: its words stay as they are, and the lists are there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from catalogue import specimens
from catalogue.database import migrate, open_database, reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.vocabularies import merging
from catalogue.vocabularies.built_in import built_in, missing
from tests.catalogue.test_upgrade_of_parts import SPECIMEN
from tests.postgresql import PostgreSQL

BEFORE = "0023"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the former version with one record, opened by this one."""
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
    row = SPECIMEN | {"occurrence_id": "k", "life_stage": "Juv.", "sex": "girl", "preparations": "skull"}
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO specimens ({names}) VALUES ({values})"), row)
    engine.dispose()
    return open_database(url)


def test_a_filled_database_keeps_its_words(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        held = specimens.get(connection, "k", who=THIS_COMPUTER)
        assert (held.life_stage, held.sex, held.preparations, held.preservation) == ("Juv.", "girl", "skull", "")
        assert missing(connection) == []
        assert merging.usage(connection, THIS_COMPUTER, "sex").unlisted == {"girl": 1}


def test_its_words_can_be_merged_into_the_lists(upgraded: Engine) -> None:
    with writing(upgraded) as connection:
        merging.merge(connection, THIS_COMPUTER, "sex", "girl", "female", expected=1)
        assert specimens.get(connection, "k", who=THIS_COMPUTER).sex == "female"


def test_opening_it_again_adds_nothing(upgraded: Engine) -> None:
    again = open_database(upgraded.url.render_as_string(hide_password=False))
    with reading(again) as connection:
        listed = connection.execute(text("SELECT count(*) FROM vocabulary_terms")).scalar()
    again.dispose()
    assert listed == len(built_in())
