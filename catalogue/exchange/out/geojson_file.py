"""Found records as GeoJSON: a feature each, for maps on the web and for any program that draws places.

A record without coordinates is a feature without geometry, so that none is lost. Title, citation and licence stand beside the features.

References
----------
Butler, H. et al. 2016. The GeoJSON format. RFC 7946. doi:10.17487/RFC7946
"""

import json
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

from catalogue.exchange.out import cells
from catalogue.exchange.out.about import about
from catalogue.exchange.out.found import Found, MoreColumns, Portion
from catalogue.exchange.out.terms import COLUMNS

_json = json.JSONEncoder(ensure_ascii=False).encode
"""Made once; `json.dumps` makes one for each record."""


def write(found: Found, to: Path) -> None:
    """Write the file, a feature a line."""
    told = about(found)
    head = {
        "type": "FeatureCollection",
        "title": told.title,
        "citation": told.citation,
        "license": told.license_address or told.license_name,
    }
    with to.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False).removesuffix("}") + ', "features": [')
        before = "\n"
        for portion in found.portions():
            for feature in features(portion, found.more):
                file.write(before + _json(feature))
                before = ",\n"
        file.write("\n]}\n")


def features(portion: Portion, more: MoreColumns | None = None) -> Iterator[dict[str, Any]]:
    """Records as features; numbers stand as numbers, blanks are left out."""
    held = portion.columns
    beyond = zip(*more.cells(portion), strict=True) if more else repeat((), len(portion))
    for row, latitude, longitude, besides in zip(
        cells.rows(portion), held["decimal_latitude"], held["decimal_longitude"], beyond, strict=True
    ):
        properties = {
            name: float(text) if name in cells.NUMBERS else text
            for name, text in zip(COLUMNS, row, strict=True)
            if text
        }
        if "translations" in properties:
            properties["translations"] = json.loads(str(properties["translations"]))
        properties |= {name: text for name, text in zip(more.names if more else (), besides, strict=True) if text}
        placed = latitude is not None and longitude is not None
        geometry = {"type": "Point", "coordinates": [longitude, latitude]} if placed else None
        yield {"type": "Feature", "id": properties["occurrenceID"], "geometry": geometry, "properties": properties}
