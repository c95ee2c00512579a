"""The map of finds on the ancient Earth: land of one age, and the finds carried to where they lay then, by one plate model.

Land and finds always follow the same model. What the model does not place is left out and told, never drawn where it lies today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import folium
import numpy as np

from catalogue.messages import Message
from maps.basemap import Script, base_map, script_json
from maps.great_circle import angles
from maps.palaeogeography.carried import Ring, border_pieces, land_pieces, lines_at, plate_edges, polygons_at
from maps.palaeogeography.models import PlateModel, Position
from maps.palaeogeography.outlines import Keys, Numbers
from maps.periods import NEUTRAL, MapPoint, points_layer
from maps.richness import counted_layer

Apart: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Carried:
    """Finds of today on the Earth of an age.

    Parameters
    ----------
    placed : tuple of MapPoint
        Where they lay.
    unplaced : tuple of (MapPoint, Message)
        Those that the model does not place, and why.
    """

    placed: tuple[MapPoint, ...] = field(repr=False)
    unplaced: tuple[tuple[MapPoint, Message], ...] = field(repr=False)


def carry(points: Iterable[MapPoint], model: PlateModel, age_ma: float) -> Carried:
    """Carry finds to where they lay.

    Parameters
    ----------
    points : iterable of MapPoint
        Where they lie today.
    model : PlateModel
    age_ma : float
        In Ma, the same for all.
    """
    listed = list(points)
    positions = _positions(model, listed, age_ma)
    placed, unplaced = [], []
    for point, position in zip(listed, positions, strict=True):
        if position.latitude is not None and position.longitude is not None:
            placed.append(replace(point, latitude=position.latitude, longitude=position.longitude))
        elif position.why_not is not None:
            unplaced.append((point, position.why_not))
    return Carried(tuple(placed), tuple(unplaced))


def spread(points: Iterable[MapPoint], models: Sequence[PlateModel], age_ma: float) -> float | None:
    """How far two models put the same finds apart, in degrees of a great circle, in the middle of all finds.

    Returns
    -------
    float or None
        None where no find is placed by both.
    """
    listed = list(points)
    one, other = (_positions(model, listed, age_ma) for model in models)
    apart = [_apart(a, b) for a, b in zip(one, other, strict=True) if a.known and b.known]
    return float(np.median(apart)) if apart else None


def apart_from(carried: Carried, points: Iterable[MapPoint], other: PlateModel, age_ma: float) -> list[Apart]:
    """From where finds lay by one model to where another one puts them, each pair of places once.

    Parameters
    ----------
    carried : Carried
        By the one model.
    points : iterable of MapPoint
        The same finds as they lie today.
    other : PlateModel
    age_ma : float
    """
    listed = list(points)
    lay = {point.occurrence_id: (point.longitude, point.latitude) for point in carried.placed}
    lines: dict[Apart, None] = {}
    for point, position in zip(listed, _positions(other, listed, age_ma), strict=True):
        if point.occurrence_id in lay and position.longitude is not None and position.latitude is not None:
            lines[lay[point.occurrence_id], (position.longitude, position.latitude)] = None
    return list(lines)


def ancient_map(
    *, height: int = 560, words: Mapping[str, str] | None = None, dark: bool = False, center_longitude: float = 10.0
) -> folium.Map:
    """The base map without land, on which `ancient_layer` is laid; as `maps.periods.period_map`."""
    return base_map(height, words, dark, legend=True, center_longitude=center_longitude, view="world", ancient=True)


def ancient_layer(
    points: Iterable[MapPoint],
    model: PlateModel,
    age_ma: float,
    *,
    color: str = NEUTRAL,
    words: Mapping[str, str] | None = None,
    dark: bool = False,
    borders: bool = False,
    plates: bool = False,
    apart: Iterable[Apart] = (),
    name: str = "finds",
) -> folium.FeatureGroup:
    """Land of an age and the finds on it, as one layer.

    Parameters
    ----------
    points : iterable of MapPoint
        Carried already, see `carry`.
    borders : bool
        Whether today's borders are carried along.
    plates : bool
        Whether the edges of plates are drawn.
    apart : iterable of Apart
        Lines to where another model puts the finds, see `apart_from`.
    color, words, name
        As for `maps.periods.points_layer`.
    """
    layer = _earth_layer(model, age_ma, dark=dark, borders=borders, plates=plates, apart=apart, name=name)
    for child in points_layer(points, color=color, words=words, name=name)._children.values():
        layer.add_child(child)
    return layer


def cells_layer(
    points: Numbers,
    finds: Keys,
    model: PlateModel,
    age_ma: float,
    *,
    words: Mapping[str, str] | None = None,
    dark: bool = False,
    borders: bool = False,
    plates: bool = False,
    name: str = "finds",
) -> tuple[folium.FeatureGroup, int]:
    """Land of an age, and very many finds counted in cells of equal area, for catalogues of any size.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude today of each place, in degrees.
    finds : array of int, shape (n,)
        How many finds each place has.

    Returns
    -------
    tuple of FeatureGroup and int
        The layer, and how many finds the model does not place.
    """
    placed = model.place(points, np.full(len(points), age_ma))
    layer = _earth_layer(model, age_ma, dark=dark, borders=borders, plates=plates, apart=(), name=name)
    for child in counted_layer(placed.points[placed.known], finds[placed.known], words, dark=dark)._children.values():
        layer.add_child(child)
    return layer, int(finds[~placed.known].sum())


def _earth_layer(
    model: PlateModel, age_ma: float, *, dark: bool, borders: bool, plates: bool, apart: Iterable[Apart], name: str
) -> folium.FeatureGroup:
    layer = folium.FeatureGroup(name=name, control=False)
    lines = script_json([[[round(value, 3) for value in end] for end in line] for line in apart])
    drawn = Script("ancient", None)
    drawn.data = f'{_earth(model, age_ma, dark, borders, plates).removesuffix("}")},"apart":{lines}}}'
    layer.add_child(drawn)
    return layer


@lru_cache(maxsize=64)
def _earth(model: PlateModel, age_ma: float, dark: bool, borders: bool, plates: bool) -> str:
    """The Earth of an age as the browser gets it; writing it anew would take longer than turning the plates."""
    return script_json(
        {
            "land": _land(model, age_ma),
            "borders": _borders(model, age_ma) if borders else [],
            "plates": _edges(model, age_ma) if plates else [],
            "dark": dark,
        }
    )


@lru_cache(maxsize=64)
def _land(model: PlateModel, age_ma: float) -> list[list[Ring]]:
    return polygons_at(model, land_pieces(model), age_ma)


@lru_cache(maxsize=32)
def _borders(model: PlateModel, age_ma: float) -> list[Ring]:
    return lines_at(model, border_pieces(model), age_ma)


@lru_cache(maxsize=32)
def _edges(model: PlateModel, age_ma: float) -> list[Ring]:
    return lines_at(model, plate_edges(model), age_ma)


def _positions(model: PlateModel, points: Sequence[MapPoint], age_ma: float) -> list[Position]:
    if not points:
        return []
    return model.positions(np.array([(point.longitude, point.latitude) for point in points]), [age_ma] * len(points))


def _apart(one: Position, other: Position) -> float:
    there, here = (np.array([[place.longitude, place.latitude]], np.float64) for place in (one, other))
    return float(np.degrees(angles(there, here)[0]))
