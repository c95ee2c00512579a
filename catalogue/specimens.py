"""The one door to the records: find, open, add, take over from a file, take back.

Form, import and command line alike come through here; no screen touches a table. Each function works on a connection that the
caller opens with `catalogue.database.reading` or `writing`, so that several steps can share one transaction.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from catalogue.checking import Draft, InvalidDraft, Values, check
from catalogue.geological_time import AgeRange
from catalogue.messages import CatalogueError, Problem, message
from catalogue.records import OWN, DatedFind, Measurement, Specimen
from catalogue.search import Order, Query, condition, ordering, search_text
from catalogue.tables import measurements, specimens

Outcome = Literal["accepted", "changed", "unchanged"]

_FIELDS = [specimens.c[field.name] for field in fields(Specimen)]


class NoSuchSpecimen(CatalogueError):
    """There is no record under that key."""


@dataclass(frozen=True)
class Page:
    """One page of found records and how many there are in all."""

    specimens: list[Specimen]
    total: int


def find(
    connection: Connection, query: Query | None = None, *, order: Order = "newest", page: int = 1, size: int | None = 24
) -> Page:
    """Find records.

    Parameters
    ----------
    connection : Connection
    query : Query
        What is asked; all records when left out.
    order : str
        ``newest``, ``oldest_age``, ``youngest_age``, ``name`` or ``catalog_number``.
    page : int
        Which page, from 1.
    size : int or None
        Records a page; None for all.

    Returns
    -------
    Page
    """
    wanted = condition(query or Query(), connection.dialect.name)
    statement = select(*_FIELDS).where(wanted).order_by(*ordering(order))
    if size is not None:
        statement = statement.limit(size).offset((page - 1) * size)
    total = connection.scalar(select(func.count()).select_from(specimens).where(wanted)) or 0
    return Page([_specimen(row) for row in connection.execute(statement)], total)


def count(connection: Connection, query: Query | None = None) -> int:
    """How many records answer a query."""
    wanted = condition(query or Query(), connection.dialect.name)
    return connection.scalar(select(func.count()).select_from(specimens).where(wanted)) or 0


def revision(connection: Connection) -> str:
    """A text that changes whenever a record does; for caches of what follows from all records."""
    columns = (func.count(), func.max(specimens.c.modified), func.sum(specimens.c.version))
    return "/".join(str(part) for part in connection.execute(select(*columns)).one())


def get(connection: Connection, occurrence_id: str) -> Specimen:
    """Open one record.

    Raises
    ------
    NoSuchSpecimen
        When there is none under that key.
    """
    row = connection.execute(select(*_FIELDS).where(specimens.c.occurrence_id == occurrence_id)).first()
    if row is None:
        raise NoSuchSpecimen(
            message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=occurrence_id)
        )
    return _specimen(row)


def statements(connection: Connection, occurrence_id: str) -> list[Measurement]:
    """What is stated about a specimen with value, unit and doubt, in the order of entry."""
    names = [field.name for field in fields(Measurement) if field.name != "occurrence_id"]
    query = (
        select(specimens.c.occurrence_id, *(measurements.c[name] for name in names))
        .join_from(measurements, specimens)
        .where(specimens.c.occurrence_id == occurrence_id)
        .order_by(measurements.c.id)
    )
    return [Measurement(**row._mapping) for row in connection.execute(query)]


def add(
    connection: Connection, draft: Draft, *, import_id: int | None = None, about: Iterable[Measurement] = ()
) -> Specimen:
    """Add a record.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    draft : mapping
        Fields as typed; see `catalogue.checking.check`. Without an `occurrence_id` one is made.
    import_id : int or None
        The import that brings it.
    about : iterable of Measurement
        Statements to keep with it.

    Raises
    ------
    InvalidDraft
        With every problem of the draft; nothing is written.
    """
    values = _as_new(_valued(connection, draft), import_id)
    about = list(about)
    specimen = Specimen(**values)  # type: ignore[arg-type]
    words = search_text(specimen, _words_of(about))
    key = connection.execute(insert(specimens).values(**values, search_text=words)).inserted_primary_key
    assert key is not None
    for statement in about:
        row = {
            field.name: getattr(statement, field.name) for field in fields(statement) if field.name != "occurrence_id"
        }
        connection.execute(insert(measurements).values(specimen_id=key[0], **row))
    return specimen


def put(connection: Connection, draft: Draft, *, import_id: int | None = None) -> Outcome:
    """Take one record over from a file: add it, or bring the record with its `occurrence_id` to the same state.

    Returns
    -------
    str
        ``accepted`` (new), ``changed``, or ``unchanged``.

    Raises
    ------
    InvalidDraft
        As for `add`.
    """
    door = TakingOver(connection)
    door.look_up([str(draft["occurrence_id"])])
    judgement = door.judge(draft)
    door.keep([judgement], import_id=import_id)
    return judgement.outcome


@dataclass(frozen=True)
class Judgement:
    """What taking over a draft means for the catalogue: the outcome, the values to keep, and the record as it was."""

    outcome: Outcome
    values: Values
    before: Specimen | None


class TakingOver:
    """Many records taken over from a file: looked up together, judged one by one, kept together.

    Judging reads only, so that a preview and an import judge alike. Each `occurrence_id` may come once.

    Parameters
    ----------
    connection : Connection
        For `keep` in a transaction (`writing`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._present: dict[str, Specimen] = {}
        self._numbers: dict[tuple[object, object], object] = {}

    def look_up(self, occurrence_ids: Iterable[str]) -> None:
        """Find the records of the next drafts; those of drafts before are forgotten."""
        wanted = specimens.c.occurrence_id.in_(list(occurrence_ids))
        rows = self._connection.execute(select(*_FIELDS).where(wanted))
        self._present = {specimen.occurrence_id: specimen for specimen in map(_specimen, rows)}

    def judge(self, draft: Draft) -> Judgement:
        """Say what a draft that was looked up means for the catalogue.

        Raises
        ------
        InvalidDraft
            As for `add`; also when a draft before has the same catalogue number.
        """
        values = _valued(self._connection, draft, replaces=str(draft["occurrence_id"]), taken=self._numbers)
        if values["basis_of_record"] == OWN:
            self._numbers[values["institution_code"], values["catalog_number"]] = values["verbatim_identification"]
        before = self._present.get(str(values["occurrence_id"]))
        if before is None:
            return Judgement("accepted", values, None)
        alike = all(getattr(before, name) == value for name, value in values.items())
        return Judgement("unchanged" if alike else "changed", values, before)

    def keep(self, judgements: Iterable[Judgement], *, import_id: int | None = None) -> None:
        """Write what was judged; what is unchanged is not touched."""
        new: list[Values] = []
        for judgement in judgements:
            if judgement.outcome == "accepted":
                values = _as_new(judgement.values, import_id)
                new.append(values | {"search_text": search_text(Specimen(**values))})  # type: ignore[arg-type]
            elif judgement.outcome == "changed" and judgement.before is not None:
                self._change(judgement.before, judgement.values)
        if new:
            self._connection.execute(insert(specimens), new)

    def _change(self, before: Specimen, values: Values) -> None:
        marks: Values = {"modified": _now(), "version": before.version + 1}
        after = Specimen(**values, **marks, created=before.created, import_id=before.import_id)  # type: ignore[arg-type]
        about = _words_of(statements(self._connection, before.occurrence_id))
        changed = update(specimens).where(specimens.c.occurrence_id == before.occurrence_id)
        self._connection.execute(changed.values(**values, **marks, search_text=search_text(after, about)))


def take_back(connection: Connection, occurrence_id: str) -> None:
    """Take back a record that was just added; one that was changed since stays, for its changes would be lost.

    Raises
    ------
    NoSuchSpecimen
        When there is none under that key, or it was changed since it was added.
    """
    gone = connection.execute(
        delete(specimens).where(specimens.c.occurrence_id == occurrence_id, specimens.c.version == 1)
    )
    if gone.rowcount == 0:
        raise NoSuchSpecimen(
            message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=occurrence_id)
        )


