"""Very many finds on the two Earths: what `screens.parts.earth_window` draws where they are counted in cells."""

from collections.abc import Mapping, Sequence

import numpy as np

from catalogue.geological_time import Interval
from maps.palaeogeography.frames import AGES, on_plates
from maps.palaeogeography.models import PlateModel
from maps.periods import NEUTRAL
from maps.places_in_cells import CellPlace
from screens import navigation
from screens.parts.ages import age_words
from screens.words import _, language, several

_EDGE = 0.001
"""Degrees beyond the outermost finds, so that they lie in the area of the link and not on its edge."""


def drawn(
    cells: Sequence[CellPlace], model: PlateModel, other: PlateModel | None, asked: Mapping[str, str]
) -> tuple[list[list[object]], list[list[object]]]:
    """The places and the finds of the window; a find stands for all of one unit in a cell, and its last number says how many.

    Parameters
    ----------
    asked : mapping of str to str
        The parameters of the search's link.
    """
    points = np.array([(cell.longitude, cell.latitude) for cell in cells]).reshape(-1, 2)
    where = np.column_stack([*on_plates(model, points), *on_plates(other or model, points)]).tolist()
    places: list[list[object]] = []
    finds: list[list[object]] = []
    for cell, on_both in zip(cells, where, strict=True):
        numbers = list(range(len(finds), len(finds) + len(cell.counts)))
        finds += [_find(cell, unit, count, asked) for unit, count in cell.counts]
        places.append([round(cell.longitude, 3), round(cell.latitude, 3), *on_both, "", numbers])
    return places, finds


def _find(cell: CellPlace, unit: Interval | None, count: int, asked: Mapping[str, str]) -> list[object]:
    box = f"{cell.west - _EDGE:.3f},{cell.south - _EDGE:.3f};{cell.east + _EDGE:.3f},{cell.north + _EDGE:.3f}"
    link = {**asked, "area": box, **({"interval": unit.name, "fit": "within"} if unit else {})}
    title = several("{n} find", "{n} finds", count)
    label = unit.label(language()) if unit else _("no interval")
    ages = (unit.span.max_ma, unit.span.min_ma) if unit else (AGES[-1], 0.0)
    words = f"{label} · {age_words(unit.span)}" if unit else label
    key = f"cell {box} {unit.name if unit else ''}".strip()
    color, address = unit.color if unit else NEUTRAL, navigation.href("specimens", **link)
    return [key, f"{title}, {label}", *ages, color, words, address, count]
