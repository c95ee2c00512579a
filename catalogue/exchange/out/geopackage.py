"""Found records as a GeoPackage, for QGIS, ArcGIS and their like: a layer of points, and a table that says what the file is.

A GeoPackage is an SQLite database of a given form, so nothing more is needed to write one. A record without coordinates has no geometry.

References
----------
Open Geospatial Consortium 2021. OGC GeoPackage encoding standard 1.3.1. OGC 12-128r18.
"""

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from catalogue.exchange.out import cells
from catalogue.exchange.out.about import About, about
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.making import made
from catalogue.exchange.out.terms import COLUMNS

LAYER = "specimens"
_POINT = struct.Struct("<2sBBiBIdd")
_APPLICATION, _VERSION = 0x47504B47, 10301
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["World Geodetic System 1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_FRAME = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL
  DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES
  gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE about (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, heading TEXT NOT NULL, said TEXT NOT NULL);
"""


def write(found: Found, to: Path) -> None:
    """Write the file; `to` must not be there yet, or be empty."""
    told = about(found)
    with closing(sqlite3.connect(to, isolation_level=None)) as file:
        file.execute(f"PRAGMA application_id = {_APPLICATION}")
        file.execute("PRAGMA journal_mode = OFF")  # a file that was not finished is thrown away
        file.execute(f"PRAGMA user_version = {_VERSION}")
        file.executescript(_FRAME)
        columns = ", ".join(f'"{name}" {"DOUBLE" if name in cells.NUMBERS else "TEXT"}' for name in COLUMNS)
        file.execute(f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, {columns})")
        file.execute("BEGIN")
        for rows in made(found, _rows):
            rows.insert_into(file)
        file.executemany("INSERT INTO about (heading, said) VALUES (?, ?)", told.lines())
        _describe(file, told)
        file.execute("COMMIT")


def point(latitude: float | None, longitude: float | None) -> bytes | None:
    """A place as a GeoPackage writes it: a header, and the point as well-known binary; None when it is not known."""
    if latitude is None or longitude is None:
        return None
    return _POINT.pack(b"GP", 0, 1, 4326, 1, 1, longitude, latitude)


class _Rows(NamedTuple):
    """Records of the layer, in the columns in which any of them says something."""

    names: list[str]
    columns: list[Sequence[Any]]

    def insert_into(self, file: sqlite3.Connection) -> None:
        names, marks = ", ".join(f'"{name}"' for name in self.names), ", ".join("?" for _ in self.names)
        insert = f"INSERT INTO {LAYER} ({names}) VALUES ({marks})"  # noqa: S608  our own names
        file.executemany(insert, zip(*self.columns, strict=True))


def _rows(portion: Portion) -> _Rows:
    told = cells.values(portion)
    places = list(map(point, portion.columns["decimal_latitude"], portion.columns["decimal_longitude"]))
    return _Rows(["geom", *told], [places, *told.values()])


def _describe(file: sqlite3.Connection, told: About) -> None:
    """Say what is in the file, in the tables that every reader of the format asks."""
    systems = (
        ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
        ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    )
    file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", systems)
    when = f"{told.dated or '1970-01-01'}T00:00:00.000Z"
    box = file.execute(
        f'SELECT min("decimalLongitude"), min("decimalLatitude"), max("decimalLongitude"), max("decimalLatitude") FROM {LAYER}'  # noqa: S608
    ).fetchone()
    said = f"{told.citation} {told.license_name}"
    contents = "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    file.execute(contents, (LAYER, "features", LAYER, said, when, *box, 4326))
    file.execute(contents, ("about", "attributes", "about", told.title, when, None, None, None, None, None))
    file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (LAYER,))
