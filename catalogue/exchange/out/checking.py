"""What GBIF would refuse or flag in an archive, told before it is sent: how many records, which ones, and what to do.

"Refused" is what keeps the data set, or a record, from being published at all. "Flagged" is published with a mark and may be left out by
those who use it. The records are judged as they would go out, withheld sites made coarser.

References
----------
GBIF data quality requirements: occurrence datasets, https://www.gbif.org/data-quality-requirements-occurrences. GBIF occurrence issues
and flags, https://techdocs.gbif.org/en/data-use/occurrence-issues-and-flags
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from catalogue.countries import country_name
from catalogue.exchange.out.about import About, about
from catalogue.exchange.out.findings import SAID, Finding, Verdict, finding
from catalogue.exchange.out.found import Found, Portion
from catalogue.exchange.out.terms import LICENSES, license_address
from catalogue.messages import Message, message
from catalogue.parts import MEDIA
from catalogue.records import OWN, PUBLISHED
from catalogue.rights import VISITOR

CountryAt: TypeAlias = Callable[[float, float], str | None]
"""The ISO code of the country at a latitude and a longitude in degrees; None where there is none to be told."""

_TAKEN = frozenset(place for place, _ in LICENSES.values())
_TYPES = frozenset(
    [
        "allolectotype",
        "alloneotype",
        "allotype",
        "cotype",
        "epitype",
        "exepitype",
        "exholotype",
        "exisotype",
        "exlectotype",
        "exneotype",
        "exparatype",
        "exsyntype",
        "extype",
        "hapantotype",
        "holotype",
        "hypotype",
        "iconotype",
        "isolectotype",
        "isoneotype",
        "isosyntype",
        "isotype",
        "lectotype",
        "neotype",
        "originalmaterial",
        "paralectotype",
        "paraneotype",
        "paratype",
        "plastoholotype",
        "plastoisotype",
        "plastolectotype",
        "plastoneotype",
        "plastoparatype",
        "plastosyntype",
        "plastotype",
        "plesiotype",
        "possibletype",
        "secondarytype",
        "supplementarytype",
        "syntype",
        "topotype",
        "type",
        "typegenus",
        "typespecies",
        "notatype",
    ]
)
"""GBIF's vocabulary of type status, in small letters without spaces."""
_DAY = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def check(found: Found, country_at: CountryAt | None = None) -> Verdict:
    """Judge found records as GBIF would, without asking it.

    Parameters
    ----------
    found : Found
        The records; they are read as a visitor may see them, as the archive does.
    country_at : callable, optional
        Tells the country at a place. Without it no place is compared with its country.
    """
    told = about(found)
    touched: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for portion in replace(found, who=VISITOR).portions(lists=True):
        for issue, key in _of_portion(portion, told, country_at):
            touched[issue].append(key)
        for key in portion.columns["occurrence_id"]:
            if key.casefold() in seen:
                touched["occurrenceID"].append(key)
            seen.add(key.casefold())
    findings = [*_of_data_set(told, len(found)), *(finding(issue, keys) for issue, keys in touched.items())]
    order = {issue: place for place, issue in enumerate(SAID)}
    findings.sort(key=lambda one: (one.severity != "refused", bool(one.count), order.get(one.issue, 0)))
    return Verdict(tuple(findings), len(found))


def _of_data_set(told: About, records: int) -> Iterator[Finding]:
    """What GBIF asks of the description of every data set."""
    wanted = (
        (
            "dataset title",
            told.title if not told.title.endswith("catalogued with Bonebed") else "",
            "BONEBED_DATASET_TITLE",
        ),
        ("dataset description", told.description, "BONEBED_DATASET_DESCRIPTION"),
        ("publishing organisation", told.organization, "BONEBED_DATASET_ORGANIZATION"),
        ("contact", told.contact and told.email, "BONEBED_DATASET_CONTACT, BONEBED_DATASET_EMAIL"),
    )
    for name, text, setting in wanted:
        if not text:
            yield Finding("refused", name, _WANTED[name], _WRITTEN_THERE, setting=setting)
    if not told.license:
        what = message("The data set has no licence. GBIF takes CC0, CC BY and CC BY-NC.")
        yield Finding("refused", "license", what, _WRITTEN_THERE, setting="BONEBED_DATASET_LICENSE")
    if not records:
        what = message("There is no record to publish.")
        yield Finding("refused", "records", what, message("Ask for less, so that some are found."))


_WRITTEN_THERE = message("A curator writes it on the page “The collection”.")
_WANTED: Mapping[str, Message] = {
    "dataset title": message("The data set has no title."),
    "dataset description": message("The data set has no description."),
    "publishing organisation": message("The data set names no publisher."),
    "contact": message("The data set names nobody who answers questions, with an e-mail address."),
}


