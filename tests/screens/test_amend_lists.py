"""What a specimen has many of, on the screen: shown where there is something, added, changed and removed a line at a time."""

from collections.abc import Callable
from typing import Any

import pytest

from catalogue import database, history, specimens, undoing
from catalogue.parts import PARTS, Piece, Relation
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR
from screens.parts.part_words import CHOICES, FIELDS, LISTS

OpenPage = Callable[..., Any]
KEY = "bonebed:ivpp-v15"


def listed(name: str, key: str = KEY) -> list[Any]:
    with database.reading() as connection:
        return specimens.listed(connection, key, name)


def amend(key: str = KEY, **draft: object) -> Specimen:
    with database.writing() as connection:
        version = specimens.get(connection, key).version
        return specimens.amend(connection, THIS_COMPUTER, key, draft, version=version)


def record(key: str = KEY) -> Specimen:
    with database.reading() as connection:
        return specimens.get(connection, key)


def test_each_list_has_its_words_and_each_word_its_list() -> None:
    assert LISTS.keys() == FIELDS.keys() == PARTS.keys() - {"media"}
    for name, labels in FIELDS.items():
        fields = {field for field in PARTS[name].__dataclass_fields__ if field not in {"occurrence_id", "translations"}}
        assert labels.keys() == fields
    assert CHOICES.keys() <= {field for labels in FIELDS.values() for field in labels}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LISTS)
def test_each_list_opens_empty_and_with_its_form(open_page: OpenPage, name: str, lang: str) -> None:
    screen = open_page("lists", id=KEY, list=name, lang=lang).press("add_line")
    assert screen.app.button(key="save_line")
    assert not screen.app.error


def test_a_line_is_added_changed_and_removed(open_page: OpenPage) -> None:
    screen = open_page("lists", id=KEY, list="pieces").press("add_line")
    screen.fill(part_pieces_element="femur", part_pieces_side="left", part_pieces_piece_count="1").press("save_line")
    assert listed("pieces") == [Piece("femur", "left", "1")]
    screen.press("change_0").fill(part_pieces_prepared_by="Wang").press("save_line")
    assert listed("pieces") == [Piece("femur", "left", "1", prepared_by="Wang")]
    assert "femur" in open_page("specimen", id=KEY).markup("labels")
    screen.press("remove_0")
    assert listed("pieces") == []
    assert "Pieces and preparation" not in open_page("specimen", id=KEY).markup("labels")


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(open_page: OpenPage) -> None:
    screen = open_page("lists", id=KEY, list="absolute_ages").press("add_line")
    screen.fill(part_absolute_ages_age_ma="old", part_absolute_ages_dating_method="U-Pb").press("save_line")
    assert ["“old” is not a number" in error.value for error in screen.app.error] == [True]
    screen.fill(part_absolute_ages_age_ma="198.5").press("save_line")
    assert [(one.age_ma, one.dating_method) for one in listed("absolute_ages")] == [(198.5, "U-Pb")]


def test_a_new_name_moves_the_old_one_into_the_list_and_back(open_page: OpenPage) -> None:
    old = record().verbatim_identification
    screen = open_page("lists", id=KEY, list="identifications").press("add_line")
    fields = {
        "part_identifications_verbatim_identification": "cf. Yunnanosaurus",
        "part_identifications_identified_by": "B. Li",
    }
    screen.fill(**fields).press("save_line")
    assert (record().verbatim_identification, record().identified_by) == ("cf. Yunnanosaurus", "B. Li")
    assert [one.verbatim_identification for one in listed("identifications")] == [old]
    screen.press("current_0")
    assert record().verbatim_identification == old
    assert [one.verbatim_identification for one in listed("identifications")] == ["cf. Yunnanosaurus"]


def test_a_name_of_somebody_else_need_not_become_current(open_page: OpenPage) -> None:
    old = record().verbatim_identification
    screen = open_page("lists", id=KEY, list="identifications").press("add_line")
    screen.fill(part_identifications_verbatim_identification="Gyposaurus sinensis", make_current=False).press(
        "save_line"
    )
    assert record().verbatim_identification == old
    assert [one.verbatim_identification for one in listed("identifications")] == ["Gyposaurus sinensis"]


