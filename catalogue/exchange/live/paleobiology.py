"""Records straight from the Paleobiology Database: asked for by group, time, country and formation, then taken in like a file.

How many there are is asked first. They come page by page and are put together to the table that a download would be, so that
recognising, preview, import and undo are those of every file. Its records are CC BY 4.0, which each imported record says.

References
----------
Peters, S. and McClennen, M. 2016. The Paleobiology Database application programming interface. Paleobiology 42: 1-7.
doi:10.1017/pab.2015.39
"""

import csv
import io
import json
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote, urlencode

from catalogue.exchange.live import answers
from catalogue.exchange.live.answers import Answer
from catalogue.exchange.live.asking import Question, checked, parameters
from catalogue.exchange.live.requesting import POLITE, Manners, NoAnswer, Service, Stopped
from catalogue.messages import CatalogueError, message
from catalogue.rights import Person, require
from catalogue.settings import settings

PAGE = 2_500
"""Records asked for at once."""
MOST_PAGES = 10
Progress: TypeAlias = Callable[[int, int], bool | None]
"""Told how many records have come of how many; of 0 while that is not known. Returning False stops the question."""
_LONGEST_WARNING = 300


class TurnedOff(CatalogueError):
    """Nobody has allowed this Bonebed to ask the service."""


class TooMany(CatalogueError):
    """More records than are fetched at once; `found` says how many."""

    def __init__(self, found: int) -> None:
        super().__init__(
            message(
                "The database has {found} such records; at most {most} are fetched at once. Ask for a smaller group, a shorter time or one country.",
                found=f"{found:,}",
                most=f"{PAGE * MOST_PAGES:,}",
            )
        )
        self.found = found


def is_on() -> bool:
    """Whether an administrator has allowed this Bonebed to ask the service."""
    return settings().live_pbdb == "on"


def fetch(
    who: Person,
    typed: Question,
    *,
    refresh: bool = False,
    progress: Progress | None = None,
    manners: Manners | None = None,
) -> Answer:
    """The answer to a question: the one that is kept, or a new one from the service.

    Parameters
    ----------
    who : Person
        Who asks.
    typed : Question
        As typed; see `asking.checked`.
    refresh : bool
        Whether to ask again although an answer is kept.
    progress : callable, optional
        See `Progress`.

    Returns
    -------
    Answer
        Its `content` is read by `catalogue.exchange.pipeline` like any file; empty when nothing was found.

    Raises
    ------
    NotAllowed
        When the person may not import.
    TurnedOff, InvalidQuestion, TooMany
    NoAnswer
        When the service gives none that can be used; an answer that was kept stays.
    Stopped
        When `progress` returned False.
    """
    require(who, "import")
    if not is_on():
        raise TurnedOff(
            message("Asking the Paleobiology Database is turned off. An administrator can set BONEBED_LIVE_PBDB to on.")
        )
    question, address = checked(typed), settings().pbdb_url
    kept = None if refresh else answers.kept(address, question)
    if kept is not None:
        return kept
    coming = _Coming(progress)
    with Service(address, coming.go_on, manners or POLITE) as service:
        found, warnings = _count(service, question)
        if found > PAGE * MOST_PAGES:
            raise TooMany(found)
        coming.expect(found)
        content = _table(service, question, found, coming)
    return answers.keep(address, question, found, warnings, content)


class _Coming:
    """How far the answer has come, told again and again, so that the person can stop it."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._come = 0
        self._found = 0

    def expect(self, found: int) -> None:
        self._found = found

    def has_come(self, records: int) -> None:
        self._come += records
        self.go_on()

    def go_on(self) -> None:
        if self._progress is not None and self._progress(self._come, self._found) is False:
            raise Stopped


def _count(service: Service, question: Question) -> tuple[int, tuple[str, ...]]:
    """How many records there are, and what the service warns of."""
    asked = service.get(f"{question.path}.json?rowcount&limit=0&{_query(question)}")
    try:
        told = json.loads(asked)
        found, warnings = int(told["records_found"]), told.get("warnings") or []
        return max(0, found), tuple(str(one)[:_LONGEST_WARNING] for one in warnings)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _strange() from error


def _table(service: Service, question: Question, found: int, coming: _Coming) -> bytes:
    """The pages as one table."""
    heading, rows, come = b"", [], 0
    for start in range(0, found, PAGE):
        page = service.get(f"{question.path}.csv?limit={PAGE}&offset={start}&{_query(question)}")
        first, _, rest = page.partition(b"\n")
        if not heading:
            heading = first
        if first != heading or b"_no" not in first:
            raise _strange()
        records = _records(rest)
        rows.append(rest if rest.endswith(b"\n") or not rest else rest + b"\r\n")
        come += records
        coming.has_come(records)
    if come != found:
        raise NoAnswer(
            message(
                "The service announced {found} records and sent {come}. Nothing was kept; try again later.",
                found=f"{found:,}",
                come=f"{come:,}",
            )
        )
    return heading + b"\n" + b"".join(rows) if heading else b""


def _records(rows: bytes) -> int:
    try:
        return sum(1 for row in csv.reader(io.StringIO(rows.decode("utf-8"), newline="")) if row)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _strange() from error


def _query(question: Question) -> str:
    return urlencode(parameters(question), quote_via=quote, safe=",")


def _strange() -> NoAnswer:
    return NoAnswer(
        message("The answer is not in the form that the Paleobiology Database documents. Is BONEBED_PBDB_URL right?")
    )
