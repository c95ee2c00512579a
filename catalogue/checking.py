"""What a record must be before it may be kept: a draft as people type it goes in, clean values or plain problems come out.

Nothing is guessed and nothing is thrown away: all problems of a draft are told at once, each with its field, and the draft
stays as it was typed.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from catalogue.countries import country_code
from catalogue.geological_time import InvertedRange, UnknownInterval, timescale
from catalogue.messages import CatalogueError, Message, Problem, message
from catalogue.names import UnreadableName, parse_name
from catalogue.records import BLANK, OWN, PUBLISHED, UNKNOWN
from catalogue.taxonomy import taxonomy

Draft: TypeAlias = Mapping[str, object]
Values: TypeAlias = dict[str, object]

LONGEST_TEXT = 10_000
"""Characters that one field may hold."""
LONGEST_KEY = 200
"""Characters of a key or number: an entry of an index, which PostgreSQL limits to 2704 bytes for both halves of a number together."""

_MADE_BY_US = frozenset({"created", "modified", "version", "import_id"})
_BLANK: Values = {name: blank for name, blank in BLANK.items() if name not in _MADE_BY_US}
_TEXTS = tuple(name for name, blank in _BLANK.items() if blank == "")
_IS_TEXT = frozenset(_TEXTS)
_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$", re.ASCII)
_KEYS = frozenset({"occurrence_id", "institution_code", "catalog_number", "related_occurrence_id"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that cannot be shown; half of a surrogate pair cannot even be written."""


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
    texts = {name: str(given).strip() for name, given in draft.items() if given and name in _IS_TEXT}
    values: Values = _BLANK | texts
    values["translations"] = draft.get("translations") or {}
    problems = [] if _all_fit(texts.values()) else _unfit(texts)
    if values["translations"]:
        problems += check_translations(values["translations"])
    for always in _ALWAYS:
        if found := always(draft, values):
            problems += found
    for step, looks_at in _WHERE_SAID:
        if not draft.keys().isdisjoint(looks_at) and (found := step(draft, values)):
            problems += found
    return Checked(values, problems)


def _all_fit(texts: Collection[str]) -> bool:
    """Whether all texts are short and plain, as nearly all are: told by one look at them together."""
    return "".join(texts).isprintable() and max(map(len, texts), default=0) <= LONGEST_KEY


