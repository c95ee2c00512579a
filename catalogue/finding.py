"""Reading the records for somebody: find, open, count, and sum up. Nothing here writes; see `catalogue.specimens` for the one door.

Whoever may not see withheld sites gets those records with a coarser place (`catalogue.generalising`), and cannot find them by the
words of the exact one. Where the caller does not say who reads, it is a visitor.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from catalogue import stored
from catalogue.database import revision
from catalogue.formations import same_formation, spellings
from catalogue.generalising import generalise, generalise_parts
from catalogue.geological_time import AgeRange
from catalogue.names import genus_is_certain
from catalogue.parts import FOR_STAFF, STATEMENTS, Parts
from catalogue.records import DatedFind, Measurement, Specimen
from catalogue.rights import VISITOR, Person, may
from catalogue.searching.positions import in_area
from catalogue.searching.query import Order, Query, condition, ordering
from catalogue.stored import COLUMNS, NoSuchSpecimen, specimen_of
from catalogue.tables import specimens

__all__ = [
    "COLUMNS",
    "NoSuchSpecimen",
    "Page",
    "ages_of_formation",
    "count",
    "countries_with_finds",
    "counts_by_genus",
    "counts_by_span",
    "dated_finds",
    "find",
    "get",
    "get_all",
    "listed",
    "parts_of",
    "revision",
    "statements",
    "taxa_with_finds",
    "with_ids",
]


@dataclass(frozen=True)
class Page:
    """One page of found records and how many there are in all."""

    specimens: list[Specimen]
    total: int


def find(
    connection: Connection,
    query: Query | None = None,
    *,
    genera: Collection[str] | None = None,
    order: Order = "newest",
    page: int = 1,
    size: int | None = 24,
    who: Person = VISITOR,
) -> Page:
    """Find records.

    Parameters
    ----------
    connection : Connection
    query : Query
        What is asked; all records when left out.
    genera : collection of str, optional
        Only records of these genera, as of the tips of a clade without a name.
    order : str
        ``newest``, ``oldest_age``, ``youngest_age``, ``name`` or ``catalog_number``.
    page : int
        Which page, from 1.
    size : int or None
        Records a page; None for all.
    who : Person
        Who asks.

    Returns
    -------
    Page
    """
    wanted = _wanted(connection, query, who)
    if genera is not None:
        wanted = and_(wanted, specimens.c.genus.in_(list(genera)))
    statement = select(*_READ).where(wanted).order_by(*ordering(order, connection.dialect.name))
    if size is not None:
        statement = statement.limit(size).offset((page - 1) * size)
    total = connection.scalar(select(func.count()).select_from(specimens).where(wanted)) or 0
    return Page([_shown(row, who) for row in connection.execute(statement)], total)


def count(connection: Connection, query: Query | None = None, *, who: Person = VISITOR) -> int:
    """How many records answer a query."""
    return connection.scalar(select(func.count()).select_from(specimens).where(_wanted(connection, query, who))) or 0


def get(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> Specimen:
    """Open one record.

    Raises
    ------
    NoSuchSpecimen
        When there is none under that key.
    """
    row = connection.execute(select(*_READ).where(specimens.c.occurrence_id == occurrence_id)).first()
    if row is None:
        raise stored.no_such(occurrence_id)
    return _shown(row, who)


def with_ids(connection: Connection, ids: Sequence[int], *, who: Person = VISITOR) -> list[Specimen]:
    """The records with some keys of the database, in the order of the keys; those that are gone are left out."""
    found: dict[int, Specimen] = {}
    for start in range(0, len(ids), 500):
        query: Select[Any] = select(*_READ, specimens.c.id).where(specimens.c.id.in_(ids[start : start + 500]))
        found |= {row.id: _shown(row, who) for row in connection.execute(query)}
    return [found[key] for key in ids if key in found]


def get_all(connection: Connection, occurrence_ids: Sequence[str], *, who: Person = VISITOR) -> list[Specimen]:
    """The records under some keys, in the order of the keys; those that are not there are left out."""
    rows = connection.execute(select(*_READ).where(specimens.c.occurrence_id.in_(list(occurrence_ids))))
    found = {row.occurrence_id: _shown(row, who) for row in rows}
    return [found[key] for key in dict.fromkeys(occurrence_ids) if key in found]


def statements(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> list[Measurement]:
    """What is stated about a specimen with value, unit and doubt, in the order of entry."""
    return listed(connection, occurrence_id, STATEMENTS, who=who)


def listed(connection: Connection, occurrence_id: str, name: str, *, who: Person = VISITOR) -> list[Any]:
    """One list of a record, in the order of entry; `name` is one of `catalogue.parts.PARTS`.

    Where specimens are stored, and in what condition, is empty for whoever may not see it.
    """
    return _parts_shown(connection, occurrence_id, {name: stored.listed(connection, occurrence_id, name)}, who)[name]


def parts_of(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> dict[str, list[Any]]:
    """All lists of a record, by the names of `catalogue.parts.PARTS`; empty ones too."""
    return _parts_shown(connection, occurrence_id, stored.parts_of(connection, occurrence_id), who)


def dated_finds(connection: Connection, query: Query | None = None, *, who: Person = VISITOR) -> Iterator[DatedFind]:
    """The ages of all finds whose genus is named without doubt; "cf." and "?" finds date nothing."""
    columns = (specimens.c.genus, specimens.c.max_ma, specimens.c.min_ma, specimens.c.occurrence_id)
    wanted = _wanted(connection, query, who)
    for *find, qualifier in connection.execute(select(*columns, specimens.c.identification_qualifier).where(wanted)):
        if genus_is_certain(qualifier):
            yield DatedFind(*find)


def counts_by_span(
    connection: Connection, spans: Mapping[str, AgeRange], query: Query | None = None, *, who: Person = VISITOR
) -> dict[str, int]:
    """How many records overlap each named span of time; a record that overlaps two counts in both."""
    return {name: count(connection, replace(query or Query(), span=span), who=who) for name, span in spans.items()}


def counts_by_genus(connection: Connection, genera: Iterable[str]) -> dict[str, int]:
    """How many records there are of each genus that has any."""
    column = specimens.c.genus
    counted = select(column, func.count()).where(column.in_(list(genera))).group_by(column)
    return {str(genus): int(number) for genus, number in connection.execute(counted)}


def ages_of_formation(connection: Connection, formation: str) -> list[tuple[str, str, int]]:
    """The intervals, earliest and latest, of all finds of a formation, with how many there are; the most frequent first.

    A formation is the same however it is spelled (`catalogue.formations`). Rocks are dated anew and differ by region, so an age that
    follows from a formation is offered and never set.
    """
    column = specimens.c
    every = (
        select(column.formation, column.earliest_interval, column.latest_interval, func.count())
        .where(column.formation != "")
        .group_by(column.formation, column.earliest_interval, column.latest_interval)
    )
    found: Counter[tuple[str, str]] = Counter()
    listed = connection.execute(every).all() if formation.strip() else []
    same = set(same_formation(formation, {row.formation for row in listed}))
    for written, earliest, latest, finds in listed:
        if written in same:
            found[earliest, latest] += finds
    return [(*ages, finds) for ages, finds in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


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


_READ = [*COLUMNS, specimens.c.is_withheld]


def _wanted(connection: Connection, query: Query | None, who: Person) -> ColumnElement[bool]:
    query = query or Query()
    exact, inside = may(who, "see_exact_sites"), in_area(connection, query, who)
    named = spellings(connection, query.formation)
    return condition(query, connection.dialect.name, exact=exact, in_area=inside, formations=named)


def _shown(row: Row[Any], who: Person) -> Specimen:
    """A row as the person may see it."""
    specimen = specimen_of(row)
    return generalise(specimen) if row.is_withheld and not may(who, "see_exact_sites") else specimen


def _parts_shown(connection: Connection, occurrence_id: str, parts: Parts, who: Person) -> dict[str, list[Any]]:
    """The lists of a record as the person may see them."""
    shown = {
        name: [] if name in FOR_STAFF and not may(who, "see_storage") else listed for name, listed in parts.items()
    }
    if may(who, "see_exact_sites") or not any(shown.values()):
        return shown
    column = specimens.c
    is_withheld = connection.scalar(select(column.is_withheld).where(column.occurrence_id == occurrence_id))
    return generalise_parts(shown) if is_withheld else shown
