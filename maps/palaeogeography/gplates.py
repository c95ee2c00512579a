"""Read plate models as GPlates has them: a rotation file, and plate polygons as GPML, shapefile, GeoPackage or GeoJSON.

Edges of outlines are arcs of great circles, as in GPlates; they are followed by short steps, and outlines are cut at the date line.
The same reader serves the two models that ship with Bonebed, when their tables are compiled, and models that a museum adds.

References
----------
GPlates user manual, rotation files (PLATES4): https://www.gplates.org/docs/
"""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from catalogue.messages import message
from maps.errors import MapError
from maps.palaeogeography.date_line import on_the_map
from maps.palaeogeography.gpml import GPML, NOTES, Feature, read_gpml, read_gpml_rotations
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole

_LINE = re.compile(r"^\s*(\d+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(\d+)")
_KEYS = ("pid", "PLATEID1", "plate_id", "reconstruction_plate_id")

_STEP = 0.5
"""Longest edge in degrees on the map: at 74° north its middle then lies 0.2 km beside the great circle, a tenth of what outlines are simplified by."""


def read_rotations(file: Path) -> list[Pole]:
    """The poles of a rotation file (``.rot`` or GPML), in its order; those of the future are left out.

    Raises
    ------
    MapError
        When the file cannot be opened, or a line of a ``.rot`` is not a rotation (its number is given), or it holds none.
    """
    if file.suffix in GPML:
        return read_gpml_rotations(file)
    poles = []
    for number, line in enumerate(_text(file).splitlines(), 1):
        if not line.split("!")[0].strip() or line.lstrip().startswith(("#", ">", "@")):
            continue
        match = _LINE.match(line)
        if match is None or abs(float(match[3])) > 90:
            raise MapError(message("{file}, line {number} is not a rotation.", file=file.name, number=number))
        plate, fixed = int(match[1]), int(match[6])
        age, latitude, longitude, angle = (float(match[at]) for at in range(2, 6))
        if plate != NOTES and age >= 0:
            poles.append(Pole(plate, fixed, age, latitude, longitude, angle))
    if not poles:
        raise MapError(message("{file} holds no rotation.", file=file.name))
    return poles


def read_plates(file: Path) -> list[Plate]:
    """The plates of a file of polygons, cut at the date line.

    Parameters
    ----------
    file : Path
        Ends in ``.geojson``, ``.json``, ``.shp``, ``.gpkg``, ``.gpml`` or ``.gpmlz``.

    Raises
    ------
    MapError
        When it cannot be read as such, or no plate has a key.
    """
    features = read_gpml(file) if file.suffix in GPML else _features(file)
    plates = [plate for geometry, said in features for plate in _pieces(file, geometry, said)]
    if not plates:
        raise MapError(message("{file} holds no polygon with the key of a plate (PLATEID1).", file=file.name))
    return plates


def _features(file: Path) -> list[Feature]:
    """The polygons of a file that GDAL reads, in degrees."""
    try:
        table = geopandas.read_file(file, engine="pyogrio")
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise MapError(message("{file} is no file of polygons that can be read.", file=file.name)) from error
    if not isinstance(table, geopandas.GeoDataFrame):
        return []
    if table.crs is not None and not table.crs.is_geographic:
        table = table.to_crs("EPSG:4326")
    return list(zip(table.geometry, table.drop(columns=table.geometry.name).to_dict("records"), strict=True))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise MapError(message("{file} cannot be opened: {why}.", file=file.name, why=error.strerror)) from error


def _pieces(file: Path, geometry: shapely.Geometry | None, said: Mapping[Any, Any]) -> Iterator[Plate]:
    key = next((int(said[name]) for name in _KEYS if _is_number(said.get(name))), None)
    if key is None or geometry is None or geometry.is_empty:
        return
    oldest, youngest = _age(said.get("from", said.get("FROMAGE"))), _age(said.get("to", said.get("TOAGE")))
    name = str(said.get("name") or said.get("NAME") or "")
    for part in shapely.get_parts(geometry):
        if isinstance(part, shapely.Polygon):
            if (
                not np.isfinite(shapely.get_coordinates(part)).all()
                or np.abs(shapely.get_coordinates(part)[:, 1]).max() > 90
            ):
                raise MapError(message("{file}: the outline of plate {plate} leaves the Earth.", file=file.name, plate=key))  # fmt: skip
            for outline in on_the_map(part, _STEP):
                yield Plate(key, oldest, youngest, outline, name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _age(value: object) -> float:
    """An age in Ma; the distant past and future are 999 or 9999 in files, or no number."""
    age = float(value) if isinstance(value, int | float) else math.inf
    return 9999.0 if not math.isfinite(age) else age
