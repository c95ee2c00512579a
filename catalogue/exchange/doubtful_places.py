"""Doubts about the places of imported rows, asked of whoever can judge places.

The catalogue knows no countries' outlines; the maps do. They hand in a function that looks at many places at once. A doubt never keeps a
row out: it is counted among the notes.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from catalogue.checking import as_number
from catalogue.exchange.formats import Drafted
from catalogue.messages import Message

PlaceDoubts: TypeAlias = Callable[[Sequence[float], Sequence[float], Sequence[str]], Mapping[int, Sequence[Message]]]
"""Given latitudes and longitudes in degrees WGS84 and the ISO alpha-2 codes of the stated countries (blank: none), tells the doubts about
each place that has any, by its number."""


def from_maps(module: str, name: str) -> Any:
    """What the maps offer to the command line; None where they, or what they need, are not installed.

    It is asked for by name when it is needed, so that the catalogue works without them.
    """
    try:
        return getattr(importlib.import_module(f"maps.{module}"), name)
    except ImportError:
        return None


def note_doubts(drafts: Sequence[Drafted], doubts_of: PlaceDoubts) -> None:
    """Add to the notes of some drafts what is doubtful about their places."""
    placed = [(draft, place) for draft in drafts if (place := _place(draft)) is not None]
    if not placed:
        return
    latitudes, longitudes = zip(*(place for _, place in placed), strict=True)
    codes = [str(draft.get("country_code") or "").strip().upper() for draft, _ in placed]
    for number, doubts in doubts_of(latitudes, longitudes, codes).items():
        placed[number][0].notes.extend(doubts)


def _place(draft: Drafted) -> tuple[float, float] | None:
    """Its latitude and longitude; None when they are missing or no numbers, which is said elsewhere."""
    north, east = draft.get("decimal_latitude"), draft.get("decimal_longitude")
    if north is None or east is None or north == "" or east == "":
        return None
    try:
        latitude = north if isinstance(north, float) else as_number(str(north))
        longitude = east if isinstance(east, float) else as_number(str(east))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
