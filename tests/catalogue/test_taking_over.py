"""`catalogue.taking_over`: a file that comes again brings what is new in it, and undoes nobody's work."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from catalogue import history, specimens, undoing
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.taking_over import Judgement, TakingOver
from tests.thoroughness import often

ANNA = Person("anna", "Anna", Role.CURATOR)
ROW: dict[str, Any] = {
    "occurrence_id": "pbdb:occ:1",
    "basis_of_record": "MaterialCitation",
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Hettangian",
    "latest_interval": "Sinemurian",
    "formation": "Lufeng",
    "locality": "Dawa",
    "decimal_latitude": 25.1,
    "decimal_longitude": 102.1,
}


def bring(connection: Connection, **changes: object) -> Judgement:
    """Take a row over as an import does."""
    door = TakingOver(connection)
    door.look_up([ROW["occurrence_id"]])
    judgement = door.judge(ROW | changes)
    if judgement.outcome != "unchanged":
        door.keep(ANNA, [judgement])
    return judgement


def amend(connection: Connection, **changes: object) -> None:
    version = held(connection).version
    specimens.amend(connection, ANNA, ROW["occurrence_id"], changes, version=version)


def held(connection: Connection) -> Any:
    return specimens.get(connection, ROW["occurrence_id"], who=ANNA)


def test_the_same_row_again_changes_nothing(connection: Connection) -> None:
    assert [bring(connection).outcome for _ in range(3)] == ["accepted", "unchanged", "unchanged"]
    assert held(connection).version == 1


def test_what_is_new_in_the_file_is_taken(connection: Connection) -> None:
    bring(connection)
    assert (bring(connection, formation="Fengjiahe").outcome, held(connection).formation) == ("changed", "Fengjiahe")


def test_what_a_person_changed_since_stands(connection: Connection) -> None:
    bring(connection)
    amend(connection, formation="Zhanghe")
    again = bring(connection)
    assert (again.outcome, again.kept, held(connection).formation) == ("unchanged", ("formation",), "Zhanghe")
    newer = bring(connection, formation="Fengjiahe", locality="Shawan")
    assert (newer.outcome, newer.kept) == ("changed", ("formation",))
    assert (held(connection).formation, held(connection).locality) == ("Zhanghe", "Shawan")
    version = held(connection).version
    assert bring(connection, formation="Fengjiahe", locality="Shawan").outcome == "unchanged"
    assert held(connection).version == version


def test_a_person_who_agrees_with_the_file_is_not_told_of(connection: Connection) -> None:
    bring(connection)
    amend(connection, formation="Fengjiahe")
    assert bring(connection, formation="Fengjiahe").kept == ()


def test_what_the_file_does_not_speak_of_is_never_blanked(connection: Connection) -> None:
    bring(connection)
    amend(connection, type_status="holotype", pieces=[{"element": "skull"}])
    door = TakingOver(connection)
    door.look_up([ROW["occurrence_id"]])
    short = {
        name: ROW[name] for name in ("occurrence_id", "basis_of_record", "verbatim_identification", "earliest_interval")
    }
    judgement = door.judge(short | {"latest_interval": "Sinemurian"})
    assert (judgement.outcome, judgement.kept) == ("unchanged", ())
    assert (held(connection).type_status, held(connection).formation) == ("holotype", "Lufeng")


def test_a_field_that_somebody_emptied_stays_empty(connection: Connection) -> None:
    bring(connection)
    amend(connection, formation="")
    assert bring(connection).kept == ("formation",)
    assert held(connection).formation == ""


@pytest.mark.parametrize(
    ("amended", "newer", "kept"),
    [
        (
            {"latest_interval": "Pliensbachian"},
            {"earliest_interval": "Sinemurian"},
            ("earliest_interval", "latest_interval"),
        ),
        (
            {"decimal_latitude": 26, "decimal_longitude": 101},
            {"decimal_latitude": 24.5},
            ("decimal_latitude", "decimal_longitude"),
        ),
        ({"identified_by": "Dong"}, {"verbatim_identification": "Yunnanosaurus"}, ("verbatim_identification",)),
    ],
)
def test_fields_that_belong_together_stay_together(
    connection: Connection, amended: dict[str, object], newer: dict[str, object], kept: tuple[str, ...]
) -> None:
    bring(connection)
    amend(connection, **amended)
    before = held(connection)
    assert set(bring(connection, **newer).kept) == set(kept)
    assert held(connection) == before


def test_another_name_brings_its_own_groups_and_nothing_of_the_old_one(connection: Connection) -> None:
    bring(connection, scientific_name_authorship="Young, 1941")
    bring(connection, verbatim_identification="Sinosaurus triassicus")
    assert "Theropoda" in held(connection).higher_classification
    assert held(connection).scientific_name_authorship == ""
    former = specimens.listed(connection, ROW["occurrence_id"], "identifications", who=ANNA)
    assert [one.verbatim_identification for one in former] == ["Lufengosaurus huenei"]


def test_an_import_that_was_undone_is_not_brought_again(connection: Connection) -> None:
    bring(connection)
    bring(connection, formation="Fengjiahe")
    undoing.undo(connection, ANNA, history.edits_of(connection, limit=1)[0].id)
    assert bring(connection, formation="Fengjiahe").kept == ("formation",)
    assert held(connection).formation == "Lufeng"


def test_an_amendment_that_was_undone_leaves_the_field_to_the_file(connection: Connection) -> None:
    bring(connection)
    amend(connection, formation="Zhanghe")
    undoing.undo(connection, ANNA, history.edits_of(connection, limit=1)[0].id)
    assert bring(connection, formation="Fengjiahe").kept == ()
    assert held(connection).formation == "Fengjiahe"


def test_of_a_record_that_no_import_brought_the_file_is_the_newer(connection: Connection) -> None:
    specimens.add(connection, ANNA, ROW)
    amend(connection, formation="Zhanghe")
    assert bring(connection).kept == ()
    assert held(connection).formation == "Lufeng"


def test_what_was_removed_and_brought_back_still_is_its_persons(connection: Connection) -> None:
    bring(connection)
    amend(connection, formation="Zhanghe")
    specimens.remove(connection, ANNA, ROW["occurrence_id"], version=2)
    specimens.restore(connection, ANNA, ROW["occurrence_id"])
    assert bring(connection).kept == ("formation",)


def test_the_history_is_asked_once_for_many_records_and_only_when_one_differs(connection: Connection) -> None:
    keys = [f"pbdb:occ:{number}" for number in range(40)]
    rows = [ROW | {"occurrence_id": key} for key in keys]
    door = TakingOver(connection)
    door.look_up(keys)
    door.keep(ANNA, [door.judge(row) for row in rows])
    asked: list[str] = []
    listen = ("before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    event.listen(connection, *listen)
    door.look_up(keys)
    assert {door.judge(row).outcome for row in rows} == {"unchanged"}
    assert sum("FROM changes" in statement for statement in asked) == 0
    assert {door.judge(row | {"formation": "Fengjiahe"}).outcome for row in rows} == {"changed"}
    assert sum("FROM changes" in statement for statement in asked) == 1
    event.remove(connection, *listen)


def test_taking_over_takes_the_right_to(connection: Connection) -> None:
    door = TakingOver(connection)
    door.look_up([])
    with pytest.raises(NotAllowed):
        door.keep(Person("c", "C", Role.CATALOGUER), [])


FIELDS = {"formation": ["Lufeng", "Zhanghe", ""], "county": ["Lufeng", ""], "locality": ["Dawa", "Shawan"]}
STEP = st.sampled_from([(who, name, value) for who in ("file", "person") for name in FIELDS for value in FIELDS[name]])


@settings(max_examples=often(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=8))
def test_no_sequence_of_files_takes_back_what_a_person_said_last(
    connection: Connection, steps: list[tuple[str, str, str]]
) -> None:
    """Beside the plainest account of it: per field, who spoke last and differently."""
    with connection.begin_nested() as trial:
        bring(connection, county="Lufeng")
        row = {"formation": "Lufeng", "county": "Lufeng", "locality": "Dawa"}
        expected, persons = dict(row), set[str]()
        for who, name, value in steps:
            if who == "file":
                row[name] = value
                bring(connection, **row)
                expected |= {field: row[field] for field in row if field not in persons}
            elif expected[name] != value:
                amend(connection, **{name: value})
                expected[name] = value
                persons.add(name)
            assert {field: getattr(held(connection), field) for field in row} == expected
        trial.rollback()
    assert specimens.count(connection, who=THIS_COMPUTER) == 0
