"""Found records as GeoJSON: a feature each, for maps on the web and for any program that draws places.

A record without coordinates is a feature without geometry, so that none is lost. Title, citation and licence stand beside the features.

References
----------
Butler, H. et al. 2016. The GeoJSON format. RFC 7946. doi:10.17487/RFC7946
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache, partial
from itertools import repeat
from pathlib import Path

from catalogue.exchange.out.about import about
from catalogue.exchange.out.cells import floats
from catalogue.exchange.out.found import Found, MoreColumns, Portion
from catalogue.exchange.out.json_members import as_json, members, stated, texts
from catalogue.exchange.out.making import made
from catalogue.exchange.out.terms import FIELDS, term
from catalogue.records import Specimen

_PROPERTIES = {name: term(name) for name in (*FIELDS, "genus") if name != "occurrence_id"}
_WHOLE = [field.name for field in fields(Specimen) if field.type in (int, int | None) and field.name in _PROPERTIES]


def write(found: Found, to: Path) -> None:
    """Write the file, a feature a line."""
    told = about(found)
    head = {
        "type": "FeatureCollection",
        "title": told.title,
        "citation": told.citation,
        "license": told.license_address or told.license_name,
    }
    with to.open("wb") as file:
        file.write(f'{as_json(head).removesuffix("}")}, "features": ['.encode())
        before = b"\n"
        for lines in made(found, partial(_lines, more=found.more)):
            file.write(before + lines)
            before = b",\n"
        file.write(b"\n]}\n")


def features(portion: Portion, more: MoreColumns | None = None) -> Iterator[str]:
    """Records as features; numbers stand as numbers, all of them with a point, and blanks are left out."""
    held = portion.columns
    written = {name: texts(held[name]) for name in ("decimal_longitude", "decimal_latitude")}
    points = map(_point, *written.values())
    written |= {name: texts(floats(held[name])) for name in _WHOLE}
    columns = [*stated(portion, _PROPERTIES, {**written, "translations": map(_translations, held["translations"])})]
    columns += map(members, more.names, more.cells(portion)) if more else ()
    starts = map(_start, texts(held["occurrence_id"]), points)
    return map("".join, zip(starts, *columns, repeat("}}")))


def _lines(portion: Portion, more: MoreColumns | None) -> bytes:
    return b",\n".join(map(str.encode, features(portion, more)))


def _start(key: str, point: str) -> str:
    return f'{{"type": "Feature", "id": {key}, "geometry": {point}, "properties": {{"occurrenceID": {key}'


def _point(longitude: str, latitude: str) -> str:
    if longitude == "null" or latitude == "null":
        return "null"
    return f'{{"type": "Point", "coordinates": [{longitude}, {latitude}]}}'


@lru_cache(maxsize=8192)
def _translations(stored: str) -> str:
    """Texts in other languages in one spelling of JSON, however they are stored."""
    return as_json(json.loads(stored)) if stored else ""
