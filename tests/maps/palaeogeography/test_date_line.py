"""`maps.palaeogeography.date_line`: outlines of the sphere on a flat map."""

import numpy as np
import pytest
import shapely

from maps.palaeogeography.date_line import along_great_circles, on_the_map


def area(parts: list[shapely.Polygon]) -> float:
    return float(sum(part.area for part in parts))


@pytest.mark.parametrize("ring", [
    [(170, 0), (-170, 0), (-170, 10), (170, 10)],
    [(170, 0), (190, 0), (190, 10), (170, 10)],
])  # fmt: skip
def test_a_square_over_the_date_line_is_parted(ring: list[tuple[float, float]]) -> None:
    parts = on_the_map(shapely.Polygon(ring))
    assert sorted((round(part.bounds[0]), round(part.bounds[2])) for part in parts) == [(-180, -170), (170, 180)]
    assert area(parts) == pytest.approx(200, rel=0.02)


def test_a_ring_around_a_pole_holds_it() -> None:
    south = on_the_map(shapely.Polygon([(x, -70) for x in (-120, 0, 120)]))
    assert {shapely.union_all(south).covers(shapely.Point(x, -89)) for x in (-179, 0, 179)} == {True}
    assert not shapely.union_all(south).covers(shapely.Point(0, 80))


def test_a_hole_stays_a_hole() -> None:
    outer, hole = [(170, -20), (-160, -20), (-160, 20), (170, 20)], [(175, -5), (-175, -5), (-175, 5), (175, 5)]
    whole = shapely.union_all(on_the_map(shapely.Polygon(outer, [hole])))
    assert [whole.covers(shapely.Point(x, 0)) for x in (178, -178, 172, -170)] == [False, False, True, True]


def test_what_was_cut_already_is_left_alone() -> None:
    whole = shapely.box(-180, -90, 180, -60)
    assert area(on_the_map(whole)) == pytest.approx(whole.area)


def test_edges_follow_great_circles() -> None:
    line = along_great_circles(np.array([[0.0, 50.0], [90.0, 50.0]]))
    assert line[:, 1].max() == pytest.approx(
        np.degrees(np.arctan(np.tan(np.radians(50)) / np.cos(np.pi / 4))), abs=0.05
    )
    assert len(along_great_circles(np.array([[0.0, 0.0], [1.0, 0.0]]))) == 2
