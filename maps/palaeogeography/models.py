"""Plate models: which plate a place is on, and where that plate has carried it by any age.

Both models that ship with Bonebed are in the palaeomagnetic frame, so that latitudes are those of the ancient Earth; longitudes are a
convention of each model. `data/palaeogeography/README.md` has their sources.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from catalogue.facts import cite, read_facts
from catalogue.messages import Message, message
from maps.errors import MapError
from maps.palaeogeography.outlines import NOWHERE, Keys, Outlines
from maps.palaeogeography.plate import Plate
from maps.palaeogeography.rotations import Numbers, Rotations, turn_each
from maps.palaeogeography.tables import read_tables

BUILT_IN = ("paleomap", "wright2013")
NO_PLATE = NOWHERE
_UNSAID = (math.nan,) * 4


@dataclass(frozen=True)
class Position:
    """Where a place lay.

    Parameters
    ----------
    longitude, latitude : float or None
        In degrees; None where the model does not say.
    plate : int
        Key of the plate; `NO_PLATE` where there is none.
    why_not : Message or None
        Why the model does not say.
    """

    longitude: float | None
    latitude: float | None
    plate: int = NO_PLATE
    why_not: Message | None = None

    @property
    def known(self) -> bool:
        """Whether the model says where the place lay."""
        return self.why_not is None


@dataclass(frozen=True)
class Placed:
    """Where very many places lay.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Longitude and latitude in degrees; NaN where the model does not say.
    plates : array of int, shape (n,)
        Keys of the plates; `NO_PLATE` where there is none.
    pieces : array of int, shape (n,)
        Which piece of a plate, by its place in `PlateModel.plates`.
    """

    points: Numbers
    plates: Keys
    pieces: Keys

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """For each place whether the model says where it lay."""
        known: npt.NDArray[np.bool_] = np.isfinite(self.points[:, 0])
        return known


class PlateModel:
    """Plates and their rotations.

    Parameters
    ----------
    key, title : str
        Short name for links, and the name that people know it by.
    citation, licence : str
    oldest_ma : float
        How far back it reaches.
    rotations : Rotations
    plates : sequence of Plate
        Where two overlap, the first counts.
    """

    def __init__(
        self,
        *,
        key: str,
        title: str,
        citation: str,
        licence: str,
        oldest_ma: float,
        rotations: Rotations,
        plates: Sequence[Plate],
    ) -> None:
        self.key, self.title, self.citation, self.licence = key, title, citation, licence
        self.oldest_ma = oldest_ma
        self.rotations = rotations
        self.plates = tuple(plates)
        self.outlines = Outlines([plate.outline for plate in self.plates])
        self._oldest = np.array([plate.oldest_ma for plate in self.plates])
        self._plates = np.array([plate.plate for plate in self.plates], np.int64)

    def pieces_at(self, points: Numbers) -> Keys:
        """For each point the piece of a plate on which it lies today, by its place in `plates`; `NO_PLATE` where on none.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            Longitude and latitude in degrees, today.
        """
        return self.outlines.first_at(points)

    def positions(self, points: Numbers, ages_ma: Sequence[float]) -> list[Position]:
        """Where places lay, each at an age of its own.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            Longitude and latitude in degrees, today.
        ages_ma : sequence of float
            One for each point.

        Returns
        -------
        list of Position
            Never the place of today in the stead of one that is not known.

        Raises
        ------
        MapError
            When a point is not on the Earth.
        """
        _check(points)
        placed = self.place(points, np.asarray(ages_ma, np.float64))
        return [
            Position(at[0], at[1], plate) if known else Position(None, None, plate, self.why_not(piece, age))
            for at, plate, piece, known, age in zip(
                placed.points.tolist(), placed.plates.tolist(), placed.pieces.tolist(), placed.known.tolist(), ages_ma, strict=True
            )
        ]  # fmt: skip

    def place(self, points: Numbers, ages_ma: Numbers) -> Placed:
        """The same for very many places, as arrays.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            Longitude and latitude in degrees, today; what is no place on the Earth is not placed.
        ages_ma : array of float, shape (n,)
            One for each point.
        """
        on_earth = is_place(points)
        pieces = np.full(len(points), NO_PLATE, np.int64)
        pieces[on_earth] = self.outlines.first_at(points if on_earth.all() else points[on_earth])
        there = (pieces != NO_PLATE) & (ages_ma >= 0) & (ages_ma <= self.oldest_ma)
        there &= ages_ma <= np.where(pieces == NO_PLATE, np.nan, self._oldest[pieces])
        plates = np.where(pieces == NO_PLATE, NO_PLATE, self._plates[pieces])
        return Placed(turn_each(points, self._rotations_of(plates, ages_ma, there)), plates, pieces)

    def _rotations_of(self, plates: Keys, ages_ma: Numbers, there: npt.NDArray[np.bool_]) -> Numbers:
        """The rotation of each point; a plate's is worked out once for each age at which it is asked for."""
        rotations = np.full((len(plates), 4), np.nan)
        asked = np.flatnonzero(there)
        if not len(asked):
            return rotations
        if np.ptp(ages_ma[asked]) == 0:
            known, which = np.unique(plates[asked], return_inverse=True)
            rotations[asked] = np.array([self.rotations.of(plate, float(ages_ma[asked[0]])) or _UNSAID for plate in known.tolist()])[which]  # fmt: skip
            return rotations
        asked = asked[np.argsort(plates[asked], kind="stable")]
        for of_one in np.split(asked, np.flatnonzero(np.diff(plates[asked])) + 1):
            ages, which = np.unique(ages_ma[of_one], return_inverse=True)
            rotations[of_one] = self.rotations.at(int(plates[of_one[0]]), ages)[which]
        return rotations

    def why_not(self, piece: int, age_ma: float) -> Message:
        """Why a point on a piece, by its place in `plates`, has no position at an age."""
        if not 0 <= age_ma <= self.oldest_ma:
            return message(
                "{model} reaches from today to {oldest} Ma; {age} Ma is outside of that.",
                model=self.title,
                oldest=f"{self.oldest_ma:g}",
                age=f"{age_ma:g}",
            )
        if piece == NO_PLATE:
            return message("The place lies on no plate of {model}.", model=self.title)
        plate = self.plates[piece]
        if age_ma > plate.oldest_ma == 0:
            return message("{model} has that ground for today alone, and not for {age} Ma.", model=self.title, age=f"{age_ma:g}")  # fmt: skip
        if age_ma > plate.oldest_ma:
            return message(
                "The ground there formed {oldest} million years ago in {model}, later than {age} Ma.",
                oldest=f"{plate.oldest_ma:g}",
                model=self.title,
                age=f"{age_ma:g}",
            )
        return message("{model} does not say how plate {plate} moved at {age} Ma.", model=self.title, plate=plate.plate, age=f"{age_ma:g}")  # fmt: skip


def is_place(points: Numbers) -> npt.NDArray[np.bool_]:
    """For each pair of longitude and latitude whether there is such a place on the Earth."""
    on_earth: npt.NDArray[np.bool_] = (np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90)
    return on_earth


def _check(points: Numbers) -> None:
    wrong = ~is_place(points)
    if wrong.any():
        longitude, latitude = points[int(np.flatnonzero(wrong)[0])].tolist()
        raise MapError(
            message(
                "Longitude {longitude}, latitude {latitude} is no place on the Earth.",
                longitude=f"{longitude:g}",
                latitude=f"{latitude:g}",
            )
        )


@cache
def built_in_model(key: str) -> PlateModel:
    """One of the models that ship with Bonebed, by a key of `BUILT_IN`.

    Raises
    ------
    KeyError
        When there is no such model.
    """
    about = next((row for row in read_facts("palaeogeography/models.tsv") if row["key"] == key), None)
    if about is None:
        raise KeyError(key)
    poles, plates = read_tables(f"palaeogeography/{key}")
    return PlateModel(
        key=key,
        title=about["title"],
        citation=cite(about["reference"]),
        licence=about["licence"],
        oldest_ma=float(about["oldest_ma"]),
        rotations=Rotations(poles),
        plates=plates,
    )
