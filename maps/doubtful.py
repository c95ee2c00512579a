"""Doubts about many places at once, as an import has them: one look at all of them, then a closer one at the few that need it.

What is said is the same as of one place (`maps.places.check_place`), without its particulars, so that it can be counted.

References
----------
Zizka, A. et al. 2019. CoordinateCleaner: standardized cleaning of occurrence records from biological collection databases. Methods in
Ecology and Evolution 10: 744-751. doi:10.1111/2041-210X.13152
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from catalogue.messages import Message, message
from maps import centres, outlying, places

_SWAPPED = message("The coordinates lie outside the stated country. Are latitude and longitude swapped?")
_EAST_AND_WEST = message("The coordinates lie outside the stated country. Are east and west mixed up?")
_NORTH_AND_SOUTH = message("The coordinates lie outside the stated country. Are north and south mixed up?")
_OUTSIDE = message("The coordinates lie outside the stated country.")
_IN_THE_SEA = message("The coordinates lie in the sea, far from the stated country.")
_COUNTED = (
    ("Latitude and longitude are the same", message("Latitude and longitude are the same. Was one typed twice?")),
    ("swapped", _SWAPPED),
    ("east and west", _EAST_AND_WEST),
    ("north and south", _NORTH_AND_SOUTH),
    ("outside the stated", _OUTSIDE),
    ("in the sea", _IN_THE_SEA),
    ("centre of a country", message("The coordinates are those of the centre of a country, as if only the country were known.")),
    ("from a museum", message("The coordinates are those of a museum. Are they those of the collection?")),
)  # fmt: skip
"""What is counted, by words of what is said of one place; the first that fits."""
_SAID = {
    outlying.OUTSIDE: [_OUTSIDE],
    outlying.IN_THE_SEA: [_IN_THE_SEA],
    outlying.SWAPPED: [_SWAPPED],
    outlying.EAST_AND_WEST: [_EAST_AND_WEST],
    outlying.NORTH_AND_SOUTH: [_NORTH_AND_SOUTH],
}
_NEAR = (centres.NEAR_KM + 0.001) / centres.EARTH_RADIUS_KM
"""The angle within which a place is looked at closer, in radians; a metre more than is near."""


def doubts_of_places(
    latitudes: Sequence[float], longitudes: Sequence[float], codes: Sequence[str]
) -> Mapping[int, Sequence[Message]]:
    """The doubts about each place that has any.

    Parameters
    ----------
    latitudes, longitudes : sequence of float
        Degrees WGS84, within −90 to 90 and −180 to 180.
    codes : sequence of str
        ISO alpha-2 codes of the stated countries; blank where none is stated.

    Returns
    -------
    mapping of int to sequence of Message
        By the number of the place among those given.
    """
    north, east = np.array(latitudes, np.float64), np.array(longitudes, np.float64)
    outside = outlying.judged(north, east, codes)
    stand_in = outlying.nearest(outlying.vectors(north, east), _stand_ins()) >= np.cos(_NEAR)
    closer = (north == east) | stand_in | (outside == outlying.UNSURE)
    outside[closer] = outlying.WELL
    far = np.flatnonzero(outside)
    found: dict[int, Sequence[Message]] = {
        at: _SAID[said] for at, said in zip(far.tolist(), outside[far].tolist(), strict=True)
    }
    for at in np.flatnonzero(closer).tolist():
        if doubts := _doubts(latitudes[at], longitudes[at], codes[at]):
            found[at] = doubts
    return found


@lru_cache(maxsize=16_384)
def _doubts(latitude: float, longitude: float, code: str) -> list[Message]:
    return [counted(doubt) for doubt in places.check_place(latitude, longitude, code)]


def counted(doubt: Message) -> Message:
    """What is said of one place without its particulars."""
    return next((said for words, said in _COUNTED if words in doubt.template), doubt)


@cache
def _stand_ins() -> outlying.Vectors:
    """The centres of the countries and the museums, on the unit sphere."""
    points = np.array(list(_points()), np.float64)
    return outlying.vectors(points[:, 0], points[:, 1])


def _points() -> Iterator[tuple[float, float]]:
    for points in places.known_centres().values():
        yield from points
    yield from centres.museum_places()
