"""`maps.palaeogeography.outlines`: the fast way and the slow way give the same answer."""

import numpy as np
import pytest
import shapely

from maps.palaeogeography import outlines
from maps.palaeogeography.models import BUILT_IN, built_in_model
from maps.palaeogeography.outlines import NOWHERE, Outlines


def test_where_outlines_overlap_the_first_one_has_the_point() -> None:
    two = Outlines([shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)])
    assert two.compared(np.array([[7.0, 5.0], [12.0, 5.0], [20.0, 5.0]])).tolist() == [0, 1, NOWHERE]
    assert Outlines([]).first_at(np.array([[7.0, 5.0]])).tolist() == [NOWHERE]


@pytest.mark.parametrize("key", BUILT_IN)
def test_many_points_are_looked_up_as_few_are_compared(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    points = np.stack([random.uniform(-180, 180, 20_000), random.uniform(-90, 90, 20_000)], axis=1)
    corners = np.array([[x, y] for x in (-179.9, 179.9) for y in (-90.0, -75.0, 90.0)])
    every = np.vstack([points, corners])
    of_model = built_in_model(key).outlines
    slowly = of_model.compared(every)
    monkeypatch.setattr(outlines, "MANY", 0)
    assert of_model.first_at(every).tolist() == slowly.tolist()


def test_a_hole_belongs_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "MANY", 0)
    ring = Outlines([shapely.box(0, 0, 20, 20) - shapely.box(5, 5, 15, 15)])
    assert ring.first_at(np.array([[10.0, 10.0], [2.0, 2.0]])).tolist() == [NOWHERE, 0]
