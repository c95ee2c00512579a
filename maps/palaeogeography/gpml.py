"""Read polygons and rotations of GPlates' own format: GPML, and the same packed (GPMLZ).

References
----------
GPlates Markup Language: https://www.gplates.org/docs/gpgim/
"""

import gzip
import math
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from catalogue.messages import Message, message
from maps.errors import MapError
from maps.palaeogeography.rotations import Pole

Feature: TypeAlias = tuple[shapely.Geometry | None, Mapping[Any, Any]]
Taken = TypeVar("Taken")
GPML = (".gpml", ".gpmlz")
NOTES = 999
"""What is said of this plate are notes, in files that came from the PLATES format."""
_SEQUENCE = "TotalReconstructionSequence"
_FEATURES = "{http://www.opengis.net/gml}featureMember"


def read_gpml(file: Path) -> list[Feature]:
    """The polygons of a file: of each its shape, and `pid`, `from`, `to` and `name`.

    Raises
    ------
    MapError
        When it cannot be opened or is no GPML; a broken line is named.
    """
    unreadable = message("{file} is no file of polygons that can be read.", file=file.name)
    features = _read(file, unreadable, lambda member: [(_shape(member), _said(member))])
    return [feature for feature in features if feature[0] is not None]


def read_gpml_rotations(file: Path) -> list[Pole]:
    """The rotations of a file, sequence by sequence; empty where it holds none. Those that are disabled, and of the future, are left out.

    Raises
    ------
    MapError
        When it cannot be opened or is no GPML, or a rotation lacks a pole, an angle, an age or a plate.
    """
    unreadable = message("{file} holds a rotation that cannot be read.", file=file.name)
    return _read(
        file, unreadable, lambda member: [pole for one in member.iter() if _is(one, _SEQUENCE) for pole in _poles(one)]
    )


def _read(file: Path, unreadable: Message, taken: Callable[[Element], list[Taken]]) -> list[Taken]:
    """What is taken from the features of a file, one feature after another."""
    found: list[Taken] = []
    try:
        with gzip.open(file) if file.suffix == ".gpmlz" else file.open("rb") as opened:
            for _, element in iterparse(opened, events=("end",)):
                if element.tag == _FEATURES:
                    found += taken(element)
                    element.clear()
    except ParseError as error:
        raise MapError(
            message("{file}, line {number} is not GPML.", file=file.name, number=error.position[0])
        ) from error
    except (OSError, EOFError, zlib.error, DefusedXmlException, ValueError) as error:
        raise MapError(unreadable) from error
    return found


def _said(feature: Element) -> Mapping[Any, Any]:
    return {
        "pid": _first_number(feature, "reconstructionPlateId", "value"),
        "from": _time(feature, "begin"),
        "to": _time(feature, "end"),
        "name": next((found.text or "" for found in feature.iterfind(".//{http://www.opengis.net/gml}name")), ""),
    }


def _poles(sequence: Element) -> Iterator[Pole]:
    """The poles of a sequence; GPlates writes latitude before longitude, and degrees."""
    plate, fixed = (_first_number(sequence, f"{which}ReferenceFrame", "value") for which in ("moving", "fixed"))
    if plate is None or fixed is None:
        raise ValueError("a sequence without its plates")
    for sample in (element for element in sequence.iter() if _is(element, "TimeSample")):
        age = float(_text(sample, "timePosition"))
        if age < 0 or plate == NOTES or _text(sample, "isDisabled", "false").strip() in ("true", "1"):
            continue
        if any(_is(element, "ZeroFiniteRotation") for element in sample.iter()):
            yield Pole(plate, fixed, age, 90.0, 0.0, 0.0)
            continue
        latitude, longitude = (float(number) for number in _text(sample, "pos").split())
        angle = float(_text(sample, "angle"))
        if not (abs(latitude) <= 90 and math.isfinite(longitude + angle + age)):
            raise ValueError("a pole that is not on the Earth")
        yield Pole(plate, fixed, age, latitude, longitude, angle)


def _text(element: Element, name: str, otherwise: str = "") -> str:
    """The text of the first part of that name, or of what it holds."""
    found = next((part for part in element.iter() if _is(part, name)), None)
    return otherwise if found is None else "".join(found.itertext())


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
