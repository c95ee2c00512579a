"""Finite rotations of plates: how each has turned, relative to another, since any age.

A rotation is a unit quaternion ``(w, x, y, z)``. Between two ages of a sequence the plate turns evenly about one pole (spherical linear
interpolation). A plate moves relative to another one, that one to a third, down to the spin axis; the rotations along this circuit are
multiplied. Which plate it moves relative to may change with age (a crossover).

References
----------
Cox, A. and Hart, R. B. 1986. Plate Tectonics: How It Works. Blackwell.
Greiner, B. 1999. Euler rotations in plate-tectonic reconstructions. Computers & Geosciences 25: 209-216.
doi:10.1016/S0098-3004(98)00160-5
"""

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Quaternion: TypeAlias = tuple[float, float, float, float]
Numbers: TypeAlias = npt.NDArray[np.float64]

SPIN_AXIS = 0
STAY: Quaternion = (1.0, 0.0, 0.0, 0.0)
_LONGEST_CIRCUIT = 100


@dataclass(frozen=True)
class Pole:
    """The rotation of a plate at an age, relative to another plate.

    Parameters
    ----------
    plate, fixed : int
        Keys of the plate, and of the one it moves relative to.
    age_ma : float
        In Ma.
    latitude, longitude : float
        Of the pole, in degrees.
    angle : float
        In degrees, anticlockwise seen from above the pole; turns the plate from today to that age.
    """

    plate: int
    fixed: int
    age_ma: float
    latitude: float
    longitude: float
    angle: float

    @property
    def quaternion(self) -> Quaternion:
        """The rotation as a quaternion."""
        half, latitude, longitude = (math.radians(value) for value in (self.angle / 2, self.latitude, self.longitude))
        sine = math.sin(half)
        return (
            math.cos(half),
            sine * math.cos(latitude) * math.cos(longitude),
            sine * math.cos(latitude) * math.sin(longitude),
            sine * math.sin(latitude),
        )


class Rotations:
    """All rotations of a plate model.

    Parameters
    ----------
    poles : iterable of Pole
        In the order of the model: those of one plate relative to one other plate, one behind the other, are a sequence. Where two
        sequences hold the same age, the later one counts.
    """

    def __init__(self, poles: Iterable[Pole]) -> None:
        self._sequences: dict[int, list[list[Pole]]] = {}
        last: tuple[int, int] | None = None
        for pole in poles:
            if (pole.plate, pole.fixed) != last:
                self._sequences.setdefault(pole.plate, []).append([])
            last = pole.plate, pole.fixed
            self._sequences[pole.plate][-1].append(pole)
        for sequences in self._sequences.values():
            for sequence in sequences:
                sequence.sort(key=lambda pole: pole.age_ma)
        self.of = lru_cache(maxsize=20_000)(self._of)

    @property
    def oldest_ma(self) -> float:
        """The greatest age that any sequence reaches."""
        return max(sequence[-1].age_ma for sequences in self._sequences.values() for sequence in sequences)

    def _of(self, plate: int, age_ma: float) -> Quaternion | None:
        """The rotation of a plate from today to an age in Ma; None where the model does not say."""
        whole = STAY
        for _ in range(_LONGEST_CIRCUIT):
            if plate == SPIN_AXIS:
                return whole
            step = self._relative(plate, age_ma)
            if step is None:
                return None
            fixed, turn = step
            whole = multiply(turn, whole)
            plate = fixed
        return None

    def _relative(self, plate: int, age_ma: float) -> tuple[int, Quaternion] | None:
        for sequence in reversed(self._sequences.get(plate, [])):
            if sequence[0].age_ma <= age_ma <= sequence[-1].age_ma:
                return sequence[0].fixed, _between(sequence, age_ma)
        return None

    def at(self, plate: int, ages_ma: Numbers) -> Numbers:
        """The rotations of a plate from today to many ages, as `of` gives each of them.

        Parameters
        ----------
        plate : int
        ages_ma : array of float, shape (n,)

        Returns
        -------
        array of float, shape (n, 4)
            Quaternions; NaN where the model does not say.
        """
        return self._at(plate, ages_ma, _LONGEST_CIRCUIT)

    def _at(self, plate: int, ages_ma: Numbers, steps: int) -> Numbers:
        whole = np.full((len(ages_ma), 4), np.nan)
        if plate == SPIN_AXIS:
            whole[:] = STAY
            return whole
        waiting = np.ones(len(ages_ma), bool) if steps else np.zeros(len(ages_ma), bool)
        for sequence in reversed(self._sequences.get(plate, [])):
            here = np.flatnonzero(waiting & (ages_ma >= sequence[0].age_ma) & (ages_ma <= sequence[-1].age_ma))
            if len(here):
                fixed = self._at(sequence[0].fixed, ages_ma[here], steps - 1)
                whole[here] = multiply_each(fixed, _between_each(sequence, ages_ma[here]))
                waiting[here] = False
        return whole


