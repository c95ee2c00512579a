"""The description of a data set as GBIF reads it: EML in the GBIF metadata profile 1.2.

The order of the elements is that of the profile; a reader that checks the schema refuses any other.

References
----------
Ó Tuama, É., Braak, K. and Remsen, D. 2011. GBIF Metadata Profile: how-to guide. Global Biodiversity Information Facility.
https://ipt.gbif.org/manual/en/ipt/latest/gbif-metadata-profile
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from catalogue.exchange.out.about import About
from catalogue.exchange.out.markup import attribute, escape
from catalogue.geological_time import AgeRange, timescale

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<eml:eml xmlns:eml="eml://ecoinformatics.org/eml-2.1.1" xmlns:dc="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="eml://ecoinformatics.org/eml-2.1.1 http://rs.gbif.org/schema/eml-gbif-profile/1.2/eml.xsd" '
    'packageId={package} system="http://gbif.org" scope="system" xml:lang="eng">\n'
)
_KEYWORDS = (("Occurrence", "GBIF Dataset Type Vocabulary: http://rs.gbif.org/vocabulary/gbif/dataset_type.xml"),)
_UNDESCRIBED = "Fossil specimens with their geological age, kept and exported with Bonebed. No description was given."


@dataclass
class Extent:
    """How far the records of a file reach, gathered while they are written.

    Parameters
    ----------
    places : list of float
        West, east, north and south in degrees; empty while no record has a place.
    max_ma, min_ma : float
        The oldest and the youngest age, in Ma.
    groups : list of str or None
        The groups that hold all records, widest first; None while there is no record.
    """

    places: list[float] = field(default_factory=list)
    max_ma: float = 0.0
    min_ma: float = float("inf")
    groups: list[str] | None = None

    def add(self, other: "Extent") -> None:
        """Widen it by how far other records reach."""
        if other.places:
            west, east, north, south = other.places
            self.add_places((north, south), (west, east))
        self.add_ages([other.max_ma], [other.min_ma])
        if other.groups is not None:
            self.add_groups(["|".join(("", *other.groups, ""))])

    def add_places(self, latitudes: Iterable[float | None], longitudes: Iterable[float | None]) -> None:
        """Widen it by some places."""
        known = [
            (north, east)
            for north, east in zip(latitudes, longitudes, strict=True)
            if north is not None and east is not None
        ]
        if not known:
            return
        norths, easts = zip(*known, strict=True)
        west, east, north, south = self.places or [180.0, -180.0, -90.0, 90.0]
        self.places = [min(west, *easts), max(east, *easts), max(north, *norths), min(south, *norths)]

    def add_ages(self, oldest: Iterable[float], youngest: Iterable[float]) -> None:
        """Widen it by some ages in Ma."""
        self.max_ma = max(self.max_ma, *oldest)
        self.min_ma = min(self.min_ma, *youngest)

    def add_groups(self, lineages: Iterable[str]) -> None:
        """Narrow the groups to those that hold some more records too; a lineage is ``|Dinosauria|Theropoda|``."""
        held = None if self.groups is None else "|".join(("", *self.groups, ""))
        for lineage in lineages:
            if held is not None and lineage.startswith(held):
                continue  # as most do, in the groups that are left
            groups = [group for group in lineage.split("|") if group]
            self.groups = groups if self.groups is None else _shared(self.groups, groups)


def _shared(groups: list[str], others: list[str]) -> list[str]:
    pairs = zip(groups, others, strict=False)
    return [group for group, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def eml(about: About, extent: Extent) -> str:
    """The whole of ``eml.xml``.

    Parameters
    ----------
    about : About
        Title, description, contact and licence. What was not set stands as "not stated", so that the file stays valid;
        `catalogue.exchange.out.checking` tells what GBIF will want.
    extent : Extent
        What the records cover.
    """
    package = str(uuid.uuid5(uuid.NAMESPACE_URL, "|".join((about.public_url, about.title, about.dated))))
    party = _party(about)
    dataset = [
        _tag("alternateIdentifier", about.public_url),
        f'<title xml:lang="eng">{escape(about.title)}</title>',
        f"<creator>{party}</creator>",
        f"<metadataProvider>{party}</metadataProvider>",
        _tag("pubDate", about.dated),
        "<language>eng</language>",
        f"<abstract>{_paragraphs(about.description or _UNDESCRIBED)}</abstract>",
        *(f"<keywordSet>{_tag('keyword', word)}{_tag('keywordThesaurus', of)}</keywordSet>" for word, of in _KEYWORDS),
        _rights(about),
        _online(about),
        _coverage(extent),
        f"<contact>{party}</contact>",
    ]
    inner = "\n".join(f"    {element}" for element in dataset if element)
    return (
        _HEAD.format(package=attribute(package))
        + f"  <dataset>\n{inner}\n  </dataset>\n"
        + f"  <additionalMetadata><metadata><gbif>{_of_gbif(about, extent)}</gbif></metadata></additionalMetadata>\n"
        + "</eml:eml>\n"
    )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _paragraphs(text: str) -> str:
    return "".join(_tag("para", paragraph.strip()) for paragraph in text.splitlines() if paragraph.strip())


def _party(about: About) -> str:
    """Somebody to turn to: a person, the museum, or both; EML wants one at least."""
    given, _, family = about.contact.rpartition(" ")
    person = f"<individualName>{_tag('givenName', given)}{_tag('surName', family)}</individualName>" if family else ""
    organization = _tag("organizationName", about.organization or ("" if person else "Not stated"))
    return person + organization + _tag("electronicMailAddress", about.email)


def _rights(about: About) -> str:
    """The licence in the very words by which GBIF knows it."""
    if not about.license:
        return f"<intellectualRights>{_tag('para', about.license_name)}</intellectualRights>"
    name = _tag("citetitle", f"{about.license_name} License" if about.license != "CC0-1.0" else about.license_name)
    link = f"<ulink url={attribute(about.license_address)}>{name}</ulink>"
    return f"<intellectualRights><para>This work is licensed under a {link}.</para></intellectualRights>"


def _online(about: About) -> str:
    url = f'<url function="information">{escape(about.public_url)}</url>'
    return f'<distribution scope="document"><online>{url}</online></distribution>' if about.public_url else ""


def _coverage(extent: Extent) -> str:
    parts = []
    if extent.places:
        names = (
            "westBoundingCoordinate",
            "eastBoundingCoordinate",
            "northBoundingCoordinate",
            "southBoundingCoordinate",
        )
        box = "".join(_tag(name, f"{at:.6g}") for name, at in zip(names, extent.places, strict=True))
        described = _tag("geographicDescription", "The places where the specimens were found.")
        parts.append(
            f"<geographicCoverage>{described}<boundingCoordinates>{box}</boundingCoordinates></geographicCoverage>"
        )
    if extent.groups:
        taxon = f"<taxonomicClassification>{_tag('taxonRankValue', extent.groups[-1])}</taxonomicClassification>"
        parts.append(f"<taxonomicCoverage>{taxon}</taxonomicCoverage>")
    return f"<coverage>{''.join(parts)}</coverage>" if parts else ""


def _of_gbif(about: About, extent: Extent) -> str:
    """What GBIF adds to EML; the time in which the animals lived stands here, as EML knows calendar dates alone."""
    stamp = _tag("dateStamp", f"{about.dated}T00:00:00.000+00:00" if about.dated else "")
    lived = ""
    if extent.max_ma >= extent.min_ma:
        unit = timescale().narrowest(AgeRange(extent.max_ma, extent.min_ma))
        lived = _tag(
            "livingTimePeriod", f"{extent.max_ma:g} to {extent.min_ma:g} Ma" + (f" ({unit.name})" if unit else "")
        )
    return stamp + "<hierarchyLevel>dataset</hierarchyLevel>" + _tag("citation", about.citation) + lived
