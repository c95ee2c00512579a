"""`maps.places`: land without borders, and doubts about coordinates."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from maps import places


@pytest.fixture
def no_outlines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine on which the outlines of Natural Earth are not installed."""
    cached = (places.countries, places.land, places.land_json, places._outline_of, places.known_centres)
    for function in cached:
        function.cache_clear()
    monkeypatch.setattr(places, "COUNTRIES", tmp_path / "missing.shp")
    yield
    for function in cached:
        function.cache_clear()


def doubts(latitude: float, longitude: float, code: str = "") -> list[str]:
    return [str(doubt) for doubt in places.check_place(latitude, longitude, code)]


def test_land_has_no_borders_within_a_continent() -> None:
    land = places.land()
    assert land is not None
    lufeng_to_lhasa = land[land.intersects(shapely.LineString([(102.1, 25.1), (91.1, 29.6)]))]
    assert len(lufeng_to_lhasa) == 1
    americas = land.cx[-100:-99, 40:41]
    assert len(americas.clip((-100, 25, -99, 60)).geometry.iloc[0].interiors) == 0, "the border of the USA is gone"


def test_land_is_valid_and_as_large_as_the_land_of_the_earth() -> None:
    land = places.land()
    assert land is not None
    assert land.is_valid.all()
    square_kilometres = land.to_crs("ESRI:54034").area.sum() / 1e6
    assert 144e6 < square_kilometres < 150e6


def test_land_as_json_is_small_and_the_same_land() -> None:
    text, land = places.land_json(), places.land()
    assert text is not None and land is not None
    assert len(text) < 25_000
    walked = [
        np.cumsum(np.reshape(numbers(ring), (-1, 2)), axis=0) / 100 for rings in json.loads(text) for ring in rings
    ]
    corners = [shapely.get_coordinates(ring) for shape in land.geometry for ring in (shape.exterior, *shape.interiors)]
    assert np.abs(np.concatenate(walked) - np.concatenate(corners)).max() < 1e-9


def numbers(encoded: str) -> list[int]:
    """The numbers of an encoded polyline, by its published description."""
    read, number, bits = [], 0, 0
    for letter in encoded:
        number |= (ord(letter) - 63 & 31) << bits
        bits += 5
        if ord(letter) - 63 < 32:
            read.append(~(number >> 1) if number & 1 else number >> 1)
            number = bits = 0
    return read


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (25.1, 102.1, "CN"),
        (46.6, -107.0, "US"),
        (47.0, 3.0, "FR"),
        (61.0, 8.5, "NO"),
        (-38.9, -69.0, "AR"),
        (0.0, -30.0, None),
    ],
)
def test_country_at(latitude: float, longitude: float, code: str | None) -> None:
    assert places.country_at(latitude, longitude) == code


def test_every_country_of_the_outlines_has_a_code() -> None:
    outlines = places.countries()
    assert outlines is not None
    assert [code for code in outlines.codes.tolist() if not re.fullmatch("[A-Z]{2}", code)] == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (25.1, 102.1, "CN"),
        (25.1, 102.1, "cn"),
        (25.1, 102.1, ""),
        (50.7, -1.3, "GB"),  # the Isle of Wight is missing from the outlines
        (4.0, -53.0, "GF"),
        (78.2, 15.6, "SJ"),
        (66.0, -179.0, "RU"),  # east of the date line
        (-49.3, 69.3, "TF"),
        (7.5, 134.5, "PW"),  # a country that the outlines do not hold
        (25.1, 102.1, "QQ"),
    ],
)
def test_a_place_in_its_country_raises_no_doubt(latitude: float, longitude: float, code: str) -> None:
    assert doubts(latitude, longitude, code) == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "codes"),
    [
        (23.7, 121.0, "TW CN"),
        (45.2, 34.2, "UA RU"),
        (24.0, -13.5, "EH MA"),
        (42.6, 20.9, "XK RS"),
        (35.3, 33.5, "CY TR"),
        (10.0, 45.0, "SO"),
        (-51.7, -59.0, "FK AR GB"),
        (34.3, 76.0, "IN PK"),
        (28.0, 94.5, "IN CN"),
        (32.0, 35.2, "PS IL"),
    ],
)
def test_contested_ground_raises_no_doubt_for_any_side(latitude: float, longitude: float, codes: str) -> None:
    assert [doubts(latitude, longitude, code) for code in codes.split()] == [[] for _ in codes.split()]


@pytest.mark.parametrize(
    ("latitude", "longitude", "code", "expected"),
    [
        (0, 0, "CN", ["Latitude 0, longitude 0 lies in the Gulf of Guinea; it often stands for “unknown”."]),
        (24.5, 24.5, "", ["Latitude and longitude are the same, 24.5. Was one typed twice?"]),
        (102.1, 25.1, "CN", ["Latitude 102.1 is not on the Earth. Are latitude and longitude swapped?"]),
        (
            10,
            999,
            "CN",
            [
                "Latitude 10, longitude 999 is not on the Earth: latitude runs from −90 to 90, longitude from −180 to 180."
            ],
        ),
        (
            46.6,
            107.0,
            "US",
            ["The coordinates lie about 5100 km outside the stated country (US). Are east and west mixed up?"],
        ),
        (
            38.9,
            -69.0,
            "AR",
            ["The coordinates lie about 6800 km outside the stated country (AR). Are north and south mixed up?"],
        ),
        (
            35.0,
            40.0,
            "KE",
            ["The coordinates lie about 3300 km outside the stated country (KE)."],
        ),
        (
            -0.7,
            -90.5,
            "EC",
            [
                "The coordinates lie in the sea, about 1100 km from the stated country (EC). "
                "Small islands are missing from our outlines."
            ],
        ),
    ],
)
def test_doubts_name_what_may_be_wrong(latitude: float, longitude: float, code: str, expected: list[str]) -> None:
    assert doubts(latitude, longitude, code) == expected


def test_distance_agrees_with_the_meridian_and_crosses_the_date_line() -> None:
    island = shapely.box(179.0, -0.5, 180.0, 0.5)
    assert places._distance_km(island, 0.2, 179.3) == 0
    assert places._distance_km(island, 90.0, 0.0) == pytest.approx(89.5 * 111.195, abs=1)
    assert places._distance_km(island, 0.5, -179.0) == pytest.approx(111.195, abs=0.1)


@pytest.mark.usefixtures("no_outlines")
def test_without_the_outlines_there_is_no_land_and_no_doubt_about_countries() -> None:
    assert places.land() is None
    assert places.land_json() is None
    assert places.country_at(25.1, 102.1) is None
    assert doubts(25.1, -102.1, "CN") == []
    assert len(doubts(0, 0, "CN")) == 1
