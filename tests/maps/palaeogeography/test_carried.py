"""`maps.palaeogeography.carried`: land of today as it lay, none lost and none made at the date line or over a pole."""

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely

from maps.palaeogeography.carried import CarriedPiece, border_pieces, land_pieces, lines_at, polygons_at
from maps.palaeogeography.models import BUILT_IN, PlateModel, built_in_model
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Pole, Rotations


def area(rings: list[list[list[float]]]) -> float:
    """The area of a polygon on a sphere of radius 1, its edges taken as straight on the map; outer ring less the inner ones."""

    def of_ring(ring: list[list[float]]) -> float:
        longitude, latitude = np.radians(np.array(ring)).T
        fine = np.linspace(0, 1, 20, endpoint=False)
        x = np.append(np.concatenate([a + (b - a) * fine for a, b in pairwise(longitude)]), longitude[-1])  # fmt: skip
        y = np.append(np.concatenate([a + (b - a) * fine for a, b in pairwise(latitude)]), latitude[-1])  # fmt: skip
        return abs(float((np.diff(x) * (np.sin(y[:-1]) + np.sin(y[1:])) / 2).sum()))

    return of_ring(rings[0]) - sum(map(of_ring, rings[1:]))


@pytest.mark.parametrize("key", BUILT_IN)
@pytest.mark.parametrize("age", [66.0, 200.0])
def test_the_area_of_the_land_is_kept(key: str, age: float) -> None:
    model = built_in_model(key)
    pieces = land_pieces(model)
    there = [piece for piece in pieces if age <= piece.oldest_ma and model.rotations.of(piece.plate, age) is not None]
    before = sum(area(polygon) for polygon in polygons_at(model, there, 0.0))
    after = sum(area(polygon) for polygon in polygons_at(model, pieces, age))
    assert after == pytest.approx(before, rel=0.02)
    assert before > 0.8 * 4 * math.pi * 0.29 * 0.8


@pytest.mark.parametrize("key", BUILT_IN)
def test_what_is_drawn_lies_on_the_map(key: str) -> None:
    model = built_in_model(key)
    points = [point for polygon in polygons_at(model, land_pieces(model), 200.0) for ring in polygon for point in ring]
    assert {abs(x) <= 180 and abs(y) <= 90 for x, y in points} == {True}
    for line in lines_at(model, border_pieces(model), 200.0):
        assert max(abs(a[0] - b[0]) for a, b in pairwise(line)) <= 180


def turning(angle: float, oldest: float = 500.0) -> PlateModel:
    poles = [Pole(1, 0, 0.0, 90.0, 0.0, 0.0), Pole(1, 0, 100.0, 90.0, 0.0, angle)]
    plate = Plate(1, oldest, -999.0, shapely.box(-60, -60, 60, 60))
    return PlateModel(key="m", title="M", citation="", licence="", oldest_ma=100, rotations=Rotations(poles), plates=[plate])  # fmt: skip


def test_a_square_that_crosses_the_date_line_is_parted() -> None:
    model = turning(180.0)
    square = CarriedPiece(1, 500.0, shapely.orient_polygons(shapely.box(-10, 0, 10, 20)))
    parts = polygons_at(model, [square], 100.0)
    assert sorted(sorted({abs(x) for x, _ in ring}) for (ring,) in parts) == [[170.0, 180.0]] * 2
    line = CarriedPiece(1, 500.0, shapely.LineString([(-5, 0), (-2, 0), (2, 0), (5, 0)]))
    assert len(lines_at(model, [line], 100.0)) == 2


def test_ground_that_was_not_there_is_left_out() -> None:
    young = CarriedPiece(1, 50.0, shapely.orient_polygons(shapely.box(0, 0, 10, 10)))
    assert polygons_at(turning(10.0), [young], 60.0) == []
    assert len(polygons_at(turning(10.0), [young], 40.0)) == 1
    assert polygons_at(turning(10.0), [young], 400.0) == []
