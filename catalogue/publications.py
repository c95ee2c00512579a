"""Specimens of the museum and what was published of them: which published finds may be one of ours, and the link between the two.

A publication, and with it the Paleobiology Database, knows a specimen as a published find. The two stay two records; a person says
that they are one and the same bone, and nothing is ever linked unasked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, or_, select

from catalogue import history, relations, specimens
from catalogue.changing import Changing
from catalogue.holding import batches
from catalogue.messages import Message, message
from catalogue.number_forms import whole
from catalogue.parts import PUBLICATION_OF, PUBLISHED_AS, RELATED, Relation
from catalogue.records import OWN, PUBLISHED, Edit, Specimen
from catalogue.rights import Person, require
from catalogue.searching.query import Query
from catalogue.searching.words import words
from catalogue.tables import PART_TABLES
from catalogue.tables import specimens as table

MOST_CANDIDATES = 8
"""Records that are offered beside one."""
MOST_OFFERS = 200
"""Pairs that are offered after an import."""
_COMPARED = 2_000
_WHY = "published finds with the numbers of our specimens"


@dataclass(frozen=True)
class Candidate:
    """A record that may be the same bone, and why."""

    specimen: Specimen
    reason: Message


@dataclass(frozen=True)
class Offer:
    """A specimen of the museum and a published find that bears its number."""

    own: Specimen
    published: Specimen


def candidates(connection: Connection, who: Person, occurrence_id: str) -> list[Candidate]:
    """The published finds that may be a specimen, or the specimens that a published find may be; the likeliest first.

    Raises
    ------
    NotAllowed
        When the person may not change records.
    NoSuchSpecimen
    """
    require(who, "amend")
    one = specimens.get(connection, occurrence_id, who=who)
    known = {other.occurrence_id for other in relations.panel(connection, occurrence_id, who=who).direct}
    found: dict[str, Candidate] = {}
    for other, reason in (*_of_one_number(connection, who, one), *_of_one_place(connection, who, one)):
        if other.occurrence_id not in known:
            found.setdefault(other.occurrence_id, Candidate(other, reason))
    return list(islice(found.values(), MOST_CANDIDATES))


def relation_to(other: Specimen) -> str:
    """How a record says that it is the same bone as another one: it is the publication of it, or was published as it."""
    return PUBLICATION_OF if other.is_own else PUBLISHED_AS


def _of_one_number(connection: Connection, who: Person, one: Specimen) -> Iterable[tuple[Specimen, Message]]:
    wanted = whole(one.institution_code, one.catalog_number)
    digits = max((run for run in wanted if run.isdecimal()), key=len, default="")
    if not digits:
        return []
    column, other = table.c, PART_TABLES["other_numbers"].c
    query = (
        select(
            column.occurrence_id,
            column.institution_code,
            column.catalog_number,
            other.institution_code,
            other.other_catalog_number,
        )
        .outerjoin_from(table, PART_TABLES["other_numbers"], other.specimen_id == column.id)
        .where(
            column.basis_of_record == (PUBLISHED if one.is_own else OWN),
            or_(column.catalog_number.contains(digits), other.other_catalog_number.contains(digits)),
        )
        .order_by(column.id)
        .limit(_COMPARED)
    )
    reasons: dict[str, Message] = {}
    for key, museum, number, of, further in connection.execute(query):
        if whole(museum, number) == wanted:
            reasons[key] = message("the same catalogue number")
        elif further and whole(of, further) == wanted:
            reasons.setdefault(key, message("the same number among its other numbers"))
    found = specimens.get_all(connection, list(reasons)[: 2 * MOST_CANDIDATES], who=who)
    return [(specimen, reasons[specimen.occurrence_id]) for specimen in found]


def _of_one_place(connection: Connection, who: Person, one: Specimen) -> list[tuple[Specimen, Message]]:
    """Of the same genus from the same formation; those whose localities share words come first."""
    if not one.genus or not (one.formation or one.locality):
        return []
    query = Query(taxon=one.genus, formation=one.formation, own=not one.is_own, published=one.is_own)
    found = specimens.find(connection, query, size=10 * MOST_CANDIDATES, who=who).specimens
    ours = _words_of_place(one)
    shared = {other.occurrence_id: len(ours & _words_of_place(other)) for other in found}
    ranked = sorted(found, key=lambda other: -shared[other.occurrence_id])
    kept = [other for other in ranked if one.formation or shared[other.occurrence_id]]
    return [(other, _why(one, shared[other.occurrence_id])) for other in kept]


def _words_of_place(one: Specimen) -> set[str]:
    told = (one.locality, one.verbatim_locality, *(texts.get("locality", "") for texts in one.translations.values()))
    general = set(words(f"{one.formation} {one.state_province}"))
    return {word for word in words(" ".join(told)) if len(word) > 2 or not word.isascii()} - general


def _why(one: Specimen, shared: int) -> Message:
    if not one.formation:
        return message("the same genus, and a locality of the same words")
    if shared:
        return message("the same genus and formation, and a locality of the same words")
    return message("the same genus and formation")


def offers(connection: Connection, who: Person, occurrence_ids: Iterable[str]) -> list[Offer]:
    """Which of some published finds bear the number of a specimen of the museum, and are not linked with it yet.

    Returns
    -------
    list of Offer
        In the order of the finds; at most `MOST_OFFERS`.

    Raises
    ------
    NotAllowed
    """
    require(who, "amend")
    published = _published_numbers(connection, occurrence_ids)
    own = _own_with(connection, set(published.values()))
    linked = _linked(connection, {key for number in published.values() for key in own.get(number, ())})
    pairs = [
        (key, ours) for key, number in published.items() for ours in own.get(number, ()) if (ours, key) not in linked
    ][:MOST_OFFERS]
    known: dict[str, Specimen] = {}
    for batch in batches(list({key for pair in pairs for key in pair})):
        known |= {one.occurrence_id: one for one in specimens.get_all(connection, batch, who=who)}
    return [Offer(known[ours], known[key]) for key, ours in pairs]


def _published_numbers(connection: Connection, occurrence_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    column = table.c
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(list(dict.fromkeys(filter(None, occurrence_ids)))):
        query = select(column.occurrence_id, column.institution_code, column.catalog_number).where(
            column.occurrence_id.in_(batch), column.basis_of_record == PUBLISHED, column.catalog_number != ""
        )
        numbers = {key: whole(museum, number) for key, museum, number in connection.execute(query)}
        found |= {key: numbers[key] for key in batch if any(run.isdecimal() for run in numbers.get(key, ()))}
    return found


def _own_with(connection: Connection, wanted: set[tuple[str, ...]]) -> Mapping[tuple[str, ...], list[str]]:
    """The keys of the museum's specimens by their numbers, of those that are wanted."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    if not wanted:
        return found
    column = table.c
    query = select(column.occurrence_id, column.institution_code, column.catalog_number)
    for key, museum, number in connection.execute(query.where(column.basis_of_record == OWN).order_by(column.id)):
        if (form := whole(museum, number)) in wanted:
            found[form].append(key)
    return found


