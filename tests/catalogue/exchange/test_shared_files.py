"""Files that people shared, with counts that were made apart from our reader: with csv of the standard library and by eye."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from catalogue.exchange import pipeline
from catalogue.exchange.reading import read_table
from catalogue.published import reading, suggesting
from catalogue.published.suggesting import PublishedAge
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
    assert not any(row.surplus for row in table.rows)


@pytest.mark.parametrize(
    ("name", "format_", "counts"),
    [
        # 1,496 different numbers; 6 rows whose names are none, each with a number of its own; the others repeat word for word
        ("tetrapods_triassic_jurassic.csv", "Paleobiology Database occurrences", (1995, 1492, 497, 6)),
        # 348 different rows, each a find of its own although no column is a key; 5 of them, 7 rows in all, have names that are none
        ("dinosaur_occurrences_by_formation.csv", "table with free columns", (644, 343, 294, 7)),
        # 485 different numbers, no name that is none
        ("pbdb_specimens_usa.csv", "Paleobiology Database specimens", (485, 485, 0, 0)),
        # 2,399 rows, as its preamble says, with as many different names of group, formation and member; the first one names nothing
        ("pbdb_strata_dinosauria.csv", "Paleobiology Database strata", (2399, 2398, 0, 1)),
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


def test_what_the_shared_strata_say_of_lufeng(connection: Connection) -> None:
    """Four rows of the file, read by eye: the formation and three members, 201.3 to 190.8 Ma, from 6 + 8 + 1 + 18 collections."""
    pipeline.commit(connection, THIS_COMPUTER, "strata.csv", (SHARED / "pbdb_strata_dinosauria.csv").read_bytes())
    members = [unit.member for unit in reading.rock_units(connection, "Lufeng")]
    assert members == ["", "Shawan", "Zhangjiaao", "Zhangjiawa"]
    assert suggesting.age_of_formation(connection, "Lufeng") == PublishedAge(
        "Hettangian", "Sinemurian", 201.3, 190.8, 33
    )
    assert reading.count(connection) == {"rock_unit": 2398}
