"""Occurrences of the Paleobiology Database, as downloaded or as people passed them on.

A row becomes a published find. Ages in Ma depend on the timescale of the day of the download, so the named interval counts and the
Ma stay as the source states them. Class and phylum are not read: they change from year to year, and tetrapods stand under Osteichthyes.

References
----------
Peters, S. E. and McClennen, M. 2016. The Paleobiology Database application programming interface. Paleobiology 42: 1-7.
doi:10.1017/pab.2015.39
"""

import re

from catalogue.checking import is_date
from catalogue.countries import country_code
from catalogue.exchange.formats import Cells, Format, RefusedRow
from catalogue.geological_time import AgeRange, Interval, timescale
from catalogue.messages import Message, message
from catalogue.names import UnreadableName, parse_name
from catalogue.records import PUBLISHED
from catalogue.taxonomy import taxonomy

DATASET = "Paleobiology Database"

_NUMBER = re.compile(r"^(?:occ:)?0*(\d+)(?:\.0+)?$")
_MA = re.compile(r"^\d+(?:[.,]\d+)?$")
_DECIMAL_COMMA = re.compile(r"^(-?\d+),(\d+)$")
_PLACEHOLDER = re.compile(r"^NO_\w+_SPECIFIED$")
_OWN_CODES = {"AA": "AQ"}

_OTHER_LISTS = (
    (message("specimens"), {"specimen_no"}),
    (message("measurements"), {"measurement_no"}),
    (message("collections"), {"collection_no", "collection_name", "n_occs"}),
    (message("taxa"), {"taxon_no", "taxon_name"}),
    (message("taxa"), {"orig_no", "taxon_name"}),
    (message("strata"), {"record_type", "lithology", "n_colls"}),
    (message("references"), {"reference_no", "pubtitle"}),
)

_TIMESCALES_DIFFER = 4.0
"""Ma by which a boundary of the Mesozoic moved at most between the timescales that files of the last decades follow."""
_SLIVER = 2.0
"""Ma by which a span must reach into an age to count there, unless it covers half of it: boundaries have moved since."""


def other_list(columns: tuple[str, ...]) -> Message | None:
    """Why a file of the Paleobiology Database that is no list of occurrences is not read; None when it is no such file."""
    for name, signs in _OTHER_LISTS:
        if signs <= set(columns):
            return message(
                "This is a list of {list} of the Paleobiology Database. This version of Bonebed reads its lists of occurrences.",
                list=name,
            )
    return None


def draft(cells: Cells) -> dict[str, object]:
    """A draft of a row.

    Raises
    ------
    RefusedRow
        When it has no number, or no age that can be understood.
    """
    number = _NUMBER.match(_text(cells, "occurrence_no"))
    if number is None:
        raise RefusedRow(
            message("The row has no occurrence_no, the number by which the Paleobiology Database knows it.")
        )
    identified, accepted = _text(cells, "identified_name"), _text(cells, "accepted_name")
    name = identified if _readable(identified) or not accepted else accepted
    country, country_remark = _country(cells)
    return {
        "occurrence_id": f"pbdb:occ:{number[1]}",
        "basis_of_record": PUBLISHED,
        "verbatim_identification": name,
        "taxon_rank": _text(cells, "accepted_rank") if name == accepted else "",
        "higher_classification": _higher_groups(cells),
        **_age(cells),
        "lithostratigraphic_group": _text(cells, "stratgroup", "geological_group"),
        "formation": _text(cells, "formation"),
        "member": _text(cells, "member"),
        "bed": _text(cells, "localbed"),
        "country_code": country,
        "state_province": _text(cells, "state"),
        "county": _text(cells, "county"),
        "locality": _text(cells, "collection_name"),
        "decimal_latitude": _DECIMAL_COMMA.sub(r"\1.\2", _text(cells, "lat")),
        "decimal_longitude": _DECIMAL_COMMA.sub(r"\1.\2", _text(cells, "lng")),
        "georeference_protocol": _text(cells, "latlng_basis"),
        "event_date": _collected(cells) if is_date(_collected(cells)) else "",
        "recorded_by": _text(cells, "collectors"),
        "occurrence_remarks": " ".join(
            filter(None, [*_name_remarks(cells, name), country_remark, *_find_remarks(cells)])
        ),
        "associated_references": _references(cells, number[1]),
        "dataset_name": DATASET,
    }


def _text(cells: Cells, *columns: str) -> str:
    """The first of some cells that says something; R's ``NA`` and ``NO_FAMILY_SPECIFIED`` say nothing."""
    for column in columns:
        text = cells.get(column, "").strip()
        if text and text != "NA" and not _PLACEHOLDER.match(text):
            return text
    return ""


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
        lineage = known.lineage(_text(cells, column))
        if lineage:
            return f"|{'|'.join(lineage)}|"
    stated = [name for name in (_text(cells, "order"), _text(cells, "family")) if name and "|" not in name]
    return f"|{'|'.join(stated)}|" if stated else ""


