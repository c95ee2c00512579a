"""How specimens belong together: part and counterpart, cast and original, one individual, one slab.

A relation is kept once, with the record where it was entered, and read from both ends. `panel` shows the same company from each of
its members: what a record says itself, what others say of it, and who else belongs to the group through them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from catalogue.finding import get_all
from catalogue.messages import Message, Problem, message
from catalogue.parts import PUBLICATION_OF, PUBLISHED_AS, RELATED, RELATIONS, Relation
from catalogue.records import OWN, PUBLISHED, Specimen
from catalogue.rights import VISITOR, Person, may
from catalogue.tables import relations, specimens

MOST_KIN = 200
"""How many records a panel holds at most; a bone bed may hold thousands."""


@dataclass(frozen=True)
class Related:
    """One line of the panel of a record.

    Parameters
    ----------
    kind : str
        One of `catalogue.parts.RELATIONS`, read from the record whose panel it is.
    occurrence_id : str
        Key of the other record; blank when it is outside of this catalogue.
    specimen : Specimen or None
        The other record; None when it is outside, or was removed.
    text : str
        Which one is meant outside of this catalogue.
    remarks : str
    from_other_end : bool
        Whether the relation is kept with the other record, and is changed there.
    """

    kind: str
    occurrence_id: str
    specimen: Specimen | None
    text: str
    remarks: str
    from_other_end: bool


@dataclass(frozen=True)
class Panel:
    """All that belongs together with a record: directly, and through others."""

    direct: tuple[Related, ...] = ()
    through_others: tuple[Specimen, ...] = ()


def panel(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> Panel:
    """The company of a record.

    Parameters
    ----------
    connection : Connection
    occurrence_id : str
        Key of the record.
    who : Person
        Who reads; remarks of withheld records may name their place and are left out for whoever may not see it.

    Returns
    -------
    Panel
        Empty when nothing belongs to it. At most `MOST_KIN` records through others, nearest first.
    """
    said = [(row, False) for row in _said_by(connection, [occurrence_id])]
    said += [(row, True) for row in _said_of(connection, [occurrence_id])]
    hides = not may(who, "see_exact_sites")
    said = [(row, inverse) for row, inverse in said if row.related_occurrence_id or not (hides and row.is_withheld)]
    if not said:
        return Panel()
    others = [row.owner if inverse else row.related_occurrence_id for row, inverse in said]
    near = [key for key in dict.fromkeys(others) if key]
    further = _further(connection, occurrence_id, near)
    known = {one.occurrence_id: one for one in get_all(connection, [*near, *further], who=who)}
    direct = tuple(
        Related(
            kind=RELATIONS[row.relationship_of_resource] if inverse else row.relationship_of_resource,
            occurrence_id=other,
            specimen=known.get(other),
            text="" if hides and row.is_withheld else row.related_resource,
            remarks="" if hides and row.is_withheld else row.relationship_remarks,
            from_other_end=inverse,
        )
        for (row, inverse), other in zip(said, others, strict=True)
    )
    return Panel(direct, tuple(known[key] for key in further if key in known))


def _further(connection: Connection, start: str, near: list[str]) -> list[str]:
    """The keys that are reached through those near by, in widening circles."""
    seen = {start, *near}
    circle = list(near)
    further: list[str] = []
    while circle and len(further) < MOST_KIN:
        reached = [row.related_occurrence_id for row in _said_by(connection, circle)]
        reached += [row.owner for row in _said_of(connection, circle)]
        circle = [key for key in dict.fromkeys(reached) if key and key not in seen]
        seen.update(circle)
        further += circle
    return further[:MOST_KIN]


_COLUMNS = (
    specimens.c.occurrence_id.label("owner"),
    relations.c.relationship_of_resource,
    relations.c.related_occurrence_id,
    relations.c.related_resource,
    relations.c.relationship_remarks,
    specimens.c.is_withheld,
)
_KEPT_WITH_THEIR_OWNERS = (
    select(*_COLUMNS)
    .join_from(relations, specimens, relations.c.specimen_id == specimens.c.id)
    .order_by(relations.c.specimen_id, relations.c.position, relations.c.id)
)


def _said_by(connection: Connection, keys: list[str]) -> list[Row[Any]]:
    return list(connection.execute(_KEPT_WITH_THEIR_OWNERS.where(specimens.c.occurrence_id.in_(keys))))


def _said_of(connection: Connection, keys: list[str]) -> list[Row[Any]]:
    return list(connection.execute(_KEPT_WITH_THEIR_OWNERS.where(relations.c.related_occurrence_id.in_(keys))))


def problems_with_relations(
    connection: Connection, occurrence_id: str, wanted: Iterable[Relation], held: Iterable[Relation]
) -> list[Problem]:
    """What is wrong with the relations that a record did not have before.

    The other record must be there, must be another one, and must not say the same from its end already.
    """
    before = list(held)
    problems: list[Problem] = []
    so_far: list[Relation] = []
    for number, one in enumerate(wanted):
        if one not in before or one in so_far:
            said = _problem(connection, occurrence_id, one, so_far)
            if said is not None:
                problems.append(Problem(f"{RELATED}.{number}.{said.field}", said.message))
        so_far.append(one)
    return problems


def _problem(connection: Connection, occurrence_id: str, one: Relation, so_far: list[Relation]) -> Problem | None:
    other = one.related_occurrence_id
    where = "related_occurrence_id"
    if other and other == occurrence_id:
        return Problem(where, message("A specimen has no relation to itself. Choose another record."))
    if other and connection.scalar(select(specimens.c.id).where(specimens.c.occurrence_id == other)) is None:
        return Problem(where, message("There is no record “{occurrence_id}” in this catalogue.", occurrence_id=other))
    if wrong := _wrong_end(connection, occurrence_id, one):
        return Problem(where, wrong)
    same = [(kept.relationship_of_resource, kept.related_occurrence_id, kept.related_resource) for kept in so_far]
    if (one.relationship_of_resource, other, one.related_resource) in same:
        return Problem(where, message("This relation is in the list already."))
    inverse = RELATIONS[one.relationship_of_resource]
    for row in _said_by(connection, [other] if other else []):
        if row.related_occurrence_id == occurrence_id and row.relationship_of_resource == inverse:
            return Problem(where, message("The other record says this already; it is shown from both ends."))
    return None


_ENDS = {PUBLISHED_AS: (OWN, PUBLISHED), PUBLICATION_OF: (PUBLISHED, OWN)}
"""What each end must be: a specimen of the museum is published as a find in the literature, never the other way round."""


def _wrong_end(connection: Connection, occurrence_id: str, one: Relation) -> Message | None:
    """Why a publication cannot be drawn between two records; an end that is not in the catalogue yet may be anything."""
    if one.relationship_of_resource not in _ENDS or not one.related_occurrence_id:
        return None
    column = specimens.c
    keys = (occurrence_id, one.related_occurrence_id)
    query = select(column.occurrence_id, column.basis_of_record).where(column.occurrence_id.in_(keys))
    kinds = {row.occurrence_id: row.basis_of_record for row in connection.execute(query)}
    wanted = _ENDS[one.relationship_of_resource]
    if all(kinds.get(key, basis) == basis for key, basis in zip(keys, wanted, strict=True)):
        return None
    return message(
        "A specimen of the museum is “published as” a published find, and that one is a “publication of” it."
    )
