"""The outlines of the countries as plain shapes, read without GeoPandas.

A program that only asks where places lie, such as an import, is spared the hundred megabytes of pandas, GeoPandas and GDAL. The file is
Natural Earth's at 1:110 million, from the copy that pyogrio brings along.

References
----------
Natural Earth, 1:110m Cultural Vectors, public domain.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapefile
import shapely
from babel.core import get_global

_BESIDE = Path("tests", "fixtures", "naturalearth_lowres", "naturalearth_lowres.shp")
_UNCODED = {"France": "FR", "Norway": "NO", "N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}


@dataclass(frozen=True, eq=False)
class Outlines:
    """Countries, each with its ground.

    Parameters
    ----------
    codes : array of str
        ISO alpha-2; blank for ground without one.
    shapes : array of Geometry
        Polygons and multipolygons, degrees WGS84.
    """

    codes: npt.NDArray[np.str_]
    shapes: npt.NDArray[np.object_]

    @cached_property
    def boxes(self) -> shapely.STRtree:
        """An index of the shapes."""
        return shapely.STRtree(self.shapes)


def installed() -> Path:
    """Where the file is, if it is installed; found without loading pyogrio, which would bring GDAL and GeoPandas along."""
    found = find_spec("pyogrio")
    return Path(found.origin if found and found.origin else "pyogrio").parent / _BESIDE


def read(file: Path) -> Outlines | None:
    """The countries of a shapefile with Natural Earth's columns; None where it is missing."""
    if not file.exists():
        return None
    codes, shapes = [], []
    with shapefile.Reader(file) as reader:
        for one in reader.iterShapeRecords(fields=["name", "iso_a3"]):
            codes.append(_alpha_2(one.record["iso_a3"], one.record["name"]))
            shapes.append(shapely.geometry.shape(one.shape.__geo_interface__))
    return Outlines(np.array(codes), np.array(shapes, np.object_))


def _alpha_2(iso: str, name: str) -> str:
    if name in _UNCODED:
        return _UNCODED[name]
    aliases = get_global("territory_aliases").get(iso, ())
    return str(aliases[0]) if aliases else ""
