"""Finding what publications say: the rock units of a name, the locality of a find and what else was found there, a list of either.

A locality is a place, so it is withheld as a find from it would be: by the rules of a curator, and where a find that names it is
withheld. Whoever may not see exact sites then does not see it at all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from catalogue import finding
from catalogue.formations import formation_key, other_names
from catalogue.published.entries import Entry, Kind, Locality, Name, RockUnit, folded
from catalogue.published.keeping import KEY, entry_of, is_key
from catalogue.records import PUBLISHED, Specimen
from catalogue.rights import VISITOR, Person, may
from catalogue.searching.query import Query, condition
from catalogue.tables import changes, published_entries, specimens
from catalogue.withholding import in_force, is_met

_column = published_entries.c
_COLLECTION = re.compile(r"\bcollection (\d+) \(CC BY")
"""How a find of the Paleobiology Database names its collection, in its references."""
_ESCAPE = "\\"


@dataclass(frozen=True)
class Page:
    """Some entries, and how many there are in all."""

    entries: list[Entry]
    total: int


@dataclass(frozen=True)
class Site:
    """The published locality of a find: what is known of it, and what else the catalogue has from there.

    Parameters
    ----------
    number : str
        Of the collection in the Paleobiology Database.
    locality : Locality or None
        None when the list of collections was not imported, or not with this one.
    others : Page of Specimen
        Other finds from there.
    """

    number: str
    locality: Locality | None
    others: finding.Page


def count(connection: Connection) -> dict[str, int]:
    """How many entries there are of each kind."""
    rows = connection.execute(select(_column.kind, func.count()).group_by(_column.kind))
    return {str(kind): int(number) for kind, number in rows}


def revision(connection: Connection) -> str:
    """A text that changes whenever an entry does."""
    column = changes.c
    return str(connection.scalar(select(func.max(column.id)).where(column.occurrence_id.startswith(KEY))) or 0)


def find(
    connection: Connection, kind: Kind, words: str = "", *, page: int = 1, size: int = 50, who: Person = VISITOR
) -> Page:
    """Entries of a kind whose name holds some words, in the order of their names; without the localities that are withheld."""
    wanted = _wanted(kind, words)
    query = select(published_entries).where(wanted).order_by(_column.looked_up_by, _column.id)
    first = (page - 1) * size
    if kind == "locality" and _hides_places(connection, who):
        seen = _as_seen(connection, map(entry_of, connection.execute(query)), who)
        return Page(seen[first : first + size], len(seen))
    total = connection.scalar(select(func.count()).select_from(published_entries).where(wanted)) or 0
    return Page([entry_of(row) for row in connection.execute(query.limit(size).offset(first))], total)


def all_of(connection: Connection, kind: Kind, words: str = "", *, who: Person = VISITOR) -> list[Entry]:
    """All entries that `find` would page through."""
    query = select(published_entries).where(_wanted(kind, words)).order_by(_column.looked_up_by, _column.id)
    return _as_seen(connection, map(entry_of, connection.execute(query)), who)


def titles(connection: Connection, keys: Iterable[str]) -> list[str]:
    """What the entries under some keys of the history are called; those that are not there any more are left out."""
    numbers = [int(key.removeprefix(KEY)) for key in keys if is_key(key)]
    query = select(_column.title).where(_column.id.in_(numbers)).order_by(_column.id)
    return list(connection.scalars(query)) if numbers else []


def rock_units(connection: Connection, formation: str, country_code: str = "") -> list[RockUnit]:
    """What is published of a formation and its members; of that country alone, where the source has it there."""
    found = [entry.says for entry in _named(connection, "rock_unit", formation)]
    units = [unit for unit in found if isinstance(unit, RockUnit)]
    there = [unit for unit in units if country_code and country_code in unit.country_codes]
    return there or units


def names(connection: Connection, name: str) -> list[Name]:
    """What is published of a name; one that is in use comes first."""
    found = [entry.says for entry in _named(connection, "name", name)]
    known = [one for one in found if isinstance(one, Name) and folded(one.name) == folded(name)]
    return sorted(known, key=lambda one: bool(one.accepted_name))


def site_of(connection: Connection, specimen: Specimen, *, who: Person = VISITOR, most: int = 12) -> Site | None:
    """The published locality of a find; None where it names none, or where its site is withheld from the person."""
    number = collection_of(specimen.associated_references)
    if not number or specimen.is_own or _is_withheld_from(connection, specimen, who):
        return None
    row = connection.execute(select(published_entries).where(_column.key == f"pbdb:col:{number}")).first()
    seen = _as_seen(connection, [entry_of(row)], who) if row is not None else []
    locality = seen[0].says if seen and isinstance(seen[0].says, Locality) else None
    return Site(number, locality, _others(connection, specimen, number, who, most))


def collection_of(references: str) -> str:
    """The number of the collection that the references of a find name; blank when they name none."""
    match = _COLLECTION.search(references)
    return match[1] if match else ""


def _is_withheld_from(connection: Connection, specimen: Specimen, who: Person) -> bool:
    if may(who, "see_exact_sites"):
        return False
    column = specimens.c
    return bool(connection.scalar(select(column.is_withheld).where(column.occurrence_id == specimen.occurrence_id)))


def _others(connection: Connection, specimen: Specimen, number: str, who: Person, most: int) -> finding.Page:
    """Finds of one collection: the index of words finds those with its number, and their references say which mean it."""
    column = specimens.c
    exact = may(who, "see_exact_sites")
    wanted = condition(Query(text=number), connection.dialect.name, exact=exact)
    also: list[ColumnElement[bool]] = [
        wanted,
        column.associated_references.contains(f" collection {number} (CC BY"),
        column.occurrence_id != specimen.occurrence_id,
    ]
    if not exact:
        also.append(~column.is_withheld)
    total = connection.scalar(select(func.count()).select_from(specimens).where(*also)) or 0
    keys = connection.scalars(select(column.id).where(*also).order_by(column.scientific_name, column.id).limit(most))
    return finding.Page(finding.with_ids(connection, list(keys), who=who), total)


def _named(connection: Connection, kind: Kind, name: str) -> Iterable[Entry]:
    wanted = _looked_up_by(kind, name)
    rows = connection.execute(
        select(published_entries).where(_column.kind == kind, _column.looked_up_by.in_(wanted)).order_by(_column.id)
    )
    return [entry_of(row) for row in rows] if wanted else []


def _looked_up_by(kind: Kind, name: str) -> set[str]:
    """The names under which entries of a kind are to be looked for: a formation under all of its names."""
    names = (name, formation_key(name), *other_names(name)) if kind == "rock_unit" else (name,)
    return {folded(one) for one in names} - {""}


def _wanted(kind: Kind, words: str) -> ColumnElement[bool]:
    wanted = _column.kind == kind
    sought = folded(words)
    if not sought:
        return wanted
    pattern = sought.replace(_ESCAPE, _ESCAPE * 2).replace("%", f"{_ESCAPE}%").replace("_", f"{_ESCAPE}_")
    return wanted & (
        _column.looked_up_by.like(f"%{pattern}%", escape=_ESCAPE)
        | func.lower(_column.title).like(f"%{pattern}%", escape=_ESCAPE)
        | _column.looked_up_by.in_(_looked_up_by(kind, words))
    )


def _hides_places(connection: Connection, who: Person) -> bool:
    return not may(who, "see_exact_sites") and bool(in_force(connection) or _collections_withheld(connection))


def _as_seen(connection: Connection, entries: Iterable[Entry], who: Person) -> list[Entry]:
    listed = list(entries)
    if may(who, "see_exact_sites") or not any(isinstance(entry.says, Locality) for entry in listed):
        return listed
    hidden = _collections_withheld(connection)
    return [entry for entry in listed if not _is_hidden(connection, entry.says, hidden)]


def _collections_withheld(connection: Connection) -> set[str]:
    """The collections from which a find is withheld."""
    column = specimens.c
    named = connection.scalars(select(column.associated_references).where(column.is_withheld).distinct())
    return {number for number in map(collection_of, named) if number}


def _is_hidden(connection: Connection, says: Any, hidden: set[str]) -> bool:
    return isinstance(says, Locality) and (says.number in hidden or is_met(in_force(connection), _as_find(says)))


def _as_find(locality: Locality) -> Specimen:
    """A locality as a find from it would be, so that what holds for finds holds for it."""
    return Specimen(
        occurrence_id="",
        basis_of_record=PUBLISHED,
        formation=locality.formation,
        country_code=locality.country_code,
        state_province=locality.state_province,
        county=locality.county,
        locality=locality.locality,
        decimal_latitude=locality.decimal_latitude,
        decimal_longitude=locality.decimal_longitude,
        dataset_name="Paleobiology Database",
    )


def spans_of(units: Sequence[RockUnit]) -> tuple[float, float] | None:
    """The oldest and the youngest age in Ma of some rock units; None where none has any."""
    spans = [unit.span for unit in units if unit.span is not None]
    return (max(span.max_ma for span in spans), min(span.min_ma for span in spans)) if spans else None
