"""The door: add, take over, take back; a doubtful name dates nothing."""

from typing import Any

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.checking import InvalidDraft
from catalogue.geological_time import timescale
from catalogue.records import Measurement
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.specimens import NoSuchSpecimen
from catalogue.taking_over import TakingOver, put

Draft = dict[str, Any]


def test_a_record_is_added_and_opened(connection: Connection, draft: Draft) -> None:
    added = specimens.add(connection, THIS_COMPUTER, draft)
    assert added.occurrence_id.startswith("urn:uuid:")
    assert specimens.get(connection, added.occurrence_id) == added
    assert added.version == 1
    assert added.text("locality", "zh") == "禄丰沙湾"
    assert added.text("formation", "zh") == "Lufeng"


def test_a_bad_draft_writes_nothing(connection: Connection, draft: Draft) -> None:
    with pytest.raises(InvalidDraft) as raised:
        specimens.add(connection, THIS_COMPUTER, draft | {"decimal_latitude": 91})
    assert [problem.field for problem in raised.value.problems] == ["decimal_latitude"]
    assert specimens.count(connection) == 0


def test_a_catalogue_number_is_used_once_in_a_museum(connection: Connection, draft: Draft) -> None:
    specimens.add(connection, THIS_COMPUTER, draft)
    with pytest.raises(InvalidDraft, match="“IVPP V15” is already in use, for Lufengosaurus huenei"):
        specimens.add(connection, THIS_COMPUTER, draft | {"verbatim_identification": "Sinosaurus triassicus"})
    specimens.add(connection, THIS_COMPUTER, draft | {"institution_code": "LDM"})
    assert specimens.count(connection) == 2


def test_published_finds_may_share_a_number(connection: Connection, draft: Draft) -> None:
    for _ in range(2):
        specimens.add(connection, THIS_COMPUTER, draft | {"basis_of_record": "MaterialCitation"})
    assert specimens.count(connection) == 2


def test_an_unknown_key_is_told(connection: Connection) -> None:
    with pytest.raises(NoSuchSpecimen, match="no record “x”"):
        specimens.get(connection, "x")


def test_statements_are_kept_and_found(connection: Connection, draft: Draft) -> None:
    stated = Measurement("k", "body mass", "about 4", "t", translations={"zh": {"measurement_type": "体重"}})
    specimens.add(connection, THIS_COMPUTER, draft | {"occurrence_id": "k"}, about=[stated])
    assert specimens.statements(connection, "k") == [stated]
    assert specimens.count(connection, Query(text="body mass")) == 1


def test_put_adds_then_leaves_then_changes(connection: Connection, draft: Draft) -> None:
    taken = draft | {"occurrence_id": "k"}
    assert put(connection, THIS_COMPUTER, taken) == "accepted"
    first = specimens.get(connection, "k")
    assert put(connection, THIS_COMPUTER, taken) == "unchanged"
    assert specimens.get(connection, "k") == first
    assert put(connection, THIS_COMPUTER, taken | {"formation": "Fengjiahe"}) == "changed"
    second = specimens.get(connection, "k")
    assert (second.formation, second.version, second.created) == ("Fengjiahe", 2, first.created)
    assert specimens.count(connection, Query(text="Fengjiahe")) == 1
    assert specimens.count(connection) == 1


def test_put_keeps_statements_findable(connection: Connection, draft: Draft) -> None:
    taken = draft | {"occurrence_id": "k"}
    specimens.add(connection, THIS_COMPUTER, taken, about=[Measurement("k", "body mass", "about 4", "t")])
    put(connection, THIS_COMPUTER, taken | {"formation": "Fengjiahe"})
    assert specimens.count(connection, Query(text="body mass")) == 1
    assert len(specimens.statements(connection, "k")) == 1


def test_taking_over_judges_without_writing(connection: Connection, draft: Draft) -> None:
    door = TakingOver(connection)
    door.look_up(["k"])
    judgement = door.judge(draft | {"occurrence_id": "k"})
    assert judgement.outcome == "accepted"
    assert specimens.count(connection) == 0
    door.keep(THIS_COMPUTER, [judgement])
    assert specimens.count(connection) == 1


def test_taking_over_sees_a_number_that_a_draft_before_has(connection: Connection, draft: Draft) -> None:
    door = TakingOver(connection)
    door.look_up(["a", "b"])
    door.judge(draft | {"occurrence_id": "a"})
    with pytest.raises(InvalidDraft, match="already in use"):
        door.judge(draft | {"occurrence_id": "b"})


def test_doubtful_names_date_nothing(small_world: Connection) -> None:
    finds = {find.occurrence_id: find for find in specimens.dated_finds(small_world)}
    assert set(finds) == {"w:lufengosaurus", "w:sinosaurus", "w:bird"}
    assert finds["w:lufengosaurus"].taxon == "Lufengosaurus"
    assert (finds["w:lufengosaurus"].max_ma, finds["w:lufengosaurus"].min_ma) == (201.4, 192.9)


def test_a_record_counts_in_each_span_that_it_overlaps(small_world: Connection) -> None:
    chart = timescale()
    spans = {name: chart[name].span for name in ("Hettangian", "Sinemurian", "Toarcian", "Jurassic")}
    assert specimens.counts_by_span(small_world, spans) == {
        "Hettangian": 1,
        "Sinemurian": 2,
        "Toarcian": 1,
        "Jurassic": 4,
    }


def test_countries_and_taxa_with_finds(small_world: Connection) -> None:
    assert specimens.countries_with_finds(small_world) == ["CN", "DE"]
    taxa = specimens.taxa_with_finds(small_world)
    assert {"Lufengosaurus", "Lufengosaurus huenei", "Sauropodomorpha", "Theropoda"} <= set(taxa)
    assert taxa == sorted(taxa)


def test_records_of_each_genus_are_counted(small_world: Connection) -> None:
    asked = ["Lufengosaurus", "Archaeopteryx", "Tyrannosaurus"]
    assert specimens.counts_by_genus(small_world, asked) == {"Lufengosaurus": 2, "Archaeopteryx": 1}


def test_the_revision_changes_with_every_record(connection: Connection, draft: Draft) -> None:
    taken = draft | {"occurrence_id": "k"}
    seen = [specimens.revision(connection)]
    for changes in ({}, {"formation": "Fengjiahe"}):
        put(connection, THIS_COMPUTER, taken | changes)
        seen.append(specimens.revision(connection))
    assert len(set(seen)) == 3
    put(connection, THIS_COMPUTER, taken | {"formation": "Fengjiahe"})
    assert specimens.revision(connection) == seen[-1]
