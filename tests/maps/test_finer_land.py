"""`maps.finer_land`: the land of a square, closed along its edges, and served under a name that changes with it."""

import json

import numpy as np
import pytest
import shapely

from maps import assets, finer_land, places
from maps.encoded_lines import encoded


def decoded(text: str, per_degree: int) -> list[tuple[float, float]]:
    numbers, number, shift = [], 0, 0
    for letter in text:
        number |= ((ord(letter) - 63) & 31) << shift
        shift += 5
        if ord(letter) - 63 < 32:
            numbers.append(~(number >> 1) if number & 1 else number >> 1)
            number, shift = 0, 0
    corners = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0) / per_degree
    return [(x, y) for x, y in corners.tolist()]


def land_of(west: int, south: int) -> shapely.Geometry:
    given = json.loads(finer_land.square(west, south) or "{}")
    rings = [[decoded(ring, finer_land.PER_DEGREE) for ring in polygon] for polygon in given["land"]]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(outer, holes)) for outer, *holes in rings])


def test_steps_lead_from_corner_to_corner() -> None:
    line = np.array([(-179.999, 0.0), (12.345, -67.891), (12.345, 90.0)])
    assert decoded(encoded(line, 1000), 1000) == [tuple(corner) for corner in line.tolist()]


def test_a_square_holds_the_land_within_it_and_no_other() -> None:
    sea_and_land = land_of(110, 20)
    assert sea_and_land.bounds[0] >= 110 and sea_and_land.bounds[2] <= 120
    assert sea_and_land.covers(shapely.Point(114.1, 22.6))  # Shenzhen
    assert not sea_and_land.covers(shapely.Point(116.0, 21.0))  # the South China Sea
    coarse = places.land()
    assert coarse is not None
    of_square = shapely.clip_by_rect(coarse.union_all(), 110, 20, 120, 30)
    assert shapely.intersection(sea_and_land, of_square).area > 0.97 * sea_and_land.area
    assert shapely.get_num_coordinates(sea_and_land) > 10 * shapely.get_num_coordinates(of_square)


def test_neighbours_meet_at_their_edge() -> None:
    edge = shapely.LineString([(110, 10), (110, 20)])
    west, east = (shapely.intersection(land_of(at, 10), edge).length for at in (100, 110))
    assert west == pytest.approx(east, abs=0.02) and west > 0.5  # Hainan


def test_borders_are_lines_between_countries_inside_the_square() -> None:
    borders = [
        decoded(line, finer_land.PER_DEGREE) for line in json.loads(finer_land.square(100, 20) or "{}")["borders"]
    ]
    corners = [corner for line in borders for corner in line]
    assert min(abs(x - 101.7) + abs(y - 21.2) for x, y in corners) < 0.3  # China, Laos
    assert not any(all(x == 100 for x, _ in line) for line in borders)


def test_the_sea_has_no_land_and_outside_the_earth_there_is_no_square() -> None:
    assert finer_land.square(-40, 40) == '{"land":[],"borders":[],"towns":[]}'
    assert finer_land.square(180, 0) is None
    assert finer_land.square(105, 20) is None


def test_squares_are_served_under_the_name_of_their_edition_alone() -> None:
    begins = (assets.squares_url() or "").rsplit("/", 1)[-1]
    found = assets.asset(f"{begins}_100_20.json")
    assert found is not None and found[0] == "application/json"
    assert found[1].decode() == finer_land.square(100, 20)
    assert assets.asset("land-other_100_20.json") is None
    assert assets.asset(f"{begins}_100_25.json") is None


def test_without_the_package_the_map_keeps_its_coarse_land(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finer_land, "find_spec", lambda name: None)
    finer_land.edition.cache_clear()
    assert assets.squares_url() is None
    finer_land.edition.cache_clear()
