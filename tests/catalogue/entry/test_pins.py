"""Pins are a person's own, with the values that they carry forward."""

import pytest
from sqlalchemy import Connection

from catalogue.entry import pins
from catalogue.records import Specimen
from catalogue.rights import VISITOR, NotAllowed, Person, Role

LI = Person("li", "Li Na", Role.CATALOGUER)
WANG = Person("wang", "Wang Wei", Role.CATALOGUER)


def test_at_first_what_a_drawer_has_in_common_is_pinned(connection: Connection) -> None:
    assert pins.of_person(connection, LI) == dict.fromkeys(pins.USUAL, "")
    assert set(pins.USUAL) <= Specimen.__dataclass_fields__.keys()


def test_pins_keep_their_values_each_person_their_own(connection: Connection) -> None:
    pins.pin(connection, LI, ["formation", "bed"], {"formation": "Lufeng", "locality": "Dawa"})
    assert pins.of_person(connection, LI) == {"formation": "Lufeng", "bed": ""}
    assert pins.of_person(connection, WANG) == dict.fromkeys(pins.USUAL, "")


def test_no_pin_at_all_stays_none(connection: Connection) -> None:
    pins.pin(connection, LI, [], {})
    assert pins.of_person(connection, LI) == {}


def test_whoever_may_not_add_has_no_pins(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        pins.of_person(connection, VISITOR)
    with pytest.raises(NotAllowed):
        pins.pin(connection, VISITOR, ["bed"], {})
