"""How fast an import is beside the barest one: the same rows read by `csv` and written by `sqlite3` without a single check.

Run with ``python -m pytest -m benchmark -s tests/benchmarks/test_import.py``.
"""

import csv
import io
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalogue import specimens
from catalogue.database import reading, writing
from catalogue.exchange.pipeline import commit, preview
from catalogue.rights import THIS_COMPUTER

ROWS = 5_000
COLUMNS = (
    "occurrence_no",
    "accepted_name",
    "early_interval",
    "max_ma",
    "min_ma",
    "lat",
    "lng",
    "cc",
    "formation",
    "collection_name",
)


def generated() -> bytes:
    """A file of occurrences of four genera at places along the Jurassic of Yunnan."""
    names = ("Lufengosaurus huenei", "Sinosaurus triassicus", "Yunnanosaurus huangi", "cf. Dilophosaurus sp.")
    intervals = (("Hettangian", "201.4", "199.5"), ("Sinemurian", "199.5", "192.9"))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(ROWS):
        place = (
            f"{24 + number % 200 / 100:.2f}",
            f"{101 + number % 300 / 100:.2f}",
            "CN",
            "Lufeng",
            f"Shawan {number}",
        )
        writer.writerow((number + 1, names[number % 4], *intervals[number % 2], *place))
    return text.getvalue().encode()


def bare_import(content: bytes, file: Path) -> float:
    """Seconds that `csv.DictReader` and `executemany` take, and no more than they do."""
    started = time.perf_counter()
    rows = csv.DictReader(io.StringIO(content.decode()))
    with sqlite3.connect(file) as database:
        database.execute(f"CREATE TABLE finds ({', '.join(COLUMNS)})")
        database.executemany(
            f"INSERT INTO finds VALUES ({', '.join('?' * len(COLUMNS))})", (tuple(row.values()) for row in rows)
        )
    database.close()
    return time.perf_counter() - started


@pytest.mark.benchmark
def test_an_import_beside_the_barest_one(database: Engine, tmp_path: Path) -> None:
    content = generated()
    bare = bare_import(content, tmp_path / "bare.sqlite3")
    started = time.perf_counter()
    with reading(database) as connection:
        promised = preview(connection, "generated.csv", content)
    previewed = time.perf_counter()
    with writing(database) as connection:
        report = commit(connection, THIS_COMPUTER, "generated.csv", content)
    ours = time.perf_counter() - started
    print(
        f"\n{ROWS} rows, previewed, checked, dated, indexed and entered: {ROWS / ours:,.0f} rows/s "
        f"(preview {previewed - started:.2f} s, import {started + ours - previewed:.2f} s)\n"
        f"csv and sqlite3 alone, without a check or an index: {ROWS / bare:,.0f} rows/s ({bare:.3f} s); ratio {ours / bare:.1f}"
    )
    with reading(database) as connection:
        assert specimens.count(connection) == ROWS
    assert promised.rows == report.rows
    assert (report.read, report.accepted, report.rejected) == (ROWS, ROWS, 0)
