"""What becomes of the words of a draft: a spelling gives way to its word, and what a closed list does not hold is refused.

What a record held before stays as it is, so that an old record can be amended without first being put right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection

from catalogue.messages import Message, Problem, message
from catalogue.vocabularies.places import KINDS, OF_RECORDS, of_list
from catalogue.vocabularies.words import Vocabularies, Vocabulary, vocabularies

Manner = Literal["strict", "lenient", "verbatim"]
"""How words are taken: ``strict`` refuses what a closed list lacks; ``lenient``, for imports, keeps it as it is; ``verbatim``, for
what comes back from history, changes nothing."""

_OF_LISTS = {place.listed: of_list(place.listed) for kind in KINDS.values() for place in kind.places if place.listed}


def settled(
    connection: Connection, values: dict[str, object], held: Mapping[str, object], manner: Manner
) -> tuple[dict[str, object], list[Problem]]:
    """The values of a record with the words that their spellings stand for, and what a closed list refuses.

    Parameters
    ----------
    values : dict
        Clean values by field; given back as they are when no word stands for another.
    held : mapping
        What the record held before; empty for a new one.
    manner : str
        See `Manner`.
    """
    new = {} if manner == "verbatim" else _new_words(values, held)
    if not new:
        return values, []
    words, problems = _settled(vocabularies(connection), new, OF_RECORDS, manner)
    return {**values, **words}, problems


def in_words_of(known: Vocabularies, values: dict[str, object]) -> dict[str, object]:
    """The values of a new record of a file with the words that their spellings stand for: as `settled`, ``lenient``, without a database."""
    new = _new_words(values, {})
    return {**values, **_settled(known, new, OF_RECORDS, "lenient")[0]} if new else values


def settled_parts(
    connection: Connection, listed: str, parts: Sequence[Any], held: Iterable[Any], manner: Manner
) -> tuple[list[Any], list[Problem]]:
    """The same for the lines of one list of a record."""
    names = _OF_LISTS.get(listed)
    if not names or manner == "verbatim":
        return list(parts), []
    known = {(field, getattr(part, field)) for part in held for field in names}
    done: list[Any] = []
    problems: list[Problem] = []
    for number, part in enumerate(parts):
        new = {field: getattr(part, field) for field in names}
        new = {field: word for field, word in new.items() if word and (field, word) not in known}
        words, wrong = _settled(vocabularies(connection), new, names, manner) if new else ({}, [])
        done.append(replace(part, **words) if words else part)
        problems += [Problem(f"{listed}.{number}.{one.field}", one.message) for one in wrong]
    return done, problems


def unusual(vocabulary: Vocabulary, written: str, language: str = "en") -> Message | None:
    """A warning about a word that an open list does not offer; None when there is nothing to say.

    `language` is that in which the nearest word is named.

    What is refused anyway, or stands for a word of the list, needs no warning.
    """
    if not written or vocabulary.closed:
        return None
    known = vocabulary.find(written)
    if known is not None:
        return message("“{word}” is not used any more.", word=written) if known.retired_at else None
    near = vocabulary.nearest(written)
    if near is None:
        return message("“{word}” is not in the list. It is kept as you typed it.", word=written[:60])
    return message(
        "“{word}” is not in the list. It is kept as you typed it. Did you mean “{near}”?",
        word=written[:60],
        near=near.label(language),
    )


def _new_words(values: Mapping[str, object], held: Mapping[str, object]) -> dict[str, str]:
    return {field: str(values[field]) for field in OF_RECORDS if values.get(field) and values[field] != held.get(field)}


def _settled(
    known: Vocabularies, new: Mapping[str, str], names: Mapping[str, str], manner: Manner
) -> tuple[dict[str, str], list[Problem]]:
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for field, written in new.items():
        vocabulary = known[names[field]]
        term = vocabulary.find(written)
        if term is not None and not (vocabulary.closed and term.retired_at):
            words[field] = term.term
        elif vocabulary.closed and manner == "strict":
            problems.append(Problem(field, _refusal(vocabulary, written)))
    return words, problems


def _refusal(vocabulary: Vocabulary, written: str) -> Message:
    allowed = ", ".join(term.term for term in vocabulary.offered)
    near = vocabulary.nearest(written)
    if near is None:
        return message("“{word}” is not in the list. Write one of: {allowed}.", word=written[:60], allowed=allowed)
    return message(
        "“{word}” is not in the list. Did you mean “{near}”? Write one of: {allowed}.",
        word=written[:60],
        near=near.term,
        allowed=allowed,
    )
