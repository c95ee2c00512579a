"""`catalogue.vocabularies.editing`: every change is written down, and can be undone."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from catalogue import history, undoing
from catalogue.checking import InvalidDraft
from catalogue.rights import THIS_COMPUTER, NotAllowed, Person, Role
from catalogue.vocabularies import editing
from catalogue.vocabularies.editing import NoSuchTerm, TermChanged
from catalogue.vocabularies.words import Term, vocabularies

CURATOR = Person("clara", "Clara", Role.CURATOR)


def term(connection: Connection, name: str, word: str) -> Term:
    found = vocabularies(connection)[name].get(word)
    assert found is not None
    return found


def undo_last(connection: Connection) -> undoing.Undone:
    return undoing.undo(connection, THIS_COMPUTER, history.edits_of(connection, limit=1)[0].id)


def test_a_word_is_added_at_the_end_and_found_by_its_spellings(connection: Connection) -> None:
    draft = {"term": "senile", "label_zh": "老年", "aliases": "very old | aged\nold"}
    made = editing.add(connection, THIS_COMPUTER, "life_stage", draft)
    stages = vocabularies(connection)["life_stage"]
    assert stages.terms[-1] == made
    assert (made.aliases, made.made_by) == (("very old", "aged", "old"), THIS_COMPUTER.login)
    assert stages.find("老年") == stages.find("AGED") == made
    assert undo_last(connection).kept == ()
    assert vocabularies(connection)["life_stage"].get("senile") is None


def test_undoing_an_undone_word_brings_it_back(connection: Connection) -> None:
    editing.add(connection, THIS_COMPUTER, "life_stage", {"term": "senile"})
    undo_last(connection)
    assert undo_last(connection).kept == ()
    assert term(connection, "life_stage", "senile").version == 3


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        ({"term": ""}, "term", "This is needed."),
        ({"term": "adult"}, "term", "“adult” is in the list already."),
        ({"term": "Juv."}, "term", "“Juv.” stands for “juvenile” already."),
        ({"term": "old", "label_zh": "成年"}, "label_zh", "“成年” stands for “adult” already."),
        ({"term": "old", "aliases": "juv"}, "aliases", "“juv” stands for “juvenile” already."),
        ({"term": "a:b"}, "term", "A word of a list has at most 200 characters and no colon."),
        ({"term": "x" * 201}, "term", "A word of a list has at most 200 characters and no colon."),
        ({"term": "old", "definition": "\x07"}, "definition", "This text holds control characters"),
    ],
)
def test_what_cannot_be_a_word_is_told_by_field(
    connection: Connection, draft: dict[str, str], field: str, said: str
) -> None:
    with pytest.raises(InvalidDraft) as refusal:
        editing.add(connection, THIS_COMPUTER, "life_stage", draft)
    problem = refusal.value.problems[0]
    assert (problem.field, str(problem.message)[: len(said)]) == (field, said)


def test_a_word_is_said_otherwise_and_undone(connection: Connection) -> None:
    before = term(connection, "sex", "female")
    after = editing.amend(connection, THIS_COMPUTER, before.id, {"label_en": "hen"}, version=1, why="as we say")
    assert (after.label("en"), after.label_zh, after.version) == ("hen", before.label_zh, 2)
    made = history.of_record(connection, editing.key_of(after))
    assert [(one.field, one.before, one.after, one.edit.why) for one in made] == [
        ("label_en", "female", "hen", "as we say")
    ]
    undo_last(connection)
    assert term(connection, "sex", "female").label("en") == "female"


def test_what_does_not_differ_leaves_no_trace(connection: Connection) -> None:
    before = term(connection, "sex", "female")
    assert editing.amend(connection, THIS_COMPUTER, before.id, {"label_en": "female"}, version=1) == before
    assert history.edits_of(connection) == []


def test_the_second_of_two_who_change_a_word_is_told(connection: Connection) -> None:
    number = term(connection, "sex", "female").id
    editing.amend(connection, THIS_COMPUTER, number, {"label_en": "hen"}, version=1)
    with pytest.raises(TermChanged):
        editing.amend(connection, THIS_COMPUTER, number, {"label_en": "cow"}, version=1)


def test_a_retired_word_is_offered_no_more_and_can_come_back(connection: Connection) -> None:
    number = term(connection, "sex", "undetermined").id
    assert editing.retire(connection, THIS_COMPUTER, number).retired_at
    assert [one.term for one in vocabularies(connection)["sex"].offered] == ["female", "male"]
    editing.retire(connection, THIS_COMPUTER, number, back=True)
    assert len(vocabularies(connection)["sex"].offered) == 3


def test_words_are_ordered_in_one_edit_with_one_undo(connection: Connection) -> None:
    before = [one.id for one in vocabularies(connection)["sex"]]
    edit = editing.reorder(connection, THIS_COMPUTER, "sex", [before[2], before[0]])
    assert edit is not None
    assert [one.id for one in vocabularies(connection)["sex"]] == [before[2], before[0], before[1]]
    assert editing.reorder(connection, THIS_COMPUTER, "sex", [before[2]]) is None, "nothing moves"
    undoing.undo(connection, THIS_COMPUTER, edit)
    assert [one.id for one in vocabularies(connection)["sex"]] == before


def test_what_was_changed_again_since_stays_when_undone(connection: Connection) -> None:
    number = term(connection, "sex", "female").id
    editing.amend(connection, THIS_COMPUTER, number, {"label_en": "hen", "source": "us"}, version=1)
    first = history.edits_of(connection, limit=1)[0].id
    editing.amend(connection, THIS_COMPUTER, number, {"label_en": "cow"}, version=2)
    kept = undoing.undo(connection, THIS_COMPUTER, first).kept
    assert [one.fields for one in kept] == [("label_en",)]
    assert (term(connection, "sex", "female").label_en, term(connection, "sex", "female").source) == (
        "cow",
        "gbifvocabularies",
    )


@pytest.mark.parametrize(
    "deed",
    [
        lambda connection: editing.add(connection, CURATOR, "sex", {"term": "x"}),
        lambda connection: editing.amend(connection, CURATOR, 1, {"label_en": "x"}, version=1),
        lambda connection: editing.retire(connection, CURATOR, 1),
        lambda connection: editing.reorder(connection, CURATOR, "sex", []),
    ],
)
def test_only_administrators_edit(connection: Connection, deed: Callable[[Connection], object]) -> None:
    with pytest.raises(NotAllowed):
        deed(connection)


def test_only_administrators_undo_it(connection: Connection) -> None:
    editing.add(connection, THIS_COMPUTER, "sex", {"term": "x"})
    with pytest.raises(NotAllowed):
        undoing.undo(connection, CURATOR, history.edits_of(connection, limit=1)[0].id)


def test_unknown_lists_and_words_are_told(connection: Connection) -> None:
    with pytest.raises(NoSuchTerm):
        editing.add(connection, THIS_COMPUTER, "colour", {"term": "red"})
    with pytest.raises(NoSuchTerm):
        editing.get(connection, 99_999)
