"""Read polygons of GPlates' own format: GPML, and the same packed (GPMLZ).

References
----------
GPlates Markup Language: https://www.gplates.org/docs/gpgim/
"""

import gzip
import math
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from catalogue.messages import message
from maps.errors import MapError

Feature: TypeAlias = tuple[shapely.Geometry | None, Mapping[Any, Any]]
GPML = (".gpml", ".gpmlz")
_FEATURES = "{http://www.opengis.net/gml}featureMember"


def read_gpml(file: Path) -> list[Feature]:
    """The polygons of a file: of each its shape, and `pid`, `from`, `to` and `name`.

    Raises
    ------
    MapError
        When it cannot be opened or is no GPML; a broken line is named.
    """
    try:
        with gzip.open(file) if file.suffix == ".gpmlz" else file.open("rb") as opened:
            return [feature for feature in _features(opened) if feature[0] is not None]
    except ParseError as error:
        raise MapError(
            message("{file}, line {number} is not GPML.", file=file.name, number=error.position[0])
        ) from error
    except (OSError, EOFError, zlib.error, DefusedXmlException, ValueError) as error:
        raise MapError(message("{file} is no file of polygons that can be read.", file=file.name)) from error


def _features(opened: Any) -> Iterator[Feature]:
    for _, element in iterparse(opened, events=("end",)):
        if element.tag == _FEATURES:
            yield (
                _shape(element),
                {
                    "pid": _first_number(element, "reconstructionPlateId", "value"),
                    "from": _time(element, "begin"),
                    "to": _time(element, "end"),
                    "name": next(
                        (found.text or "" for found in element.iterfind(".//{http://www.opengis.net/gml}name")), ""
                    ),
                },
            )
            element.clear()


def _shape(feature: Element) -> shapely.Geometry | None:
    polygons = [shape for polygon in feature.iter() if _is(polygon, "Polygon") and (shape := _polygon(polygon))]
    return shapely.MultiPolygon(polygons) if polygons else None


def _polygon(polygon: Element) -> shapely.Polygon | None:
    outer = [_ring(ring) for part in polygon.iter() if _is(part, "exterior") for ring in part.iter() if _is(ring, "posList")]  # fmt: skip
    inner = [_ring(ring) for part in polygon.iter() if _is(part, "interior") for ring in part.iter() if _is(ring, "posList")]  # fmt: skip
    return shapely.Polygon(outer[0], inner) if outer else None


def _ring(positions: Element) -> list[tuple[float, float]]:
    """Latitudes come first in GML."""
    numbers = [float(text) for text in (positions.text or "").split()]
    return list(zip(numbers[1::2], numbers[::2], strict=True))


def _time(feature: Element, which: str) -> float:
    for element in feature.iter():
        if _is(element, which):
            text = next((found.text or "" for found in element.iter() if _is(found, "timePosition")), "")
            return math.inf if "distant" in text else float(text)
    return math.inf


def _first_number(feature: Element, inside: str, name: str) -> int | None:
    for element in feature.iter():
        if _is(element, inside):
            return next((int(found.text or "") for found in element.iter() if _is(found, name)), None)
    return None


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name
