"""Tables of any museum come in: columns are understood, what is not understood is kept and told, and every row is accounted for."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.checking import InvalidDraft
from catalogue.exchange.mapped_tables import DARWIN_CORE, FREE_COLUMNS, NotMapped
from catalogue.exchange.mapping import saved
from catalogue.exchange.mapping.columns import ColumnMap
from catalogue.exchange.out.csv_file import csv_lines
from catalogue.exchange.out.found import of_specimens
from catalogue.exchange.outcomes import Outcomes
from catalogue.exchange.pipeline import Choices, commit, preview
from catalogue.exchange.reading import UnreadableFile
from catalogue.generalising import generalise
from catalogue.records import OWN, PUBLISHED
from catalogue.rights import THIS_COMPUTER, VISITOR, NotAllowed
from tests.catalogue.exchange.reading.conftest import EML, META, zip_of
from tests.catalogue.exchange.rejected import rejects_csv
from tests.thoroughness import often


def table(*rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table of text with its headings in the first row."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def summary(outcomes: Outcomes) -> tuple[int, int, int, int, int]:
    return outcomes.read, outcomes.accepted, outcomes.changed, outcomes.unchanged, outcomes.rejected


GERMAN = (
    ("Inv.-Nr.", "Name", "Fundort", "Zeitalter", "Breite", "Länge", "Land", "gesammelt am", "Regal"),
    (
        "SMNS 1",
        "Plateosaurus",
        "Trossingen",
        "Obertrias (Norium)",
        "48,07",
        "8,63",
        "Deutschland",
        "5. März 1913",
        "R 7",
    ),
)
CHINESE = (
    ("标本号", "学名", "产地", "时代", "层位", "坐标", "采集日期"),
    ("LFGT 1", "Lufengosaurus huenei", "禄丰沙湾", "早侏罗世", "下禄丰组", "北纬25°06′，东经102°06′", "1938年11月5日"),
)


def test_a_german_list_is_understood(connection: Connection) -> None:
    report = commit(connection, THIS_COMPUTER, "liste.csv", table(*GERMAN, delimiter=";", encoding="cp1252"))
    assert (report.format, summary(report)) == (FREE_COLUMNS.name, (1, 1, 0, 0, 0))
    assert report.columns_left == ("Regal",)
    kept = specimens.get(connection, "urn:catalog::SMNS 1")
    assert (kept.basis_of_record, kept.catalog_number, kept.locality) == (OWN, "SMNS 1", "Trossingen")
    assert (kept.earliest_interval, kept.verbatim_age) == ("Norian", "Obertrias (Norium)")
    assert (kept.decimal_latitude, kept.decimal_longitude, kept.country_code) == (48.07, 8.63, "DE")
    assert kept.event_date == "1913-03-05"


def test_a_chinese_list_is_understood(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "标本.csv", table(*CHINESE, encoding="gb18030"))
    kept = specimens.get(connection, "urn:catalog::LFGT 1")
    assert (kept.earliest_interval, kept.formation, kept.locality) == ("Early Jurassic", "下禄丰组", "禄丰沙湾")
    assert (kept.decimal_latitude, kept.decimal_longitude) == (25.1, 102.1)
    assert kept.verbatim_coordinates == "北纬25°06′，东经102°06′"
    assert kept.event_date == "1938-11-05"


GBIF_DOWNLOAD = (
    (
        *("gbifID", "occurrenceID", "verbatimIdentification", "scientificName", "verbatimScientificName", "species"),
        *("acceptedScientificName", "verbatimElevation", "elevation", "occurrenceStatus", "earliestAgeOrLowestStage", "issue", "level0Gid"),
    ),
    (
        *("1145330002", "ark:2", "", "Triceratops Marsh, 1889", "Triceratops cf. horridus", "Triceratops horridus"),
        *("Triceratops Marsh, 1889", "", "780.0", "PRESENT", "Maastrichtian", "TAXON_MATCH_HIGHERRANK", ""),
    ),
    (
        *("1145330005", "ark:5", "", "Triceratops Marsh, 1889", "Triceratops", "", "Triceratops Marsh, 1889"),
        *("", "", "ABSENT", "Maastrichtian", "", ""),
    ),
)  # fmt: skip


def test_a_download_of_gbif_keeps_what_its_publisher_wrote(connection: Connection) -> None:
    report = commit(connection, THIS_COMPUTER, "0021234.csv", table(*GBIF_DOWNLOAD, delimiter="\t"))
    kept = specimens.get(connection, "ark:2")
    assert kept.verbatim_identification == "Triceratops cf. horridus"
    assert (kept.minimum_elevation_in_meters, kept.occurrence_remarks) == (780, "")
    assert report.columns_left == ("species", "acceptedScientificName", "issue"), "level0Gid says nothing in any row"


def test_where_nothing_was_found_no_find_is_made(connection: Connection) -> None:
    report = commit(connection, THIS_COMPUTER, "0021234.csv", table(*GBIF_DOWNLOAD, delimiter="\t"))
    assert summary(report) == (2, 1, 0, 0, 1)
    assert str(report.reasons()[0][0]) == "The row says that nothing was found there (occurrenceStatus is absent)."


def test_the_key_of_an_archive_stands_in_no_remarks(connection: Connection) -> None:
    meta = META.replace('<id index="0"/>', '<id index="3"/>').replace("FossilSpecimen", "MaterialCitation")
    core = "id\tname\tcountry\tkey\n1\tLufengosaurus huenei\t\tk1\n"
    files = {"meta.xml": meta, "occurrence.txt": core, "identification.csv": "coreid,name,by\n", "eml.xml": EML}
    proposed = preview(connection, "ipt.zip", zip_of(files)).column_map
    assert proposed is not None and proposed.targets["id"] == ""
    choices = Choices(columns=ColumnMap(proposed.targets, {"earliest_interval": "Jurassic"}))
    report = commit(connection, THIS_COMPUTER, "ipt.zip", zip_of(files), choices=choices)
    assert report.accepted == 1, report.reasons()
    assert specimens.get(connection, "1").occurrence_remarks == ""


def test_each_column_has_its_reason(connection: Connection) -> None:
    content = table(
        ("catalogNumber", "Taxon", "site hint", "Epoche?", "P"),
        ("V 1", "Lufengosaurus", "25°06'N 102°06'E", "Hettangian", "x"),
        ("V 2", "Sinosaurus", "25°07'N 102°07'E", "Sinemurian", "y"),
    )
    proposals = {one.column: one for one in preview(connection, "a.csv", content).proposals}
    assert {name: one.target for name, one in proposals.items()} == {
        "catalogNumber": "catalog_number",
        "Taxon": "verbatim_identification",
        "site hint": "coordinates",
        "Epoche?": "earliest_epoch",
        "P": "",
    }
    assert str(proposals["catalogNumber"].reason) == "the Darwin Core term catalogNumber"
    assert "100 % of the cells" in str(proposals["site hint"].reason)
    assert proposals["Taxon"].samples == ("Lufengosaurus", "Sinosaurus")


def test_the_same_list_again_changes_nothing(connection: Connection) -> None:
    for content in (table(*GERMAN, delimiter=";"), table(*CHINESE)):
        commit(connection, THIS_COMPUTER, "a.csv", content)
        assert summary(commit(connection, THIS_COMPUTER, "b.csv", content)) == (1, 0, 0, 1, 0)


def test_a_column_that_the_list_lacks_is_not_blanked(connection: Connection) -> None:
    commit(connection, THIS_COMPUTER, "a.csv", table(*GERMAN))
    shorter = table(("Inv.-Nr.", "Name", "Finder"), ("SMNS 1", "Plateosaurus", "F. v. Huene"))
    report = commit(connection, THIS_COMPUTER, "b.csv", shorter)
    assert summary(report) == (1, 0, 1, 0, 0)
    assert [(change.field, change.after) for change in report.rows[0].changes] == [("recorded_by", "F. v. Huene")]
    assert specimens.get(connection, "urn:catalog::SMNS 1").locality == "Trossingen"


def test_a_specimen_is_known_again_by_its_number_whatever_its_key(
    connection: Connection, draft: dict[str, Any]
) -> None:
    specimens.add(connection, THIS_COMPUTER, draft | {"occurrence_id": "k"})
    content = table(("Museum", "Cat. No.", "Name", "Sex"), ("IVPP", "IVPP V15", "Lufengosaurus huenei", "female"))
    report = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert [(row.outcome, row.occurrence_id) for row in report.rows] == [("changed", "k")]


def test_what_is_not_understood_is_kept_and_told(connection: Connection) -> None:
    content = table(
        ("Cat. No.", "Name", "Age", "Country", "Date", "Height", "Latitude", "Longitude", "Count"),
        ("V 1", "Lufengosaurus", "Hettangian", "Freedonia", "03/04/1938", "2000 ft", "near the well", "", "several"),
    )
    report = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert summary(report) == (1, 1, 0, 0, 0)
    kept = specimens.get(connection, "urn:catalog::V 1")
    assert kept.occurrence_remarks == "Country: Freedonia. Height: 2000 ft. Date: 03/04/1938. Count: several."
    assert kept.verbatim_coordinates == "near the well"
    told = [str(said) for said, _ in report.notes]
    assert [
        any(word in said for said in told) for word in ("Freedonia", "03/04", "2000 ft", "near the well", "several")
    ] == [True] * 5
    assert sum(json.loads(json.dumps(report.as_json()))["notes"].values()) == 5


def test_an_unknown_age_is_rejected_unless_an_age_is_given_for_all_rows(connection: Connection) -> None:
    content = table(("Cat. No.", "Name", "Age"), ("V 1", "Lufengosaurus", "Lufengian"), ("V 2", "Lufengosaurus", ""))
    report = preview(connection, "a.csv", content)
    assert summary(report) == (2, 0, 0, 0, 2)
    assert "Lufengian" in str(report.rejects[0].reason)
    assert "no age" in str(report.rejects[1].reason)
    assert report.column_map is not None
    columns = ColumnMap(report.column_map.targets, {"earliest_interval": "Early Jurassic"})
    report = commit(connection, THIS_COMPUTER, "a.csv", content, choices=Choices(columns=columns))
    assert summary(report) == (2, 2, 0, 0, 0)
    kept = specimens.get(connection, "urn:catalog::V 1")
    assert (kept.earliest_interval, kept.verbatim_age) == ("Early Jurassic", "Lufengian")


def test_a_person_says_what_columns_mean(connection: Connection) -> None:
    content = table(("a", "b", "c"), ("Lufengosaurus", "Hettangian", "box 7"))
    with pytest.raises(NotMapped, match="No column says what the specimens are") as told:
        preview(connection, "a.csv", content)
    assert [one.column for one in told.value.proposals] == ["a", "b", "c"]
    columns = ColumnMap(
        {"a": "verbatim_identification", "b": "age", "c": "remarks"},
        {"basis_of_record": PUBLISHED, "dataset_name": "Ours"},
    )
    report = commit(connection, THIS_COMPUTER, "a.csv", content, choices=Choices(columns=columns))
    kept = specimens.get(connection, report.rows[0].occurrence_id)
    assert (kept.basis_of_record, kept.dataset_name, kept.occurrence_remarks) == (PUBLISHED, "Ours", "c: box 7.")


def test_a_saved_map_is_applied_to_a_table_with_the_same_headings(connection: Connection) -> None:
    columns = ColumnMap({"a": "verbatim_identification", "b": "age"}, {"institution_code": "MUS"})
    saved.save(connection, THIS_COMPUTER, "Our register", ("a", "b"), columns)
    report = preview(connection, "x.csv", table(("b", "a"), ("Hettangian", "Lufengosaurus")))
    assert summary(report) == (1, 1, 0, 0, 0)
    assert report.column_map is not None and report.column_map.name == "Our register"
    assert "Our register" in str(report.proposals[0].reason)
    assert saved.names(connection) == ["Our register"]
    saved.remove(connection, THIS_COMPUTER, "Our register")
    assert saved.named(connection, "Our register") is None


def test_a_saved_map_knows_headings_in_other_capitals(connection: Connection) -> None:
    columns = ColumnMap({"Beast": "verbatim_identification", "Lived": "age"})
    saved.save(connection, THIS_COMPUTER, "Our register", columns.targets, columns)
    report = preview(connection, "x.csv", table(("LIVED", "beast"), ("Jurassic", "Lufengosaurus")))
    assert (report.accepted, report.columns_left) == (1, ())


def test_what_a_map_and_a_table_do_not_have_of_each_other_is_told(connection: Connection) -> None:
    columns = ColumnMap({"Beast": "verbatim_identification", "Lived": "age", "Pit": "locality", "Shelf": ""})
    rows = table(("Beast", "Lived", "Collector"), ("Lufengosaurus", "Jurassic", "Bien"))
    report = preview(connection, "x.csv", rows, choices=Choices(columns=columns))
    assert report.columns_left == ("Collector",)
    assert str(report.proposals[2].reason) == "not among the saved meanings"
    assert str(report.file_notes[-1]).endswith("name columns that this table does not have: Pit.")


def test_a_saved_map_gets_another_name(connection: Connection) -> None:
    for name in ("Ours", "Theirs"):
        saved.save(connection, THIS_COMPUTER, name, ("a",), ColumnMap({"a": "genus"}))
    assert saved.rename(connection, THIS_COMPUTER, "Ours", " Old  register ") == "Old register"
    assert saved.names(connection) == ["Old register", "Theirs"]
    with pytest.raises(InvalidDraft, match="other meanings under the name “Theirs”"):
        saved.rename(connection, THIS_COMPUTER, "Old register", "Theirs")
    with pytest.raises(NotAllowed):
        saved.rename(connection, VISITOR, "Theirs", "Mine")


def test_only_who_may_import_saves_maps_and_imports(connection: Connection) -> None:
    with pytest.raises(NotAllowed):
        saved.save(connection, VISITOR, "x", ("a",), ColumnMap({"a": ""}))
    with pytest.raises(NotAllowed):
        commit(connection, VISITOR, "a.csv", table(*GERMAN))


def test_a_map_is_read_from_a_file() -> None:
    columns = ColumnMap({"Fundort": "locality"}, {"institution_code": "SMNS"})
    assert saved.from_json(saved.as_json(columns).encode()) == columns


def test_rejected_rows_come_in_again_once_they_are_mended(connection: Connection) -> None:
    content = table(*GERMAN, ("SMNS 2", "???", "Trossingen", "Norium", "48", "8", "Deutschland", "", "=R 8"))
    report = commit(connection, THIS_COMPUTER, "a.csv", content)
    rejected = rejects_csv(report)
    mended = preview(connection, "rejected.csv", rejected.encode("utf-8-sig"))
    assert (mended.format, summary(mended)) == (report.format, (1, 0, 0, 0, 1))
    report = commit(
        connection, THIS_COMPUTER, "rejected.csv", rejected.replace("???", "Plateosaurus").encode("utf-8-sig")
    )
    assert summary(report) == (1, 1, 0, 0, 0)
    assert "reason" in report.columns_left
    assert str(report.proposals[-1].reason) == "what an earlier import said of the row"


GBIF = (
    ("gbifID", "datasetKey", "occurrenceID", "kingdom", "family", "genus", "scientificName", "countryCode", "decimalLatitude",
     "decimalLongitude", "year", "month", "day", "basisOfRecord", "institutionCode", "catalogNumber", "issue"),
    ("4567", "d", "", "Animalia", "Massospondylidae", "Lufengosaurus", "Lufengosaurus huenei Young, 1941", "CN", "25.1",
     "102.1", "1938", "11", "", "FOSSIL_SPECIMEN", "IVPP", "V 15", ""),
)  # fmt: skip


def test_a_download_of_gbif_has_no_geology_and_says_so(connection: Connection) -> None:
    content = table(*GBIF, delimiter="\t")
    report = preview(connection, "0012345.csv", content)
    assert (report.format, summary(report)) == (DARWIN_CORE.name, (1, 0, 0, 0, 1))
    assert report.column_map is not None
    columns = ColumnMap(report.column_map.targets, {"earliest_interval": "Jurassic"})
    commit(connection, THIS_COMPUTER, "0012345.csv", content, choices=Choices(columns=columns))
    kept = specimens.get(connection, "gbif:4567")
    assert (kept.scientific_name, kept.scientific_name_authorship) == ("Lufengosaurus huenei", "Young, 1941")
    assert (kept.event_date, kept.basis_of_record, kept.locality) == ("1938-11", OWN, "unknown")


def test_what_we_write_we_read(small_world: Connection) -> None:
    records = specimens.find(small_world, size=None, who=THIS_COMPUTER).specimens
    content = "".join(csv_lines([of_specimens(records)])).encode()
    report = preview(small_world, "bonebed.csv", content)
    assert (report.format, summary(report)) == (DARWIN_CORE.name, (4, 0, 0, 4, 0))


_CELLS = st.sampled_from(
    ["", "Lufengosaurus huenei", "cf. Sinosaurus", "?", "Hettangian", "Lufengian", "25.1", "95", "=1+1", "CN", "NA", "'x",
     "03/04/1938", "1938", "V 1", "V 2", "V 3", "x" * 300, "a\x00b", "Norium", "-", "0", "1e400", "{value}"]
)  # fmt: skip
_HEADINGS = (
    "Cat. No.",
    "Name",
    "Age",
    "Latitude",
    "Longitude",
    "Country",
    "Date",
    "occurrenceID",
    "Notes",
    "reason",
    "Höhe",
)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@settings(max_examples=often(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    columns=st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=8, unique=True),
    rows=st.lists(st.lists(_CELLS, min_size=8, max_size=8), max_size=8),
)
def test_any_table_is_accounted_for_and_comes_in_once(
    connection: Connection, columns: list[str], rows: list[list[str]]
) -> None:
    cells = [tuple(cell.replace("\x00", "") for cell in row[: len(columns)]) for row in rows]
    content = table(
        ("Name", *(name for name in columns if name != "Name")),
        *(("Lufengosaurus", *row)[: len(columns) + 1] for row in cells),
    )
    trial = connection.begin_nested()
    first = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert first.read == first.accepted + first.changed + first.unchanged + first.rejected == len(first.rows)
    second = commit(connection, THIS_COMPUTER, "a.csv", content)
    assert (second.accepted, second.changed, second.rejected) == (0, 0, first.rejected)
    assert second.reasons() == first.reasons()
    trial.rollback()


def test_a_site_that_was_made_coarser_on_its_way_out_does_not_overwrite_the_exact_one(small_world: Connection) -> None:
    records = [generalise(one) for one in specimens.find(small_world, size=None, who=THIS_COMPUTER).specimens]
    report = preview(small_world, "visitor.csv", "".join(csv_lines([of_specimens(records)])).encode())
    assert summary(report) == (4, 0, 0, 4, 0)
    assert [count for said, count in report.notes if "coarser" in str(said)] == [4]


def test_rows_without_a_number_are_told_apart_by_all_that_they_say(connection: Connection) -> None:
    heading, rows = (
        ("taxon", "stage", "collection"),
        (("Lufengosaurus", "Hettangian", "7"), ("Lufengosaurus", "Hettangian", "8")),
    )
    assert summary(commit(connection, THIS_COMPUTER, "a.csv", table(heading, *rows, rows[0]))) == (3, 2, 0, 1, 0)
    turned = [tuple(reversed(row)) for row in (heading, *rows)]
    assert summary(commit(connection, THIS_COMPUTER, "b.csv", table(*turned))) == (2, 0, 0, 2, 0)


NAMES = (
    (("Genus", "Species"), ("Lufengosaurus", "huenei"), "Lufengosaurus huenei"),
    (("Genus", "Species"), ("Lufengosaurus", "cf. L. huenei"), "Lufengosaurus cf. L. huenei"),
    (("Name", "Species"), ("Sue", "Tyrannosaurus rex"), "Tyrannosaurus rex"),
    (("属", "种"), ("Lufengosaurus", "huenei"), "Lufengosaurus huenei"),
    (("属", "种"), ("禄丰龙", "许氏"), "Lufengosaurus"),
    (("学名",), ("许氏禄丰龙",), "Lufengosaurus"),
)


@pytest.mark.parametrize(("headings", "cells", "name"), NAMES)
def test_names_are_found_where_headings_alone_mislead(
    connection: Connection, headings: tuple[str, ...], cells: tuple[str, ...], name: str
) -> None:
    content = table((*headings, "Age", "No."), (*cells, "Early Jurassic", "7"))
    assert [row.name for row in preview(connection, "a.csv", content).rows] == [name]


def test_a_place_on_a_map_is_no_fossil(connection: Connection) -> None:
    placemark = "<Placemark><name>{}</name><Point><coordinates>102.1,25.1</coordinates></Point></Placemark>"
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
    with pytest.raises(NotMapped) as told:
        preview(connection, "places.kml", kml.format(placemark.format("Dawa")).encode())
    assert {one.column: one.target for one in told.value.proposals}["name"] == "locality"


def test_what_gdal_adds_to_places_overwrites_nothing(connection: Connection) -> None:
    """It writes the id of a feature beside its data, and the text of a pin, where QGIS saves GeoJSON and KML as something else."""
    head = ("occurrenceID", "scientificName", "catalogNumber", "earliestAgeOrLowestStage", "occurrenceRemarks")
    row = ("lfgt:1", "Lufengosaurus", "LFGT 1", "Hettangian", "A skull.")
    commit(connection, THIS_COMPUTER, "a.csv", table((*head, "preparations"), (*row, "skull")))
    of_json = table((*head, "id"), (*row, "lfgt:1"))
    of_kml = table(
        ("Name", "description", "snippet", "tessellate", "extrude", "visibility", *head),
        ("Lufengosaurus", "LFGT 1\nEarly Jurassic\nLufeng", "Early Jurassic, 201 Ma", "-1", "0", "-1", *row),
    )
    for file in (of_json, of_kml):
        assert summary(preview(connection, "b.csv", file)) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table(("1001", "occ", "38613", "Lufengosaurus", "70.6", "66"), ("1002", "occ", "1", "Yunnanosaurus", "2", "1")), "The first row looks like a row"),
        (table(("標本號", "產地"), ("1", "大窪"), encoding="big5"), "read as GB18030, which is a guess"),
    ],
)  # fmt: skip
def test_what_may_be_the_cause_is_said_where_no_column_is_understood(
    connection: Connection, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        preview(connection, "a.csv", content)


def test_headings_that_stand_there_again_are_no_row(connection: Connection) -> None:
    headings, row = ("Species", "Age", "No."), ("Lufengosaurus", "Early Jurassic", "7")
    report = preview(connection, "a.csv", table(headings, row, headings))
    assert (report.accepted, [str(reason) for reason, _ in report.reasons()]) == (1, ["The row repeats the headings."])


def test_darwin_core_is_known_by_terms_however_they_are_written(connection: Connection) -> None:
    terms = ("occurrenceID", "scientificName", "earliestAgeOrLowestStage", "locality")
    row = ("a1", "Lufengosaurus", "Sinemurian", "Dawa")
    for write in (str.lower, "dwc:{}".format, "http://rs.tdwg.org/dwc/terms/{}".format):
        assert preview(connection, "a.csv", table(tuple(map(write, terms)), row)).format == DARWIN_CORE.name


def test_an_age_in_ma_that_cannot_be_is_no_missing_age(connection: Connection) -> None:
    report = preview(connection, "a.csv", table(("Species", "Max Ma", "Min Ma"), ("Lufengosaurus", "9999", "-5")))
    assert str(report.reasons()[0][0]).startswith("“9999–-5 Ma” is no age in million years")


def test_datum_is_a_date_in_german_and_a_reference_of_coordinates_in_english(connection: Connection) -> None:
    def taken(heading: str, *cells: str, beside: str = "x") -> tuple[str, ...]:
        rows = [("Cat. No.", "Name", "Age", heading, beside)]
        rows += [(f"T {number}", "Plateosaurus", "Norian", cell, "1932") for number, cell in enumerate(cells)]
        return tuple(one.target for one in preview(connection, "a.csv", table(*rows)).proposals[3:])

    assert taken("Datum", "3.4.1932", "1910", "12. Mai 1911")[0] == "event_date"
    assert taken("Datum", "WGS84", "NAD 1927")[0] == "geodetic_datum"
    assert taken("Datum", "4326")[0] == "geodetic_datum"
    assert taken("geodeticDatum", "3.4.1932")[0] == "geodetic_datum"
    assert taken("Datum", "3.4.1932", beside="Funddatum") == ("remarks", "event_date")
