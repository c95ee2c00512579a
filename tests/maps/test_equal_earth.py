"""`maps.equal_earth`: the projection against its published figures, and a picture of one place at its time."""

import numpy as np
import pytest

from maps.equal_earth import HEIGHT, WIDTH, earth_with_place, projected
from maps.palaeogeography.models import built_in_model


def test_the_projection_keeps_areas() -> None:
    assert projected(np.array([[0.0, 0.0]]))[0] == pytest.approx([WIDTH / 2, HEIGHT / 2])
    assert projected(np.array([[180.0, 0.0], [-180.0, 0.0]]))[:, 0] == pytest.approx([WIDTH, 0.0], abs=0.1)
    areas = []
    for north in (0.0, 40.0, 75.0):
        corners = projected(np.array([[10, north], [11, north], [11, north + 1], [10, north + 1]]))
        x, y = corners.T
        on_sphere = np.sin(np.radians(north + 1)) - np.sin(np.radians(north))
        areas.append(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / on_sphere)
    assert areas == pytest.approx([areas[0]] * 3, rel=1e-3)


def test_the_place_is_marked_and_the_other_model_beside_it() -> None:
    way = [(100.0, 35.0), (105.0, 30.0), (110.0, 25.0)]
    drawn = earth_with_place(built_in_model("paleomap"), 190.0, way, (120.0, 35.0), '"><script>', {"title": "<b>", "equator": "Equator"})  # fmt: skip
    x, y = projected(np.array([way[1]]))[0]
    assert f'cx="{x:.1f}" cy="{y:.1f}"' in drawn
    assert drawn.count('class="other"') == drawn.count('class="apart"') == 1
    assert "<script>" not in drawn and "<b>" not in drawn
    assert len(drawn) < 60_000
    alone = earth_with_place(built_in_model("paleomap"), 190.0, way, None, "#000", {"title": "", "equator": ""})
    assert 'class="other"' not in alone
