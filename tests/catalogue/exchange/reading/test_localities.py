"""Localities of maps: KML, KMZ and GeoPackage."""

import json
import math
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from catalogue.exchange.reading import UnreadableFile, read_table
from catalogue.exchange.reading.points import Points
from tests.catalogue.exchange.reading.conftest import KML, Zipped, geopackage

ROWS = [
    {
        "name": "Shawan", "description": "Lower Lufeng", "formation": "Lufeng", "collector": "Bien", "decimalLatitude": "25.1",
        "decimalLongitude": "102.1", "geometryType": "",
    },
    {
        "name": "Basin", "description": "", "formation": "", "collector": "", "decimalLatitude": "", "decimalLongitude": "",
        "geometryType": "Polygon",
    },
]  # fmt: skip


def test_placemarks_of_kml() -> None:
    table = read_table(KML.encode())
    assert [row.cells for row in table.rows] == ROWS
    assert (table.kind, table.source) == ("KML", {"title": "Sites"})


def test_zipped_kml(zipped: Zipped) -> None:
    assert [row.cells for row in read_table(zipped({"doc.kml": KML, "files/icon.png": b"x"})).rows] == ROWS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<kml/>", "no placemark"),
        (KML[:-20], "damaged or was cut off"),
        (KML.replace("<kml", '<!DOCTYPE k [<!ENTITY a "b">]><kml'), "entities or a document type"),
    ],
)
def test_kml_that_cannot_be_read(content: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_table(content.encode())


def test_points_of_a_geopackage() -> None:
    table = read_table(geopackage())
    assert [row.cells for row in table.rows] == [
        {"fid": "1", "locality": "沙湾", "height": "1560", "decimalLatitude": "25.1", "decimalLongitude": "102.1", "geometryType": ""},
        {"fid": "2", "locality": "Dawa", "height": "", "decimalLatitude": "", "decimalLongitude": "", "geometryType": ""},
    ]  # fmt: skip
    assert (table.kind, table.sheet, table.sheets) == ("GeoPackage", "sites", ("sites", "people"))


def test_a_layer_without_places() -> None:
    table = read_table(geopackage(), sheet="people")
    assert (table.headings, table.rows[0].written) == (("name",), ("Bien",))
    with pytest.raises(UnreadableFile, match="no sheet “x”"):
        read_table(geopackage(), sheet="x")


def test_points_on_another_grid_become_degrees() -> None:
    x, y = 11365719.99, 2888010.0  # Web Mercator, metres
    cells = read_table(geopackage(grid=3857, x=x, y=y)).rows[0].cells
    assert float(cells["decimalLongitude"]) == pytest.approx(math.degrees(x / 6378137), abs=1e-6)
    latitude = math.degrees(2 * math.atan(math.exp(y / 6378137)) - math.pi / 2)
    assert float(cells["decimalLatitude"]) == pytest.approx(latitude, abs=1e-6)


def test_an_unknown_grid_is_told() -> None:
    with pytest.raises(UnreadableFile, match="on a grid that we do not know"):
        read_table(geopackage(grid=999999))


def test_a_geopackage_with_its_journal_beside_it() -> None:
    content = geopackage()
    assert len(read_table(content[:18] + b"\x02\x02" + content[20:]).rows) == 2


@pytest.mark.parametrize(
    "question",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "SELECT hex(randomblob(900000000)) AS i",
        "SELECT load_extension('x') AS i",
    ],
)
def test_a_view_that_would_do_harm_is_not_asked(question: str) -> None:
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(geopackage())
        made.executescript(f"DROP TABLE people; CREATE VIEW people AS {question};")
        content = made.serialize()
    with pytest.raises(UnreadableFile, match="GeoPackage is damaged"):
        read_table(content, sheet="people")


@pytest.mark.parametrize("content", [geopackage()[:3000], b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_damaged_geopackage_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="GeoPackage is damaged"):
        read_table(content)


def test_names_in_a_geopackage_that_are_no_text_are_told() -> None:
    with pytest.raises(UnreadableFile, match=r"no sheet “people”\. There are: sites, peo.le"):
        read_table(geopackage().replace(b"people", b"peo\xffle"), sheet="people")


def test_a_database_that_is_no_geopackage_is_told() -> None:
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript("CREATE TABLE a (b)")
        content = made.serialize()
    with pytest.raises(UnreadableFile, match="no GeoPackage"):
        read_table(content)


def layer_with_columns(latitude: float) -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(geopackage())
        made.executescript(
            f"""ALTER TABLE sites ADD COLUMN decimalLatitude REAL; ALTER TABLE sites ADD COLUMN decimalLongitude REAL;
            UPDATE sites SET decimalLatitude = {latitude}, decimalLongitude = 102.1 WHERE fid = 1;"""
        )
        return made.serialize()


def feature_with_columns(latitude: float) -> bytes:
    said = {"decimalLatitude": latitude, "decimalLongitude": 102.1}
    point = {"type": "Point", "coordinates": [102.1, 25.1]}
    return json.dumps({"type": "Feature", "properties": said, "geometry": point}).encode()


def pin_with_columns(latitude: float) -> bytes:
    said = f'<Data name="decimalLatitude"><value>{latitude}</value></Data><Data name="decimalLongitude"><value>102.1</value></Data>'
    point = "<Point><coordinates>102.1,25.1</coordinates></Point>"
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>{point}<ExtendedData>{said}</ExtendedData></Placemark></kml>'.encode()


@pytest.mark.parametrize("file", [layer_with_columns, feature_with_columns, pin_with_columns])
def test_a_point_that_was_moved_counts_and_a_column_with_more_digits_does_too(file: Callable[[float], bytes]) -> None:
    same = read_table(file(25.1000000333))
    assert (same.rows[0].cells["decimalLatitude"], same.notes) == ("25.1000000333", ())
    moved = read_table(file(25.2))
    assert (moved.rows[0].cells["decimalLatitude"], moved.rows[0].cells["decimalLongitude"]) == ("25.1", "102.1")
    assert [str(note) for note in moved.notes] == [
        "Places whose point lies elsewhere than decimalLatitude and decimalLongitude say: 1. The point is taken."
    ]


@pytest.mark.parametrize(
    ("written", "is_told"),
    [((25.13, 102.08), False), (("25.1333", "102.0833"), False), ((25.14, 102.08), True), ((25, 102), True)],
)
def test_columns_that_were_rounded_tell_of_no_moved_point(written: tuple[object, object], *, is_told: bool) -> None:
    points = Points()
    point = (25.133333333, 102.083333333)
    assert points.latitude_and_longitude(point, written) == point
    assert bool(points.notes()) is is_told
