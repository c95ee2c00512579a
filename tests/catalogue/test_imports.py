"""The book of imports adds up."""

import pytest
from sqlalchemy import Connection

from catalogue import imports


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
