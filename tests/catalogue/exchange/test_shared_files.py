"""Files that people shared, with counts that were made apart from our reader: with csv of the standard library and by eye."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from catalogue.exchange import pipeline
from catalogue.exchange.reading import read_table
from catalogue.rights import THIS_COMPUTER

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "occurrences"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not on this machine")


@pytest.mark.parametrize(
    ("name", "rows", "columns", "first_row", "encoding"),
    [
        ("tetrapods_triassic_jurassic.csv", 1995, 18, 2, "UTF-8"),
        ("dinosaur_occurrences_by_formation.csv", 644, 9, 2, "UTF-8"),
        ("pbdb_specimens_usa.csv", 485, 47, 2, "UTF-8"),
        ("pbdb_strata_dinosauria.csv", 2399, 10, 17, "UTF-8"),
    ],
)
def test_rows_and_columns(name: str, rows: int, columns: int, first_row: int, encoding: str) -> None:
    table = read_table((SHARED / name).read_bytes())
    assert (len(table.rows), len(table.columns), table.rows[0].number) == (rows, columns, first_row)
    assert (table.encoding, table.encoding_is_guess, table.notes) == (encoding, False, ())
    assert sum(row.surplus for row in table.rows) == 0


@pytest.mark.parametrize(
    ("name", "format_", "counts"),
    [
        # 1,496 different numbers; 6 rows whose names are none, each with a number of its own; the others repeat word for word
        ("tetrapods_triassic_jurassic.csv", "Paleobiology Database occurrences", (1995, 1492, 497, 6)),
        # 348 different rows, each a find of its own although no column is a key; 5 of them, 7 rows in all, have names that are none
        ("dinosaur_occurrences_by_formation.csv", "table with free columns", (644, 343, 294, 7)),
        # 485 different numbers, no name that is none
        ("pbdb_specimens_usa.csv", "Paleobiology Database specimens", (485, 485, 0, 0)),
    ],
)
def test_what_becomes_of_each_row(
    connection: Connection, name: str, format_: str, counts: tuple[int, int, int, int]
) -> None:
    content = (SHARED / name).read_bytes()
    report = pipeline.commit(connection, THIS_COMPUTER, name, content)
    assert report.format == format_
    assert (report.read, report.accepted, report.unchanged, report.rejected) == counts
    again = pipeline.preview(connection, name, content)
    assert (again.accepted, again.changed, again.rejected) == (0, 0, counts[3])
