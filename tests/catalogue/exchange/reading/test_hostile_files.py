"""Files that would do harm, or that are not what their names say: refused in words, quickly and in little memory."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest

from catalogue.exchange.reading import UnreadableFile, limits, read_table
from catalogue.exchange.reading import lines as lines_module
from tests.catalogue.exchange.reading.conftest import FIRST, HEADINGS, Zipped, archive_files, document, workbook

MEGABYTE = 2**20


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """What is done here takes no more than so many bytes of memory."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def bomb_named(name: str, also: str = "") -> bytes:
    """A zip of 130 KB with a file that unpacks to 128 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w") as entry:
            for _ in range(128):
                entry.write(b" " * MEGABYTE)
        if also:
            archive.writestr(also, "")
    return stream.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = bomb_named("table.csv")
    assert len(bomb) < MEGABYTE
    with at_most(MEGABYTE), pytest.raises(UnreadableFile, match="would unpack to 128 MB"):
        read_table(bomb)


@pytest.mark.parametrize(
    ("name", "also"),
    [("table.csv", ""), ("[Content_Types].xml", "xl/workbook.xml"), ("meta.xml", ""), ("content.xml", "mimetype")],
)
def test_a_zip_bomb_that_lies_about_its_size_is_read_no_further_than_it_says(name: str, also: str) -> None:
    lying = bytearray(bomb_named(name, also))
    place = lying.index(b"PK\x01\x02") + 24
    lying[place : place + 4] = (1000).to_bytes(4, "little")
    with at_most(MEGABYTE), pytest.raises(UnreadableFile, match="damaged"):
        read_table(bytes(lying))


def test_zips_within_zips_without_end(zipped: Zipped) -> None:
    content = b"a,b\n1,2"
    name = "table.csv"
    for depth in range(3):
        content, name = zipped({name: content}), f"{depth}.zip"
        if depth < 2:
            assert len(read_table(content).rows) == 1
    with pytest.raises(UnreadableFile, match="no table in this zipped file"):
        read_table(content)


def test_a_zip_of_too_many_files(zipped: Zipped) -> None:
    with pytest.raises(UnreadableFile, match="holds 5001 files; at most 5000"):
        read_table(zipped({f"{number}.csv": "" for number in range(limits.MOST_FILES + 1)}))


def test_a_zip_of_several_tables_lists_them(zipped: Zipped) -> None:
    with pytest.raises(UnreadableFile, match=r"several tables in this zipped file: a\.csv, b/c\.xlsx\. Unpack it"):
        read_table(zipped({"a.csv": "a,b", "b/c.xlsx": "", "README.txt": ""}))


def test_a_zip_with_a_password(zipped: Zipped) -> None:
    content = bytearray(zipped({"table.csv": "a,b\n1,2"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="protected with a password"):
        read_table(bytes(content))


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "place", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
)
def test_entities_in_a_workbook(place: str, zipped: Zipped) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(HEADINGS, FIRST))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name).decode() for name in archive.namelist()}
    text = str(files[place])
    start = text.index("?>") + 2 if text.startswith("<?xml") else 0
    with pytest.raises(UnreadableFile):
        read_table(zipped(files | {place: text[:start] + LAUGHS + text[start:]}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body><table><tr><td>a", "page of the web, not a table, whatever the name"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>", "page of the web"),
        (b"<META http-equiv=x><table>", "page of the web"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "old form of XML"),
        (b'<archive xmlns="http://rs.tdwg.org/dwc/text/"/>', "choose the whole zipped file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel workbook"),
        (b"a,b\n1,\x002\n", "NUL character in line 2"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "no text"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_table(content, file_name="table.xls")


def test_mixed_encodings_are_told_with_the_line() -> None:
    content = ("place,count\n" + "Altmühltal,1\n" * 20).encode() + "Lühburg,2\n".encode("latin-1")
    with pytest.raises(UnreadableFile, match="Most of the text is UTF-8, but line 22 is not"):
        read_table(content)
    assert len(read_table(content, encoding="Windows-1252").rows) == 21


def test_a_line_without_end() -> None:
    content = b"a,b\n1," + b"x" * (limits.LONGEST_LINE + 10)
    with pytest.raises(UnreadableFile, match="Line 2 has more than 15999999 characters"):
        read_table(content)
    with pytest.raises(UnreadableFile, match="Line 1 has more than"):
        read_table(content.replace(b"\n", b" "))


def test_no_more_of_a_line_is_read_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "LONGEST_LINE", 1000)
    content = b"a,b\n" + b"x" * (64 * MEGABYTE)
    with at_most(4 * MEGABYTE), pytest.raises(UnreadableFile, match="Line 2"):
        read_table(content)


def test_a_row_of_a_hundred_thousand_cells() -> None:
    with pytest.raises(UnreadableFile, match="Row 2 has 100000 cells"):
        read_table(b"a,b\n" + b",".join([b"1"] * 100_000))


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_ten_thousand_columns(delimiter: str) -> None:
    with pytest.raises(UnreadableFile, match="10000 columns; at most 2000"):
        read_table(delimiter.join(f"c{number}" for number in range(10_000)).encode())


def test_rows_go_by_without_being_kept() -> None:
    row = b"138845,Lufengosaurus huenei,Hettangian,Sinemurian,201.4,192.9,25.1,102.1,CN,Yunnan\n"
    content = b"occurrence_no,accepted_name,early,late,max_ma,min_ma,lat,lng,cc,state\n" + row * 100_000
    table = read_table(content)
    with at_most(MEGABYTE // 4):
        assert sum(1 for _ in islice(table.rows, 5_000)) == 5_000


@pytest.mark.parametrize("kind", ["workbook", "document", "archive"])
def test_a_file_that_was_cut_off(kind: str, zipped: Zipped) -> None:
    whole = {
        "workbook": workbook(HEADINGS, FIRST),
        "document": document(zipped, ""),
        "archive": zipped(archive_files()),
    }[kind]
    for length in range(4, len(whole), max(1, len(whole) // 40)):
        with pytest.raises(UnreadableFile, match="damaged or was cut off"):
            read_table(whole[:length])


def test_places_that_lead_out_of_a_zip_are_not_followed(zipped: Zipped) -> None:
    """It is read in memory, whatever it calls itself; nothing is written anywhere."""
    assert read_table(zipped({"../../table.csv": "a,b\n1,2"})).rows[0].written == ("1", "2")
