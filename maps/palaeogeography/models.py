"""Plate models: which plate a place is on, and where that plate has carried it by any age.

Both models that ship with Bonebed are in the palaeomagnetic frame, so that latitudes are those of the ancient Earth; longitudes are a
convention of each model. `data/palaeogeography/README.md` has their sources.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from catalogue.facts import cite, read_facts
from catalogue.messages import Message, message
from maps.errors import MapError
from maps.palaeogeography.rotations import Numbers, Pole, Rotations, turn

Keys: TypeAlias = npt.NDArray[np.int64]
BUILT_IN = ("paleomap", "wright2013")
NO_PLATE = -1


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
        self.index = shapely.STRtree([plate.outline for plate in self.plates])

    def pieces_at(self, points: Numbers) -> Keys:
        """For each point the piece of a plate on which it lies today, by its place in `plates`; `NO_PLATE` where on none.

        Parameters
        ----------
        points : array of float, shape (n, 2)
            Longitude and latitude in degrees, today.
        """
        found = np.full(len(points), len(self.plates), np.int64)
        of, piece = self.index.query(shapely.points(points), predicate="intersects")
        np.minimum.at(found, of, piece)
        found[found == len(self.plates)] = NO_PLATE
        return found

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
        pieces = self.pieces_at(points)
        groups: dict[tuple[int, float], list[int]] = {}
        found: list[Position | None] = [None] * len(points)
        for number, (piece, age) in enumerate(zip(pieces.tolist(), ages_ma, strict=True)):
            why_not = self._why_not(piece, age)
            if why_not is not None:
                plate = self.plates[piece].plate if piece != NO_PLATE else NO_PLATE
                found[number] = Position(None, None, plate, why_not)
            else:
                groups.setdefault((self.plates[piece].plate, age), []).append(number)
        for (plate, age), numbers in groups.items():
            rotation = self.rotations.of(plate, age)
            assert rotation is not None
            for number, (longitude, latitude) in zip(numbers, turn(points[numbers], rotation).tolist(), strict=True):
                found[number] = Position(longitude, latitude, plate)
        return [position for position in found if position is not None]

    def _why_not(self, piece: int, age_ma: float) -> Message | None:
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
        if age_ma > plate.oldest_ma:
            return message(
                "The ground there formed {oldest} million years ago in {model}, later than {age} Ma.",
                oldest=f"{plate.oldest_ma:g}",
                model=self.title,
                age=f"{age_ma:g}",
            )
        if self.rotations.of(plate.plate, age_ma) is None:
            return message("{model} does not say how plate {plate} moved at {age} Ma.", model=self.title, plate=plate.plate, age=f"{age_ma:g}")  # fmt: skip
        return None


def _check(points: Numbers) -> None:
    wrong = ~(np.isfinite(points).all(axis=1) & (np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90))
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
    return PlateModel(
        key=key,
        title=about["title"],
        citation=cite(about["reference"]),
        licence=about["licence"],
        oldest_ma=float(about["oldest_ma"]),
        rotations=Rotations(_poles(read_facts(f"palaeogeography/{key}_poles.tsv"))),
        plates=list(_plates(read_facts(f"palaeogeography/{key}_plates.tsv"))),
    )


def _poles(rows: Sequence[Mapping[str, str]]) -> Iterator[Pole]:
    for row in rows:
        yield Pole(
            int(row["plate"]),
            int(row["fixed"]),
            float(row["age_ma"]),
            float(row["latitude"]),
            float(row["longitude"]),
            float(row["angle"]),
        )


def _plates(rows: Sequence[Mapping[str, str]]) -> Iterator[Plate]:
    for row in rows:
        rings = [[(float(x), float(y)) for x, y in (point.split() for point in ring.split(","))] for ring in row["outline"].split(";")]  # fmt: skip
        outline = shapely.Polygon(rings[0], rings[1:])
        yield Plate(int(row["plate"]), float(row["oldest_ma"]), float(row["youngest_ma"]), outline, row["name"])