def dated_finds(connection: Connection, query: Query | None = None) -> Iterator[DatedFind]:
    """The ages of all finds whose genus is named without doubt; "cf." and "?" finds date nothing."""
    from catalogue.names import genus_is_certain

    columns = (specimens.c.genus, specimens.c.max_ma, specimens.c.min_ma, specimens.c.occurrence_id)
    wanted = condition(query or Query(), connection.dialect.name)
    for *find, qualifier in connection.execute(select(*columns, specimens.c.identification_qualifier).where(wanted)):
        if genus_is_certain(qualifier):
            yield DatedFind(*find)


def counts_by_span(connection: Connection, spans: Mapping[str, AgeRange], query: Query | None = None) -> dict[str, int]:
    """How many records overlap each named span of time; a record that overlaps two counts in both."""
    from dataclasses import replace

    return {name: count(connection, replace(query or Query(), span=span)) for name, span in spans.items()}


def counts_by_genus(connection: Connection, genera: Iterable[str]) -> dict[str, int]:
    """How many records there are of each genus that has any."""
    column = specimens.c.genus
    counted = select(column, func.count()).where(column.in_(list(genera))).group_by(column)
    return {str(genus): int(number) for genus, number in connection.execute(counted)}


def countries_with_finds(connection: Connection) -> list[str]:
    """The codes of the countries that records name."""
    column = specimens.c.country_code
    return list(connection.scalars(select(column).where(column != "").distinct().order_by(column)))