def _between(sequence: list[Pole], age_ma: float) -> Quaternion:
    place = bisect_left(sequence, age_ma, key=lambda pole: pole.age_ma)
    older = sequence[place]
    if older.age_ma == age_ma:
        return older.quaternion
    younger = sequence[place - 1]
    return slerp(younger.quaternion, older.quaternion, (age_ma - younger.age_ma) / (older.age_ma - younger.age_ma))


def _between_each(sequence: list[Pole], ages_ma: Numbers) -> Numbers:
    ages = np.array([pole.age_ma for pole in sequence])
    turns = np.array([pole.quaternion for pole in sequence])
    older = np.searchsorted(ages, ages_ma)
    younger = np.maximum(older - 1, 0)
    exact = ages[older] == ages_ma
    step = np.where(exact, 1.0, ages[older] - ages[younger])
    share = np.where(exact, 1.0, (ages_ma - ages[younger]) / np.where(step == 0, 1.0, step))
    return slerp_each(turns[younger], turns[older], share)


def multiply(second: Quaternion, first: Quaternion) -> Quaternion:
    """The rotation that does the first, then the second."""
    a, b, c, d = second
    e, f, g, h = first
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )


def slerp(start: Quaternion, end: Quaternion, share: float) -> Quaternion:
    """The rotation a share of the way from one to another, about one pole and the shorter way."""
    cosine = sum(a * b for a, b in zip(start, end, strict=True))
    end = end if cosine >= 0 else (-end[0], -end[1], -end[2], -end[3])
    angle = math.acos(min(1.0, abs(cosine)))
    if angle < 1e-9:
        return end if share > 0.5 else start
    one, other = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
    w, x, y, z = (one * a + other * b for a, b in zip(start, end, strict=True))
    return w, x, y, z


def multiply_each(second: Numbers, first: Numbers) -> Numbers:
    """As `multiply`, row by row of two arrays of quaternions."""
    return np.stack(multiply(tuple(second.T), tuple(first.T)), axis=1)


def slerp_each(start: Numbers, end: Numbers, share: Numbers) -> Numbers:
    """As `slerp`, row by row."""
    cosine = (start * end).sum(axis=1)
    end = np.where(cosine[:, None] >= 0, end, -end)
    angle = np.arccos(np.minimum(1.0, np.abs(cosine)))
    still = angle < 1e-9
    sine = np.where(still, 1.0, np.sin(angle))
    one = np.where(still, share <= 0.5, np.sin((1 - share) * angle) / sine)
    other = np.where(still, share > 0.5, np.sin(share * angle) / sine)
    turned: Numbers = one[:, None] * start + other[:, None] * end
    return turned


def turn_each(points: Numbers, rotations: Numbers) -> Numbers:
    """Turn points on the sphere, each by a rotation of its own.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude in degrees.
    rotations : array of float, shape (n, 4)
        Quaternions; NaN gives NaN.

    Returns
    -------
    array of float, shape (n, 2)
        Longitudes from -180 to 180.
    """
    w, x, y, z = rotations.T
    longitude, latitude = np.radians(points).T
    level = np.cos(latitude)
    a, b, c = level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)
    # v + 2w (q × v) + 2 q × (q × v), which needs no matrix for each point
    p, q, r = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    east, north, up = a + w * p + y * r - z * q, b + w * q + z * p - x * r, c + w * r + x * q - y * p
    turned = np.empty((len(points), 2))
    turned[:, 0] = np.degrees(np.arctan2(north, east))
    turned[:, 1] = np.degrees(np.arcsin(np.clip(up, -1, 1)))
    return turned


def turn(points: Numbers, rotation: Quaternion) -> Numbers:
    """Turn points on the sphere.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude in degrees.
    rotation : Quaternion

    Returns
    -------
    array of float, shape (n, 2)
        Longitudes from -180 to 180.
    """
    w, x, y, z = rotation
    matrix = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )
    longitude, latitude = np.radians(points).T
    on_sphere = np.array([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
    east, north, up = matrix @ on_sphere
    turned: Numbers = np.degrees(np.stack([np.arctan2(north, east), np.arcsin(np.clip(up, -1, 1))], axis=1))
    return turned
