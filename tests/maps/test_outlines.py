"""`maps.outlines`: the countries are those that GeoPandas reads, without its memory."""

import subprocess
import sys
from pathlib import Path

import geopandas
import shapely

from maps import outlines

ASKING = """
import sys
from catalogue.exchange import commands
from maps.doubtful import doubts_of_places
assert doubts_of_places([25.1, 25.1, 0.0], [102.1, -102.1, 0.0], ["CN", "CN", ""])
print(*({"pandas", "geopandas", "pyogrio"} & set(sys.modules)))
"""


def test_the_countries_are_those_that_geopandas_reads() -> None:
    read = outlines.read(outlines.installed())
    table = geopandas.read_file(outlines.installed())
    assert read is not None
    assert len(read.codes) == len(table)
    assert shapely.equals(read.shapes, table.geometry.to_numpy()).all()
    of_china = read.shapes[read.codes == "CN"]
    assert shapely.equals(of_china, table.geometry[table["name"] == "China"].to_numpy()).tolist() == [True]


def test_a_missing_file_gives_no_outlines(tmp_path: Path) -> None:
    assert outlines.read(tmp_path / "missing.shp") is None


def test_an_import_asks_about_places_without_geopandas() -> None:
    asked = subprocess.run([sys.executable, "-c", ASKING], capture_output=True, text=True, check=True)
    assert asked.stdout.split() == []
