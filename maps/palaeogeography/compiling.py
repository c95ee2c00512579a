"""Compile the tables of a plate model from files of GPlates: `python -m maps.palaeogeography.compiling ROTATIONS POLYGONS KEY`.

What stays are the rotations that the plates need, and their outlines simplified to 0.02 degrees. Comments are left out.
"""

import sys
from pathlib import Path

from catalogue.facts import FACTS
from maps.palaeogeography.gplates import read_plates, read_rotations
from maps.palaeogeography.tables import needed, write_tables


def compile_model(rotations: Path, polygons: Path, key: str, into: Path = FACTS / "palaeogeography") -> None:
    """Write ``KEY_poles.tsv`` and ``KEY_plates.tsv``."""
    write_tables(into / key, *needed(read_rotations(rotations), read_plates(polygons)))


if __name__ == "__main__":
    compile_model(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
