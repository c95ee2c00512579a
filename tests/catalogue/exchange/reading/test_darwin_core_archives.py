"""Darwin Core Archives: the core with what further tables say of its rows."""

import pytest

from catalogue.exchange.reading import UnreadableFile, read_table
from tests.catalogue.exchange.reading.conftest import EML, META, OCCURRENCES, Zipped, archive_files


def test_the_core_with_its_defaults(zipped: Zipped) -> None:
    table = read_table(zipped(archive_files()))
    assert table.headings == ("occurrenceID", "scientificName", "basisOfRecord", "country")
    assert [row.written for row in table.rows] == [
        ("1", 'Lufengosaurus "Lulu" huenei', "FossilSpecimen", "China"),
        ("2", "Sinosaurus triassicus", "FossilSpecimen", "China (Yunnan)"),
    ]
    assert [row.number for row in table.rows] == [2, 3]
    assert (table.kind, table.row_type) == ("Darwin Core Archive", "http://rs.tdwg.org/dwc/terms/Occurrence")


def test_what_further_tables_say_of_a_row(zipped: Zipped) -> None:
    first, second = read_table(zipped(archive_files())).rows
    assert first.extensions == {
        "Identification": (
            {"scientificName": "Gyposaurus sinensis", "identifiedBy": "Young, C. C."},
            {"scientificName": "Lufengosaurus magnus", "identifiedBy": "Young"},
        )
    }
    assert second.extensions == {}


def test_rows_that_belong_to_nothing_are_told(zipped: Zipped) -> None:
    (note,) = read_table(zipped(archive_files())).notes
    assert str(note) == "Rows of identification.csv that belong to no row of the core, and are left out: 1."


def _with(*tables: str) -> str:
    return META.replace("</archive>", "".join(tables) + "</archive>")


def _further(row_type: str, file: str, *terms: str) -> str:
    columns = "".join(f'<field index="{place}" term="{term}"/>' for place, term in enumerate(terms, 1))
    return (
        f'<extension rowType="{row_type}" fieldsTerminatedBy="\\t" fieldsEnclosedBy="" ignoreHeaderLines="1">'
        f'<files><location>{file}</location></files><coreid index="0"/>{columns}</extension>'
    )


def test_further_tables_that_are_not_read_are_told_once(zipped: Zipped) -> None:
    meta = _with(
        _further(
            "http://rs.tdwg.org/dwc/terms/Occurrence", "verbatim.txt", "http://rs.tdwg.org/dwc/terms/catalogNumber"
        ),
        _further("http://rs.gbif.org/terms/1.0/DNADerivedData", "dna.txt", "http://rs.gbif.org/terms/dna_sequence"),
    )
    more = {"meta.xml": meta, "verbatim.txt": "id\tno\n1\tV 1\n", "dna.txt": "id\tdna\n1\tACGT\n"}
    table = read_table(zipped(archive_files() | more))
    assert [set(row.extensions) for row in table.rows] == [{"Identification"}, set()]
    assert [str(note) for note in table.notes[1:]] == [
        "verbatim.txt is not read: it repeats the records as their publishers wrote them.",
        "dna.txt is not read: Bonebed has no list for “DNADerivedData”.",
    ]


def test_columns_of_further_tables_of_which_nothing_is_taken_are_told(zipped: Zipped) -> None:
    words = ("identifier", "subtype", "comments", "metadataLanguage")
    meta = _with(_further("http://rs.tdwg.org/ac/terms/Multimedia", "media.txt", *words))
    more = {"meta.xml": meta, "media.txt": "id\ta\tb\tc\td\n1\thttps://a.example/1.jpg\tPhotograph\t\ten\n"}
    table = read_table(zipped(archive_files() | more))
    assert next(iter(table.rows)).extensions["Multimedia"] == ({"identifier": "https://a.example/1.jpg"},)
    assert str(table.notes[-1]) == "Columns of media.txt from which nothing is taken: subtype, metadataLanguage."


