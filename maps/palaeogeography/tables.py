"""The two tables of a compiled plate model, poles and plates: see `data/palaeogeography/README.md` for their columns."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import shapely

from catalogue.facts import read_facts
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole

_TOLERANCE = 0.02
_LEAST_AREA = 0.01
"""Square degrees; smaller pieces are left out."""


def needed(poles: Sequence[Pole], plates: Sequence[Plate]) -> tuple[list[Pole], list[Plate]]:
    """The plates that are large enough to be drawn, and the poles of them and of all that they move relative to."""
    large = [plate for plate in plates if plate.outline.area >= _LEAST_AREA]
    wanted: set[int] = set()
    todo = {plate.plate for plate in large}
    while todo:
        wanted |= todo
        todo = {pole.fixed for pole in poles if pole.plate in todo} - wanted
    return [pole for pole in poles if pole.plate in wanted], large


def write_tables(tables: Path, poles: Sequence[Pole], plates: Sequence[Plate]) -> None:
    """Write ``…_poles.tsv`` and ``…_plates.tsv``; outlines are simplified to 0.02 degrees."""
    _write(
        tables.with_name(f"{tables.name}_poles.tsv"),
        ("plate", "fixed", "age_ma", "latitude", "longitude", "angle"),
        [
            [str(pole.plate), str(pole.fixed), *(f"{value:g}" for value in (pole.age_ma, pole.latitude, pole.longitude, pole.angle))]
            for pole in poles
        ],
    )  # fmt: skip
    _write(
        tables.with_name(f"{tables.name}_plates.tsv"),
        ("plate", "oldest_ma", "youngest_ma", "name", "outline"),
        [
            [str(plate.plate), f"{plate.oldest_ma:g}", f"{plate.youngest_ma:g}", " ".join(plate.name.split()), _outline(plate)]
            for plate in plates
        ],
    )  # fmt: skip


def read_tables(tables: Path | str) -> tuple[list[Pole], list[Plate]]:
    """Read both tables.

    Parameters
    ----------
    tables : Path or str
        The path without ``_poles.tsv``; a relative one is below `data/`.

    Raises
    ------
    OSError, ValueError, KeyError
        When they are not there, or are not such tables.
    """
    return list(_poles(read_facts(f"{tables}_poles.tsv"))), list(_plates(read_facts(f"{tables}_plates.tsv")))


def _poles(rows: Sequence[Mapping[str, str]]) -> Iterator[Pole]:
    for row in rows:
        yield Pole(
            int(row["plate"]),
            int(row["fixed"]),
            float(row["age_ma"]),
            float(row["latitude"]),
            float(row["longitude"]),
            float(row["angle"]),
        )


def _plates(rows: Sequence[Mapping[str, str]]) -> Iterator[Plate]:
    for row in rows:
        rings = [[(float(x), float(y)) for x, y in (point.split() for point in ring.split(","))] for ring in row["outline"].split(";")]  # fmt: skip
        outline = shapely.Polygon(rings[0], rings[1:])
        yield Plate(int(row["plate"]), float(row["oldest_ma"]), float(row["youngest_ma"]), outline, row["name"])


def _outline(plate: Plate) -> str:
    simple = shapely.simplify(plate.outline, _TOLERANCE, preserve_topology=True)
    rings = [simple.exterior, *simple.interiors]
    return ";".join(",".join(f"{x:.2f} {y:.2f}" for x, y in ring.coords) for ring in rings)


def _write(file: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = ["\t".join(row) for row in (headings, *rows)]
    unfinished = file.with_suffix(".part")
    unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    unfinished.replace(file)