def _of_portion(portion: Portion, told: About, country_at: CountryAt | None) -> Iterator[tuple[str, str]]:
    """The issues of some records, each with the key of its record."""
    held = portion.columns
    keys = held["occurrence_id"]
    for name, issue in (
        ("occurrence_id", "occurrenceID missing"),
        ("scientific_name", "scientificName"),
        ("country_code", "country"),
    ):
        yield from ((issue, key) for key, value in zip(keys, held[name], strict=True) if not value)
    for key, basis in zip(keys, held["basis_of_record"], strict=True):
        if basis not in (OWN, PUBLISHED):
            yield "BASIS_OF_RECORD_INVALID", key
    for key, code in zip(keys, held["country_code"], strict=True):
        if code and _is_unknown(code):
            yield "COUNTRY_INVALID", key
    for key, status in zip(keys, held["type_status"], strict=True):
        if status and not is_type_status(status):
            yield "TYPE_STATUS_INVALID", key
    for key, written in zip(keys, held["license"], strict=True):
        if written and license_address(written) not in _TAKEN:
            yield "record license", key
    for key, count in zip(keys, held["individual_count"], strict=True):
        if count is not None and count < 1:
            yield "INDIVIDUAL_COUNT_INVALID", key
    yield from _of_dates(portion)
    yield from _of_places(portion, country_at)
    yield from _of_media(portion, told)


def _is_unknown(code: str) -> bool:
    return country_name(code) == code


def is_type_status(written: str) -> bool:
    """Whether GBIF knows every type status of a list such as ``holotype | paratype of Lufengosaurus magnus``."""
    words = (re.split(r"\bof\b|:", part.casefold())[0] for part in written.split("|"))
    return all(re.sub(r"[^a-z]", "", word) in _TYPES for word in words)


def _of_dates(portion: Portion) -> Iterator[tuple[str, str]]:
    keys = portion.columns["occurrence_id"]
    today = datetime.now(UTC).date()
    for key, written in zip(keys, portion.columns["event_date"], strict=True):
        if not written:
            yield "eventDate", key
        elif (issue := _wrong_date(written, today)) is not None:
            yield f"RECORDED_DATE_{issue}", key
    for name, issue in (("date_identified", "IDENTIFIED_DATE"), ("georeferenced_date", "GEOREFERENCED_DATE")):
        for key, written in zip(keys, portion.columns[name], strict=True):
            if written and (wrong := _wrong_date(written, today)) is not None:
                yield f"{issue}_{wrong}", key


def _wrong_date(written: str, today: date) -> str | None:
    """``INVALID`` for no date of the calendar, ``UNLIKELY`` for one before 1600 or after today, or None."""
    ends = [_first_day(end) for end in written.split("/")]
    days = [day for day in ends if day is not None]
    if len(days) < len(ends) or len(ends) > 2 or days != sorted(days):
        return "INVALID"
    return "UNLIKELY" if days[0].year < 1600 or days[-1] > today else None


def _first_day(written: str) -> date | None:
    found = _DAY.match(written)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _of_places(portion: Portion, country_at: CountryAt | None) -> Iterator[tuple[str, str]]:
    held = portion.columns
    rows = zip(
        held["occurrence_id"],
        held["decimal_latitude"],
        held["decimal_longitude"],
        held["country_code"],
        held["coordinate_uncertainty_in_meters"],
        held["information_withheld"],
        strict=True,
    )
    for key, latitude, longitude, code, uncertainty, withheld in rows:
        if latitude is None or longitude is None:
            yield "coordinates", key
            continue
        if latitude == 0 and longitude == 0:
            yield "ZERO_COORDINATE", key
        elif abs(latitude) > 90 or abs(longitude) > 180:
            yield "COORDINATE_OUT_OF_RANGE", key
        elif (
            country_at is not None
            and code
            and not _is_unknown(code)
            and not withheld
            and country_at(latitude, longitude) not in (None, code)
        ):
            yield "COUNTRY_COORDINATE_MISMATCH", key
        if uncertainty is None:
            yield "coordinateUncertaintyInMeters", key


def _of_media(portion: Portion, told: About) -> Iterator[tuple[str, str]]:
    for key, media in portion.parts.get(MEDIA, {}).items():
        if not told.public_url:
            yield "MULTIMEDIA_URI_INVALID", key
        if any(license_address(getattr(one, "license", "")) not in _TAKEN for one in media):
            yield "media license", key
