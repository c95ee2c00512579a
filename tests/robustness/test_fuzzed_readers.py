"""Whatever bytes a file holds, a reader gives a table or says in words why not; nothing else comes out.

Files of each kind are made, and bytes in them changed, cut out, doubled and cut off at random: in the file as it lies on a disk, and, of a
zipped one, in the files within.
"""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from catalogue.exchange.reading import UnreadableFile, read_table
from tests.catalogue.exchange.reading.conftest import (
    FIRST,
    HEADINGS,
    KML,
    archive_files,
    geopackage,
    ods_content,
    ods_row,
    saved,
    workbook,
    zip_of,
)
from tests.thoroughness import often

PBDB = (
    '"Data Provider","The Paleobiology Database"\r\n"Records:"\r\n"occurrence_no","accepted_name","max_ma"\r\n'
    '"1","Lufengosaurus ""huenei""","201.4"\r\n'
)
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"a": 1.5, "b": [1, {"c": None}]},
                "geometry": {"type": "Point", "coordinates": [102.1, 25.1]},
            }
        ],
    }
)
SHORT = json.dumps({"records": [{"oid": "occ:1", "tna": "Aus bus", "rnk": 3, "eag": 201.4}]})
SHEETS = f'<table:table table:name="A">{ods_row("a", "b")}{ods_row("1", "2", more="""table:number-rows-repeated="3" """)}</table:table>'


PLAIN = {
    "csv": PBDB.encode(),
    "tsv": 'gbifID\tname\tcc\n1\tLufengosaurus "Lulu"\tCN\n2\tAus\tUS\n'.encode("utf-16"),
    "chinese": "标本号,产地\n1,云南省禄丰县沙湾\n".encode("gb18030"),
    "json": SHORT.encode(),
    "geojson": GEOJSON.encode(),
    "kml": KML.encode(),
    "geopackage": geopackage(),
}
LISTS = Workbook()
LISTS.active.append(["occurrenceID", "scientificName"])
LISTS.active.append(["a", "Aus bus"])
for headings in (["occurrenceID", "element", "side"], ["occurrenceID", "measurementType", "measurementValue"]):
    LISTS.create_sheet().append(headings)
    LISTS.worksheets[-1].append(["a", "femur", 5])
SHEETS_OF_LISTS = "".join(
    f'<table:table table:name="{name}">{ods_row(*headings)}{ods_row("a", "femur")}</table:table>'
    for name, headings in {"A": ("occurrenceID", "genus"), "B": ("occurrenceID", "element")}.items()
)
ZIPPED = {
    "lists": saved(LISTS),
    "ods lists": zip_of({"mimetype": "", "content.xml": ods_content(SHEETS_OF_LISTS)}),
    "xlsx": workbook(HEADINGS, FIRST, ["V16", "=1+1", None]),
    "ods": zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods_content(SHEETS)}),
    "archive": zip_of(archive_files()),
    "kmz": zip_of({"doc.kml": KML}),
    "nested": zip_of({"a.zip": zip_of({"table.csv": PBDB})}),
}

Edit = tuple[str, float, int, bytes]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["put", "over", "cut", "double", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 60),
        st.one_of(
            st.binary(min_size=1, max_size=8),
            st.sampled_from(
                [b"\x00", b'"', b"<", b">", b"&x;", b"\xff", b"\n", b",", b"999999999", b"-1", b"1e999", b"nan", b"]]>", b"{", b"[" * 50]
            ),
        ),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
BOUNDED = settings(
    max_examples=often(120), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def mutated(content: bytes, edits: list[Edit]) -> bytes:
    """The bytes with some of them changed."""
    for how, where, length, given_bytes in edits:
        place = int(where * len(content))
        rest = {
            "put": content[place:],
            "over": content[place + len(given_bytes) :],
            "cut": content[place + length :],
            "double": content[place : place + length] + content[place:],
            "end": b"",
        }[how]
        content = content[:place] + (given_bytes if how in {"put", "over"} else b"") + rest
    return content


def read_all(content: bytes) -> None:
    """Read a file to its end; nothing but `UnreadableFile` may come out."""
    try:
        table = read_table(content)
        rows = list(table.rows)
    except UnreadableFile as told:
        assert str(told)
        return
    assert len(rows) == len(table.rows)
    assert all(len(row.written) == len(table.headings) for row in rows)
    assert all(isinstance(cell, str) for row in rows for cell in row.written)
    listed = [part for row in rows for parts in row.extensions.values() for part in parts]
    assert all(isinstance(text, str) for part in listed for pair in part.items() for text in pair)


@pytest.mark.parametrize("kind", [*PLAIN, *ZIPPED])
def test_the_files_are_read_as_they_are(kind: str) -> None:
    if kind == "xlsx":
        with pytest.raises(UnreadableFile, match="Formulas without a result"):
            read_table(ZIPPED[kind])
        return
    assert len(read_table((PLAIN | ZIPPED)[kind]).rows) >= 1


@pytest.mark.parametrize("kind", ["lists", "ods lists"])
def test_the_lists_are_handed_on_where_nothing_is_damaged(kind: str) -> None:
    (row,) = read_table(ZIPPED[kind]).rows
    assert row.extensions["pieces"][0]["element"] == "femur"


@pytest.mark.parametrize("kind", [*PLAIN, *ZIPPED])
@BOUNDED
@given(edits=EDITS)
def test_bytes_that_were_damaged(kind: str, edits: list[Edit]) -> None:
    read_all(mutated((PLAIN | ZIPPED)[kind], edits))


@pytest.mark.parametrize("kind", ZIPPED)
@BOUNDED
@given(edits=EDITS, which=st.integers(0, 20))
def test_files_within_that_were_damaged(kind: str, edits: list[Edit], which: int) -> None:
    with zipfile.ZipFile(io.BytesIO(ZIPPED[kind])) as archive:
        files: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    chosen = sorted(files)[which % len(files)]
    inside = files[chosen]
    assert isinstance(inside, bytes)
    read_all(zip_of(files | {chosen: mutated(inside, edits)}))


@BOUNDED
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))),
    start=st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"{",
            b'[{"a":',
            b"<kml>",
            b"SQLite format 3\x00",
            b"\xff\xfe",
            b"sep=;\n",
            b'"Data Provider"\n',
        ]
    ),
)
def test_bytes_at_random(content: bytes, start: bytes) -> None:
    read_all(start + content)


@BOUNDED
@given(
    content=st.text(st.sampled_from('a1,;\t|"\r\n 禄é'), max_size=60).map(str.encode),
    encoding=st.sampled_from(
        ["", "UTF-8", "UTF-16", "GB18030", "Big5", "Shift_JIS", "hex", "zip", "idna", "punycode", "utf-7", "x"]
    ),
    delimiter=st.sampled_from(["", ",", ";", "\t", "::", '"', "\n", "禄", "a"]),
)
def test_what_people_say_of_a_text(content: bytes, encoding: str, delimiter: str) -> None:
    try:
        rows = list(read_table(content, encoding=encoding, delimiter=delimiter).rows)
    except UnreadableFile:
        return
    assert all(row.written for row in rows)
