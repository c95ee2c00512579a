"""The program is killed in the midst of its work, at random: what was acknowledged is there, and nothing is there by half."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text

from catalogue import history, specimens, tables
from catalogue.database import open_database, reading, writing
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from tests.robustness.saver import DRAFT
from tests.thoroughness import often

ROOT = Path(__file__).resolve().parents[2]
ROWS = 2_500


def run_and_kill(engine: Engine, job: str, argument: object, chance: random.Random, most: int) -> list[dict[str, Any]]:
    """Let another process work, kill it at a random moment, and give back all that it had acknowledged by then."""
    url = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.robustness.saver", job, url, str(argument)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(chance.randint(1, most))]
    try:
        process.wait(timeout=chance.random() * 0.02)
    except subprocess.TimeoutExpired:
        process.kill()
    rest, _ = process.communicate()
    assert process.returncode == -9, lines
    said = "".join(lines) + rest
    return [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


def check_whole(engine: Engine) -> None:
    """The file is sound, its index of words agrees, and each record's history agrees with the record."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            connection.execute(text("INSERT INTO specimens_fts(specimens_fts, rank) VALUES('integrity-check', 1)"))
        for specimen in specimens.find(connection, size=None).specimens:
            _check_history(connection, specimen.occurrence_id)


def _check_history(connection: Connection, key: str) -> None:
    record = specimens.get(connection, key)
    past = history.of_record(connection, key)
    held = specimens.held_by(connection, record)
    began = next(one for one in past if one.field == history.WHOLE and one.before is None)
    since = [one for one in past if one.version > began.version]
    assert record.version == began.version + len({one.edit.id for one in since})
    for one in reversed(since):
        assert history.state_at(held, past, one.version - 1)[one.field] == one.before
        assert history.state_at(held, past, one.version)[one.field] == one.after
    if began.version == 1 and began.edit.kind == "add":
        first = history.state_at(held, past, 1)
        assert {name: first[name] for name in DRAFT} == DRAFT
        assert (first["formation"], first["member"]) == ("", "")


@pytest.fixture
def filled(database: Engine) -> Engine:
    with writing(database) as connection:
        for number in range(8):
            specimens.add(connection, THIS_COMPUTER, DRAFT | {"catalog_number": f"F {number}"})
    return database


def test_killed_while_saving(filled: Engine) -> None:
    chance = random.Random(1938)
    acknowledged: dict[int, dict[str, Any]] = {}
    for turn in range(often(5, least=2)):
        told = run_and_kill(filled, "work", f"seed {turn}", chance, most=40)
        assert told
        acknowledged |= {made["edit"]: made for made in told}
        check_whole(filled)
        with reading(filled) as connection:
            edits = {edit.id: edit for edit in history.edits_of(connection, limit=10_000)}
            for number, made in acknowledged.items():
                assert edits[number].kind == made["kind"]
                assert len(history.of_edit(connection, number)) == made["changes"]
        unheard = edits.keys() - acknowledged.keys()
        assert len(unheard) <= 8 + turn + 1, "at most one save a round was kept without being acknowledged in time"
    open_database(filled.url.render_as_string(hide_password=False)).dispose()


def test_killed_while_importing(database: Engine) -> None:
    chance = random.Random(1938)
    acknowledged: set[int] = set()
    for _ in range(often(4, least=2)):
        told = run_and_kill(database, "take_in", ROWS, chance, most=20)
        acknowledged |= {said["import_id"] for said in told if "import_id" in said}
        with reading(database) as connection:
            kept = list(connection.execute(select(tables.imports)))
            assert acknowledged <= {one.id for one in kept}
            assert all(one.accepted == one.read == ROWS for one in kept)
            whole = specimens.count(connection)
            assert whole == ROWS * len(kept)
            assert specimens.count(connection, Query(text="lufengosaurus")) == whole
            edits = history.edits_of(connection)
            assert sorted(str(edit.import_id) for edit in edits) == sorted(str(one.id) for one in kept)
            assert all(history.records_of(connection, edit.id)[0] == ROWS for edit in edits)
    assert acknowledged
    with database.connect() as connection:
        if database.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            connection.execute(text("INSERT INTO specimens_fts(specimens_fts, rank) VALUES('integrity-check', 1)"))
