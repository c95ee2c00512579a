"""A large table is judged with the help of a second process: nothing comes out otherwise, and nothing is left of it."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from catalogue import specimens, withholding
from catalogue.database import reading, writing
from catalogue.exchange import helping, pipeline
from catalogue.exchange.outcomes import Report
from catalogue.rights import THIS_COMPUTER
from maps.doubtful import doubts_of_places
from tests.processes import AwaitedProcess, KilledProcess

HEADINGS = "occurrenceID,institutionCode,catalogNumber,scientificName,earliestAgeOrLowestStage,sex,decimalLatitude,decimalLongitude\n"


def _row(n: int) -> str:
    key = "" if n % 7 == 0 else f"k:{n % 390}"
    number = f"V{n % 350}" if n % 11 == 0 else f"V{n}"
    name = "?!" if n % 13 == 0 else "Lufengosaurus huenei"
    age = "Lufengian" if n % 17 == 0 else "Hettangian"
    return f"{key},LFGT,{number},{name},{age},{'Female' if n % 3 else ''},{n % 95},102.1\n"


FILE = (HEADINGS + "".join(map(_row, (*range(400), *range(1, 30))))).encode()
"""Rows of every kind: new, without a key, with a number or a key that stands there before, repeated, and such as cannot be taken."""


@pytest.fixture
def helped(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setattr(pipeline, "reading", lambda: reading(database))
    monkeypatch.setattr(pipeline, "writing", lambda: writing(database))
    monkeypatch.setattr(pipeline, "BATCH", 20)
    monkeypatch.setattr(helping, "FROM_ROWS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(helping, "SecondProcess", AwaitedProcess)
    started = len(AwaitedProcess.started)
    yield monkeypatch
    assert len(AwaitedProcess.started) > started
    assert all(one.has_ended for one in AwaitedProcess.started), "none is left behind"


def bring_in(**more: Any) -> Report:
    return pipeline.bring_in(THIS_COMPUTER, "a.csv", FILE, place_doubts=doubts_of_places, **more)


def kept(connection: Connection) -> list[dict[str, object]]:
    aside = {"created", "modified", "import_id"}
    found = specimens.find(connection, size=None).specimens
    return sorted(
        ({name: value for name, value in vars(one).items() if name not in aside} for one in found),
        key=lambda one: str(one["occurrence_id"]),
    )


def test_nothing_comes_out_otherwise(database: Engine, helped: pytest.MonkeyPatch) -> None:
    with writing(database) as connection:
        withholding.add_rule(connection, THIS_COMPUTER, "taxon", "Lufengosaurus")
        trial = connection.begin_nested()
        helped.setattr(helping, "FROM_ROWS", 10_000)
        alone = pipeline.commit(connection, THIS_COMPUTER, "a.csv", FILE, place_doubts=doubts_of_places)
        records = kept(connection)
        trial.rollback()
    helped.setattr(helping, "FROM_ROWS", 1)
    report = bring_in()
    assert (list(report.rows), report.notes, report.noted) == (list(alone.rows), alone.notes, alone.noted)
    assert min(report.accepted, report.unchanged + report.changed, report.rejected) > 0
    with reading(database) as connection:
        assert kept(connection) == records
    again = bring_in()
    assert (again.accepted, again.changed, again.rejected) == (0, 0, report.rejected)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_process_that_is_killed_is_not_missed(database: Engine, helped: pytest.MonkeyPatch) -> None:
    helped.setattr(helping, "SecondProcess", KilledProcess)
    report = bring_in()
    with reading(database) as connection:
        assert specimens.count(connection) == report.accepted > 0


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_who_cancels_waits_for_nobody(helped: pytest.MonkeyPatch) -> None:
    with pytest.raises(pipeline.Cancelled):
        bring_in(progress=lambda done, whole: done < 60)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_process_that_does_not_come_up_is_not_missed(helped: pytest.MonkeyPatch) -> None:
    helped.setattr(sys, "executable", "false")
    report = bring_in()
    assert report.read == 429
