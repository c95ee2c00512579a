"""The history as people read it: the edits, the versions of a record, and what it held at each. It asks for the right to see it.

What the code itself needs of the history it reads in `catalogue.history`; a test sees to it that no screen does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from itertools import groupby

from sqlalchemy import Connection, case, distinct, func, select

from catalogue import history, stored
from catalogue.history import DERIVED, WHOLE, NoSuchEdit
from catalogue.holding import MADE_BY_US
from catalogue.keeping import held_by
from catalogue.messages import CatalogueError, message
from catalogue.records import Change, Edit, Specimen
from catalogue.rights import VISITOR, Person, require
from catalogue.stored import NoSuchSpecimen
from catalogue.tables import changes, edits
from catalogue.vocabularies import editing

__all__ = ["DERIVED", "WHOLE", "Entry", "NoSuchEdit", "NoSuchVersion", "Record", "latest", "of_record", "record"]

_BLANK: Mapping[str, object] = {
    field.name: field.default
    for field in fields(Specimen)
    if field.default is not MISSING and field.name not in MADE_BY_US
}
"""For fields that are newer than a record that was removed."""


class NoSuchVersion(CatalogueError):
    """A record has no version of that number to look at."""


@dataclass(frozen=True)
class Entry:
    """An edit in the list of all of them.

    Parameters
    ----------
    records : int
        How many records it changed.
    occurrence_id : str
        The key of one of them; blank when it changed none.
    undone : bool
        Whether it was taken back.
    """

    edit: Edit
    records: int
    occurrence_id: str
    undone: bool


@dataclass(frozen=True)
class Record:
    """A record with its past, there or removed.

    Parameters
    ----------
    occurrence_id : str
    version : int or None
        Its version now; None when it was removed.
    versions : mapping of int to Change
        Every version that can be looked at, the oldest first, each with the first change that made it.
    """

    occurrence_id: str
    version: int | None
    versions: Mapping[int, Change]
    _held: Mapping[str, object]
    _past: tuple[Change, ...]

    def at(self, version: int) -> dict[str, object]:
        """All that it held at a version, by field.

        Raises
        ------
        NoSuchVersion
        """
        if version not in self.versions:
            raise NoSuchVersion(message("This record has no version {version}.", version=version))
        return {**_BLANK, **history.state_at(self._held, self._past, version)}


def of_record(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> list[Change]:
    """All changes of a record, or of a loan or accession, newest first.

    Raises
    ------
    NotAllowed
    """
    require(who, "see_history")
    return history.of_record(connection, occurrence_id)


def record(connection: Connection, occurrence_id: str, *, who: Person = VISITOR) -> Record:
    """A record with its past, also one that was removed.

    Raises
    ------
    NotAllowed
    NoSuchSpecimen
        When there never was one under that key.
    """
    require(who, "see_history")
    past = tuple(history.of_record(connection, occurrence_id))
    try:
        specimen = stored.get(connection, occurrence_id)
    except NoSuchSpecimen:
        if not past or not isinstance(past[0].before, dict):
            raise
        kept = {name: value for name, value in past[0].before.items() if name not in MADE_BY_US}
        return Record(occurrence_id, None, _versions(past), kept, past)
    return Record(occurrence_id, specimen.version, _versions(past), held_by(connection, specimen), past)


def _versions(past: Iterable[Change]) -> dict[int, Change]:
    """The versions at which there was a record: those at which it was removed are left out."""
    made = {version: list(of) for version, of in groupby(past, key=lambda one: one.version)}
    return {version: made[version][0] for version in sorted(made) if not _removes(made[version][0])}


def _removes(change: Change) -> bool:
    return change.field == WHOLE and change.after is None


def latest(connection: Connection, *, limit: int = 50, before: int | None = None, who: Person = VISITOR) -> list[Entry]:
    """The latest edits, newest first; with `before` those older than that number.

    Raises
    ------
    NotAllowed
    """
    require(who, "see_history")
    found = history.edits_of(connection, limit=limit, before=before)
    numbers = [edit.id for edit in found]
    key = changes.c.occurrence_id
    of_records = case((key.like(f"{editing.KEY}%"), None), else_=key)  # what a merge did to the lists is no record
    some = (
        func.count(distinct(of_records)),
        func.count(distinct(key)),
        func.coalesce(func.min(of_records), func.min(key)),
    )
    counting = select(changes.c.edit_id, *some).where(changes.c.edit_id.in_(numbers)).group_by(changes.c.edit_id)
    counted = {number: (records or words, one) for number, records, words, one in connection.execute(counting)}
    undone = set(connection.scalars(select(edits.c.undoes).where(edits.c.undoes.in_(numbers))))
    return [Entry(edit, *counted.get(edit.id, (0, "")), edit.id in undone) for edit in found]
