"""What is said of each thing that GBIF would not like: how grave it is, what is wrong, and what to do.

References
----------
GBIF occurrence issues and flags, https://techdocs.gbif.org/en/data-use/occurrence-issues-and-flags
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from catalogue.messages import Message, message

Severity: TypeAlias = Literal["refused", "flagged"]
SHOWN = 50
"""Records of a finding that are named."""


@dataclass(frozen=True)
class Finding:
    """One thing that GBIF would not like.

    Parameters
    ----------
    severity : str
        ``refused`` or ``flagged``.
    issue : str
        GBIF's name for it, or the term it is about.
    what, remedy : Message
        What is wrong, and what to do.
    count : int
        How many records it touches; 0 when it is about the data set as a whole.
    records : tuple of str
        Keys of the first of them, at most `SHOWN`.
    setting : str
        The setting that says it too, for whoever runs the server; blank where there is none.
    """

    severity: Severity
    issue: str
    what: Message
    remedy: Message
    count: int = 0
    records: tuple[str, ...] = ()
    setting: str = ""


@dataclass(frozen=True)
class Verdict:
    """What GBIF would say to an archive: its findings, the gravest first, and how many records were looked at."""

    findings: tuple[Finding, ...]
    records: int

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What keeps the archive, or a part of it, from being published."""
        return tuple(one for one in self.findings if one.severity == "refused")

    @property
    def flagged(self) -> tuple[Finding, ...]:
        """What is published with a mark."""
        return tuple(one for one in self.findings if one.severity == "flagged")


def finding(issue: str, keys: Iterable[str]) -> Finding:
    """The finding for an issue of `SAID` and the keys of the records that have it."""
    severity, what, remedy = SAID[issue]
    named = list(dict.fromkeys(keys))
    return Finding(severity, issue, what, remedy, len(named), tuple(named[:SHOWN]))


SAID: Mapping[str, tuple[Severity, Message, Message]] = {
    "occurrenceID missing": (
        "refused",
        message("No key. GBIF knows a record by its key alone."),
        message("Give each record a key that never changes."),
    ),
    "occurrenceID": (
        "refused",
        message("The same key stands twice; capitals do not count."),
        message("Give one of them another key."),
    ),
    "BASIS_OF_RECORD_INVALID": (
        "refused",
        message("Neither a museum’s specimen nor a published find."),
        message("Say which it is."),
    ),
    "scientificName": ("refused", message("No scientific name."), message("Write the widest group you are sure of.")),
    "record license": (
        "refused",
        message("The record has terms of its own, which GBIF does not take."),
        message("GBIF takes CC0, CC BY and CC BY-NC. Change the licence of these records, or leave them out."),
    ),
    "ZERO_COORDINATE": (
        "flagged",
        message("Latitude 0, longitude 0: a place in the sea that often stands for “unknown”."),
        message("Correct the coordinates, or leave them blank."),
    ),
    "COORDINATE_OUT_OF_RANGE": (
        "flagged",
        message("The coordinates are not on the Earth."),
        message("Correct them. Are latitude and longitude swapped?"),
    ),
    "COUNTRY_COORDINATE_MISMATCH": (
        "flagged",
        message("The coordinates lie in another country than the one that is stated."),
        message("Correct the coordinates or the country."),
    ),
    "COUNTRY_INVALID": ("flagged", message("A country that is not known."), message("Choose the country.")),
    "RECORDED_DATE_INVALID": (
        "flagged",
        message("The date of collecting is no date of the calendar."),
        message("Write the year, 1938, or 1938-11, or 1938-11-05."),
    ),
    "RECORDED_DATE_UNLIKELY": (
        "flagged",
        message("The date of collecting lies before 1600, or is still to come."),
        message("Correct the year."),
    ),
    "IDENTIFIED_DATE_INVALID": (
        "flagged",
        message("The date of the identification is no date of the calendar."),
        message("Write the year, 1938, or 1938-11, or 1938-11-05."),
    ),
    "IDENTIFIED_DATE_UNLIKELY": (
        "flagged",
        message("The date of the identification lies before 1600, or is still to come."),
        message("Correct the year."),
    ),
    "GEOREFERENCED_DATE_INVALID": (
        "flagged",
        message("The date on which the place was looked up is no date of the calendar."),
        message("Write the year, 1938, or 1938-11, or 1938-11-05."),
    ),
    "GEOREFERENCED_DATE_UNLIKELY": (
        "flagged",
        message("The date on which the place was looked up lies before 1600, or is still to come."),
        message("Correct the year."),
    ),
    "TYPE_STATUS_INVALID": (
        "flagged",
        message("The type status is not one that GBIF knows."),
        message("Write holotype, paratype, neotype or another of the Code’s terms."),
    ),
    "INDIVIDUAL_COUNT_INVALID": (
        "flagged",
        message("The number of animals is not a whole number from 1."),
        message("Correct it, or leave it blank."),
    ),
    "media license": (
        "flagged",
        message("A photograph or scan whose terms GBIF does not take; it will not be shown there."),
        message("Choose CC0, CC BY or CC BY-NC for it, if you may."),
    ),
    "MULTIMEDIA_URI_INVALID": (
        "flagged",
        message("Photographs and scans stay behind: GBIF fetches them by a link, and there is none."),
        message("Whoever runs this Bonebed can set it: {setting}.", setting="BONEBED_PUBLIC_URL"),
    ),
    "eventDate": (
        "flagged",
        message("No date of collecting. GBIF recommends one; for old finds a year is enough."),
        message("Write the year, if the label or the register has it."),
    ),
    "country": ("flagged", message("No country."), message("Choose the country, if it is known.")),
    "coordinates": (
        "flagged",
        message("No coordinates: the record will be found by words, and not on a map."),
        message("Give the middle of the named place, with its uncertainty."),
    ),
    "coordinateUncertaintyInMeters": (
        "flagged",
        message("Coordinates without an uncertainty; those who use them cannot tell how exact they are."),
        message("Say within how many metres the place surely lies."),
    ),
}
"""What is said of each issue, in the order in which they are told."""
