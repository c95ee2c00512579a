"""`catalogue.vocabularies.settling`, through the doors that records come in by."""

from typing import Any

import pytest
from sqlalchemy import Connection, update

from catalogue import bulk, history, specimens, undoing
from catalogue.bulk_rules import Rule
from catalogue.checking import InvalidDraft
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.tables import specimens as table
from catalogue.taking_over import put
from catalogue.vocabularies.settling import unusual
from catalogue.vocabularies.words import vocabularies


def test_a_spelling_gives_way_to_its_word_in_the_record_and_its_lists(
    connection: Connection, draft: dict[str, Any]
) -> None:
    lists = {
        "pieces": [{"element": "Mandible", "side": "L"}],
        "identifications": [{"verbatim_identification": "Yunnanosaurus", "type_status": "PARATYPE"}],
        "citations": [{"bibliographic_citation": "Young 1941", "citation_role": "figured in"}],
    }
    made = specimens.add(connection, THIS_COMPUTER, draft | {"sex": "♀", "life_stage": "幼年", **lists})
    assert (made.sex, made.life_stage) == ("female", "juvenile")
    parts = specimens.parts_of(connection, made.occurrence_id, who=THIS_COMPUTER)
    assert (parts["pieces"][0].element, parts["pieces"][0].side) == ("lower jaw", "left")
    assert parts["identifications"][0].type_status == "paratype"
    assert parts["citations"][0].citation_role == "figures"


def test_a_closed_list_names_the_nearest_word_and_all_that_are_allowed(
    connection: Connection, draft: dict[str, Any]
) -> None:
    with pytest.raises(InvalidDraft) as refusal:
        specimens.add(
            connection, THIS_COMPUTER, draft | {"sex": "femail", "pieces": [{"element": "rib", "side": "up"}]}
        )
    assert [(one.field, str(one.message)) for one in refusal.value.problems] == [
        ("sex", "“femail” is not in the list. Did you mean “female”? Write one of: female, male, undetermined."),
        ("pieces.0.side", "“up” is not in the list. Write one of: left, right, left and right, midline."),
    ]


def test_an_open_list_keeps_another_word_as_typed_and_warns(connection: Connection, draft: dict[str, Any]) -> None:
    made = specimens.add(connection, THIS_COMPUTER, draft | {"life_stage": "juvenille"})
    assert made.life_stage == "juvenille"
    stages = vocabularies(connection)["life_stage"]
    assert str(unusual(stages, "juvenille")) == (
        "“juvenille” is not in the list. It is kept as you typed it. Did you mean “juvenile”?"
    )
    assert str(unusual(stages, "zzz")) == "“zzz” is not in the list. It is kept as you typed it."
    assert unusual(stages, "Juv.") is None
    assert unusual(stages, "") is None
    assert unusual(vocabularies(connection)["sex"], "zzz") is None, "what is refused needs no warning"


def test_what_a_record_held_before_does_not_keep_it_from_being_amended(
    connection: Connection, draft: dict[str, Any]
) -> None:
    made = specimens.add(connection, THIS_COMPUTER, draft)
    connection.execute(
        update(table).where(table.c.occurrence_id == made.occurrence_id).values(sex="girl", life_stage="Juv.")
    )
    amended = specimens.amend(connection, THIS_COMPUTER, made.occurrence_id, {"bed": "5"}, version=1)
    assert (amended.sex, amended.life_stage, amended.bed) == ("girl", "Juv.", "5")
    with pytest.raises(InvalidDraft):
        specimens.amend(connection, THIS_COMPUTER, made.occurrence_id, {"sex": "boy"}, version=2)


def test_an_import_keeps_what_it_brings_and_the_same_file_again_changes_nothing(
    connection: Connection, draft: dict[str, Any]
) -> None:
    row = draft | {"occurrence_id": "i:1", "sex": "m?", "life_stage": "Adult"}
    assert put(connection, THIS_COMPUTER, row) == "accepted"
    assert put(connection, THIS_COMPUTER, row) == "unchanged"
    held = specimens.get(connection, "i:1", who=THIS_COMPUTER)
    assert (held.sex, held.life_stage) == ("m?", "adult")
    assert put(connection, THIS_COMPUTER, row | {"sex": "f?", "bed": "7"}) == "changed"
    assert specimens.get(connection, "i:1", who=THIS_COMPUTER).sex == "f?"


def test_what_comes_back_from_history_comes_back_as_it_was(connection: Connection, draft: dict[str, Any]) -> None:
    made = specimens.add(connection, THIS_COMPUTER, draft)
    key = made.occurrence_id
    connection.execute(update(table).where(table.c.occurrence_id == key).values(sex="girl", life_stage="Juv."))
    specimens.amend(connection, THIS_COMPUTER, key, {"sex": "female", "life_stage": "adult"}, version=1)
    undoing.undo(connection, THIS_COMPUTER, history.of_record(connection, key)[0].edit.id)
    back = specimens.get(connection, key, who=THIS_COMPUTER)
    assert (back.sex, back.life_stage) == ("girl", "Juv.")
    specimens.remove(connection, THIS_COMPUTER, key, version=back.version)
    assert specimens.restore(connection, THIS_COMPUTER, key).sex == "girl"


def test_a_bulk_change_obeys_the_lists(connection: Connection, draft: dict[str, Any]) -> None:
    specimens.add(connection, THIS_COMPUTER, draft)
    wrong = bulk.preview(connection, THIS_COMPUTER, Query(), "sex", Rule("set", "femail"))
    assert (wrong.changed, len(wrong.left_out)) == (0, 1)
    right = bulk.preview(connection, THIS_COMPUTER, Query(), "sex", Rule("set", "♂"))
    assert [one.after for one in right.differences] == ["male"]
    bulk.apply(connection, THIS_COMPUTER, right)
    assert specimens.count(connection, Query(word="sex:male"), who=THIS_COMPUTER) == 1
