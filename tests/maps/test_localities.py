"""`maps.localities`, `maps.ranges_on_earth` and `maps.richness`: places of finds, near ones, spans, and taxa in each cell."""

import itertools
import json
import math

import folium
import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from catalogue.records import PUBLISHED, Specimen
from maps import localities, ranges_on_earth, richness
from maps.localities import RADIUS_KM, close_pairs, distances_km, finds, nearest


def specimen(key: str, longitude: float | None, latitude: float | None, genus: str = "Lufengosaurus", locality: str = "", formation: str = "") -> Specimen:  # fmt: skip
    return Specimen(
        key, PUBLISHED, genus=genus, scientific_name=genus, decimal_longitude=longitude, decimal_latitude=latitude,
        locality=locality, formation=formation, max_ma=200.0, min_ma=190.0,
    )  # fmt: skip


def frame(*points: tuple[float, float], taxa: str = "") -> geopandas.GeoDataFrame:
    named = itertools.chain(taxa, itertools.repeat("A"))
    return finds([specimen(str(n), x, y, next(named)) for n, (x, y) in enumerate(points)])


def test_finds_at_the_same_coordinates_are_one_place() -> None:
    found = finds(
        [specimen("a", 102.0, 25.0, "A", "Dawa", "Lufeng"), specimen("b", 102.0, 25.0, "B", "Dawa Village", ""), specimen("c", 10.0, 50.0), specimen("d", None, None)]
    )  # fmt: skip
    places = localities.localities(found)
    assert places[["name", "formation", "finds", "taxa"]].values.tolist() == [["Dawa Village", "Lufeng", 2, 2], ["", "", 1, 1]]  # fmt: skip
    assert places["occurrence_ids"].tolist() == [["a", "b"], ["c"]]
    assert localities.localities(finds([])).empty


def test_the_nearest_place_may_lie_across_the_date_line() -> None:
    places = localities.localities(frame((179.5, 0.0), (-179.0, 0.0), (170.0, 0.0)))
    near = nearest(places, -179.9, 0.0, 2)
    assert near.geometry.x.tolist() == [179.5, -179.0]
    assert near["km"].tolist() == pytest.approx([0.6 * 111.195, 0.9 * 111.195], rel=1e-3)
    assert nearest(localities.localities(finds([])), 0.0, 0.0).empty


points = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=12, unique=True)


@given(points, st.sampled_from([1.0, 50.0, 500.0]), st.floats(-180, 180), st.floats(-90, 90))
def test_close_pairs_are_those_that_every_pair_measured_gives(some: list[tuple[float, float]], within: float, x: float, y: float) -> None:  # fmt: skip
    near_each_other = [(x, y), (min(180.0, x + 1.5), y), *some]
    places = frame(*near_each_other)
    array = shapely.get_coordinates(places.geometry)
    slowly = {
        (a, b)
        for a, b in itertools.combinations(range(len(array)), 2)
        if distances_km(array[[a]], array[[b]])[0] <= within
    }
    pairs = close_pairs(places, within)
    assert set(zip(pairs["one"], pairs["other"], strict=True)) == slowly
    assert pairs["km"].is_monotonic_increasing


def test_a_hull_is_as_large_on_the_date_line_as_elsewhere() -> None:
    corner = [(a * 3.0, b * 3.0) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for east, north in ((0.0, 0.0), (180.0, 0.0)):
        moved = [((x + east + 180) % 360 - 180, y + north) for x, y in corner]
        span = ranges_on_earth.span_of(frame(*moved))
        on_sphere = RADIUS_KM**2 * math.radians(6) * 2 * math.sin(math.radians(3))
        assert span.hull_km2 == pytest.approx(on_sphere, rel=0.01)
        assert (span.finds, span.places, span.why_not) == (4, 4, None)


def test_around_a_pole() -> None:
    span = ranges_on_earth.span_of(frame(*[(x, -80.0) for x in (-120.0, 0.0, 120.0)]))
    assert span.hull_km2 == pytest.approx(3 * math.sqrt(3) / 4 * (2 * RADIUS_KM * math.sin(math.radians(5))) ** 2, rel=0.01)  # fmt: skip


@pytest.mark.parametrize(
    ("places", "why"),
    [
        ([(0.0, 0.0), (1.0, 1.0)], "A hull needs 3 places; there are 2."),
        ([(0.0, 0.0)] * 5, "A hull needs 3 places; there are 1."),
        ([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], "on one line"),
        ([(0.0, 0.0), (120.0, 0.0), (-120.0, 0.0)], "all around the Earth"),
    ],
)
def test_where_there_is_no_hull_it_is_said_why(places: list[tuple[float, float]], why: str) -> None:
    span = ranges_on_earth.span_of(frame(*places))
    assert (span.hull, span.hull_km2) == (None, None)
    assert why in str(span.why_not)


def test_occupied_cells_have_equal_areas() -> None:
    found = frame((10.0, 0.0), (10.0001, 0.0001), (10.0, 75.0))
    span = ranges_on_earth.span_of(found, 50.0)
    assert (span.cells, span.occupied_km2) == (2, 5000.0)
    assert list(ranges_on_earth.spans(frame((0, 0), (1, 1), (2, 0), taxa="ABB"))) == ["B", "A"]


def by_drawing(counts: list[int], quota: int) -> float:
    """The mean number of taxa over every way to draw that many finds: slow, and beyond doubt."""
    all_finds = [taxon for taxon, count in enumerate(counts) for _ in range(count)]
    drawn = [len({all_finds[at] for at in chosen}) for chosen in itertools.combinations(range(len(all_finds)), quota)]
    return sum(drawn) / len(drawn)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(1, 5))
def test_rarefaction_is_the_mean_over_all_ways_to_draw(counts: list[int], quota: int) -> None:
    if sum(counts) < quota:
        assert richness.rarefied(counts, quota) is None
    else:
        assert richness.rarefied(counts, quota) == pytest.approx(by_drawing(counts, quota))


def test_cells_tell_sampling_from_richness() -> None:
    found = frame(*[(10.0, 10.0)] * 6, *[(100.0, 10.0)] * 2, (180.0, 0.1), taxa="AABBCCDEF")
    cells = richness.richness(found, 500.0, quota=3).sort_values("finds", ascending=False, ignore_index=True)
    assert cells[["finds", "taxa"]].values.tolist() == [[6, 3], [2, 2], [1, 1]]
    assert cells["rarefied"].tolist() == pytest.approx([2.4, np.nan, np.nan], nan_ok=True)
    assert cells.to_crs(ranges_on_earth.EQUAL_AREA).area.tolist()[:2] == pytest.approx([500_000**2] * 2, rel=1e-6)
    assert cells.geometry.iloc[2].bounds[2] <= 180.0
    assert richness.richness(finds([])).empty


def rows_of(drawn: folium.FeatureGroup) -> list[list[object]]:
    rows: list[list[object]] = json.loads(next(iter(drawn._children.values())).data)["rows"]
    return rows


def test_the_layer_says_its_numbers() -> None:
    cells = richness.richness(frame(*[(10.0, 10.0)] * 6, (100.0, 10.0), taxa="AABBCCD"), 500.0, quota=3)
    drawn = richness.richness_layer(cells, "rarefied", {"taxa": "属"})
    assert [row[4:] for row in rows_of(drawn)] == [[0, "6", "3", "2.4"]]
    assert len(rows_of(richness.richness_layer(cells, "taxa"))) == 2
    assert "属" in next(iter(drawn._children.values())).data
    assert [(low, high) for _, low, high in richness.legend(cells["finds"].tolist())] == [(1, 1), (6, 6)]
