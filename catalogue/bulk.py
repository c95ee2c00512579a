"""Changing one field of many records: what a search finds, every difference shown first, one edit, one undo.

`preview` judges each record by the same checks that saving it asks for, and remembers its version; `apply` writes exactly that, or
nothing when one of the records changed meanwhile. So the count that is shown is the count that is changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection, select

from catalogue import history
from catalogue.bulk_rules import FIELDS, InvalidRule, Operation, Rule, refuse_misfit
from catalogue.changing import Changing
from catalogue.checking import InvalidDraft
from catalogue.formations import spellings
from catalogue.holding import BATCH
from catalogue.keeping import checked_change
from catalogue.messages import CatalogueError, Message, message
from catalogue.records import OWN, Edit, Specimen
from catalogue.rights import Person, require
from catalogue.searching.positions import in_area
from catalogue.searching.query import Query, condition
from catalogue.stored import COLUMNS, specimen_of
from catalogue.tables import specimens

__all__ = [
    "FIELDS",
    "BulkPreview",
    "Difference",
    "InvalidRule",
    "LeftOut",
    "NothingToChange",
    "Operation",
    "Rule",
    "StalePreview",
    "apply",
    "preview",
    "refuse_misfit",
]

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many records are done of how many."""


class NothingToChange(CatalogueError):
    """No record would differ afterwards."""


class StalePreview(CatalogueError):
    """Some of the records are not as they were when the preview was made; nothing was changed.

    Parameters
    ----------
    differences : tuple of Difference
        What the preview foretold for them.
    """

    def __init__(self, differences: Sequence["Difference"]) -> None:
        self.differences = tuple(differences)
        super().__init__(
            message(
                "Nothing was changed: of these records {count} changed since you looked. Look again at what would change.",
                count=len(differences),
            )
        )