def taxa_with_finds(connection: Connection) -> list[str]:
    """Every taxon and group that some record belongs to, in alphabetical order."""
    taxa: set[str] = set()
    for groups, name in connection.execute(
        select(specimens.c.higher_classification, specimens.c.scientific_name).distinct()
    ):
        taxa.update(group for group in groups.split("|") if group)
        taxa.add(name)
    return sorted(taxa)


def _valued(
    connection: Connection,
    draft: Draft,
    *,
    replaces: str = "",
    taken: Mapping[tuple[object, object], object] | None = None,
) -> Values:
    checked = check(draft)
    problems = checked.problems or _problems_with_number(connection, checked.values, replaces, taken or {})
    if problems:
        raise InvalidDraft(problems)
    return checked.values


def _as_new(values: Values, import_id: int | None) -> Values:
    now = _now()
    key = values["occurrence_id"] or f"urn:uuid:{uuid.uuid4()}"
    return {**values, "occurrence_id": key, "created": now, "modified": now, "version": 1, "import_id": import_id}


def _problems_with_number(
    connection: Connection, values: Values, replaces: str, taken: Mapping[tuple[object, object], object]
) -> list[Problem]:
    if values["basis_of_record"] != OWN:
        return []
    column = specimens.c
    holder = taken.get((values["institution_code"], values["catalog_number"])) or connection.scalar(
        select(column.verbatim_identification).where(
            column.basis_of_record == OWN,
            column.institution_code == values["institution_code"],
            column.catalog_number == values["catalog_number"],
            column.occurrence_id != replaces,
        )
    )
    if holder is None:
        return []
    said = message(
        "Catalogue number “{number}” is already in use, for {name}. Each specimen has its own number.",
        number=values["catalog_number"],
        name=holder,
    )
    return [Problem("catalog_number", said)]


def _specimen(row: Row[tuple[object, ...]]) -> Specimen:
    return Specimen(**row._mapping)


def _words_of(about: Iterable[Measurement]) -> list[str]:
    return [
        text
        for statement in about
        for text in (statement.measurement_type, statement.measurement_value, statement.measurement_remarks)
    ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
