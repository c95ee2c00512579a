"""Changing the vocabularies: add a word, say it otherwise, order the words, retire one; for administrators.

Who changed what stands in the same history as the records', under ``term:12``, and `catalogue.undoing` takes it back there. A word is
never deleted, only retired: records that hold it go on holding it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, check_text
from catalogue.messages import CatalogueError, Problem, message
from catalogue.records import Change
from catalogue.rights import Person, require
from catalogue.tables import vocabulary_terms
from catalogue.vocabularies.places import KINDS
from catalogue.vocabularies.words import COLUMNS, Term, folded, forget, term_of, vocabularies

TEXTS = ("label_en", "label_zh", "definition", "definition_zh", "source")
"""The texts of a word that may be changed; the word itself stays, for records hold it."""
KEY = "term:"
"""How the keys begin under which changes of words stand in the history."""
_LONGEST_WORD = 200


class NoSuchTerm(CatalogueError):
    """There is no word under that number, or no vocabulary of that name."""


class TermChanged(CatalogueError):
    """Somebody else changed the word since it was opened."""


def add(connection: Connection, who: Person, vocabulary: str, draft: Draft, *, why: str = "") -> Term:
    """Add a word at the end of a vocabulary.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    vocabulary : str
        One of `catalogue.vocabularies.places.KINDS`.
    draft : mapping
        ``term``, the `TEXTS` and ``aliases`` as typed.

    Raises
    ------
    NotAllowed, NoSuchTerm
    InvalidDraft
        When the word, or one of its spellings, stands for another word already.
    """
    require(who, "edit_vocabularies")
    if vocabulary not in KINDS:
        raise NoSuchTerm(message("There is no list of that name."))
    known = vocabularies(connection)[vocabulary]
    values = _checked(connection, Term(0, vocabulary, str(draft.get("term") or "").strip()), draft) | {
        "vocabulary": vocabulary,
        "position": max((term.position for term in known), default=-1) + 1,
        "retired_at": "",
        "made_by": who.login,
        "made_at": now(),
    }
    made = _insert(connection, values)
    edit = history.begin(connection, "add", who.login, why=why)
    history.note_added(connection, edit, [key_of(made)])
    return made


def amend(connection: Connection, who: Person, number: int, draft: Draft, *, version: int, why: str = "") -> Term:
    """Say a word otherwise: its labels, meaning, source and other spellings; what the draft leaves out stays.

    Raises
    ------
    NotAllowed, NoSuchTerm, InvalidDraft
    TermChanged
        When it is not of that version any more; nothing is written.
    """
    require(who, "edit_vocabularies")
    before = get(connection, number)
    if before.version != version:
        raise TermChanged(message("Somebody changed this word while you had it open. Look at it again."))
    after = _checked(connection, before, {**_plain(before), **draft})
    return change(connection, before, after, lambda: history.begin(connection, "amend", who.login, why=why))


def retire(connection: Connection, who: Person, number: int, *, back: bool = False, why: str = "") -> Term:
    """Offer a word no more, or again when `back`; records that hold it keep it."""
    require(who, "edit_vocabularies")
    before = get(connection, number)
    after = {"retired_at": "" if back else before.retired_at or now()}
    return change(connection, before, after, lambda: history.begin(connection, "amend", who.login, why=why))


def reorder(connection: Connection, who: Person, vocabulary: str, numbers: Sequence[int]) -> int | None:
    """Bring the words of a vocabulary into an order, in one edit; returns its number, None when nothing changed.

    Parameters
    ----------
    numbers : sequence of int
        The words by their ids; those left out follow in the order they had.
    """
    require(who, "edit_vocabularies")
    held = list(vocabularies(connection)[vocabulary])
    by_number = {term.id: term for term in held}
    wanted = [by_number[number] for number in numbers if number in by_number]
    wanted += [term for term in held if term not in wanted]
    moved = [(term, place) for place, term in enumerate(wanted) if term.position != place]
    if not moved:
        return None
    edit = history.begin(connection, "amend", who.login)
    for term, place in moved:
        change(connection, term, {"position": place}, lambda: edit)
    return edit


def get(connection: Connection, number: int) -> Term:
    """One word.

    Raises
    ------
    NoSuchTerm
    """
    row = connection.execute(select(*COLUMNS).where(vocabulary_terms.c.id == number)).first()
    if row is None:
        raise NoSuchTerm(message("There is no word number {number} any more.", number=number))
    return term_of(row)


def change(connection: Connection, before: Term, after: Mapping[str, Any], begin: Callable[[], int]) -> Term:
    """Write what differs of a word, and write it down; `begin` opens the edit, or gives the one that is open."""
    held = _plain(before)
    differing = {name: value for name, value in after.items() if held[name] != value}
    if not differing:
        return before
    version = before.version + 1
    column = vocabulary_terms.c
    connection.execute(update(vocabulary_terms).where(column.id == before.id).values(**differing, version=version))
    history.note(connection, begin(), key_of(before), version, held, differing)
    forget(connection)
    return get(connection, before.id)


def last_edit(connection: Connection, term: Term) -> int | None:
    """The edit that brought a word to its present state; None when it came with Bonebed and was never changed."""
    past = history.of_record(connection, key_of(term))
    return past[0].edit.id if past else None


def key_of(term: Term) -> str:
    """Under which key its changes stand in the history: ``term:12``."""
    return f"{KEY}{term.id}"


def is_key(key: str) -> bool:
    """Whether a key of the history is that of a word."""
    return key.startswith(KEY) and key.removeprefix(KEY).isdecimal()


def take_back(connection: Connection, edit: int, key: str, made: list[Change]) -> tuple[str, ...] | None:
    """Take back what an edit did to a word, as a part of another edit; as `catalogue.transactions.take_back`.

    Raises
    ------
    NoSuchTerm, TermChanged
        When nothing can be taken back.
    """
    number = int(key.partition(":")[2])
    whole = next((one for one in made if one.field == history.WHOLE), None)
    if whole is not None and isinstance(whole.before, dict):
        _insert(connection, whole.before, number=number, version=whole.version + 1)
        history.note_added(connection, edit, [key], version=whole.version + 1)
        return None
    now_ = get(connection, number)
    if whole is not None:
        if now_.version != whole.version:
            raise TermChanged(message("It was changed since it was added, so it stays."))
        connection.execute(delete(vocabulary_terms).where(vocabulary_terms.c.id == number))
        history.note_removed(connection, edit, key, now_.version + 1, _plain(now_))
        forget(connection)
        return None
    held = _plain(now_)
    back_to = {one.field: one.before for one in made if held[one.field] == one.after}
    change(connection, now_, back_to, lambda: edit)
    return tuple(one.field for one in made if one.field not in back_to) or None


def now() -> str:
    """This moment, as the vocabularies write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(term: Term) -> dict[str, Any]:
    """Its fields as the table and the history keep them."""
    kept = {name: value for name, value in vars(term).items() if name not in {"id", "version"}}
    return kept | {"aliases": list(term.aliases)}


