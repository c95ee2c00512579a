"""A draft is its maker's own, survives, is never overwritten unseen, and goes when the record is saved."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.entry import drafts
from catalogue.entry.drafts import LONGEST, EndlessDraft, Unsaved
from catalogue.rights import VISITOR, NotAllowed, Person, Role

LI = Person("li", "Li Na", Role.CATALOGUER)
WANG = Person("wang", "Wang Wei", Role.CATALOGUER)
TYPED = {"catalog_number": "LFGT 0123", "occurrence_remarks": "=1+1 \u202e 禄丰\nline \x00"}


def new(key: str = "k", **fields: str) -> Unsaved:
    return Unsaved(key, "add", "", 0, fields)


def test_a_draft_is_kept_as_it_was_typed(connection: Connection) -> None:
    kept = drafts.keep(connection, LI, new(**TYPED))
    assert kept.saved_at
    assert drafts.of_person(connection, LI, "add") == [kept]
    assert kept.fields == TYPED


def test_it_follows_what_is_typed(connection: Connection) -> None:
    kept = drafts.keep(connection, LI, new(locality="Da"))
    kept = drafts.keep(connection, LI, replace(kept, fields={"locality": "Dawa"}))
    assert drafts.of_person(connection, LI, "add") == [kept]
    assert kept.key == "k"


def test_two_tabs_with_one_draft_get_one_each(connection: Connection) -> None:
    opened = drafts.keep(connection, LI, new(locality="Da"))
    one = drafts.keep(connection, LI, replace(opened, fields={"locality": "Dawa"}))
    other = drafts.keep(connection, LI, replace(opened, fields={"locality": "Dahuangtian"}))
    assert other.key != one.key
    assert [draft.fields["locality"] for draft in drafts.of_person(connection, LI, "add")] == ["Dahuangtian", "Dawa"]


def test_a_tab_that_goes_on_after_the_record_was_saved_elsewhere_loses_nothing(connection: Connection) -> None:
    opened = drafts.keep(connection, LI, new(locality="Da"))
    drafts.discard(connection, LI, opened.key)
    again = drafts.keep(connection, LI, replace(opened, fields={"locality": "Dawa"}))
    assert drafts.of_person(connection, LI, "add") == [again]


def test_a_form_that_comes_back_replaces_what_it_was(connection: Connection) -> None:
    drafts.keep(connection, LI, new("before", locality="Dawa"))
    drafts.keep(connection, LI, new("different", locality="Heilongtan"))
    drafts.keep(connection, LI, new("after", locality="Dawa", bed="3"))
    assert [draft.key for draft in drafts.of_person(connection, LI, "add")] == ["after", "different"]


def test_what_a_browser_held_back_joins_its_draft(connection: Connection) -> None:
    drafts.keep(connection, LI, new(locality="Da", bed="3"))
    drafts.take_in(connection, LI, new(locality="Dawa, Lufeng"))
    [draft] = drafts.of_person(connection, LI, "add")
    assert (draft.key, draft.fields) == ("k", {"locality": "Dawa, Lufeng", "bed": "3"})


def test_what_a_browser_held_back_of_a_draft_that_never_came_is_one(connection: Connection) -> None:
    drafts.take_in(connection, LI, new(locality="Dawa"))
    assert [draft.fields for draft in drafts.of_person(connection, LI, "add")] == [{"locality": "Dawa"}]


def test_a_draft_belongs_to_its_maker_and_its_record(connection: Connection) -> None:
    drafts.keep(connection, LI, new(locality="Dawa"))
    change = drafts.keep(connection, LI, Unsaved("c", "amend", "w:sinosaurus", 2, {"bed": "4"}))
    assert drafts.of_person(connection, WANG, "add") == []
    assert drafts.of_person(connection, LI, "amend", "w:sinosaurus") == [change]
    assert drafts.of_person(connection, LI, "amend", "w:other") == []
    drafts.discard(connection, WANG, "k")
    assert len(drafts.of_person(connection, LI, "add")) == 1


def test_nobody_writes_into_the_draft_of_another(connection: Connection) -> None:
    mine = drafts.keep(connection, LI, new(locality="Dawa"))
    theirs = drafts.keep(connection, WANG, replace(mine, fields={"locality": "mine now"}))
    taken = drafts.take_in(connection, WANG, new(locality="and now"))
    assert {theirs.key, taken.key}.isdisjoint({mine.key})
    assert drafts.of_person(connection, LI, "add") == [mine]


def test_a_discarded_draft_can_be_brought_back(connection: Connection) -> None:
    kept = drafts.keep(connection, LI, new(**TYPED))
    drafts.discard(connection, LI, kept.key)
    assert drafts.of_person(connection, LI, "add") == []
    back = drafts.keep(connection, LI, replace(kept, saved_at=""))
    assert (back.key, back.fields) == (kept.key, kept.fields)


@pytest.mark.parametrize("draft", [new(locality="x" * (LONGEST + 1)), new("k" * 65, locality="x")])
def test_a_draft_beyond_measure_is_refused(connection: Connection, draft: Unsaved) -> None:
    with pytest.raises(EndlessDraft):
        drafts.keep(connection, LI, draft)
    assert drafts.of_person(connection, LI, "add") == []


@pytest.mark.parametrize("person", [VISITOR, Person("s", "Student", Role.STUDENT)])
def test_whoever_may_not_save_keeps_no_draft(connection: Connection, person: Person) -> None:
    for deed in (
        lambda: drafts.keep(connection, person, new(locality="Dawa")),
        lambda: drafts.take_in(connection, person, new(locality="Dawa")),
        lambda: drafts.of_person(connection, person, "amend", "w:sinosaurus"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_record_and_end_of_its_draft_stand_or_fall_together(database: object, draft: dict[str, object]) -> None:
    with writing(database) as connection:  # type: ignore[arg-type]
        kept = drafts.keep(connection, LI, new(locality="Dawa"))
    with pytest.raises(RuntimeError), writing(database) as connection:  # type: ignore[arg-type]
        specimens.add(connection, LI, draft)
        drafts.discard(connection, LI, kept.key)
        raise RuntimeError("the power fails")
    with reading(database) as connection:  # type: ignore[arg-type]
        assert drafts.of_person(connection, LI, "add") == [kept]
        assert specimens.count(connection) == 0
