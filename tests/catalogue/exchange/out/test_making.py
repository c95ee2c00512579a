"""Many records go out by two processes: the file is the same, whatever becomes of the other one."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.exchange.out import found as reading_found
from catalogue.exchange.out import making
from catalogue.exchange.out.found import Found, MoreColumns, Portion, find
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.making import made
from catalogue.exchange.out.writing import content
from catalogue.rights import THIS_COMPUTER, VISITOR
from catalogue.searching.query import Query
from tests.catalogue.exchange.out.conftest import HOLOTYPE, OTHERS
from tests.processes import AwaitedProcess, KilledProcess


@pytest.fixture
def kept(database: Engine) -> Engine:
    """A small world in a file, which another process can open."""
    with writing(database) as connection:
        for draft in (HOLOTYPE, *OTHERS, *({**OTHERS[1], "occurrence_id": f"w:{number}"} for number in range(12))):
            specimens.add(connection, THIS_COMPUTER, draft)
    return database


@pytest.fixture
def together(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setattr(reading_found, "AT_ONCE", 2)
    monkeypatch.setattr(making, "FROM_RECORDS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(making, "SecondProcess", AwaitedProcess)
    AwaitedProcess.started.clear()
    yield monkeypatch
    assert all(one.has_ended for one in AwaitedProcess.started), "none is left behind"


def all_of(connection: Connection) -> Found:
    return find(connection, Query(), VISITOR, order="name")


def keys_of(portion: Portion) -> list[str]:
    return list(portion.columns["occurrence_id"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_that_of_one_process(kept: Engine, together: pytest.MonkeyPatch, kind: str) -> None:
    with reading(kept) as connection:
        shared = content(all_of(connection), kind)
        together.setattr(making, "FROM_RECORDS", 10_000)
        assert content(all_of(connection), kind) == shared
    assert kind in ("bibtex", "ris", "csl") or [one.answered > 0 for one in AwaitedProcess.started] == [True]


@pytest.mark.parametrize("kind", ["csv", "kml", "xlsx"])
@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_process_that_is_killed_is_not_missed(kept: Engine, together: pytest.MonkeyPatch, kind: str) -> None:
    with reading(kept) as connection:
        together.setattr(making, "SecondProcess", KilledProcess)
        shared = content(all_of(connection), kind)
        together.setattr(making, "FROM_RECORDS", 10_000)
        assert content(all_of(connection), kind) == shared
    assert [one.answered for one in AwaitedProcess.started] == [0]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_process_that_does_not_come_up_is_not_missed(kept: Engine, together: pytest.MonkeyPatch) -> None:
    together.setattr(sys, "executable", "false")
    with reading(kept) as connection:
        assert len([key for keys in made(all_of(connection), keys_of) for key in keys]) == 15


def test_what_others_write_meanwhile_does_not_come_into_the_file(kept: Engine, together: pytest.MonkeyPatch) -> None:
    with reading(kept) as connection:
        found = all_of(connection)
        with writing(kept) as other:
            specimens.amend(other, THIS_COMPUTER, "w:3", {"locality": "written meanwhile"}, version=1)
        portions = list(made(found, _localities))
    assert all("written meanwhile" not in one for one in portions)
    assert [one.answered for one in AwaitedProcess.started] == [0], "it saw other records and did not help"


def test_who_takes_no_more_leaves_no_process_behind(kept: Engine, together: pytest.MonkeyPatch) -> None:
    with reading(kept) as connection:
        going = made(all_of(connection), keys_of)
        next(going)
        going.close()  # type: ignore[attr-defined]  # a generator, where two processes work
    assert [one.has_ended for one in AwaitedProcess.started] == [True]


def test_what_cannot_be_handed_over_is_made_here(kept: Engine, together: pytest.MonkeyPatch) -> None:
    more = MoreColumns(("Length",), lambda portion: [["5"] * len(portion)])
    with reading(kept) as connection:
        lines = content(replace(all_of(connection), more=more), "csv").decode().splitlines()
    assert (len(lines), lines[0].endswith(",Length"), AwaitedProcess.started) == (
        17,
        True,
        [],
    )  # one of 15 records has a line break


def _localities(portion: Portion) -> list[str]:
    return list(portion.columns["locality"])
