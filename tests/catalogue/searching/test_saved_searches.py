"""Searches are kept by name, for oneself; a curator may share one with everybody."""

import pytest
from sqlalchemy import Connection

from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from catalogue.searching import saved_searches
from catalogue.searching.saved_searches import LONGEST_NAME, NamelessSearch

WANG = Person("wang", "Wang Wei", Role.STUDENT)
LI = Person("li", "Li Na", Role.CURATOR)
ADMINISTRATOR = Person("zhou", "Zhou Min", Role.ADMINISTRATOR)
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


def test_each_sees_their_own_and_nobody_elses(connection: Connection) -> None:
    for who, name in ((WANG, "teeth"), (LI, "types"), (THIS_COMPUTER, "Lufeng"), (LI, "Lufeng")):
        saved_searches.save(connection, who, name, ASKED)
    assert names(connection, WANG) == ["teeth"]
    assert names(connection, LI) == ["Lufeng", "types"]
    assert names(connection, THIS_COMPUTER) == ["Lufeng"]
    assert names(connection, ADMINISTRATOR) == names(connection, VISITOR) == []


def test_what_a_curator_shares_everybody_sees_until_it_is_taken_back(connection: Connection) -> None:
    saved_searches.save(connection, WANG, "types", {"q": "mine"})
    shared = saved_searches.save(connection, LI, "types", ASKED)
    saved_searches.share(connection, LI, shared)
    assert names(connection, WANG) == ["types", "types"]
    [seen] = saved_searches.all_saved(connection, VISITOR)
    assert (seen.asked, seen.shared) == (ASKED, True)
    saved_searches.end_sharing(connection, LI, seen)
    assert names(connection, VISITOR) == []
    assert names(connection, LI) == ["types"]


def test_saving_under_the_name_of_a_shared_one_shares_nothing_new(connection: Connection) -> None:
    saved_searches.share(connection, LI, saved_searches.save(connection, LI, "types", ASKED))
    saved_searches.save(connection, LI, "types", {"q": "a thought of my own"})
    assert names(connection, VISITOR) == []


def test_only_ones_own_search_can_be_shared(connection: Connection) -> None:
    of_wang = saved_searches.save(connection, WANG, "teeth", ASKED)
    for who in (WANG, VISITOR):
        with pytest.raises(NotAllowed):
            saved_searches.share(connection, who, of_wang)
    saved_searches.share(connection, ADMINISTRATOR, of_wang)
    assert names(connection, VISITOR) == []


def test_its_owner_and_whoever_may_share_take_a_shared_one_back(connection: Connection) -> None:
    shared = saved_searches.save(connection, LI, "types", ASKED)
    saved_searches.share(connection, LI, shared)
    [seen] = saved_searches.all_saved(connection, WANG)
    for who in (WANG, VISITOR):
        assert not saved_searches.may_end_sharing(who, seen)
        with pytest.raises(NotAllowed):
            saved_searches.end_sharing(connection, who, seen)
    now_a_student = Person("li", "Li Na", Role.STUDENT)
    for who in (ADMINISTRATOR, now_a_student):
        saved_searches.share(connection, LI, shared)
        assert saved_searches.may_end_sharing(who, seen)
        saved_searches.end_sharing(connection, who, seen)
        assert names(connection, VISITOR) == []


def test_a_search_is_forgotten_by_whom_it_belongs_to_alone(connection: Connection) -> None:
    mine = saved_searches.save(connection, WANG, "teeth", ASKED)
    shared = saved_searches.save(connection, LI, "Lufeng", ASKED)
    saved_searches.share(connection, LI, shared)
    for one in (mine, shared):
        saved_searches.forget(connection, ADMINISTRATOR, one)
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
