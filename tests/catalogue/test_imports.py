"""The book of imports adds up."""

import hashlib

import pytest
from sqlalchemy import Connection

from catalogue import imports, specimens, undoing
from catalogue.exchange.pipeline import commit
from catalogue.exchange.taking_back import foretell
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed


def test_an_import_is_entered_and_listed_newest_first(connection: Connection) -> None:
    first = imports.begin(connection, "a.csv", "00", "test")
    imports.finish(connection, first, read=4, accepted=1, changed=1, unchanged=1, rejected=1)
    second = imports.begin(connection, "b.csv", "01", "test")
    entries = imports.all_imports(connection)
    assert [entry.id for entry in entries] == [second, first]
    assert (entries[1].read, entries[1].accepted, entries[1].rejected) == (4, 1, 1)


def test_outcomes_that_do_not_add_up_are_refused(connection: Connection) -> None:
    number = imports.begin(connection, "a.csv", "00", "test")
    with pytest.raises(ValueError, match="4 rows were read, but 3 are accounted for"):
        imports.finish(connection, number, read=4, accepted=3)


TABLE = b"Cat. No.,Name,Age\nV 1,Lufengosaurus,Hettangian\nV 2,Sinosaurus,Sinemurian\n"


def test_the_book_tells_who_when_and_what(connection: Connection) -> None:
    report = commit(connection, THIS_COMPUTER, "a.csv", TABLE)
    (entry,) = imports.book(connection, THIS_COMPUTER)
    assert (entry.batch.id, entry.batch.made_by, entry.batch.accepted) == (report.import_id, THIS_COMPUTER.login, 2)
    assert entry.batch.file_sha256 == hashlib.sha256(TABLE).hexdigest()
    assert entry.undone_by is None
    assert imports.brought(connection, entry.batch.id, most=5) == ["urn:catalog::V 1", "urn:catalog::V 2"]


def test_only_who_may_see_the_history_reads_the_book(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        imports.book(connection, VISITOR)


def test_an_import_is_undone_but_for_what_people_changed_since(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", TABLE)
    specimens.amend(connection, THIS_COMPUTER, "urn:catalog::V 2", {"sex": "female"}, version=1)
    (entry,) = imports.book(connection, THIS_COMPUTER)
    assert entry.edit is not None
    told = foretell(connection, THIS_COMPUTER, entry.edit)
    assert specimens.count(connection, who=THIS_COMPUTER) == 2
    done = undoing.undo(connection, THIS_COMPUTER, entry.edit)
    assert (told.records, told.kept) == (done.records, done.kept)
    assert done.records == ("urn:catalog::V 1",)
    assert [kept.occurrence_id for kept in done.kept] == ["urn:catalog::V 2"]
    (entry,) = imports.book(connection, THIS_COMPUTER)
    assert entry.undone_by == done.edit
    assert imports.brought(connection, entry.batch.id, most=5) == ["urn:catalog::V 2"]


def test_an_undone_import_can_come_in_again(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", TABLE)
    (entry,) = imports.book(connection, THIS_COMPUTER)
    assert entry.edit is not None
    undoing.undo(connection, THIS_COMPUTER, entry.edit)
    assert commit(connection, THIS_COMPUTER, "a.csv", TABLE).accepted == 2
    assert [one.undone_by is None for one in imports.book(connection, THIS_COMPUTER)] == [True, False]


def test_what_people_changed_since_stays_when_the_file_comes_again(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", TABLE)
    specimens.amend(
        connection,
        THIS_COMPUTER,
        "urn:catalog::V 2",
        {"earliest_interval": "Toarcian", "latest_interval": "Toarcian"},
        version=1,
    )
    report = commit(connection, THIS_COMPUTER, "a.csv", TABLE)
    assert (report.unchanged, report.changed, report.kept) == (2, 0, 1)
    assert "earliest_interval" in report.rows[1].kept