def _unfit(texts: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the texts of a draft, in the order of the fields."""
    return [problem for name in filter(texts.__contains__, _TEXTS) for problem in check_text(name, texts[name])]


def check_text(name: str, text: str) -> list[Problem]:
    """What is wrong with a text wherever it stands: too long, or not to be shown."""
    most = LONGEST_KEY if name in _KEYS else LONGEST_TEXT
    if len(text) > most:
        said = message("This text has {count} characters; at most {most} can be kept.", count=len(text), most=most)
        return [Problem(name, said)]
    if not text.isprintable() and _CONTROL.search(text):
        return [
            Problem(
                name, message("This text holds control characters that cannot be shown. Type it again without them.")
            )
        ]
    return []


def check_translations(translations: object) -> list[Problem]:
    """What is wrong with texts in other languages: they are given by language and there by field, each fit to be kept."""
    by_language: Mapping[Any, Any] = translations if isinstance(translations, Mapping) else {"": None}
    if not all(isinstance(texts, Mapping) for texts in by_language.values()):
        return [Problem("translations", message("Texts in other languages are given by language, and there by field."))]
    written = [str(text) for code, texts in by_language.items() for pair in texts.items() for text in (code, *pair)]
    return [Problem("translations", problem.message) for text in written for problem in check_text("", text)]


def _check_basis(_: Draft, values: Values) -> list[Problem]:
    basis = values["basis_of_record"] = values["basis_of_record"] or OWN
    if basis not in {OWN, PUBLISHED}:
        return [
            Problem(
                "basis_of_record",
                message("“{basis}” is neither a museum’s specimen nor a published find.", basis=str(basis)[:60]),
            )
        ]
    if basis == OWN and not values["catalog_number"]:
        return [Problem("catalog_number", message("A specimen of a museum needs its catalogue number."))]
    return []


def _check_name(_: Draft, values: Values) -> list[Problem]:
    try:
        name = parse_name(str(values["verbatim_identification"]))
    except UnreadableName as error:
        return [Problem("verbatim_identification", _with_name_meant(error.message, values))]
    values["verbatim_identification"] = name.verbatim
    values["scientific_name"] = name.scientific_name
    values["identification_qualifier"] = name.qualifier
    values["scientific_name_authorship"] = values["scientific_name_authorship"] or name.authorship
    values["taxon_rank"] = name.rank or values["taxon_rank"]
    values["genus"] = name.genus
    values["higher_classification"] = _groups_that_hold(name.scientific_name) or values["higher_classification"]
    return []


def _with_name_meant(said: Message, values: Values) -> Message:
    """What is wrong with a name, and which one is meant where it is what people call a taxon: 许氏禄丰龙."""
    meant = taxonomy().called(str(values["verbatim_identification"]))
    return message("{problem} {name} is called so: write that name.", problem=said, name=meant) if meant else said


@lru_cache(maxsize=4096)
def _groups_that_hold(scientific_name: str) -> str:
    lineage = taxonomy().lineage(scientific_name)
    return f"|{'|'.join(lineage)}|" if lineage else ""


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
    try:
        dated, as_written = _dated(earliest, latest)
    except UnknownInterval as error:
        unknown = "earliest_interval" if timescale().find(earliest) is None else "latest_interval"
        return [Problem(unknown, error.message)]
    except InvertedRange as error:
        return [Problem("latest_interval", error.message)]
    if as_written and not values["verbatim_age"]:
        values["verbatim_age"] = as_written
    values.update(dated)
    return []


@lru_cache(maxsize=1024)
def _dated(earliest: str, latest: str) -> tuple[Values, str]:
    """What follows from two intervals, and how they were written where the chart has other names for them."""
    chart = timescale()
    age = chart.date(earliest, latest)
    written = earliest if not latest or latest == earliest else f"{earliest} – {latest}"
    dated: Values = {
        "earliest_interval": age.earliest.name,
        "latest_interval": age.latest.name,
        "max_ma": age.span.max_ma,
        "min_ma": age.span.min_ma,
        "timescale": chart.version,
    }
    return dated, written if {earliest, latest or earliest} - chart.intervals.keys() else ""


def _check_place(_: Draft, values: Values) -> list[Problem]:
    problems = []
    written = str(values["country_code"])
    if written:
        values["country_code"] = _code_of(written)
        if not values["country_code"]:
            problems.append(
                Problem(
                    "country_code",
                    message(
                        "“{written}” is not a country that we know. Choose one, or leave it blank.",
                        written=written[:60],
                    ),
                )
            )
    if values["basis_of_record"] == OWN and not values["locality"]:
        problems.append(Problem("locality", message("Write where it was found, or “{unknown}”.", unknown=UNKNOWN)))
    return problems


_code_of = lru_cache(maxsize=1024)(country_code)


def check_coordinates(draft: Draft, values: Values) -> list[Problem]:
    """Put the coordinates of a draft into the values, as numbers or None, and say what is wrong with them."""
    problems: list[Problem] = []
    north, east = (_take_number(draft, values, name, problems) for name in ("decimal_latitude", "decimal_longitude"))
    _take_number(draft, values, "coordinate_uncertainty_in_meters", problems)
    if north != east:
        missing = "decimal_longitude" if north else "decimal_latitude"
        problems.append(Problem(missing, message("Latitude and longitude belong together: give both or none.")))
    return problems


_NUMBERS: Mapping[str, tuple[Callable[[float], bool], Message]] = {
    "decimal_latitude": (
        lambda number: -90 <= number <= 90,
        message("Latitude runs from −90 (south) to 90 (north)."),
    ),
    "decimal_longitude": (
        lambda number: -180 <= number <= 180,
        message("Longitude runs from −180 (west) to 180 (east)."),
    ),
    "coordinate_uncertainty_in_meters": (
        lambda number: number > 0,
        message("The uncertainty is a distance in metres above 0."),
    ),
    **dict.fromkeys(
        ("minimum_elevation_in_meters", "maximum_elevation_in_meters"),
        (
            lambda number: -450 <= number <= 8850,
            message("A height above the sea is between −450 and 8850 metres."),
        ),
    ),
    "individual_count": (
        lambda number: number >= 1 and number == int(number),
        message("The number of animals is a whole number from 1."),
    ),
}
"""What is allowed in each field that holds a number, and how that is told."""


def _take_number(draft: Draft, values: Values, name: str, problems: list[Problem]) -> bool:
    """Put a number of a draft into the values, or None; whether anything was written there."""
    values[name] = None
    given = draft.get(name)
    if given is None or given == "" or not (written := str(given).strip()):
        return False
    allowed, rule = _NUMBERS[name]
    try:
        number = as_number(written)
    except ValueError:
        problems.append(Problem(name, message("“{written}” is not a number.", written=written[:60])))
        return True
    if math.isfinite(number) and allowed(number):
        values[name] = number
        return True
    if name == "decimal_latitude" and 90 < abs(number) <= 180:
        swapped = message(
            "{rule} {number} is outside. Are latitude and longitude swapped?", rule=rule, number=f"{number:g}"
        )
        problems.append(Problem(name, swapped))
        return True
    problems.append(Problem(name, message("{rule} {number} is outside.", rule=rule, number=f"{number:g}")))
    return True


def as_number(written: str) -> float:
    """A number as people type it, with a minus sign or a hyphen.

    Raises
    ------
    ValueError
        When it is none; also for ``1_0``, which Python would take for ten.
    """
    if "_" in written:
        raise ValueError(written)
    return float(written.replace("−", "-"))


@lru_cache(maxsize=8192)
def is_date(written: str) -> bool:
    """Whether a text is a date of collecting: a year, a month or a day, or a span of them, by ISO 8601."""
    return bool(_DATE.match(written)) and all(map(_is_of_the_calendar, written.split("/")))


def _is_of_the_calendar(day: str) -> bool:
    """Whether there is such a year, and such a day where one is given: 1938-02-30 is none."""
    try:
        dt.date.fromisoformat(day if len(day) == 10 else f"{day[:4]}-01-01")
    except ValueError:
        return False
    return True


def _check_dates(_: Draft, values: Values) -> list[Problem]:
    problems: list[Problem] = []
    if not _blank_or_date(values["event_date"]):
        of_collecting = message(
            "“{written}” is not a date. Write the year of collecting, 1938, or 1938-11, or 1938-11-05.",
            written=str(values["event_date"])[:60],
        )
        problems.append(Problem("event_date", of_collecting))
    for name in ("date_identified", "georeferenced_date"):
        if values[name] and not _blank_or_date(values[name]):
            problems.append(Problem(name, no_date(str(values[name]))))
    return problems


def _check_withheld(_: Draft, values: Values) -> list[Problem]:
    if values["site_withheld"] in {"", "yes", "no"}:
        return []
    said = message(
        "“{written}” does not say whether the exact site is withheld. Write yes or no, or leave it blank to follow the rules.",
        written=str(values["site_withheld"])[:60],
    )
    return [Problem("site_withheld", said)]


def no_date(written: str) -> Message:
    """That a text is not a date, and how to write one."""
    return message("“{written}” is not a date. Write a year, 1938, or 1938-11, or 1938-11-05.", written=written[:60])


def _blank_or_date(written: object) -> bool:
    return not written or is_date(str(written))


def _check_elevations(draft: Draft, values: Values) -> list[Problem]:
    problems: list[Problem] = []
    lowest, highest = "minimum_elevation_in_meters", "maximum_elevation_in_meters"
    for name in (lowest, highest):
        _take_number(draft, values, name, problems)
    low, high = values[lowest], values[highest]
    if isinstance(low, float) and isinstance(high, float) and low > high:
        said = message("The lowest height, {low} m, is above the highest, {high} m. Swap them?", low=low, high=high)
        problems.append(Problem(lowest, said))
    return problems


def _check_count(draft: Draft, values: Values) -> list[Problem]:
    problems: list[Problem] = []
    _take_number(draft, values, "individual_count", problems)
    counted = values["individual_count"]
    values["individual_count"] = int(counted) if isinstance(counted, float) else None
    return problems


_Step: TypeAlias = Callable[[Draft, Values], list[Problem]]
_ALWAYS: tuple[_Step, ...] = (_check_basis, _check_name, _check_age, _check_place)
_WHERE_SAID: tuple[tuple[_Step, tuple[str, ...]], ...] = (
    (check_coordinates, ("decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters")),
    (_check_elevations, ("minimum_elevation_in_meters", "maximum_elevation_in_meters")),
    (_check_count, ("individual_count",)),
    (_check_dates, ("event_date", "date_identified", "georeferenced_date")),
    (_check_withheld, ("site_withheld",)),
)
"""Steps that have nothing to do where a draft has none of the fields that they look at."""
