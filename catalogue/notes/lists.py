"""A person's own lists of specimens: named, in an order of their choice, with a note beside each specimen.

Specimens are named by their keys: one whose record was removed stays on the list under the name it had, and is itself again when
the record comes back. What a specimen on a list shows is read for the list's owner, so that withheld sites stay withheld.
Writing is done in `catalogue.notes.listing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, and_, func, select

from catalogue import finding
from catalogue.geological_time import AgeRange, timescale
from catalogue.messages import CatalogueError, message
from catalogue.notes.texts import has_words
from catalogue.records import Specimen
from catalogue.rights import Person, require
from catalogue.tables import private_list_entries, private_lists


class NoSuchList(CatalogueError):
    """A person has no such list."""


@dataclass(frozen=True)
class Heading:
    """A list without what stands on it.

    Parameters
    ----------
    id : int
        Its number, by which its link knows it.
    name : str
        Unique among a person's lists.
    made_at : str
        When it was made, ISO 8601 in UTC.
    count : int
        Specimens on it, those whose records are gone included.
    """

    id: int
    name: str
    made_at: str
    count: int = 0


@dataclass(frozen=True)
class Entry:
    """A specimen on a list.

    Parameters
    ----------
    occurrence_id : str
    known_as : str
        What it was called when it was put there.
    remark : str
        The owner's note beside it.
    specimen : Specimen or None
        The record as the owner may see it; None while it is removed.
    """

    occurrence_id: str
    known_as: str
    remark: str = ""
    specimen: Specimen | None = None


@dataclass(frozen=True)
class Opened:
    """A list with what stands on it, in its order."""

    heading: Heading
    entries: tuple[Entry, ...]

    @cached_property
    def specimens(self) -> list[Specimen]:
        """The records that are there."""
        return [entry.specimen for entry in self.entries if entry.specimen is not None]

    @property
    def interval(self) -> str:
        """The narrowest interval of the chart that holds the ages of all; blank when there is none."""
        spans = [specimen.span for specimen in self.specimens]
        if not spans:
            return ""
        whole = AgeRange(max(span.max_ma for span in spans), min(span.min_ma for span in spans))
        unit = timescale().narrowest(whole)
        return unit.name if unit else ""

    @property
    def groups(self) -> list[str]:
        """The groups to which all belong, the narrowest first."""
        lineages = [one.groups for one in self.specimens]
        shared = [groups[0] for groups in zip(*lineages, strict=False) if len(set(groups)) == 1]
        return shared[::-1]


def all_of(connection: Connection, who: Person) -> list[Heading]:
    """A person's lists, by name.

    Raises
    ------
    NotAllowed
        When the person may keep nothing.
    """
    require(who, "keep_private_notes")
    return sorted(_headings(connection, who), key=lambda one: (one.name.casefold(), one.id))


def heading(connection: Connection, who: Person, number: int) -> Heading:
    """One of a person's lists, without what stands on it.

    Raises
    ------
    NotAllowed
    NoSuchList
        When the person has none under that number, whether or not somebody else has.
    """
    require(who, "keep_private_notes")
    found = _headings(connection, who, private_lists.c.id == number) if 0 <= number < 2**31 else []
    if not found:
        raise NoSuchList(message("You have no such list. Perhaps you deleted it."))
    return found[0]


def opened(connection: Connection, who: Person, number: int) -> Opened:
    """One of a person's lists, with the records as that person may see them.

    Raises
    ------
    NotAllowed, NoSuchList
    """
    head = heading(connection, who, number)
    column = private_list_entries.c
    rows = connection.execute(
        select(column.occurrence_id, column.known_as, column.remark)
        .where(column.list_id == head.id)
        .order_by(column.position, column.id)
    ).all()
    found = finding.get_all(connection, [row.occurrence_id for row in rows], who=who)
    records = {one.occurrence_id: one for one in found}
    return Opened(head, tuple(Entry(*row, records.get(row.occurrence_id)) for row in rows))


def with_specimen(connection: Connection, who: Person, occurrence_id: str) -> set[int]:
    """The numbers of a person's lists on which a specimen stands.

    Raises
    ------
    NotAllowed
    """
    require(who, "keep_private_notes")
    column = private_list_entries.c
    found = (
        select(column.list_id)
        .join_from(private_list_entries, private_lists)
        .where(private_lists.c.login == who.login, column.occurrence_id == occurrence_id)
    )
    return set(connection.scalars(found))


def find(connection: Connection, who: Person, asked: str) -> list[tuple[Heading, list[Entry]]]:
    """A person's lists in which all words that are asked for are found: in the name, or in what stands at one specimen.

    Returns
    -------
    list of (Heading, list of Entry)
        By name; with the entries that have the words, without their records; none where only the name has them.

    Raises
    ------
    NotAllowed
    """
    answers = []
    for head in all_of(connection, who):
        column = private_list_entries.c
        rows = connection.execute(
            select(column.occurrence_id, column.known_as, column.remark)
            .where(column.list_id == head.id)
            .order_by(column.position)
        )
        entries = [Entry(*row) for row in rows if has_words(asked, (row.known_as, row.remark))]
        if entries or has_words(asked, (head.name,)):
            answers.append((head, entries))
    return answers


def _headings(connection: Connection, who: Person, *wanted: ColumnElement[bool]) -> Sequence[Heading]:
    column = private_lists.c
    inside = private_list_entries.c.list_id == column.id
    counted = select(func.count()).select_from(private_list_entries).where(inside).scalar_subquery()
    rows = connection.execute(
        select(column.id, column.name, column.made_at, counted).where(and_(column.login == who.login, *wanted))
    )
    return [Heading(*row) for row in rows]
