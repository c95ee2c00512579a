"""`catalogue.bulk`: what a preview shows is what is changed, in one edit with one undo; or nothing is."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from catalogue import bulk, history, specimens, undoing
from catalogue.bulk import BulkPreview, InvalidRule, NothingToChange, Rule, StalePreview
from catalogue.rights import ACTION_WORDS, NotAllowed, Person, Role
from catalogue.searching.query import Query
from tests.thoroughness import often

ANNA = Person("anna", "Anna", Role.CURATOR)
CARL = Person("carl", "Carl", Role.CATALOGUER)
CHINA = Query(country_code="CN")


def look(connection: Connection, name: str, rule: Rule, query: Query = CHINA) -> BulkPreview:
    """The preview, with the counts that every preview keeps."""
    shown = bulk.preview(connection, ANNA, query, name, rule)
    assert shown.found == specimens.count(connection, query)
    assert shown.changed + len(shown.left_out) + shown.unchanged == shown.found
    return shown


def state(connection: Connection) -> dict[str, dict[str, object]]:
    """All that all records hold."""
    found = specimens.find(connection, size=None).specimens
    return {one.occurrence_id: specimens.held_by(connection, one) for one in found}


def told(shown: BulkPreview) -> list[tuple[str, object, object]]:
    return [(one.occurrence_id.removeprefix("w:"), one.before, one.after) for one in shown.differences]


def test_each_difference_is_shown_and_nothing_written(small_world: Connection) -> None:
    before = state(small_world)
    shown = look(small_world, "formation", Rule("set", " Fengjiahe "))
    assert told(shown) == [(key, "Lufeng", "Fengjiahe") for key in ("lufengosaurus", "sinosaurus", "doubtful")]
    assert shown.differences[0].label == "IVPP V15 Lufengosaurus huenei"
    assert state(small_world) == before


def test_what_was_shown_is_what_is_changed_in_one_edit(small_world: Connection) -> None:
    shown = look(small_world, "formation", Rule("set", "Fengjiahe"))
    edit = bulk.apply(small_world, ANNA, shown, why="revised by Fang 2000")
    assert (edit.kind, edit.made_by, edit.why) == ("bulk", "anna", "revised by Fang 2000")
    assert history.records_of(small_world, edit.id)[0] == shown.changed == 3
    made = [(one.occurrence_id, one.field, one.before, one.after) for one in history.of_edit(small_world, edit.id)]
    assert sorted(made) == sorted((one.occurrence_id, "formation", one.before, one.after) for one in shown.differences)
    assert {one.formation for one in specimens.find(small_world, CHINA).specimens} == {"Fengjiahe"}
    assert specimens.get(small_world, "w:bird").formation == "Altmühltal"
    assert specimens.count(small_world, Query(text="fengjiahe")) == 3


def test_one_undo_takes_it_back(small_world: Connection) -> None:
    before = state(small_world)
    edit = bulk.apply(small_world, ANNA, look(small_world, "earliest_interval", Rule("set", "Norian"), Query()))
    assert state(small_world) != before
    undone = undoing.undo(small_world, ANNA, edit.id)
    assert undone.kept == ()
    assert state(small_world) == before


def test_records_that_are_so_already_are_not_counted(small_world: Connection) -> None:
    shown = look(small_world, "formation", Rule("set", "Lufeng"), Query())
    assert told(shown) == [("bird", "Altmühltal", "Lufeng")]
    assert shown.unchanged == 3


@pytest.mark.parametrize(
    ("name", "rule", "after"),
    [
        ("locality", Rule("replace", "Dawa", "Shawan"), "Dawa, Lúfeng"),
        ("locality", Rule("replace", "", ", Lúfeng"), "Shawan"),
        ("occurrence_remarks", Rule("append", "Seen in 2026."), "Seen in 2026."),
        ("member", Rule("set", "Shawan"), "Shawan"),
        ("formation", Rule("clear"), ""),
        ("country_code", Rule("set", "Laos"), "LA"),
        ("earliest_interval", Rule("set", "Lower Triassic"), "Early Triassic"),
        ("latest_interval", Rule("clear"), "Hettangian"),
    ],
)
def test_operations(small_world: Connection, name: str, rule: Rule, after: str) -> None:
    shown = look(small_world, name, rule, Query(text="huenei"))
    assert [one.after for one in shown.differences] == [after]
    bulk.apply(small_world, ANNA, shown)
    assert getattr(specimens.get(small_world, "w:lufengosaurus"), name) == after


def test_appending_keeps_what_is_there(small_world: Connection) -> None:
    for name, rule, after in (
        ("occurrence_remarks", Rule("append", "Second."), "First. Second."),
        ("recorded_by", Rule("append", "Bien"), "First. | Bien"),
    ):
        specimens.amend(
            small_world,
            ANNA,
            "w:bird",
            {name: "First."},
            version=specimens.get(small_world, "w:bird").version,
        )
        shown = look(small_world, name, rule, Query(country_code="DE"))
        assert [one.after for one in shown.differences] == [after]


def test_a_record_of_one_interval_stays_of_one(small_world: Connection) -> None:
    shown = look(small_world, "earliest_interval", Rule("set", "Norian"))
    also = {one.occurrence_id: dict(one.also) for one in shown.differences}
    assert also["w:doubtful"] == {"latest_interval": ("Toarcian", "Norian")}
    assert also["w:lufengosaurus"] == {}
    bulk.apply(small_world, ANNA, shown)
    doubtful, lufengosaurus = (specimens.get(small_world, f"w:{key}") for key in ("doubtful", "lufengosaurus"))
    assert (doubtful.earliest_interval, doubtful.latest_interval) == ("Norian", "Norian")
    assert (lufengosaurus.earliest_interval, lufengosaurus.latest_interval) == ("Norian", "Sinemurian")


def test_records_that_would_become_invalid_are_left_out_with_the_reason(small_world: Connection) -> None:
    shown = look(small_world, "locality", Rule("clear"), Query())
    assert [one.occurrence_id for one in shown.left_out] == ["w:lufengosaurus", "w:sinosaurus", "w:doubtful"]
    assert "Write where it was found" in str(shown.left_out[0].reason)
    assert told(shown) == [("bird", "Solnhofen", "")]
    bulk.apply(small_world, ANNA, shown)
    assert specimens.get(small_world, "w:lufengosaurus").locality == "Shawan, Lúfeng"


def test_an_age_that_would_be_upside_down_is_left_out(small_world: Connection) -> None:
    shown = look(small_world, "earliest_interval", Rule("set", "Pliensbachian"))
    assert [one.occurrence_id for one in shown.left_out] == ["w:lufengosaurus"]
    assert shown.changed == 2


def test_two_records_do_not_get_the_same_number(small_world: Connection, draft: dict[str, Any]) -> None:
    for museum in ("LFGT", "KMV"):
        specimens.add(small_world, ANNA, draft | {"institution_code": museum, "catalog_number": "7"})
    shown = look(small_world, "institution_code", Rule("set", "YNGM"))
    assert shown.changed == 4
    assert [one.label for one in shown.left_out] == ["7 Lufengosaurus huenei"]
    assert "already in use" in str(shown.left_out[0].reason)
    bulk.apply(small_world, ANNA, shown)


def test_a_text_in_another_language_is_pointed_out(small_world: Connection) -> None:
    assert look(small_world, "locality", Rule("set", "Dawa")).translated == 3
    assert look(small_world, "formation", Rule("set", "Dawa")).translated == 0


def test_a_record_changed_since_stops_it_all(small_world: Connection) -> None:
    shown = look(small_world, "formation", Rule("set", "Fengjiahe"))
    specimens.amend(small_world, CARL, "w:sinosaurus", {"member": "Zhangjiawa"}, version=1)
    specimens.remove(small_world, ANNA, "w:doubtful", version=1)
    before, edits = state(small_world), len(history.edits_of(small_world))
    with pytest.raises(StalePreview, match="2 changed since you looked") as refused:
        bulk.apply(small_world, ANNA, shown)
    assert {one.occurrence_id for one in refused.value.differences} == {"w:sinosaurus", "w:doubtful"}
    assert (state(small_world), len(history.edits_of(small_world))) == (before, edits)


def test_a_number_given_away_since_stops_it_all(small_world: Connection, draft: dict[str, Any]) -> None:
    shown = look(small_world, "institution_code", Rule("set", "YNGM"))
    specimens.add(small_world, CARL, draft | {"institution_code": "YNGM", "catalog_number": "IVPP V99"})
    before = state(small_world)
    with pytest.raises(StalePreview) as refused:
        bulk.apply(small_world, ANNA, shown)
    assert [one.occurrence_id for one in refused.value.differences] == ["w:doubtful"]
    assert state(small_world) == before


def test_records_that_came_since_stay_as_they_are(small_world: Connection, draft: dict[str, Any]) -> None:
    shown = look(small_world, "formation", Rule("set", "Fengjiahe"))
    specimens.add(small_world, CARL, draft | {"occurrence_id": "new", "catalog_number": "N 1"})
    edit = bulk.apply(small_world, ANNA, shown)
    assert history.records_of(small_world, edit.id)[0] == 3
    assert specimens.get(small_world, "new").formation == "Lufeng"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("catalog_number", Rule("set", "1")),
        ("verbatim_identification", Rule("set", "Theropoda")),
        ("country_code", Rule("replace", "L", "C")),
        ("earliest_interval", Rule("clear")),
        ("formation", Rule("append", "Formation")),
        ("formation", Rule("set", "  ")),
        ("occurrence_remarks", Rule("append", "")),
        ("formation", Rule("replace", "Lufeng", "")),
    ],
)
def test_what_makes_no_sense_is_refused(small_world: Connection, name: str, rule: Rule) -> None:
    with pytest.raises(InvalidRule):
        bulk.preview(small_world, ANNA, CHINA, name, rule)


def test_without_a_difference_there_is_nothing_to_do(small_world: Connection) -> None:
    edits = len(history.edits_of(small_world))
    with pytest.raises(NothingToChange):
        bulk.apply(small_world, ANNA, look(small_world, "formation", Rule("set", "Lufeng")))
    assert len(history.edits_of(small_world)) == edits


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.CURATOR, Role.ADMINISTRATOR}])
def test_it_takes_the_right_to(small_world: Connection, role: Role) -> None:
    person = Person("p", "P", role)
    shown = look(small_world, "formation", Rule("set", "Fengjiahe"))
    with pytest.raises(NotAllowed, match=str(ACTION_WORDS["bulk_edit"])):
        bulk.preview(small_world, person, CHINA, "formation", Rule("set", "Fengjiahe"))
    with pytest.raises(NotAllowed):
        bulk.apply(small_world, person, shown)
    assert specimens.get(small_world, "w:lufengosaurus").formation == "Lufeng"


def test_every_field_is_one_that_people_enter() -> None:
    assert set(bulk.FIELDS).isdisjoint(history.DERIVED)
    assert set(bulk.FIELDS) <= {column.name for column in specimens.COLUMNS}


def test_progress_is_told(small_world: Connection) -> None:
    steps: list[tuple[int, int]] = []
    shown = bulk.preview(
        small_world, ANNA, CHINA, "formation", Rule("set", "F"), progress=lambda *step: steps.append(step)
    )
    bulk.apply(small_world, ANNA, shown, progress=lambda *step: steps.append(step))
    assert steps == [(3, 3), (3, 3)]


RULES = st.one_of(
    st.builds(
        Rule, st.sampled_from(["set", "append", "replace"]), st.text(max_size=8), st.sampled_from(["u", "Lu", " "])
    ),
    st.builds(
        Rule, st.sampled_from(["set"]), st.sampled_from(["Norian", "Toarcian", "Jurassic", "CN", "Peru", "1999"])
    ),
    st.just(Rule("clear")),
)


@settings(max_examples=often(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(bulk.FIELDS)), RULES), min_size=1, max_size=4))
def test_any_sequence_keeps_the_count_and_is_undone(small_world: Connection, asked: list[tuple[str, Rule]]) -> None:
    start = state(small_world)
    made: list[int] = []
    for name, rule in asked:
        try:
            shown = look(small_world, name, rule, Query())
            edit = bulk.apply(small_world, ANNA, shown)
        except (InvalidRule, NothingToChange):
            continue
        assert history.records_of(small_world, edit.id)[0] == shown.changed
        made.append(edit.id)
    for number in reversed(made):
        assert undoing.undo(small_world, ANNA, number).kept == ()
    assert state(small_world) == start
