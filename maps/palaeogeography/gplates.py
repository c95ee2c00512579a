"""Read plate models as GPlates has them: a rotation file and plate polygons as GeoJSON.

The same reader serves the two models that ship with Bonebed, when their tables are compiled, and models that a museum adds.

References
----------
GPlates user manual, rotation files (PLATES4): https://www.gplates.org/docs/
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from catalogue.messages import message
from maps.errors import MapError
from maps.palaeogeography.models import Plate
from maps.palaeogeography.rotations import Pole

_LINE = re.compile(r"^\s*(\d+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(\d+)")
_NOTES = 999
"""Lines of this plate are notes in files of the PLATES format."""
_KEYS = ("pid", "PLATEID1", "plate_id", "reconstruction_plate_id")


def read_rotations(file: Path) -> list[Pole]:
    """The poles of a rotation file, in its order; those of the future are left out.

    Raises
    ------
    MapError
        When the file cannot be opened or holds no rotation, or a line is not one: its number is given.
    """
    poles = []
    for number, line in enumerate(_text(file).splitlines(), 1):
        if not line.split("!")[0].strip() or line.lstrip().startswith(("#", ">", "@")):
            continue
        match = _LINE.match(line)
        if match is None:
            raise MapError(message("{file}, line {number} is not a rotation.", file=file.name, number=number))
        plate, fixed = int(match[1]), int(match[6])
        age, latitude, longitude, angle = (float(match[at]) for at in range(2, 6))
        if plate != _NOTES and age >= 0:
            poles.append(Pole(plate, fixed, age, latitude, longitude, angle))
    if not poles:
        raise MapError(message("{file} holds no rotation.", file=file.name))
    return poles


def read_plates(file: Path) -> list[Plate]:
    """The plates of a GeoJSON file, cut at the date line.

    Raises
    ------
    MapError
        When it cannot be read as such, or no plate has a key.
    """
    try:
        features = json.loads(_text(file))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise MapError(message("{file} is no GeoJSON with features.", file=file.name)) from error
    plates = [plate for feature in features for plate in _pieces(feature)]
    if not plates:
        raise MapError(message("{file} holds no polygon with the key of a plate (PLATEID1).", file=file.name))
    return plates


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise MapError(message("{file} cannot be opened: {why}.", file=file.name, why=error.strerror)) from error


def _pieces(feature: dict[str, Any]) -> Iterator[Plate]:
    said = feature.get("properties") or {}
    key = next((int(said[name]) for name in _KEYS if said.get(name) is not None), None)
    geometry = shapely.geometry.shape(feature["geometry"]) if feature.get("geometry") else None
    if key is None or geometry is None or geometry.is_empty:
        return
    oldest, youngest = _age(said.get("from", said.get("FROMAGE"))), _age(said.get("to", said.get("TOAGE")))
    name = str(said.get("name") or said.get("NAME") or "")
    for outline in shapely.get_parts(shapely.make_valid(geometry)):
        if isinstance(outline, shapely.Polygon):
            yield Plate(key, oldest, youngest, outline, name)


def _age(value: object) -> float:
    age = float(value) if isinstance(value, int | float) else math.inf
    return 9999.0 if math.isinf(age) else age
