"""Files of all kinds as the tests make them."""

import io
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import pytest
from openpyxl import Workbook

Zipped = Callable[[Mapping[str, str | bytes]], bytes]

HEADINGS = ["catalogNumber", "scientificName", "decimalLatitude"]
FIRST = ["V15", "Lufengosaurus huenei", 25.1]


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """A zipped file of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def zipped() -> Zipped:
    """Makes a zipped file of names and contents."""
    return zip_of


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: list[Any]) -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def ods_content(sheets: str) -> str:
    """The `content.xml` of a spreadsheet with these tables."""
    return _ODS.format(sheets)


def document(zipped: Zipped, sheets: str) -> bytes:
    """An OpenDocument spreadsheet with these tables."""
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods_content(sheets)})


def ods_row(*cells: str, more: str = "") -> str:
    """A row of an OpenDocument spreadsheet, all texts."""
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row {more}>{inside}</table:table-row>"


META = """<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">
<core rowType="http://rs.tdwg.org/dwc/terms/Occurrence" encoding="UTF-8" fieldsTerminatedBy="\\t" linesTerminatedBy="\\n"
 fieldsEnclosedBy="" ignoreHeaderLines="1"><files><location>occurrence.txt</location></files><id index="0"/>
<field index="0" term="http://rs.tdwg.org/dwc/terms/occurrenceID"/>
<field index="1" term="http://rs.tdwg.org/dwc/terms/scientificName"/>
<field default="FossilSpecimen" term="http://rs.tdwg.org/dwc/terms/basisOfRecord"/>
<field index="2" default="China" term="http://rs.tdwg.org/dwc/terms/country"/></core>
<extension rowType="http://rs.tdwg.org/dwc/terms/Identification" fieldsTerminatedBy="," fieldsEnclosedBy='"' ignoreHeaderLines="1">
<files><location>identification.csv</location></files><coreid index="0"/>
<field index="1" term="http://rs.tdwg.org/dwc/terms/scientificName"/>
<field index="2" term="http://rs.tdwg.org/dwc/terms/identifiedBy"/></extension></archive>"""
EML = """<eml:eml xmlns:eml="eml://ecoinformatics.org/eml-2.1.1"><dataset><title>Finds of Lufeng</title>
<intellectualRights><para>This work is under <ulink url="https://creativecommons.org/licenses/by/4.0/legalcode"><citetitle>CC BY
4.0</citetitle></ulink>.</para></intellectualRights></dataset><additionalMetadata><metadata><gbif>
<citation identifier="doi">Museum (2026). Finds of Lufeng.</citation></gbif></metadata></additionalMetadata></eml:eml>"""
OCCURRENCES = 'id\tname\tcountry\n1\tLufengosaurus "Lulu" huenei\t\n2\tSinosaurus triassicus\tChina (Yunnan)\n'
IDENTIFICATIONS = (
    'coreid,name,by\n1,Gyposaurus sinensis,"Young, C. C."\n1,Lufengosaurus magnus,Young\n9,Nobody,Nobody\n'
)


def archive_files() -> dict[str, str | bytes]:
    """The files of a small Darwin Core Archive."""
    return {
        "meta.xml": META,
        "eml.xml": EML,
        "occurrence.txt": OCCURRENCES,
        "identification.csv": IDENTIFICATIONS,
    }


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Sites</name><Folder>
<Placemark><name>Shawan</name><description>Lower Lufeng</description><ExtendedData><Data name="formation"><value>Lufeng</value></Data>
<SchemaData><SimpleData name="collector">Bien</SimpleData></SchemaData></ExtendedData>
<Point><coordinates> 102.1,25.1,1560 </coordinates></Point></Placemark>
<Placemark><name>Basin</name><Polygon/></Placemark></Folder></Document></kml>"""


def geopackage(*, grid: int = 4326, x: float = 102.1, y: float = 25.1) -> bytes:
    """A GeoPackage with a layer of two sites, the second without a place."""
    point = b"GP\x00\x01" + struct.pack("<i", grid) + b"\x01" + struct.pack("<I2d", 1, x, y)
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(
            f"""CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('sites', 'features'), ('people', 'attributes');
            INSERT INTO gpkg_geometry_columns VALUES ('sites', 'geom', {grid});
            INSERT INTO gpkg_spatial_ref_sys VALUES ({grid}, 'EPSG', {grid});
            CREATE TABLE sites (fid INTEGER, geom BLOB, locality TEXT, height REAL);
            CREATE TABLE people (name TEXT);
            INSERT INTO people VALUES ('Bien');"""
        )
        made.execute("INSERT INTO sites VALUES (1, ?, '沙湾', 1560.0), (2, NULL, 'Dawa', NULL)", (point,))
        made.commit()
        return made.serialize()
