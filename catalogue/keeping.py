"""Writing a record and its history: what the doors share (`catalogue.specimens`, taking over, undoing, changing many).

Nothing here asks for rights: each door does so before it comes here. What is written is checked, and stands in the history in the
same transaction.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import Connection, delete, insert

from catalogue import history, numbers, stored, withholding
from catalogue.checking import Draft, InvalidDraft, Values, check
from catalogue.checking_parts import check_parts
from catalogue.holding import Held, fields_of
from catalogue.messages import CatalogueError, Problem, message
from catalogue.parts import PARTS, RELATED, Parts, part_of, plain
from catalogue.published import suggesting
from catalogue.records import OWN, Change, Specimen
from catalogue.relations import problems_with_relations
from catalogue.rights import THIS_COMPUTER
from catalogue.stored import NoSuchSpecimen
from catalogue.tables import PART_TABLES, specimens
from catalogue.vocabularies.settling import Manner, settled, settled_parts

OF_THE_NUMBER = ("basis_of_record", "institution_code", "catalog_number")
HolderOf: TypeAlias = Callable[[numbers.Number, str], object | None]
"""Says who bears a number, a record aside; see `numbers.holder`."""


class Conflict(CatalogueError):
    """Somebody else changed the record since it was opened.

    Parameters
    ----------
    theirs : Specimen
        The record as it is now.
    since : list of Change
        What was changed since it was opened, newest first.
    """

    def __init__(self, theirs: Specimen, since: list[Change]) -> None:
        who = since[0].edit.made_by if since else THIS_COMPUTER.login
        somebody = message("Somebody") if who == THIS_COMPUTER.login else who
        super().__init__(
            message(
                "{who} changed this record while you had it open. Nothing you typed is lost: choose what to keep.",
                who=somebody,
            )
        )
        self.theirs = theirs
        self.since = since


def held_by(connection: Connection, specimen: Specimen) -> dict[str, object]:
    """All that a record holds, by field, with its lists of parts; what `history.state_at` reckons back from."""
    return fields_of(specimen, stored.parts_of(connection, specimen.occurrence_id))


def checked_values(
    connection: Connection,
    draft: Draft,
    *,
    replaces: str = "",
    taken: Mapping[tuple[object, object], object] | None = None,
    also: Iterable[Problem] = (),
    held: Mapping[str, object] | None = None,
    manner: Manner = "strict",
    holder_of: HolderOf | None = None,
) -> Values:
    """The clean values of a draft, or `InvalidDraft` with every problem; `also` are those that were found elsewhere.

    `manner` says how words of the vocabularies are taken, `held` what the record held before, and `holder_of` who bears a number,
    where numbers were looked up beforehand.
    """
    checked = check(draft)
    problems = checked.problems or _problems_with_number(connection, checked.values, replaces, taken or {}, holder_of)
    values, wrong = settled(connection, checked.values, held or {}, manner)
    values = _with_published_groups(connection, values, manner)
    problems = [*problems, *wrong, *also]
    if problems:
        raise InvalidDraft(problems)
    return values


def checked_change(
    connection: Connection,
    before: Specimen,
    draft: Draft,
    *,
    taken: Mapping[tuple[object, object], object] | None = None,
    also: Iterable[Problem] = (),
    manner: Manner = "strict",
) -> Values:
    """The clean values of a record as a draft changes it, as by `checked_values`; the number that it has needs no looking up."""
    checked = check({**vars(before), **draft})
    values, problems = _with_published_groups(connection, checked.values, manner), checked.problems
    if not problems and any(values[name] != getattr(before, name) for name in OF_THE_NUMBER):
        problems = _problems_with_number(connection, values, before.occurrence_id, taken or {})
    values, wrong = settled(connection, values, vars(before), manner)
    problems = [*problems, *wrong, *also]
    if problems:
        raise InvalidDraft(problems)
    return values


def _with_published_groups(connection: Connection, values: Values, manner: Manner) -> Values:
    """The groups of a taxon that Bonebed's own table does not know, by its published parents; for what people type, not for files."""
    if manner != "strict" or values.get("higher_classification") or not values.get("scientific_name"):
        return values
    groups = suggesting.groups(connection, str(values["scientific_name"]))
    return {**values, "higher_classification": f"|{'|'.join(groups)}|"} if groups else values


