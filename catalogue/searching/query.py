"""What can be asked of the records, and the same as SQL conditions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, bindparam, collate, false, func, literal_column, or_, select, true
from sqlalchemy.sql import text as sql_text

from catalogue.geological_time import AgeRange
from catalogue.media.kinds import PHOTOGRAPH
from catalogue.parts import MEDIA
from catalogue.records import OWN, PUBLISHED
from catalogue.searching.area import Area
from catalogue.searching.words import words
from catalogue.tables import PART_TABLES, specimens
from catalogue.vocabularies.places import using

Order = Literal["newest", "oldest_age", "youngest_age", "name", "catalog_number"]

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""No record holds these, and no database can be asked for them."""
_LONGEST_ASKED = 10_000
"""Characters of a question, as many as a field may hold; more would keep the database busy for seconds."""


@dataclass(frozen=True)
class Query:
    """What is asked of the records; a blank asks nothing.

    Parameters
    ----------
    text : str
        Words that the record must have, each at least in its beginning.
    span : AgeRange or None
        Time in Ma that the record's age must overlap, or lie within.
    range_ma : AgeRange or None
        Another such time, given in numbers.
    within : bool
        Whether the age must lie within both as a whole; otherwise an overlap is enough.
    taxon : str
        A taxon or a group that holds it.
    country_code : str
        ISO 3166 alpha-2.
    own, published : bool
        Whether specimens of a museum, and published finds, are wanted.
    formation, type_status, preservation : str
        As they stand in the record.
    word : str
        A word of a vocabulary, as ``side:left``; asked of all places where words of that vocabulary stand.
    with_image : bool or None
        Whether a picture must be there, or must not be there.
    changed_within : int
        Days in which the record was added or changed; 0 for any time.
    area : Area or None
        A piece of the Earth in which its place must lie, as the person who asks may see that place.
    with_place : bool or None
        Whether coordinates must be there, or must not be there.
    """

    text: str = ""
    span: AgeRange | None = None
    within: bool = False
    taxon: str = ""
    country_code: str = ""
    own: bool = True
    published: bool = True
    formation: str = ""
    type_status: str = ""
    preservation: str = ""
    with_image: bool | None = None
    changed_within: int = 0
    range_ma: AgeRange | None = None
    word: str = ""
    area: Area | None = None
    with_place: bool | None = None


def condition(
    query: Query,
    dialect: str,
    *,
    exact: bool = False,
    in_area: ColumnElement[bool] | None = None,
    formations: Sequence[str] | None = None,
) -> ColumnElement[bool]:
    """The query as an SQL condition on the table of specimens.

    Parameters
    ----------
    exact : bool
        By the words of withheld sites too.
    in_area : condition
        From `catalogue.searching.positions.in_area`; needed where the query has an area, which SQL alone cannot ask for.
    formations : sequence of str
        The spellings of the formation that is asked for, from `catalogue.formations.spellings`; without them only the very text counts.
    """
    if query.area is not None and in_area is None:
        raise ValueError("A query with an area needs the condition of catalogue.searching.positions.in_area.")
    asked = [value for value in vars(query).values() if isinstance(value, str)]
    if any(len(text) > _LONGEST_ASKED or _UNWRITABLE.search(text) for text in asked):
        return false()
    wanted = [basis for basis, asked in ((OWN, query.own), (PUBLISHED, query.published)) if asked]
    parts: list[ColumnElement[bool]] = [specimens.c.basis_of_record.in_(wanted)] if len(wanted) < 2 else []
    asked_words = words(query.text)
    if asked_words:
        parts.append(match_words(asked_words, dialect, exact=exact))
    elif query.text.strip():
        parts.append(specimens.c.catalog_number == query.text.strip())
    parts += [_of_age(span, query.within) for span in (query.span, query.range_ma) if span is not None]
    if query.taxon:
        parts.append(_of_taxon(query.taxon, dialect))
    for column, value in (
        (specimens.c.country_code, query.country_code),
        (specimens.c.type_status, query.type_status),
        (specimens.c.preservation, query.preservation),
    ):
        if value:
            parts.append(column == value)
    if query.formation:
        parts.append(specimens.c.formation.in_([query.formation] if formations is None else list(formations)))
    if query.word:
        parts.append(using(*query.word.partition(":")[::2]))
    if query.with_image is not None:
        parts.append(has_image() if query.with_image else ~has_image())
    if query.with_place is not None:
        parts.append(has_place() if query.with_place else ~has_place())
    if query.changed_within:
        parts.append(specimens.c.modified >= changed_since(query.changed_within))
    return and_(true() if in_area is None else in_area, *parts)


