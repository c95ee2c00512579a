"""Localities from a GeoPackage: a layer becomes a table, its points decimal degrees on WGS84.

A GeoPackage is an SQLite database, and a stranger's database may hold views and triggers that do harm: it is opened in memory, nothing
but reading is allowed, nothing in its schema is trusted, and what takes too long is stopped.

References
----------
Open Geospatial Consortium 2021. OGC GeoPackage Encoding Standard 1.3; http://www.geopackage.org/spec130/
"""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

from pyproj import Transformer
from pyproj.exceptions import ProjError

from catalogue.exchange.reading.numbers import plain_number
from catalogue.exchange.reading.points import LATITUDE, LONGITUDE, Points
from catalogue.exchange.reading.spool import Spool
from catalogue.exchange.reading.tables import Record, Table, UnreadableFile, refuse_wide, rows_below
from catalogue.exchange.reading.workbooks import chosen
from catalogue.messages import message

_NO_JOURNAL = b"\x01\x01"
"""In the header, instead of the mark of a database that has a second file beside it."""
_MOST_STEPS = 200_000_000
"""Steps of SQLite's machine for one file; a million rows with thirty columns need about sixty million."""
_STEPS_AT_ONCE = 100_000
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the box around a geometry, by the kind of box."""
_KINDS = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
_DEGREES = 4326


def read_geopackage(content: bytes, layer: str = "") -> Table:
    """Read a layer.

    Parameters
    ----------
    content : bytes
    layer : str
        Which one; the first where blank.

    Raises
    ------
    UnreadableFile
        When it is damaged, no GeoPackage, has no such layer, or its places are on a grid that we do not know.
    """
    with _asking(content) as ask:
        layers = tuple(
            str(name)
            for (name,) in ask("SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')")
        )
        if not layers:
            raise UnreadableFile(message("There is no layer with localities in this GeoPackage."))
        name = chosen(layers, (), layer)[0]
        points = Points()
        grid = rows_below(Spool().extend(_records(ask, name, points)).__iter__)
    return Table(
        "",
        False,
        "",
        grid.headings,
        grid.rows,
        kind="GeoPackage",
        sheet=name,
        sheets=layers,
        notes=(*grid.notes, *points.notes()),
        blank=grid.blank,
    )


class _Asking:
    """Asks a database of a stranger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self, question: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(question, values)


@contextmanager
def _asking(content: bytes) -> Iterator[_Asking]:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(content[:18] + _NO_JOURNAL + content[20:])
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA query_only = ON")
            connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
            _bounded(connection)
            yield _Asking(connection)
        except (sqlite3.Error, struct.error, UnicodeError, OverflowError, MemoryError) as error:
            raise UnreadableFile(
                message("The GeoPackage is damaged, or no GeoPackage ({error}).", error=str(error)[:100])
            ) from error


def _bounded(connection: sqlite3.Connection) -> None:
    steps = 0

    def stop() -> int:
        nonlocal steps
        steps += _STEPS_AT_ONCE
        return steps > _MOST_STEPS

    connection.set_progress_handler(stop, _STEPS_AT_ONCE)
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY)


def _records(ask: _Asking, layer: str, points: Points) -> Iterator[Record]:
    rows = ask(f"SELECT * FROM {_quoted(layer)}")  # noqa: S608  a name of a table, quoted
    columns = [str(column[0]) for column in rows.description]
    refuse_wide(len(columns) + 3)
    geometry = (
        ask("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", layer).fetchone()
        if _has_geometry(ask)
        else None
    )
    place = columns.index(geometry[0]) if geometry and geometry[0] in columns else None
    grid = _grid(ask, int(geometry[1])) if geometry and place is not None else None
    if place is None:
        yield 1, columns
        for number, row in enumerate(rows, start=2):
            yield number, list(map(_cell, row))
        return
    written = [columns.index(name) if name in columns else None for name in (LATITUDE, LONGITUDE)]
    rest = [number for number in range(len(columns)) if number != place and number not in written]
    yield 1, [*(columns[at] for at in rest), LATITUDE, LONGITUDE, "geometryType"]
    for number, row in enumerate(rows, start=2):
        latitude, longitude, kind = _place(row[place], grid)
        beside = tuple("" if at is None else _cell(row[at]) for at in written)
        degrees = points.latitude_and_longitude((latitude, longitude), (beside[0], beside[1]))
        yield number, [*(_cell(row[at]) for at in rest), *degrees, kind]


def _has_geometry(ask: _Asking) -> bool:
    return ask("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_geometry_columns'").fetchone() is not None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _grid(ask: _Asking, number: int) -> int:
    """The EPSG number of the grid on which places are given."""
    known = ask(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", number
    ).fetchone()
    if known and str(known[0]).upper() == "EPSG" and isinstance(known[1], int):
        return known[1]
    raise UnreadableFile(
        message(
            "The places in this file are on a grid that we do not know ({grid}). Export it as EPSG:4326.", grid=number
        )
    )


def _cell(value: object) -> str:
    if value is None or isinstance(value, bytes):
        return ""
    return plain_number(value) if isinstance(value, float) else str(value)


def _place(blob: object, grid: int | None) -> tuple[str, str, str]:
    """Latitude, longitude, and what it is where it is no point."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return "", "", ""
    start = 8 + _ENVELOPES.get(blob[3] >> 1 & 7, 0)
    if len(blob) < start + 5:
        return "", "", ""
    order = "<" if blob[start] else ">"
    kind = struct.unpack_from(f"{order}I", blob, start + 1)[0] % 1000
    if kind != 1 or len(blob) < start + 21:
        return "", "", _KINDS.get(kind, "")
    x, y = struct.unpack_from(f"{order}2d", blob, start + 5)
    longitude, latitude = _in_degrees(x, y, grid)
    return _written(latitude), _written(longitude), ""


def _in_degrees(x: float, y: float, grid: int | None) -> tuple[float, float]:
    """Longitude and latitude; those of another grid to about a centimetre."""
    if grid in {None, _DEGREES} or x != x:
        return x, y
    longitude, latitude = _transformer(grid or _DEGREES).transform(x, y)
    return round(longitude, 7), round(latitude, 7)


@cache
def _transformer(grid: int) -> Transformer:
    try:
        return Transformer.from_crs(f"EPSG:{grid}", f"EPSG:{_DEGREES}", always_xy=True)
    except ProjError as error:
        raise UnreadableFile(
            message(
                "The places in this file are on a grid that we do not know ({grid}). Export it as EPSG:4326.", grid=grid
            )
        ) from error


def _written(degrees: float) -> str:
    """Degrees; blank for the empty point, which is not a number."""
    return plain_number(degrees) if abs(degrees) < 1000 else ""