def _age(cells: Cells) -> dict[str, object]:
    max_ma, min_ma = _text(cells, "max_ma"), _text(cells, "min_ma")
    span = _span(max_ma, min_ma)
    earliest = _text(cells, "early_interval", "late_interval", "stage")
    latest = _text(cells, "late_interval")
    by_stage_alone = not _text(cells, "early_interval", "late_interval")
    named = earliest if latest in {"", earliest} else f"{earliest} – {latest}"
    stated = f"{max_ma}–{min_ma} Ma" if span else ""
    written = f"{stated} ({named})" if stated and named else stated or named
    verbatim = {"verbatim_age": f"{written}, as in the {DATASET}"}
    chart = timescale()
    if span and by_stage_alone and _is_wider(span, earliest):
        units = _ages_of(span)
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


def _ages_of(span: AgeRange) -> list[Interval]:
    """The ages that a span of Ma covers, oldest first, without slivers that come of an older timescale."""
    return [unit for unit in timescale().of_rank("age", span) if _reaches_into(span, unit.span)]


def _reaches_into(span: AgeRange, age: AgeRange) -> bool:
    shared = min(span.max_ma, age.max_ma) - max(span.min_ma, age.min_ma)
    return shared >= _SLIVER or shared >= (age.max_ma - age.min_ma) / 2


def _span(max_ma: str, min_ma: str) -> AgeRange | None:
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


def _country(cells: Cells) -> tuple[str, str]:
    """The ISO code, and a remark when the source's code is none. ``NA`` is Namibia only where the coordinates do not say otherwise."""
    written = cells.get("cc", "").strip()
    if written == "NA" and not _may_be_in_namibia(cells):
        return "", ""
    code = country_code(_OWN_CODES.get(written, written)) if written else ""
    return code, f"Country in the {DATASET}: {written}." if written and not code else ""


def _may_be_in_namibia(cells: Cells) -> bool:
    try:
        latitude, longitude = (float(_DECIMAL_COMMA.sub(r"\1.\2", _text(cells, column))) for column in ("lat", "lng"))
    except ValueError:
        return False
    return -29 <= latitude <= -16.9 and 11.7 <= longitude <= 25.3


def _collected(cells: Cells) -> str:
    return _text(cells, "collection_dates")


def _name_remarks(cells: Cells, name: str) -> list[str]:
    identified, accepted, difference = (
        _text(cells, column) for column in ("identified_name", "accepted_name", "difference")
    )
    why = f" ({difference})" if difference else ""
    if identified and identified != name:
        return [f"Identified as “{identified}” in the source{why}."]
    if accepted and accepted != name:
        return [f"Accepted name in the {DATASET}: {accepted}{why}."]
    return []


def _find_remarks(cells: Cells) -> list[str]:
    dates, museum = _collected(cells), _text(cells, "museum")
    return [f"Collected: {dates}." if dates and not is_date(dates) else "", f"Held by: {museum}." if museum else ""]


def _references(cells: Cells, number: str) -> str:
    collection = _text(cells, "collection_no")
    record = f"{DATASET} occurrence {number}{f', collection {collection}' if collection else ''} (CC BY 4.0)"
    publication = _text(cells, "primary_reference") or " ".join(
        filter(None, (_text(cells, "ref_author"), _text(cells, "ref_pubyr")))
    )
    key = _text(cells, "reference_no")
    if key:
        publication = f"{publication} (reference {key} there)".strip()
    return " | ".join(filter(None, (record, publication)))


def contradiction(numbers: tuple[int, int], rows: tuple[Cells, Cells], fields: list[str]) -> RefusedRow:
    """Why the second of two rows with one occurrence_no is not taken."""
    first, second = numbers
    identifications = [_text(cells, "reid_no") for cells in rows]
    if identifications[0] != identifications[1]:
        return RefusedRow(
            message(
                "Row {second} is another identification of the occurrence in row {first}. One identification is kept for each occurrence: that of row {first}.",
                first=first,
                second=second,
            ),
            message(
                "Another identification of an occurrence that stands further up. One identification is kept for each occurrence."
            ),
        )
    taken = dict.fromkeys(column for field in fields for column in OCCURRENCES.columns.get(field, ()))
    different = [column for column in taken if rows[0].get(column, "") != rows[1].get(column, "")]
    return RefusedRow(
        message(
            "Rows {first} and {second} have the same occurrence_no, but differ in {columns}. Row {first} was taken; which one is right?",
            first=first,
            second=second,
            columns=", ".join(different),
        ),
        message("The occurrence_no stands further up already, in a row that says something else."),
    )


OCCURRENCES = Format(
    name="Paleobiology Database occurrences",
    needs=(("occurrence_no",), ("accepted_name", "identified_name"), ("early_interval", "stage", "max_ma")),
    columns={
        "occurrence_id": ("occurrence_no",),
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
        "country_code": ("cc",),
        "state_province": ("state",),
        "county": ("county",),
        "locality": ("collection_name",),
        "decimal_latitude": ("lat",),
        "decimal_longitude": ("lng",),
        "georeference_protocol": ("latlng_basis",),
        "event_date": ("collection_dates",),
        "recorded_by": ("collectors",),
        "occurrence_remarks": (
            "accepted_name",
            "identified_name",
            "difference",
            "museum",
            "collection_dates",
            "cc",
            "reid_no",
        ),
        "associated_references": ("collection_no", "primary_reference", "ref_author", "ref_pubyr", "reference_no"),
    },
    draft=draft,
    contradiction=contradiction,
)
