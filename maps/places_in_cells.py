"""Very many finds for the two Earths, then and now: those of one cell, on one plate and of one epoch are one, and know their number.

A cell that two plates share becomes two places, for they part as time moves. Epochs are those of the chart; a find that may belong to two
stands in the narrowest unit that holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catalogue.geological_time import AgeRange, Interval, timescale
from catalogue.searching.census import Numbers
from maps.located import Floats, Found
from maps.palaeogeography.models import PlateModel
from maps.ranges_on_earth import keys_of_cells
from maps.tally import numbered

CELL_KM = 500.0


@dataclass(frozen=True)
class CellPlace:
    """A cell, or the part of it that lies on one piece of a plate.

    Parameters
    ----------
    longitude, latitude : float
        The middle of its finds, in degrees.
    west, south, east, north : float
        The box around them.
    counts : tuple of (Interval or None, int)
        How many of its finds are of each unit, old to young; None for those that no unit holds.
    """

    longitude: float
    latitude: float
    west: float
    south: float
    east: float
    north: float
    counts: tuple[tuple[Interval | None, int], ...]


def places_in_cells(found: Found, model: PlateModel, cell_km: float = CELL_KM) -> list[CellPlace]:
    """The finds in cells; every find that has coordinates is counted once."""
    key = ("places in cells", model.key, cell_km)
    if key not in found.kept:
        found.kept[key] = _counted(found, model, cell_km)
    known: list[CellPlace] = found.kept[key]
    return known


def _counted(found: Found, model: PlateModel, cell_km: float) -> list[CellPlace]:
    sites, at = numbered(found.site)
    if not len(sites):
        return []
    points = np.stack([found.sites.longitudes[sites], found.sites.latitudes[sites]], axis=1)
    keys = keys_of_cells(points, cell_km) * (len(model.plates) + 2) + model.pieces_at(points) + 1
    place = numbered(keys)[1]
    units, unit_of = _units(found)
    return _places(points, place, place[at], units, unit_of)


def _units(found: Found) -> tuple[list[Interval | None], Numbers]:
    """The epochs or wider units of the finds, old to young, and for each find the number of its own."""
    chart, column = timescale(), found.census.coded["age"]
    of_age = [_epoch(chart.narrowest(AgeRange(*age))) for age in column.values]
    named = {unit.name: unit for unit in of_age if unit}
    units: list[Interval | None] = [
        *sorted(named.values(), key=lambda unit: (-unit.span.max_ma, unit.span.min_ma)),
        None,
    ]
    number = {unit.name: at for at, unit in enumerate(units) if unit}
    lookup = np.array([number[unit.name] if unit else len(units) - 1 for unit in of_age] or [0], np.int64)
    return units, lookup[column.codes[found.places]]


def _epoch(unit: Interval | None) -> Interval | None:
    if unit is None or unit.rank != "age":
        return unit
    return next((wider for wider in timescale().lineage(unit) if wider.rank != "age"), unit)


def _places(
    points: Floats, place: Numbers, place_of: Numbers, units: Sequence[Interval | None], unit_of: Numbers
) -> list[CellPlace]:
    number = int(place.max()) + 1
    counts = np.bincount(place_of * len(units) + unit_of, minlength=number * len(units)).reshape(number, len(units))
    each = np.bincount(place, minlength=number)
    middles = np.stack([np.bincount(place, weights=along, minlength=number) / each for along in points.T], axis=1)
    low, high = np.full((number, 2), np.inf), np.full((number, 2), -np.inf)
    np.minimum.at(low, place, points)
    np.maximum.at(high, place, points)
    listed = [tuple((units[at], row[at]) for at in range(len(units)) if row[at]) for row in counts.tolist()]
    numbers = zip(middles.tolist(), low.tolist(), high.tolist(), listed, strict=True)
    return [CellPlace(x, y, west, south, east, north, of_it) for (x, y), (west, south), (east, north), of_it in numbers]
