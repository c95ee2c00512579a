"""A database that was filled before there were vocabularies: its words stay as they are, and the lists are there."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from catalogue import specimens
from catalogue.database import open_database, reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.vocabularies import merging
from catalogue.vocabularies.built_in import built_in, missing
from tests.catalogue.test_upgrade_of_parts import SPECIMEN
from tests.conftest import Fill, closing_engine

BEFORE = "0023"


@pytest.fixture
def upgraded(former_database: Callable[[str, Fill], str]) -> Iterator[Engine]:
    """A database of the former version with one record, opened by this one."""
    with closing_engine(former_database(BEFORE, _fill)) as engine:
        yield engine


def _fill(connection: Connection) -> None:
    row = SPECIMEN | {"occurrence_id": "k", "life_stage": "Juv.", "sex": "girl", "preparations": "skull"}
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO specimens ({names}) VALUES ({values})"), row)


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
