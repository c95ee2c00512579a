"""Cells of the tables of the Paleobiology Database: its placeholders, ages, countries and groups.

Ages in Ma depend on the timescale of the day of the download, so the named interval counts and the Ma stay as the source states them.
Class and phylum are not read: they change from year to year, and tetrapods stand under Osteichthyes.
"""

import re
from collections.abc import Mapping

from catalogue.checking import is_date
from catalogue.countries import country_code
from catalogue.exchange.formats import Cells, RefusedRow
from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name
from catalogue.records import PUBLISHED
from catalogue.spans import ages_covered
from catalogue.taxonomy import taxonomy

DATASET = "Paleobiology Database"
_ENTRY = re.compile(rf"{DATASET} (?:occurrence|specimen) [^,|]+(?:, (?:occurrence|collection) [^,|]+)* \(CC BY 4\.0\)")

_NUMBER = re.compile(r"^(?:[a-z]{3}:)?0*(\d{1,18})(?:\.0+)?$")
_MA = re.compile(r"^\d+(?:[.,]\d+)?$")
_DECIMAL_COMMA = re.compile(r"^(-?\d+),(\d+)$")
_PLACEHOLDER = re.compile(r"^NO_\w+_SPECIFIED$")
_BREAKS = re.compile(r"(?:\\r)?\\n|\\r|<br ?/?>", re.IGNORECASE)
"""Line ends that were spelt out on the way into the database."""
OWN_CODES = {"AA": "AQ"}

_TIMESCALES_DIFFER = 4.0
"""Ma by which a boundary of the Mesozoic moved at most between the timescales that files of the last decades follow."""
_SLIVER = 2.0
"""Ma by which a span must reach into an age to count there, unless it covers half of it: boundaries have moved since."""


def text(cells: Cells, *columns: str) -> str:
    """The first of some cells that says something; R's ``NA`` and ``NO_FAMILY_SPECIFIED`` say nothing."""
    for column in columns:
        written = cells.get(column, "").strip()
        if written and written != "NA" and not _PLACEHOLDER.match(written):
            return written
    return ""


def number(cells: Cells, column: str) -> str:
    """The number of a thing there, whether written ``138845``, ``occ:138845`` or ``138845.0``; blank where there is none."""
    match = _NUMBER.match(text(cells, column))
    return match[1] if match else ""


def linked(cells: Cells, column: str) -> str:
    """The number of another thing there to which a row belongs; blank where there is none, for which 0 stands too."""
    written = number(cells, column)
    return "" if written == "0" else written


FOUND: Mapping[str, tuple[str, ...]] = {
    "verbatim_identification": ("identified_name", "accepted_name"),
    "taxon_rank": ("accepted_rank",),
    "higher_classification": ("genus", "family", "order", "group"),
    "earliest_interval": ("early_interval", "stage", "max_ma"),
    "latest_interval": ("late_interval", "min_ma"),
    "verbatim_age": ("max_ma", "min_ma", "early_interval", "late_interval", "stage"),
    "lithostratigraphic_group": ("stratgroup", "geological_group"),
    "formation": ("formation",),
    "member": ("member",),
    "bed": ("localbed",),
    "lowest_biostratigraphic_zone": ("zone",),
    "country_code": ("cc",),
    "state_province": ("state",),
    "county": ("county",),
    "locality": ("collection_name",),
    "verbatim_locality": ("geogcomments",),
    "decimal_latitude": ("lat",),
    "decimal_longitude": ("lng",),
    "georeference_protocol": ("latlng_basis",),
    "event_date": ("collection_dates",),
    "recorded_by": ("collectors",),
}
"""The columns from which `found` takes each field."""


