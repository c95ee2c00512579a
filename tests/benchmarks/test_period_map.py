"""How fast the layer of finds is built, beside two ways of Folium's own.

Run with ``python -m pytest -m benchmark -s tests/benchmarks/test_period_map.py``.
"""

from collections.abc import Callable
from time import perf_counter

import folium
import pytest
from folium.plugins import FastMarkerCluster

from maps.periods import MapPoint, period_map, points_layer

pytestmark = pytest.mark.benchmark

POINTS = [
    MapPoint(
        f"find:{number}", -50 + number % 120, -170 + (number * 7) % 340, f"Find {number}", "Lufeng", own=number % 3 == 0
    )
    for number in range(10_000)
]


def seconds(build: Callable[[], str]) -> tuple[float, str]:
    """The best of three runs, and what was built."""
    best, built = float("inf"), ""
    for _ in range(3):
        start = perf_counter()
        built = build()
        best = min(best, perf_counter() - start)
    return best, built


def ours(points: list[MapPoint]) -> str:
    drawn = period_map()
    points_layer(points, color="#34B2C9").add_to(drawn)
    return str(drawn.get_root().render())


def fast_marker_cluster(points: list[MapPoint]) -> str:
    drawn = period_map()
    rows = [[p.latitude, p.longitude, p.occurrence_id, p.title, p.subtitle, p.color, p.own, p.href] for p in points]
    FastMarkerCluster(rows).add_to(drawn)
    return str(drawn.get_root().render())


def circle_markers(points: list[MapPoint]) -> str:
    drawn = period_map()
    for p in points:
        folium.CircleMarker([p.latitude, p.longitude], radius=5, tooltip=p.title, popup=p.subtitle).add_to(drawn)
    return str(drawn.get_root().render())


def test_layer_of_ten_thousand_finds() -> None:
    own, page = seconds(lambda: ours(POINTS))
    fast, _ = seconds(lambda: fast_marker_cluster(POINTS))
    loop, _ = seconds(lambda: circle_markers(POINTS[:1000]))
    print(
        f"\n10,000 finds in {own * 1000:.0f} ms; FastMarkerCluster {fast * 1000:.0f} ms ({fast / own:.1f} times as long)"
    )
    print(f"1,000 CircleMarkers {loop * 1000:.0f} ms: a find takes {loop * 10 / own:.0f} times as long as ours")
    assert page.count('"find:') == len(POINTS)
