"""The whole Earth in the Equal Earth projection: how places lie in a picture (SVG), the land of an age, and one place on it.

`maps.world_picture` draws many finds on the same Earth.

References
----------
Šavrič, B., Patterson, T. and Jenny, B. 2018. The Equal Earth map projection. International Journal of Geographical Information Science 33:
454-465. doi:10.1080/13658816.2018.1504949
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

import numpy as np

from maps.palaeogeography.carried import land_pieces, polygons_at
from maps.palaeogeography.models import PlateModel
from maps.palaeogeography.outlines import Numbers

WIDTH, HEIGHT = 720, 352
_SCALE = WIDTH / (2 * 2.7066)
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def projected(points: Numbers) -> Numbers:
    """Places in a picture of `WIDTH` by `HEIGHT`, from its upper left corner.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude in degrees.
    """
    longitude, latitude = np.radians(points).T
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(latitude))
    square, sixth = theta**2, theta**6
    x = 2 * np.sqrt(3) * longitude * np.cos(theta) / (3 * (9 * _A[3] * sixth * square + 7 * _A[2] * sixth + 3 * _A[1] * square + _A[0]))  # fmt: skip
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return np.stack([WIDTH / 2 + _SCALE * x, HEIGHT / 2 - _SCALE * y], axis=1)


def earth_with_place(
    model: PlateModel,
    age_ma: float,
    way: Sequence[tuple[float, float]],
    other: tuple[float, float] | None,
    color: str,
    words: Mapping[str, str],
) -> str:
    """The picture.

    Parameters
    ----------
    model : PlateModel
    age_ma : float
        Of the land; in Ma.
    way : sequence of (float, float)
        Longitude and latitude of the place from the oldest to the youngest age that is possible; the one in the middle is marked.
    other : (float, float) or None
        Where another model puts it.
    color : str
        Of the mark.
    words : mapping of str to str
        ``title`` and ``equator``.
    """
    x, y = projected(np.array([way[len(way) // 2]]))[0]
    parts = [f'<path class="sea" d="{rim_path()}"/>', f'<path class="land" d="{land_path(model, round(age_ma))}"/>', *_latitudes(words["equator"])]  # fmt: skip
    parts.append(f'<path class="way" d="{line_path(way)}"/>')
    if other is not None:
        u, v = projected(np.array([other]))[0]
        if abs(u - x) < WIDTH / 2:
            parts.append(f'<path class="apart" d="M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}"/>')
        parts.append(f'<rect class="other" x="{u - 6:.1f}" y="{v - 6:.1f}" width="12" height="12"/>')
    parts.append(f'<circle class="place" cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{escape(color)}"/>')
    title = escape(words["title"])
    return f'<svg class="earth-then" viewBox="-1 -1 {WIDTH + 2} {HEIGHT + 2}" role="img" aria-label="{title}"><title>{title}</title>{"".join(parts)}</svg>'


@lru_cache(maxsize=64)
def land_path(model: PlateModel, age_ma: int) -> str:
    """Land as one path, in whole pixels: a picture of some twenty kilobytes."""
    return "".join(
        path
        for polygon in polygons_at(model, land_pieces(model), age_ma)
        for ring in polygon
        if (path := _closed(projected(np.array(ring))))
    )


def _closed(pixels: Numbers) -> str:
    whole = np.round(pixels).astype(int)
    kept = whole[np.append(True, (np.diff(whole, axis=0) != 0).any(axis=1))]
    return "" if len(kept) < 4 else "M" + "L".join(f"{x} {y}" for x, y in kept.tolist()) + "Z"


def rim_path() -> str:
    """The edge of the Earth, as an SVG path."""
    north = np.arange(-90, 91, 5)
    sides = [np.stack([np.full(len(north), east), up], axis=1) for east, up in ((-180, north), (180, north[::-1]))]
    return line_path(np.vstack(sides).tolist()) + "Z"


def _latitudes(equator: str) -> Iterable[str]:
    for north in (60, 30, 0, -30, -60):
        yield f'<path class="{"latitude" if north else "equator"}" d="{line_path([(-180, north), (180, north)])}"/>'
        x, y = projected(np.array([[-180.0, north]]))[0]
        name = f"{abs(north)}°{'N' if north > 0 else 'S'}" if north else equator
        yield f'<text x="{x + 12:.0f}" y="{y - 4:.0f}">{escape(name)}</text>'


def line_path(points: Sequence[Sequence[float]]) -> str:
    """A line through longitudes and latitudes in degrees, as an SVG path; straight from one to the next."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in projected(np.array(points, np.float64)).tolist())
