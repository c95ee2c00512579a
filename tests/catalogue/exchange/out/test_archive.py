"""A Darwin Core Archive: complete, of the form that the text guide wants, the same for the same records, and without a secret."""

import csv
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection

from catalogue import specimens
from catalogue.exchange.out import archive
from catalogue.exchange.out.core import TERMS
from catalogue.exchange.out.extensions import EXTENSIONS
from catalogue.exchange.out.terms import address, license_address
from catalogue.rights import THIS_COMPUTER
from tests.catalogue.exchange.out.conftest import Finds

TEXT = "{http://rs.tdwg.org/dwc/text/}"
GEOLOGY = ["earliestEonOrLowestEonothem", "latestEonOrHighestEonothem", "earliestEraOrLowestErathem", "latestEraOrHighestErathem", "earliestPeriodOrLowestSystem", "latestPeriodOrHighestSystem", "earliestEpochOrLowestSeries", "latestEpochOrHighestSeries", "earliestAgeOrLowestStage", "latestAgeOrHighestStage", "lowestBiostratigraphicZone", "highestBiostratigraphicZone", "lithostratigraphicTerms", "group", "formation", "member", "bed"]  # fmt: skip


def written(finds: Finds, to: Path) -> dict[str, str]:
    archive.write(finds(), to)
    with ZipFile(to) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode() for name in file.namelist()}


def table(text: str) -> list[dict[str, str]]:
    lines = text.split("\n")
    assert lines.pop() == ""
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_description_names_each_file_and_each_column(finds: Finds, to: Path) -> None:
    files = written(finds, to)
    root = ElementTree.fromstring(files["meta.xml"])
    assert root.tag == f"{TEXT}archive"
    assert root.get("metadata") in files
    tables = list(root)
    assert [one.tag for one in tables] == [f"{TEXT}core", *[f"{TEXT}extension"] * (len(tables) - 1)]
    described = set()
    for one in tables:
        name = one.findtext(f"{TEXT}files/{TEXT}location") or ""
        described.add(name)
        header = files[name].split("\n")[0].split("\t")
        assert {
            field: one.get(field)
            for field in ("encoding", "fieldsTerminatedBy", "linesTerminatedBy", "fieldsEnclosedBy")
        } == {
            "encoding": "UTF-8",
            "fieldsTerminatedBy": "\\t",
            "linesTerminatedBy": "\\n",
            "fieldsEnclosedBy": "",
        }
        assert one.get("ignoreHeaderLines") == "1"
        key = one.find(f"{TEXT}id" if one.tag.endswith("core") else f"{TEXT}coreid")
        assert key is not None and key.get("index") == "0"
        terms = {
            int(field.get("index", "-1")): str(field.get("term"))
            for field in one.iter(f"{TEXT}field")
            if field.get("index")
        }
        first = 0 if one.tag.endswith("core") else 1
        assert [terms[index].rpartition("/")[2] for index in range(first, len(header))] == header[first:]
    assert described | {"meta.xml", "eml.xml", "CITATION.txt"} == files.keys()


def test_each_row_of_an_extension_belongs_to_a_record(finds: Finds, to: Path) -> None:
    files = written(finds, to)
    keys = [row["occurrenceID"] for row in table(files["occurrence.txt"])]
    assert keys == sorted(keys) == ["w:holotype", "w:unplaced", "w:withheld"]
    present = [one for one in EXTENSIONS if one.file in files]
    assert {one.file for one in present} == {
        "identification.txt",
        "measurementorfact.txt",
        "resourcerelationship.txt",
        "chronometricage.txt",
    }
    for one in present:
        rows = table(files[one.file])
        assert rows and {row["coreid"] for row in rows} <= set(keys)


