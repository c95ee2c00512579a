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
import numpy.typing as npt
import shapely

from catalogue.messages import Message, message
from maps import centres, places

Flags = npt.NDArray[np.bool_]
Degrees = npt.NDArray[np.float64]

_KM_PER_DEGREE = 110.0
"""A little less than a degree of latitude has anywhere, so that nothing near is overlooked."""
_COUNTED = (
    ("Latitude and longitude are the same", message("Latitude and longitude are the same. Was one typed twice?")),
    ("swapped", message("The coordinates lie outside the stated country. Are latitude and longitude swapped?")),
    ("east and west", message("The coordinates lie outside the stated country. Are east and west mixed up?")),
    ("north and south", message("The coordinates lie outside the stated country. Are north and south mixed up?")),
    ("outside the stated", message("The coordinates lie outside the stated country.")),
    ("in the sea", message("The coordinates lie in the sea, far from the stated country.")),
    ("centre of a country", message("The coordinates are those of the centre of a country, as if only the country were known.")),
    ("from a museum", message("The coordinates are those of a museum. Are they those of the collection?")),
)  # fmt: skip
"""What is counted, by words of what is said of one place; the first that fits."""


def doubts_of_places(
    latitudes: Sequence[float], longitudes: Sequence[float], codes: Sequence[str]
) -> Mapping[int, list[Message]]:
    """The doubts about each place that has any.

    Parameters
    ----------
    latitudes, longitudes : sequence of float
        Degrees WGS84, within −90 to 90 and −180 to 180.
    codes : sequence of str
        ISO alpha-2 codes of the stated countries; blank where none is stated.

    Returns
    -------
    mapping of int to list of Message
        By the number of the place among those given.
    """
    north, east = np.array(latitudes, np.float64), np.array(longitudes, np.float64)
    closer = (north == east) | ~_in_their_country(north, east, codes) | _near_a_stand_in(north, east)
    found = {at: _doubts(latitudes[at], longitudes[at], codes[at]) for at in np.flatnonzero(closer).tolist()}
    return {at: doubts for at, doubts in found.items() if doubts}


@lru_cache(maxsize=16_384)
def _doubts(latitude: float, longitude: float, code: str) -> list[Message]:
    return [_counted(doubt) for doubt in places.check_place(latitude, longitude, code)]


def _counted(doubt: Message) -> Message:
    return next((said for words, said in _COUNTED if words in doubt.template), doubt)


def _in_their_country(north: Degrees, east: Degrees, codes: Sequence[str]) -> Flags:
    """Whether each place lies on ground that may be its country's; also where none is stated or no outlines are there."""
    inside: Flags = np.array([not code for code in codes], np.bool_)
    table = places.countries()
    if table is None:
        return np.ones(len(codes), np.bool_)
    here, there = table.sindex.query(shapely.points(east, north), predicate="intersects")
    grounds = table["code"].to_numpy()
    for at, country in zip(here.tolist(), there.tolist(), strict=True):
        if grounds[country] in _accepted(codes[at]):
            inside[at] = True
    return inside


@cache
def _accepted(code: str) -> frozenset[str]:
    return frozenset(places.accepted_for(code))


def _near_a_stand_in(north: Degrees, east: Degrees) -> Flags:
    """Whether each place is near the centre of a country or a museum, generously."""
    stand_ins = _stand_ins()
    reach = centres.NEAR_KM / _KM_PER_DEGREE
    level = np.abs(north[:, None] - stand_ins[:, 0]) <= reach
    across = (
        np.abs(east[:, None] - stand_ins[:, 1]) * np.cos(np.radians(np.minimum(np.abs(north) + reach, 90)))[:, None]
    )
    near: Flags = np.any(level & (across <= reach), axis=1)
    return near


@cache
def _stand_ins() -> Degrees:
    return np.array(list(_points()), np.float64).reshape(-1, 2)


def _points() -> Iterator[tuple[float, float]]:
    for points in places.known_centres().values():
        yield from points
    yield from centres.museum_places()
