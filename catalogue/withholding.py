"""Which records have their exact site withheld: by a mark of their own, or by a rule that a curator made.

What follows is written beside each record whenever it is written, or a rule comes or ends, in the same transaction: whether it is
withheld, the words by which everybody finds it, and those that only whoever may see the exact site finds it by. What visitors get
instead of the place is in `catalogue.generalising`.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, Literal, TypeAlias, get_args
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Transaction, bindparam, func, insert, select, update

from catalogue import finding, in_bulk
from catalogue.checking import InvalidDraft, Values, check_text
from catalogue.formations import formation_key
from catalogue.generalising import generalise, generalise_parts
from catalogue.holding import batches, held
from catalogue.messages import CatalogueError, Problem, message
from catalogue.parts import Parts, words_of
from catalogue.records import Specimen
from catalogue.rights import Person, require
from catalogue.searching.words import fitting, search_text
from catalogue.tables import specimens, withholding_rules

RuleField: TypeAlias = Literal[
    "taxon", "formation", "locality", "county", "state_province", "country_code", "institution_code", "dataset_name"
]
FIELDS: tuple[RuleField, ...] = get_args(RuleField)
"""What a rule may ask for; ``taxon`` is a name or any group that holds it, and a formation is meant under all its names."""
_OF_TAXON = ("higher_classification", "scientific_name", "genus")
_COARSEST = "1"
"""The words that everybody finds are those of the widest grid, so that they are right whatever grid is set."""


class InvalidRule(CatalogueError):
    """A rule that cannot be made, or one that is not in force."""


@dataclass(frozen=True)
class Rule:
    """Records to withhold: those whose field has that value, as `is_same` compares.

    Parameters
    ----------
    field : str
        One of `FIELDS`.
    why : str
        Told to the staff only.
    made_at, ended_at : str
        ISO 8601 in UTC; `ended_at` is blank while the rule is in force.
    """

    id: int
    field: RuleField
    value: str
    why: str
    made_by: str
    made_at: str
    ended_by: str = ""
    ended_at: str = ""


@dataclass(frozen=True)
class Reach:
    """How many records a rule meets, and how many of them are not withheld without it."""

    met: int
    newly: int


def rules(connection: Connection, who: Person, *, ended: bool = False) -> list[Rule]:
    """The rules in force, or those that were ended; the newest first.

    Raises
    ------
    NotAllowed
        When the person may not withhold sites.
    """
    require(who, "withhold_sites")
    column = withholding_rules.c
    wanted = column.ended_at != "" if ended else column.ended_at == ""
    rows = connection.execute(select(withholding_rules).where(wanted).order_by(column.id.desc()))
    return [Rule(**row._mapping) for row in rows]


def reach(connection: Connection, who: Person, field: str, value: str) -> Reach:
    """How many records a rule meets, or would meet; nothing is written.

    Raises
    ------
    NotAllowed, InvalidRule
    """
    require(who, "withhold_sites")
    rule = _checked(field, value)
    columns = [specimens.c[name] for name in _columns_of(rule)]
    alike = select(*columns, specimens.c.is_withheld, specimens.c.site_withheld, func.count())
    met = newly = 0
    for *values, withheld_now, own, number in connection.execute(
        alike.group_by(*columns, specimens.c.is_withheld, specimens.c.site_withheld)
    ):
        if _meets(rule, dict(zip(_columns_of(rule), values, strict=True))):
            met += number
            newly += 0 if withheld_now or own == "no" else number
    return Reach(met, newly)


def add_rule(connection: Connection, who: Person, field: str, value: str, *, why: str = "") -> Rule:
    """Withhold all records with a value in a field, those that come later too.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    field : str
        One of `FIELDS`.

    Raises
    ------
    NotAllowed
    InvalidRule
        When the field is none of them, the value is blank, or the rule is in force already.
    InvalidDraft
        When value or reason are texts that cannot be kept.
    """
    require(who, "withhold_sites")
    rule = _checked(field, value)
    problems: list[Problem] = [*check_text("value", rule.value), *check_text("why", why)]
    if problems:
        raise InvalidDraft(problems)
    if any(rule.field == one.field and is_same(field, rule.value, one.value) for one in in_force(connection)):
        raise InvalidRule(message("There is such a rule already."))
    values = {
        "field": rule.field,
        "value": rule.value,
        "why": why.strip(),
        "made_by": who.login,
        "made_at": _now(),
        "ended_by": "",
        "ended_at": "",
    }
    key = connection.execute(insert(withholding_rules).values(**values)).inserted_primary_key
    assert key is not None
    _follow(connection, rule)
    return _rule(connection, int(key[0]))


def end_rule(connection: Connection, who: Person, number: int) -> Rule:
    """End a rule; the records that it met are open again, unless another rule or their own mark withholds them.

    Raises
    ------
    NotAllowed
    InvalidRule
        When no such rule is in force.
    """
    require(who, "withhold_sites")
    rule = _rule(connection, number)
    if rule.ended_at:
        raise InvalidRule(message("This rule was ended before."))
    ended = {"ended_by": who.login, "ended_at": _now()}
    connection.execute(update(withholding_rules).where(withholding_rules.c.id == number).values(**ended))
    _follow(connection, rule)
    return _rule(connection, number)


def withheld(connection: Connection, who: Person, *, page: int = 1, size: int = 50) -> finding.Page:
    """The records whose site is withheld, by catalogue number.

    Raises
    ------
    NotAllowed
        When the person may not withhold sites.
    """
    require(who, "withhold_sites")
    column = specimens.c
    keys = (
        select(column.id).where(column.is_withheld).order_by(column.institution_code, column.catalog_number, column.id)
    )
    found = list(connection.scalars(keys.limit(size).offset((page - 1) * size)))
    total = connection.scalar(select(func.count()).select_from(specimens).where(column.is_withheld)) or 0
    return finding.Page(finding.with_ids(connection, found, who=who), total)


def is_withheld(connection: Connection, occurrence_id: str) -> bool:
    """Whether the exact site of a record is withheld from visitors; that much everybody may know."""
    return bool(connection.scalar(select(specimens.c.is_withheld).where(specimens.c.occurrence_id == occurrence_id)))


def refuse_mark(who: Person, wanted: object, held: object = "") -> None:
    """Refuse another mark on a record to whoever may not withhold sites.

    Parameters
    ----------
    wanted, held : object
        `Specimen.site_withheld` as it shall be, and as it is.

    Raises
    ------
    NotAllowed
    """
    if wanted != held:
        require(who, "withhold_sites")


def beside(connection: Connection, specimen: Specimen, parts: Parts) -> Values:
    """What is written beside the fields of a record: its words, and whether its site is withheld."""
    return beside_by(in_force(connection), specimen, parts)


def beside_by(rules_now: Sequence[Rule], specimen: Specimen, parts: Parts) -> Values:
    """The same by some rules; without a database."""
    everything = search_text(specimen, words_of(parts) if parts else ())
    if not is_met(rules_now, specimen):
        return {"search_text": everything, "site_words": "", "is_withheld": False}
    public = search_text(generalise(specimen, _COARSEST), words_of(generalise_parts(parts))).split()
    known = set(public)
    hidden = [word for word in everything.split() if word not in known]
    together = fitting([*public, *hidden]).split()
    of_site = " ".join(together[len(public) :])
    return {"search_text": " ".join(public), "site_words": of_site, "is_withheld": True}


_in_force: "WeakKeyDictionary[Transaction, list[Rule]]" = WeakKeyDictionary()


def in_force(connection: Connection) -> list[Rule]:
    """The rules in force, read once a transaction: only one writes at a time, and `_follow` forgets what its own rules change."""
    transaction = connection.get_transaction()
    known = _in_force.get(transaction) if transaction is not None else None
    if known is None:
        rows = connection.execute(select(withholding_rules).where(withholding_rules.c.ended_at == ""))
        known = [Rule(**row._mapping) for row in rows]
        transaction = connection.get_transaction()
        if transaction is not None:
            _in_force[transaction] = known
    return known


def is_met(rules_now: Sequence[Rule], specimen: Specimen) -> bool:
    """Whether the site of a record is withheld: by its own mark, or by one of some rules."""
    if specimen.site_withheld:
        return specimen.site_withheld == "yes"
    return any(_meets(rule, vars(specimen)) for rule in rules_now)


def _meets(rule: Rule, values: Mapping[str, Any]) -> bool:
    return any(
        is_same(rule.field, one, rule.value) for name in _columns_of(rule) for one in str(values[name]).split("|")
    )


def is_same(field: str, one: str, other: str) -> bool:
    """Whether two values of a field mean the same to a rule: capitals and spaces aside, and a formation under all its names."""
    return not _known_as(field, one).isdisjoint(_known_as(field, other))


@lru_cache(maxsize=4096)
def _known_as(field: str, text: str) -> frozenset[str]:
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return frozenset({folded, formation_key(text)} - {""} if field == "formation" else {folded})


def _columns_of(rule: Rule) -> tuple[str, ...]:
    return _OF_TAXON if rule.field == "taxon" else (rule.field,)


def _met(connection: Connection, rule: Rule) -> list[str]:
    """The `occurrence_id` of each record that a rule meets."""
    names = _columns_of(rule)
    rows = connection.execute(select(specimens.c.occurrence_id, *(specimens.c[name] for name in names)))
    return [key for key, *values in rows if _meets(rule, dict(zip(names, values, strict=True)))]


def _follow(connection: Connection, rule: Rule) -> None:
    """Write anew what stands beside the records that a rule meets, after it came or ended."""
    transaction = connection.get_transaction()
    if transaction is not None:
        _in_force.pop(transaction, None)
    write_beside(connection, _met(connection, rule))


def write_beside(connection: Connection, keys: Sequence[str]) -> int:
    """Write anew what stands beside some records, where it is not so already; in a transaction that writes.

    Parameters
    ----------
    keys : sequence of str
        Each an `occurrence_id`.

    Returns
    -------
    int
        How many records were written.
    """
    written = 0
    with in_bulk.many_rewritten(connection, len(keys)) as rewrite:
        for batch in batches(keys):
            rows = _rows_beside(connection, batch)
            if rows:
                changed = update(specimens).where(specimens.c.id == bindparam("key"))
                rewrite([row["key"] for row in rows], partial(connection.execute, changed, rows))
            written += len(rows)
    return written


def _rows_beside(connection: Connection, keys: Sequence[str]) -> list[dict[str, Any]]:
    """What is to be written beside those of some records that have it otherwise."""
    rows = ((one, beside(connection, one.specimen, one.parts)) for one in held(connection, keys).values())
    return [{"key": one.row, **new} for one, new in rows if any(one.beside[name] != new[name] for name in new)]


def _checked(field: str, value: str) -> Rule:
    kept = " ".join(value.split())
    if field not in FIELDS:
        raise InvalidRule(message("A rule cannot ask for the field {field}.", field=field))
    if not kept:
        raise InvalidRule(message("Write what the records to withhold have in this field."))
    return Rule(0, field, kept, "", "", "")


def _rule(connection: Connection, number: int) -> Rule:
    row = connection.execute(select(withholding_rules).where(withholding_rules.c.id == number)).first()
    if row is None:
        raise InvalidRule(message("There is no rule number {number}.", number=number))
    return Rule(**row._mapping)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
