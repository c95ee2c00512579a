"""Outlines from files: one is read whatever wraps it, and what is none is told."""

import json

import pytest

from catalogue.searching.area import InvalidArea
from screens.parts.map_area import outline_of

RING = [[100, 20], [110, 20], [110, 30], [100, 20]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}


@pytest.mark.parametrize(
    "thing",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "Feature", "geometry": POLYGON, "properties": {}},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON}]},
        {"type": "GeometryCollection", "geometries": [POLYGON]},
    ],
)
def test_one_outline_is_read(thing: object) -> None:
    assert str(outline_of(json.dumps(thing).encode())) == "100,20;110,20;110,30"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no GeoJSON"),
        (b"[]", "no GeoJSON"),
        (b'{"type": "Point", "coordinates": [1, 2]}', "no GeoJSON"),
        (b'{"type": "Polygon", "coordinates": [[["a", 2]]]}', "no GeoJSON"),
        (b'{"type": "FeatureCollection", "features": 3}', "no GeoJSON"),
        (b" " * 1_000_001, "larger than"),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}).encode(), "holds 2 outlines"),
        (json.dumps({"type": "Polygon", "coordinates": [RING, RING]}).encode(), "with holes"),
        (b'{"type": "Polygon", "coordinates": [[[0,0],[10,10],[10,0],[0,10],[0,0]]]}', "crosses itself"),
        (b'{"type": "Polygon", "coordinates": [[[25,102],[26,102],[26,103],[25,102]]]}', "swapped"),
    ],
)
def test_what_is_none_is_told(content: bytes, why: str) -> None:
    with pytest.raises(InvalidArea, match=why):
        outline_of(content)
