"""Two processes save one record at the same time, at random: no update is lost, and none is silent."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from catalogue import history, specimens
from catalogue.database import reading, writing
from catalogue.rights import THIS_COMPUTER
from tests.thoroughness import often

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = often(50)
FIELDS = ("formation", "member", "occurrence_remarks")


class Saver:
    """One person at another computer, as it were."""

    def __init__(self, url: str, key: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.robustness.saver", "race", url, key],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **order: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said

    def end(self) -> None:
        self._process.communicate()


@contextmanager
def two_savers(url: str, key: str) -> Iterator[list[Saver]]:
    savers = [Saver(url, key), Saver(url, key)]
    yield savers
    for saver in savers:
        saver.end()


def test_no_update_is_lost_and_none_is_silent(database: Engine, draft: dict[str, Any]) -> None:
    with writing(database) as connection:
        key = specimens.add(connection, THIS_COMPUTER, draft).occurrence_id
    chance = random.Random(1938)
    saved: dict[int, tuple[str, str]] = {}
    both_open = conflicts = 0
    with two_savers(database.url.render_as_string(hide_password=False), key) as savers:
        for turn in range(ROUNDS):
            at_once = chance.random() < 0.7
            both_open += at_once
            told = {saver: (chance.choice(FIELDS), f"{turn} by {number}") for number, saver in enumerate(savers)}
            chance.shuffle(savers)
            heard = _save_at_once(savers, told) if at_once else _save_in_turn(savers, told)
            refused = [saver for saver, said in heard if "conflict" in said]
            assert len(refused) == (1 if at_once else 0), heard
            conflicts += len(refused)
            for saver, said in heard:
                if "saved" in said:
                    assert said["saved"] not in saved
                    saved[said["saved"]] = told[saver]
    assert (conflicts, len(saved)) == (both_open, 2 * ROUNDS - both_open)
    _check_history(database, key, saved)


def _save_at_once(savers: list[Saver], told: dict[Saver, tuple[str, str]]) -> list[tuple[Saver, dict[str, Any]]]:
    for saver in savers:
        saver.tell(do="open")
    seen = [saver.hear()["opened"] for saver in savers]
    assert len(set(seen)) == 1
    for saver in savers:
        saver.tell(do="save", field=told[saver][0], value=told[saver][1])
    return [(saver, saver.hear()) for saver in savers]


def _save_in_turn(savers: list[Saver], told: dict[Saver, tuple[str, str]]) -> list[tuple[Saver, dict[str, Any]]]:
    return [_save_at_once([saver], told)[0] for saver in savers]


def _check_history(database: Engine, key: str, saved: dict[int, tuple[str, str]]) -> None:
    with reading(database) as connection:
        record = specimens.get(connection, key)
        past = history.of_record(connection, key)
        held = specimens.held_by(connection, record)
    assert record.version == 1 + len(saved)
    assert {one.version: (one.field, one.after) for one in past if one.field} == saved
    for version, (field, value) in saved.items():
        assert history.state_at(held, past, version)[field] == value
