"""How many taxa were found in each part of the Earth, and how much of that is how hard people looked.

The Earth is laid out in cells of equal area. Of each: how many finds (the sampling), how many taxa (raw), and how many taxa were to be expected
had only `quota` finds been made there (rarefied), which makes cells comparable.

References
----------
Hurlbert, S. H. 1971. The nonconcept of species diversity: a critique and alternative parameters. Ecology 52: 577-586. doi:10.2307/1934145
"""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import folium
import geopandas
import numpy as np
import numpy.typing as npt
import shapely

from catalogue.searching.census import Numbers
from maps.basemap import Script
from maps.localities import WGS84
from maps.located import Found
from maps.ranges_on_earth import EQUAL_AREA, cells_of

What: TypeAlias = Literal["finds", "taxa", "rarefied"]
CELL_KM = 500.0
QUOTA = 5
_SHADES = ("#f7e7c3", "#eec07b", "#dd8f4b", "#bb5b31", "#7f2f22")
"""From few to many; they differ in lightness too, so that they can be told apart without colour."""


def rarefied(counts: Sequence[int], quota: int) -> float | None:
    """How many taxa to expect among `quota` finds drawn from all.

    Parameters
    ----------
    counts : sequence of int
        Finds of each taxon.
    quota : int
        At least 1.

    Returns
    -------
    float or None
        None where fewer finds than that were made: nothing is made up.

    Notes
    -----
    ``E(S_m) = Σ (1 − C(N − N_i, m) / C(N, m))``, Hurlbert 1971, equation 6.
    """
    total = sum(counts)
    if quota < 1:
        raise ValueError(f"the quota is {quota}; it must be at least 1.")
    if total < quota:
        return None
    expected = math.fsum(1 - math.comb(total - count, quota) / math.comb(total, quota) for count in counts)
    return round(expected, 9)  # so that equal numbers are equal


def richness(found: geopandas.GeoDataFrame, cell_km: float = CELL_KM, quota: int = QUOTA) -> geopandas.GeoDataFrame:
    """The cells that hold finds.

    Parameters
    ----------
    found : GeoDataFrame
        As `maps.localities.finds` gives it.
    cell_km : float
        Side of a cell, in km at 30 degrees north and south; every cell has this area.
    quota : int

    Returns
    -------
    GeoDataFrame
        Boxes in degrees WGS84, with `finds`, `taxa` and `rarefied` (NaN below the quota).
    """
    _names, taxa = np.unique(found["taxon"].to_numpy(str), return_inverse=True)
    return _in_cells(found.geometry, np.arange(len(found)), taxa, cell_km, quota)


def richness_of(found: Found, cell_km: float = CELL_KM, quota: int = QUOTA) -> geopandas.GeoDataFrame:
    """The same for what a map found, of any number; withheld sites are as coarse here as on the map."""
    sites, at = np.unique(found.site, return_inverse=True)
    places = geopandas.points_from_xy(found.sites.longitudes[sites], found.sites.latitudes[sites])
    column = found.census.coded["taxon"]
    _names, taxa = np.unique([str(genus or name) for name, genus, *_ in column.values], return_inverse=True)
    return _in_cells(geopandas.GeoSeries(places, crs=WGS84), at, taxa[column.codes[found.places]], cell_km, quota)


