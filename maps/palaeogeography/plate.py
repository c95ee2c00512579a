"""A piece of a plate, as it is bounded today."""

from dataclasses import dataclass, field

import shapely


@dataclass(frozen=True)
class Plate:
    """A piece of a plate, as it is bounded today.

    Parameters
    ----------
    plate : int
        Key of the plate that carries it.
    oldest_ma, youngest_ma : float
        When it existed; `youngest_ma` is below 0 for what is still there.
    outline : shapely.Polygon
        Longitude and latitude, cut at the date line.
    name : str
    """

    plate: int
    oldest_ma: float
    youngest_ma: float
    outline: shapely.Polygon = field(repr=False)
    name: str = ""