def test_the_geological_context_is_complete(finds: Finds, to: Path) -> None:
    assert set(GEOLOGY) <= set(TERMS)
    row = table(written(finds, to)["occurrence.txt"])[0]
    assert {name: row[name] for name in GEOLOGY} == {
        "earliestEonOrLowestEonothem": "Phanerozoic",
        "latestEonOrHighestEonothem": "Phanerozoic",
        "earliestEraOrLowestErathem": "Mesozoic",
        "latestEraOrHighestErathem": "Mesozoic",
        "earliestPeriodOrLowestSystem": "Jurassic",
        "latestPeriodOrHighestSystem": "Jurassic",
        "earliestEpochOrLowestSeries": "Early Jurassic",
        "latestEpochOrHighestSeries": "Early Jurassic",
        "earliestAgeOrLowestStage": "Hettangian",
        "latestAgeOrHighestStage": "Sinemurian",
        "lowestBiostratigraphicZone": "zone A",
        "highestBiostratigraphicZone": "zone B",
        "lithostratigraphicTerms": "dark red beds",
        "group": "Lufeng Group",
        "formation": "Lufeng",
        "member": "Shawan",
        "bed": "5",
    }


def test_a_record_speaks_to_those_who_do_not_know_bonebed(finds: Finds, to: Path, described: None) -> None:
    row = table(written(finds, to)["occurrence.txt"])[0]
    assert row["scientificName"] == "Lufengosaurus huenei"
    assert row["scientificNameAuthorship"] == "Young, 1941"
    assert row["license"] == "http://creativecommons.org/licenses/by/4.0/legalcode"
    assert row["geodeticDatum"] == "EPSG:4326"
    assert row["country"] == "China"
    assert row["references"] == "https://bones.museum.example/specimen?id=w%3Aholotype"
    assert row["associatedReferences"].startswith("Young, C. C. (1941).")
    assert row["locality"] == "Shawan & <Dawa>, Lúfeng 禄丰 “=1+1”"


def test_what_has_no_term_is_kept_as_it_was(finds: Finds, to: Path) -> None:
    row = table(written(finds, to)["occurrence.txt"])[0]
    ours = json.loads(row["dynamicProperties"])["bonebed"]
    assert ours["locality"] == "Shawan & <Dawa>,\tLúfeng\n禄丰 “=1+1”"
    assert ours["translations"] == {"zh": {"locality": "禄丰沙湾", "stateProvince": "云南"}}
    assert (ours["maxMa"], ours["minMa"]) == (201.4, 192.9)
    assert ours["pieces"] == [{"element": "femur", "side": "left", "remarks": "+1"}]
    assert not {"storage", "conditionReports"} & ours.keys()


def test_lists_become_extensions(finds: Finds, to: Path) -> None:
    files = written(finds, to)
    names = table(files["identification.txt"])
    assert [(row["scientificName"], row["identificationQualifier"], row["dateIdentified"]) for row in names] == [
        ("Gyposaurus", "cf. Gyposaurus", "1940"),
        ("Dinosauria", "indet.", ""),
    ]
    (age,) = table(files["chronometricage.txt"])
    assert age["verbatimChronometricAge"] == "195.2 ± 0.4 Ma"
    assert (age["earliestChronometricAge"], age["latestChronometricAge"]) == ("195.6", "194.8")
    assert age["chronometricAgeUncertaintyInYears"] == "400000"
    (length,) = table(files["measurementorfact.txt"])
    assert (length["measurementValue"], length["measurementUnit"]) == ("about 560", "mm")
    assert length["measurementRemarks"].startswith("Young, C. C. (1941)")
    (kin,) = table(files["resourcerelationship.txt"])
    assert (kin["resourceID"], kin["relationshipOfResource"], kin["relatedResourceID"]) == (
        "w:withheld",
        "same individual as",
        "w:holotype",
    )


def test_withheld_sites_are_coarser_for_everybody(finds: Finds, to: Path) -> None:
    files = written(finds, to)
    row = table(files["occurrence.txt"])[2]
    assert (row["decimalLatitude"], row["decimalLongitude"], row["eventDate"]) != ("25.1234", "102.5678", "1999-07-08")
    assert row["informationWithheld"] and row["dataGeneralizations"]
    for text in files.values():
        assert not re.search(r"gully|25\.1234|102\.5678|1999-07", text)


