"""Very many finds: whatever is gathered, the numbers add up; a slow count by hand is the oracle."""

import re
from collections import Counter
from math import hypot

import numpy as np
import pytest
from sqlalchemy import Engine

from catalogue.database import reading, writing
from catalogue.geological_time import timescale
from catalogue.records import OWN, Specimen
from catalogue.rights import VISITOR
from catalogue.searching.census import Numbers
from catalogue.searching.query import Query
from maps import formations, gathering, hexagons, latitude_density, localities, located, richness
from maps.located import Found, Window
from maps.palaeogeography.models import built_in_model
from maps.places_in_cells import places_in_cells
from tests.benchmarks import worlds

WORLD = Window(-170, -85, 190, 85, 2)
N = 600


@pytest.fixture
def records(database: Engine) -> list[Specimen]:
    listed = [*worlds.specimens_of_a_world(N)]
    alike = [0, 1, 2, 3]  # four finds at one place, and one at each pole, on both sides of the date line, and nowhere
    from dataclasses import replace

    for at in alike:
        listed[at] = replace(listed[at], decimal_latitude=25.1, decimal_longitude=102.1, formation="Lufeng")
    for at, (latitude, longitude) in enumerate([(90.0, 0.0), (-90.0, 10.0), (5.0, 180.0), (5.0, -180.0)], start=10):
        listed[at] = replace(listed[at], decimal_latitude=latitude, decimal_longitude=longitude)
    listed[20] = replace(listed[20], decimal_latitude=None, decimal_longitude=None)
    with writing(database) as connection:
        worlds.write(connection, listed)
    return listed


@pytest.fixture
def found(database: Engine, records: list[Specimen]) -> Found:
    with reading(database) as connection:
        return located.find(connection, Query(), VISITOR)


def one_class(found: Found) -> Numbers:
    return np.zeros(len(found.census), np.int64)


def test_cells_are_those_that_the_records_give(found: Found, records: list[Specimen]) -> None:
    counted, slowly = richness.richness_of(found), richness.richness(localities.finds(records))
    assert counted["finds"].sum() == len(found)
    columns = ["finds", "taxa", "rarefied"]
    numbers = [sorted(map(str, table[columns].to_numpy().round(6).tolist())) for table in (counted, slowly)]
    assert numbers[0] == numbers[1]


def test_places_in_cells_count_each_find_once_and_each_by_its_epoch(found: Found, records: list[Specimen]) -> None:
    model = built_in_model("paleomap")
    cells = places_in_cells(found, model)
    counted = Counter[str]()
    for cell in cells:
        assert cell.west - 1e-9 <= cell.longitude <= cell.east + 1e-9
        counted.update({unit.name if unit else "": count for unit, count in cell.counts})
    assert sum(counted.values()) == len(found) and len(cells) < len(found)
    triassic = [one for one in records if one.has_place and one.max_ma <= 252 and one.min_ma >= 201.4]
    assert sum(count for name, count in counted.items() if "Triassic" in name) == len(triassic)


def test_latitudes_through_time_count_each_find_where_the_model_puts_it(found: Found, records: list[Specimen]) -> None:
    model, other = built_in_model("paleomap"), built_in_model("wright2013")
    counted = latitude_density.density(found, model, other)
    placed = [one for one in records if one.has_place]
    points = np.array([(one.decimal_longitude, one.decimal_latitude) for one in placed])
    middles = [(one.max_ma + one.min_ma) / 2 for one in placed]
    slowly = [at.latitude for at in model.positions(points, middles)]
    assert counted.lost == slowly.count(None)
    for part in counted.parts:
        within = [
            part.span.min_ma <= middle < part.span.max_ma and part.south <= at < part.south + latitude_density.BELT
            for middle, at in zip(middles, slowly, strict=True)
            if at is not None
        ]
        assert sum(within) == part.finds
    assert sum(part.finds for part in counted.parts) == len(found) - counted.lost
    assert 0 < counted.apart < counted.most_apart
    words = {"title": "T", "equator": "E", "north": "N", "south": "S", "finds": "{n} finds", "ma": "Ma"}
    drawn = latitude_density.density_plot(counted, timescale(), words)
    shades = latitude_density.steps(counted)
    for part in counted.parts:
        shade = next(at for at, (low, high) in enumerate(shades, 1) if low <= part.finds <= high)
        assert re.search(rf'class="shade-{shade}"[^>]*><title>{re.escape(latitude_density.told(part, words))}<', drawn)


def test_what_is_drawn_and_what_has_no_place(found: Found) -> None:
    assert (found.total, len(found)) == (N, N - 1)
    assert len(np.unique(found.site)) == N - 1 - 3


@pytest.mark.parametrize("zoom", [1, 2, 3, 4])
def test_numbers_of_bubbles_add_up_on_the_whole_map(found: Found, zoom: int) -> None:
    across, groups = gathering.bubbles(found, Window(-170, -85, 190, 85, zoom), one_class(found))
    assert sum(group.count for group in groups) == N - 1
    assert sum(group.sites for group in groups) == N - 4
    for group in groups:
        assert len(gathering.ids_in_cells(found, across, group.cells)) == group.count


