"""`maps.centres`: coordinates that stand in for an unknown place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.facts import read_facts, references
from maps import centres, places
from maps.centres import NEAR_KM, distances_km

LATITUDES = st.floats(-89.0, 89.0)
LONGITUDES = st.floats(-180.0, 180.0)


def doubts(latitude: float, longitude: float, code: str = "") -> list[str]:
    return [str(doubt) for doubt in places.check_place(latitude, longitude, code)]


def naive_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, as it is printed."""
    (phi, lam), (phi_, lam_) = ((math.radians(angle) for angle in point) for point in (one, other))
    half = math.sin((phi_ - phi) / 2) ** 2 + math.cos(phi) * math.cos(phi_) * math.sin((lam_ - lam) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


@pytest.mark.parametrize("row", read_facts("places/country_centres.tsv"), ids=lambda row: row["country_code"])
def test_the_centre_of_a_country_is_doubted_and_lies_in_it(row: dict[str, str]) -> None:
    latitude, longitude, code = float(row["latitude"]), float(row["longitude"]), row["country_code"]
    said = doubts(latitude, longitude, code)
    assert [f"({code})" in one and "< 0.1 km from the centre of a country" in one for one in said] == [True]
    assert row["reference"] in references()


def test_the_doubt_says_what_to_do() -> None:
    assert doubts(35.0, 105.0, "CN") == [
        "The coordinates lie < 0.1 km from the centre of a country (CN), as if only the country were known. "
        "If so, leave them blank; if the site lies there, say how uncertain they are."
    ]
    assert doubts(35.0, 105.0) == doubts(35.0, 105.0, "CN"), "without a stated country all are looked at"


def test_the_centre_of_the_outlines_is_doubted_too() -> None:
    mongolia = places.known_centres()["MN"]
    assert len(mongolia) == 2
    latitude, longitude = mongolia[1]
    assert 46 < latitude < 48
    assert len(doubts(latitude, longitude, "MN")) == 1


def test_a_museum_is_doubted_by_its_name() -> None:
    assert doubts(40.781, -73.974, "US") == [
        "The coordinates lie < 0.1 km from a museum (American Museum of Natural History, New York). Are they those of the "
        "collection? Write where it was found; if it was found there, all is well."
    ]


def test_museums_lie_on_the_earth_and_name_their_source_or_nothing() -> None:
    for row in read_facts("museums.tsv"):
        assert bool(row["latitude"]) == bool(row["longitude"]) == bool(row["source"]), row
        if row["latitude"]:
            assert places.country_at(float(row["latitude"]), float(row["longitude"])) is not None


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distances_agree_with_the_formula_and_with_the_way_back(
    north: float, east: float, north_: float, east_: float
) -> None:
    there = float(distances_km(np.array([(east_, north_)]), north, east)[0])
    assert there == pytest.approx(naive_km((north, east), (north_, east_)), abs=1e-3)
    assert there == pytest.approx(float(distances_km(np.array([(east, north)]), north_, east_)[0]), abs=1e-6)


@given(st.floats(0, 360), st.floats(0, 5))
def test_near_a_museum_means_within_a_kilometre(bearing: float, kilometres: float) -> None:
    latitude, longitude = 29.3989, 104.8261
    turn, length = math.radians(bearing), kilometres / 111.195
    place = (
        latitude + length * math.cos(turn),
        longitude + length * math.sin(turn) / math.cos(math.radians(latitude)),
    )
    near = naive_km((latitude, longitude), place) <= NEAR_KM
    assert any("Zigong Dinosaur Museum" in one for one in doubts(*place, "CN")) == near


@given(LATITUDES, LONGITUDES)
def test_any_place_of_the_earth_can_be_asked_about(latitude: float, longitude: float) -> None:
    for doubt in centres.doubts(latitude, longitude, "", places.known_centres()):
        assert " km from " in str(doubt)