def test_pictures_in_the_archive_are_told(zipped: Zipped) -> None:
    table = read_table(
        zipped(archive_files() | {"media/V15.JPG": b"x", "__MACOSX/media/._V15.JPG": b"x", "rights.txt": ""})
    )
    assert str(table.notes[-1]).startswith("Pictures that lie in the archive are not taken here: 1.")


def test_two_further_tables_of_one_kind_are_both_read(zipped: Zipped) -> None:
    tables = [
        _further(f"http://rs.{place}/Multimedia", f"{name}.txt", "identifier")
        for place, name in (("gbif.org/terms/1.0", "simple"), ("tdwg.org/ac/terms", "audiovisual"))
    ]
    more = {"meta.xml": _with(*tables), "simple.txt": "id\ta\n1\tone\n", "audiovisual.txt": "id\ta\n1\ttwo\n"}
    first = next(iter(read_table(zipped(archive_files() | more)).rows))
    assert first.extensions["Multimedia"] == ({"identifier": "one"}, {"identifier": "two"})


def test_where_it_comes_from(zipped: Zipped) -> None:
    assert read_table(zipped(archive_files())).source == {
        "title": "Finds of Lufeng",
        "license": "https://creativecommons.org/licenses/by/4.0/legalcode",
        "citation": "Museum (2026). Finds of Lufeng.",
    }


def test_in_a_folder_and_in_another_zip(zipped: Zipped) -> None:
    inner = zipped(
        {f"archive/{name}": content for name, content in archive_files().items()} | {"__MACOSX/meta.xml": ""}
    )
    table = read_table(zipped({"download.zip": inner, "README.txt": "Thanks"}))
    assert len(table.rows) == 2
    assert table.source["title"] == "Finds of Lufeng"


def test_several_files_of_one_core(zipped: Zipped) -> None:
    meta = META.replace(
        "<location>occurrence.txt</location>", "<location>occurrence.txt</location><location>more.txt</location>"
    )
    table = read_table(zipped(archive_files() | {"meta.xml": meta, "more.txt": "id\tname\tcountry\n3\tAus\tUS\n"}))
    assert [(row.number, row.written[0]) for row in table.rows] == [(2, "1"), (3, "2"), (4, "3")]


def test_a_key_that_is_no_term_has_a_column_of_its_own(zipped: Zipped) -> None:
    meta = META.replace('<id index="0"/>', '<id index="9"/>')
    assert read_table(zipped(archive_files() | {"meta.xml": meta})).headings[0] == "id"


def test_rows_can_be_gone_through_in_batches(zipped: Zipped) -> None:
    rows = read_table(zipped(archive_files())).rows
    assert [rows[:1][0].written[0], rows[1:2][0].written[0], rows[0].written[0], rows[-1].written[0]] == list("1212")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"meta.xml": META.replace("occurrence.txt", "../../etc/passwd")},
            "names “../../etc/passwd”, which is not in it",
        ),
        ({"meta.xml": META.replace("occurrence.txt", "https://example.org/a")}, "which is not in it"),
        ({"meta.xml": META.replace("core", "nucleus")}, "0 cores instead of one"),
        ({"meta.xml": META[:-40]}, "damaged or was cut off"),
        ({"meta.xml": META.replace("UTF-8", "hex")}, "no encoding that we know"),
        ({"meta.xml": META.replace("\\t", "||")}, "parts cells with “||”"),
        ({"meta.xml": META.replace("<location>occurrence.txt</location>", "")}, "names no file"),
        ({"meta.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + META}, "entities or a document type"),
        ({"eml.xml": '<!DOCTYPE a [<!ENTITY x "xxxxx">]>' + EML}, "entities or a document type"),
        ({"occurrence.txt": OCCURRENCES.encode("utf-16")}, "not UTF-8, as its meta.xml says"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(zipped: Zipped, files: dict[str, str | bytes], said: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_table(zipped(archive_files() | files))
    assert said in str(raised.value)
