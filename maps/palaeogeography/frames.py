"""The moving Earth for a browser: outlines of today once, and for each of many ages four numbers a plate.

A plate moves as a whole, so that all ages together are hardly larger than one map. `screens/parts/moving_earth.js` turns the outlines and
draws them; it follows a plate between two frames evenly about one pole, as `maps.palaeogeography.rotations.slerp` does.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from maps.palaeogeography.carried import CarriedPiece, border_pieces, land_pieces
from maps.palaeogeography.models import NO_PLATE, PlateModel
from maps.palaeogeography.outlines import Keys, Numbers

AGES = (*range(0, 254, 2), *range(255, 541, 5))
"""Ma; close to one another since the Triassic, and from there to the Cambrian farther apart."""
_UNIT = 32767
"""A rotation's numbers are from -1 to 1; kept in two bytes each they are right to 0.004 degrees."""
_SIMPLER = 0.15
"""Degrees by which outlines of plates may be off; they are drawn as thin lines."""


@dataclass(frozen=True)
class Frames:
    """What a browser needs to draw the Earth at any age.

    Parameters
    ----------
    name : str
        Changes with the content, so that it may be kept for ever.
    content : bytes
        JSON, packed with gzip; see `frame_data`.
    """

    name: str
    content: bytes = field(repr=False)


@lru_cache(maxsize=8)
def frames_of(model: PlateModel, oldest_ma: float | None = None) -> Frames:
    """The frames of a model at `AGES`, as far as it reaches, ready to be sent.

    Parameters
    ----------
    model : PlateModel
    oldest_ma : float or None
        Only until then, and the land alone, without borders and edges of plates; None for all.
    """
    ages = AGES if oldest_ma is None else [age for age in AGES if age < oldest_ma + 2]
    data = frame_data(model, ages, land_alone=oldest_ma is not None)
    content = gzip.compress(json.dumps(data, separators=(",", ":")).encode(), 6, mtime=0)
    part = "" if oldest_ma is None else f"-{oldest_ma:g}"
    return Frames(f"{model.key}{part}-{hashlib.sha256(content).hexdigest()[:12]}.json", content)


def frame_data(model: PlateModel, ages_ma: Iterable[float], *, land_alone: bool = False) -> dict[str, object]:
    """The frames of a model.

    Parameters
    ----------
    model : PlateModel
    ages_ma : iterable of float
        Youngest first; those that the model does not reach are left out.
    land_alone : bool
        Without borders and edges of plates, which are then not worked out either.

    Returns
    -------
    dict
        ``ages``; ``rotations``: for each plate and age the quaternion times 32767, all 0 where the model does not say, as `packed`; ``land``, ``borders`` and ``plates``: for each piece the number of its plate, its oldest age, and its rings or its line as
        longitudes and latitudes in hundredths of a degree, one after the other.
    """
    ages = [float(age) for age in ages_ma if age <= model.oldest_ma]
    numbers = plate_numbers(model)
    outlines = [CarriedPiece(plate.plate, plate.oldest_ma, plate.outline) for plate in model.plates]
    return {
        "model": model.key,
        "ages": ages,
        "rotations": packed(_rotations(model, list(numbers), np.array(ages))),
        "land": _sent(numbers, land_pieces(model), 0.0),
        "borders": [] if land_alone else _sent(numbers, border_pieces(model), 0.0),
        "plates": [] if land_alone else _sent(numbers, outlines, _SIMPLER),
    }


def plate_numbers(model: PlateModel) -> dict[int, int]:
    """The number in its frames of each plate whose ground is older than today."""
    plates = dict.fromkeys(plate.plate for plate in model.plates if plate.oldest_ma > 0)
    return {plate: number for number, plate in enumerate(plates)}


def on_plates(model: PlateModel, points: Numbers) -> tuple[Keys, Numbers]:
    """For each point the number of its plate in the frames, and how old its ground is.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude in degrees, today.

    Returns
    -------
    tuple of arrays
        `NO_PLATE` where a point lies on none; the age in Ma, 0 there.
    """
    pieces = model.pieces_at(points)
    numbers = plate_numbers(model)
    of_piece = np.array([numbers.get(plate.plate, NO_PLATE) for plate in model.plates] + [NO_PLATE])
    oldest = np.array([plate.oldest_ma for plate in model.plates] + [0.0])
    return of_piece[pieces], oldest[pieces]


def _rotations(model: PlateModel, plates: Sequence[int], ages_ma: Numbers) -> npt.NDArray[np.int16]:
    turns = np.stack([model.rotations.at(plate, ages_ma) for plate in plates])
    return np.round(np.nan_to_num(turns) * _UNIT).astype("<i2")


def packed(rotations: npt.NDArray[np.int16]) -> str:
    """Rotations as base64, so that gzip finds what is alike: a plate turns evenly for long times.

    Parameters
    ----------
    rotations : array of int16, shape (plates, ages, 4)

    Returns
    -------
    str
        How the step from age to age changes (the second difference), modulo 65536: first all low bytes, then all high bytes.
    """
    changes = rotations
    for _twice in range(2):
        changes = np.diff(changes, axis=1, prepend=np.zeros_like(changes[:, :1]))
    pairs = np.ascontiguousarray(changes).view(np.uint8).reshape(-1, 2)
    return base64.b64encode(pairs.T.tobytes()).decode()


def _sent(numbers: dict[int, int], pieces: Iterable[CarriedPiece], tolerance: float) -> list[list[object]]:
    sent: list[list[object]] = []
    for piece in pieces:
        if piece.plate in numbers and piece.oldest_ma > 0:
            shape = shapely.simplify(piece.outline, tolerance) if tolerance else piece.outline
            rings = [shape.exterior, *shape.interiors] if isinstance(shape, shapely.Polygon) else [shape]
            sent.append([numbers[piece.plate], piece.oldest_ma, [_flat(ring) for ring in rings]])
    return sent


def _flat(line: shapely.LineString) -> list[int]:
    hundredths: list[int] = np.round(shapely.get_coordinates(line) * 100).astype(int).ravel().tolist()
    return hundredths
