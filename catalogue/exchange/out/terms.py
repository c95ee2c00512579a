"""What our fields are called outside: the terms of Darwin Core, their addresses, and the ranks of the age.

What Darwin Core has no term for keeps our name: ``maxMa``, ``minMa``, ``timescale``, ``verbatimAge``, ``translations``.

References
----------
Wieczorek, J. et al. 2012. Darwin Core: an evolving community-developed biodiversity data standard. PLoS ONE 7: e29715.
doi:10.1371/journal.pone.0029715
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache, lru_cache

from catalogue.geological_time import timescale
from catalogue.records import Specimen
from catalogue.taxonomy import taxonomy

DWC = "http://rs.tdwg.org/dwc/terms/"
DCTERMS = "http://purl.org/dc/terms/"
CHRONO = "http://rs.tdwg.org/chrono/terms/"
GBIF = "http://rs.gbif.org/terms/1.0/"

_SPELT = {
    "occurrence_id": "occurrenceID",
    "related_occurrence_id": "relatedOccurrenceID",
    "lithostratigraphic_group": "group",
    "max_ma": "maxMa",
    "min_ma": "minMa",
}
_OF_DUBLIN_CORE = frozenset({"license", "rightsHolder", "modified", "references", "language"})
OURS = frozenset(
    {"maxMa", "minMa", "timescale", "verbatimAge", "translations", "created", "version", "siteWithheld", "preservation"}
)
"""Headings that are no terms of Darwin Core."""
_LEFT_OUT = frozenset({"earliest_interval", "latest_interval", "import_id", "genus"})
_RANKS = {
    "eon": "EonOr{end}Eonothem",
    "era": "EraOr{end}Erathem",
    "period": "PeriodOr{end}System",
    "epoch": "EpochOr{end}Series",
    "age": "AgeOr{end}Stage",
}
"""The ranks of the chart that Darwin Core has terms for."""


@cache
def term(field: str) -> str:
    """The Darwin Core term of a field: ``catalogNumber`` for ``catalog_number``."""
    first, *rest = field.split("_")
    return _SPELT.get(field) or first + "".join(word.capitalize() for word in rest)


FIELDS = tuple(field.name for field in fields(Specimen) if field.name not in _LEFT_OUT)
"""The fields that stand under one heading each."""
AGES = tuple(
    f"{which}{name.format(end=end)}"
    for name in _RANKS.values()
    for which, end in (("earliest", "Lowest"), ("latest", "Highest"))
)
"""The terms of the age, a pair for each rank."""
COLUMNS = (*map(term, FIELDS), "genus", *AGES)
"""All headings of a table of records, in their order."""
BEYOND_RANKS = ("earliestInterval", "latestInterval")
"""Headings of a workbook for the three intervals of the chart whose rank Darwin Core does not know, see `beyond_ranks`."""


@lru_cache(maxsize=8192)
def genus_of(first: str, scientific_name: str, taxon_rank: str) -> str:
    """What stands under ``genus``: the first word of a name where that is a genus; blank where it is, or may be, a wider group.

    >>> genus_of("Oviraptoridae", "Oviraptoridae", "")
    ''
    """
    words = scientific_name.split()
    if first not in words:
        return ""
    is_genus = len(words) > 1 or "genus" in (taxon_rank, taxonomy().rank(first))
    return first if is_genus else ""


def address(of_term: str) -> str:
    """The address by which the world knows a term."""
    return f"{DCTERMS if of_term in _OF_DUBLIN_CORE else DWC}{of_term}"


@cache
def ranked(earliest: str, latest: str) -> tuple[str, ...]:
    """What stands under `AGES` for an earliest and a latest interval; blank below their own ranks."""
    return tuple(name for pair in zip(_of_rank(earliest), _of_rank(latest), strict=True) for name in pair)


@cache
def _of_rank(interval: str) -> tuple[str, ...]:
    """The names of the units that hold an interval, itself included, in the order of the ranks."""
    chart = timescale()
    units = chart.lineage(chart[interval]) if interval in chart.intervals else []
    names = {unit.rank: unit.name for unit in units}
    return tuple(names.get(rank, "") for rank in _RANKS)


@cache
def beyond_ranks(interval: str) -> str:
    """The name of an interval that stands under none of `AGES`, such as the Mississippian; blank for all others."""
    return "" if interval in _of_rank(interval) else interval


LICENSES: Mapping[str, tuple[str, str]] = {
    "CC0-1.0": ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0 1.0 Universal"),
    "CC-BY-4.0": ("http://creativecommons.org/licenses/by/4.0/legalcode", "Creative Commons Attribution 4.0"),
    "CC-BY-NC-4.0": (
        "http://creativecommons.org/licenses/by-nc/4.0/legalcode",
        "Creative Commons Attribution Non Commercial 4.0",
    ),
}
"""The licences that GBIF takes, by SPDX's short names: their addresses as GBIF spells them, and their names."""
_IN_SHORT = {
    "CREATIVE-COMMONS-ATTRIBUTION": "CC-BY",
    "CREATIVE-COMMONS-ZERO": "CC0",
    "NON-COMMERCIAL": "NC",
    "NONCOMMERCIAL": "NC",
    "SHARE-ALIKE": "SA",
    "SHAREALIKE": "SA",
    "-INTERNATIONAL": "",
    "-UNIVERSAL": "",
}
"""The words of the names of licences."""
_SIGNS_AWAY = str.maketrans("", "", "-.")
_OTHER_LICENSES = {"CC-BY-SA-4.0": "http://creativecommons.org/licenses/by-sa/4.0/legalcode"}


def license_address(written: str) -> str:
    """The address of a licence for its short name, its name or its address however written; blank when it is not known.

    >>> license_address("CC BY 4.0")
    'http://creativecommons.org/licenses/by/4.0/legalcode'
    >>> license_address("CC0_1_0")  # as in GBIF's tables
    'http://creativecommons.org/publicdomain/zero/1.0/legalcode'
    """
    folded = written.strip().upper().replace(" ", "-").replace("_", "-")
    for long, short in _IN_SHORT.items():
        folded = folded.replace(long, short)
    bare = folded.translate(_SIGNS_AWAY)
    for name, place in {**{name: place for name, (place, _) in LICENSES.items()}, **_OTHER_LICENSES}.items():
        short = place.removeprefix("http://").removesuffix("legalcode").rstrip("/").upper()
        if folded in {name, name.rpartition("-")[0]} or bare == name.translate(_SIGNS_AWAY):
            return place
        if folded.rstrip("/").removesuffix("/LEGALCODE").endswith(short):
            return place
    return ""
