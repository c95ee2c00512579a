"""GeoJSON, GeoPackage and KML: read back by other programs, with each place where it is and no record lost unsaid."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.out import geojson_file, geopackage, kml
from catalogue.exchange.out.markup import attribute, escape
from catalogue.geological_time import timescale
from catalogue.rights import VISITOR
from tests.catalogue.exchange.out.conftest import Finds

KML = "{http://www.opengis.net/kml/2.2}"


def test_geojson_has_a_feature_for_each_record(finds: Finds, to: Path, described: None) -> None:
    geojson_file.write(finds(), to)
    whole = json.loads(to.read_text(encoding="utf-8"))
    assert whole["type"] == "FeatureCollection"
    assert whole["license"] == "http://creativecommons.org/licenses/by/4.0/legalcode"
    assert "Lufeng Museum" in whole["citation"]
    features = {feature["id"]: feature for feature in whole["features"]}
    assert features["w:holotype"]["geometry"] == {"type": "Point", "coordinates": [102.1, 25.1]}
    assert features["w:unplaced"]["geometry"] is None
    held = features["w:holotype"]["properties"]
    assert (held["maxMa"], held["bed"], held["translations"]["zh"]["locality"]) == (201.4, "5", "禄丰沙湾")
    assert "" not in held.values()


def test_another_program_reads_the_geojson(finds: Finds, to: Path) -> None:
    path = to.with_suffix(".geojson")
    geojson_file.write(finds(), path)
    _, _, shapes, _ = pyogrio.raw.read(path)
    assert sum(shape is not None for shape in shapes) == 2


def test_another_program_reads_the_geopackage(finds: Finds, to: Path) -> None:
    path = to.with_suffix(".gpkg")
    geopackage.write(finds(), path)
    assert dict(pyogrio.list_layers(path)) == {"specimens": "Point", "about": None}
    told = pyogrio.read_info(path, layer="specimens")
    assert (told["crs"], told["features"], told["geometry_name"]) == ("EPSG:4326", 3, "geom")
    table = pyogrio.read_dataframe(path, layer="specimens").set_index("occurrenceID")
    assert (table.geometry["w:holotype"].x, table.geometry["w:holotype"].y) == (102.1, 25.1)
    assert table.geometry["w:unplaced"] is None
    assert table.loc["w:holotype", "maxMa"] == 201.4
    assert table.loc["w:holotype", "locality"] == "Shawan & <Dawa>,\tLúfeng\n禄丰 “=1+1”"


def test_the_geopackage_keeps_to_its_standard(finds: Finds, to: Path, described: None) -> None:
    geopackage.write(finds(), to)
    file = sqlite3.connect(to)
    assert file.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {row[0] for row in file.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
    (box,) = file.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'specimens'")
    assert box[0] == 102.1 and box[1] == 25.1
    assert "Lufeng Museum" in dict(file.execute("SELECT heading, said FROM about"))["Cite as"]
    file.close()


def placemarks(path: Path) -> dict[str, Any]:
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{KML}kml"
    return {str(mark.findtext(f"{KML}name")): mark for mark in root.iter(f"{KML}Placemark")}


def test_kml_has_a_pin_for_each_place_with_its_age_in_words(finds: Finds, to: Path) -> None:
    kml.write(finds(), to)
    marks = placemarks(to)
    assert set(marks) == {"Lufengosaurus huenei Young, 1941", "?Sinosaurus triassicus"}
    mark = marks["Lufengosaurus huenei Young, 1941"]
    assert mark.findtext(f"{KML}Point/{KML}coordinates") == "102.1,25.1"
    assert mark.findtext(f"{KML}Snippet") == "Hettangian to Sinemurian, 201.4 to 192.9 million years ago"
    assert "Shawan & <Dawa>" in (mark.findtext(f"{KML}description") or "")
    names = [child.tag.removeprefix(KML) for child in mark]
    assert names == ["name", "Snippet", "description", "styleUrl", "ExtendedData", "Point"]


def test_each_pin_has_the_colour_of_its_time(finds: Finds, to: Path) -> None:
    kml.write(finds(), to)
    root = ElementTree.parse(to).getroot()
    styles = {style.get("id"): style.findtext(f"{KML}IconStyle/{KML}color") for style in root.iter(f"{KML}Style")}
    assert len(styles) == len(timescale().intervals)
    official = timescale()["Hettangian"].color.lower()
    assert styles["t-Hettangian"] == f"ff{official[5:7]}{official[3:5]}{official[1:3]}"
    used = {mark.findtext(f"{KML}styleUrl") for mark in root.iter(f"{KML}Placemark")}
    assert {str(one)[1:] for one in used} <= styles.keys()


@pytest.mark.parametrize("write", [geojson_file.write, geopackage.write, kml.write])
def test_visitors_get_no_exact_site(finds: Finds, to: Path, write: Any) -> None:
    write(finds(VISITOR), to)
    content = to.read_bytes()
    assert b"gully" not in content and b"102.5678" not in content


@given(st.text(max_size=80))
def test_any_text_is_xml(text: str) -> None:
    root = ElementTree.fromstring(f"<a b={attribute(text)}>{escape(text)}</a>".encode("utf-8", "replace"))
    assert root.tag == "a"


def test_one_interval_is_named_once() -> None:
    assert kml.age_in_words("Jurassic", "Jurassic", 201.4, 143.1) == "Jurassic, 201.4 to 143.1 million years ago"