def checked_parts(
    connection: Connection,
    draft: Draft,
    held: Parts,
    *,
    occurrence_id: str = "",
    new: bool = True,
    manner: Manner = "strict",
) -> tuple[dict[str, list[Any]], list[Problem]]:
    """The lists of a record as a draft wants them, and what is wrong with them; a list that the draft leaves out stays.

    `new` says whether what they relate to must exist: what is brought back from history stays as it was.
    """
    parts = dict(held)
    problems: list[Problem] = []
    for name in PARTS.keys() & draft.keys():
        rows = draft[name]
        assert isinstance(rows, list | tuple)
        checked, wrong = check_parts(name, occurrence_id, rows)
        parts[name], unlisted = settled_parts(connection, name, checked, held[name], manner)
        problems += wrong or unlisted
    if new and RELATED in draft and not problems:
        problems += problems_with_relations(connection, occurrence_id, parts[RELATED], held[RELATED])
    return parts, problems


def beside(connection: Connection, specimen: Specimen, parts: Parts) -> Values:
    """The columns that follow from a record and are none of its fields: whatever writes a record writes these with it."""
    return withholding.beside(connection, specimen, parts)


def as_new(values: Values, import_id: int | None) -> Values:
    """Values with what a new record gets from us: a key, times, version 1."""
    return {**values, "occurrence_id": values["occurrence_id"] or new_key(), **of_new(import_id)}


def new_key() -> str:
    """A key for a record that has none."""
    return f"urn:uuid:{uuid.uuid4()}"


def of_new(import_id: int | None) -> Values:
    """What every record gets that is added at this moment."""
    made = now()
    return {"created": made, "modified": made, "version": 1, "import_id": import_id}


def insert_new(connection: Connection, values: Values, parts: Parts) -> Specimen:
    """Write a record that is not there yet, with its parts."""
    specimen = Specimen(**values)  # type: ignore[arg-type]
    row = {**values, **beside(connection, specimen, parts)}
    key = connection.execute(insert(specimens).values(**row)).inserted_primary_key
    assert key is not None
    for name, part_list in parts.items():
        if part_list:
            connection.execute(insert(PART_TABLES[name]), part_rows(key[0], part_list))
    return specimen


def take_out(connection: Connection, edit: int, records: Sequence[Held]) -> None:
    """Delete records and write down all that they held."""
    connection.execute(delete(specimens).where(specimens.c.id.in_([one.row for one in records])))
    history.keep(connection, [history.removal(edit, one.specimen, one.fields) for one in records])


def put_back(connection: Connection, edit: int, occurrence_id: str) -> Specimen:
    """Write a removed record again, from what its history kept."""
    past = history.of_record(connection, occurrence_id)
    if not past or past[0].field != history.WHOLE or not isinstance(past[0].before, dict):
        raise NoSuchSpecimen(message("No record “{occurrence_id}” was removed.", occurrence_id=occurrence_id))
    held = dict(past[0].before)
    parts = {name: [part_of(name, occurrence_id, one) for one in held.pop(name, [])] for name in PARTS}
    of_us: Values = {
        "created": held.pop("created"),
        "import_id": held.pop("import_id"),
        "modified": now(),
        "version": past[0].version + 1,
    }
    specimen = insert_new(
        connection, checked_values(connection, held, replaces=occurrence_id, manner="verbatim") | of_us, parts
    )
    history.note_added(connection, edit, [occurrence_id], version=specimen.version)
    return specimen


def refuse_stale(connection: Connection, occurrence_id: str, version: int) -> None:
    """Raise `Conflict` when a record is not of the version that somebody had open."""
    current = stored.get(connection, occurrence_id)
    if current.version != version:
        past = history.of_record(connection, occurrence_id)
        raise Conflict(current, [made for made in past if made.version > version])


def part_rows(row: int, parts: Iterable[Any]) -> list[Values]:
    """The parts of one list as they stand in their table; `row` is the key of their record in the database."""
    return [{"specimen_id": row, "position": position, **plain(part)} for position, part in enumerate(parts)]


def _problems_with_number(
    connection: Connection,
    values: Values,
    replaces: str,
    taken: Mapping[tuple[object, object], object],
    holder_of: HolderOf | None = None,
) -> list[Problem]:
    if values["basis_of_record"] != OWN:
        return []
    number = values["institution_code"], values["catalog_number"]
    ask = holder_of or partial(numbers.holder, connection)
    holder = taken.get(number) or ask(number, replaces)
    if holder is None:
        return []
    said = message(
        "Catalogue number “{number}” is already in use, for {name}. Each specimen has its own number.",
        number=values["catalog_number"],
        name=holder,
    )
    return [Problem("catalog_number", said)]


def now() -> str:
    """The time of a change, as records keep it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
