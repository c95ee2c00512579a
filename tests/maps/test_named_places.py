"""Places by their names: countries in both languages, and those of records as far as their reader may see them."""

import pytest
from sqlalchemy import Connection, Engine

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from maps.named_places import named_places
from tests.withheld import SPECIMEN, canary


def names(connection: Connection, written: str, who: Person = VISITOR) -> list[tuple[str, str]]:
    return [(place.kind, place.name) for place in named_places(connection, written, who)]


@pytest.fixture
def filled(database: Engine) -> Engine:
    with writing(database) as connection:
        specimens.add(connection, THIS_COMPUTER, SPECIMEN)
    return database


def test_places_are_found_as_their_reader_may_see_them(filled: Engine) -> None:
    with reading(filled) as connection:
        assert names(connection, "mongol") == names(connection, "蒙古") == [("country", "Mongolia")]
        assert ("state_province", "云南") in names(connection, "云南")
        assert names(connection, canary("locality")) == []
        assert names(connection, canary("locality"), THIS_COMPUTER) == [("locality", canary("locality"))]
        (formation,) = [place for place in named_places(connection, "Lufeng", VISITOR) if place.kind == "formation"]
        assert ((formation.south + formation.north) / 2, (formation.west + formation.east) / 2) == (61.25, 102.95)
        assert names(connection, "  ") == names(connection, "%") == []
