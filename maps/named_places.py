"""Places by their names, from what is installed: countries of Natural Earth, and the places and formations that records name.

Records are read as the person may see them, and found by the words that person may find them by; so a withheld site is not found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import shapely
from sqlalchemy import Connection

from catalogue.countries import countries as country_names
from catalogue.finding import with_ids
from catalogue.records import UNKNOWN, Specimen
from catalogue.rights import Person
from catalogue.searching import facets
from catalogue.searching.query import Query
from catalogue.searching.words import words
from maps import places

MOST = 8
_READ = 500
"""Records that are looked through for names."""
_FIELDS = ("state_province", "county", "locality", "formation")
_LANGUAGES = ("en", "zh")
_HALF_A_DEGREE = 0.5


@dataclass(frozen=True)
class NamedPlace:
    """A place and where it lies.

    Parameters
    ----------
    name : str
    kind : str
        ``country``, or the field of a record that names it: ``state_province``, ``county``, ``locality``, ``formation``.
    south, west, north, east : float
        The box around it, or around what was found there, in degrees WGS84.
    """

    name: str
    kind: str
    south: float
    west: float
    north: float
    east: float


def named_places(connection: Connection, written: str, who: Person, language: str = "en") -> list[NamedPlace]:
    """Places whose name holds what was written, in English or Chinese; countries first.

    Parameters
    ----------
    who : Person
        Who asks.
    language : str
        In which countries are named.
    """
    asked = written.strip().casefold()
    if not asked:
        return []
    found = [*_countries(asked, language), *_of_records(connection, written, asked, who)]
    return found[:MOST]


def _countries(asked: str, language: str) -> Iterator[NamedPlace]:
    outlines = places.countries()
    if outlines is None or len(asked) < 2:
        return
    named = {one: country_names(one) for one in _LANGUAGES}
    codes = [code for code in named["en"] if any(asked in named[one].get(code, "").casefold() for one in _LANGUAGES)]
    for code in codes:
        pieces = shapely.get_parts(outlines.shapes[outlines.codes == code])
        if len(pieces):
            largest = max(pieces, key=lambda part: part.area)
            west, south, east, north = largest.bounds
            yield NamedPlace(country_names(language).get(code, code), "country", south, west, north, east)


def _of_records(connection: Connection, written: str, asked: str, who: Person) -> Iterator[NamedPlace]:
    if not words(written):
        return
    census, mask = facets.found_mask(connection, Query(text=written, with_place=True), who=who)
    ids = census.ids[mask][:_READ].tolist()
    known: dict[tuple[str, str], NamedPlace] = {}
    for specimen in with_ids(connection, ids, who=who):
        for kind, name in _names(specimen, asked):
            known[kind, name] = _around(known.get((kind, name)), specimen, kind, name)
    yield from sorted(known.values(), key=lambda place: (_FIELDS.index(place.kind), len(place.name), place.name))


def _names(specimen: Specimen, asked: str) -> Iterator[tuple[str, str]]:
    for kind in _FIELDS:
        for name in dict.fromkeys(specimen.text(kind, language) for language in _LANGUAGES):
            if name and name != UNKNOWN and asked in name.casefold():
                yield kind, name


def _around(known: NamedPlace | None, specimen: Specimen, kind: str, name: str) -> NamedPlace:
    latitude, longitude = specimen.decimal_latitude or 0.0, specimen.decimal_longitude or 0.0
    if known is None:
        half = _HALF_A_DEGREE
        return NamedPlace(name, kind, latitude - half, longitude - half, latitude + half, longitude + half)
    return replace(
        known,
        south=min(known.south, latitude - _HALF_A_DEGREE),
        north=max(known.north, latitude + _HALF_A_DEGREE),
        west=min(known.west, longitude - _HALF_A_DEGREE),
        east=max(known.east, longitude + _HALF_A_DEGREE),
    )