@dataclass(frozen=True)
class Difference:
    """What becomes of one record.

    Parameters
    ----------
    occurrence_id : str
        Its key.
    version : int
        Its version when the preview was made.
    label : str
        Catalogue number and name, for people.
    before, after : object
        The field as it is and as it would be.
    also : mapping of str to tuple
        Other fields that people enter and that would follow, each with before and after: the latest interval after the earliest.
    """

    occurrence_id: str
    version: int
    label: str
    before: object
    after: object
    also: Mapping[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """A record that the search found and that would not be valid any more; it stays as it is."""

    occurrence_id: str
    label: str
    before: object
    reason: Message


@dataclass(frozen=True)
class BulkPreview:
    """What a change of many records would do; nothing is written.

    Parameters
    ----------
    query : Query
        The search.
    field : str
        The field to change.
    rule : Rule
        How.
    found : int
        Records that the search finds: the differences, those left out, and those that are so already.
    differences : tuple of Difference
        One for each record that would change.
    left_out : tuple of LeftOut
        Those that would become invalid.
    translated : int
        Of the records that would change, how many hold a text of this field in another language, which stays.
    """

    query: Query
    field: str
    rule: Rule
    found: int
    differences: tuple[Difference, ...]
    left_out: tuple[LeftOut, ...]
    translated: int = 0

    @property
    def changed(self) -> int:
        """How many records would change."""
        return len(self.differences)

    @property
    def unchanged(self) -> int:
        """How many are so already."""
        return self.found - self.changed - len(self.left_out)


def preview(
    connection: Connection, who: Person, query: Query, name: str, rule: Rule, *, progress: Progress | None = None
) -> BulkPreview:
    """Say what a change of many records would do, record by record, without writing anything.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.reading`.
    who : Person
        Who asks; needs the right ``bulk_edit``.
    query : Query
        Which records.
    name : str
        One of `FIELDS`.
    rule : Rule
        What to do to it.

    Raises
    ------
    NotAllowed
    InvalidRule
        When the rule does not fit the field, or lacks its text.
    """
    require(who, "bulk_edit")
    refuse_misfit(name, rule)
    wanted = condition(
        query,
        connection.dialect.name,
        exact=True,
        in_area=in_area(connection, query, who),
        formations=spellings(connection, query.formation),
    )
    keys = list(connection.scalars(select(specimens.c.id).where(wanted).order_by(specimens.c.id)))
    judging = _Judging(connection, name, rule)
    for done, specimen in enumerate(_specimens(connection, keys), start=1):
        judging.judge(specimen)
        if done % BATCH == 0 or done == len(keys):
            _tell(progress, done, len(keys))
    return BulkPreview(
        query, name, rule, len(keys), tuple(judging.differences), tuple(judging.left_out), judging.translated
    )


def apply(
    connection: Connection, who: Person, preview: BulkPreview, *, why: str = "", progress: Progress | None = None
) -> Edit:
    """Change exactly what a preview showed, in one edit; `catalogue.undoing.undo` takes it back in one step.

    Parameters
    ----------
    connection : Connection
        From `catalogue.database.writing`; all is kept together, or nothing is.
    preview : BulkPreview
        From `preview`.
    why : str
        A reason for the history.

    Raises
    ------
    NotAllowed
    NothingToChange
        When the preview has no difference.
    StalePreview
        When a record was changed or removed since, with the records concerned; nothing is written.
    """
    require(who, "bulk_edit")
    if not preview.differences:
        raise NothingToChange(message("No record would change, so there is nothing to do."))
    stale = _stale(connection, preview.differences)
    if stale:
        raise StalePreview(stale)
    with connection.begin_nested():
        number = history.begin(connection, "bulk", who.login, why=why)
        changing = Changing(connection, who, lambda: number)
        for start in range(0, preview.changed, BATCH):
            batch = preview.differences[start : start + BATCH]
            changing.look_up(one.occurrence_id for one in batch)
            for one in batch:
                _change(changing, preview.field, one)
            changing.write()
            _tell(progress, start + len(batch), preview.changed)
    return history.edit(connection, number)


def _change(changing: Changing, name: str, one: Difference) -> None:
    draft = {name: one.after, **{also: after for also, (_, after) in one.also.items()}}
    try:
        changed = changing.change(one.occurrence_id, draft)
    except InvalidDraft as refusal:  # its catalogue number was given to another record meanwhile
        raise StalePreview([one]) from refusal
    assert changed.version == one.version + 1, "a difference was shown where there is none"


class _Judging:
    """The state of one run through the records."""

    def __init__(self, connection: Connection, name: str, rule: Rule) -> None:
        self._connection = connection
        self._name = name
        self._rule = rule
        self._numbers: dict[tuple[object, object], object] = {}
        self.differences: list[Difference] = []
        self.left_out: list[LeftOut] = []
        self.translated = 0

    def judge(self, specimen: Specimen) -> None:
        """Enter one record as a difference, as left out, or not at all."""
        before = str(getattr(specimen, self._name))
        draft = self._draft(specimen, self._rule.applied(self._name, before))
        if draft[self._name] == before:
            return
        key = specimen.occurrence_id
        try:
            values = checked_change(self._connection, specimen, draft, taken=self._numbers)
        except InvalidDraft as refusal:
            self.left_out.append(LeftOut(key, _label(specimen), before, refusal.message))
            return
        if values[self._name] == before:
            return
        if values["basis_of_record"] == OWN:
            self._numbers[values["institution_code"], values["catalog_number"]] = values["verbatim_identification"]
        self.translated += any(self._name in texts for texts in specimen.translations.values())
        also = {
            name: (getattr(specimen, name), value)
            for name, value in values.items()
            if name not in history.DERIVED and name != self._name and getattr(specimen, name) != value
        }
        self.differences.append(Difference(key, specimen.version, _label(specimen), before, values[self._name], also))

    def _draft(self, specimen: Specimen, text: str) -> dict[str, object]:
        """A record of one interval stays of one interval: where both were the same, or the latest is cleared, the latest follows."""
        one_interval = specimen.latest_interval == specimen.earliest_interval
        if self._name == "earliest_interval" and one_interval:
            return {self._name: text, "latest_interval": ""}
        if self._name == "latest_interval" and not text:
            return {self._name: specimen.earliest_interval}
        return {self._name: text}


def _specimens(connection: Connection, keys: Sequence[int]) -> Iterator[Specimen]:
    for start in range(0, len(keys), BATCH):
        wanted = specimens.c.id.in_(keys[start : start + BATCH])
        rows = connection.execute(select(*COLUMNS).where(wanted).order_by(specimens.c.id)).all()
        yield from map(specimen_of, rows)


def _stale(connection: Connection, differences: Sequence[Difference]) -> list[Difference]:
    column = specimens.c
    stale: list[Difference] = []
    for start in range(0, len(differences), BATCH):
        batch = differences[start : start + BATCH]
        wanted = column.occurrence_id.in_([one.occurrence_id for one in batch])
        rows = connection.execute(select(column.occurrence_id, column.version).where(wanted))
        now = {row.occurrence_id: row.version for row in rows}
        stale += [one for one in batch if now.get(one.occurrence_id) != one.version]
    return stale


def _label(specimen: Specimen) -> str:
    return f"{specimen.catalog_number} {specimen.verbatim_identification}".strip()


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None:
        progress(done, whole)
