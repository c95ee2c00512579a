"""What a record must be before it may be kept: a draft as people type it goes in, clean values or plain problems come out.

Nothing is guessed and nothing is thrown away: all problems of a draft are told at once, each with its field, and the draft
stays as it was typed.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

from catalogue.countries import country_code
from catalogue.geological_time import InvertedRange, UnknownInterval, timescale
from catalogue.messages import CatalogueError, Message, Problem, message
from catalogue.names import UnreadableName, parse_name
from catalogue.records import OWN, PUBLISHED, UNKNOWN, Specimen
from catalogue.taxonomy import taxonomy

Draft: TypeAlias = Mapping[str, object]
Values: TypeAlias = dict[str, object]

LONGEST_TEXT = 10_000
"""Characters that one field may hold."""

_MADE_BY_US = frozenset({"created", "modified", "version", "import_id"})
_TEXTS = tuple(field.name for field in fields(Specimen) if field.type is str and field.name not in _MADE_BY_US)
_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class InvalidDraft(CatalogueError):
    """A draft that may not be kept; `problems` says why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


@dataclass(frozen=True)
class Checked:
    """A checked draft: the values to keep, and the problems that forbid it (empty when there are none)."""

    values: Values
    problems: list[Problem]


def check(draft: Draft) -> Checked:
    """Check a draft and derive what follows from it: name, qualifier, Ma, groups.

    Parameters
    ----------
    draft : mapping
        Field names of `Specimen` to what was typed; texts, numbers or None. Unknown names are an error of the caller.

    Returns
    -------
    Checked
    """
    values: Values = {name: str(draft.get(name) or "").strip() for name in _TEXTS}
    values["translations"] = draft.get("translations") or {}
    problems = [problem for name in _TEXTS for problem in _check_text(name, str(values[name]))]
    for step in (_check_basis, _check_name, _check_age, _check_place, _check_coordinates, _check_date):
        problems += step(draft, values)
    return Checked(values, problems)


def _check_text(name: str, text: str) -> list[Problem]:
    if len(text) > LONGEST_TEXT:
        return [
            Problem(
                name,
                message(
                    "This text has {count} characters; at most {most} can be kept.", count=len(text), most=LONGEST_TEXT
                ),
            )
        ]
    if _CONTROL.search(text):
        return [
            Problem(
                name, message("This text holds control characters that cannot be shown. Type it again without them.")
            )
        ]
    return []


def _check_basis(_: Draft, values: Values) -> list[Problem]:
    basis = values["basis_of_record"] = values["basis_of_record"] or OWN
    if basis not in {OWN, PUBLISHED}:
        return [
            Problem(
                "basis_of_record",
                message("“{basis}” is neither a museum’s specimen nor a published find.", basis=basis),
            )
        ]
    if basis == OWN and not values["catalog_number"]:
        return [Problem("catalog_number", message("A specimen of a museum needs its catalogue number."))]
    return []


def _check_name(_: Draft, values: Values) -> list[Problem]:
    try:
        name = parse_name(str(values["verbatim_identification"]))
    except UnreadableName as error:
        return [Problem("verbatim_identification", error.message)]
    lineage = taxonomy().lineage(name.scientific_name)
    values |= {
        "verbatim_identification": name.verbatim,
        "scientific_name": name.scientific_name,
        "identification_qualifier": name.qualifier,
        "scientific_name_authorship": values["scientific_name_authorship"] or name.authorship,
        "taxon_rank": name.rank or values["taxon_rank"],
        "genus": name.genus,
        "higher_classification": f"|{'|'.join(lineage)}|" if lineage else values["higher_classification"],
    }
    return []


def _check_age(_: Draft, values: Values) -> list[Problem]:
    earliest, latest = str(values["earliest_interval"]), str(values["latest_interval"])
    if not earliest:
        return [
            Problem(
                "earliest_interval",
                message(
                    "Choose the earliest interval in which the animal may have lived; a period such as Jurassic is enough."
                ),
            )
        ]
    chart = timescale()
    try:
        age = chart.date(earliest, latest)
    except UnknownInterval as error:
        return [Problem("earliest_interval" if chart.find(earliest) is None else "latest_interval", error.message)]
    except InvertedRange as error:
        return [Problem("latest_interval", error.message)]
    written = earliest if not latest or latest == earliest else f"{earliest} – {latest}"
    if {earliest, latest or earliest} - chart.intervals.keys() and not values["verbatim_age"]:
        values["verbatim_age"] = written
    values |= {
        "earliest_interval": age.earliest.name,
        "latest_interval": age.latest.name,
        "max_ma": age.span.max_ma,
        "min_ma": age.span.min_ma,
        "timescale": chart.version,
    }
    return []


def _check_place(_: Draft, values: Values) -> list[Problem]:
    problems = []
    written = str(values["country_code"])
    if written:
        values["country_code"] = country_code(written)
        if not values["country_code"]:
            problems.append(
                Problem(
                    "country_code",
                    message(
                        "“{written}” is not a country that we know. Choose one, or leave it blank.", written=written
                    ),
                )
            )
    if values["basis_of_record"] == OWN and not values["locality"]:
        problems.append(Problem("locality", message("Write where it was found, or “{unknown}”.", unknown=UNKNOWN)))
    return problems


def _check_coordinates(draft: Draft, values: Values) -> list[Problem]:
    problems: list[Problem] = []
    for name, most, rule in (
        ("decimal_latitude", 90.0, message("Latitude runs from −90 (south) to 90 (north).")),
        ("decimal_longitude", 180.0, message("Longitude runs from −180 (west) to 180 (east).")),
    ):
        _take_number(draft, values, name, problems, lambda number, most=most: abs(number) <= most, rule)  # type: ignore[misc]
    uncertainty = "coordinate_uncertainty_in_meters"
    _take_number(
        draft,
        values,
        uncertainty,
        problems,
        lambda number: number > 0,
        message("The uncertainty is a distance in metres above 0."),
    )
    given = [
        name
        for name in ("decimal_latitude", "decimal_longitude")
        if str(draft.get(name) if draft.get(name) is not None else "").strip()
    ]
    if len(given) == 1:
        missing = "decimal_longitude" if given == ["decimal_latitude"] else "decimal_latitude"
        problems.append(Problem(missing, message("Latitude and longitude belong together: give both or none.")))
    return problems


def _take_number(
    draft: Draft, values: Values, name: str, problems: list[Problem], allowed: Callable[[float], bool], rule: Message
) -> None:
    written = "" if draft.get(name) is None else str(draft[name]).strip()
    values[name] = None
    if not written:
        return
    try:
        number = float(written.replace("−", "-"))
    except ValueError:
        problems.append(Problem(name, message("“{written}” is not a number.", written=written[:60])))
        return
    if not math.isfinite(number) or not allowed(number):
        problems.append(Problem(name, message("{rule} {number} is outside.", rule=rule, number=f"{number:g}")))
        return
    values[name] = number


def is_date(written: str) -> bool:
    """Whether a text is a date of collecting: a year, a month or a day, or a span of them, by ISO 8601."""
    return bool(_DATE.match(written))


def _check_date(_: Draft, values: Values) -> list[Problem]:
    written = str(values["event_date"])
    if not written or is_date(written):
        return []
    return [
        Problem(
            "event_date",
            message(
                "“{written}” is not a date. Write the year of collecting, 1938, or 1938-11, or 1938-11-05.",
                written=written[:60],
            ),
        )
    ]
