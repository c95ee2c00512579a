"""The collection described by a curator: what goes out says so, GBIF's refusals go, and each change can be taken back."""

import pytest
from sqlalchemy import Connection

from catalogue import describing, history, undoing
from catalogue.checking import InvalidDraft
from catalogue.describing import Description, DescriptionChanged
from catalogue.exchange.out.about import about
from catalogue.exchange.out.checking import check
from catalogue.exchange.out.found import find
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.searching.query import Query
from catalogue.settings import settings

OURS = {
    "title": "Fossils of Lufeng",
    "description": "Early Jurassic dinosaurs.",
    "organization": "Museum of Lufeng",
    "contact": "Li Hua",
    "email": "li@museum.example",
    "license": "CC-BY-4.0",
}
CURATOR = Person("anna", "Anna", Role.CURATOR)


def refused(connection: Connection) -> set[str]:
    found = find(connection, Query(), THIS_COMPUTER)
    return {one.issue for one in check(found).findings if one.severity == "refused"}


def test_what_a_curator_writes_goes_out_and_gbif_has_nothing_to_refuse(small_world: Connection) -> None:
    missing = {"dataset title", "dataset description", "publishing organisation", "contact", "license"}
    assert refused(small_world) == missing
    describing.amend(small_world, CURATOR, OURS, version=0)
    assert refused(small_world) == set()
    told = about(find(small_world, Query(), THIS_COMPUTER))
    assert (told.title, told.organization, told.license) == ("Fossils of Lufeng", "Museum of Lufeng", "CC-BY-4.0")


def test_the_settings_show_through_where_nothing_is_written(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONEBED_DATASET_TITLE", "As set")
    monkeypatch.setenv("BONEBED_DATASET_CONTACT", "Somebody")
    settings.cache_clear()
    describing.amend(connection, CURATOR, {"title": "As written"}, version=0)
    shown = describing.described(connection)
    assert (shown.title, shown.contact) == ("As written", "Somebody")


def test_each_change_stands_in_the_history_and_can_be_taken_back(connection: Connection) -> None:
    first = describing.amend(connection, CURATOR, OURS, version=0)
    second = describing.amend(connection, CURATOR, {"title": "Other"}, version=first.version, why="renamed")
    assert describing.amend(connection, CURATOR, {"title": " Other "}, version=second.version) == second
    change, *_ = history.of_record(connection, describing.KEY)
    assert (change.field, change.before, change.after, change.edit.why) == (
        "title",
        "Fossils of Lufeng",
        "Other",
        "renamed",
    )
    undone = undoing.undo(connection, CURATOR, change.edit.id)
    assert (undone.kept, describing.written(connection).title) == ((), "Fossils of Lufeng")


def test_what_cannot_be_written_is_refused(connection: Connection) -> None:
    for draft in ({"email": "nobody"}, {"license": "mine"}, {"title": "a\x00"}):
        with pytest.raises(InvalidDraft):
            describing.amend(connection, CURATOR, draft, version=0)
    with pytest.raises(NotAllowed):
        describing.amend(connection, Person("b", "B", Role.CATALOGUER), OURS, version=0)
    describing.amend(connection, CURATOR, OURS, version=0)
    with pytest.raises(DescriptionChanged):
        describing.amend(connection, CURATOR, {"title": "Late"}, version=0)
    assert describing.written(connection) == Description(**OURS, version=1)