def _in_cells(
    places: geopandas.GeoSeries, at: Numbers, taxa: Numbers, cell_km: float, quota: int
) -> geopandas.GeoDataFrame:
    """The cells of places; `at` and `taxa` have for each find the number of its place and that of its taxon."""
    if places.empty:
        return geopandas.GeoDataFrame({"finds": [], "taxa": [], "rarefied": []}, geometry=[], crs=WGS84)
    cells, cell = np.unique(cells_of(places, cell_km), axis=0, return_inverse=True)
    kinds = int(taxa.max()) + 1
    pairs, counts = np.unique(cell.ravel()[at] * kinds + taxa, return_counts=True)
    of_each = np.split(counts, np.searchsorted(pairs // kinds, np.arange(1, len(cells))))
    expected = [rarefied(some.tolist(), quota) for some in of_each]
    numbers = {
        "finds": [int(some.sum()) for some in of_each],
        "taxa": [len(some) for some in of_each],
        "rarefied": np.array(expected, float),  # None becomes NaN
    }
    boxes = [_box(int(column), int(row), cell_km) for column, row in cells]
    return geopandas.GeoDataFrame(numbers, geometry=boxes, crs=EQUAL_AREA).to_crs(WGS84)


def richness_layer(
    cells: geopandas.GeoDataFrame,
    what: What,
    words: Mapping[str, str] | None = None,
    name: str = "richness",
    west: float = -180.0,
    **drawing: object,
) -> folium.FeatureGroup:
    """The cells as a layer for a map of Folium; a cell's numbers show where one points at it.

    Parameters
    ----------
    cells : GeoDataFrame
        As `richness` gives it.
    what : str
        What the shade stands for.
    words : mapping of str to str, optional
        Words for ``finds``, ``taxa`` and ``rarefied`` in the reader's language.
    west : float
        Longitude of the left edge of the map; boxes west of it are drawn at its other end.
    **drawing
        Where to take the reader (`go`) and an outline (`area`), as for `maps.periods.points_layer`.
    """
    layer = folium.FeatureGroup(name=name, control=False)
    said = {key: (words or {}).get(key) or key for key in ("finds", "taxa", "rarefied") if key in cells}
    known = cells[cells[what].notna()]
    bounds = steps(known[what].tolist())
    for numbers, box in zip(known.drop(columns="geometry").to_dict("records"), known.geometry, strict=True):
        left, south, right, north = box.bounds
        turn = 360.0 if (left + right) / 2 < west else 0.0
        shown = "; ".join(f"{said[key]}: {written(numbers[key])}" for key in said if numbers[key] == numbers[key])
        layer.add_child(
            folium.Rectangle(
                [[south, left + turn], [north, right + turn]],
                weight=0.6,
                color="#6b5a45",
                fill=True,
                fill_color=_SHADES[shade(numbers[what], bounds)],
                fill_opacity=0.75,
                tooltip=shown,
            )
        )
    if drawing:
        layer.add_child(Script("wishes", {key: value for key, value in drawing.items() if value is not None}))
    return layer


def counted_layer(
    places: geopandas.GeoSeries,
    finds: npt.NDArray[np.int64],
    words: Mapping[str, str] | None = None,
    *,
    cell_km: float = CELL_KM,
    west: float = -180.0,
) -> folium.FeatureGroup:
    """Finds counted in cells, as a layer; for any number of places.

    Parameters
    ----------
    places : GeoSeries
        In degrees WGS84.
    finds : array of int
        How many each place has.
    """
    layer = folium.FeatureGroup(control=False)
    if places.empty:
        return layer
    cells, which = np.unique(cells_of(places, cell_km), axis=0, return_inverse=True)
    counts = np.bincount(which.ravel(), weights=finds)
    boxes = [_box(int(column), int(row), cell_km) for column, row in cells]
    table = geopandas.GeoDataFrame({"finds": counts}, geometry=boxes, crs=EQUAL_AREA).to_crs(WGS84)
    return richness_layer(table, "finds", {"finds": (words or {}).get("finds", "finds")}, west=west)


def steps(values: Sequence[float]) -> list[float]:
    """Where one shade ends and the next begins: a fifth of the cells in each, as far as their numbers differ."""
    return sorted({float(value) for value in np.quantile(values, (0.2, 0.4, 0.6, 0.8))}) if values else []


def shade(value: float, bounds: Sequence[float]) -> int:
    """The number of the shade of a value, light first."""
    return sum(value > bound for bound in bounds)


def legend(values: Sequence[float]) -> list[tuple[str, float, float]]:
    """The shades that a map of these values uses, each with its least and greatest value."""
    bounds = steps(values)
    groups: dict[int, list[float]] = {}
    for value in values:
        groups.setdefault(shade(value, bounds), []).append(value)
    return [(_SHADES[number], min(some), max(some)) for number, some in sorted(groups.items())]


def written(value: float) -> str:
    """A whole number as it is, another one to three figures."""
    return f"{value:,.0f}" if value == int(value) else f"{value:.3g}"


def _box(column: int, row: int, cell_km: float) -> shapely.Polygon:
    """A cell; those at the date line and the poles end there."""
    side = cell_km * 1000
    width, height = _half_of_the_map()
    return shapely.box(
        max(column * side, -width), max(row * side, -height), min((column + 1) * side, width), min((row + 1) * side, height)
    )  # fmt: skip


def _half_of_the_map() -> tuple[float, float]:
    corner = geopandas.GeoSeries([shapely.Point(180, 90)], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    return float(corner.x), float(corner.y)
