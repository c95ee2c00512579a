"""How fast the map of finds is built and moved, beside the ways of stock Folium.

Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_period_map.py``. The number of finds of the large map is
``BONEBED_BENCHMARK_N`` (100,000 when left out; a million takes half an hour to write).
"""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import folium
import pytest
from folium.plugins import FastMarkerCluster, MarkerCluster
from sqlalchemy import Connection

from catalogue.database import open_database, reading
from catalogue.rights import VISITOR
from catalogue.searching.query import Query
from maps.located import Window
from maps.periods import MapPoint, period_map, points_layer
from screens import map_routes
from screens.words import speaking
from tests.benchmarks import worlds
from tests.benchmarks.sizes import rounds, sized

pytestmark = pytest.mark.benchmark

N = sized(100_000, 2_000, "BONEBED_BENCHMARK_N")
FEW, LOOPED = sized(10_000, 1_000), sized(1_000, 50)
POINTS = [
    MapPoint(
        f"find:{number}", -50 + number % 120, -170 + (number * 7) % 340, f"Find {number}", "Lufeng", own=number % 3 == 0
    )
    for number in range(FEW)
]
PANS = {
    "world": Window(-170, -60, 190, 80, 2),
    "continent": Window(60, 5, 140, 50, 4),
    "country": Window(95, 22, 112, 34, 6),
    "county": Window(101, 24, 103.5, 26, 9),
}


def seconds(build: Callable[[], str]) -> tuple[float, str]:
    """The computing of the best of three runs, and what was built."""
    best, built = float("inf"), ""
    for _ in range(rounds(3)):
        start = process_time()
        built = build()
        best = min(best, process_time() - start)
    return best, built


def ours(points: list[MapPoint]) -> str:
    drawn = period_map()
    points_layer(points, color="#34B2C9").add_to(drawn)
    return str(drawn.get_root().render())


def fast_marker_cluster(points: list[MapPoint]) -> str:
    drawn = period_map()
    rows = [[p.latitude, p.longitude, p.occurrence_id, p.title, p.subtitle, p.color, p.own, p.href] for p in points]
    FastMarkerCluster(rows).add_to(drawn)  # type: ignore[no-untyped-call]
    return str(drawn.get_root().render())


def marker_cluster(points: list[MapPoint]) -> str:
    drawn = period_map()
    cluster = MarkerCluster().add_to(drawn)  # type: ignore[no-untyped-call]
    for p in points:
        folium.Marker([p.latitude, p.longitude], tooltip=p.title, popup=p.subtitle).add_to(cluster)
    return str(drawn.get_root().render())


def markers(points: list[MapPoint]) -> str:
    drawn = period_map()
    for p in points:
        folium.Marker([p.latitude, p.longitude], tooltip=p.title, popup=p.subtitle).add_to(drawn)
    return str(drawn.get_root().render())


def test_layer_of_ten_thousand_finds() -> None:
    own, page = seconds(lambda: ours(POINTS))
    fast, _ = seconds(lambda: fast_marker_cluster(POINTS))
    print(f"\n{FEW:,} finds in {own * 1000:.0f} ms; FastMarkerCluster takes {fast / own:.1f} times as long")
    for name, build in (("Marker", markers), ("MarkerCluster", marker_cluster)):
        looped, _ = seconds(lambda build=build: build(POINTS[:LOOPED]))  # type: ignore[misc]
        print(f"a find by {name} takes {looped / LOOPED / (own / FEW):.0f} times as long as by ours")
    assert page.count('"find:') == len(POINTS)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A large world, on the disk for the time of the test, or the one that BONEBED_BENCHMARK_WORLD names."""
    kept = os.environ.get("BONEBED_BENCHMARK_WORLD")
    file = Path(kept) if kept else tmp_path_factory.mktemp("world") / "bonebed.sqlite3"
    engine = open_database(f"sqlite:///{file}")
    if not kept:
        worlds.fill(engine, N)
    with reading(engine) as connection:
        yield connection
    engine.dispose()


def test_moving_a_map_of_very_many_finds(large: Connection) -> None:
    with speaking("en"):
        start = perf_counter()
        whole = window(large, PANS["world"], "clusters")
        print(f"\n{whole['count']:,} finds; the first look at a new state takes {perf_counter() - start:.1f} s")
        looped, page = seconds(lambda: fast_marker_cluster(POINTS))
        stock = looped / FEW * whole["count"]
        weight = len(gzip.compress(page.encode())) / FEW * whole["count"]
        for name, pan in PANS.items():
            for layer in map_routes.LAYERS:
                taken, told = best_of_three(large, pan, layer)
                size = len(gzip.compress(json.dumps(told, separators=(",", ":")).encode()))
                print(
                    f"{name:9} {layer:8} {taken * 1000:6.0f} ms of computing, {size / 1000:6.1f} kB; "
                    f"the page of FastMarkerCluster, made once, {stock / taken:,.0f} times as long, {weight / size:,.0f} times as heavy"
                )
    bubbles: Any = whole["bubbles"]
    assert sum(bubble[2] for bubble in bubbles) + len(whole["rows"]) == whole["count"]


def window(connection: Connection, pan: Window, layer: str) -> dict[str, Any]:
    return map_routes.window_of(connection, VISITOR, Query(), pan, layer, "age")


def best_of_three(connection: Connection, pan: Window, layer: str) -> tuple[float, dict[str, Any]]:
    best, told = float("inf"), {}
    for _ in range(rounds(3)):
        start = process_time()
        told = window(connection, pan, layer)
        best = min(best, process_time() - start)
    return best, told