def test_the_same_records_make_the_same_bytes(finds: Finds, tmp_path: Path) -> None:
    archive.write(finds(), tmp_path / "one.zip")
    archive.write(finds(), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_order_of_the_search_changes_nothing(world: Connection, finds: Finds, tmp_path: Path) -> None:
    from catalogue.exchange.out.found import find
    from catalogue.searching.query import Query

    contents = []
    for order in ("newest", "oldest_age"):
        archive.write(find(world, Query(), THIS_COMPUTER, order=order), tmp_path / order)  # type: ignore[arg-type]
        contents.append((tmp_path / order).read_bytes())
    assert contents[0] == contents[1]


def test_a_change_changes_the_bytes(world: Connection, finds: Finds, tmp_path: Path) -> None:
    archive.write(finds(), tmp_path / "one.zip")
    specimens.amend(world, THIS_COMPUTER, "w:unplaced", {"formation": "Shaximiao"}, version=1)
    archive.write(finds(), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "two.zip").read_bytes()


def test_a_spreadsheet_reads_the_same_rows(finds: Finds, to: Path) -> None:
    text = written(finds, to)["occurrence.txt"]
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows == table(text)


def test_pictures_elsewhere_in_the_web_are_media(world: Connection, finds: Finds, to: Path) -> None:
    links = [
        "https://museum.example/V15.jpg",
        "https://museum.example/V15",
        "https://doi.org/10.1/x",
        "Young 1941, plate 2",
        "http://museum.example：图1",
        "https://museum.example/V15.webp",
        "http://[V15",
    ]
    figures = [{"bibliographic_citation": one, "citation_role": "figures", "remarks": "skull"} for one in links]
    specimens.amend(world, THIS_COMPUTER, "w:unplaced", {"citations": figures}, version=1)
    rows = table(written(finds, to)["multimedia.txt"])
    told = [(row["coreid"], row["format"], row["identifier"], row["references"], row["description"]) for row in rows]
    assert told == [
        ("w:unplaced", "image/jpeg", links[0], "", "skull"),
        ("w:unplaced", "", "", links[1], "skull"),
        ("w:unplaced", "image/webp", links[5], "", "skull"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("CC0", "publicdomain/zero/1.0"),
        ("CC0-1.0", "publicdomain/zero/1.0"),
        ("cc by 4.0", "licenses/by/4.0"),
        ("CC-BY", "licenses/by/4.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "licenses/by/4.0"),
        ("http://creativecommons.org/licenses/by-nc/4.0/legalcode", "licenses/by-nc/4.0"),
        ("CC BY-SA 4.0", "licenses/by-sa/4.0"),
        ("CC0 1.0 Universal", "publicdomain/zero/1.0"),
        ("Creative Commons Attribution 4.0 International", "licenses/by/4.0"),
        ("Creative Commons Attribution-NonCommercial 4.0", "licenses/by-nc/4.0"),
    ],
)
def test_licences_are_addresses(text: str, place: str) -> None:
    assert license_address(text) == f"http://creativecommons.org/{place}/legalcode"


@pytest.mark.parametrize("text", ["", "all rights reserved", "by", "free", "/"])
def test_what_is_no_licence_has_no_address(text: str) -> None:
    assert license_address(text) == ""


def test_terms_have_their_own_addresses() -> None:
    assert address("license") == "http://purl.org/dc/terms/license"
    assert address("bed") == "http://rs.tdwg.org/dwc/terms/bed"


def test_an_empty_search_makes_an_archive_without_rows(finds: Finds, to: Path) -> None:
    from catalogue.searching.query import Query

    archive.write(finds(query=Query(text="nowhere")), to)
    with ZipFile(to) as file:
        names: list[Any] = file.namelist()
        assert names == ["occurrence.txt", "meta.xml", "eml.xml", "CITATION.txt"]
        assert file.read("occurrence.txt").count(b"\n") == 1
        ElementTree.fromstring(file.read("eml.xml"))