def test_bubbles_of_a_window_hold_all_that_it_shows(found: Found, records: list[Specimen]) -> None:
    window = Window(90, 0, 150, 50, 4)
    across, groups = gathering.bubbles(found, window, one_class(found))
    shown = len(located.in_window(found, window))
    by_hand = sum(
        1
        for one in records
        if one.has_place and 90 <= (one.decimal_longitude or 0) <= 150 and 0 <= (one.decimal_latitude or 0) <= 50
    )
    assert shown == by_hand <= sum(group.count for group in groups)
    assert max(Counter(cell for group in groups for cell in group.cells).values()) == 1
    assert across == 64


def test_a_bubble_has_the_class_and_the_mark_of_its_finds(found: Found) -> None:
    column = found.census.coded["basis_of_record"]
    own = np.array([value == OWN for value in column.values])[column.codes].astype(np.int64)
    _, dots = gathering.dots(found, WORLD, own)
    assert all(dot.own == bool(dot.color) for dot in dots if dot.count == 1)
    assert max(dot.count for dot in dots) == 4


def test_very_many_dots_share_one_and_lose_no_find(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_DOTS", 200)
    across, dots = gathering.dots(found, WORLD, one_class(found))
    assert across and len(dots) <= 200
    assert sum(dot.count for dot in dots) == N - 1


def test_each_find_lies_in_its_nearest_hexagon(found: Found) -> None:
    counted = hexagons.hexagons(found, WORLD)
    assert sum(count for _, _, count, _ in counted) == N - 1
    world = gathering.TILE * 2**WORLD.zoom
    middles = [(located.x_of(np.array(x)) * world, located.y_of(np.array(y)) * world) for x, y, _, _ in counted]
    nearest: Counter[int] = Counter()
    for site in found.site.tolist():
        x, y = found.sites.x[site] * world, found.sites.y[site] * world
        far = [min(abs(x - a), world - abs(x - a)) ** 2 + (y - b) ** 2 for a, b in middles]
        nearest[int(np.argmin(far))] += 1
    differing = sum(abs(nearest[at] - count) for at, (_, _, count, _) in enumerate(counted))
    assert differing <= 4  # on an edge, or at the seam of the map


def test_the_whole_earth_counted_at_once_tells_the_same_as_a_window(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    colors = (np.arange(len(found.census)) % 3).astype(np.int64)
    windows = [WORLD, Window(90, 0, 150, 50, 4), Window(170, -60, 260, 60, 3)]
    bubbles, density = ([draw(window) for window in windows] for draw in (
        lambda window: gathering.bubbles(found, window, colors), lambda window: whole_hexagons(found, window)
    ))  # fmt: skip
    for name, module in (("MANY", gathering), ("MANY", hexagons), ("_MUCH", gathering)):
        monkeypatch.setattr(module, name, 0)
    for number, window in enumerate([*windows, *windows]):  # counted, then remembered
        assert gathering.bubbles(found, window, colors) == bubbles[number % 3]
        assert whole_hexagons(found, window) == density[number % 3]
        across, dots = gathering.dots(found, window, colors)
        cell = 360 / across
        wider = Window(window.west - cell, window.south - cell, window.east + cell, window.north + cell, window.zoom)
        assert sum(dot.count for dot in dots) <= len(located.in_window(found, wider))
    assert sum(dot.count for dot in gathering.dots(found, WORLD, colors)[1]) == N - 1


def whole_hexagons(found: Found, window: Window) -> dict[tuple[float, float], tuple[int, int]]:
    """Those with their middle in the window; at its edge a window counts parts of some."""
    counted = hexagons.hexagons(found, window)
    x, y = (located.x_of(np.array([one[0] for one in counted])), located.y_of(np.array([one[1] for one in counted])))
    inside = located.in_window_of(x, y, window).tolist()
    return {
        (round(one[0], 6), round(one[1], 6)): one[2:] for one, within in zip(counted, inside, strict=True) if within
    }


def test_the_nearest_place_is_found_over_the_date_line(found: Found) -> None:
    assert len(located.ids_at(found, 102.2, 25.2)) == 4
    assert len(located.ids_at(found, 179.999, 5.0)) == 1
    assert len(located.ids_at(found, -179.999, 5.0)) == 1


def test_a_window_over_the_date_line_shows_both_sides(found: Found) -> None:
    assert len(located.in_window(found, Window(179, 4.9, 181, 5.1, 8))) == 2
    assert len(located.in_window(found, Window(-181, 4.9, -179, 5.1, 8))) == 2
    assert len(located.in_window(found, Window(-175, -85, 185, 85, 1))) == N - 1


def test_formations_have_a_hull_and_their_number(found: Found, records: list[Specimen]) -> None:
    total, drawn = formations.formations(found, most=1000)
    by_hand = Counter(one.formation for one in records if one.has_place and one.formation)
    assert {one.name: one.count for one in drawn} == by_hand
    assert total == len(drawn) == len(by_hand)
    lufeng = next(one for one in drawn if one.name == "Lufeng")
    assert lufeng.hull == ((102.1, 25.1),)


def test_a_hull_over_the_date_line_stays_small() -> None:
    east = formations._together(np.array([179.0, -179.0, 178.0]))
    assert east.max() - east.min() == 3
    assert hypot(*(float(one) for one in east[:2] - 180)) < 2
