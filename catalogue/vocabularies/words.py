"""The words of the vocabularies as they are now, and how what people write finds its word: ♀, "Female" and 雌 are all ``female``."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.pool import Pool

from catalogue.tables import edits, vocabulary_terms
from catalogue.vocabularies.places import KINDS


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary.

    Parameters
    ----------
    term : str
        As records hold it.
    label_en, label_zh : str
        As people read it; blank: the term itself.
    source : str
        A key of the built-in publications, or a citation; blank when it rests on none.
    aliases : tuple of str
        Other spellings that stand for it.
    position : int
        Its place in the list.
    retired_at : str
        Since when it is not offered any more, ISO 8601 in UTC; blank while it is.
    made_by, made_at : str
        Who added it, and when.
    """

    id: int
    vocabulary: str
    term: str
    label_en: str = ""
    label_zh: str = ""
    definition: str = ""
    definition_zh: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()
    position: int = 0
    retired_at: str = ""
    made_by: str = ""
    made_at: str = ""
    version: int = 1

    def label(self, language: str) -> str:
        """The word in the reader's language."""
        return (self.label_zh if language.startswith("zh") else self.label_en) or self.term

    def told(self, language: str) -> str:
        """What it means, in the reader's language; in English where that is missing, and blank where nothing is said."""
        return (self.definition_zh if language.startswith("zh") else "") or self.definition


@dataclass(frozen=True)
class Vocabulary:
    """A list of words, in its order, retired ones included."""

    name: str
    terms: tuple[Term, ...] = field(default=())

    @property
    def closed(self) -> bool:
        """Whether nothing else may be said."""
        return KINDS[self.name].closed

    @property
    def offered(self) -> tuple[Term, ...]:
        """The words to choose from."""
        return tuple(term for term in self.terms if not term.retired_at)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def get(self, term: str) -> Term | None:
        """The word that records hold in this very spelling."""
        return self._by_term.get(term)

    def find(self, written: str) -> Term | None:
        """The word that is meant: by itself, by its label in either language, or by another spelling; an offered one first."""
        exact = self._by_term.get(written)
        if exact is not None and not exact.retired_at:
            return exact
        return self._by_spelling.get(folded(written)) or exact

    def nearest(self, written: str) -> Term | None:
        """The offered word whose spelling is nearest to what was written; None when none is near."""
        spelt = {spelling: term for spelling, term in self._by_spelling.items() if not term.retired_at}
        near = get_close_matches(folded(written), spelt, n=1, cutoff=0.7)
        return spelt[near[0]] if near else None

    def label(self, written: str, language: str) -> str:
        """What records hold, in the reader's language; a word that is not in the list as it is."""
        known = self._by_term.get(written)
        return known.label(language) if known else written

    @cached_property
    def _by_term(self) -> Mapping[str, Term]:
        return {term.term: term for term in self.terms}

    @cached_property
    def _by_spelling(self) -> Mapping[str, Term]:
        found: dict[str, Term] = {}
        for term in sorted(self.terms, key=lambda term: bool(term.retired_at)):
            for spelling in (term.term, term.label_en, term.label_zh, *term.aliases):
                if spelling:
                    found.setdefault(folded(spelling), term)
        return found


def folded(written: str) -> str:
    """A spelling as it is compared: without capitals, hyphens, and points at its ends.

    >>> folded("Sub-Adult ")
    'sub adult'
    """
    text = unicodedata.normalize("NFKC", written).casefold().replace("-", " ").strip(" .,;:")
    return " ".join(text.split()) or written.strip()


COLUMNS = [vocabulary_terms.c[one.name] for one in fields(Term)]
"""The columns that make a `Term`, in the order of its fields."""

Vocabularies: TypeAlias = Mapping[str, Vocabulary]
_read: "WeakKeyDictionary[Connection, Vocabularies]" = WeakKeyDictionary()
"""What a connection has read: it sees one state of the lists, but for what it writes itself, and then `forget` is called."""
_held: "WeakKeyDictionary[Pool, tuple[int, Vocabularies]]" = WeakKeyDictionary()
"""What each database held after which edit: every change of a vocabulary is an edit."""


def vocabularies(connection: Connection) -> Vocabularies:
    """All vocabularies, by name; asked for once by each connection, and read again only after somebody edited something."""
    known = _read.get(connection)
    if known is not None:
        return known
    newest = connection.scalar(select(func.max(edits.c.id))) or 0
    pool = connection.engine.pool
    after, held = _held.get(pool, (-1, None))
    if held is None or after != newest:
        held = _from_tables(connection)
        if not connection.get_execution_options().get("writes", False):  # what is not kept yet may never be
            _held[pool] = newest, held
    _read[connection] = held
    return held


def _from_tables(connection: Connection) -> Vocabularies:
    order = (vocabulary_terms.c.position, vocabulary_terms.c.id)
    terms = [term_of(row) for row in connection.execute(select(*COLUMNS).order_by(*order))]
    return {name: Vocabulary(name, tuple(term for term in terms if term.vocabulary == name)) for name in KINDS}


def forget(connection: Connection) -> None:
    """Read the vocabularies anew when they are asked for next: this connection has changed them."""
    _read.pop(connection, None)
    _held.pop(connection.engine.pool, None)


def term_of(row: Row[Any]) -> Term:
    """A row of `COLUMNS` as a word."""
    values = dict(row._mapping)
    return Term(**(values | {"aliases": tuple(values["aliases"])}))