def _linked(connection: Connection, own: set[str]) -> set[tuple[str, str]]:
    """The pairs, of specimen and find, that are linked already, from either end."""
    related, column = PART_TABLES[RELATED], table.c
    said = (column.occurrence_id, related.c.related_occurrence_id)
    both = select(*said).join_from(related, table, related.c.specimen_id == column.id)
    found: set[tuple[str, str]] = set()
    for batch in batches(sorted(own)):
        ours = both.where(related.c.relationship_of_resource == PUBLISHED_AS, said[0].in_(batch))
        theirs = both.where(related.c.relationship_of_resource == PUBLICATION_OF, said[1].in_(batch))
        found |= {(one, other) for one, other in connection.execute(ours)}
        found |= {(one, other) for other, one in connection.execute(theirs)}
    return found


def link(connection: Connection, who: Person, pairs: Sequence[tuple[str, str]], *, why: str = _WHY) -> Edit | None:
    """Say of specimens what they were published as, in one edit; what is linked already is left out.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    pairs : sequence of (str, str)
        Key of the museum's specimen and key of the published find.

    Returns
    -------
    Edit or None
        None when all was linked already.

    Raises
    ------
    NotAllowed
        When the person may not change a record, or, for several, many at once.
    NoSuchSpecimen, InvalidDraft
        When a record is gone, or is of the wrong kind; nothing is written.
    """
    require(who, "amend" if len(pairs) <= 1 else "bulk_edit")
    linked = _linked(connection, {own for own, _ in pairs})
    new: dict[str, list[str]] = defaultdict(list)
    for own, published in dict.fromkeys(pairs):
        if (own, published) not in linked:
            new[own].append(published)
    edits: list[int] = []

    def begin() -> int:
        edits.append(history.begin(connection, "bulk" if len(new) > 1 else "amend", who.login, why=why))
        return edits[0]

    changing = Changing(connection, who, begin)
    with connection.begin_nested():
        for batch in batches(list(new)):
            changing.look_up(batch)
            for own in batch:
                held = changing.held(own).parts[RELATED]
                changing.change(own, {RELATED: [*held, *(_published_as(key) for key in new[own])]})
        changing.write()
    return history.edit(connection, edits[0]) if edits else None


def _published_as(key: str) -> Relation:
    return Relation(PUBLISHED_AS, related_occurrence_id=key)
