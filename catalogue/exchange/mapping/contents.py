"""What a column holds, told by its cells where its heading says too little; always with how many cells speak for it.

Bare numbers are taken for degrees only when the heading hints at it as well, for temperatures and lengths look the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.exchange.mapping.ages import read_age
from catalogue.exchange.mapping.headings import folded
from catalogue.exchange.mapping.values import read_angle, read_coordinates, read_country
from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name
from catalogue.taxonomy import taxonomy

MOST_CELLS = 200
"""Cells that are looked at: enough to be sure, few enough to be quick."""
_SURE = 0.8
_FEWEST = 2
_NORTH, _EAST = re.compile(r"^(?:lat|breit|n$|y$|north|纬)"), re.compile(r"^(?:lon|lng|lang|laeng|e$|x$|east|经)")


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold, and what speaks for it."""

    target: str
    reason: Message


def guess(heading: str, cells: Sequence[str]) -> Guess | None:
    """What the cells of a column look like; None when nothing is sure.

    Parameters
    ----------
    heading : str
        Its heading, as a hint.
    cells : sequence of str
        Cells of the column that are not blank.
    """
    seen = [cell.strip() for cell in cells if cell.strip()][:MOST_CELLS]
    if len(seen) < _FEWEST:
        return None
    for look in (_degrees, _coordinates, _intervals, _countries, _names):
        found = look(folded(heading), seen)
        if found:
            return found
    return None


def _share(seen: Sequence[str], counted: int) -> str:
    return f"{100 * counted / len(seen):.0f}"


def _degrees(heading: str, seen: Sequence[str]) -> Guess | None:
    angles = [read_angle(cell) for cell in seen]
    known = [angle for angle in angles if angle]
    if len(known) < _SURE * len(seen):
        return None
    north = sum(axis == "lat" for _, axis in known)
    east = sum(axis == "lon" for _, axis in known)
    if north >= _SURE * len(seen):
        return Guess(
            "decimal_latitude",
            message("looks like latitudes: {share} % of the cells name north or south", share=_share(seen, north)),
        )
    if east >= _SURE * len(seen):
        return Guess(
            "decimal_longitude",
            message("looks like longitudes: {share} % of the cells name east or west", share=_share(seen, east)),
        )
    within = sum(abs(degrees) <= 90 for degrees, _ in known)
    if _NORTH.match(heading) and within >= _SURE * len(seen):
        return Guess(
            "decimal_latitude",
            message("looks like latitudes: {share} % of the cells between −90 and 90", share=_share(seen, within)),
        )
    within = sum(abs(degrees) <= 180 for degrees, _ in known)
    if _EAST.match(heading) and within >= _SURE * len(seen):
        return Guess(
            "decimal_longitude",
            message("looks like longitudes: {share} % of the cells between −180 and 180", share=_share(seen, within)),
        )
    return None


def _coordinates(_: str, seen: Sequence[str]) -> Guess | None:
    pairs = sum(
        read_coordinates(cell) is not None and bool(re.search(r"[°NSEWnsew北东]|\d[.,]\d+\D+\d", cell)) for cell in seen
    )
    if pairs < _SURE * len(seen):
        return None
    return Guess(
        "coordinates",
        message(
            "looks like coordinates: {share} % of the cells are a latitude and a longitude", share=_share(seen, pairs)
        ),
    )


def _intervals(_: str, seen: Sequence[str]) -> Guess | None:
    known = sum(read_age(cell) is not None for cell in seen)
    if known < _SURE * len(seen):
        return None
    return Guess(
        "age",
        message("looks like ages: {share} % of the cells name an interval of the chart", share=_share(seen, known)),
    )


def _countries(_: str, seen: Sequence[str]) -> Guess | None:
    known = sum(len(cell) > 1 and read_country(cell) != "" for cell in seen)
    if known < _SURE * len(seen):
        return None
    return Guess(
        "country_code", message("looks like countries: {share} % of the cells name one", share=_share(seen, known))
    )


def _names(_: str, seen: Sequence[str]) -> Guess | None:
    known = sum(is_known_name(cell) for cell in seen)
    if 2 * known < len(seen):
        return None
    return Guess(
        "verbatim_identification",
        message(
            "looks like scientific names: {share} % of the cells begin with a genus or group that we know",
            share=_share(seen, known),
        ),
    )


@lru_cache(maxsize=4096)
def is_known_name(cell: str) -> bool:
    """Whether a text begins with a genus or group of `data/taxa`, or calls one by its Chinese name."""
    if not cell.isascii() and taxonomy().called(cell):
        return True
    try:
        return parse_name(cell.replace("_", " ")).genus in taxonomy()
    except UnreadableName:
        return False
