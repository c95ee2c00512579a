"""Which column of a table means what: a proposal with its reasons, which a person may change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from catalogue.exchange.mapping.contents import guess
from catalogue.exchange.mapping.headings import (
    LEFT_OUT,
    NAMES,
    OF_THE_NAME,
    REMARKS,
    TARGETS,
    by_term,
    by_word,
    is_term,
)
from catalogue.exchange.mapping.name_columns import told_by_cells
from catalogue.exchange.mapping.repeating_columns import repeated
from catalogue.exchange.reading import Table
from catalogue.messages import Message, message

REJECT_REASON = "reason"
"""The column that a file of rejected or doubtful rows has for people; it is no part of the table."""
_Look: TypeAlias = Callable[[str, Sequence[str]], tuple[str, Message] | None]
"""Tells of a column, by its heading and its cells that are not blank, what it means and why; None when it does not know."""
_SAMPLES = 3
_LOOKED_AT = 1000
"""Rows from which a proposal is made."""


@dataclass(frozen=True)
class ColumnMap:
    """What the columns of a table mean.

    Parameters
    ----------
    targets : mapping of str to str
        Heading to one of `headings.TARGETS`, or blank for a column of which nothing is taken.
    fixed : mapping of str to str
        Values for all rows, by field; they count where a row says nothing.
    name : str
        The name under which it is saved; blank when it is not.
    """

    targets: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def columns_of(self, target: str) -> tuple[str, ...]:
        """The columns that mean something, in the order of the table."""
        return tuple(column for column, meaning in self.targets.items() if meaning == target)

    def has_name(self) -> bool:
        """Whether any column says what the specimens are."""
        return bool(set(NAMES) & {*self.targets.values(), *(name for name, text in self.fixed.items() if text)})


@dataclass(frozen=True)
class Proposal:
    """What one column is taken for.

    Parameters
    ----------
    column : str
        Its heading.
    target : str
        As in `ColumnMap`.
    reason : Message
        Why.
    samples : tuple of str
        Its first cells that are not blank, each once.
    filled : int
        How many of its cells are not blank among the rows that were looked at.
    """

    column: str
    target: str
    reason: Message
    samples: tuple[str, ...]
    filled: int


def propose(table: Table) -> list[Proposal]:
    """What each column of a table seems to mean, told by Darwin Core, by usual headings, then by what the cells hold."""
    taken: dict[str, str] = {}
    found: dict[str, tuple[str, Message]] = {}
    cells = _sample(table)
    told = told_by_cells(table.columns, cells, table.kind)
    looks = (repeated(table), _by_term, lambda column, _: told.get(column), _by_word, _by_content)
    for column, look in _in_turn(cells, looks):
        said = None if column in found or column == REJECT_REASON else look(column, cells[column])
        if said is None:
            continue
        target = said[0]
        first = taken.get(target)
        if first is not None and not _may_stand_twice(target):
            found[column] = (
                REMARKS,
                message("means the same as “{column}”, so it goes into the remarks", column=first),
            )
            continue
        found[column] = said
        taken.setdefault(target, column)
    return [_proposal(column, *found.get(column, _unknown(column)), cells[column]) for column in table.columns]


def _in_turn(cells: Mapping[str, Sequence[str]], looks: Sequence[_Look]) -> Iterator[tuple[str, _Look]]:
    """Each column with each way to look at it; those that are blank last, for a blank one takes no meaning away from one that says something."""
    filled = [column for column, said in cells.items() if said]
    blank = [column for column, said in cells.items() if not said]
    return ((column, look) for columns in (filled, blank) for look in looks for column in columns)


def map_of(proposals: Iterable[Proposal], fixed: Mapping[str, str] | None = None, *, name: str = "") -> ColumnMap:
    """The proposals as a map."""
    return ColumnMap({one.column: one.target for one in proposals}, dict(fixed or {}), name)


def proposals_of(table: Table, given: ColumnMap) -> list[Proposal]:
    """A given map as proposals; where it says the same as our own proposal, the reason is ours."""
    said = message("as saved under “{name}”", name=given.name) if given.name else message("as you chose")
    unsaid = message("not among the saved meanings")
    spoken_of = {known_as(column): target for column, target in given.targets.items()} | dict(given.targets)
    proposals = []
    for own in propose(table):
        target = spoken_of.get(own.column, spoken_of.get(known_as(own.column)))
        if target is None:
            proposals.append(replace(own, target=LEFT_OUT, reason=unsaid))
        elif _known_target(target) == own.target and not given.name:
            proposals.append(own)
        else:
            proposals.append(replace(own, target=_known_target(target), reason=said))
    return proposals


def lacking(table: Table, given: ColumnMap) -> list[str]:
    """The columns of which a map takes something, and which a table does not have."""
    there = set(map(known_as, table.columns))
    return [column for column, target in given.targets.items() if target and known_as(column) not in there]


def known_as(column: str) -> str:
    """A heading as maps know it again: without capitals and with single blanks."""
    return " ".join(column.split()).casefold()


def terms_in(columns: Sequence[str]) -> int:
    """How many headings are Darwin Core terms as they are written there, such as ``catalogNumber``."""
    return sum(map(is_term, columns))


def _known_target(target: str) -> str:
    return target if target in TARGETS else LEFT_OUT


def _by_term(column: str, _: Sequence[str]) -> tuple[str, Message] | None:
    target = by_term(column)
    if target is None:
        return None
    if target == LEFT_OUT:
        return target, message("Bonebed has no place for this Darwin Core term")
    if not is_term(column):
        return target, message("a usual heading for this")
    return target, message("the Darwin Core term {term}", term=column)


def _by_word(column: str, _: Sequence[str]) -> tuple[str, Message] | None:
    target = by_word(column)
    return None if target is None else (target, message("a usual heading for this"))


def _by_content(column: str, cells: Sequence[str]) -> tuple[str, Message] | None:
    found = guess(column, cells)
    return None if found is None else (found.target, found.reason)


def _may_stand_twice(target: str) -> bool:
    return target in {LEFT_OUT, REMARKS, "country_code", *OF_THE_NAME}


def _unknown(column: str) -> tuple[str, Message]:
    if column == REJECT_REASON:
        return LEFT_OUT, message("what an earlier import said of the row")
    return LEFT_OUT, message("not recognised")


def _sample(table: Table) -> dict[str, list[str]]:
    """The cells of the first rows that are not blank, by column."""
    cells: dict[str, list[str]] = {column: [] for column in table.columns}
    for row in table.rows[:_LOOKED_AT]:
        for column, cell in row.cells.items():
            if cell.strip():
                cells[column].append(cell.strip())
    return cells


def _proposal(column: str, target: str, reason: Message, cells: Sequence[str]) -> Proposal:
    samples = tuple(dict.fromkeys(cell[:80] for cell in cells))[:_SAMPLES]
    return Proposal(column, target, reason, samples, len(cells))
