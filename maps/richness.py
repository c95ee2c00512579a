"""How many taxa were found in each part of the Earth, and how much of that is how hard people looked.

The Earth is laid out in cells of equal area. Of each: how many finds (the sampling), how many taxa (raw), and how many taxa were to be expected
had only `quota` finds been made there (rarefied), which makes cells comparable.

References
----------
Hurlbert, S. H. 1971. The nonconcept of species diversity: a critique and alternative parameters. Ecology 52: 577-586. doi:10.2307/1934145
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, TypeAlias

import folium
import geopandas
import numpy as np
import numpy.typing as npt
import shapely

from catalogue.searching.census import Numbers
from maps.basemap import Script
from maps.localities import WGS84
from maps.located import Floats, Found
from maps.ranges_on_earth import EQUAL_AREA, cells_of_keys, keys_of_cells
from maps.tally import numbered, ramp

What: TypeAlias = Literal["finds", "taxa", "rarefied"]
CELL_KM = 500.0
QUOTA = 5


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
    places = shapely.get_coordinates(found.geometry.to_numpy()).reshape(-1, 2)
    return _in_cells(places, np.arange(len(found)), taxa, cell_km, quota)


def richness_of(found: Found, cell_km: float = CELL_KM, quota: int = QUOTA) -> geopandas.GeoDataFrame:
    """The same for what a map found, of any number; withheld sites are as coarse here as on the map."""
    sites, at = numbered(found.site)
    places = np.stack([found.sites.longitudes[sites], found.sites.latitudes[sites]], axis=1)
    column = found.census.coded["taxon"]
    _names, taxa = np.unique([str(genus or name) for name, genus, *_ in column.values], return_inverse=True)
    return _in_cells(places, at, taxa[column.codes[found.places]], cell_km, quota)


def _in_cells(places: Floats, at: Numbers, taxa: Numbers, cell_km: float, quota: int) -> geopandas.GeoDataFrame:
    """The cells of places; `at` and `taxa` have for each find the number of its place and that of its taxon."""
    if not len(places):
        return geopandas.GeoDataFrame({"finds": [], "taxa": [], "rarefied": []}, geometry=[], crs=WGS84)
    cells, cell = _cells(places, cell_km)
    kinds = int(taxa.max()) + 1
    keys = cell[at] * kinds + taxa
    pairs, which = numbered(keys)
    counts, of_cell = np.bincount(which), pairs // kinds
    finds = np.bincount(of_cell, weights=counts).astype(np.int64)
    numbers = {"finds": finds, "taxa": np.bincount(of_cell), "rarefied": _expected(finds, counts, of_cell, quota)}
    return geopandas.GeoDataFrame(numbers, geometry=_boxes(cells, cell_km), crs=EQUAL_AREA).to_crs(WGS84)


def _cells(places: Floats, cell_km: float) -> tuple[Floats, Numbers]:
    """The cells that hold places, and for each place the number of its cell."""
    keys, cell = numbered(keys_of_cells(places, cell_km))
    return cells_of_keys(keys), cell


def _expected(finds: Numbers, counts: Numbers, of_cell: Numbers, quota: int) -> Floats:
    """As `rarefied`, for all cells at once; NaN below the quota."""
    if quota < 1:
        raise ValueError(f"the quota is {quota}; it must be at least 1.")
    total = np.maximum(finds, quota)[of_cell]
    drawn = np.arange(quota)[:, None]
    missed = np.prod(np.maximum(total - counts - drawn, 0) / (total - drawn), axis=0)  # no find of the taxon is drawn
    expected = np.round(np.bincount(of_cell, weights=1 - missed), 9)  # so that equal numbers are equal
    return np.where(finds < quota, np.nan, expected)


def richness_layer(
    cells: geopandas.GeoDataFrame,
    what: What,
    words: Mapping[str, str] | None = None,
    name: str = "richness",
    dark: bool = False,
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
    dark : bool
        Whether the map is drawn for a dark page.
    **drawing
        Where to take the reader (`go`) and an outline (`area`), as for `maps.periods.points_layer`.
    """
    layer = folium.FeatureGroup(name=name, control=False)
    keys = [key for key in ("finds", "taxa", "rarefied") if key in cells]
    known = cells[cells[what].notna()]
    bounds = steps(known[what].tolist())
    corners = np.round(known.geometry.bounds[["miny", "minx", "maxy", "maxx"]].to_numpy(), 4).tolist()
    shades = [shade(value, bounds) for value in known[what].tolist()]
    numbers = zip(
        *([written(value) if value == value else "" for value in known[key].tolist()] for key in keys), strict=True
    )
    rows = [[*box, of_it, *said] for box, of_it, said in zip(corners, shades, numbers, strict=True)]
    said_words = [(words or {}).get(key) or key for key in keys]
    layer.add_child(Script("cells", {"rows": rows, "words": said_words, "shades": ramp(dark)}))
    if drawing:
        layer.add_child(Script("wishes", {key: value for key, value in drawing.items() if value is not None}))
    return layer


def counted_layer(
    places: Floats,
    finds: Numbers,
    words: Mapping[str, str] | None = None,
    *,
    dark: bool = False,
    cell_km: float = CELL_KM,
) -> folium.FeatureGroup:
    """Finds counted in cells, as a layer; for any number of places.

    Parameters
    ----------
    places : array of float, shape (n, 2)
        Longitude and latitude in degrees.
    finds : array of int
        How many each place has.
    """
    if not len(places):
        return folium.FeatureGroup(control=False)
    cells, which = _cells(places, cell_km)
    counts = np.bincount(which, weights=finds)
    table = geopandas.GeoDataFrame({"finds": counts}, geometry=_boxes(cells, cell_km), crs=EQUAL_AREA).to_crs(WGS84)
    return richness_layer(table, "finds", {"finds": (words or {}).get("finds", "finds")}, dark=dark)


def steps(values: Sequence[float]) -> list[float]:
    """Where one shade ends and the next begins: a fifth of the cells in each, as far as their numbers differ."""
    return sorted({float(value) for value in np.quantile(values, (0.2, 0.4, 0.6, 0.8))}) if values else []


def shade(value: float, bounds: Sequence[float]) -> int:
    """The number of the shade of a value, light first."""
    return sum(value > bound for bound in bounds)


def legend(values: Sequence[float], dark: bool = False) -> list[tuple[str, float, float]]:
    """The shades that a map of these values uses, each with its least and greatest value."""
    bounds = steps(values)
    groups: dict[int, list[float]] = {}
    for value in values:
        groups.setdefault(shade(value, bounds), []).append(value)
    return [(ramp(dark)[number], min(some), max(some)) for number, some in sorted(groups.items())]


def written(value: float) -> str:
    """A whole number as it is, another one to three figures."""
    return f"{value:,.0f}" if value == int(value) else f"{value:.3g}"


def _boxes(cells: Floats, cell_km: float) -> npt.NDArray[np.object_]:
    """Cells by their column and row, in metres; those at the date line and the poles end there."""
    edges = np.array(_half_of_the_map())
    low, high = (np.clip(corner * cell_km * 1000, -edges, edges).T for corner in (cells, cells + 1))
    boxes: npt.NDArray[np.object_] = shapely.box(low[0], low[1], high[0], high[1])
    return boxes


@cache
def _half_of_the_map() -> tuple[float, float]:
    corner = geopandas.GeoSeries([shapely.Point(180, 90)], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    return float(corner.x), float(corner.y)
