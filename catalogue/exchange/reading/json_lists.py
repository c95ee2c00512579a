"""JSON: a list of objects, one a row, by itself or within an answer of a web service; GeoJSON; one object a line.

The Paleobiology Database answers with short names unless asked for long ones; those are put into the long ones that its tables have.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalogue.exchange.reading.encodings import decode
from catalogue.exchange.reading.limits import LARGEST_JSON
from catalogue.exchange.reading.numbers import exact_number
from catalogue.exchange.reading.paleobiology_names import in_full
from catalogue.exchange.reading.points import LATITUDE, LONGITUDE, Points
from catalogue.exchange.reading.spool import Spool
from catalogue.exchange.reading.tables import Record, Table, UnreadableFile, refuse_wide, rows_below
from catalogue.messages import message

_LISTS = ("records", "results", "features", "data", "items", "rows")
"""Under which names web services put their lists."""
_HALF = re.compile("[\ud800-\udfff]")
_SAME_PLACE = ("4326", "CRS84")
"""Degrees on WGS84, as GeoJSON has them and old files spell out."""


def read_json(content: bytes) -> Table:
    """Read a list of objects.

    Parameters
    ----------
    content : bytes
        ``[{…}, …]``, an answer of the Paleobiology Database or GBIF, GeoJSON, or an object on each line.

    Raises
    ------
    UnreadableFile
        When it is too large, no JSON, or holds no list of objects.
    """
    if len(content) > LARGEST_JSON:
        raise UnreadableFile(
            message(
                "The JSON file is larger than {most} MB. Export the same as CSV, which may be of any size.",
                most=LARGEST_JSON // 2**20,
            )
        )
    text, encoding, guessed = decode(content)
    whole = _as_collection(_parsed(text))
    is_map = isinstance(whole, Mapping) and whole.get("type") in {"FeatureCollection", "Feature"}
    if is_map:
        _refuse_other_grids(whole)
    points = Points()
    objects = [_of_feature(one, points) for one in _features(whole)] if is_map else in_full(_objects(whole))
    grid = rows_below(Spool().extend(_records(objects)).__iter__)
    kind = "GeoJSON" if is_map else "JSON"
    return Table(
        encoding,
        guessed,
        "",
        grid.headings,
        grid.rows,
        kind=kind,
        source=_source(whole),
        notes=(*grid.notes, *points.notes()),
        blank=grid.blank,
    )


def _as_collection(whole: Any) -> Any:
    """Features by themselves, one a line or in a list, as the collection that they are."""
    if (
        isinstance(whole, list)
        and whole
        and all(isinstance(one, Mapping) and one.get("type") == "Feature" for one in whole)
    ):
        return {"type": "FeatureCollection", "features": whole}
    return whole


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        by_line = _by_line(text)
        if by_line is not None:
            return by_line
        if not isinstance(error, json.JSONDecodeError):
            raise UnreadableFile(
                message("The JSON is nested too deeply, or has a number of thousands of digits. No table has that.")
            ) from error
        raise UnreadableFile(
            message("The JSON is damaged or was cut off ({error}).", error=str(error)[:120])
        ) from error


def _by_line(text: str) -> list[Any] | None:
    """The objects of a file with one on each line; None when it is no such file."""
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]  # a text may hold other ends of lines
    except (ValueError, RecursionError):
        return None


def _objects(whole: Any) -> list[Mapping[str, Any]]:
    """The list within."""
    if isinstance(whole, Mapping):
        _refuse_complaint(whole)
        listed = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), None)
        whole = [whole] if listed is None else listed
    if not isinstance(whole, list) or not all(isinstance(one, Mapping) for one in whole):
        raise UnreadableFile(message("The JSON holds no list of objects, one for each row."))
    if not whole:
        raise UnreadableFile(message("The list in the JSON is empty."))
    return whole


def _refuse_complaint(whole: Mapping[str, Any]) -> None:
    """A web service that could not answer says why, in place of records."""
    said = whole.get("errors") or whole.get("error")
    if said and not any(isinstance(whole.get(name), list) for name in _LISTS):
        raise UnreadableFile(
            message(
                "The file holds no records, but the answer of a web service that could not give any: {said}. Ask there again.",
                said=_cell(said)[:200].rstrip("."),
            )
        )


def _records(objects: Sequence[Mapping[str, Any]]) -> Iterator[Record]:
    headings: dict[str, None] = {}
    for one in objects:
        headings.update(dict.fromkeys(one))
        refuse_wide(len(headings))
    yield 1, list(map(_whole, headings))
    for number, one in enumerate(objects, start=2):
        yield number, [_cell(one.get(heading)) for heading in headings]


def _cell(value: Any) -> str:
    """A value as a cell: numbers as people write them, lists of plain values parted by bars, what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return exact_number(value)
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return " | ".join(map(_cell, value))
    return _whole(json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """A text in which half a character, as JSON can spell it (``\\ud800``), is shown as one that is lost: it cannot be written."""
    return text if text.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def _features(whole: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _objects([whole] if whole["type"] == "Feature" else whole.get("features"))


def _of_feature(feature: Mapping[str, Any], points: Points) -> dict[str, Any]:
    properties = feature.get("properties")
    cells = dict(properties) if isinstance(properties, Mapping) else {}
    if feature.get("id") is not None and feature["id"] not in cells.values():
        cells.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    return points.placed(cells, place(*_point(geometry))) if isinstance(geometry, Mapping) else cells


def _point(geometry: Mapping[str, Any]) -> tuple[str, object, object]:
    kind, at = str(geometry.get("type", ""))[:40], geometry.get("coordinates")
    if kind == "Point" and isinstance(at, list) and len(at) >= 2:
        return kind, at[0], at[1]
    return kind, None, None


def place(kind: str, longitude: object, latitude: object) -> dict[str, object]:
    """The columns of a place, in degrees on WGS84; of a line or an area only what it is, for it has no one point."""
    if kind == "Point" and latitude is not None:
        return {LATITUDE: latitude, LONGITUDE: longitude}
    return {"geometryType": kind}


def _refuse_other_grids(whole: Mapping[str, Any]) -> None:
    if "crs" in whole and whole["crs"] is not None and not any(one in json.dumps(whole["crs"]) for one in _SAME_PLACE):
        raise UnreadableFile(
            message(
                "The places in this file are not in degrees on WGS84 (EPSG:4326). Export it anew with that setting."
            )
        )


def _source(whole: Any) -> dict[str, str]:
    """What an answer of the Paleobiology Database says of itself."""
    if not isinstance(whole, Mapping):
        return {}
    said = {"title": whole.get("title") or whole.get("name"), "license": whole.get("data_license")}
    return {name: value for name, value in said.items() if isinstance(value, str)}


def records_of(objects: Iterable[Mapping[str, Any]]) -> Spool:
    """Objects as the records of a table, headings first."""
    return Spool().extend(_records(list(objects)))
