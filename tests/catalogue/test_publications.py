"""`catalogue.publications`: which published finds may be our specimens, and the link that a person draws."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens, undoing
from catalogue.checking import InvalidDraft
from catalogue.exchange.pipeline import commit
from catalogue.parts import OtherNumber, Relation
from catalogue.publications import Candidate, candidates, link, offers, relation_to
from catalogue.relations import panel
from catalogue.rights import VISITOR, NotAllowed, Person, Role
from catalogue.stored import NoSuchSpecimen
from tests.conftest import LUFENGOSAURUS

ANNA = Person("anna", "Anna", Role.CURATOR)
BEN = Person("ben", "Ben", Role.CATALOGUER)
OWN, SECOND, BIRD = "w:lufengosaurus", "w:sinosaurus", "w:bird"
SPECIMENS = (
    b"specimen_no,occurrence_no,specimen_id,is_type,accepted_name,early_interval,late_interval\r\n"
    b"spm:1,occ:11,IVPP V 15,holo,Lufengosaurus huenei,Hettangian,Sinemurian\r\n"
    b"spm:2,occ:12,ivpp v34,,Sinosaurus triassicus,Sinemurian,\r\n"
    b"spm:3,occ:13,NHMUK R 1,,Anchisaurus sinensis,Sinemurian,\r\n"
    b"spm:4,occ:14,,,Lufengosaurus huenei,Sinemurian,\r\n"
)


@pytest.fixture
def published(small_world: Connection) -> Connection:
    """The small world, and four specimens as the Paleobiology Database knows them; two bear numbers of the museum."""
    assert commit(small_world, ANNA, "specs.csv", SPECIMENS).accepted == 4
    return small_world


def publish(connection: Connection, key: str, **changes: Any) -> str:
    of_find = {
        "occurrence_id": key,
        "basis_of_record": "MaterialCitation",
        "catalog_number": "",
        "institution_code": "",
    }
    return specimens.add(connection, ANNA, LUFENGOSAURUS | of_find | changes).occurrence_id


def told(found: list[Candidate]) -> list[tuple[str, str]]:
    return [(one.specimen.occurrence_id, str(one.reason)) for one in found]


def of_report(connection: Connection) -> list[tuple[str, str]]:
    keys = [f"pbdb:spm:{number}" for number in range(1, 5)]
    return [(one.own.occurrence_id, one.published.occurrence_id) for one in offers(connection, ANNA, keys)]


def test_finds_that_bear_a_number_of_ours_are_offered_and_never_linked_unasked(published: Connection) -> None:
    assert of_report(published) == [(OWN, "pbdb:spm:1"), (SECOND, "pbdb:spm:2")]
    assert panel(published, OWN).direct == ()


def test_a_link_is_seen_from_both_ends_and_undone_in_one_step(published: Connection) -> None:
    edit = link(published, ANNA, of_report(published))
    assert edit is not None and edit.kind == "bulk"
    [ours], [theirs] = panel(published, OWN).direct, panel(published, "pbdb:spm:1").direct[-1:]
    assert (ours.kind, ours.occurrence_id) == ("published as", "pbdb:spm:1")
    assert (theirs.kind, theirs.occurrence_id, theirs.from_other_end) == ("publication of", OWN, True)
    assert of_report(published) == []
    undoing.undo(published, ANNA, edit.id)
    assert len(of_report(published)) == 2


def test_what_is_linked_from_the_other_end_is_not_offered_or_linked_again(published: Connection) -> None:
    version = specimens.get(published, "pbdb:spm:1").version
    held = specimens.listed(published, "pbdb:spm:1", "relations")
    both = [*held, Relation("publication of", OWN)]
    specimens.amend(published, ANNA, "pbdb:spm:1", {"relations": both}, version=version)
    assert of_report(published) == [(SECOND, "pbdb:spm:2")]
    assert link(published, ANNA, [(OWN, "pbdb:spm:1")]) is None


def test_nothing_is_written_when_one_of_the_pairs_cannot_be_linked(published: Connection) -> None:
    with pytest.raises(InvalidDraft, match="published find"):
        link(published, ANNA, [(OWN, "pbdb:spm:1"), (SECOND, OWN)])
    with pytest.raises(NoSuchSpecimen):
        link(published, ANNA, [(OWN, "pbdb:spm:1"), ("w:nobody", "pbdb:spm:2")])
    assert panel(published, OWN).direct == ()


def test_linking_asks_for_rights(published: Connection) -> None:
    pairs = of_report(published)
    with pytest.raises(NotAllowed):
        link(published, BEN, pairs)
    with pytest.raises(NotAllowed):
        link(published, VISITOR, pairs[:1])
    with pytest.raises(NotAllowed):
        candidates(published, VISITOR, OWN)
    with pytest.raises(NotAllowed):
        offers(published, VISITOR, [])
    edit = link(published, BEN, pairs[:1])
    assert edit is not None and edit.kind == "amend"


def test_the_same_number_comes_before_the_same_place(published: Connection) -> None:
    near = publish(published, "p:near", locality="a hill near Shawan")
    far = publish(published, "p:far", locality="a place in Dadi", translations={})
    publish(published, "p:elsewhere", formation="Fengjiahe")
    assert told(candidates(published, ANNA, OWN)) == [
        ("pbdb:spm:1", "the same catalogue number"),
        (near, "the same genus and formation, and a locality of the same words"),
        (far, "the same genus and formation"),
    ]


def test_a_find_is_offered_the_specimens_of_the_museum(published: Connection) -> None:
    assert told(candidates(published, ANNA, "pbdb:spm:2")) == [(SECOND, "the same catalogue number")]
    assert relation_to(specimens.get(published, "pbdb:spm:2")) == "published as"
    assert relation_to(specimens.get(published, OWN)) == "publication of"


def test_a_number_among_the_other_numbers_counts(published: Connection) -> None:
    key = publish(published, "p:old", formation="", locality="", other_numbers=[OtherNumber("IVPP V15")])
    assert (key, "the same number among its other numbers") in told(candidates(published, ANNA, OWN))


def test_what_is_linked_is_no_candidate_any_more(published: Connection) -> None:
    link(published, ANNA, [(OWN, "pbdb:spm:1")])
    assert told(candidates(published, ANNA, OWN)) == []


def test_without_number_genus_or_place_there_is_no_candidate(published: Connection) -> None:
    key = publish(published, "p:nothing", verbatim_identification="Dinosauria", formation="", locality="")
    assert candidates(published, ANNA, key) == []
