"""Reading the records: find, open, count, and sum up. Nothing here writes; see `catalogue.specimens` for the one door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, literal, select, union_all

from catalogue.geological_time import AgeRange
from catalogue.messages import CatalogueError, message
from catalogue.names import genus_is_certain
from catalogue.parts import PARTS, STATEMENTS, part_of
from catalogue.records import DatedFind, Measurement, Specimen
from catalogue.searching.query import Order, Query, condition, ordering
from catalogue.tables import PART_TABLES, specimens, touched

COLUMNS = [specimens.c[field.name] for field in fields(Specimen)]
"""The columns that make a `Specimen`, in the order of its fields."""


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
    statement = select(*COLUMNS).where(wanted).order_by(*ordering(order, connection.dialect.name))
    if size is not None:
        statement = statement.limit(size).offset((page - 1) * size)
    total = connection.scalar(select(func.count()).select_from(specimens).where(wanted)) or 0
    return Page([specimen_of(row) for row in connection.execute(statement)], total)


def count(connection: Connection, query: Query | None = None) -> int:
    """How many records answer a query."""
    wanted = condition(query or Query(), connection.dialect.name)
    return connection.scalar(select(func.count()).select_from(specimens).where(wanted)) or 0


def revision(connection: Connection) -> str:
    """A text that changes whenever a record does; for caches of what follows from all records."""
    return str(connection.scalar(select(func.max(touched.c.id))) or 0)


def get(connection: Connection, occurrence_id: str) -> Specimen:
    """Open one record.

    Raises
    ------
    NoSuchSpecimen
        When there is none under that key.
    """
    row = connection.execute(select(*COLUMNS).where(specimens.c.occurrence_id == occurrence_id)).first()
    if row is None:
        raise NoSuchSpecimen(
            message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=occurrence_id)
        )
    return specimen_of(row)


def with_ids(connection: Connection, ids: Sequence[int]) -> list[Specimen]:
    """The records with some keys of the database, in the order of the keys; those that are gone are left out."""
    found: dict[int, Specimen] = {}
    for start in range(0, len(ids), 500):
        query = select(specimens.c.id, *COLUMNS).where(specimens.c.id.in_(ids[start : start + 500]))
        for row in connection.execute(query):
            key, values = row[0], dict(row._mapping)
            del values["id"]
            found[key] = Specimen(**values)
    return [found[key] for key in ids if key in found]


def get_all(connection: Connection, occurrence_ids: Sequence[str]) -> list[Specimen]:
    """The records under some keys, in the order of the keys; those that are not there are left out."""
    rows = connection.execute(select(*COLUMNS).where(specimens.c.occurrence_id.in_(list(occurrence_ids))))
    found = {row.occurrence_id: specimen_of(row) for row in rows}
    return [found[key] for key in dict.fromkeys(occurrence_ids) if key in found]


def statements(connection: Connection, occurrence_id: str) -> list[Measurement]:
    """What is stated about a specimen with value, unit and doubt, in the order of entry."""
    return listed(connection, occurrence_id, STATEMENTS)


def listed(connection: Connection, occurrence_id: str, name: str) -> list[Any]:
    """One list of a record, in the order of entry; `name` is one of `catalogue.parts.PARTS`."""
    key = select(specimens.c.id).where(specimens.c.occurrence_id == occurrence_id)
    return _listed(connection, connection.scalar(key), occurrence_id, name)


def parts_of(connection: Connection, occurrence_id: str) -> dict[str, list[Any]]:
    """All lists of a record, by the names of `catalogue.parts.PARTS`; empty ones too."""
    key = connection.scalar(select(specimens.c.id).where(specimens.c.occurrence_id == occurrence_id))
    filled = set(connection.scalars(_FILLED, {"specimen_id": key}))
    return {name: _listed(connection, key, occurrence_id, name) if name in filled else [] for name in PARTS}


_FILLED = union_all(
    *(
        select(literal(name, literal_execute=True)).where(
            exists().where(table.c.specimen_id == bindparam("specimen_id"))
        )
        for name, table in PART_TABLES.items()
    )
)
"""Which lists of a record hold anything: most records have few, and each list that is not read is time saved."""


def _listed(connection: Connection, specimen_id: int | None, occurrence_id: str, name: str) -> list[Any]:
    column = PART_TABLES[name].c
    names = (field.name for field in fields(PARTS[name]) if field.name != "occurrence_id")
    query = select(*(column[name] for name in names)).where(column.specimen_id == specimen_id)
    rows = connection.execute(query.order_by(column.position, column.id))
    return [part_of(name, occurrence_id, row._mapping) for row in rows]


def dated_finds(connection: Connection, query: Query | None = None) -> Iterator[DatedFind]:
    """The ages of all finds whose genus is named without doubt; "cf." and "?" finds date nothing."""
    columns = (specimens.c.genus, specimens.c.max_ma, specimens.c.min_ma, specimens.c.occurrence_id)
    wanted = condition(query or Query(), connection.dialect.name)
    for *find, qualifier in connection.execute(select(*columns, specimens.c.identification_qualifier).where(wanted)):
        if genus_is_certain(qualifier):
            yield DatedFind(*find)


def counts_by_span(connection: Connection, spans: Mapping[str, AgeRange], query: Query | None = None) -> dict[str, int]:
    """How many records overlap each named span of time; a record that overlaps two counts in both."""
    return {name: count(connection, replace(query or Query(), span=span)) for name, span in spans.items()}


def counts_by_genus(connection: Connection, genera: Iterable[str]) -> dict[str, int]:
    """How many records there are of each genus that has any."""
    column = specimens.c.genus
    counted = select(column, func.count()).where(column.in_(list(genera))).group_by(column)
    return {str(genus): int(number) for genus, number in connection.execute(counted)}


def ages_of_formation(connection: Connection, formation: str) -> list[tuple[str, str, int]]:
    """The intervals, earliest and latest, of all finds of a formation, with how many there are; the most frequent first.

    Rocks are dated anew and differ by region, so an age that follows from a formation is offered and never set.
    """
    column = specimens.c
    found = (
        select(column.earliest_interval, column.latest_interval, func.count().label("finds"))
        .where(func.lower(column.formation) == formation.strip().lower(), column.formation != "")
        .group_by(column.earliest_interval, column.latest_interval)
        .order_by(func.count().desc(), column.earliest_interval)
    )
    return [(earliest, latest, finds) for earliest, latest, finds in connection.execute(found)]


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


def specimen_of(row: Row[tuple[object, ...]]) -> Specimen:
    """A row of `COLUMNS` as a record."""
    return Specimen(**row._mapping)
