"""The age and the dates of a row. An age that is not known is kept word for word and told; a date that reads two ways is not guessed."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from catalogue.checking import as_number
from catalogue.exchange.formats import RefusedRow
from catalogue.exchange.mapping.ages import Reading, ages_between, read_age, read_age_column, refined
from catalogue.exchange.mapping.headings import RANKS
from catalogue.exchange.mapping.values import read_date, read_month
from catalogue.messages import Message, message

if TYPE_CHECKING:
    from catalogue.exchange.mapping.row_reader import RowReader

_EARLIEST = ("earliest_interval", *(f"earliest_{rank}" for rank in RANKS))
_LATEST = ("latest_interval", *(f"latest_{rank}" for rank in RANKS))
AGE_TARGETS = (*_EARLIEST, *_LATEST, "age", "max_ma", "min_ma")
"""All columns that say something of the age."""
_WHOLE_DATES = ("event_date", "date_identified", "georeferenced_date")
DATE_TARGETS = (*_WHOLE_DATES, "year", "month", "day")
"""All columns that say something of a date."""


@dataclass
class Age:
    """What a row says of its age: values for the draft, notes, and why a new record cannot be made of it."""

    values: dict[str, object] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    refusal: RefusedRow | None = None


def age_of(row: "RowReader") -> Age:
    """The age of a row: the narrowest known interval at each end, an age in one text, or the ages in Ma; in this order."""
    age = Age()
    written = [text for target in (*_EARLIEST, *_LATEST, "age") if (text := row.said(target))]
    first, unknown = _first_known(row, (*_EARLIEST, "age"))
    last, unknown_last = _first_known(row, _LATEST)
    for text in dict.fromkeys((*unknown, *unknown_last)):
        age.notes.append(
            message("The interval “{value}” is not known. It stands in the age as written.", value=text[:60])
        )
    span, stated = _span(row)
    found = first or last
    if found is None and span is not None:
        found = ages_between(*span)
    if found is None:
        found, last = read_age(row.fixed("earliest_interval")), read_age(row.fixed("latest_interval"))
    if found is not None:
        _take(age, found, last, span)
    elif span is not None:
        age.refusal = RefusedRow(
            message(
                "No interval of the chart holds {max_ma} to {min_ma} Ma.", max_ma=f"{span[0]:g}", min_ma=f"{span[1]:g}"
            )
        )
    elif unknown or unknown_last:
        age.refusal = RefusedRow(
            message(
                "“{interval}” is not an interval that we know. Choose one age for all such rows, or write a name of the chart.",
                interval=(unknown or unknown_last)[0][:60],
            )
        )
    elif stated:
        age.refusal = RefusedRow(
            message(
                "“{stated}” is no age in million years, from 0 to 5000. Correct it, or choose one age for all such rows.",
                stated=stated[:60],
            )
        )
    else:
        age.refusal = RefusedRow(
            message("The row has no age. Give a column for it, or choose one age for all rows without one.")
        )
    _take_verbatim(row, age, written, stated, found)
    return age


def _take(age: Age, first: Reading, last: Reading | None, span: tuple[float, float] | None) -> None:
    earliest, latest = first.earliest, (last or first).latest
    if span is not None:
        earliest, latest = _refined(earliest, latest, *span)
    age.values["earliest_interval"], age.values["latest_interval"] = earliest, latest


@lru_cache(maxsize=4096)
def _refined(earliest: str, latest: str, max_ma: float, min_ma: float) -> tuple[str, str]:
    if earliest == latest:
        both = refined(earliest, max_ma, min_ma)
        return both, both
    return earliest, latest


def _first_known(row: "RowReader", targets: tuple[str, ...]) -> tuple[Reading | None, list[str]]:
    """The first of some columns that names a known interval, and what stands before it that is not known."""
    unknown: list[str] = []
    for target in targets:
        text = row.said(target)
        if not text:
            continue
        reading = read_age_column(text)
        if reading is not None:
            return reading, unknown
        unknown.append(text)
    return None, unknown


def _span(row: "RowReader") -> tuple[tuple[float, float] | None, str]:
    """The ages in Ma that a row states, older first, and how it states them."""
    if not row.has("max_ma", "min_ma"):
        return None, ""
    older, younger = row.text("max_ma"), row.text("min_ma")
    ages = [_ma(text) for text in (older or younger, younger or older) if text]
    stated = "–".join(dict.fromkeys(filter(None, (older, younger))))
    if len(ages) < 2 or None in ages:
        return None, stated and f"{stated} Ma"
    return (max(ages), min(ages)), f"{stated} Ma"  # type: ignore[type-var, return-value]


@lru_cache(maxsize=4096)
def _ma(text: str) -> float | None:
    try:
        age = as_number(text.casefold().removesuffix("ma").strip().replace(",", "."))
    except ValueError:
        return None
    return age if 0 <= age < 5000 else None


def _take_verbatim(row: "RowReader", age: Age, written: list[str], stated: str, found: Reading | None) -> None:
    """The age as written, where it says more than the names that were taken."""
    if row.has("verbatim_age"):
        age.values["verbatim_age"] = row.text("verbatim_age")
        return
    names = {
        str(age.values.get("earliest_interval", "")).casefold(),
        str(age.values.get("latest_interval", "")).casefold(),
    }
    more = [text for text in dict.fromkeys(written) if text.casefold() not in names]
    by_rank = found is not None and not row.has("age", "earliest_interval", "latest_interval")
    if by_rank and all(read_age(text) for text in more):
        more = []
    if more or (stated and not written):
        age.values["verbatim_age"] = "; ".join(filter(None, (*more, stated if not written else "")))


def dates_of(row: "RowReader") -> dict[str, object]:
    """The dates of a row by ISO 8601; what cannot be read goes into the remarks and is told."""
    values: dict[str, object] = {}
    for name in _WHOLE_DATES:
        if not row.has(name):
            continue
        text = row.text(name)
        date = read_date(text) if text else None
        values[name] = date.iso if date else ""
        if date and not date.iso:
            row.aside(name, text)
            row.draft.notes.append(_said(date.why, row.heading(name), text))
    if row.has("year") and not values.get("event_date"):
        values["event_date"] = _from_parts(row)
    return values


def _said(why: str, column: str, text: str) -> Message:
    if why == "unclear":
        return message(
            "{column}: “{value}” may mean two days, for day and month can be swapped. It stands in the remarks.",
            column=column,
            value=text[:60],
        )
    return message(
        "{column}: “{value}” is not read as a date. It stands in the remarks.", column=column, value=text[:60]
    )


def _from_parts(row: "RowReader") -> str:
    year, month, day = (
        row.text("year").removesuffix(".0"),
        read_month(row.text("month").removesuffix(".0")),
        row.text("day").removesuffix(".0"),
    )
    text = year + (f"-{month}" + (f"-{day:0>2}" if day else "") if month else "")
    if not text:
        return ""
    date = read_date(text)
    if not date.iso:
        row.aside("year", text)
        row.draft.notes.append(_said(date.why, row.heading("year"), text))
    return date.iso
