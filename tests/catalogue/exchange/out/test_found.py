"""What is read for a file: in order, in portions, and never more than the person may see."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out import found as reading
from catalogue.exchange.out.found import NAMES, Found, find
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from tests.catalogue.exchange.out.conftest import Finds


def records_of(found: Found) -> list[Specimen]:
    """What is found, as records."""
    return [one for portion in found.portions() for one in portion.specimens()]


def test_records_come_as_the_catalogue_gives_them(world: Connection, finds: Finds) -> None:
    for who in (THIS_COMPUTER, VISITOR):
        expected = specimens.find(world, order="name", size=None, who=who).specimens
        assert records_of(finds(who)) == expected


def test_portions_follow_each_other(finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [one.occurrence_id for one in records_of(finds())]
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    portions = list(finds().portions(lists=True))
    assert [len(portion) for portion in portions] == [2, 1]
    assert [key for portion in portions for key in portion.columns["occurrence_id"]] == whole


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("who", [THIS_COMPUTER, VISITOR])
def test_a_portion_that_says_more_than_those_before_it_says_all(
    who: Person, at_once: int, finds: Finds, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = finds(who).portions()
    monkeypatch.setattr(reading, "AT_ONCE", at_once)
    together = {name: [value for one in finds(who).portions() for value in one.columns[name]] for name in NAMES}
    assert together == {name: list(values) for name, values in whole.columns.items()}


def test_fields_of_which_no_record_said_anything_are_not_read_again(
    finds: Finds, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str, ...]] = []
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    monkeypatch.setattr(
        reading, "_read", lambda *asked, plainly=reading._read: (read.append(asked[2]), plainly(*asked))[1]
    )
    first, *_ = list(finds().portions())
    said = {name for name in NAMES if first.columns[name][0] not in ("", None)} | {"translations"}
    assert (read[0], set(read[1])) == (NAMES, said)


def test_lists_come_as_the_catalogue_gives_them(world: Connection, finds: Finds) -> None:
    for who in (THIS_COMPUTER, VISITOR):
        (portion,) = finds(who).portions(lists=True)
        for key in portion.columns["occurrence_id"]:
            expected = specimens.parts_of(world, key, who=who)
            assert {name: list(portion.listed(name, key)) for name in expected} == expected


def test_where_things_are_stored_is_for_the_staff(finds: Finds) -> None:
    (for_all,) = finds(VISITOR).portions(lists=True)
    (for_staff,) = finds(THIS_COMPUTER).portions(lists=True)
    assert {"storage", "condition_reports"} <= for_staff.parts.keys()
    assert not {"storage", "condition_reports"} & for_all.parts.keys()


def test_what_is_counted_beside_the_records(finds: Finds) -> None:
    found = finds()
    assert (len(found), found.without_place, found.withheld) == (3, 1, 1)
    assert found.newest == max(one.modified for one in records_of(found))
    nothing = finds(query=Query(text="nowhere"))
    assert (len(nothing), nothing.newest, list(nothing.portions())) == (0, "", [])


def test_words_of_a_withheld_place_find_nothing_for_visitors(finds: Finds) -> None:
    assert len(finds(THIS_COMPUTER, Query(text="gully"))) == 1
    assert len(finds(VISITOR, Query(text="gully"))) == 0


def test_at_most_so_many(world: Connection) -> None:
    assert len(find(world, Query(), VISITOR, most=2)) == 2


def test_every_field_is_read() -> None:
    (portion,) = [reading.of_specimens([])]
    assert tuple(portion.columns) == NAMES


def test_progress_counts_up_to_the_end(finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    found = replace(finds(), progress=lambda done, whole: told.append((done, whole)))
    assert (found.without_place, len(list(found.portions())), told) == (1, 2, [(2, 3), (3, 3)])
