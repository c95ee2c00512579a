"""Palaeocoordinates as columns of a file that goes out: where each record lay in the middle of its age, by which model, or why not."""

import numpy as np

from catalogue.exchange.out.found import MoreColumns, Portion
from maps.palaeogeography.models import NO_PLATE, PlateModel

NAMES = ("palaeolongitude", "palaeolatitude", "palaeoAgeMa", "palaeoPlateID", "palaeoModel", "palaeoReason")
"""The headings; Darwin Core has no terms for these."""


def palaeo_columns(model: PlateModel) -> MoreColumns:
    """The columns by a model. Coordinates are those that the file holds: a withheld site is as coarse here as there."""
    return MoreColumns(NAMES, lambda portion: _cells(portion, model))


def _cells(portion: Portion, model: PlateModel) -> list[list[str]]:
    held = portion.columns
    numbers = np.array(
        [held["decimal_longitude"], held["decimal_latitude"], held["max_ma"], held["min_ma"]], np.float64
    )
    longitudes, latitudes, oldest, youngest = numbers.reshape(4, -1)
    ages = (oldest + youngest) / 2
    placed = model.place(np.stack([longitudes, latitudes], axis=1), ages)
    rows = [
        _row(known, point, plate, piece, age, has_place, model)
        for known, point, plate, piece, age, has_place in zip(
            placed.known.tolist(), placed.points.tolist(), placed.plates.tolist(), placed.pieces.tolist(), ages.tolist(),
            np.isfinite(longitudes).tolist(), strict=True,
        )
    ]  # fmt: skip
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in NAMES]


def _row(
    known: bool, point: list[float], plate: int, piece: int, age: float, has_place: bool, model: PlateModel
) -> tuple[str, ...]:
    if not has_place:
        return "", "", "", "", "", "The record has no coordinates."
    where = (f"{point[0]:.4f}", f"{point[1]:.4f}") if known else ("", "")
    why = "" if known else str(model.why_not(piece, age))
    return *where, f"{age:g}", "" if plate == NO_PLATE else str(plate), model.title, why
