"""Cells of equal area as a layer of the map of today: how many taxa were found in each, or are to be expected of equally many finds."""

from dataclasses import dataclass
from html import escape

import folium
import geopandas

from maps import richness
from maps.located import Found
from screens.parts import place_cells, style, withheld
from screens.words import _

LAYERS: dict[str, richness.What] = {"taxa": "taxa", "rarefied": "rarefied"}
"""The layers of the map that are cells, and what their shade stands for."""
_LISTED = 200


@dataclass(frozen=True)
class Cells:
    """A layer of cells with what stands beside it: its legend, its words, and the same numbers as a table."""

    layer: folium.FeatureGroup
    legend: str
    told: str
    table: str


def cells(found: Found, what: richness.What, **drawing: object) -> Cells:
    """The cells of found records, shaded by `what`; `drawing` as for `maps.richness.richness_layer`."""
    if "cells" not in found.kept:
        found.kept["cells"] = richness.richness_of(found)
    counted: geopandas.GeoDataFrame = found.kept["cells"]
    words = {str(name): _(word) for name, word in place_cells.WHAT.items()}
    layer = richness.richness_layer(counted, what, words, _("finds"), style.is_dark(), **drawing)
    values = counted[what].dropna().tolist()
    return Cells(layer, place_cells.legend(values), _told(what, len(counted), len(values)), table(counted))


def _told(what: richness.What, cells: int, shaded: int) -> str:
    size = _("Side of a cell: {km} km.").format(km=f"{richness.CELL_KM:.0f}")
    meaning = _(place_cells.MEANING[what]).format(quota=richness.QUOTA, blank=cells - shaded, cells=cells)
    return withheld.sentences(meaning, size, place_cells.of_equal_area(cells))


def table(counted: geopandas.GeoDataFrame) -> str:
    """The cells with most finds as a table, for those who cannot see the map or point at it."""
    ordered = counted.sort_values("finds", ascending=False, kind="stable").head(_LISTED)
    heads = [_("Middle of the cell"), *(_(word) for word in place_cells.WHAT.values())]
    heading = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    rows = "".join(_row(one) for one in ordered.itertuples())
    return f'<div class="table-frame"><table class="specimens"><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(one: object) -> str:
    west, south, east, north = one.geometry.bounds  # type: ignore[attr-defined]
    place = _place((south + north) / 2, (west + east) / 2)
    numbers = [getattr(one, name) for name in place_cells.WHAT]
    written = "".join(f"<td>{richness.written(number) if number == number else '–'}</td>" for number in numbers)
    return f'<tr><th scope="row">{escape(place)}</th>{written}</tr>'


def _place(latitude: float, longitude: float) -> str:
    """A place in whole degrees, as people write it."""
    north = _("{degrees}° N") if latitude >= 0 else _("{degrees}° S")
    east = _("{degrees}° E") if longitude >= 0 else _("{degrees}° W")
    return " ".join(text.format(degrees=f"{abs(at):.0f}") for text, at in ((north, latitude), (east, longitude)))
