"""Lists in JSON become tables: of the Paleobiology Database in both of its languages, of GBIF, of maps."""

import json
from typing import Any

import pytest

from catalogue.exchange.reading import Table, UnreadableFile, limits, read_table


def read(whole: Any) -> Table:
    return read_table(json.dumps(whole).encode())


def test_a_list_of_objects() -> None:
    table = read([{"name": "Lufengosaurus", "lat": 25.10, "count": 3}, {"name": None, "type": True, "names": ["a", 2]}])
    assert table.headings == ("name", "lat", "count", "type", "names")
    assert [(row.number, row.written) for row in table.rows] == [
        (2, ("Lufengosaurus", "25.1", "3", "", "")),
        (3, ("", "", "", "true", "a | 2")),
    ]
    assert (table.kind, table.encoding, table.delimiter) == ("JSON", "UTF-8", "")


def test_what_is_nested_stays_json() -> None:
    assert read([{"a": {"b": [1]}, "c": "d"}]).rows[0].cells["a"] == '{"b": [1]}'


def test_an_object_on_each_line() -> None:
    assert [row.written for row in read_table(b'{"a": 1}\n\n{"a": 2}\n').rows] == [("1",), ("2",)]


LONG = {
    "occurrence_no": "occ:138845", "collection_no": "col:11805", "accepted_name": "Lufengosaurus huenei", "accepted_rank": "species",
    "early_interval": "Hettangian", "max_ma": 201.4, "min_ma": 192.9,
}  # fmt: skip
SHORT = {
    "oid": "occ:138845", "cid": "col:11805", "tna": "Lufengosaurus huenei", "rnk": 3, "oei": "Hettangian", "eag": 201.4, "lag": 192.9,
    "cc2": "CN", "sfm": "Lower Lufeng",
}  # fmt: skip


def test_the_paleobiology_database_in_long_names() -> None:
    table = read({"elapsed_time": 0.1, "title": "PBDB Data Service", "data_license": "CC BY", "records": [LONG]})
    assert table.columns == tuple(LONG)
    assert table.source == {"title": "PBDB Data Service", "license": "CC BY"}


def test_the_paleobiology_database_in_short_names() -> None:
    cells = read({"elapsed_time": 0.1, "records": [SHORT]}).rows[0].cells
    assert cells == {
        "occurrence_no": "138845",
        "collection_no": "11805",
        "accepted_name": "Lufengosaurus huenei",
        "accepted_rank": "species",
        "early_interval": "Hettangian",
        "max_ma": "201.4",
        "min_ma": "192.9",
        "cc": "CN",
        "formation": "Lower Lufeng",
        "identified_name": "Lufengosaurus huenei",
    }


def test_an_identified_name_that_differs_stays() -> None:
    assert read([SHORT | {"idn": "Gyposaurus sinensis"}]).rows[0].cells["identified_name"] == "Gyposaurus sinensis"


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        ({"oid": "spm:18592", "qid": "occ:485130", "smi": "ANSP 9995", "smp": "fibula"}, "specimen_no occurrence_no specimen_id specimen_part"),
        ({"oid": "col:11805", "nam": "Shawan", "noc": 3}, "collection_no collection_name n_occs"),
        ({"oid": "txn:38519", "nam": "Dinosauria", "rnk": 25}, "orig_no taxon_name taxon_rank"),
        ({"oid": "mine:1", "nam": "as it is"}, "oid nam"),
        ({"oid": "1", "nam": "as it is"}, "oid nam"),
    ],
)  # fmt: skip
def test_other_lists_in_short_names(record: dict[str, Any], columns: str) -> None:
    assert " ".join(read([record]).columns) == columns


def test_an_answer_of_gbif() -> None:
    assert read({"offset": 0, "results": [{"key": 1, "scientificName": "Aus"}]}).columns == ("key", "scientificName")


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": 7, "properties": properties, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [102.1, 25.1, 1560]}


