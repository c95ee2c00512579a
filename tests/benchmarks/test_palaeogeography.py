"""Palaeocoordinates and palaeomaps beside pygplates, on the same plates and machine, and how far we are from the GPlates Web Service.

Run with ``python -m pytest -m benchmark -n 0 -s tests/benchmarks/test_palaeogeography.py``. pygplates (GPL-2, 240 MB) is not among the
requirements; where it is installed (``pip install pygplates==1.0.0``) it is asked too. It gets fewer points and counts for each.
"""

import csv
import importlib
import json
import math
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from maps.ancient import ancient_layer
from maps.localities import distances_km
from maps.palaeogeography import carried
from maps.palaeogeography.frames import frames_of
from maps.palaeogeography.models import BUILT_IN, PlateModel, built_in_model
from tests.benchmarks.sizes import rounds, sized

pytestmark = pytest.mark.benchmark
POINTS, OF_PEER = sized(1_000_000, 20_000), 20_000
GRID = Path(os.environ.get("BONEBED_REFERENCE_VALUES") or Path(__file__).resolve().parents[3] / "shared/data/reference") / "palaeocoordinates_grid.csv"  # fmt: skip
THEIRS = {"paleomap": "PALEOMAP", "wright2013": "GOLONKA"}


def computing(work: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the processor, which a busy machine does not make longer."""
    taken = []
    for _ in range(rounds(runs)):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    taken = []
    for _ in range(rounds(runs)):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def anywhere(count: int) -> Any:
    random = np.random.default_rng(1)
    return np.stack([random.uniform(-180, 180, count), np.degrees(np.arcsin(random.uniform(-1, 1, count)))], axis=1)


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_million_points_at_one_age(key: str, tmp_path: Path) -> None:
    model, points = built_in_model(key), anywhere(POINTS)
    model.place(points, np.full(POINTS, 99.0))  # draws the picture of the plates, once
    ours = seconds(lambda: model.place(points, np.full(POINTS, 100.0)))
    alone = computing(lambda: model.place(points, np.full(POINTS, 100.0)))
    ages = np.random.default_rng(2).uniform(0, 252, POINTS)
    print(f"\n{key}: {POINTS:,} points at one age {ours:.2f} s ({alone:.2f} s of computing), each at its own age {seconds(lambda: model.place(points, ages), 1):.2f} s")  # fmt: skip
    peer = Peer.of(model, tmp_path)
    if peer is None:
        return
    some = points[:OF_PEER]
    theirs = seconds(lambda: peer.positions(some, 100.0), 1)
    print(
        f"pygplates: {OF_PEER:,} points {theirs:.2f} s; for each point {theirs / OF_PEER / (ours / POINTS):.0f}× ours"
    )
    apart = []
    placed = model.place(some, np.full(OF_PEER, 100.0))
    for (longitude, latitude), known, found in zip(placed.points.tolist(), placed.known.tolist(), peer.positions(some, 100.0), strict=True):  # fmt: skip
        if known and found is not None:
            apart.append(float(distances_km(np.array([[longitude, latitude]]), np.array([found]))[0]) / 111.195)
    print(f"both place {len(apart):,}; farther apart than 0.01°: {sum(one > 0.01 for one in apart)}")


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_map_of_a_new_age_and_of_a_known_one(key: str) -> None:
    model = built_in_model(key)
    carried.land_pieces.cache_clear()
    cut = seconds(lambda: carried.land_pieces(model), 1)
    ages = iter(range(60, 240, 7))
    new = computing(lambda: ancient_layer([], model, float(next(ages)), borders=True, plates=True), 9)
    known = computing(lambda: ancient_layer([], model, 60.0, borders=True, plates=True), 9)
    frames_of.cache_clear()
    print(f"\n{key}: land cut once {cut * 1000:.0f} ms; computing for a new age {new * 1000:.0f} ms, for a known one {known * 1000:.1f} ms; frames of all ages {seconds(lambda: frames_of(model), 1):.2f} s, {len(frames_of(model).content) / 1000:.0f} kB")  # fmt: skip


@pytest.mark.skipif(not GRID.exists(), reason="the reference values are not here")
def test_errors_by_model_and_age() -> None:
    with GRID.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print(
        f"\n{'model':12} {'Ma':>5} {'places':>7} {'both':>6} {'neither':>8} {'one only':>9} {'median °':>10} {'greatest °':>11}"
    )
    for key, theirs in THEIRS.items():
        for age in sorted({float(row["age_ma"]) for row in rows if row["model"] == theirs}):
            asked = [row for row in rows if row["model"] == theirs and float(row["age_ma"]) == age]
            points = np.array([[float(row["lng"]), float(row["lat"])] for row in asked])
            found = built_in_model(key).place(points, np.full(len(asked), age))
            wanted = np.array([[float(row["p_lng"] or "nan"), float(row["p_lat"] or "nan")] for row in asked])
            known, there = found.known, np.isfinite(wanted[:, 0])
            both = known & there
            apart = distances_km(found.points[both], wanted[both]) / 111.195
            print(f"{key:12} {age:5g} {len(asked):7} {both.sum():6} {(~known & ~there).sum():8} {(known != there).sum():9} {np.median(apart):10.5f} {apart.max():11.5f}")  # fmt: skip
            assert (known == there).all()
            assert apart.max() < 0.001


class Peer:
    """pygplates with the plates of one of our models."""

    def __init__(self, library: Any, model: PlateModel, folder: Path) -> None:
        self._library = library
        rotations = folder / "model.rot"
        rotations.write_text("".join(
            f"{pole.plate} {pole.age_ma} {pole.latitude} {pole.longitude} {pole.angle} {pole.fixed} !\n"
            for sequences in model.rotations._sequences.values() for sequence in sequences for pole in sequence
        ))  # fmt: skip
        features = [
            {"type": "Feature", "properties": {"PLATEID1": plate.plate, "FROMAGE": plate.oldest_ma, "TOAGE": -999.0}, "geometry": json.loads(shapely.to_geojson(plate.outline))}
            for plate in model.plates
        ]  # fmt: skip
        polygons = folder / "plates.geojson"
        polygons.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        self._rotations = library.RotationModel(str(rotations))
        self._partitioner = library.PlatePartitioner(str(polygons), self._rotations)

    @classmethod
    def of(cls, model: PlateModel, folder: Path) -> "Peer | None":
        try:
            return cls(importlib.import_module("pygplates"), model, folder)
        except ImportError:
            print("pygplates is not installed.")
            return None

    def positions(self, points: Any, age: float) -> list[list[float] | None]:
        """Longitude and latitude of each point at an age; None where pygplates has none."""
        found: list[list[float] | None] = []
        for longitude, latitude in points.tolist():
            point = self._library.PointOnSphere(latitude, longitude)
            plate = self._partitioner.partition_point(point)
            feature = None if plate is None else plate.get_feature()
            if feature is None or feature.get_valid_time()[0] < age:
                found.append(None)
                continue
            moved = self._rotations.get_rotation(age, feature.get_reconstruction_plate_id()) * point
            north, east = moved.to_lat_lon()
            found.append([east, north] if math.isfinite(east) else None)
        return found