def changed_since(days: int) -> str:
    """The moment some days ago, as records write it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")


def has_image() -> ColumnElement[bool]:
    """Whether a record has a photograph, as an SQL condition."""
    media = PART_TABLES[MEDIA].c
    return specimens.c.id.in_(select(media.specimen_id).where(media.kind == PHOTOGRAPH))


def has_place() -> ColumnElement[bool]:
    """Whether a record has coordinates, as an SQL condition."""
    return and_(specimens.c.decimal_latitude.is_not(None), specimens.c.decimal_longitude.is_not(None))


def match_words(asked: list[str], dialect: str, *, exact: bool = False) -> ColumnElement[bool]:
    """Whether a record has all of some words, each at least in its beginning, as an SQL condition."""
    if dialect == "sqlite":
        match = sql_text("SELECT rowid FROM specimens_fts WHERE specimens_fts MATCH :match")
        found = match.bindparams(bindparam("match", fts_match(asked, exact=exact), unique=True))
        return specimens.c.id.in_(found)
    wanted = " & ".join(f"'{word}':*" for word in asked)
    simple: ColumnElement[str] = literal_column("'simple'")
    column, searched = specimens.c, func.to_tsquery(simple, wanted)
    public: ColumnElement[bool] = func.to_tsvector(simple, column.search_text).op("@@")(searched)
    if not exact:
        return public
    both = func.to_tsvector(simple, column.search_text + literal_column("' '") + column.site_words)
    return or_(public, and_(column.is_withheld, both.op("@@")(searched)))


def fts_match(asked: list[str], *, exact: bool = False) -> str:
    """The same in the words of FTS5."""
    wanted = " AND ".join(f'"{word}"*' for word in asked)
    return wanted if exact else f"{{search_text}} : ({wanted})"


def _of_age(span: AgeRange, within: bool) -> ColumnElement[bool]:
    column = specimens.c
    if within:
        return and_(column.max_ma <= span.max_ma, column.min_ma >= span.min_ma)
    instant = span.max_ma == span.min_ma
    overlapping = and_(column.max_ma > span.min_ma, column.min_ma < span.max_ma)
    return and_(column.max_ma >= span.min_ma, column.min_ma <= span.max_ma) if instant else overlapping


def _of_taxon(taxon: str, dialect: str) -> ColumnElement[bool]:
    """The groups of a record are among its words: the index of words finds candidates, the groups themselves decide."""
    column = specimens.c
    exactly = or_(
        column.higher_classification.contains(f"|{taxon}|", autoescape=True),
        column.scientific_name == taxon,
        column.genus == taxon,
    )
    asked = words(taxon)
    return and_(match_words(asked, dialect), exactly) if asked else exactly


def ordering(order: Order, dialect: str) -> list[ColumnElement[Any]]:
    """The columns by which records are sorted; always ends in the key, so that pages never overlap.

    Texts are sorted by their code points on every database, whatever the language of its server.
    """
    column = specimens.c

    def by_text(*columns: ColumnElement[str]) -> list[ColumnElement[Any]]:
        return [collate(text, "C") for text in columns] if dialect == "postgresql" else list(columns)

    by: dict[str, list[ColumnElement[Any]]] = {
        "newest": [column.created.desc(), column.id.desc()],
        "oldest_age": [column.max_ma.desc(), column.min_ma.desc()],
        "youngest_age": [column.min_ma, column.max_ma],
        "name": by_text(column.scientific_name),
        "catalog_number": by_text(column.institution_code, column.catalog_number),
    }
    return [*by[order], column.id]
