"""The words that come with Bonebed: `data/vocabularies`, taken into a database once. What people change there later stays."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count

from sqlalchemy import Connection, insert, select

from catalogue.facts import read_facts
from catalogue.tables import vocabulary_terms
from catalogue.vocabularies.words import forget

MADE_BY = "bonebed"


@cache
def built_in() -> Mapping[tuple[str, str], Mapping[str, object]]:
    """The built-in words as rows of the table, by vocabulary and word."""
    spellings: dict[tuple[str, str], list[str]] = {}
    positions: dict[str, Iterator[int]] = defaultdict(count)
    for row in read_facts("vocabularies/aliases.tsv"):
        spellings.setdefault((row["vocabulary"], row["term"]), []).append(row["alias"])
    return {
        (row["vocabulary"], row["term"]): {
            "vocabulary": row["vocabulary"],
            "term": row["term"],
            "label_en": row["english"],
            "label_zh": row["chinese"],
            "definition": row["definition"],
            "definition_zh": row["chinese_definition"],
            "source": row["reference"],
            "aliases": spellings.get((row["vocabulary"], row["term"]), []),
            "position": next(positions[row["vocabulary"]]),
            "retired_at": "",
            "made_by": MADE_BY,
            "made_at": "",
            "version": 1,
        }
        for row in read_facts("vocabularies/terms.tsv")
    }


def label(vocabulary: str, word: str, language: str) -> str:
    """A built-in word in a language, where no database is at hand; another word as it is."""
    row = built_in().get((vocabulary, word))
    return str(row["label_zh" if language.startswith("zh") else "label_en"]) if row else word


def missing(connection: Connection) -> list[tuple[str, str]]:
    """The built-in words that a database never had. A word is never deleted, so one that was retired does not come back."""
    column = vocabulary_terms.c
    held = {tuple(row) for row in connection.execute(select(column.vocabulary, column.term))}
    return [key for key in built_in() if key not in held]


def add_missing(connection: Connection) -> int:
    """Add them, in a transaction that writes; returns how many there were."""
    rows = [dict(built_in()[key]) for key in missing(connection)]
    if rows:
        connection.execute(insert(vocabulary_terms), rows)
        forget(connection)
    return len(rows)