def found(cells: Cells) -> dict[str, object]:
    """What was found, of which age and where: the fields that lists of occurrences and of specimens share.

    Raises
    ------
    RefusedRow
        When there is no age that can be understood.
    """
    name, dates = _name(cells), text(cells, "collection_dates")
    return {
        "basis_of_record": PUBLISHED,
        "verbatim_identification": name,
        "taxon_rank": text(cells, "accepted_rank") if name == text(cells, "accepted_name") else "",
        "higher_classification": _higher_groups(cells),
        **_age(cells),
        "lithostratigraphic_group": text(cells, "stratgroup", "geological_group"),
        "formation": text(cells, "formation"),
        "member": text(cells, "member"),
        "bed": text(cells, "localbed"),
        "lowest_biostratigraphic_zone": text(cells, "zone"),
        "country_code": iso_country(cells),
        "state_province": text(cells, "state"),
        "county": text(cells, "county"),
        "locality": text(cells, "collection_name"),
        "verbatim_locality": " ".join(_BREAKS.sub(" ", text(cells, "geogcomments")).split()),
        "decimal_latitude": degrees(cells, "lat"),
        "decimal_longitude": degrees(cells, "lng"),
        "georeference_protocol": text(cells, "latlng_basis"),
        "event_date": dates if is_date(dates) else "",
        "recorded_by": text(cells, "collectors"),
        "dataset_name": DATASET,
    }


def remarks(cells: Cells, *more: str) -> str:
    """What has no field of its own: other names, a country that is none, dates in words, who holds it; and what is given."""
    dates, museum, country = (text(cells, column) for column in ("collection_dates", "museum", "cc"))
    said = (
        *_name_remarks(cells, _name(cells)),
        f"Country in the {DATASET}: {country}." if country and not iso_country(cells) else "",
        f"Collected: {dates}." if dates and not is_date(dates) else "",
        f"Held by: {museum}." if museum else "",
        *more,
    )
    return " ".join(filter(None, said))


def doubts(cells: Cells) -> list[Message]:
    """What of a row that is taken was not understood: its country, or the name of its age, in whose place the Ma were taken."""
    country = text(cells, "cc")
    notes = []
    if country and not iso_country(cells):
        notes.append(
            message(
                "{column}: “{value}” is not a country that we know. It stands in the remarks.",
                column="cc",
                value=country[:60],
            )
        )
    stated = ("early_interval", "late_interval") if text(cells, "early_interval", "late_interval") else ("stage",)
    for column in stated:
        name = text(cells, column)
        if name and timescale().find(name) is None:
            notes.append(
                message(
                    "{column}: “{value}” is not an interval that we know. The narrowest that holds max_ma to min_ma is taken, and the name is kept as written.",
                    column=column,
                    value=name[:60],
                )
            )
    return notes


def references(cells: Cells, record: str) -> str:
    """The entry there, such as "occurrence 138845", with its licence, and the publication that it comes from."""
    collection, key = linked(cells, "collection_no"), text(cells, "reference_no")
    entry = f"{DATASET} {record}{f', collection {collection}' if collection else ''} (CC BY 4.0)"
    publication = text(cells, "primary_reference") or " ".join(
        filter(None, (text(cells, "ref_author"), text(cells, "ref_pubyr")))
    )
    if key:
        publication = f"{publication} (reference {key} there)".strip()
    return " | ".join(filter(None, (entry, publication)))


def is_entry(reference: str) -> bool:
    """Whether a reference is an entry of the database, as `references` writes it, and no publication."""
    return _ENTRY.fullmatch(reference) is not None


def _name(cells: Cells) -> str:
    """The identification, or the accepted name where that one is no name."""
    identified, accepted = text(cells, "identified_name"), text(cells, "accepted_name")
    return identified if _readable(identified) or not accepted else accepted


def _name_remarks(cells: Cells, name: str) -> list[str]:
    identified, accepted, difference = (
        text(cells, column) for column in ("identified_name", "accepted_name", "difference")
    )
    why = f" ({difference})" if difference else ""
    if identified and identified != name:
        return [f"Identified as “{identified}” in the source{why}."]
    if accepted and accepted != name:
        return [f"Accepted name in the {DATASET}: {accepted}{why}."]
    return []


def degrees(cells: Cells, column: str) -> str:
    """A latitude or longitude as written, with a point where it has a decimal comma."""
    return _DECIMAL_COMMA.sub(r"\1.\2", text(cells, column))


def _readable(name: str) -> bool:
    try:
        parse_name(name)
    except UnreadableName:
        return False
    return True


