"""Withheld sites: who sees what, who may withhold, and that nothing leads to the place for those who may not see it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from catalogue import bulk, relations, specimens, stored, undoing, withholding
from catalogue.checking import InvalidDraft
from catalogue.finding import with_ids
from catalogue.media import keeping as media
from catalogue.media.kinds import Medium
from catalogue.parts import PARTS
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed, Person, Role
from catalogue.searching import facets
from catalogue.searching.query import Query
from catalogue.tables import specimens as table
from catalogue.taking_over import put
from catalogue.withholding import InvalidRule, Reach
from tests.catalogue.photographs_and_scans import png_with_place
from tests.withheld import CANARIES, KEY, OF_THE_STAFF, PARTS_OF_IT, SPECIMEN, betrayed, canary

STUDENT = Person("mei", "Mei", Role.STUDENT)
CATALOGUER = Person("ana", "Ana", Role.CATALOGUER)
CURATOR = Person("cur", "Cur", Role.CURATOR)
EVERYTHING = {"w:lufengosaurus", "w:sinosaurus", "w:doubtful", "w:bird", KEY}


@pytest.fixture
def world(small_world: Connection) -> Connection:
    """The small world, and a withheld record with a hidden word in every field and part."""
    specimens.add(small_world, CURATOR, SPECIMEN | PARTS_OF_IT | {"media": [photograph()]})
    return small_world


def photograph() -> Medium:
    """A photograph in the store, whose caption names the place."""
    said = {"caption": PARTS_OF_IT["media"][0].caption, "translations": PARTS_OF_IT["media"][0].translations}
    return media.receive(CURATOR, png_with_place(), license="CC0-1.0", credit="Museum", **said)


def keys(found: list[Specimen]) -> set[str]:
    return {specimen.occurrence_id for specimen in found}


READS: dict[str, Callable[[Connection, Person], object]] = {
    "find": lambda c, who: specimens.find(c, size=None, who=who),
    "get": lambda c, who: specimens.get(c, KEY, who=who),
    "get_all": lambda c, who: specimens.get_all(c, [KEY], who=who),
    "with_ids": lambda c, who: with_ids(c, list(c.scalars(select(table.c.id))), who=who),
    "parts_of": lambda c, who: specimens.parts_of(c, KEY, who=who),
    "listed": lambda c, who: [specimens.listed(c, KEY, name, who=who) for name in PARTS],
    "statements": lambda c, who: specimens.statements(c, KEY, who=who),
    "search": lambda c, who: facets.search(c, Query(), size=100, who=who),
    "examples": lambda c, who: facets.examples(c, "formation", ["Lufeng"], who=who),
    "panel": lambda c, who: relations.panel(c, KEY, who=who),
    "panel from the other end": lambda c, who: relations.panel(c, "w:lufengosaurus", who=who),
    "media": lambda c, who: media.of_specimen(c, KEY, who=who),
    "first photographs": lambda c, who: media.first_photographs(c, [KEY], who=who),
    "a file": lambda c, who: media.shown_to(c, who, stored.listed(c, KEY, "media")[0].sha256),
}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("who", [VISITOR, STUDENT], ids=str)
def test_no_hidden_word_or_digit_is_given_to_those_who_may_not_see_it(
    world: Connection, read: str, who: Person
) -> None:
    assert betrayed(READS[read](world, who)) == []


@pytest.mark.parametrize("read", READS)
def test_a_cataloguer_sees_them(world: Connection, read: str) -> None:
    assert betrayed(READS[read](world, CATALOGUER)) != []


def test_a_cataloguer_sees_the_whole_record_as_it_was_written(world: Connection) -> None:
    assert specimens.get(world, KEY, who=CATALOGUER) == stored.get(world, KEY)
    assert specimens.parts_of(world, KEY, who=CATALOGUER) == stored.parts_of(world, KEY)


def test_whoever_is_not_named_is_a_visitor(world: Connection) -> None:
    assert specimens.get(world, KEY) == specimens.get(world, KEY, who=VISITOR) != stored.get(world, KEY)


@pytest.mark.parametrize("word", [word for word in CANARIES if not word.startswith(tuple(map(canary, OF_THE_STAFF)))])
def test_nobody_finds_the_record_by_a_word_that_they_may_not_see(world: Connection, word: str) -> None:
    for who in (VISITOR, STUDENT):
        assert specimens.find(world, Query(text=word), who=who).total == 0
        assert specimens.count(world, Query(text=word), who=who) == 0
        assert facets.search(world, Query(text=word), who=who).total == 0
        assert facets.found_keys(world, Query(text=word), who=who) == []
        assert not any(facets.count(world, Query(text=word), who=who).of.values())


@pytest.mark.parametrize("text", ["qzlocality", "qzverbatimlabel lufeng", "秘沟", "QZREC", "qzfieldnumber qzbed"])
def test_a_cataloguer_finds_it_by_them(world: Connection, text: str) -> None:
    assert facets.count(world, Query(text=text)).total == 0, "a visitor who asked first"
    for who in (CATALOGUER, THIS_COMPUTER):
        assert keys(specimens.find(world, Query(text=text), who=who).specimens) == {KEY}
        assert facets.search(world, Query(text=text), who=who).total == 1
    assert facets.count(world, Query(text=text)).total == 0, "what a cataloguer was told is not remembered for others"


@pytest.mark.parametrize(
    "text", ["LFGT 9001", "lufengosaurus skull", "云南", "Yunnan sinemurian", "femur", "Gyposaurus"]
)
def test_everybody_finds_it_by_the_rest(world: Connection, text: str) -> None:
    for who in (VISITOR, CATALOGUER):
        assert KEY in keys(specimens.find(world, Query(text=text), who=who).specimens)
        assert KEY in keys(facets.search(world, Query(text=text), who=who).specimens)


def test_storage_and_condition_are_for_the_staff_whatever_the_site(world: Connection) -> None:
    specimens.amend(world, CURATOR, KEY, {"site_withheld": "no"}, version=1)
    for who, seen in ((VISITOR, False), (CATALOGUER, True)):
        parts = specimens.parts_of(world, KEY, who=who)
        assert [bool(parts[name]) for name in OF_THE_STAFF] == [seen, seen]
        assert [bool(specimens.listed(world, KEY, name, who=who)) for name in OF_THE_STAFF] == [seen, seen]


def test_an_open_record_is_given_as_it_is(world: Connection) -> None:
    specimens.amend(world, CURATOR, KEY, {"site_withheld": ""}, version=1)
    assert not withholding.is_withheld(world, KEY)
    assert specimens.get(world, KEY) == stored.get(world, KEY)
    assert keys(specimens.find(world, Query(text="qzlocality")).specimens) == {KEY}


def test_only_who_may_withhold_changes_the_mark(world: Connection) -> None:
    other = {**SPECIMEN, "occurrence_id": "other", "catalog_number": "LFGT 9002"}
    with pytest.raises(NotAllowed, match="withhold the exact place of a site"):
        specimens.add(world, CATALOGUER, other)
    with pytest.raises(NotAllowed):
        specimens.amend(world, CATALOGUER, KEY, {"site_withheld": "no"}, version=1)
    assert withholding.is_withheld(world, KEY)
    assert specimens.amend(world, CATALOGUER, KEY, {"member": "Shawan"}, version=1).version == 2
    assert withholding.is_withheld(world, KEY), "what does not speak of the mark leaves it"


def test_a_cataloguer_cannot_undo_a_curators_mark(world: Connection) -> None:
    specimens.amend(world, CURATOR, KEY, {"site_withheld": "no"}, version=1)
    specimens.amend(world, CURATOR, KEY, {"site_withheld": "yes"}, version=2)
    with pytest.raises(NotAllowed):
        undoing.revert(world, CATALOGUER, KEY, 2, version=3)
    undoing.revert(world, CURATOR, KEY, 2, version=3)
    assert not withholding.is_withheld(world, KEY)


def test_a_file_that_does_not_speak_of_the_mark_leaves_it(world: Connection) -> None:
    draft = {name: value for name, value in SPECIMEN.items() if name != "site_withheld"}
    assert put(world, CURATOR, draft | {"member": "Shawan"}) == "changed"
    assert withholding.is_withheld(world, KEY)
    assert put(world, CURATOR, SPECIMEN | {"member": "Shawan", "site_withheld": "no"}) == "changed"
    assert not withholding.is_withheld(world, KEY)


def test_a_mark_is_yes_no_or_blank(world: Connection) -> None:
    with pytest.raises(InvalidDraft, match="Write yes or no"):
        specimens.amend(world, CURATOR, KEY, {"site_withheld": "perhaps"}, version=1)


def test_a_removed_record_comes_back_withheld(world: Connection) -> None:
    specimens.remove(world, CURATOR, KEY, version=1)
    specimens.restore(world, CURATOR, KEY)
    assert withholding.is_withheld(world, KEY)
    assert betrayed(specimens.get(world, KEY)) == []


RULES = [
    ("taxon", "Sauropodomorpha", {"w:lufengosaurus", "w:doubtful"}),
    ("taxon", "sinosaurus TRIASSICUS", {"w:sinosaurus"}),
    ("formation", " lufeng ", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
    ("formation", "禄丰组", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
    ("locality", "Solnhofen", {"w:bird"}),
    ("country_code", "DE", {"w:bird"}),
    ("state_province", "BAYERN", {"w:bird"}),
    ("institution_code", "IVPP", {"w:lufengosaurus", "w:sinosaurus", "w:doubtful"}),
    ("locality", "Solnhof", set()),
]


@pytest.mark.parametrize(("field", "value", "met"), RULES)
def test_a_rule_holds_from_when_it_is_made_until_it_is_ended(
    small_world: Connection, field: str, value: str, met: set[str]
) -> None:
    assert withholding.reach(small_world, CURATOR, field, value) == Reach(len(met), len(met))
    rule = withholding.add_rule(small_world, CURATOR, field, value, why="quarry is being robbed")
    withheld = {key for key in EVERYTHING - {KEY} if withholding.is_withheld(small_world, key)}
    assert withheld == met == keys(withholding.withheld(small_world, CURATOR).specimens)
    assert {one.occurrence_id for one in specimens.find(small_world).specimens if not one.locality} == met
    assert withholding.reach(small_world, CURATOR, field, value) == Reach(len(met), 0)
    assert withholding.rules(small_world, CURATOR) == [rule]
    ended = withholding.end_rule(small_world, CURATOR, rule.id)
    assert (ended.ended_by, bool(ended.ended_at)) == ("cur", True)
    assert withholding.withheld(small_world, CURATOR).total == 0
    assert all(one.locality for one in specimens.find(small_world).specimens)
    assert withholding.rules(small_world, CURATOR) == []
    assert withholding.rules(small_world, CURATOR, ended=True) == [ended]


def test_a_rule_takes_the_words_away_and_gives_them_back(small_world: Connection) -> None:
    rule = withholding.add_rule(small_world, CURATOR, "formation", "Altmühltal")
    assert facets.count(small_world, Query(text="solnhofen")).total == 0
    assert facets.count(small_world, Query(text="solnhofen"), who=CATALOGUER).total == 1
    withholding.end_rule(small_world, CURATOR, rule.id)
    assert facets.count(small_world, Query(text="solnhofen")).total == 1


def test_a_rule_holds_for_records_that_come_later_or_move_into_it(
    small_world: Connection, draft: dict[str, Any]
) -> None:
    withholding.add_rule(small_world, CURATOR, "formation", "Zigong")
    later = draft | {"catalog_number": "IVPP V77", "occurrence_id": "later", "formation": "Zigong"}
    specimens.add(small_world, CATALOGUER, later)
    put(small_world, CURATOR, later | {"catalog_number": "IVPP V78", "occurrence_id": "brought"})
    specimens.amend(small_world, CATALOGUER, "w:doubtful", {"formation": "zigong"}, version=1)
    many = bulk.preview(small_world, CURATOR, Query(text="sinosaurus"), "formation", bulk.Rule("set", "Zigong"))
    bulk.apply(small_world, CURATOR, many)
    assert keys(withholding.withheld(small_world, CURATOR).specimens) == {
        "later",
        "brought",
        "w:doubtful",
        "w:sinosaurus",
    }
    specimens.amend(small_world, CATALOGUER, "w:doubtful", {"formation": "Lufeng"}, version=2)
    assert not withholding.is_withheld(small_world, "w:doubtful")


@pytest.mark.parametrize("written", ["禄丰组", "Lufeng Fm.", "LÚFENG FORMATION", "禄丰组沙湾段", "Lower Lufeng"])
def test_a_rule_knows_a_formation_under_all_its_names(
    small_world: Connection, draft: dict[str, Any], written: str
) -> None:
    withholding.add_rule(small_world, CURATOR, "formation", "Lufeng")
    for number, formation in enumerate([written, "Zigong"]):
        new = {"catalog_number": f"V {number}", "occurrence_id": str(number), "formation": formation}
        specimens.add(small_world, CATALOGUER, draft | new | {"locality": "Qzvalley"})
    assert (withholding.is_withheld(small_world, "0"), withholding.is_withheld(small_world, "1")) == (True, False)
    assert specimens.get(small_world, "0").locality == ""
    assert keys(specimens.find(small_world, Query(text="qzvalley")).specimens) == {"1"}
    specimens.amend(small_world, CATALOGUER, "1", {"formation": written}, version=1)
    assert specimens.count(small_world, Query(text="qzvalley")) == 0


def test_a_records_own_mark_outranks_the_rules(small_world: Connection) -> None:
    specimens.amend(small_world, CURATOR, "w:sinosaurus", {"site_withheld": "no"}, version=1)
    specimens.amend(small_world, CURATOR, "w:bird", {"site_withheld": "yes"}, version=1)
    assert withholding.reach(small_world, CURATOR, "formation", "Lufeng") == Reach(3, 2)
    rule = withholding.add_rule(small_world, CURATOR, "formation", "Lufeng")
    met = {"w:lufengosaurus", "w:doubtful", "w:bird"}
    assert keys(withholding.withheld(small_world, CURATOR).specimens) == met
    withholding.end_rule(small_world, CURATOR, rule.id)
    assert keys(withholding.withheld(small_world, CURATOR).specimens) == {"w:bird"}


def test_where_two_rules_meet_ending_one_leaves_the_other(small_world: Connection) -> None:
    one = withholding.add_rule(small_world, CURATOR, "country_code", "CN")
    withholding.add_rule(small_world, CURATOR, "taxon", "Sinosaurus")
    withholding.end_rule(small_world, CURATOR, one.id)
    assert keys(withholding.withheld(small_world, CURATOR).specimens) == {"w:sinosaurus"}


def test_rules_are_for_curators(small_world: Connection) -> None:
    for deed in (
        lambda: withholding.rules(small_world, CATALOGUER),
        lambda: withholding.reach(small_world, CATALOGUER, "formation", "Lufeng"),
        lambda: withholding.add_rule(small_world, CATALOGUER, "formation", "Lufeng"),
        lambda: withholding.end_rule(small_world, CATALOGUER, 1),
        lambda: withholding.withheld(small_world, CATALOGUER),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("colour", "red", "cannot ask"),
        ("formation", "  ", "Write what"),
        ("formation", "lufeng", "such a rule already"),
        ("formation", "禄丰组", "such a rule already"),
    ],
)
def test_a_rule_that_cannot_be_made_says_why(small_world: Connection, field: str, value: str, said: str) -> None:
    withholding.add_rule(small_world, CURATOR, "formation", "Lufeng")
    with pytest.raises(InvalidRule, match=said):
        withholding.add_rule(small_world, CURATOR, field, value)


def test_a_rule_is_ended_once(small_world: Connection) -> None:
    rule = withholding.add_rule(small_world, CURATOR, "formation", "Lufeng")
    withholding.end_rule(small_world, CURATOR, rule.id)
    for number in (rule.id, 99):
        with pytest.raises(InvalidRule):
            withholding.end_rule(small_world, CURATOR, number)


def test_a_very_long_label_stays_within_what_postgresql_can_index(world: Connection) -> None:
    many = " ".join(f"w{number}x" for number in range(1500))
    long = dict.fromkeys(("verbatim_label", "locality", "occurrence_remarks"), many)
    pieces = [{"element": f"bone {n}", "remarks": " ".join(f"p{n}q{m}" for m in range(1200))} for n in range(100)]
    specimens.amend(world, CURATOR, KEY, long | {"pieces": pieces}, version=1)
    assert withholding.is_withheld(world, KEY)
    assert specimens.count(world, Query(text="w7x")) == 0
