"""Reading the records: find, open, count, and sum up. Nothing here writes; see `catalogue.specimens` for the one door."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from sqlalchemy import Connection, Row, func, select

from catalogue.geological_time import AgeRange
from catalogue.messages import CatalogueError, message
from catalogue.names import genus_is_certain
from catalogue.records import DatedFind, Measurement, Specimen
from catalogue.search import Order, Query, condition, ordering
from catalogue.tables import measurements, specimens

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
    statement = select(*COLUMNS).where(wanted).order_by(*ordering(order))
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
    columns = (func.count(), func.max(specimens.c.modified), func.sum(specimens.c.version))
    return "/".join(str(part) for part in connection.execute(select(*columns)).one())


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