def _higher_groups(cells: Cells) -> str:
    """The groups that hold the taxon: by our own table through the narrowest known one, else order and family of the source."""
    known = taxonomy()
    for column in ("accepted_name", "genus", "family", "order", "group"):
        lineage = known.lineage(text(cells, column))
        if lineage:
            return f"|{'|'.join(lineage)}|"
    stated = [name for name in (text(cells, "order"), text(cells, "family")) if name and "|" not in name]
    return f"|{'|'.join(stated)}|" if stated else ""


def _age(cells: Cells) -> dict[str, object]:
    max_ma, min_ma = text(cells, "max_ma"), text(cells, "min_ma")
    span = span_of(max_ma, min_ma)
    earliest = text(cells, "early_interval", "late_interval", "stage")
    latest = text(cells, "late_interval")
    by_stage_alone = not text(cells, "early_interval", "late_interval")
    named = earliest if latest in {"", earliest} else f"{earliest} – {latest}"
    stated = f"{max_ma}–{min_ma} Ma" if span else ""
    written = f"{stated} ({named})" if stated and named else stated or named
    verbatim = {"verbatim_age": f"{written}, as in the {DATASET}"}
    chart = timescale()
    if span and by_stage_alone and _is_wider(span, earliest):
        units = ages_covered(span, _SLIVER)
        if units:
            return {"earliest_interval": units[0].name, "latest_interval": units[-1].name, **verbatim}
    if earliest and chart.find(earliest) and (not latest or chart.find(latest)):
        return {"earliest_interval": earliest, "latest_interval": latest, **verbatim}
    unit = chart.narrowest(span) if span else None
    if unit is not None:
        return {"earliest_interval": unit.name, "latest_interval": "", **verbatim}
    if named:
        raise RefusedRow(
            message("“{interval}” is not an interval that we know, and max_ma and min_ma do not help.", interval=named)
        )
    if span:
        raise RefusedRow(
            message("No interval of the chart holds {max_ma} to {min_ma} Ma.", max_ma=max_ma, min_ma=min_ma)
        )
    raise RefusedRow(message("The row has no age: neither a named interval nor max_ma and min_ma."))


def _is_wider(span: AgeRange, stage: str) -> bool:
    """Whether a row's own ages reach well beyond the stage under which somebody put it, more than timescales ever differed."""
    match = timescale().find(stage)
    if match is None:
        return False
    return (
        span.max_ma > match.earliest.span.max_ma + _TIMESCALES_DIFFER
        or span.min_ma < match.latest.span.min_ma - _TIMESCALES_DIFFER
    )


def span_of(max_ma: str, min_ma: str) -> AgeRange | None:
    """Two ages as written; None when one of them is missing.

    Raises
    ------
    RefusedRow
        When one is no number, or the older one is the younger.
    """
    for column, written in (("max_ma", max_ma), ("min_ma", min_ma)):
        if written and not _MA.match(written):
            raise RefusedRow(message("{column}: “{written}” is not an age in Ma.", column=column, written=written[:60]))
    if not max_ma or not min_ma:
        return None
    older, younger = float(max_ma.replace(",", ".")), float(min_ma.replace(",", "."))
    if older < younger:
        raise RefusedRow(
            message(
                "max_ma ({max_ma} Ma) is younger than min_ma ({min_ma} Ma). Are they swapped?",
                max_ma=max_ma,
                min_ma=min_ma,
            ),
            message("max_ma is younger than min_ma. Are they swapped?"),
        )
    return AgeRange(older, younger)


def iso_country(cells: Cells) -> str:
    """The ISO code; blank when the source's code is none. ``NA`` is Namibia only where the coordinates do not say otherwise."""
    written = cells.get("cc", "").strip()
    if written == "NA" and not _may_be_in_namibia(cells):
        return ""
    return country_code(OWN_CODES.get(written, written)) if written else ""


def _may_be_in_namibia(cells: Cells) -> bool:
    try:
        latitude, longitude = (float(degrees(cells, column)) for column in ("lat", "lng"))
    except ValueError:
        return False
    return -29 <= latitude <= -16.9 and 11.7 <= longitude <= 25.3
