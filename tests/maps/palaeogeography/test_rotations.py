"""`maps.palaeogeography.rotations`: turning the sphere, and finding a rotation along a plate circuit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.palaeogeography.rotations import Pole, Rotations, multiply, slerp, turn, turn_each


def pole(
    plate: int, fixed: int, age: float, latitude: float = 90.0, longitude: float = 0.0, angle: float = 0.0
) -> Pole:
    return Pole(plate, fixed, age, latitude, longitude, angle)


def moved(rotations: Rotations, plate: int, age: float, longitude: float, latitude: float) -> list[float]:
    rotation = rotations.of(plate, age)
    assert rotation is not None
    turned: list[float] = turn(np.array([[longitude, latitude]]), rotation)[0].tolist()
    return turned


def test_about_the_pole_longitudes_shift() -> None:
    rotations = Rotations([pole(1, 0, 0), pole(1, 0, 100, angle=40)])
    assert moved(rotations, 1, 100, 10, 30) == pytest.approx([50, 30])
    assert moved(rotations, 1, 25, 175, -30) == pytest.approx([-175, -30])
    assert rotations.of(1, 101) is None
    assert rotations.of(2, 0) is None


def test_about_a_point_on_the_equator() -> None:
    rotations = Rotations([pole(1, 0, 0), pole(1, 0, 10, latitude=0, longitude=0, angle=90)])
    assert moved(rotations, 1, 10, 90, 0)[1] == pytest.approx(90, abs=1e-5)
    assert moved(rotations, 1, 10, 0, 0) == pytest.approx([0, 0], abs=1e-9)


def test_a_circuit_and_a_crossover() -> None:
    rotations = Rotations(
        [pole(1, 0, 0), pole(1, 0, 100, angle=10), pole(2, 1, 0), pole(2, 1, 50, angle=20), pole(2, 0, 50, angle=25), pole(2, 0, 100, angle=60)]
    )  # fmt: skip
    assert moved(rotations, 2, 40, 0, 0) == pytest.approx([20, 0])
    assert moved(rotations, 2, 75, 0, 0) == pytest.approx([42.5, 0])
    assert moved(rotations, 2, 50, 0, 0) == pytest.approx([25, 0]), "where two sequences meet, the later one counts"


def test_a_circuit_that_leads_nowhere_gives_nothing() -> None:
    assert Rotations([pole(1, 2, 0), pole(2, 1, 0)]).of(1, 0) is None


angles = st.floats(-180, 180)
poles = st.tuples(st.floats(-90, 90), angles, angles)
places = st.tuples(angles, st.floats(-89, 89))


def far(one: np.ndarray, other: np.ndarray) -> float:
    (a, b), (c, d) = np.radians(one), np.radians(other)
    haversine = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(min(1.0, haversine))))


@given(poles, places, places)
def test_distances_are_kept_and_the_way_back_leads_home(drawn: tuple[float, ...], one: tuple[float, float], other: tuple[float, float]) -> None:  # fmt: skip
    latitude, longitude, angle = drawn
    there = pole(1, 0, 1, latitude, longitude, angle).quaternion
    back = pole(1, 0, 1, latitude, longitude, -angle).quaternion
    points = np.array([one, other])
    turned = turn(points, there)
    assert far(turned[0], turned[1]) == pytest.approx(far(points[0], points[1]), abs=1e-5)
    assert far(turn(turned, back)[0], points[0]) == pytest.approx(0, abs=1e-5)
    assert far(turn(points, multiply(back, there))[0], points[0]) == pytest.approx(0, abs=1e-5)


@given(poles, st.floats(0, 1))
def test_half_way_is_half_the_angle(drawn: tuple[float, ...], share: float) -> None:
    latitude, longitude, angle = drawn
    whole = pole(1, 0, 1, latitude, longitude, angle).quaternion
    part = pole(1, 0, 1, latitude, longitude, angle * share).quaternion
    point = np.array([[10.0, 20.0]])
    assert far(turn(point, slerp((1.0, 0.0, 0.0, 0.0), whole, share))[0], turn(point, part)[0]) < 1e-4


def test_many_ages_at_once_are_as_each_alone() -> None:
    rotations = Rotations(
        [pole(1, 0, 0), pole(1, 0, 100, latitude=40, longitude=20, angle=70), pole(2, 1, 0), pole(2, 1, 50, angle=20), pole(2, 0, 50, angle=25), pole(2, 0, 80, latitude=10, angle=60), pole(3, 4, 0), pole(4, 3, 0)]
    )  # fmt: skip
    ages = np.array([0.0, 10.0, 49.9, 50.0, 65.0, 80.0, 90.0])
    for plate in (1, 2, 3, 5, 0):
        alone = [rotations.of(plate, age) or (np.nan,) * 4 for age in ages.tolist()]
        assert rotations.at(plate, ages) == pytest.approx(np.array(alone), abs=1e-12, nan_ok=True)


def test_each_point_turned_by_its_own_rotation() -> None:
    points = np.array([[10.0, 20.0], [-170.0, -80.0], [0.0, 90.0]])
    quaternions = [pole(1, 0, 1, 30 * n, 50 * n, 77 * n).quaternion for n in range(1, 4)]
    alone = [turn(points[[n]], quaternions[n])[0].tolist() for n in range(3)]
    assert turn_each(points, np.array(quaternions)) == pytest.approx(np.array(alone))
