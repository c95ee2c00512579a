"""Compile the tables of a plate model from files of GPlates: `python -m maps.palaeogeography.compiling ROTATIONS POLYGONS KEY`.

What stays are the rotations that the plates need, and their outlines simplified to 0.02 degrees. Comments are left out.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import shapely

from catalogue.facts import FACTS
from maps.palaeogeography.gplates import read_plates, read_rotations
from maps.palaeogeography.models import Plate
from maps.palaeogeography.rotations import Pole

_TOLERANCE = 0.02
_LEAST_AREA = 0.01
"""Square degrees; smaller pieces are left out."""


def compile_model(rotations: Path, polygons: Path, key: str, into: Path = FACTS / "palaeogeography") -> None:
    """Write ``KEY_poles.tsv`` and ``KEY_plates.tsv``."""
    plates = [plate for plate in read_plates(polygons) if plate.outline.area >= _LEAST_AREA]
    poles = _needed(read_rotations(rotations), {plate.plate for plate in plates})
    _write(
        into / f"{key}_poles.tsv",
        ("plate", "fixed", "age_ma", "latitude", "longitude", "angle"),
        [
            [str(pole.plate), str(pole.fixed), *(f"{value:g}" for value in (pole.age_ma, pole.latitude, pole.longitude, pole.angle))]
            for pole in poles
        ],
    )  # fmt: skip
    _write(
        into / f"{key}_plates.tsv",
        ("plate", "oldest_ma", "youngest_ma", "name", "outline"),
        [[str(plate.plate), f"{plate.oldest_ma:g}", f"{plate.youngest_ma:g}", plate.name, _outline(plate)] for plate in plates],
    )  # fmt: skip


def _needed(poles: Sequence[Pole], plates: set[int]) -> list[Pole]:
    """The poles of some plates and of all that they move relative to."""
    wanted: set[int] = set()
    todo = set(plates)
    while todo:
        wanted |= todo
        todo = {pole.fixed for pole in poles if pole.plate in todo} - wanted
    return [pole for pole in poles if pole.plate in wanted]


def _outline(plate: Plate) -> str:
    simple = shapely.simplify(plate.outline, _TOLERANCE, preserve_topology=True)
    rings = [simple.exterior, *simple.interiors]
    return ";".join(",".join(f"{x:.2f} {y:.2f}" for x, y in ring.coords) for ring in rings)


def _write(file: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = ["\t".join(row) for row in (headings, *rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    compile_model(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