def test_the_current_name_is_corrected_in_place(open_page: OpenPage) -> None:
    screen = open_page("lists", id=KEY, list="identifications").press("correct")
    screen.fill(part_identifications_identified_by="C. C. Young").press("save_line")
    assert record().identified_by == "C. C. Young"
    assert listed("identifications") == []


def test_a_relation_is_shown_from_both_ends_and_changed_at_one(
    open_page: OpenPage, add_record: Callable[..., Specimen]
) -> None:
    other = add_record(verbatim_identification="Lufengosaurus", earliest_interval="Hettangian", catalog_number="T 77")
    screen = open_page("lists", id=KEY, list="relations").press("add_line")
    screen.fill(part_relations_relationship_of_resource="part of", part_relations_related_occurrence_id_find="T 77")
    screen.fill(part_relations_related_occurrence_id=other.occurrence_id).press("save_line")
    assert listed("relations") == [Relation("part of", other.occurrence_id)]
    assert "has part" in open_page("specimen", id=other.occurrence_id).markup("labels")
    from_there = open_page("lists", id=other.occurrence_id, list="relations")
    assert "has part" in from_there.text()
    assert all(button.key != "change_0" for button in from_there.app.button)


def test_two_who_add_to_a_list_both_keep_their_lines(open_page: OpenPage) -> None:
    screen = open_page("lists", id=KEY, list="pieces").press("add_line")
    screen.fill(part_pieces_element="femur")
    amend(pieces=[Piece("tibia")])
    screen.press("save_line")
    assert "your line is still in the form" in screen.app.warning[0].value
    assert "tibia" in screen.text()
    screen.press("save_line")
    assert [one.element for one in listed("pieces")] == ["tibia", "femur"]


def test_the_history_tells_of_lists_and_takes_them_back(open_page: OpenPage) -> None:
    amend(pieces=[Piece("femur")])
    assert "Pieces and preparation" in open_page("history", id=KEY).text()
    with database.writing() as connection:
        undoing.undo(connection, THIS_COMPUTER, history.edits_of(connection, limit=1)[0].id)
    assert listed("pieces") == []


def test_the_chinese_of_a_statement_outlives_a_change_of_another_word(open_page: OpenPage) -> None:
    key = "bonebed:lufeng-recent-find-cf-lufengosaurus"
    before = listed("statements", key)[0]
    screen = open_page("lists", id=key, list="statements").press("change_0")
    screen.fill(part_statements_measurement_accuracy="estimated").press("save_line")
    after = listed("statements", key)[0]
    assert (after.measurement_accuracy, after.translations) == ("estimated", before.translations)


def test_the_text_of_a_part_is_never_markup(open_page: OpenPage) -> None:
    evil = '<img src=x onerror="window.hacked=1">[a](http://b)'
    pieces = [Piece(evil, remarks=evil)]
    amend(pieces=pieces, relations=[Relation("cast of", related_resource=evil)], storage=[{"storage_location": evil}])
    assert "<img" not in open_page("specimen", id=KEY).html()
    for name in ("pieces", "relations", "storage"):
        screen = open_page("lists", id=KEY, list=name)
        assert all("[a](http://b)" not in markdown.value for markdown in screen.app.markdown)


def test_an_unknown_record_is_answered(open_page: OpenPage) -> None:
    assert len(open_page("lists", id="nobody", list="pieces").app.warning) == 1


def test_visitors_see_neither_where_it_is_kept_nor_its_condition(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = {"checked_on": "2026", "condition": "pyrite decay"}
    amend(storage=[{"storage_location": "cabinet 14"}], condition_reports=[report], pieces=[Piece("femur")])
    seen = open_page("specimen", id=KEY).markup("labels")
    assert all(text in seen for text in ("cabinet 14", "pyrite decay", "femur", "change"))
    monkeypatch.setattr("screens.parts.who.who", lambda: VISITOR)
    seen = open_page("specimen", id=KEY).markup("labels")
    assert "femur" in seen
    assert not any(text in seen for text in ("cabinet 14", "pyrite decay", "label-change"))
