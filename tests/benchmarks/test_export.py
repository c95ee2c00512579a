"""How fast 100,000 records go out (or as many as ``BENCHMARK_ROWS`` says), in every kind of file, beside the command line of SQLite writing the same table as CSV.

SQLite writes the columns as they lie there; ours have every rank of the age, safe cells and nothing that the reader may not see.
Memory is told of a tenth of the records and of all of them, each in a process of its own: what a file takes must not grow with it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from catalogue.database import open_database, reading
from catalogue.exchange.out import cells
from catalogue.exchange.out.found import find
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.writing import write
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from tests.benchmarks.sizes import rounds, sized
from tests.benchmarks.worlds import fill

EXPORT = """
import sys
from pathlib import Path
from catalogue.database import open_database, reading
from catalogue.exchange.out.found import find
from catalogue.exchange.out.writing import write
from catalogue.rights import VISITOR
from catalogue.searching.query import Query
file, kind, most, to = sys.argv[1:]
with reading(open_database(f"sqlite:///{file}")) as connection:
    write(find(connection, Query(), VISITOR, most=int(most)), kind, Path(to))
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
"""Exports, and tells the most memory that its process had at once, in kB."""
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


def workbook_of_openpyxl(world: Engine, most: int, to: Path) -> None:
    """The cells of the sheet of records, as openpyxl writes them in little memory."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with reading(world) as connection:
        for portion in find(connection, Query(), VISITOR, most=most).portions():
            for row in zip(*cells.values(portion), strict=True):
                sheet.append(row)
    book.save(to)


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
        *((kind, VISITOR, 3) for kind in KINDS if kind != "csv"),
    ):
        taken = seconds(lambda kind=kind, who=who: ours(kind, who), times)  # type: ignore[misc]
        name = f"{kind} {'exact' if who is THIS_COMPUTER else 'for visitors'}"
        print(f"{name:24} {RECORDS / taken:>22,.0f} {theirs / taken:>9.0%}")
    few = RECORDS // 10
    taken = seconds(lambda: workbook_of_openpyxl(world, few, tmp_path / "peer.xlsx"), 1)
    print(f"{'openpyxl, as xlsx':24} {few / taken:>22,.0f} {theirs / RECORDS * few / taken:>9.0%}")
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file_:
        assert sum(1 for _ in file_) == RECORDS + 1


def memory(file: Path, kind: str, most: int, to: Path) -> float:
    """The most memory in MB of a process that exports so many records."""
    command = [sys.executable, "-c", EXPORT, str(file), kind, str(most), str(to)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout) / 1_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory that a process had")
@pytest.mark.parametrize("kind", KINDS)
def test_memory_does_not_grow_with_the_records(kind: str, world: Engine, file: Path, tmp_path: Path) -> None:
    few, all_ = (memory(file, kind, most, tmp_path / "out") for most in (RECORDS // 10, RECORDS))
    print(f"\n{kind:8} {few:6.0f} MB for {RECORDS // 10:,} records, {all_:6.0f} MB for {RECORDS:,}")
    keys = 80 * RECORDS / 1e6  # which of them go out, in which order
    assert all_ < few + keys + 10
