"""What was taken over from publications, as a file again: a CSV of each kind, and the localities as GeoJSON.

Localities that are withheld from a person are left out. Texts that a spreadsheet would run as a formula stand behind an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from catalogue.exchange.cells import harmless
from catalogue.messages import CatalogueError, message
from catalogue.published import reading
from catalogue.published.entries import KINDS, Entry, Kind, columns_of, plain
from catalogue.rights import Person

CALLED: Mapping[str, Kind] = {"strata": "rock_unit", "localities": "locality", "names": "name"}
"""What can be asked for on the command line."""
FORMATS: Mapping[Kind, tuple[str, ...]] = {
    kind: ("csv", "geojson") if kind == "locality" else ("csv",) for kind in KINDS
}
"""In which formats each kind can be had."""
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def content(connection: Connection, kind: Kind, format: str, words: str = "", *, who: Person) -> str:
    """The file as a text.

    Parameters
    ----------
    format : str
        One of `FORMATS`.
    words : str
        What the names hold; blank for all.

    Raises
    ------
    CatalogueError
        When the kind cannot be had in that format.
    """
    if format not in FORMATS[kind]:
        formats = ", ".join(FORMATS[kind])
        raise CatalogueError(message("Choose one of these formats: {formats}.", formats=formats))
    entries = reading.all_of(connection, kind, words, who=who)
    return _csv(kind, entries) if format == "csv" else _geojson(entries)


def write(connection: Connection, kind: Kind, format: str, to: Path, words: str = "", *, who: Person) -> int:
    """Write the file, UTF-8, and say how many bytes it has.

    Raises
    ------
    CatalogueError
        As for `content`; also when the file cannot be written.
    """
    text = content(connection, kind, format, words, who=who).encode()
    try:
        return to.write_bytes(text)
    except OSError as error:
        raise CatalogueError(message("The file cannot be written: {why}.", why=error.strerror)) from error


def _csv(kind: Kind, entries: Iterable[Entry]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = columns_of(kind)
    writer.writerow(["key", *columns, "source"])
    for entry in entries:
        held = plain(entry.says)
        writer.writerow([entry.key, *(harmless(_cell(held[name])) for name in columns), entry.source])
    return stream.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(value)
    return (
        "" if value is None else f"{value:g}" if isinstance(value, float) and value == round(value, 5) else str(value)
    )


def _geojson(entries: Iterable[Entry]) -> str:
    features = [json.dumps(_feature(entry), ensure_ascii=False) for entry in entries]
    head = json.dumps({"type": "FeatureCollection", "license": LICENSE}, ensure_ascii=False).removesuffix("}")
    return head + ', "features": [\n' + ",\n".join(features) + "\n]}\n"


def _feature(entry: Entry) -> dict[str, Any]:
    """A locality; without coordinates it has no geometry, so that none is lost."""
    held = plain(entry.says)
    latitude, longitude = held.pop("decimal_latitude"), held.pop("decimal_longitude")
    geometry = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    properties = {name: value for name, value in held.items() if value not in ("", None)}
    return {
        "type": "Feature",
        "id": entry.key,
        "geometry": geometry,
        "properties": properties | {"source": entry.source},
    }