def test_features_one_a_line_or_in_a_list_are_places_too() -> None:
    features = [feature(POINT, locality="Shawan\u2028\x85village"), feature(None, locality="Dawa")]
    collection = read({"type": "FeatureCollection", "features": features})
    lines = read_table("\r\n".join(json.dumps(one, ensure_ascii=False) for one in features).encode())
    assert lines.kind == "GeoJSON"
    assert [row.cells for row in lines.rows] == [row.cells for row in collection.rows]
    assert [row.cells for row in read(features).rows] == [row.cells for row in collection.rows]


def test_places_of_geojson() -> None:
    area = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]}
    features = [feature(POINT, locality="Shawan"), feature(area, locality="Basin"), feature(None), "x"]
    table = read({"type": "FeatureCollection", "name": "Sites", "features": features[:3]})
    assert table.headings == ("locality", "id", "decimalLatitude", "decimalLongitude", "geometryType")
    assert [row.written[2:] for row in table.rows] == [("25.1", "102.1", ""), ("", "", "Polygon"), ("", "", "")]
    assert (table.kind, table.source) == ("GeoJSON", {"title": "Sites"})
    assert read(feature(POINT)).rows[0].cells["decimalLongitude"] == "102.1"


@pytest.mark.parametrize("coordinates", [[], [1], None, "x", {}])
def test_a_point_without_a_place(coordinates: Any) -> None:
    cells = read(feature({"type": "Point", "coordinates": coordinates}, a="b")).rows[0].cells
    assert "decimalLatitude" not in cells


def test_places_on_another_grid_are_refused() -> None:
    def collection(crs: str) -> dict[str, Any]:
        return {"type": "FeatureCollection", "crs": {"properties": {"name": crs}}, "features": [feature(POINT)]}

    assert len(read(collection("urn:ogc:def:crs:OGC:1.3:CRS84")).rows) == 1
    with pytest.raises(UnreadableFile, match="not in degrees on WGS84"):
        read(collection("urn:ogc:def:crs:EPSG::3857"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[{"a": 1}', "damaged or was cut off"),
        (b'{"a": ' * 20_000, "nested too deeply"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[[1, 2], [3]]", "no list of objects"),
        (b'{"records": [1]}', "no list of objects"),
        (b'{"records": []}', "list in the JSON is empty"),
        (b'{"type": "FeatureCollection"}', "no list of objects"),
        (b'{"type": "FeatureCollection", "features": [1]}', "no list of objects"),
        (b"[{}]", "no line of headings"),
        (b'[{"a": "' + b"x" * 1_000_001 + b'"}]', "longer than 1000000 characters"),
        (json.dumps([{f"c{number}": 1 for number in range(3000)}]).encode(), "3000 columns"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_table(content)


def test_a_file_that_would_need_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalogue.exchange.reading.json_lists.LARGEST_JSON", 20)
    assert limits.LARGEST_JSON > 20
    with pytest.raises(UnreadableFile, match="Export the same as CSV"):
        read([{"name": "Lufengosaurus"}])


def test_a_web_service_that_complains_is_quoted() -> None:
    with pytest.raises(UnreadableFile, match=r"could not give any: unknown taxon “Dinosuria”\. Ask there again"):
        read_table('{"status_code": 404, "errors": ["unknown taxon “Dinosuria”"]}'.encode())


def test_half_a_character_is_shown_as_lost() -> None:
    table = read_table(b'[{"name": "Lufengosaurus\\ud800", "a\\udfff": {"b": "\\udc00"}}]')
    assert table.headings == ("name", "a\N{REPLACEMENT CHARACTER}")
    assert table.rows[0].written == ("Lufengosaurus\N{REPLACEMENT CHARACTER}", '{"b": "\N{REPLACEMENT CHARACTER}"}')


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "\r", "a\nb"])
def test_breaks_of_all_systems_stay_in_their_cell(text: str) -> None:
    content = json.dumps([{"a": text, "b": "1"}]).encode()
    assert [row.written for row in read_table(content).rows] == [(text, "1")]