def _insert(connection: Connection, values: Mapping[str, Any], *, number: int | None = None, version: int = 1) -> Term:
    own = {"id": number} if number is not None else {}
    key = connection.execute(insert(vocabulary_terms).values(**values, **own, version=version)).inserted_primary_key
    assert key is not None
    forget(connection)
    return get(connection, int(key[0]))


def _checked(connection: Connection, term: Term, draft: Draft) -> dict[str, Any]:
    """What was typed, fit to be kept, or `InvalidDraft` with every problem."""
    values: dict[str, Any] = {name: str(draft.get(name) or "").strip() for name in TEXTS}
    values["term"] = term.term
    problems = [problem for name, text in values.items() for problem in check_text(name, text)]
    if not term.term:
        problems.append(Problem("term", message("This is needed.")))
    elif len(term.term) > _LONGEST_WORD or ":" in term.term:
        said = message("A word of a list has at most {most} characters and no colon.", most=_LONGEST_WORD)
        problems.append(Problem("term", said))
    values["aliases"] = _spellings(draft.get("aliases"))
    problems += [problem for text in values["aliases"] for problem in check_text("aliases", text)]
    problems += _taken(connection, term, values)
    if problems:
        raise InvalidDraft(problems)
    return values


def _spellings(given: object) -> list[str]:
    """Other spellings, as a list or as typed, a line or a bar between them."""
    texts = given if isinstance(given, list | tuple) else str(given or "").replace("|", "\n").split("\n")
    return list(dict.fromkeys(text for text in (str(one).strip() for one in texts) if text))


def _taken(connection: Connection, term: Term, values: Mapping[str, Any]) -> list[Problem]:
    """A spelling stands for one word only."""
    others = [one for one in vocabularies(connection)[term.vocabulary] if one.id != term.id]
    problems: list[Problem] = []
    if any(one.term == term.term for one in others):
        return [Problem("term", message("“{word}” is in the list already.", word=term.term))]
    for field in ("term", "label_en", "label_zh", "aliases"):
        spelt = values[field] if field == "aliases" else [values[field]]
        for text in filter(None, spelt):
            holder = _holder(others, text)
            if holder is not None:
                said = message("“{spelling}” stands for “{word}” already.", spelling=text, word=holder.term)
                problems.append(Problem(field, said))
    return problems


def _holder(others: Sequence[Term], text: str) -> Term | None:
    wanted = folded(text)
    offered = (one for one in others if not one.retired_at)
    return next(
        (
            one
            for one in offered
            if wanted
            in {folded(spelling) for spelling in (one.term, one.label_en, one.label_zh, *one.aliases) if spelling}
        ),
        None,
    )
