"""How fast 100,000 records go out (or as many as ``BENCHMARK_ROWS`` says), in every kind of file, beside the command line of SQLite writing the same table as CSV.

SQLite writes the columns as they lie there; ours have every rank of the age, safe cells and nothing that the reader may not see.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalogue.database import open_database, reading
from catalogue.exchange.out.found import find
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.writing import write
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from tests.benchmarks.sizes import rounds, sized
from tests.benchmarks.worlds import fill

pytestmark = pytest.mark.benchmark
RECORDS = sized(100_000, 5_000, "BENCHMARK_ROWS")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export") / "world.sqlite3"


@pytest.fixture(scope="module")
def world(file: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{file}")
    fill(engine, RECORDS)
    yield engine
    engine.dispose()


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, in seconds of computing, those of other programs that it starts included: the clock counts others too."""
    taken = []
    for _ in range(rounds(times)):
        started = sum(os.times()[:4])
        work()
        taken.append(sum(os.times()[:4]) - started)
    return min(taken)


def peer(file: Path, to: Path) -> None:
    """SQLite's own command line."""
    program = shutil.which("sqlite3")
    if program is None:
        pytest.skip("there is no sqlite3 here")
    with to.open("wb") as out:
        subprocess.run(
            [program, "-csv", "-header", str(file), "SELECT * FROM specimens ORDER BY id"], stdout=out, check=True
        )


def test_records_a_second(world: Engine, file: Path, tmp_path: Path) -> None:
    theirs = seconds(lambda: peer(file, tmp_path / "peer.csv"))
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"\n{RECORDS:,} records; load {load} on {os.cpu_count()} cores\n{'':24} {'a second of computing':>22} {'of sqlite3':>10}\n{'sqlite3 -csv':24} {RECORDS / theirs:>22,.0f}"
    )

    def ours(kind: str, who: Person) -> int:
        with reading(world) as connection:
            return write(find(connection, Query(), who), kind, tmp_path / kind).records

    for kind, who, times in (
        ("csv", THIS_COMPUTER, 3),
        ("csv", VISITOR, 3),
        *((kind, VISITOR, 1) for kind in KINDS if kind != "csv"),
    ):
        taken = seconds(lambda kind=kind, who=who: ours(kind, who), times)  # type: ignore[misc]
        name = f"{kind} {'exact' if who is THIS_COMPUTER else 'for visitors'}"
        print(f"{name:24} {RECORDS / taken:>22,.0f} {theirs / taken:>9.0%}")
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file_:
        assert sum(1 for _ in file_) == RECORDS + 1
