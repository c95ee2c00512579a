"""The parameters of the API: one table for reading them, for their description as OpenAPI, and for the page that people read.

They are those of a search's link (`docs/search.md`), so that the link of a search becomes one of the API. What is unknown, given twice
or out of range is refused and said; nothing is passed over in silence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args

from catalogue.geological_time import timescale
from catalogue.messages import CatalogueError, Message, message
from catalogue.searching.area import InvalidArea, read_area
from catalogue.searching.facets import CHANGED_WITHIN, FACETS
from catalogue.searching.query import Order

Values: TypeAlias = Mapping[str, Any]
"""What was asked, by the names of the parameters; those that were not given have their default, or are not there."""

LARGEST_PAGE, LAST_PAGE = 1000, 1_000_000
OLDEST_MA = 4600.0
"""The age of the Earth, rounded up."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MOST_NAMED = 15
"""Allowed values that a sentence names; of more it names those that look alike."""


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Parameters
    ----------
    name : str
    meaning : Message
        In a sentence.
    schema : mapping
        JSON Schema of its value: ``type`` and ``enum``, ``minimum`` and ``maximum``, ``maxLength``, ``default``.
    example : str
    """

    name: str
    meaning: Message
    schema: Mapping[str, Any]
    example: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter, and what it may be where that can be listed."""

    parameter: str
    message: Message
    allowed: Sequence[str] = ()


