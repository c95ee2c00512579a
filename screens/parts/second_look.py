"""What deserves a second look before a record is saved: said apart from errors, and never in the way of saving."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import streamlit as st

from catalogue import database, specimens
from catalogue.checking import as_number, is_date
from catalogue.geological_time import AgeRange, InvertedRange, UnknownInterval, timescale
from catalogue.messages import Message, message
from catalogue.records import Specimen
from maps import places
from screens.parts import who
from screens.words import _, as_typed, say


def show(draft: Mapping[str, object]) -> None:
    """Tell what looks odd about a draft; nothing when nothing does."""
    doubts = list(warnings(draft))
    if doubts:
        said = [_("Worth a second look; it can be saved as it is."), *(f"- {as_typed(say(doubt))}" for doubt in doubts)]
        st.warning("\n".join(said))


def of_record(specimen: Specimen) -> None:
    """Tell staff who may amend a record what looks odd about its place; a place that was made coarser is not judged."""
    if not (who.may("amend") and specimen.has_place) or specimen.data_generalizations:
        return
    doubts = places.check_place(
        specimen.decimal_latitude or 0.0, specimen.decimal_longitude or 0.0, specimen.country_code
    )
    if doubts:
        told = [_("The place is worth a second look."), *(f"- {as_typed(say(doubt))}" for doubt in doubts)]
        st.warning("\n".join(told))


def warnings(draft: Mapping[str, object]) -> Iterator[Message]:
    """What looks odd: a place in another country or at a round number, an age unlike that of the formation, a date to come."""
    written = {name: str(value or "").strip() for name, value in draft.items()}
    yield from _of_place(written)
    yield from _of_formation(written)
    yield from _of_date(written)


def _of_place(written: Mapping[str, str]) -> Iterator[Message]:
    try:
        latitude, longitude = (as_number(written[name]) for name in ("decimal_latitude", "decimal_longitude"))
    except ValueError:
        return
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        yield from places.check_place(latitude, longitude, written["country_code"])


def _of_formation(written: Mapping[str, str]) -> Iterator[Message]:
    """Compared with what other finds of the formation here are said to be: odd is only what touches none of them."""
    formation = written["formation"]
    entered = _span(written["earliest_interval"], written["latest_interval"])
    if not formation or entered is None:
        return
    with database.reading() as connection:
        ages = specimens.ages_of_formation(connection, formation)
    spans = [span for first, last, _finds in ages if (span := _span(first, last)) is not None]
    if spans and not any(entered.min_ma < span.max_ma and span.min_ma < entered.max_ma for span in spans):
        yield message(
            "The age does not fit the formation: other finds of “{formation}” here are {oldest} to {youngest} Ma old.",
            formation=formation,
            oldest=f"{max(span.max_ma for span in spans):g}",
            youngest=f"{min(span.min_ma for span in spans):g}",
        )


def _of_date(written: Mapping[str, str]) -> Iterator[Message]:
    date = written["event_date"]
    today = datetime.now(UTC).date().isoformat()
    if is_date(date) and date[: len(today)] > today[: len(date)]:
        yield message("“{date}” is a date of collecting that is still to come.", date=date)


def _span(earliest: str, latest: str) -> AgeRange | None:
    if not earliest:
        return None
    try:
        return timescale().date(earliest, latest).span
    except (UnknownInterval, InvertedRange):
        return None
