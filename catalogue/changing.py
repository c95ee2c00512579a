"""Bringing records to what drafts say, and writing down what differs: for one record as for ten thousand.

Nothing here asks for rights: each door does so before it comes here. Records are read together, and what differs is gathered and
written together, for one statement that takes many rows is many times faster than a statement each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, insert, update

from catalogue import history
from catalogue.checking import Draft, InvalidDraft, Values
from catalogue.holding import Held, held
from catalogue.keeping import OF_THE_NUMBER, beside, checked_change, checked_parts, now, part_rows, refuse_stale
from catalogue.names import UnreadableName, parse_name
from catalogue.parts import IDENTIFICATIONS, PARTS, RELATED, Identification, Parts, plain
from catalogue.records import Specimen
from catalogue.rights import Person
from catalogue.stored import no_such
from catalogue.tables import PART_TABLES, specimens
from catalogue.vocabularies.settling import Manner
from catalogue.withholding import refuse_mark

OF_THE_NAME = tuple(
    field.name for field in fields(Identification) if field.name not in {"verbatim_identification", "type_status"}
)
"""What is known of a name and not of the specimen: it goes when another name comes."""


@dataclass(frozen=True)
class _Step:
    """One record that differs: as it was, as it will be, the columns to write, and the fields to write down."""

    held: Held
    after: Specimen
    parts: Parts
    columns: Values
    fields: Mapping[str, object]


class Changing:
    """Many records changed in one edit; what is still gathered at the end is written by `write`.

    Parameters
    ----------
    connection : Connection
        In a transaction (`catalogue.database.writing`).
    who : Person
        Who changes them; for the mark by which a site is withheld, whose right is asked for here.
    edit : callable
        Opens the edit and gives its number; called once, when the first difference is written.
    back : bool
        Whether values come back from the history: names then do not move into the list of identifications, and what a record
        relates to need not be there any more.
    manner : str
        How words of the vocabularies are taken; what comes back from the history is left as it was.
    """

    def __init__(
        self,
        connection: Connection,
        who: Person,
        edit: Callable[[], int],
        *,
        back: bool = False,
        manner: Manner = "strict",
    ) -> None:
        self._connection = connection
        self._who = who
        self._open = edit
        self._edit: int | None = None
        self._back = back
        self._manner: Manner = "verbatim" if back else manner
        self._held: dict[str, Held] = {}
        self._steps: list[_Step] = []
        self._numbers: dict[tuple[object, object], object] = {}

    def look_up(self, occurrence_ids: Iterable[str]) -> None:
        """Read the records of the next drafts; each may be changed once."""
        self.write()
        self._held = held(self._connection, occurrence_ids)

    def held(self, occurrence_id: str) -> Held:
        """A record that was looked up.

        Raises
        ------
        NoSuchSpecimen
            When there is none under that key.
        """
        if occurrence_id not in self._held:
            raise no_such(occurrence_id)
        return self._held[occurrence_id]

    def change(self, occurrence_id: str, draft: Draft) -> Specimen:
        """Bring a record that was looked up to what a draft says; without a difference nothing will be written.

        Raises
        ------
        NoSuchSpecimen, InvalidDraft
        NotAllowed
            When the mark changes by which the site is withheld, and the person may not change it.
        """
        before = self.held(occurrence_id)
        draft = draft if self._back else _with_former_name(before, draft)
        if RELATED in draft and not self._back:
            self.write()  # whether the other end says the same is asked of the database
        parts, problems = checked_parts(
            self._connection,
            draft,
            before.parts,
            occurrence_id=occurrence_id,
            new=not self._back,
            manner=self._manner,
        )
        values = self._checked(before, draft, problems)
        changed = {name: value for name, value in values.items() if getattr(before.specimen, name) != value}
        lists = {name: [plain(part) for part in parts[name]] for name in PARTS if parts[name] != before.parts[name]}
        if not changed and not lists:
            return before.specimen
        after = Specimen(**_all_fields(before.specimen, values))
        refuse_mark(self._who, after.site_withheld, before.specimen.site_withheld)
        columns = {**changed, **_differing(before.beside, beside(self._connection, after, parts))}
        self._steps.append(_Step(before, after, parts, columns, {**changed, **lists}))
        if changed.keys() & set(OF_THE_NUMBER):
            self._numbers[after.institution_code, after.catalog_number] = after.verbatim_identification
        return after

    def _checked(self, before: Held, draft: Draft, problems: list[Any]) -> Values:
        """A number that is taken may have been given free by what is gathered, so that is written before the answer counts."""
        try:
            return checked_change(
                self._connection, before.specimen, draft, taken=self._numbers, also=problems, manner=self._manner
            )
        except InvalidDraft:
            if not self._steps:
                raise
        self.write()
        return checked_change(self._connection, before.specimen, draft, also=problems, manner=self._manner)

    def write(self) -> None:
        """Write what is gathered, with its history.

        Raises
        ------
        Conflict
            When one of the records is not as it was read.
        """
        steps, self._steps = self._steps, []
        if not steps:
            return
        self._numbers.clear()
        if self._edit is None:
            self._edit = self._open()
        _write_records(self._connection, steps)
        _write_parts(self._connection, steps)
        rows = [
            row
            for one in steps
            for row in history.differing(
                self._edit,
                one.after.occurrence_id,
                one.after.version,
                {name: one.held.value(name) for name in one.fields},
                one.fields,
            )
        ]
        history.keep(self._connection, rows)


def change(
    connection: Connection,
    who: Person,
    occurrence_id: str,
    draft: Draft,
    *,
    kind: str,
    why: str = "",
) -> Specimen:
    """Bring one record to what a draft says, in an edit of its own; without a difference nothing is written."""
    changing = Changing(
        connection, who, lambda: history.begin(connection, kind, who.login, why=why), back=kind == "undo"
    )
    changing.look_up([occurrence_id])
    changed = changing.change(occurrence_id, draft)
    changing.write()
    return changed


def _all_fields(before: Specimen, values: Values) -> dict[str, Any]:
    of_us = {"modified": now(), "version": before.version + 1, "created": before.created, "import_id": before.import_id}
    return {**values, **of_us}


def _differing(before: Mapping[str, object], after: Values) -> Values:
    return {name: value for name, value in after.items() if before[name] != value}


def _with_former_name(before: Held, draft: Draft) -> Draft:
    """When a draft brings another name, the old one goes into the list of identifications, with who gave it and when."""
    written = draft.get("verbatim_identification")
    if written is None or IDENTIFICATIONS in draft or same_name(written, before.specimen.verbatim_identification):
        return draft
    former = {field.name: getattr(before.specimen, field.name) for field in fields(Identification)}
    return {**dict.fromkeys(OF_THE_NAME, ""), **draft, IDENTIFICATIONS: [former, *before.parts[IDENTIFICATIONS]]}


def same_name(written: object, before: object) -> bool:
    """Whether a name as typed is the one that a record has."""
    try:
        return parse_name(str(written)).verbatim == before
    except UnreadableName:
        return True  # the check of the draft says what is wrong with it


@lru_cache(maxsize=256)
def _update(names: tuple[str, ...]) -> Update:
    column = specimens.c
    wanted = (column.id == bindparam("row_id"), column.version == bindparam("version_before"))
    return update(specimens).where(*wanted).values({name: bindparam(f"new_{name}") for name in names})


def _write_records(connection: Connection, steps: Sequence[_Step]) -> None:
    """Only the columns that differ; records in which the same ones do are written with one statement."""
    alike: dict[tuple[str, ...], list[_Step]] = {}
    for one in steps:
        alike.setdefault((*one.columns, "modified", "version"), []).append(one)
    for names, group in alike.items():
        rows = [
            {f"new_{name}": one.columns.get(name, getattr(one.after, name, None)) for name in names}
            | {"row_id": one.held.row, "version_before": one.held.specimen.version}
            for one in group
        ]
        if connection.execute(_update(names), rows).rowcount != len(rows):
            for one in group:
                refuse_stale(connection, one.after.occurrence_id, one.held.specimen.version)


def _write_parts(connection: Connection, steps: Sequence[_Step]) -> None:
    for name in PARTS:
        touched = [one for one in steps if one.parts[name] != one.held.parts[name]]
        if not touched:
            continue
        table = PART_TABLES[name]
        connection.execute(delete(table).where(table.c.specimen_id.in_([one.held.row for one in touched])))
        rows = [row for one in touched for row in part_rows(one.held.row, one.parts[name])]
        if rows:
            connection.execute(insert(table), rows)
