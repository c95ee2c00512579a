"""`maps.palaeogeography.models`: where places lay, against the GPlates Web Service; and never a place that is not known.

Set ``BONEBED_REFERENCE_VALUES`` to the folder of `palaeocoordinates_grid.csv` to check all 480 of its places.
"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from maps.errors import MapError
from maps.palaeogeography.models import BUILT_IN, NO_PLATE, PlateModel, built_in_model

LUFENG = [102.08, 25.17]


def positions(key: str, points: list[list[float]], ages: list[float]):  # type: ignore[no-untyped-def]
    return built_in_model(key).positions(np.array(points), ages)


@pytest.mark.parametrize(
    ("key", "age", "place", "expected"),
    [
        ("paleomap", 69.0, [-32.5, 81.5], [5.0059, 69.0766]),
        ("paleomap", 69.0, [50.5, 80.5], [34.0226, 73.1233]),
        ("paleomap", 69.0, [-63.5, 80.5], [-7.9442, 71.2457]),
    ],
)
def test_places_of_the_gplates_web_service(key: str, age: float, place: list[float], expected: list[float]) -> None:
    found = positions(key, [place], [age])[0]
    assert [found.longitude, found.latitude] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("key", BUILT_IN)
def test_today_a_place_is_where_it_is(key: str) -> None:
    found = positions(key, [LUFENG], [0.0])[0]
    assert [found.longitude, found.latitude] == pytest.approx(LUFENG)


@pytest.mark.parametrize("key", BUILT_IN)
def test_lufeng_lay_north_of_the_equator_in_the_early_jurassic(key: str) -> None:
    found = positions(key, [LUFENG], [195.0])[0]
    assert found.known
    assert 0 < found.latitude < 45


def test_each_point_has_an_age_of_its_own() -> None:
    one, other = positions("paleomap", [LUFENG, LUFENG], [0.0, 195.0])
    assert one.longitude != other.longitude
    assert one.plate == other.plate


@pytest.mark.parametrize(
    ("key", "place", "age", "why"),
    [
        ("paleomap", LUFENG, 5000.0, "reaches from today to 1100 Ma; 5000 Ma is outside"),
        ("paleomap", LUFENG, -1.0, "outside of that"),
        ("wright2013", [-140.0, 0.0], 100.0, "lies on no plate of Wright et al. 2013"),
        ("wright2013", [174.5, 68.5], 187.0, "formed 180 million years ago"),
        ("paleomap", [0.0, 90.0], 100.0, "has that ground for today alone, and not for 100 Ma"),
    ],
)
def test_what_is_not_known_is_said_and_has_no_place(key: str, place: list[float], age: float, why: str) -> None:
    found = positions(key, [place], [age])[0]
    assert (found.longitude, found.latitude, found.known) == (None, None, False)
    assert why in str(found.why_not)


@pytest.mark.parametrize("place", [[181.0, 0.0], [0.0, 91.0], [float("nan"), 0.0]])
def test_what_is_no_place_is_refused(place: list[float]) -> None:
    with pytest.raises(MapError, match="no place on the Earth"):
        positions("paleomap", [LUFENG, place], [0.0, 0.0])


@pytest.mark.parametrize("key", BUILT_IN)
def test_poles_and_the_date_line(key: str) -> None:
    model: PlateModel = built_in_model(key)
    found = model.positions(np.array([[0.0, -90.0], [180.0, 68.0], [-180.0, 68.0]]), [100.0] * 3)
    assert found[0].plate != NO_PLATE
    assert found[1].latitude == pytest.approx(found[2].latitude, abs=0.01)


_FOLDER = os.environ.get("BONEBED_REFERENCE_VALUES")


@pytest.mark.skipif(not _FOLDER, reason="the reference values are not here")
@pytest.mark.parametrize(("theirs", "ours"), [("PALEOMAP", "paleomap"), ("GOLONKA", "wright2013")])
def test_every_place_of_the_reference_grid(theirs: str, ours: str) -> None:
    with (Path(str(_FOLDER)) / "palaeocoordinates_grid.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["model"] == theirs]
    found = positions(ours, [[float(row["lng"]), float(row["lat"])] for row in rows], [float(row["age_ma"]) for row in rows])  # fmt: skip
    assert len(rows) == 240
    for row, position in zip(rows, found, strict=True):
        if row["p_lng"]:
            assert [position.longitude, position.latitude] == pytest.approx([float(row["p_lng"]), float(row["p_lat"])], abs=1e-3)  # fmt: skip
        else:
            assert not position.known
