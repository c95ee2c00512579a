"""Searches are kept by name, for oneself or, where nobody signs in, for everybody."""

import pytest
from sqlalchemy import Connection

from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from catalogue.searching import saved_searches
from catalogue.searching.saved_searches import LONGEST_NAME, NamelessSearch

WANG = Person("wang", "Wang Wei", Role.STUDENT)
LI = Person("li", "Li Na", Role.CURATOR)
ASKED = {"interval": "Jurassic", "q": "禄丰", "oldest": "190"}


def names(connection: Connection, who: Person) -> list[str]:
    return [search.name for search in saved_searches.all_saved(connection, who)]


def test_a_search_is_kept_as_it_was_asked(connection: Connection) -> None:
    saved = saved_searches.save(connection, THIS_COMPUTER, "  Lufeng,   Jurassic ", ASKED)
    assert (saved.name, saved.asked, saved.saved_by) == ("Lufeng, Jurassic", ASKED, THIS_COMPUTER.login)
    assert saved_searches.all_saved(connection, THIS_COMPUTER) == [saved]


def test_the_same_name_again_replaces_it(connection: Connection) -> None:
    saved_searches.save(connection, WANG, "mine", {"q": "a"})
    saved_searches.save(connection, WANG, "mine", {"q": "b"})
    assert [search.asked for search in saved_searches.all_saved(connection, WANG)] == [{"q": "b"}]


def test_each_sees_their_own_and_those_of_this_computer(connection: Connection) -> None:
    for who, name in ((WANG, "teeth"), (LI, "types"), (THIS_COMPUTER, "Lufeng"), (LI, "Lufeng")):
        saved_searches.save(connection, who, name, ASKED)
    assert names(connection, WANG) == ["Lufeng", "teeth"]
    assert names(connection, LI) == ["Lufeng", "Lufeng", "types"]


def test_a_search_can_be_forgotten_by_whom_it_belongs_to(connection: Connection) -> None:
    mine = saved_searches.save(connection, WANG, "teeth", ASKED)
    shared = saved_searches.save(connection, THIS_COMPUTER, "Lufeng", ASKED)
    saved_searches.forget(connection, LI, mine)
    assert names(connection, WANG) == ["Lufeng", "teeth"]
    saved_searches.forget(connection, WANG, mine)
    saved_searches.forget(connection, LI, shared)
    saved_searches.forget(connection, LI, shared)
    assert names(connection, WANG) == []


@pytest.mark.parametrize(
    ("name", "asked"), [("", {}), ("  ", {}), ("x" * (LONGEST_NAME + 1), {}), ("x", {"q": "y" * 5000})]
)
def test_a_name_is_needed_and_neither_is_endless(connection: Connection, name: str, asked: dict[str, str]) -> None:
    with pytest.raises(NamelessSearch):
        saved_searches.save(connection, WANG, name, asked)
    assert names(connection, WANG) == []


def test_a_visitor_keeps_nothing(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        saved_searches.save(connection, VISITOR, "x", {})
    kept = saved_searches.save(connection, THIS_COMPUTER, "x", {})
    with pytest.raises(NotAllowed):
        saved_searches.forget(connection, VISITOR, kept)
