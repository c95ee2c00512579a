"""What a part of a record must be before it may be kept: rows as people type them go in, parts or plain problems come out."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from catalogue.checking import as_number, check_text, check_translations, is_date, no_date
from catalogue.media.fields import check_medium
from catalogue.messages import Message, Problem, message
from catalogue.names import UnreadableName, parse_name
from catalogue.parts import DATES, IDENTIFICATIONS, MEDIA, NEEDED, PARTS, RELATED, RELATIONS, Part, plain

_DAYS = frozenset({"next_check_due"})
"""Dates that are compared with today, so that a year alone does not serve."""
OLDEST_MA = 4567.0
"""Age of the oldest solids of the Solar System in Ma (Connelly et al. 2012, doi:10.1126/science.1226919)."""


def check_parts(name: str, occurrence_id: str, rows: Iterable[object]) -> tuple[list[Any], list[Problem]]:
    """Check one list of a record.

    Parameters
    ----------
    name : str
        A name of `catalogue.parts.PARTS`.
    occurrence_id : str
        Key of the record.
    rows : iterable of Part or mapping
        Parts, or their fields as typed.

    Returns
    -------
    tuple of list of Part and list of Problem
        The field of a problem is ``list.row.field``, such as ``relations.0.related_resource``.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        typed: Mapping[str, object] = row if isinstance(row, Mapping) else plain(row)  # type: ignore[arg-type]
        values, wrong = check_medium(typed) if name == MEDIA else _check_row(name, typed)
        problems += [Problem(f"{name}.{number}.{field}", said) for field, said in wrong]
        if not wrong:
            of_record = {"occurrence_id": occurrence_id} if name == "statements" else {}
            parts.append(PARTS[name](**values, **of_record))  # type: ignore[arg-type]
    return parts, problems


def _check_row(name: str, typed: Mapping[str, object]) -> tuple[dict[str, object], list[tuple[str, Message]]]:
    values: dict[str, object] = {}
    wrong: list[tuple[str, Message]] = []
    for field in fields(PARTS[name]):
        if field.name == "occurrence_id":
            continue
        given = typed.get(field.name)
        if field.name == "translations":
            values[field.name] = given or {}
            wrong += [(field.name, problem.message) for problem in check_translations(values[field.name])]
            continue
        text = "" if given is None else str(given).strip()
        values[field.name] = text
        wrong += [(field.name, problem.message) for problem in check_text(field.name, text)]
        if not text and field.name in NEEDED[name]:
            wrong.append((field.name, message("This is needed.")))
        elif text and field.name in DATES:
            wrong += [(field.name, said) for said in _wrong_date(field.name, text)]
        elif field.type in (float, float | None):
            values[field.name], said = _number(text)
            wrong += [(field.name, said)] if said else []
    return values, wrong + (_wrong_as_a_whole(name, values) if not wrong else [])


def _wrong_date(name: str, text: str) -> list[Message]:
    if name in _DAYS:
        return [] if is_day(text) else [message("“{written}” is not a day. Write it as 2027-03-31.", written=text[:60])]
    return [] if is_date(text) else [no_date(text)]


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, such as 2027-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _number(text: str) -> tuple[float | None, Message | None]:
    if not text:
        return None, None
    try:
        number = as_number(text)
    except ValueError:
        return None, message("“{written}” is not a number.", written=text[:60])
    if not math.isfinite(number) or not 0 <= number <= OLDEST_MA:
        return None, message("An age is between 0 and {oldest} million years.", oldest=f"{OLDEST_MA:g}")
    return number, None


def _wrong_as_a_whole(name: str, values: Mapping[str, object]) -> list[tuple[str, Message]]:
    if name == IDENTIFICATIONS:
        return _wrong_name(str(values["verbatim_identification"]))
    return _wrong_relation(values) if name == RELATED else []


def _wrong_name(written: str) -> list[tuple[str, Message]]:
    try:
        parse_name(written)
    except UnreadableName as error:
        return [("verbatim_identification", error.message)]
    return []


def _wrong_relation(values: Mapping[str, object]) -> list[tuple[str, Message]]:
    kind = str(values["relationship_of_resource"])
    if kind not in RELATIONS:
        return [("relationship_of_resource", message("“{kind}” is not a relation that we know.", kind=kind[:60]))]
    if bool(values["related_occurrence_id"]) == bool(values["related_resource"]):
        said = message("Choose a record of this catalogue, or write which specimen elsewhere is meant: one of both.")
        return [("related_occurrence_id", said)]
    return []
