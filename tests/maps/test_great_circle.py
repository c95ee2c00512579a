"""`maps.great_circle`: arcs that anyone can reckon, over the date line and the poles too."""

import numpy as np
import pytest

from maps.great_circle import angles


@pytest.mark.parametrize(
    ("one", "other", "degrees"),
    [
        ((0, 0), (90, 0), 90),
        ((0, 0), (180, 0), 180),
        ((179, 0), (-179, 0), 2),
        ((10, 89), (-170, 89), 2),
        ((30, 20), (30, 20), 0),
    ],
)
def test_an_arc(one: tuple[float, float], other: tuple[float, float], degrees: float) -> None:
    found = angles(np.array([one], np.float64), np.array([other], np.float64))
    assert np.degrees(found) == pytest.approx([degrees], abs=1e-6)


def test_one_point_stands_beside_many() -> None:
    many = np.array([[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]])
    assert np.degrees(angles(many, np.array([[0.0, 0.0]]))) == pytest.approx([0, 90, 90])
