"""`catalogue.relations`: kept once, read from both ends, and the whole company from each of its members."""

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.checking import InvalidDraft
from catalogue.parts import RELATIONS, Relation
from catalogue.records import Specimen
from catalogue.relations import Panel, panel
from catalogue.rights import Person, Role

ANNA = Person("anna", "Anna", Role.CURATOR)
BONE, OTHER, BIRD = "w:lufengosaurus", "w:doubtful", "w:bird"


def relate(connection: Connection, key: str, *relations: Relation) -> Specimen:
    version = specimens.get(connection, key).version
    return specimens.amend(connection, ANNA, key, {"relations": list(relations)}, version=version)


def seen(connection: Connection, key: str) -> list[tuple[str, str]]:
    return [
        (one.kind, one.specimen.occurrence_id if one.specimen else one.text) for one in panel(connection, key).direct
    ]


@pytest.mark.parametrize("kind", RELATIONS)
def test_a_relation_is_seen_from_both_ends(small_world: Connection, kind: str) -> None:
    one, other = {"published as": (BONE, BIRD), "publication of": (BIRD, BONE)}.get(kind, (BONE, OTHER))
    relate(small_world, one, Relation(kind, other))
    assert seen(small_world, one) == [(kind, other)]
    assert seen(small_world, other) == [(RELATIONS[kind], one)]
    assert not panel(small_world, one).direct[0].from_other_end
    assert panel(small_world, other).direct[0].from_other_end
    assert specimens.listed(small_world, other, "relations") == []


def test_each_inverse_is_the_inverse_of_its_inverse() -> None:
    assert all(RELATIONS[RELATIONS[kind]] == kind for kind in RELATIONS)


def test_a_record_alone_has_no_panel(small_world: Connection) -> None:
    assert panel(small_world, BONE) == Panel()


def test_a_specimen_elsewhere_is_named_in_words(small_world: Connection) -> None:
    relate(small_world, BONE, Relation("cast of", related_resource="NHMUK PV R 1"))
    assert seen(small_world, BONE) == [("cast of", "NHMUK PV R 1")]


def test_the_company_is_the_same_from_each_member(small_world: Connection) -> None:
    relate(small_world, BONE, Relation("same individual as", OTHER))
    relate(small_world, BIRD, Relation("on the same slab as", OTHER))
    assert [one.occurrence_id for one in panel(small_world, BONE).through_others] == [BIRD]
    assert [one.occurrence_id for one in panel(small_world, BIRD).through_others] == [BONE]
    assert panel(small_world, OTHER).through_others == ()
    relate(small_world, "w:sinosaurus", Relation("cast of", BONE))
    assert [one.occurrence_id for one in panel(small_world, BIRD).through_others] == [BONE, "w:sinosaurus"]


def test_a_ring_of_relations_ends(small_world: Connection) -> None:
    relate(small_world, BONE, Relation("same individual as", OTHER))
    relate(small_world, OTHER, Relation("same individual as", BIRD))
    relate(small_world, BIRD, Relation("same individual as", BONE))
    assert {key for _, key in seen(small_world, BONE)} == {OTHER, BIRD}
    assert panel(small_world, BONE).through_others == ()


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        (Relation("part of", BONE), "no relation to itself"),
        (Relation("part of", "nobody"), "no record “nobody”"),
        (Relation("has part", OTHER), "says this already"),
        (Relation("on the same slab as", BIRD), "in the list already"),
        (Relation("published as", OTHER), "is “published as” a published find"),
        (Relation("publication of", BIRD), "is “published as” a published find"),
    ],
)
def test_what_cannot_be_related_is_refused(small_world: Connection, relation: Relation, said: str) -> None:
    relate(small_world, OTHER, Relation("part of", BONE))
    relate(small_world, BONE, Relation("on the same slab as", BIRD))
    with pytest.raises(InvalidDraft, match=said) as error:
        relate(small_world, BONE, Relation("on the same slab as", BIRD), relation)
    assert error.value.problems[0].field == "relations.1.related_occurrence_id"


def test_a_relation_outlives_the_removal_of_the_other_end_until_it_comes_back(small_world: Connection) -> None:
    relate(small_world, BONE, Relation("part of", OTHER))
    specimens.remove(small_world, ANNA, OTHER, version=1)
    left = panel(small_world, BONE).direct[0]
    assert (left.specimen, left.occurrence_id) == (None, OTHER)
    changed = relate(small_world, BONE, Relation("part of", OTHER), Relation("cast of", related_resource="A 1"))
    assert changed.version == 3
    specimens.restore(small_world, ANNA, OTHER)
    assert seen(small_world, OTHER) == [("has part", BONE)]