class BadParameters(CatalogueError):
    """A question that cannot be understood; `faults` says why, parameter by parameter."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


def _text(longest: int = 500) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _one_of(values: Iterable[object], **more: Any) -> dict[str, Any]:
    listed = list(values)
    return {"type": "integer" if isinstance(listed[0], int) else "string", "enum": listed, **more}


def _count(most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


_AGE = {"type": "number", "minimum": 0, "maximum": OLDEST_MA}
INTERVALS = tuple(unit.name for unit in timescale())

FILTERS = (
    Parameter("q", message("Words that the record must have, each at least in its beginning."), _text(), "lufeng"),
    Parameter(
        "interval", message("An interval of the ICS chart, by its English name."), _one_of(INTERVALS), "Jurassic"
    ),
    Parameter("oldest", message("The older end of a range of ages, in million years (Ma)."), _AGE, "201.4"),
    Parameter("youngest", message("The younger end of a range of ages, in million years (Ma)."), _AGE, "192.9"),
    Parameter(
        "fit",
        message("Whether the age of a record must lie within what is asked, or need only overlap it."),
        _one_of(("overlaps", "within"), default="overlaps"),
        "within",
    ),
    Parameter("taxon", message("A species, genus or group; all that belongs to it is found."), _text(), "Theropoda"),
    Parameter("country", message("A country, by its two letters of ISO 3166."), _text(2), "CN"),
    Parameter("formation", message("A rock formation, as the records have it."), _text(), "Lufeng"),
    Parameter("type", message("A type status, as the records have it."), _text(), "holotype"),
    Parameter("preservation", message("What is kept, as the records have it."), _text(), "skull"),
    Parameter("word", message("A word of a vocabulary, wherever it stands in a record."), _text(), "side:left"),
    Parameter("image", message("Records with a picture, or without one."), _one_of(("yes", "no")), "yes"),
    Parameter("coordinates", message("Records with coordinates, or without them."), _one_of(("yes", "no")), "no"),
    Parameter(
        "area",
        message("A piece of the Earth: longitude,latitude of two corners of a box, or of three or more of a polygon."),
        {"type": "string", "maxLength": 10_000, "format": "area"},
        "101.5,24.5;103,26",
    ),
    Parameter("changed", message("Added or changed in the last days."), _one_of(CHANGED_WITHIN), "7"),
    Parameter(
        "kind",
        message("All records, specimens in museums, or finds known from publications."),
        _one_of(("all", "own", "published"), default="all"),
        "own",
    ),
)
"""What narrows the records."""
ORDER = Parameter("order", message("The order of the records."), _one_of(get_args(Order), default="newest"), "name")
PAGE = Parameter("page", message("Which page, from 1."), _count(LAST_PAGE, 1), "2")
FACET_LIST = Parameter(
    "facets",
    message("What to count beside the records, parted by commas; each under all that is asked but its own choice."),
    {"type": "array", "items": _one_of(FACETS)},
    "country,interval",
)


def page_size(default: int, most: int = LARGEST_PAGE) -> Parameter:
    """The parameter for how many a page holds."""
    return Parameter("size", message("How many a page holds."), _count(most, default), "50")


def read_parameters(known: Sequence[Parameter], written: Iterable[tuple[str, str]]) -> Values:
    """What is asked, from names and texts as they stand in an address.

    Raises
    ------
    BadParameters
        With every fault.
    """
    table, given = {parameter.name: parameter for parameter in known}, list(written)
    faults = _faults_of_names(tuple(table), [name for name, _ in given])
    values = {name: one.schema["default"] for name, one in table.items() if "default" in one.schema}
    for name, text in given:
        if name in table:
            try:
                value = _value(table[name], text)
            except BadParameters as error:
                faults += error.faults
            else:
                values |= {} if value == "" else {name: value}
    if faults:
        raise BadParameters(faults)
    return values


def _faults_of_names(known: Sequence[str], given: Sequence[str]) -> list[Fault]:
    faults = []
    for name in dict.fromkeys(given):
        if name not in known:
            faults.append(Fault(name[:60], _unknown(name, known), known))
        elif given.count(name) > 1:
            faults.append(Fault(name, message("“{name}” is given more than once. Give it once.", name=name)))
    return faults


def _unknown(name: str, known: Sequence[str]) -> Message:
    if not known:
        return message("There is no parameter “{name}” here, nor any other.", name=name[:60])
    listed = ", ".join(known)
    return message("There is no parameter “{name}” here. There are: {allowed}.", name=name[:60], allowed=listed)


def _value(parameter: Parameter, text: str) -> object:
    schema = parameter.schema
    if schema["type"] == "array":
        named = [one for one in text.split(",") if one] if text else []
        return tuple(_allowed(parameter, schema["items"]["enum"], one) for one in named)
    if "enum" in schema:
        return _allowed(parameter, schema["enum"], text)
    if schema["type"] in ("number", "integer"):
        return _in_range(parameter, text)
    if len(text) > schema["maxLength"]:
        raise _refused(
            parameter,
            message("“{name}” takes {most} characters at most.", name=parameter.name, most=schema["maxLength"]),
        )
    return _area(parameter, text) if schema.get("format") == "area" and text else text.strip()


def _area(parameter: Parameter, text: str) -> str:
    try:
        return str(read_area(text))
    except InvalidArea as error:
        raise _refused(parameter, error.message) from None


def _allowed(parameter: Parameter, values: Sequence[object], text: str) -> object:
    found = next((value for value in values if str(value) == text), None)
    if found is not None:
        return found
    listed = [str(value) for value in values]
    if len(listed) <= _MOST_NAMED:
        raise _refused(
            parameter,
            message(
                "“{name}” cannot be “{value}”. It can be: {allowed}.",
                name=parameter.name,
                value=text[:60],
                allowed=", ".join(listed),
            ),
            listed,
        )
    raise _refused(parameter, _not_an_interval(text))


def _not_an_interval(text: str) -> Message:
    match = timescale().find(text) if len(text) < 100 else None
    if match is None:
        return message(
            "“{value}” is not an interval of the {version} chart. See /api/intervals for all of them.",
            value=text[:60],
            version=timescale().version,
        )
    names = dict.fromkeys((match.earliest.name, match.latest.name))
    return message(
        "Write the interval “{value}” as the chart does in English: {names}.", value=text[:60], names=", ".join(names)
    )


def _in_range(parameter: Parameter, text: str) -> float | int:
    least, most, whole = parameter.schema["minimum"], parameter.schema["maximum"], parameter.schema["type"] == "integer"
    if len(text) <= 400 and _NUMBER.fullmatch(text) and (not whole or text.isdigit()):
        number = float(text)
        if least <= number <= most:
            return int(number) if whole else number
    asked = message("“{name}” must be a whole number from {least} to {most}.", **_limits(parameter, least, most))
    if not whole:
        asked = message("“{name}” must be a number from {least} to {most}.", **_limits(parameter, least, most))
    raise _refused(parameter, asked)


def _limits(parameter: Parameter, least: float, most: float) -> dict[str, object]:
    return {"name": parameter.name, "least": f"{least:g}" if least else "0", "most": f"{most:.10g}"}


def _refused(parameter: Parameter, why: Message, allowed: Sequence[str] = ()) -> BadParameters:
    return BadParameters([Fault(parameter.name, why, allowed)])
