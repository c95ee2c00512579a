"""How many records use each word, which words are in no list, and merging one word into another in all records at once.

A merge is one edit: every record that used the word, and the lists themselves, so that one undo puts all of it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from catalogue import history
from catalogue.changing import Changing
from catalogue.checking import InvalidDraft
from catalogue.holding import Held, batches
from catalogue.messages import CatalogueError, Message, message
from catalogue.records import Edit
from catalogue.rights import Person, require
from catalogue.tables import specimens
from catalogue.vocabularies import editing
from catalogue.vocabularies.places import KINDS, counted, using
from catalogue.vocabularies.words import Term, Vocabulary, vocabularies


class CannotMerge(CatalogueError):
    """The merge makes no sense, or a record stands in its way; nothing was changed."""


class CountChanged(CatalogueError):
    """The number of records that use the word is not the one that was shown; nothing was changed."""


@dataclass(frozen=True)
class Usage:
    """A vocabulary with how many records use each of its words, and the words that are in records but not in the list."""

    vocabulary: Vocabulary
    counts: Mapping[str, int]

    def of(self, word: str) -> int:
        """How many records use a word."""
        return self.counts.get(word, 0)

    @property
    def unlisted(self) -> dict[str, int]:
        """What records say that is not in the list, the most frequent first."""
        other = {word: count for word, count in self.counts.items() if self.vocabulary.get(word) is None}
        return dict(sorted(other.items(), key=lambda pair: (-pair[1], pair[0])))


def usage(connection: Connection, who: Person, name: str) -> Usage:
    """Count the records by the words of a vocabulary.

    Raises
    ------
    NotAllowed
    NoSuchTerm
        When there is no vocabulary of that name.
    """
    require(who, "edit_vocabularies")
    if name not in KINDS:
        raise editing.NoSuchTerm(message("There is no list of that name."))
    counts = {str(word): int(number) for word, number in connection.execute(counted(name))}
    return Usage(vocabularies(connection)[name], counts)


def merge(
    connection: Connection, who: Person, name: str, word: str, into: str, *, expected: int, why: str = ""
) -> Edit:
    """Put one word in the place of another in every record, and let the old one stand for it from now on.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`); all is kept together, or nothing is.
    name : str
        The vocabulary.
    word : str
        What records hold: a word of the list, which is retired, or one that is in no list.
    into : str
        A word of the list that is offered.
    expected : int
        How many records were shown to be changed.

    Raises
    ------
    NotAllowed, NoSuchTerm
    CannotMerge
        When the words are the same, the second is not offered, or a record would not be valid.
    CountChanged
        When other than the expected number of records use the word now.
    """
    require(who, "edit_vocabularies")
    shown = usage(connection, who, name)
    target = shown.vocabulary.get(into)
    if target is None or target.retired_at or word == into:
        raise CannotMerge(message("Choose another word of the list to merge into."))
    if shown.of(word) != expected:
        raise CountChanged(
            message("Nothing was changed: {now} records use this word now. Look again.", now=shown.of(word))
        )
    with connection.begin_nested():
        edit = history.begin(connection, "bulk", who.login, why=why)
        keys = connection.scalars(select(specimens.c.occurrence_id).where(using(name, word)).order_by(specimens.c.id))
        changing = Changing(connection, who, lambda: edit)
        for batch in batches(list(keys)):
            changing.look_up(batch)
            for key in batch:
                _change_record(changing, changing.held(key), name, word, into)
            changing.write()
        _hand_over(connection, shown.vocabulary.get(word), word, target, edit)
    return history.edit(connection, edit)


def _change_record(changing: Changing, before: Held, name: str, word: str, into: str) -> None:
    draft: dict[str, Any] = {}
    for place in KINDS[name].places:
        if place.listed:
            draft[place.listed] = [
                replace(part, **{place.field: into}) if getattr(part, place.field) == word else part
                for part in before.parts[place.listed]
            ]
        elif getattr(before.specimen, place.field) == word:
            draft[place.field] = into
    try:
        changing.change(before.specimen.occurrence_id, draft)
    except InvalidDraft as error:
        raise CannotMerge(_in_the_way(before, error)) from error


def _in_the_way(before: Held, error: InvalidDraft) -> Message:
    specimen = before.specimen
    return message(
        "Nothing was changed. The record of {record} must be put right first: {problem}",
        record=f"{specimen.catalog_number} {specimen.verbatim_identification}".strip(),
        problem=error.message,
    )


def _hand_over(connection: Connection, old: Term | None, word: str, target: Term, edit: int) -> None:
    """The old word and its spellings stand for the new one from now on, in forms and imports alike."""
    spellings = [*target.aliases, word, *(old.aliases if old else ())]
    if old is not None:
        retired = {"aliases": [], "retired_at": old.retired_at or editing.now()}
        editing.change(connection, old, retired, lambda: edit)
    editing.change(connection, target, {"aliases": list(dict.fromkeys(spellings))}, lambda: edit)
