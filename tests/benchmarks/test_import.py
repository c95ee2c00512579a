"""Importing Darwin Core beside `sqlite-utils insert` and `sqlite3 .import` of the same file: time and memory of whole processes.

Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_import.py``: 20,000 rows, or as many as the variable
``BENCHMARK_ROWS`` names. The peers write the cells as they are into one table; we check, date, index and enter each row with its
history. What each program needs to start, measured with a file of one row, is told apart and not counted. The clock also counts what
others do on the machine meanwhile; the seconds of computing do not, so both are told, with the load of the machine. The places are
anywhere on the Earth, so that nearly all are doubtful; a run that asks for no doubts tells what asking costs.
"""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.benchmarks.sizes import sized

ROOT = Path(__file__).resolve().parents[2]
ROWS = sized(20_000, 500, "BENCHMARK_ROWS")
COLUMNS = (
    *("occurrenceID", "basisOfRecord", "institutionCode", "catalogNumber", "scientificName"),
    *("earliestAgeOrLowestStage", "latestAgeOrHighestStage", "formation", "countryCode", "stateProvince", "locality"),
    *("decimalLatitude", "decimalLongitude", "eventDate", "recordedBy", "occurrenceRemarks"),
)
_NAMES = [
    f"{genus} {epithet}"
    for genus in ("Lufengosaurus", "Sinosaurus", "Yunnanosaurus", "Dilophosaurus", "Allosaurus", "Plateosaurus")
    for epithet in ("huenei", "triassicus", "huangi", "fragilis", "gracilis")
]
_AGES = (("Hettangian", "Sinemurian"), ("Tithonian", ""), ("Campanian", "Maastrichtian"), ("Norian", "Rhaetian"))
_PLACES = (("CN", "Yunnan"), ("US", "Utah"), ("AR", "Chubut"), ("DE", "Bayern"))
_OURS = psutil.Process().cmdline()
_COLLECTORS = ("C. C. Young", "B. Brown", "J. Bonaparte")


_WITHOUT_DOUBTS = (
    "import sys; from catalogue.exchange import commands; commands.from_maps = lambda module, name: None; "
    "from catalogue.__main__ import main; sys.exit(main(sys.argv[1:]))"
)
"""The command line as it is where the maps are not installed."""


@dataclass(frozen=True)
class Took:
    """What a program took with all its helpers: seconds by the clock, seconds of computing, and the most memory at once in MB."""

    seconds: float
    computing: float
    memory: float


def written(file: Path, rows: int) -> Path:
    """A file of specimens of six genera; the same for the same number of rows."""
    chance = random.Random(1938)
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for number in range(rows):
            numbered = (f"urn:museum:{number}", "FossilSpecimen", f"M{number % 7}", f"V{number}")
            locality = f"Quarry {chance.randrange(5_000)}, {number % 97} km from town"
            at = (f"{chance.uniform(-60, 70):.4f}", f"{chance.uniform(-180, 180):.4f}", str(1900 + number % 120))
            said = (_COLLECTORS[number % 3], "Found in red mudstone; surface well preserved.")
            formation = f"Formation {chance.randrange(400)}"
            placed = (*_AGES[number % 4], formation, *_PLACES[number % 4], locality)
            writer.writerow((*numbered, chance.choice(_NAMES), *placed, *at, *said))
    return file


def run(command: Sequence[str], home: Path) -> Took:
    """Run a program to its end."""
    settings = {"BONEBED_DATA_DIR": str(home), "BONEBED_BUILT_IN_COLLECTION": "false", "BONEBED_MAX_UPLOAD_MB": "2000"}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings, "PYTHONPATH": str(ROOT)}, stdout=out, text=True
        )
        memory = _watched(psutil.Process(process.pid))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - started
        out.seek(0)
        said = out.read()
    assert process.returncode == 0, said
    if said.startswith("{"):
        told = json.loads(said)
        assert told["accepted"] + told["unchanged"] == told["read"]
    return Took(took, used.ru_utime + used.ru_stime, memory)


def _watched(process: psutil.Process) -> float:
    """The most memory in MB that a program and its helpers have together until it ends, looked at forty times a second.

    What the system keeps for `getrusage` will not do: it begins with the memory of whoever started the program.
    """
    most = 0.0
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            most = max(most, sum(map(_memory, [process, *process.children(recursive=True)])))
            time.sleep(1 / 40)
    return most / 1e6


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss) if process.cmdline() != _OURS else 0  # before it becomes the program
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def commands(file: Path, home: Path) -> dict[str, list[str]]:
    """How each program is asked to take a file in, into a database of its own."""
    peers = {"Bonebed": [sys.executable, "-m", "catalogue", "import", str(file), "--json"]}
    known = home / "peers.sqlite3"
    if (tool := _beside_python("sqlite-utils")) is not None:
        peers["sqlite-utils insert"] = [tool, "insert", str(known), "finds", str(file), "--csv", "--silent"]
    if (shell := shutil.which("sqlite3")) is not None:
        peers["sqlite3 .import"] = [shell, str(home / "shell.sqlite3"), f".import --csv {file} finds"]
    return peers


def _without_doubts(file: Path, home: Path) -> Took:
    home.mkdir(exist_ok=True)
    return run([sys.executable, "-c", _WITHOUT_DOUBTS, "import", str(file), "--json"], home)


def _beside_python(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent))


@pytest.mark.benchmark
def test_an_import_beside_those_of_others(tmp_path: Path) -> None:
    one, many = written(tmp_path / "one.csv", 1), written(tmp_path / "many.csv", ROWS)
    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    home.mkdir()
    run(commands(one, home)["Bonebed"], home)  # makes the database
    starts = {name: run(command, empty) for name, command in commands(one, empty).items() if name != "Bonebed"}
    starts["Bonebed"] = run(commands(one, home)["Bonebed"], home)
    took = {name: run(command, home) for name, command in commands(many, home).items()}
    again = run(commands(many, home)["Bonebed"], home)
    plain = [_without_doubts(file, tmp_path / "plain") for file in (one, many)]
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{ROWS:,} rows, {many.stat().st_size / 1e6:.0f} MB; load {load} on {os.cpu_count()} cores")
    for name, whole in {**took, "Bonebed, the same again": again}.items():
        start = starts[name.partition(",")[0]]
        clock, computing = whole.seconds - start.seconds, whole.computing - start.computing
        against = computing / (took["Bonebed"].computing - starts["Bonebed"].computing)
        print(
            f"{name:24} {ROWS / clock:>9,.0f} rows/s by the clock, {ROWS / computing:>9,.0f} a second of computing "
            f"({against:.2f} of Bonebed's); {start.seconds:.1f} s to start; {whole.memory:.0f} MB"
        )
    computing = [took["Bonebed"].computing - starts["Bonebed"].computing, plain[1].computing - plain[0].computing]
    print(f"Doubts about places cost {(computing[0] - computing[1]) / ROWS * 1e6:.1f} µs of computing a row")
    assert len(took) > 1, "there is no peer to compare with"
