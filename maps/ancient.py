"""The map of finds on the ancient Earth: land of one age, and the finds carried to where they lay then, by one plate model.

Land and finds always follow the same model. What the model does not place is left out and told, never drawn where it lies today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import folium
import numpy as np

from catalogue.messages import Message
from maps.basemap import Script, base_map
from maps.palaeogeography.carried import Ring, border_pieces, land_pieces, lines_at, polygons_at
from maps.palaeogeography.models import PlateModel, Position
from maps.periods import NEUTRAL, MapPoint, points_layer


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
    name: str = "finds",
) -> folium.FeatureGroup:
    """Land of an age and the finds on it, as one layer.

    Parameters
    ----------
    points : iterable of MapPoint
        Carried already, see `carry`.
    borders : bool
        Whether today's borders are carried along.
    color, words, name
        As for `maps.periods.points_layer`.
    """
    layer = folium.FeatureGroup(name=name, control=False)
    earth = {"land": _land(model, age_ma), "borders": _borders(model, age_ma) if borders else [], "dark": dark}
    layer.add_child(Script("ancient", earth))
    for child in points_layer(points, color=color, words=words, name=name)._children.values():
        layer.add_child(child)
    return layer


@lru_cache(maxsize=64)
def _land(model: PlateModel, age_ma: float) -> list[list[Ring]]:
    return polygons_at(model, land_pieces(model), age_ma)


@lru_cache(maxsize=32)
def _borders(model: PlateModel, age_ma: float) -> list[Ring]:
    return lines_at(model, border_pieces(model), age_ma)


def _positions(model: PlateModel, points: Sequence[MapPoint], age_ma: float) -> list[Position]:
    if not points:
        return []
    return model.positions(np.array([(point.longitude, point.latitude) for point in points]), [age_ma] * len(points))


def _apart(one: Position, other: Position) -> float:
    a, b, c, d = np.radians(np.array([one.longitude, one.latitude, other.longitude, other.latitude], np.float64))
    half = np.sin((d - b) / 2) ** 2 + np.cos(b) * np.cos(d) * np.sin((c - a) / 2) ** 2
    return float(np.degrees(2 * np.arcsin(np.sqrt(min(1.0, float(half))))))
