"""Finding records: what can be asked for, and the words by which a record is found.

Search text is ours, so that SQLite and PostgreSQL answer alike: accents are removed, Chinese is cut into overlapping pairs
(two characters find), and the database only matches whole words and their beginnings.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, true
from sqlalchemy.sql import text as sql_text

from catalogue.countries import country_name
from catalogue.geological_time import AgeRange, timescale
from catalogue.records import OWN, PUBLISHED, Specimen
from catalogue.tables import specimens
from catalogue.taxonomy import taxonomy

Order = Literal["newest", "oldest_age", "youngest_age", "name", "catalog_number"]

_HAN = r"㐀-䶿一-鿿豈-﫿"
_PIECES = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


@dataclass(frozen=True)
class Query:
    """What is asked of the records; a blank asks nothing.

    Parameters
    ----------
    text : str
        Words that the record must have, each at least in its beginning.
    span : AgeRange or None
        Time in Ma that the record's age must overlap, or lie within.
    within : bool
        Whether the age must lie within `span` as a whole; otherwise an overlap is enough.
    taxon : str
        A taxon or a group that holds it.
    country_code : str
        ISO 3166 alpha-2.
    own, published : bool
        Whether specimens of a museum, and published finds, are wanted.
    """

    text: str = ""
    span: AgeRange | None = None
    within: bool = False
    taxon: str = ""
    country_code: str = ""
    own: bool = True
    published: bool = True


def words(text: str) -> list[str]:
    """The words of a text as they are indexed: without accents and capitals, Chinese in overlapping pairs.

    >>> words("Lúfeng 禄丰县")
    ['lufeng', '禄丰', '丰县']
    """
    return list(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Remembered, for the same groups, intervals and countries come again with each row of an import."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    found: list[str] = []
    for piece in _PIECES.findall(plain):
        if re.match(f"[{_HAN}]", piece) and len(piece) > 1:
            found.extend(piece[i : i + 2] for i in range(len(piece) - 1))
        else:
            found.append(piece)
    return tuple(found)


def search_text(specimen: Specimen, statements: Iterable[str] = ()) -> str:
    """All words by which a record is found, in both languages."""
    chart = timescale()
    texts = [
        specimen.institution_code,
        specimen.catalog_number,
        specimen.verbatim_identification,
        specimen.scientific_name,
        specimen.higher_classification,
        specimen.type_status,
        specimen.preparations,
        specimen.lithostratigraphic_group,
        specimen.formation,
        specimen.member,
        specimen.bed,
        specimen.state_province,
        specimen.county,
        specimen.locality,
        specimen.recorded_by,
        specimen.occurrence_remarks,
        specimen.associated_references,
        *(text for texts in specimen.translations.values() for text in texts.values()),
        *(country_name(specimen.country_code, language) for language in ("en", "zh")),
        *(taxonomy().common_name(specimen.scientific_name, language) for language in ("en", "zh")),
        *statements,
    ]
    for name in {specimen.earliest_interval, specimen.latest_interval} & chart.intervals.keys():
        for unit in chart.lineage(chart[name]):
            texts += [unit.name, unit.chronostratigraphic_name, unit.chinese_name]
    return " ".join(dict.fromkeys(word for text in texts for word in _words(text)))


def condition(query: Query, dialect: str) -> ColumnElement[bool]:
    """The query as an SQL condition on the table of specimens."""
    wanted = [basis for basis, asked in ((OWN, query.own), (PUBLISHED, query.published)) if asked]
    parts: list[ColumnElement[bool]] = [specimens.c.basis_of_record.in_(wanted)] if len(wanted) < 2 else []
    asked_words = words(query.text)
    if asked_words:
        parts.append(_has_words(asked_words, dialect))
    elif query.text.strip():
        parts.append(specimens.c.catalog_number == query.text.strip())
    if query.span is not None:
        parts.append(_of_age(query.span, query.within))
    if query.taxon:
        parts.append(_of_taxon(query.taxon))
    if query.country_code:
        parts.append(specimens.c.country_code == query.country_code)
    return and_(true(), *parts)


def _has_words(asked: list[str], dialect: str) -> ColumnElement[bool]:
    if dialect == "sqlite":
        match = " AND ".join(f'"{word}"*' for word in asked)
        found = sql_text("SELECT rowid FROM specimens_fts WHERE specimens_fts MATCH :match").bindparams(match=match)
        return specimens.c.id.in_(found)
    wanted = " & ".join(f"'{word}':*" for word in asked)
    simple: ColumnElement[str] = literal_column("'simple'")
    return func.to_tsvector(simple, specimens.c.search_text).op("@@")(func.to_tsquery(simple, wanted))


def _of_age(span: AgeRange, within: bool) -> ColumnElement[bool]:
    column = specimens.c
    if within:
        return and_(column.max_ma <= span.max_ma, column.min_ma >= span.min_ma)
    instant = span.max_ma == span.min_ma
    overlapping = and_(column.max_ma > span.min_ma, column.min_ma < span.max_ma)
    return and_(column.max_ma >= span.min_ma, column.min_ma <= span.max_ma) if instant else overlapping


def _of_taxon(taxon: str) -> ColumnElement[bool]:
    column = specimens.c
    return or_(
        column.higher_classification.contains(f"|{taxon}|", autoescape=True),
        column.scientific_name == taxon,
        column.genus == taxon,
    )


def ordering(order: Order) -> list[ColumnElement[object]]:
    """The columns by which records are sorted; always ends in the key, so that pages never overlap."""
    column = specimens.c
    by: dict[str, list[ColumnElement[object]]] = {
        "newest": [column.created.desc(), column.id.desc()],
        "oldest_age": [column.max_ma.desc(), column.min_ma.desc()],
        "youngest_age": [column.min_ma, column.max_ma],
        "name": [column.scientific_name],
        "catalog_number": [column.institution_code, column.catalog_number],
    }
    return [*by[order], column.id]
