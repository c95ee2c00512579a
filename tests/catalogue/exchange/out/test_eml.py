"""The description of the data set, held against the order and the needs of the GBIF metadata profile."""

import uuid
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from catalogue.exchange.out import archive
from catalogue.exchange.out.eml import Extent
from tests.catalogue.exchange.out.conftest import Finds

DATASET = ["alternateIdentifier", "title", "creator", "metadataProvider", "associatedParty", "pubDate", "language", "abstract", "keywordSet", "additionalInfo", "intellectualRights", "distribution", "coverage", "purpose", "maintenance", "contact", "methods", "project"]  # fmt: skip
NEEDED = ("title", "creator", "metadataProvider", "pubDate", "language", "abstract", "intellectualRights", "contact")
PARTY = [
    "individualName",
    "organizationName",
    "positionName",
    "address",
    "phone",
    "electronicMailAddress",
    "onlineUrl",
    "userId",
]
COVERAGE = ["geographicCoverage", "temporalCoverage", "taxonomicCoverage"]
GBIF = ["dateStamp", "metadataLanguage", "hierarchyLevel", "citation", "bibliography", "resourceLogoUrl", "physical", "collection", "formationPeriod", "livingTimePeriod", "specimenPreservationMethod", "jgtiCuratorialUnit"]  # fmt: skip


def described_as(finds: Finds, to: Path) -> ElementTree.Element:
    archive.write(finds(), to)
    with ZipFile(to) as file:
        return ElementTree.fromstring(file.read("eml.xml"))


def assert_in_order(element: ElementTree.Element, allowed: list[str]) -> None:
    """The children are among those that the profile allows there, in its order."""
    names = [child.tag for child in element]
    assert set(names) <= set(allowed)
    assert [allowed.index(name) for name in names] == sorted(allowed.index(name) for name in names)


@pytest.mark.parametrize("says_all", [True, False])
def test_it_has_the_form_of_the_profile(finds: Finds, to: Path, says_all: bool, request: pytest.FixtureRequest) -> None:
    if says_all:
        request.getfixturevalue("described")
    root = described_as(finds, to)
    assert root.tag == "{eml://ecoinformatics.org/eml-2.1.1}eml"
    uuid.UUID(root.get("packageId"))
    assert (root.get("system"), root.get("scope")) == ("http://gbif.org", "system")
    assert [child.tag for child in root] == ["dataset", "additionalMetadata"]
    dataset = root[0]
    assert_in_order(dataset, DATASET)
    for name in NEEDED:
        found = dataset.find(name)
        assert found is not None and "".join(found.itertext()).strip()
    for role in ("creator", "metadataProvider", "contact"):
        party = dataset.find(role)
        assert party is not None
        assert_in_order(party, PARTY)
        assert {child.tag for child in party} & {"individualName", "organizationName", "positionName"}
    coverage = dataset.find("coverage")
    assert coverage is not None
    assert_in_order(coverage, COVERAGE)
    gbif = root.find("additionalMetadata/metadata/gbif")
    assert gbif is not None
    assert_in_order(gbif, GBIF)
    assert gbif.findtext("hierarchyLevel") == "dataset"
    assert not [element.tag for element in root.iter() if len(element) == 0 and not (element.text or "").strip()]


def test_what_was_set_is_said(finds: Finds, to: Path, described: None) -> None:
    dataset = described_as(finds, to)[0]
    assert dataset.findtext("title") == "Dinosaurs of <Lufeng> & beyond"
    assert [para.text for para in dataset.findall("abstract/para")] == ["First paragraph.", "Second & last."]
    assert dataset.findtext("contact/individualName/givenName") == "Wang"
    assert dataset.findtext("contact/individualName/surName") == "Tao"
    assert dataset.findtext("contact/electronicMailAddress") == "tao@museum.example"
    link = dataset.find("intellectualRights/para/ulink")
    assert link is not None
    assert link.get("url") == "http://creativecommons.org/licenses/by/4.0/legalcode"
    assert dataset.findtext("distribution/online/url") == "https://bones.museum.example"


def test_it_covers_what_the_records_cover(finds: Finds, to: Path) -> None:
    root = described_as(finds, to)
    box = {one.tag[:4]: float(one.text or "nan") for one in root.iter() if one.tag.endswith("BoundingCoordinate")}
    assert box["west"] <= 102.1 <= box["east"] and box["sout"] <= 25.1 <= box["nort"]
    assert root.findtext(".//taxonRankValue") == "Saurischia"
    assert root.findtext(".//livingTimePeriod") == "201.4 to 143.1 Ma (Jurassic)"


def test_an_extent_without_places_has_none() -> None:
    extent = Extent()
    extent.add_places([None, 5.0], [3.0, None])
    assert extent.places == []
    extent.add_places([None, -5.0, 7.0], [3.0, 170.0, -20.0])
    assert extent.places == [-20.0, 170.0, 7.0, -5.0]
