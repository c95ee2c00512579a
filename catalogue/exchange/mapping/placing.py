"""Where a row says its specimen lay: country, coordinates, their uncertainty, and the height above the sea."""

import re
from typing import TYPE_CHECKING

from catalogue.exchange.mapping.values import read_angle, read_coordinates, read_country, read_heights, read_metres
from catalogue.messages import message

if TYPE_CHECKING:
    from catalogue.exchange.mapping.row_reader import RowReader

_PLAIN = re.compile(r"^[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$").match
_LATITUDE, _LONGITUDE = "decimal_latitude", "decimal_longitude"
_LOWEST, _HIGHEST = "minimum_elevation_in_meters", "maximum_elevation_in_meters"
OF_HEIGHT_AND_DOUBT = ("coordinate_uncertainty_in_meters", _LOWEST, _HIGHEST, "elevation")
"""All columns that `remarks_of_place` looks at."""


def place_of(row: "RowReader") -> dict[str, object]:
    """Country, coordinates and heights for the draft."""
    values: dict[str, object] = {}
    if row.has("verbatim_coordinates"):
        values["verbatim_coordinates"] = row.text("verbatim_coordinates")
    if row.has("country_code"):
        values["country_code"] = _country(row)
    if row.has(_LATITUDE, _LONGITUDE):
        values |= _degrees(row, values)
    elif row.has("coordinates", "verbatim_latitude", "verbatim_longitude", "verbatim_coordinates"):
        values |= _together(row, values)
    return values


def _country(row: "RowReader") -> str:
    first = read_country(row.said("country_code"))
    if first:
        return first
    written = row.each("country_code")
    for _, text in written:
        code = read_country(text)
        if code:
            return code
    alone = row.text("country_code") or _namibia(row)
    if written:
        row.aside("country_code", written[0][1])
        row.draft.notes.append(
            message(
                "{column}: “{value}” is not a country that we know. It stands in the remarks.",
                column=written[0][0],
                value=written[0][1][:60],
            )
        )
        return ""
    return read_country(alone)


def _namibia(row: "RowReader") -> str:
    """``NA`` is Namibia's code and R's word for nothing: Namibia where the coordinates agree."""
    if not any(row.cells.get(column, "").strip() == "NA" for column in row.columns("country_code")):
        return ""
    latitude, longitude = (read_angle(row.text(name)) if row.text(name) else None for name in (_LATITUDE, _LONGITUDE))
    return "NA" if latitude and longitude and -29 <= latitude[0] <= -16.9 and 11.7 <= longitude[0] <= 25.3 else ""


def _degrees(row: "RowReader", so_far: dict[str, object]) -> dict[str, object]:
    north, east = row.text(_LATITUDE), row.text(_LONGITUDE)
    if (not north or _PLAIN(north)) and (not east or _PLAIN(east)):
        return {_LATITUDE: north, _LONGITUDE: east}
    latitude, longitude = (read_angle(text) if text else None for text in (north, east))
    both = f"{north} {east}".strip()
    if (north and latitude is None) or (east and longitude is None):
        return {_LATITUDE: "", _LONGITUDE: "", **_kept(row, both, so_far, told=True)}
    if latitude and longitude and latitude[1] == "lon" and longitude[1] == "lat":
        latitude, longitude = longitude, latitude
    values: dict[str, object] = {
        _LATITUDE: latitude[0] if latitude else "",
        _LONGITUDE: longitude[0] if longitude else "",
    }
    signed = re.search(r"[^\d.,+−-]", both.replace(" ", ""))
    return values | (_kept(row, both, so_far, told=False) if signed else {})


def _together(row: "RowReader", so_far: dict[str, object]) -> dict[str, object]:
    """Coordinates that do not stand as degrees in two columns."""
    both = row.text("coordinates") or f"{row.text('verbatim_latitude')} {row.text('verbatim_longitude')}".strip()
    text = both or row.text("verbatim_coordinates")
    if not text:
        return {}
    found = read_coordinates(text)
    if found is None:
        apart = [
            read_angle(row.text(f"verbatim_{name}"))
            for name in ("latitude", "longitude")
            if row.text(f"verbatim_{name}")
        ]
        found = (apart[0][0], apart[1][0]) if len(apart) == 2 and apart[0] and apart[1] else None
    kept = _kept(row, text, so_far, told=found is None)
    return kept | ({_LATITUDE: found[0], _LONGITUDE: found[1]} if found else {_LATITUDE: "", _LONGITUDE: ""})


def _kept(row: "RowReader", text: str, so_far: dict[str, object], *, told: bool) -> dict[str, object]:
    """Coordinates as written beside those that were read of them, or instead."""
    if told:
        row.draft.notes.append(
            message(
                "The coordinates “{value}” are not understood. They stand in the coordinates as written.",
                value=text[:60],
            )
        )
    held = str(so_far.get("verbatim_coordinates") or "")
    if held and held != text and told:
        row.remarks.append(f"{text}.")
    return {"verbatim_coordinates": held or text}


def remarks_of_place(row: "RowReader") -> None:
    """Heights and the uncertainty of the coordinates; what is no number of metres goes into the remarks and is told."""
    name = "coordinate_uncertainty_in_meters"
    if row.has(name):
        row.draft[name] = _metres(row, name, positive=True)
    for height in (_LOWEST, _HIGHEST):
        if row.has(height):
            row.draft[height] = _metres(row, height)
    text = row.text("elevation") if row.has("elevation") and not row.draft.get(_LOWEST) else ""
    if row.has("elevation") and not row.has(_LOWEST):
        row.draft[_LOWEST] = row.draft[_HIGHEST] = ""
    if text:
        heights = read_heights(text)
        if heights:
            row.draft[_LOWEST], row.draft[_HIGHEST] = min(heights), max(heights)
        else:
            _tell(row, "elevation", text)


def _metres(row: "RowReader", name: str, *, positive: bool = False) -> object:
    text = row.text(name)
    if not text:
        return ""
    if _PLAIN(text) and not (positive and float(text.replace("−", "-")) == 0):
        return text
    metres = read_metres(text)
    if metres is None or (positive and metres <= 0):
        _tell(row, name, text)
        return ""
    return metres


def _tell(row: "RowReader", target: str, text: str) -> None:
    row.aside(target, text)
    row.draft.notes.append(
        message(
            "{column}: “{value}” is not understood as metres. It stands in the remarks.",
            column=row.heading(target),
            value=text[:60],
        )
    )
