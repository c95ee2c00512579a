"""How fast 100,000 records go out (or as many as ``BENCHMARK_ROWS`` says), in every kind of file, beside the command line of SQLite writing the same table as CSV.

SQLite writes the columns as they lie there; ours have every rank of the age, safe cells and nothing that the reader may not see.
Two processes share large work, so a second by the clock is told, and what was computed in it, by them and by other programs that they start.
Memory is told of a tenth of the records and of all of them, each in a process of its own: what a file takes must not grow with it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from sqlalchemy import Engine
from xlsxwriter import Workbook

from catalogue.database import open_database, reading
from catalogue.exchange.out import cells
from catalogue.exchange.out.found import find
from catalogue.exchange.out.kinds import KINDS
from catalogue.exchange.out.terms import COLUMNS
from catalogue.exchange.out.writing import write
from catalogue.rights import THIS_COMPUTER, VISITOR, Person
from catalogue.searching.query import Query
from tests.benchmarks.sizes import rounds, sized
from tests.benchmarks.worlds import fill

EXPORT = """
import resource
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
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Exports, and tells the most memory that its process had at once, and the one that helped it, in kB."""
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


class Taken(NamedTuple):
    """The seconds of some work by the clock, and those of computing, of other programs that it starts too."""

    clock: float
    computing: float

    def line(self, name: str, records: int, peer: "Taken") -> str:
        """Records a second by the clock, and as a part of what a peer does, and in a second of computing."""
        return f"{name:24} {records / self.clock:>10,.0f} {peer.clock / self.clock:>10.0%} {records / self.computing:>22,.0f}"


def seconds(work: Callable[[], object], times: int = 3) -> Taken:
    """The best of some runs by the clock."""
    taken = []
    for _ in range(rounds(times)):
        started, computed = time.perf_counter(), sum(os.times()[:4])
        work()
        taken.append(Taken(time.perf_counter() - started, sum(os.times()[:4]) - computed))
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


def sheet_rows(world: Engine, most: int) -> Iterator[tuple[cells.Value, ...]]:
    """The cells of the sheet of records, for the writers of workbooks that are our peers."""
    with reading(world) as connection:
        for portion in find(connection, Query(), VISITOR, most=most).portions():
            told, blank = cells.values(portion), [None] * len(portion)
            yield from zip(*(told.get(heading, blank) for heading in COLUMNS), strict=True)


def workbook_of_openpyxl(world: Engine, most: int, to: Path) -> None:
    """As openpyxl writes it in little memory."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in sheet_rows(world, most):
        sheet.append(row)
    book.save(to)


def workbook_of_xlsxwriter(world: Engine, most: int, to: Path) -> None:
    """As XlsxWriter writes it in little memory."""
    with Workbook(str(to), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(sheet_rows(world, most)):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write_number(number, place, value)


def test_records_a_second(world: Engine, file: Path, tmp_path: Path) -> None:
    theirs = seconds(lambda: peer(file, tmp_path / "peer.csv"))
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{RECORDS:,} records; load {load} on {os.cpu_count()} cores")
    print(f"{'':24} {'a second':>10} {'of sqlite3':>10} {'a second of computing':>22}")
    print(theirs.line("sqlite3 -csv", RECORDS, theirs))

    def ours(kind: str, who: Person) -> int:
        with reading(world) as connection:
            return write(find(connection, Query(), who), kind, tmp_path / kind).records

    for kind, who in (("csv", THIS_COMPUTER), *((kind, VISITOR) for kind in KINDS)):
        taken = seconds(lambda kind=kind, who=who: ours(kind, who))  # type: ignore[misc]
        print(taken.line(f"{kind} {'exact' if who is THIS_COMPUTER else 'for visitors'}", RECORDS, theirs))
    few = RECORDS // 10
    for name, peers in (("openpyxl", workbook_of_openpyxl), ("XlsxWriter", workbook_of_xlsxwriter)):
        taken = seconds(lambda peers=peers: peers(world, few, tmp_path / "peer.xlsx"), 1)  # type: ignore[misc]
        print(taken.line(f"{name}, as xlsx", few, Taken(*(one * few / RECORDS for one in theirs))))
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file_:
        assert sum(1 for _ in file_) == RECORDS + 1


def memory(file: Path, kind: str, most: int, to: Path) -> tuple[float, float]:
    """The most memory in MB of a process that exports so many records, and of the one that helped it."""
    command = [sys.executable, "-c", EXPORT, str(file), kind, str(most), str(to)]
    own, helping = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return int(own) / 1_000, int(helping) / 1_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory that a process had")
@pytest.mark.parametrize("kind", KINDS)
def test_memory_does_not_grow_with_the_records(kind: str, world: Engine, file: Path, tmp_path: Path) -> None:
    (few, _), (all_, helping) = (memory(file, kind, most, tmp_path / "out") for most in (RECORDS // 10, RECORDS))
    told = f"{few:6.0f} MB for {RECORDS // 10:,} records, {all_:6.0f} MB for {RECORDS:,}"
    print(f"\n{kind:8} {told}, and {helping:.0f} MB for the second process")
    keys = 80 * RECORDS / 1e6  # which of them go out, in which order
    assert all_ < few + keys + 10
