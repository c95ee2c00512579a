"""`catalogue.vocabularies.merging`: the count that is shown is the count that is changed, and one undo takes all of it back."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import history, past, specimens, undoing
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.searching import facets
from catalogue.searching.query import Query
from catalogue.taking_over import put
from catalogue.vocabularies import editing, merging
from catalogue.vocabularies.merging import CannotMerge, CountChanged
from catalogue.vocabularies.words import vocabularies

CURATOR = Person("clara", "Clara", Role.CURATOR)


@pytest.fixture
def world(connection: Connection, draft: dict[str, Any]) -> Connection:
    """Three records: type status "Type" in two of them, once in the record and in its list, once in the list alone."""
    named = {"verbatim_identification": "Yunnanosaurus"}
    for number, changes in enumerate(
        (
            {"type_status": "type", "identifications": [named | {"type_status": "type"}]},
            {"identifications": [named | {"type_status": "type"}, named | {"type_status": "holotype"}]},
            {"type_status": "holotype"},
        )
    ):
        own = {"occurrence_id": f"m:{number}", "catalog_number": f"IVPP V{number}"}
        specimens.add(connection, THIS_COMPUTER, draft | own | changes)
    return connection


def test_usage_counts_records_and_lists_what_is_in_no_list(world: Connection) -> None:
    used = merging.usage(world, THIS_COMPUTER, "type_status")
    assert (used.of("type"), used.of("holotype"), used.of("neotype")) == (2, 2, 0)
    assert used.unlisted == {"type": 2}


@pytest.mark.parametrize("word", ["type_status:type", "type_status:holotype", "side:left", "nonsense:type", "type"])
def test_the_link_of_a_word_finds_the_records_that_are_counted(world: Connection, word: str) -> None:
    name, _, said = word.partition(":")
    wanted = merging.usage(world, THIS_COMPUTER, name).of(said) if name == "type_status" else 0
    assert specimens.count(world, Query(word=word), who=THIS_COMPUTER) == wanted
    assert facets.count(world, Query(word=word), who=THIS_COMPUTER).total == wanted


def test_a_merge_changes_as_many_records_as_were_shown_in_one_edit(world: Connection) -> None:
    before = merging.usage(world, THIS_COMPUTER, "type_status").of("type")
    edit = merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=before, why="one word")
    changed = {made.occurrence_id for made in history.of_edit(world, edit.id)}
    assert {key for key in changed if not editing.is_key(key)} == {"m:0", "m:1"}
    assert merging.usage(world, THIS_COMPUTER, "type_status").unlisted == {}
    held = specimens.parts_of(world, "m:1", who=THIS_COMPUTER)["identifications"]
    assert [one.type_status for one in held] == ["holotype", "holotype"]


def test_the_history_counts_the_records_of_a_merge_and_not_the_lists(world: Connection) -> None:
    merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=2)
    merging.merge(world, THIS_COMPUTER, "type_status", "syntype", "paralectotype", expected=0)
    listed, merged = past.latest(world, limit=2, who=THIS_COMPUTER)
    assert (merged.records, merged.occurrence_id) == (2, "m:0")
    assert editing.is_key(listed.occurrence_id)


def test_one_undo_puts_back_records_and_lists(world: Connection) -> None:
    before = {
        key: (
            specimens.get(world, key, who=THIS_COMPUTER).type_status,
            specimens.parts_of(world, key, who=THIS_COMPUTER),
        )
        for key in ("m:0", "m:1", "m:2")
    }
    listed = vocabularies(world)["type_status"].get("holotype")
    assert listed is not None
    edit = merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=2)
    assert undoing.undo(world, THIS_COMPUTER, edit.id).kept == ()
    for key, held in before.items():
        assert (
            specimens.get(world, key, who=THIS_COMPUTER).type_status,
            specimens.parts_of(world, key, who=THIS_COMPUTER),
        ) == held
    again = vocabularies(world)["type_status"].get("holotype")
    assert again is not None
    assert again.aliases == listed.aliases


def test_after_a_merge_the_old_word_stands_for_the_new_one_in_imports_too(
    world: Connection, draft: dict[str, Any]
) -> None:
    row = draft | {"occurrence_id": "i:1", "catalog_number": "IVPP V9", "type_status": "type"}
    put(world, THIS_COMPUTER, row)
    merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=3)
    assert put(world, THIS_COMPUTER, row) == "unchanged"


def test_a_word_of_the_list_that_is_merged_is_retired_and_hands_over_its_spellings(world: Connection) -> None:
    edit = merging.merge(world, THIS_COMPUTER, "type_status", "syntype", "paralectotype", expected=0)
    types = vocabularies(world)["type_status"]
    retired, target = types.get("syntype"), types.find("syntypus")
    assert retired is not None
    assert target is not None
    assert retired.retired_at
    assert target.term == "paralectotype"
    undoing.undo(world, THIS_COMPUTER, edit.id)
    back = vocabularies(world)["type_status"].find("syntypus")
    assert back is not None
    assert back.term == "syntype"


def test_a_count_that_changed_meanwhile_stops_the_merge(world: Connection) -> None:
    with pytest.raises(CountChanged, match="2 records use this word now"):
        merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=1)
    assert merging.usage(world, THIS_COMPUTER, "type_status").of("type") == 2


@pytest.mark.parametrize("into", ["type", "nonsense"])
def test_a_merge_into_itself_or_into_no_word_is_refused(world: Connection, into: str) -> None:
    with pytest.raises(CannotMerge):
        merging.merge(world, THIS_COMPUTER, "type_status", "type", into, expected=2)


def test_only_administrators_count_merge_and_undo_it(world: Connection) -> None:
    with pytest.raises(NotAllowed):
        merging.usage(world, CURATOR, "sex")
    with pytest.raises(NotAllowed):
        merging.merge(world, CURATOR, "type_status", "type", "holotype", expected=2)
    edit = merging.merge(world, THIS_COMPUTER, "type_status", "type", "holotype", expected=2)
    with pytest.raises(NotAllowed):
        undoing.undo(world, CURATOR, edit.id)
